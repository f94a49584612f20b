"""What a message may show of a value: ID numbers and phones are masked, long words cut (domain.md, Confidential).

Every message that repeats what a cell holds does so through `quote`: rows slip, and a phone may well stand under 民族.

>>> mask_id("11010119000101001X"), mask_phone("13800005678")
('110101********001X', '138****5678')
>>> quote(" 手机13800005678 ")
'“手机138****5678”'
"""

import re

from paicha.domain.findings import Code, Finding
from paicha.domain.readings import CellValue, as_text

LONGEST_QUOTE = 30
# Nine digits and more are never a date (20231215), so a run of them may be a phone or an ID number; with one or two
# signs between (138.0000.5678), only from eleven on: 2023-12-15 10 has ten.
SHORTEST = 9
_SIGN = r"[ .·、_/\-–—－～~]"
_PERSONAL = re.compile(rf"\d(?:{_SIGN}{{0,2}}\d){{10,}}(?:{_SIGN}?[XxＸｘ])?|\d{{9,}}[Xx]?")
MOBILE, LONGEST_PHONE = 11, 14  # digits; anything longer is shown as an ID number is


def mask_id(number: str) -> str:
    """The division and the last four of an ID number, stars between: 110101********001X. What is too short to be one
    (a phone in the wrong column) is masked as a phone."""
    if len(number) <= LONGEST_PHONE:
        return mask_phone(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def mask_phone(number: str) -> str:
    """The first three and the last four digits of a phone, stars between: 138****5678; of a short one, the last two."""
    if len(number) == MOBILE and number.isdecimal():  # the common case, ten times as quick
        return f"{number[:3]}****{number[7:]}"
    total = sum(character.isdigit() for character in number)
    first, last = (3, 4) if total >= 9 else (0, 2)
    shown, seen = [], 0
    for character in number:
        seen += character.isdigit()
        hidden = character.isdigit() and first < seen <= total - last
        shown.append("*" if hidden else character)
    return "".join(shown)


def mask_personal(text: str) -> str:
    """`text` with every run that may be an ID number or a phone masked."""
    return text if len(text) < SHORTEST else _PERSONAL.sub(_mask_run, text)


def _mask_run(match: re.Match[str]) -> str:
    digits = "".join(character for character in match[0] if character.isalnum())
    return mask_id(digits) if len(digits) > LONGEST_PHONE else mask_phone(digits)


def quote(raw: CellValue) -> str:
    """What a cell holds, for a message: “…”, on one line, masked, at most 30 characters."""
    text = mask_personal(" ".join(as_text(raw).split()))
    return f"“{text[:LONGEST_QUOTE]}…”" if len(text) > LONGEST_QUOTE else f"“{text}”"


def read_as(raw: CellValue, text: str) -> Finding:
    """The notice that a cell was read in official spelling: “大学本科”读作“本科”."""
    return Finding(Code.NORMALISED, f"{quote(raw)}读作{quote(text)}")
