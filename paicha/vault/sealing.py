"""Sealing bytes: suite (1 byte) | key id (4, big-endian) | nonce (12) | ciphertext with its tag.

AES-256-GCM (NIST SP 800-38D) with a random nonce. What a value is and where it stands is the associated data, so that a
ciphertext moved to another row, column or table does not open."""

import os
from functools import lru_cache
from struct import Struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paicha.vault.keys import AES_256_GCM, keyring

_HEAD = Struct(">BI")
NONCE_BYTES = 12
SHORTEST = _HEAD.size + NONCE_BYTES + 16


class Tampered(Exception):
    """What is kept does not open: it was changed, moved to another place, or its key is gone."""

    def __init__(self) -> None:
        super().__init__("加密的内容打不开：被改动过，或密钥文件不对")


def seal(plain: bytes, context: bytes) -> bytes:
    """Encrypt `plain` for one place (`context`) with the key in use."""
    key_id, suite, key = keyring().current_field_key
    nonce = os.urandom(NONCE_BYTES)
    return _HEAD.pack(suite, key_id) + nonce + _cipher(suite, key).encrypt(nonce, plain, context)


def unseal(sealed: bytes, context: bytes) -> bytes:
    """Decrypt what was sealed for this place. Raises Tampered."""
    if len(sealed) < SHORTEST:
        raise Tampered
    suite, key_id = _HEAD.unpack_from(sealed)
    try:
        own_suite, key = keyring().field_key(key_id)
        if own_suite != suite:
            raise Tampered
        start = _HEAD.size + NONCE_BYTES
        return _cipher(suite, key).decrypt(sealed[_HEAD.size : start], sealed[start:], context)
    except (KeyError, InvalidTag):
        raise Tampered from None


def key_id_of(sealed: bytes) -> int:
    """The number of the key that a value was sealed with."""
    return int(_HEAD.unpack_from(sealed)[1])


@lru_cache(maxsize=16)
def _cipher(suite: int, key: bytes) -> AESGCM:
    if suite != AES_256_GCM:
        raise Tampered
    return AESGCM(key)
