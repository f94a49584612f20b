"""Codes: those of an authenticator, which change each half minute (RFC 6238), and those kept on paper.

>>> spoken("ab2c d3ef")
'AB2CD3EF'
"""

import base64
import hmac
import secrets
import unicodedata
from datetime import datetime
from io import BytesIO

import pyotp
import segno

from paicha.vault.sealing import Tampered, seal, unseal

SECONDS = 30
DIGITS = 6
RECOVERY_CODES = 8
_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read for another
_LENGTH = 10


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute that a code is of: the present one, or one beside it for a clock that is off; None for a wrong
    code."""
    present = int(now.timestamp()) // SECONDS
    for step in (present, present - 1, present + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * SECONDS).encode(), code.encode()):
            return step
    return None


def new_secret() -> str:
    return pyotp.random_base32()


def seal_secret(secret: str, user_id: object) -> str:
    """A secret that is not kept yet, for a hidden field: it opens for this account alone."""
    return base64.b64encode(seal(secret.encode(), _context(user_id))).decode("ascii")


def open_secret(text: str, user_id: object) -> str | None:
    """What seal_secret sealed; None for anything else."""
    try:
        return unseal(base64.b64decode(text, validate=True), _context(user_id)).decode()
    except (ValueError, Tampered):
        return None


def _context(user_id: object) -> bytes:
    return f"second-factor|{user_id}".encode()


def qr_code(secret: str, username: str) -> str:
    """The QR code that an authenticator reads, as a data: address of an SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name="排查")
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=5, border=4)
    return f"data:image/svg+xml;base64,{base64.b64encode(out.getvalue()).decode('ascii')}"


def new_recovery_codes() -> list[str]:
    """Codes of ten signs, some fifty bits each."""
    return ["".join(secrets.choice(_SIGNS) for _ in range(_LENGTH)) for _ in range(RECOVERY_CODES)]


def spoken(typed: str) -> str:
    """A code as it is compared: spaces, hyphens, width and small letters do not count."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).replace("-", "").upper()
