"""A made-up table with every kind of sealed field, beside no app: temporary, so that the site's role may make it."""

from typing import Any
from uuid import uuid4

from django.db import connection, models

from paicha.vault.fields import SealedJSONField, SealedTextField


class Drawer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    label = models.CharField(max_length=20, default="")
    phone = SealedTextField(blank=True, default="")
    remark = SealedTextField(null=True)
    cells = SealedJSONField(default=dict)

    class Meta:
        app_label = "vault_tests"


class Numbered(models.Model):
    """Its key is made by the database: too late for a sealed field."""

    phone = SealedTextField()

    class Meta:
        app_label = "vault_tests"


def make_tables(*kinds: type[models.Model]) -> None:
    """Temporary tables, which go with the test's transaction."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for kind in kinds:
            columns = ", ".join(f"{quote(f.column)} {_kind_of(f)}" for f in kind._meta.concrete_fields)
            cursor.execute(f"CREATE TEMPORARY TABLE {quote(kind._meta.db_table)} ({columns})")


def _kind_of(field: "models.Field[Any, Any]") -> str:
    found = f"{field.db_type(connection)}{'' if field.null else ' NOT NULL'}"
    return f"{found}{' PRIMARY KEY' if field.primary_key else ''}"


def stored(drawer: Drawer, column: str) -> bytes | None:
    """What stands in the database, past every field."""
    table, quote = Drawer._meta.db_table, connection.ops.quote_name
    with connection.cursor() as cursor:
        key = drawer.pk.hex if connection.vendor == "sqlite" else drawer.pk
        cursor.execute(f"SELECT {quote(column)} FROM {quote(table)} WHERE id = %s", [key])  # noqa: S608
        (value,) = cursor.fetchone()
    return None if value is None else bytes(value)
