"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. No `save` of a model runs: encrypted
fields are given sealed (vault.fields.SealedField.sealed)."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from paicha.tenancy.postgres import copy_rows

Row = Sequence[Any]


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows into a model's table; `names` are the attributes (`branch_id`) that each row gives, in order."""
    fields = [_field(model, name) for name in names]
    columns = [str(field.column) for field in fields]
    if connection.vendor == "postgresql":
        copy_rows(model._meta.db_table, columns, rows)
        return
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = connection.ops.quote_name(model._meta.db_table)
    changed = [(place, convert) for place, field in enumerate(fields) if (convert := _for_sqlite(field))]
    statement = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"  # noqa: S608  names of our own models only
    with connection.cursor() as cursor:
        cursor.executemany(statement, [_converted(row, changed) for row in rows])


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _converted(row: Row, changed: Sequence[tuple[int, Callable[[Any], Any]]]) -> list[Any]:
    values = list(row)
    for place, convert in changed:
        if values[place] is not None:
            values[place] = convert(values[place])
    return values


def _for_sqlite(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How Django keeps a value of this field in SQLite, where that is not as it is."""
    if isinstance(field, models.ForeignKey):
        return _for_sqlite(field.target_field)
    kinds: dict[str, Callable[[Any], Any]] = {"UUIDField": _hex, "DateTimeField": _utc, "DateField": date.isoformat}
    return kinds.get(field.get_internal_type())


def _hex(value: UUID) -> str:
    return value.hex


def _utc(value: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(value))
