"""What tells who a member is and how to reach them: ID number, month, phone, name, age.

The citizen identification number (公民身份号码, GB 11643-1999) has 18 places: division (6), day of birth YYYYMMDD (8),
sequence (3, odd for men), check character (ISO 7064 MOD 11-2; X stands for 10). Only its form is checked. The division
is not held to a table: codes are withdrawn and a number stays for life.

>>> read_id_number("11010119900307 8515").findings[0].message
'“110101********8515”：已去掉空格、引号等并改为半角、大写'
>>> read_month("1978年8月").text, read_phone("(027)87654321").text
('197808', '027-87654321')
"""

import math
import re
import unicodedata
from datetime import date, timedelta
from itertools import product

from paicha.domain.findings import Code, Finding
from paicha.domain.masking import mask_id, mask_personal, mask_phone, quote, read_as
from paicha.domain.readings import CellValue, Reading, as_text, compact, is_empty
from paicha.domain.vocabulary import Sex

__all__ = [
    "id_birth",
    "id_sex",
    "mask_id",
    "mask_personal",
    "mask_phone",
    "month_text",
    "read_age",
    "read_id_number",
    "read_month",
    "read_name",
    "read_phone",
]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2, 1)
# The weighted sum by tables of three places each: a third of the time of a loop over 18 (100,000 rows are ordinary).
_SUMS = tuple(
    {
        "".join(places): sum(
            weight * (10 if place == "X" else int(place))
            for weight, place in zip(_WEIGHTS[start : start + 3], places, strict=True)
        )
        for places in product("0123456789", "0123456789", "0123456789X")
    }
    for start in range(0, 18, 3)
)
_FIRST, _SECOND, _THIRD, _FOURTH, _FIFTH, _SIXTH = _SUMS
_ID_FORM = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]")
_PLACES = re.compile(r"[0-9]+X?")
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}")
_QUOTES = "'`\"‘’“”′"
_ASK_FULL = "请按身份证填写18位号码（单元格设为文本格式）"
_LOST = "电子表格的数字只保留15位，后几位已丢失，不能靠改格式恢复"


def read_id_number(raw: CellValue) -> Reading[str]:
    """身份证号: `value` is the 18-place number in upper case if it is formally right (GB 11643-1999), else None.

    `text` is the number without white space, quotes and hyphens, also where a digit is wrong; a text with other
    characters stays as written."""
    if type(raw) is str and _ID_FORM.fullmatch(raw) and _is_day(raw) and _checks(raw):
        return Reading(raw, raw)
    if is_empty(raw):
        return Reading(None)
    if not isinstance(raw, str):
        return _id_from_number(raw)
    number = compact(raw).strip(_QUOTES).replace("-", "").upper()
    fault = _id_fault(number)
    written = raw.strip()
    if fault and not _PLACES.fullmatch(number):
        return Reading(None, written, (fault,))
    notices = () if number == written else (_id_cleaned(number),)
    return Reading(None, number, (fault, *notices)) if fault else Reading(number, number, notices)


def _checks(number: str) -> bool:
    """Whether the check character of an 18-place number fits (ISO 7064 MOD 11-2)."""
    total = _FIRST[number[:3]] + _SECOND[number[3:6]] + _THIRD[number[6:9]] + _FOURTH[number[9:12]]
    return (total + _FIFTH[number[12:15]] + _SIXTH[number[15:]]) % 11 == 1


def _is_day(number: str) -> bool:
    """Whether places 7 to 14 are a day of the calendar; the form has seen to everything but short months."""
    if number[12:14] <= "28":
        return True
    try:
        id_birth(number)
    except ValueError:
        return False
    return True


def _id_cleaned(number: str) -> Finding:
    return Finding(Code.NORMALISED, f"“{mask_id(number)}”：已去掉空格、引号等并改为半角、大写")


