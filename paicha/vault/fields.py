"""Model fields that are encrypted at rest. The associated data is table|column|key of the row, so a row's key must be
known before it is saved (tenancy.models: it always is).

A value is sealed when its row is saved (`save`, `bulk_create`) and opened when it is first read. A plain value never
reaches the database another way: `.update(phone="…")` raises TypeError."""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.db import models

from paicha.vault.sealing import seal, unseal


class Sealed(bytes):
    """A value as it stands in the database."""


class _Opening:
    """Opens a sealed value the first time that it is read from its row."""

    def __init__(self, field: "SealedField") -> None:
        self._field = field

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        if instance is None:
            return self
        name = self._field.attname
        if name not in instance.__dict__:
            instance.refresh_from_db(fields=[name])  # it was deferred
        value = instance.__dict__[name]
        if isinstance(value, Sealed):
            value = instance.__dict__[name] = self._field.open(instance, value)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self._field.attname] = value


class SealedField(models.Field):  # type: ignore[type-arg]  # generic in its stubs only
    """Bytes in the database; `encode` and `decode` say what they are in memory."""

    def get_internal_type(self) -> str:
        return "BinaryField"

    def encode(self, value: Any) -> bytes:
        raise NotImplementedError

    def decode(self, plain: bytes) -> Any:
        raise NotImplementedError

    def context(self, key: Any) -> bytes:
        """The associated data of the value in the row with this key."""
        return f"{self.model._meta.db_table}|{self.column}|{key}".encode()

    def sealed(self, key: Any, value: Any) -> Sealed:
        """A value as it stands in the database in the row with this key: for rows inserted in bulk."""
        return Sealed(seal(self.encode(value), self.context(key)))

    def open(self, instance: models.Model, sealed: Sealed) -> Any:
        """The value of a row's field. Raises sealing.Tampered."""
        return self.decode(unseal(sealed, self.context(instance.pk)))

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def pre_save(self, instance: models.Model, add: bool) -> Sealed | None:
        value = instance.__dict__.get(self.attname)
        if value is None or (isinstance(value, Sealed) and not add):
            return value
        if isinstance(value, Sealed):
            value = self.open(instance, value)  # a copy to another row: opens only where the key is the same
        return self.sealed(instance.pk, value)

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save its row, do not update it with a plain value")
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = self.get_prep_value(value)
        return None if sealed is None else connection.Database.Binary(sealed)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: find it by its keyed hash")
        return super().get_lookup(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self.name} is encrypted and leaves by no dump")


class SealedTextField(SealedField):
    """Text, encrypted."""

    def encode(self, value: Any) -> bytes:
        return str(value).encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSONField(SealedField):
    """Values of JSON, encrypted as one."""

    def encode(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain)
