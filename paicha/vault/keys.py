"""The installation's keys: one JSON file beside the database and never in it, made on first start, mode 0600.

`fields`: numbered keys for encrypted fields and files, the newest in use; `hash`: for keyed hashes; `audit`: for the
audit's chain; `site`: Django's own secret. Whoever copies the database without this file has nothing."""

import base64
import json
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files import locks

VERSION = 1
KEY_BYTES = 32
AES_256_GCM = 1
SM4_GCM = 2
BYTES_OF_SUITE = {AES_256_GCM: 32, SM4_GCM: 16}
OTHERS = stat.S_IRWXG | stat.S_IRWXO

Stamp = tuple[int, int, int]


class _Keys(NamedTuple):
    """What the file held when it was read; replaced as a whole, so that no thread sees half of a rotation."""

    stamp: Stamp
    data: dict[str, Any]
    site: str
    hash: bytes
    audit: bytes
    fields: dict[int, tuple[int, bytes]]
    current: tuple[int, int, bytes]


class Keyring:
    """The keys of this installation. Open it once, at the start: it follows the file, so that a running site seals with
    the new key as soon as a command has rotated it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._keys = _read(path)

    @classmethod
    def open(cls, path: Path) -> "Keyring":
        """Read the keys; make them where there are none yet. Raises ImproperlyConfigured (Chinese) where the file is
        damaged, open to others or cannot be made."""
        if not path.exists():
            _create(path)
        return cls(path)

    @property
    def site_secret(self) -> str:
        return self._keys.site

    @property
    def hash_key(self) -> bytes:
        return self._keys.hash

    @property
    def audit_key(self) -> bytes:
        return self._keys.audit

    @property
    def current_field_key(self) -> tuple[int, int, bytes]:
        """(key id, suite, key) that new values are sealed with."""
        self._follow()
        return self._keys.current

    def field_key(self, key_id: int) -> tuple[int, bytes]:
        """(suite, key) by id. Raises KeyError for a key that is no longer kept."""
        found = self._keys.fields.get(key_id)
        if found is None:
            self._follow()  # another process may have made it since
            found = self._keys.fields[key_id]
        return found

    def add_field_key(self, suite: int | None = None) -> int:
        """Make a new key for what is sealed from now on, of the suite in use unless told; the older ones stay until
        everything is resealed (rotation.py). Raises ValueError for an unknown suite."""
        with _locked(self.path):
            keys = _read(self.path)
            key_id = keys.current[0] + 1
            fresh = _field_key(keys.current[1] if suite is None else suite)
            self._save({**keys.data, "fields": {**keys.data["fields"], str(key_id): fresh}})
        return key_id

    def retire(self, key_id: int) -> None:
        """Forget a key with which nothing is sealed any more: count with rotation.remaining for every committee and
        Blobs.remaining first, in a later run than the resealing, since a write that was under way when the key changed
        may still have used the old one. Raises ValueError for the key in use, KeyError for an unknown one."""
        with _locked(self.path):
            keys = _read(self.path)
            if key_id == keys.current[0]:
                raise ValueError("正在使用的密钥不能停用")
            fields = dict(keys.data["fields"])
            del fields[str(key_id)]
            self._save({**keys.data, "fields": fields})

    def _follow(self) -> None:
        """Read the file anew where another process has replaced it. A file that is away for a moment changes nothing:
        what was read from it still holds."""
        try:
            stamp = _stamp(self.path)
        except OSError:
            return
        if stamp != self._keys.stamp:
            self._keys = _read(self.path)

    def _save(self, data: dict[str, Any]) -> None:
        _write(self.path, data)
        self._keys = _read(self.path)


def keyring() -> Keyring:
    """The keys that the running site was started with."""
    found: Keyring = settings.KEYRING
    return found


def _read(path: Path) -> _Keys:
    try:
        if os.name == "posix" and path.stat().st_mode & OTHERS:
            raise ImproperlyConfigured(f"密钥文件 {path} 别人也能读，请先运行 chmod 600 {path}")
        stamp = _stamp(path)  # before the text: a file replaced in between is read once more, never missed
        data = json.loads(path.read_text(encoding="ascii"))
        if data["version"] != VERSION:
            raise ImproperlyConfigured(f"密钥文件 {path} 的版本是 {data['version']}，本程序只认 {VERSION}")
        return _keys(stamp, data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ImproperlyConfigured(f"密钥文件 {path} 读不出来，请用备份恢复；没有它，数据无法解密") from None


def _keys(stamp: Stamp, data: dict[str, Any]) -> _Keys:
    """The keys of a file's content. What is none of ours raises ValueError, KeyError, TypeError or AttributeError."""
    fields = {
        int(n): (key["suite"], _key(key["key"], BYTES_OF_SUITE[key["suite"]])) for n, key in data["fields"].items()
    }
    newest = max(fields)
    if not isinstance(data["site"], str) or not data["site"]:
        raise ValueError("site")
    return _Keys(
        stamp=stamp,
        data=data,
        site=data["site"],
        hash=_key(data["hash"], KEY_BYTES),
        audit=_key(data["audit"], KEY_BYTES),
        fields=fields,
        current=(newest, *fields[newest]),
    )


def _key(text: str, size: int) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != size:
        raise ValueError("size")
    return key


def _stamp(path: Path) -> Stamp:
    """Which writing of the file this is: each one is a file of its own (_write)."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """One process at a time changes the keys; where it dies, the system lets go of the lock."""
    descriptor = os.open(path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    with open(descriptor, "r+b") as file:
        locks.lock(file, locks.LOCK_EX)
        try:
            yield
        finally:
            locks.unlock(file)


def _create(path: Path) -> None:
    """Make the file: of two that start at once, the second waits and finds it made."""
    fresh = {
        "version": VERSION,
        "site": secrets.token_urlsafe(50),
        "hash": _random(KEY_BYTES),
        "audit": _random(KEY_BYTES),
        "fields": {"1": _field_key(AES_256_GCM)},
    }
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(path):
            if not path.exists():
                _write(path, fresh)
    except OSError as problem:
        raise ImproperlyConfigured(f"密钥文件 {path} 不能建立（{problem.strerror}），请检查文件夹的权限") from None


def _write(path: Path, data: dict[str, Any]) -> None:
    """Write beside and put in place, and be sure that it is on the disk: rows are about to rest on these keys."""
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    try:
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            json.dump(data, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _random(size: int) -> str:
    return base64.b64encode(secrets.token_bytes(size)).decode("ascii")


def _field_key(suite: int) -> dict[str, Any]:
    if suite not in BYTES_OF_SUITE:
        raise ValueError(f"no suite {suite}")
    return {"suite": suite, "key": _random(BYTES_OF_SUITE[suite])}
