"""Many rows at once: COPY on PostgreSQL, one prepared statement on SQLite. No `save` of a model runs: keys are given,
in their text (tenancy.models.new_keys) or as UUID, and encrypted fields sealed (vault.fields.SealedField.sealing)."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models

from paicha.tenancy.postgres import Incoming, copy_parts, copy_rows

Row = Sequence[Any]


class Rows(NamedTuple):
    """Rows of a model's table; `names` are the attributes (`branch_id`) that each row gives, in order; `same` are those
    that are alike in all of them."""

    model: type[models.Model]
    names: Sequence[str]
    rows: Sequence[Row]
    same: Mapping[str, Any]


def insert(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Row], same: Mapping[str, Any] | None = None
) -> None:
    """Insert rows into one table (see Rows)."""
    given = Rows(model, names, rows, same or {})
    if not rows:
        return
    if connection.vendor == "postgresql":
        copy_rows(_incoming(given))
    else:
        _insert_embedded(given)


def insert_parts(parts: Iterable[Sequence[Rows]]) -> None:
    """Insert part after part, each the rows of some tables that refer to one another, or to what is there already. A
    part is asked for when the one before is on its way: PostgreSQL takes it in while the next is made."""
    if connection.vendor == "postgresql":
        copy_parts([_incoming(given) for given in part if given.rows] for part in parts)
        return
    for part in parts:
        for given in part:
            if given.rows:
                _insert_embedded(given)


def _incoming(given: Rows) -> Incoming:
    columns = [_column(given.model, name) for name in given.names]
    same = {_column(given.model, name): value for name, value in given.same.items()}
    return Incoming(given.model._meta.db_table, columns, given.rows, same)


def _insert_embedded(given: Rows) -> None:
    model, names, rows = given.model, [*given.names, *given.same], given.rows
    quote = connection.ops.quote_name
    columns = ", ".join(quote(_column(model, name)) for name in names)
    marks = ", ".join(["%s"] * len(names))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608  our own names
    kept = [_kept(model, name, column) for name, column in zip(names, zip(*rows, strict=True), strict=False)]
    for name, value in given.same.items():
        kept.append(_kept(model, name, [value]) * len(rows))
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(zip(*kept, strict=True)))


def _kept(model: type[models.Model], name: str, values: Sequence[Any]) -> list[Any]:
    """The values of one column as Django keeps them in SQLite."""
    kind = _kind(_field(model, name))
    if kind == "UUIDField":  # ten of a person's values: without a call for each
        return [_hex(value) if type(value) is not str else value.replace("-", "") for value in values]
    convert = FOR_SQLITE.get(kind)
    return list(values) if convert is None else [None if value is None else convert(value) for value in values]


def _kind(field: "models.Field[Any, Any]") -> str:
    return _kind(field.target_field) if isinstance(field, models.ForeignKey) else field.get_internal_type()


def _hex(value: UUID | None) -> str | None:
    return value.hex if value else None


def _utc(value: datetime) -> str:
    return str(connection.ops.adapt_datetimefield_value(value))


# How Django keeps values in SQLite, where that is not as they are; keys are told in `_kept`.
FOR_SQLITE: dict[str, Callable[[Any], Any]] = {"DateTimeField": _utc, "DateField": date.isoformat}


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
