"""Sealing again, with the key in use, what older keys have sealed.

Each ciphertext names its key, so that the work can be stopped and begun again anywhere. It goes on beside the running
site: batches are short transactions, and a value is replaced only where the very bytes that were read still stand."""

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID

from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import BinaryField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Substr

from paicha.tenancy.current import working_for
from paicha.tenancy.models import ScopedModel
from paicha.vault.fields import Sealed, SealedBytesField, SealedField
from paicha.vault.keys import keyring
from paicha.vault.sealing import Tampered, key_id_of, seal, unseal

log = logging.getLogger(__name__)
FILES = 5  # rows with a file in one batch
KEY_AT, KEY_BYTES = 2, 4  # where a ciphertext names its key (sealing.py); SQL counts bytes from 1


class _Row(NamedTuple):
    """A row with the bytes of its sealed columns."""

    key: Any
    values: Sequence[bytes | None]


def sealed_models() -> list[type[ScopedModel]]:
    """Every model of the site that has an encrypted field. Raises TypeError for one that belongs to no committee: its
    rows would be found by no rotation."""
    found: list[type[ScopedModel]] = []
    for model in filter(sealed_fields, apps.get_models()):
        if not issubclass(model, ScopedModel):
            raise TypeError(f"{model.__name__} has encrypted fields and no committee")
        found.append(model)
    return found


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    return [field for field in model._meta.concrete_fields if isinstance(field, SealedField)]


def reseal(
    chosen: Iterable[type[ScopedModel]],
    *,
    committee_id: UUID,
    batch: int = 500,
    progress: Callable[[int], None] = lambda done: None,
) -> int:
    """Seal again what older keys sealed in a committee's rows; how many rows. Each batch is a transaction of its own
    (within one that is open: a savepoint of it); `progress` is told how many so far. A row that does not open is told
    in the log by its key and left as it is: `remaining` counts it."""
    done = 0
    for model in chosen:
        after = None
        while True:
            with working_for(committee_id):
                rows = _old_rows(model, committee_id, after)[: _at_once(model, batch)]
                found = [_Row(key, values) for key, *values in rows]
                with transaction.atomic():
                    done += sum(_reseal(model, committee_id, row) for row in found)
            if not found:
                break
            after = found[-1].key
            progress(done)
    return done


def _at_once(model: type[models.Model], batch: int) -> int:
    """How many rows are held in memory: of those that hold files, of up to 10 MB each, a few."""
    return min(batch, FILES) if any(isinstance(field, SealedBytesField) for field in sealed_fields(model)) else batch


def remaining(chosen: Iterable[type[ScopedModel]], *, committee_id: UUID) -> int:
    """How many of a committee's rows have a value that another key than the one in use sealed."""
    with working_for(committee_id):
        return sum(_old(model, committee_id).count() for model in chosen)


def settle() -> bool:
    """Bring what was committed to the disk, before the keys that it replaced are forgotten; False where somebody is
    writing. SQLite in WAL mode (settings.py) may else lose its last commits with the power; PostgreSQL waits for the
    disk at each."""
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(FULL)")
        busy: int = cursor.fetchone()[0]
    return not busy


def _old(model: type[ScopedModel], committee_id: UUID) -> "QuerySet[Any]":
    """The rows with a value that names another key; the database itself looks at the four bytes."""
    names = [field.attname for field in sealed_fields(model)]
    marks = {f"mark_of_{name}": Substr(_bytes(name), KEY_AT, KEY_BYTES, output_field=BinaryField()) for name in names}
    mark = keyring().current_field_key[0].to_bytes(KEY_BYTES, "big")
    old = (Q(**{f"{name}__isnull": False}) & ~Q(**{f"mark_of_{name}": mark}) for name in names)
    return model._base_manager.filter(committee_id=committee_id).alias(**marks).filter(reduce(or_, old))


def _old_rows(model: type[ScopedModel], committee_id: UUID, after: Any) -> "QuerySet[Any]":
    """Rows to seal again, by key: once past, a row that does not open is not met again."""
    rows = _old(model, committee_id).order_by("pk")
    names = [field.attname for field in sealed_fields(model)]
    return (rows.filter(pk__gt=after) if after else rows).values_list("pk", *names)


def _reseal(model: type[ScopedModel], committee_id: UUID, row: _Row) -> bool:
    """Replace the old values of a row, where none of them has changed since it was read."""
    fields = sealed_fields(model)
    try:
        fresh = {
            field.attname: (old, _sealed_again(old, field.context(row.key)))
            for field, old in zip(fields, row.values, strict=True)
            if old is not None and key_id_of(old) != keyring().current_field_key[0]
        }
    except Tampered:
        log.error("%s %s does not open and is left as it is", model.__name__, row.key)
        return False
    still = {f"was_{name}": _bytes(name) for name in fresh}
    same = {f"was_{name}": bytes(old) for name, (old, _) in fresh.items()}
    rows = model._base_manager.filter(committee_id=committee_id, pk=row.key).alias(**still).filter(**same)
    return bool(fresh) and rows.update(**{name: new for name, (_, new) in fresh.items()}) == 1


def _sealed_again(old: bytes, context: bytes) -> Sealed:
    return Sealed(seal(unseal(old, context), context))


def _bytes(name: str) -> "ExpressionWrapper[Any]":
    """A sealed column as plain bytes, which can be compared."""
    return ExpressionWrapper(F(name), output_field=BinaryField())
