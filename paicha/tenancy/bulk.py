"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. No `save` of a model runs: keys are given,
in their text (tenancy.models.new_keys) or as UUID, and encrypted fields sealed (vault.fields.SealedField.sealing)."""

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

from paicha.tenancy.postgres import copy_rows

Row = Sequence[Any]


def insert(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Row], same: Mapping[str, Any] | None = None
) -> None:
    """Insert rows into a model's table; `names` are the attributes (`branch_id`) that each row gives, in order; `same`
    are those that are alike in all of them."""
    if not rows:
        return
    alike = same or {}
    if connection.vendor == "postgresql":
        columns = [_column(model, name) for name in names]
        copy_rows(model._meta.db_table, columns, rows, {_column(model, name): value for name, value in alike.items()})
    else:
        _insert_embedded(model, [*names, *alike], rows, tuple(alike.values()))


def _insert_embedded(model: type[models.Model], names: Sequence[str], rows: Sequence[Row], same: Row) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in names)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  our own names
    kept = [_kept(model, name, column) for name, column in zip(names, zip(*rows, strict=True), strict=False)]
    for name, value in zip(names[len(kept) :], same, strict=True):
        kept.append(_kept(model, name, [value]) * len(rows))
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*kept, strict=True)))


def _kept(model: type[models.Model], name: str, values: Sequence[Any]) -> list[Any]:
    """The values of one column as Django keeps them in SQLite."""
    convert = _for_sqlite(_field(model, name))
    return list(values) if convert is None else [None if value is None else convert(value) for value in values]


def _for_sqlite(field: "models.Field[Any, Any]") -> Callable[[Any], Any] | None:
    """How Django keeps a value of this field in SQLite, where that is not as it is."""
    if isinstance(field, models.ForeignKey):
        return _for_sqlite(field.target_field)
    kinds: dict[str, Callable[[Any], Any]] = {"UUIDField": _hex, "DateTimeField": _utc, "DateField": date.isoformat}
    return kinds.get(field.get_internal_type())


def _hex(value: UUID | str) -> str:
    return value.replace("-", "") if isinstance(value, str) else value.hex


def _utc(value: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(value))


def _column(model: type[models.Model], name: str) -> str:
    return str(_field(model, name).column)


def _field(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return next(field for field in model._meta.concrete_fields if field.attname == name)


@contextmanager
def uncollected() -> Iterator[None]:
    """Make a great many objects at once: Python's collector, which would look at all of them again and again and find
    no rubbish, rests until the block ends. A fifth of an import's time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
