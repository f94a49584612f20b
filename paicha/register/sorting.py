"""Sort keys of names, by pinyin and by strokes; stored, since databases sort Chinese each in their own way."""

from functools import lru_cache
from importlib import resources

from pypinyin import Style, lazy_pinyin
from pypinyin.constants import PHRASES_DICT

LONGEST_PINYIN, LONGEST_STROKES = 120, 60  # as long as EntryVersion keeps them
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"

# What a character is read as when it is a surname: pypinyin alone gives the common reading.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "尹": "yin", "繁": "po", "翟": "zhai", "员": "yun", "乐": "yue", "召": "shao",
    "祭": "zhai", "缪": "miao", "宓": "mi", "冼": "xian", "种": "chong", "秘": "bi", "黑": "he", "折": "she",
    "覃": "qin", "逄": "pang", "郇": "xun", "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun",
    "澹台": "tan tai", "令狐": "ling hu", "宰父": "zai fu",
}  # fmt: skip
# Surnames of two characters that are still borne.
COMPOUND = frozenset({
    "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟",
    "公羊", "赫连", "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离",
    "长孙", "宇文", "司徒", "鲜于", "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷",
    "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门",
    "羊舌", "微生", "梁丘", "左丘", "东门", "西门", "第五", "纳兰", "完颜", "叶赫",
})  # fmt: skip


def sort_keys(name: str) -> tuple[str, str]:
    """(by pinyin, by strokes) of a name; both compare byte by byte."""
    length, surname = _surname(name[:2])
    return f"{surname} {_readings(name[length:])}".strip()[:LONGEST_PINYIN], strokes_key(name)


@lru_cache(maxsize=8192)
def _surname(start: str) -> tuple[int, str]:
    """(characters, reading) of the surname that a name starts with."""
    surname = next((start[:n] for n in (2, 1) if start[:n] in SURNAMES), start[:1])
    return len(surname), SURNAMES.get(surname) or _reading(surname)


@lru_cache(maxsize=65536)
def _readings(given: str) -> str:
    """As lazy_pinyin reads it. Most given names are no word of its dictionary: each character by itself, ten times
    quicker, which counts when a hundred thousand names come in."""
    letters = "".join(filter(str.isalnum, given))
    if len(letters) <= 2 and letters not in PHRASES_DICT and all(character in _keys() for character in letters):
        return " ".join(map(_reading, letters))
    return " ".join(lazy_pinyin(letters, style=Style.NORMAL))


@lru_cache(maxsize=8192)
def _reading(character: str) -> str:
    return "".join(lazy_pinyin(character, style=Style.NORMAL))


def strokes_key(name: str) -> str:
    """按姓氏笔画为序, as official lists have it: the surname by strokes, then 单名 before longer ones, then the given
    name by strokes. Each character is its stroke count and its place among those of that count; 00 ends the surname,
    so that 欧 stands before 欧阳.

    >>> sorted(["李一", "王小二", "张三", "王五"], key=strokes_key)
    ['王五', '王小二', '李一', '张三']
    """
    letters = name if name.isalnum() else "".join(filter(str.isalnum, name))
    first = 2 if len(letters) > 2 and letters[:2] in COMPOUND else 1
    surname, given = letters[:first], letters[first:]
    key = f"{_strokes(surname)}00{_DIGITS[min(len(given), 35)]}{_strokes(given)}"
    return key[:LONGEST_STROKES] if letters else ""


@lru_cache(maxsize=65536)
def _strokes(letters: str) -> str:
    return "".join(map(_key, letters))


def stroke_count(character: str) -> int | None:
    """How many strokes a character has; None for one that the table does not hold.

    >>> stroke_count("王"), stroke_count("李"), stroke_count("A")
    (4, 7, None)
    """
    key = _keys().get(character)
    return int(key[:2]) if key else None


def _key(character: str) -> str:
    """Five digits and letters; a character without known strokes comes after all others, by its code point."""
    return _keys().get(character) or "z" + _base36(ord(character), 4)


@lru_cache(maxsize=1)
def _keys() -> dict[str, str]:
    """Character → stroke count in two digits and place in three."""
    text = resources.files("paicha.register").joinpath("data/strokes-2026.tsv").read_text(encoding="utf-8")
    keys = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            count, characters = line.split("\t")
            for place, character in enumerate(characters):
                keys[character] = f"{int(count):02d}{_base36(place, 3)}"
    return keys


def _base36(number: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits
