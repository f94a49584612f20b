"""How a division's name is written: in full, without the word for its kind, and in the short forms in daily use.

>>> stem("恩施土家族苗族自治州"), stem("洪山区"), stem("浦东新区"), stem("内蒙古自治区")
('恩施', '洪山', '浦东', '内蒙古')
>>> daily_forms("恩施土家族苗族自治州")
('恩施州', '恩施自治州')
"""

import re
from functools import cache

_GROUPS = (
    "各族|蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|"
    "黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|"
    "毛南族|仡佬族|锡伯族?|普米族|塔吉克族?|怒族|保安族|裕固族|独龙族"
)
_KINDS = ("特别行政区", "林区", "矿区", "特区", "新区", "地区", "省", "市", "盟", "区", "县", "旗")
_HIGH_TECH = re.compile(r"(?:高新|高)技术(?:产业)?(?:开发区|园区)$")
_ECONOMIC = re.compile(r"经济(?:技术)?开发区$")
_STREET_KINDS = ("街道", "镇", "乡")
_NICKNAMES = {
    "克孜勒苏柯尔克孜自治州": "克州",
    "巴音郭楞蒙古自治州": "巴州",
    "博尔塔拉蒙古自治州": "博州",
    "锡林郭勒盟": "锡盟",
    "阿拉善盟": "阿盟",
}


@cache
def _autonomous() -> re.Pattern[str]:
    """Compiled when first needed: it is long, and the command line starts often."""
    return re.compile(rf"(.{{2,}}?)(?:{_GROUPS})*自治(区|州|县|旗)")


def stem(name: str) -> str:
    """The name without the word for its kind and without the ethnic groups of an autonomous division; the name itself
    where less than two characters would stay (赵县, 东区, 郊区)."""
    if "自治" in name and (match := _autonomous().fullmatch(name)):
        return match[1].removesuffix("族") if len(match[1]) > 2 else match[1]
    for kind in _KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            return name.removesuffix(kind)
    return name


def daily_forms(name: str) -> tuple[str, ...]:
    """The short forms of an autonomous division that keep its kind; () for all others and for 自治区."""
    match = _autonomous().fullmatch(name) if "自治" in name else None
    if not match or match[2] == "区":
        return ()
    return stem(name) + match[2], f"{stem(name)}自治{match[2]}"


def nickname(name: str) -> str:
    """What a league or prefecture is called for short, though its name does not say so; "" for all others."""
    return _NICKNAMES.get(name, "")


def stem_of_street(name: str) -> str:
    """A street's or town's name without its kind; "" where less than two characters would stay."""
    for kind in _STREET_KINDS:
        if name.endswith(kind) and len(name) - len(kind) >= 2:
            return name.removesuffix(kind)
    return ""


def zone_forms(name: str, upper_names: tuple[str, ...]) -> set[str]:
    """What a development zone (合肥高新技术产业开发区) is called where the city stands before it: 高新区 and the like.
    `upper_names` are the names, full and short, of its province and prefecture."""
    for upper in upper_names:
        name = name.removeprefix(upper)
    forms = {name}
    if _HIGH_TECH.search(name):
        head = _HIGH_TECH.sub("", name)
        forms |= {head + kind for kind in ("高新技术产业开发区", "高新技术开发区", "高新区")}
    if _ECONOMIC.search(name):
        head = _ECONOMIC.sub("", name)
        forms |= {head + kind for kind in ("经济技术开发区", "经济开发区", "经开区")}
    return forms
