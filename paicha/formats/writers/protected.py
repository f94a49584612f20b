"""Workbooks that open with a password only: ECMA-376 agile encryption (MS-OFFCRYPTO 2.3.4.10; AES-256, SHA-512), which
WPS, Excel and LibreOffice know: they ask for the password, nobody needs another program."""

import secrets
from io import BytesIO

from msoffcrypto.format.ooxml import OOXMLFile

SHORTEST, LONGEST = 10, 255  # characters; the format takes no more
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none is mistaken for another on paper or by telephone
_GROUPS, _GROUP = 3, 4


def protect(workbook: bytes, password: str) -> bytes:
    """An .xlsx encrypted with `password`."""
    out = BytesIO()
    OOXMLFile(BytesIO(workbook)).encrypt(password, out)
    return out.getvalue()


def new_password() -> str:
    """A random password to be told by telephone: three groups of four signs, 59 bits (k7hm-wq3x-9dpt)."""
    groups = ("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def fault_of(password: str) -> str:
    """Why a password will not do, in Chinese; "" where it will."""
    if len(password) < SHORTEST:
        return f"密码至少 {SHORTEST} 位，现在 {len(password)} 位"
    return f"密码最多 {LONGEST} 位" if len(password) > LONGEST else ""
