"""Model fields that are encrypted at rest. The associated data is table|column|key of the row, so a row's key must be
known before it is saved (tenancy.models: it always is) and is spelled as its field reads it.

A value is sealed when its row is saved (`save`, `bulk_create`) and opened when it is first read. A plain value never
reaches the database another way: `.update(phone="…")` raises TypeError."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models

from paicha.vault.sealing import Sealer, seal, unseal


class Sealed(bytes):
    """A value as it stands in the database; `key` is that of the row it was read into, None before."""

    key: Any = None


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
        if isinstance(value, Sealed) and value.key is None:
            value.key = instance.pk  # a row's key comes first: what is read later still opens where the key was changed
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
        """The associated data of the value in the row with this key. Raises ValueError where there is no key yet."""
        if key is None:
            raise ValueError(f"{self.name} is encrypted for its row: the row needs its key before it is saved")
        if not isinstance(key, UUID):
            key = self.model._meta.pk.to_python(key)  # one context, however the key was spelt
        return f"{self.model._meta.db_table}|{self.column}|{key}".encode()

    def sealed(self, key: Any, value: Any) -> Sealed:
        """A value as it stands in the database in the row with this key."""
        return Sealed(seal(self.encode(value), self.context(key)))

    def sealing(self) -> Callable[[str, Any], bytes]:
        """`sealed` for the many rows of one write (tenancy.bulk), each key in its text: the encryption's own key is
        looked up once."""
        seal_at, encode, place = Sealer().seal, self.encode, f"{self.model._meta.db_table}|{self.column}|"
        return lambda key, value: seal_at(encode(value), f"{place}{key}".encode())

    def open(self, instance: models.Model, sealed: Sealed) -> Any:
        """The value of a row's field. Raises sealing.Tampered."""
        return self.decode(unseal(sealed, self.context(instance.pk if sealed.key is None else sealed.key)))

    def opening(self) -> Callable[[UUID, Sealed], Any]:
        """`open` for the many rows of one read by their values, each with its key. What it gives raises
        sealing.Tampered."""
        decode, place = self.decode, f"{self.model._meta.db_table}|{self.column}|"
        return lambda key, sealed: decode(unseal(sealed, f"{place}{key}".encode()))

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Opening(self))

    def pre_save(self, instance: models.Model, add: bool) -> Sealed | None:
        """What is saved: unread bytes stay as they are in their own row, and are sealed anew for another. Raises
        sealing.Tampered where they do not open."""
        if self.attname not in instance.__dict__:
            getattr(instance, self.attname)  # deferred, and asked for by name or copied: fetched, or DoesNotExist
        value = instance.__dict__[self.attname]
        if isinstance(value, Sealed):
            opened = self.open(instance, value)  # in its own row too: bytes that do not open are not saved
            if self.context(value.key) == self.context(instance.pk):
                return value
            value = opened
        return None if value is None else self.sealed(instance.pk, value)

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self.name} is encrypted: save its row, do not update it with a plain value")
        return value

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        """Refuses `.update(phone=F("other"))` and Value("…"), which would pass by get_prep_value."""
        if hasattr(value, "resolve_expression"):
            raise TypeError(f"{self.name} is encrypted: no expression makes it, save its row")
        return "%s"

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
        if not isinstance(value, str):
            raise TypeError(f"{self.name} is text, not {type(value).__name__}")
        return value.encode()

    def decode(self, plain: bytes) -> str:
        return plain.decode()


class SealedBytesField(SealedField):
    """The bytes of a file, encrypted."""

    def encode(self, value: Any) -> bytes:
        if not isinstance(value, bytes):
            raise TypeError(f"{self.name} is bytes, not {type(value).__name__}")
        return value

    def decode(self, plain: bytes) -> bytes:
        return plain


_JSON = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class SealedJSONField(SealedField):
    """Values of JSON, encrypted as one."""

    def encode(self, value: Any) -> bytes:
        return _JSON.encode(value).encode()

    def decode(self, plain: bytes) -> Any:
        return json.loads(plain.decode())  # of bytes it would ask first which encoding they are in
