"""Settings from the environment, read strictly: nonsense stops the start and says which setting is wrong.

Every setting has a line in docs/guide/08-网站-办公室.md; a test holds the two together."""

import os
import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def boolean(name: str, default: bool) -> bool:
    """`true` or `false`; anything else stops the start: a misspelt "False" must not count as true."""
    given = text(name)
    if not given:
        return default
    if given not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} 只能写 true 或 false，现在写的是“{given}”")
    return given == "true"


def whole_number(name: str, default: int, *, least: int, most: int) -> int:
    given = text(name)
    if not given:
        return default
    if not given.isdecimal() or not least <= int(given) <= most:
        raise ImproperlyConfigured(f"{name} 应是{least}到{most}之间的整数，现在写的是“{given}”")
    return int(given)


def words(name: str, default: str) -> list[str]:
    """Words parted by commas."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder for this account alone, made (mode 0700) where it is not there."""
    path = Path(text(name, str(default))).expanduser().absolute()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        open_to_others = os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    except OSError as problem:
        raise ImproperlyConfigured(f"{name}：不能使用文件夹 {path}（{problem.strerror}）") from None
    if open_to_others:  # SQLite makes its files readable by all, and names stand in them in the clear
        raise ImproperlyConfigured(f"{name}：文件夹 {path} 别人也能打开，请先运行 chmod 700 {path}")
    return path


def postgresql(name: str) -> dict[str, Any] | None:
    """`postgres://user:password@host:port/database` as Django's settings; None where it is not set. The address itself
    is never repeated in an error: it holds a password."""
    given = text(name)
    if not given:
        return None
    try:
        url = urlsplit(given)
        port = url.port
    except ValueError:
        port, url = None, urlsplit("")
    database = unquote(url.path.lstrip("/"))
    if url.scheme not in ("postgres", "postgresql") or not database or not url.username:
        raise ImproperlyConfigured(f"{name} 应写成 postgres://用户:密码@主机:端口/数据库")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(url.username),
        "PASSWORD": unquote(url.password or ""),
        "HOST": unquote(url.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 3600,  # seconds; a new one takes longer than most pages
        "OPTIONS": {"application_name": "paicha"},
    }
