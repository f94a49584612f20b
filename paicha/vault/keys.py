"""The installation's keys: one JSON file beside the database and never in it, made on first start, mode 0600.

`fields`: numbered keys for encrypted fields and files, the newest in use; `hash`: for keyed hashes; `audit`: for the
audit's chain; `site`: Django's own secret. Whoever copies the database without this file has nothing."""

import base64
import json
import os
import secrets
import stat
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

VERSION = 1
KEY_BYTES = 32
AES_256_GCM = 1
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class Keyring:
    """The keys of this installation. Open it once, at the start."""

    def __init__(self, path: Path, data: dict[str, Any]) -> None:
        self._path = path
        self._data = data
        self._fields = {int(n): (key["suite"], base64.b64decode(key["key"])) for n, key in data["fields"].items()}

    @classmethod
    def open(cls, path: Path) -> "Keyring":
        """Read the keys; make them where there are none yet. Raises ImproperlyConfigured (Chinese) where the file is
        damaged or open to others."""
        if not path.exists():
            _create(path)
        if os.name == "posix" and path.stat().st_mode & OTHERS:
            raise ImproperlyConfigured(f"密钥文件 {path} 别人也能读，请先运行 chmod 600 {path}")
        try:
            data = json.loads(path.read_text(encoding="ascii"))
            if data["version"] != VERSION:
                raise ImproperlyConfigured(f"密钥文件 {path} 的版本是 {data['version']}，本程序只认 {VERSION}")
            return cls(path, data)
        except (OSError, ValueError, KeyError, TypeError):
            raise ImproperlyConfigured(f"密钥文件 {path} 读不出来，请用备份恢复；没有它，数据无法解密") from None

    @property
    def site_secret(self) -> str:
        return str(self._data["site"])

    @property
    def hash_key(self) -> bytes:
        return base64.b64decode(self._data["hash"])

    @property
    def audit_key(self) -> bytes:
        return base64.b64decode(self._data["audit"])

    @property
    def current_field_key(self) -> tuple[int, int, bytes]:
        """(key id, suite, key) that new values are sealed with."""
        newest = max(self._fields)
        return newest, *self._fields[newest]

    def field_key(self, key_id: int) -> tuple[int, bytes]:
        """(suite, key) by id. Raises KeyError for a key that is no longer kept."""
        return self._fields[key_id]

    def add_field_key(self) -> int:
        """Make a new key for what is sealed from now on; the older ones stay until everything is resealed."""
        key_id = max(self._fields) + 1
        self._data["fields"][str(key_id)] = _field_key()
        self._save()
        return key_id

    def retire(self, key_id: int) -> None:
        """Forget a key with which nothing is sealed any more. Raises ValueError for the one in use."""
        if key_id == max(self._fields):
            raise ValueError("正在使用的密钥不能停用")
        del self._data["fields"][str(key_id)]
        self._save()

    def _save(self) -> None:
        beside = self._path.with_suffix(f".{secrets.token_hex(4)}")
        _write(beside, self._data)
        beside.replace(self._path)
        self.__init__(self._path, self._data)  # type: ignore[misc]  # the keys anew from what was saved


def keyring() -> Keyring:
    """The keys that the running site was started with."""
    found: Keyring = settings.KEYRING
    return found


def _create(path: Path) -> None:
    """Make the file under another name and link it into place: of two that start at once, one wins and both read it."""
    fresh = {
        "version": VERSION,
        "site": secrets.token_urlsafe(50),
        "hash": _random(),
        "audit": _random(),
        "fields": {"1": _field_key()},
    }
    beside = path.with_suffix(f".{secrets.token_hex(4)}")
    _write(beside, fresh)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def _write(path: Path, data: dict[str, Any]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        json.dump(data, file, indent=1)
        file.flush()
        os.fsync(file.fileno())


def _random() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode("ascii")


def _field_key() -> dict[str, Any]:
    return {"suite": AES_256_GCM, "key": _random()}
