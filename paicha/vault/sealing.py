"""Sealing bytes: suite (1 byte) | key id (4, big-endian) | nonce (12) | ciphertext with its tag (16).

Suite 1 is AES-256-GCM (NIST SP 800-38D), suite 2 SM4-GCM (GB/T 32907 in the mode of GB/T 36624), each with a random
nonce. What a value is and where it stands is the associated data, so that a ciphertext moved to another row, column or
table does not open."""

import os
from functools import lru_cache
from struct import Struct
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from paicha.vault.keys import SM4_GCM, keyring

HEAD = Struct(">BI")
NONCE_BYTES = 12
TAG_BYTES = 16
SHORTEST = HEAD.size + NONCE_BYTES + TAG_BYTES


class Tampered(Exception):
    """What is kept does not open: it was changed, moved to another place, or its key is gone."""

    def __init__(self) -> None:
        super().__init__("加密的内容打不开：被改动过，或密钥文件不对")


class Sealer:
    """Seals with the key that is in use when it is made: for the many values of one write, then to be dropped, as a
    rotation is not seen by it."""

    def __init__(self) -> None:
        key_id, suite, key = keyring().current_field_key
        self._head = HEAD.pack(suite, key_id)
        self._encrypt = _cipher(suite, key).encrypt

    def seal(self, plain: bytes, context: bytes) -> bytes:
        """Encrypt `plain` for one place (`context`)."""
        nonce = os.urandom(NONCE_BYTES)
        return self._head + nonce + self._encrypt(nonce, plain, context)


def seal(plain: bytes, context: bytes) -> bytes:
    """Encrypt `plain` for one place (`context`) with the key in use."""
    return Sealer().seal(plain, context)


def unseal(sealed: bytes, context: bytes) -> bytes:
    """Decrypt what was sealed for this place. Raises Tampered."""
    if len(sealed) < SHORTEST:
        raise Tampered
    suite, key_id = HEAD.unpack_from(sealed)
    try:
        own_suite, key = keyring().field_key(key_id)
        if own_suite != suite:
            raise Tampered
        start = HEAD.size + NONCE_BYTES
        return _cipher(suite, key).decrypt(sealed[HEAD.size : start], sealed[start:], context)
    except (KeyError, InvalidTag):
        raise Tampered from None


def key_id_of(sealed: bytes) -> int:
    """The number of the key that a value was sealed with. Raises Tampered for what is too short to name one."""
    if len(sealed) < HEAD.size:
        raise Tampered
    return int(HEAD.unpack_from(sealed)[1])


class _AEAD(Protocol):
    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


class _SM4GCM:
    """SM4-GCM as AESGCM is, which the library has for AES alone: data with its tag behind it."""

    def __init__(self, key: bytes) -> None:
        self._key = algorithms.SM4(key)

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        encryptor = Cipher(self._key, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(associated_data)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes:
        decryptor = Cipher(self._key, modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
        decryptor.authenticate_additional_data(associated_data)
        return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


@lru_cache(maxsize=16)
def _cipher(suite: int, key: bytes) -> _AEAD:
    return _SM4GCM(key) if suite == SM4_GCM else AESGCM(key)
