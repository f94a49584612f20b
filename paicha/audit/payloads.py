"""What an event may say of itself: canonical JSON of plain values, without ID numbers and phones.

>>> as_json({"rows": 12, "batch": "2026-07"})
'{"batch":"2026-07","rows":12}'
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping

# Keys and checksums hold runs of digits by chance, about one in three hundred of them like a phone's.
_HEX = re.compile(r"\b(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,})\b", re.IGNORECASE)
_ID_NUMBER = r"\d{6}[ -]?\d{8}[ -]?\d{3}[ -]?[\dXx]|\d{15}"
_MOBILE = r"1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
_PERSONAL = re.compile(rf"(?<!\d)(?:{_ID_NUMBER}|(?:\+?86[ -]?)?{_MOBILE})(?!\d)")


def as_json(payload: Mapping[str, object]) -> str:
    """The payload as canonical JSON: keys sorted, no spaces. Raises ValueError for a value that is not text, a whole
    number, a boolean or a list of these, or that looks like an ID number or a mainland mobile number; the message
    names the key, never the value."""
    for key, value in payload.items():
        _refuse(key, value)
    return json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(salt: bytes, payload: str) -> bytes:
    """sha256(salt ‖ payload). The salt keeps a purged payload from being guessed out of its digest."""
    return hashlib.sha256(salt + payload.encode()).digest()


def _refuse(key: str, value: object) -> None:
    if isinstance(value, list):
        for item in value:
            _refuse(key, item)
    elif not isinstance(value, str | int):
        raise ValueError(f"操作记录的“{key}”只能是文字、整数、是否或它们的列表")
    elif _PERSONAL.search(_HEX.sub("#", unicodedata.normalize("NFKC", str(value)))):
        raise ValueError(f"操作记录的“{key}”像是身份证号或手机号，不能写入")
