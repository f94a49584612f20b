"""Sort keys of names: by pinyin, with the readings that surnames have; stored, since databases sort Chinese each in
their own way."""

from pypinyin import Style, lazy_pinyin

# What a character is read as when it is a surname: pypinyin alone gives the common reading.
SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "朴": "piao", "盖": "ge",
    "任": "ren", "华": "hua", "尹": "yin", "繁": "po", "翟": "zhai", "员": "yun", "乐": "yue", "召": "shao",
    "祭": "zhai", "缪": "miao", "宓": "mi", "冼": "xian", "种": "chong", "秘": "bi", "黑": "he", "折": "she",
    "覃": "qin", "逄": "pang", "郇": "xun", "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun",
    "澹台": "tan tai", "令狐": "ling hu", "宰父": "zai fu",
}  # fmt: skip


def sort_keys(name: str) -> tuple[str, str]:
    """(by pinyin, by strokes) of a name; both compare byte by byte."""
    surname = next((name[:n] for n in (2, 1) if name[:n] in SURNAMES), "")
    read = SURNAMES[surname].split() if surname else []
    return " ".join(read + lazy_pinyin(name[len(surname) :], style=Style.NORMAL)), ""