def _id_from_number(raw: CellValue) -> Reading[str]:
    """A cell that holds no text: a number has lost its last places, anything else is no ID number."""
    text = as_text(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        return Reading(None, text, (Finding(Code.ID_CHECKSUM, f"{quote(raw)}不是身份证号", _ASK_FULL),))
    if abs(raw) >= 1e15:
        lost = Finding(Code.ID_PRECISION, f"身份证号存成了数字：{_LOST}", _ASK_FULL)
        return Reading(None, text, (lost,))
    fault = _id_fault(text)
    return Reading(None, text, (fault,) if fault else ())


def _id_fault(number: str) -> Finding | None:
    """What is formally wrong with a compact number; None if nothing is."""
    if _SCIENTIFIC.fullmatch(number):
        return Finding(Code.ID_PRECISION, f"身份证号成了科学记数：{_LOST}", _ASK_FULL)
    if "*" in number or "×" in number:
        return Finding(Code.ID_CHECKSUM, "身份证号已打码，含有“*”或“×”", _ASK_FULL)
    odd = re.sub(r"[0-9]|X$", "", number)
    if odd:
        return Finding(Code.ID_CHECKSUM, f"身份证号中有不该有的字符{quote(odd)}", _ASK_FULL)
    if len(number) == 15:
        return Finding(Code.ID_CHECKSUM, "这是15位的第一代身份证号", "请向本人索取18位号码，不要自行推算")
    if len(number) != 18:
        return Finding(Code.ID_CHECKSUM, f"身份证号应为18位，现有{len(number)}位", "请对照身份证改正")
    if not (_ID_FORM.fullmatch(number) and _is_day(number)):
        return Finding(Code.ID_CHECKSUM, "身份证号中的出生日期（第7至14位）或地区码不存在", "请对照身份证改正")
    if _checks(number):
        return None
    if number.endswith("000"):
        why = "末三位是000且校验码不符，是存成过数字的痕迹"
        return Finding(Code.ID_PRECISION, f"身份证号{why}：{_LOST}", _ASK_FULL)
    return Finding(Code.ID_CHECKSUM, "身份证号校验码不符，多为其中一位写错", "请对照身份证逐位核对")


def id_sex(number: str) -> Sex:
    """The sex that the 17th place of a right number tells: odd for men."""
    return Sex.MALE if int(number[16]) % 2 else Sex.FEMALE


def id_birth(number: str) -> date:
    """The day of birth in places 7 to 14; ValueError if the calendar has no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


_MONTH_FORM = re.compile(r"(?:19[0-9]{2}|20[0-9]{2}|2100)(?:0[1-9]|1[0-2])")
_SEPARATOR = r"\s*[.\-/年,、。·‧•_\s]\s*"
_TIME = r"(?:[\sT]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
_PARTED = re.compile(
    rf"([0-9]{{4}}){_SEPARATOR}([0-9]{{1,2}})(?:(?:{_SEPARATOR}|\s*月\s*)([0-9]{{1,2}}))?[.日号月\s]*{_TIME}"
)
_SOLID = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})?")
_TWO_DIGIT_YEAR = re.compile(r"([0-9]{2})(?:[.\-/年,、。]([0-9]{1,2})|([0-9]{2})(?:[0-9]{2})?)月?(?:[0-9]{1,2}日)?")
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet's calendar, as counted from 1 March 1900 on
LONGEST_DATE = 40  # a longer cell is no date, and its white space would be slow to take apart
_MONTH_HELP = "请写成六位年月，如197808"


def read_month(raw: CellValue) -> Reading[int]:
    """出生年月, 入党时间: `value` is months since year 0 (year × 12 + month − 1), `text` YYYYMM.

    Nothing is guessed: a number 1978.1 (January or October), two-digit years and day serials are unreadable."""
    text = as_text(raw)
    if _MONTH_FORM.fullmatch(text) and not isinstance(raw, bool):
        return Reading(int(text[:4]) * 12 + int(text[4:]) - 1, text)
    if is_empty(raw):
        return Reading(None)
    if isinstance(raw, date):
        found: tuple[int, int] | None = (raw.year, raw.month)
    elif isinstance(raw, bool) or not isinstance(raw, str | int | float):
        found = None
    elif isinstance(raw, float) and re.fullmatch(r"[0-9]{4}\.1", text):
        return _unread_month(raw, "以数字存放，分不清是1月还是10月", f"请写成{text[:4]}01或{text[:4]}10")
    else:
        found = _year_month(text)
    if found is None or not 1900 <= found[0] <= 2100:
        return _unread_month(raw, "不是能识别的年月", _month_hint(text))
    index = found[0] * 12 + found[1] - 1
    official = month_text(index)
    return Reading(index, official, (read_as(raw, official),))


def _unread_month(raw: CellValue, why: str, what: str) -> Reading[int]:
    return Reading(None, as_text(raw), (Finding(Code.UNREADABLE, f"{quote(raw)}{why}", what),))


def _year_month(text: str) -> tuple[int, int] | None:
    """Year and month of 1978.8, 1978-08-15, 1978年8月, 197808 or 19780815; None where that is no month or day."""
    if len(text) > LONGEST_DATE:
        return None
    spaced = unicodedata.normalize("NFKC", text)
    match = _PARTED.fullmatch(spaced) or _SOLID.fullmatch(compact(text)) or _PARTED.fullmatch(compact(text))
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return None
    return year, month


def _month_hint(text: str) -> str:
    """What may have been meant, for a person to confirm."""
    solid = compact(text)
    if re.fullmatch(r"[12345][0-9]{4}(?:\.[0-9]+)?", solid):
        day = _SERIAL_ZERO + timedelta(days=int(solid[:5]))
        return f"像是电子表格的日期序号，可能是{day.year}{day.month:02}，核实后{_MONTH_HELP}"
    if re.fullmatch(r"(?:19|20)[0-9]{4}", solid):
        return f"月份应为01至12；{_MONTH_HELP}"
    if match := _TWO_DIGIT_YEAR.fullmatch(solid):
        month = int(match[2] or match[3])
        if 1 <= month <= 12:
            return f"年份请写四位，如19{match[1]}{month:02}"
    if re.fullmatch(r"(?:19|20)[0-9]{2}年?", solid):
        return f"只有年份，缺月份；{_MONTH_HELP}"
    return _MONTH_HELP


def month_text(index: int) -> str:
    """YYYYMM of months since year 0."""
    return f"{index // 12:04}{index % 12 + 1:02}"


_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))(-?)([1-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_OVERSEAS = re.compile(r"\+(?!86)[1-9][0-9]{6,14}")
_BRACKETED_AREA = re.compile(r"\(?(0[0-9]{2,3})\)[ \-]*|(0[0-9]{2,3}) +(?=[1-9])")
_HYPHENS = re.compile(r"[\-\u2010-\u2015\u2212_~]+")
_PHONE_HELP = "请填11位手机号，或带区号的固定电话（如027-8765××××）；境外号码以+和国家（地区）号开头"


def read_phone(raw: CellValue) -> Reading[str]:
    """A phone: mainland mobile (11 digits, bare), landline with area code (hyphens as written), or overseas with +."""
    text = raw if type(raw) is str else as_text(raw)
    if _MOBILE.fullmatch(text):
        return Reading(text, text)
    if is_empty(raw):
        return Reading(None)
    text = text.strip()
    number = _phone_number(text)
    if number is None:
        why, what = _phone_fault(text)
        return Reading(None, text, (Finding(Code.PHONE, why, what),))
    if number == text:
        return Reading(number, number)
    return Reading(number, number, (Finding(Code.NORMALISED, f"电话写法已规范为“{mask_phone(number)}”"),))


def _phone_number(text: str) -> str | None:
    """The official spelling of a phone written in any usual way; None if it is none."""
    half = unicodedata.normalize("NFKC", text).strip().strip(_QUOTES)
    half = _BRACKETED_AREA.sub(lambda match: f"{match[1] or match[2]}-", half, count=1)
    half = re.sub(r"转|分机|ext\.?", "-", half, flags=re.IGNORECASE)
    plain = _HYPHENS.sub("-", re.sub(r"[\s()\u200b-\u200f\u202a-\u202e\u2060\ufeff]", "", half))
    home = re.sub(r"^(?:\+86|0086|86(?=-?1[3-9][0-9]))-?", "", plain)
    bare = home.replace("-", "")
    if _MOBILE.fullmatch(bare):
        return bare
    for landline in (home, f"0{home}" if home != plain else ""):
        if _LANDLINE.fullmatch(landline):
            return landline
    overseas = plain.replace("-", "")
    return overseas if _OVERSEAS.fullmatch(overseas) else None


def _phone_fault(text: str) -> tuple[str, str]:
    """Why a text is no phone, and what to do; no more of the number than its mask."""
    half = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[^0-9]", "", half)
    if "*" in half or "×" in half:
        return "电话号码已打码", "请填写完整号码"
    if len(digits) >= 14 and re.search(r"[/、,;\s和或]", half.strip()):
        return "像是写了两个电话号码", "请只保留本人最常用的一个"
    if not digits:
        return f"{quote(text)}不是电话号码", _PHONE_HELP
    if digits.startswith("1") and len(digits) != 11 and 9 <= len(digits) <= 13:
        return f"“{mask_phone(digits)}”共{len(digits)}位，手机号应为11位", _PHONE_HELP
    if len(digits) in (7, 8):
        return f"“{mask_phone(digits)}”缺少区号", _PHONE_HELP
    if half.isdecimal() and _LANDLINE.fullmatch(f"0{digits}"):
        return f"“{mask_phone(digits)}”像是丢了区号前面的0", _PHONE_HELP
    return f"“{mask_phone(digits)}”不是手机号、带区号的固定电话或境外号码", _PHONE_HELP


_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff〇\U00020000-\U000323af"
_NAME_FORM = re.compile(f"[{_HAN}]{{1,20}}(?:·[{_HAN}]{{1,20}})?")
_DOTS = re.compile(f"(?<=[{_HAN}A-Za-z])\\s*[·•．・‧∙⋅･.]\\s*(?=[{_HAN}])")
_GAP = re.compile(f"(?<=[{_HAN}·])\\s+(?=[{_HAN}·])")
_INVISIBLE = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_COVERED_NAME = re.compile(f"[*×＊✱]|(?<=[{_HAN}])[xX]")
LONGEST_NAME = 50


def read_name(raw: CellValue) -> Reading[str]:
    """姓名: no white space between Chinese characters, U+00B7 as the dot of a minority name; otherwise as written.

    Not put into NFKC as a whole: that would replace rare characters of names. Messages do not repeat the name."""
    if type(raw) is str and _NAME_FORM.fullmatch(raw) and raw not in ("无", "没有", "暂无", "空", "未报到"):
        return Reading(raw, raw)
    if is_empty(raw):
        return Reading(None)
    written = as_text(raw)
    if why := _name_fault(raw, written):
        return Reading(None, written, (Finding(Code.UNREADABLE, why, "请按身份证填写姓名"),))
    name = " ".join(_GAP.sub("", _DOTS.sub("·", _INVISIBLE.sub("", written))).split())
    if name == written:
        return Reading(name, name)
    return Reading(name, name, (Finding(Code.NORMALISED, "姓名中的空格、间隔号等写法已规范，请核对"),))


def _name_fault(raw: CellValue, written: str) -> str:
    """Why a text is no name, "" if nothing speaks against it."""
    if not isinstance(raw, str) or any(c.isdigit() for c in written):
        return "姓名中有数字"
    if _COVERED_NAME.search(written):
        return "姓名已打码，或含有“*”“×”"
    if len(written) > LONGEST_NAME:
        return f"姓名长{len(written)}字，超过{LONGEST_NAME}字"
    if not any(c.isalpha() for c in written):
        return "姓名中没有文字"
    return ""


_AGE_FORM = re.compile(r"([0-9]{1,3})(?:周?岁)?")
OLDEST = 120


def read_age(raw: CellValue) -> Reading[int]:
    """年龄 in whole years, 0 to 120; 45岁 is read with a notice."""
    if is_empty(raw):
        return Reading(None)
    text = as_text(raw)
    match = None if isinstance(raw, bool) else _AGE_FORM.fullmatch(compact(raw))
    if match is None or int(match[1]) > OLDEST:
        return Reading(None, text, (Finding(Code.UNREADABLE, f"{quote(raw)}不是年龄", "请填整数周岁，如45"),))
    age = int(match[1])
    return Reading(age, str(age), () if text == str(age) else (read_as(raw, str(age)),))
