"""Keyed hashes (HMAC-SHA256, RFC 2104): by them a number is found without being kept in the clear.

Exact matches only. Who holds key and hashes can try all numbers: the key stays in the key file."""

import hashlib
import hmac
from collections.abc import Callable
from enum import StrEnum

from paicha.vault.keys import keyring

BLOCK_BYTES = 64  # of SHA-256; the key has 32


class Hashed(StrEnum):
    """What a hash is of; part of the hashed message, so that a phone never equals an ID number."""

    ID_NUMBER = "id-number"
    PHONE = "phone"
    TOKEN = "token"  # noqa: S105  the kind's name


def keyed_hash(kind: Hashed, value: str) -> bytes:
    """32 bytes; the value in its official spelling."""
    return hmac.digest(keyring().hash_key, _before(kind) + value.encode(), hashlib.sha256)


def hasher(kind: Hashed) -> Callable[[str], bytes]:
    """`keyed_hash` of one kind, for many values: what is alike in all of them, the key and the kind, goes in once."""
    key = keyring().hash_key.ljust(BLOCK_BYTES, b"\0")  # as RFC 2104 defines it: H(key ⊕ opad ‖ H(key ⊕ ipad ‖ value))
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key) + _before(kind))
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key))

    def hash_(value: str) -> bytes:
        within, around = inner.copy(), outer.copy()
        within.update(value.encode())
        around.update(within.digest())
        return around.digest()

    return hash_


def _before(kind: Hashed) -> bytes:
    return f"{kind.value}\0".encode()
