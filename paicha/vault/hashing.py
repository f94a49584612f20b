"""Keyed hashes (HMAC-SHA256, RFC 2104): by them a number is found without being kept in the clear.

Exact matches only. Who holds key and hashes can try all numbers: the key stays in the key file."""

import hashlib
import hmac
from collections.abc import Callable
from enum import StrEnum

from paicha.vault.keys import keyring


class Hashed(StrEnum):
    """What a hash is of; part of the hashed message, so that a phone never equals an ID number."""

    ID_NUMBER = "id-number"
    PHONE = "phone"
    TOKEN = "token"  # noqa: S105  the kind's name


def keyed_hash(kind: Hashed, value: str) -> bytes:
    """32 bytes; the value in its official spelling."""
    return hasher(kind)(value)


def hasher(kind: Hashed) -> Callable[[str], bytes]:
    """`keyed_hash` of one kind, for many values: the key is looked up once."""
    key, before = keyring().hash_key, f"{kind.value}\0".encode()
    return lambda value: hmac.digest(key, before + value.encode(), hashlib.sha256)
