"""Sex, ethnic group, education, reason and verdict: closed lists with small stable integers and Chinese labels.

The integers are stored in databases and bundles: a number, once given, never changes its meaning. The readers that
turn a cell into one of these are at the end, their synonyms in `synonyms.py`.
"""

from enum import IntEnum
from typing import Self


class Labelled(IntEnum):
    """An integer with the Chinese word that forms show for it."""

    label: str

    def __new__(cls, number: int, label: str) -> Self:
        member = int.__new__(cls, number)
        member._value_ = number
        member.label = label
        return member


class Lettered(IntEnum):
    """The same with the letter of the 附件2 figure that counts it."""

    label: str
    letter: str

    def __new__(cls, number: int, label: str, letter: str) -> Self:
        member = int.__new__(cls, number)
        member._value_ = number
        member.label = label
        member.letter = letter
        return member


class Sex(Labelled):
    """性别, as GB/T 2261.1 numbers it (without its 0 and 9: a member's sex is known)."""

    MALE = 1, "男"
    FEMALE = 2, "女"


class EthnicGroup(Labelled):
    """民族 by the number of GB/T 3304-1991, with its two further figures: 97 其他, 98 外国血统中国籍人士.

    Groups that are not officially identified (穿青人, 革家人 …) are 97; a reading's text keeps their own name."""

    HAN = 1, "汉族"
    MONGOL = 2, "蒙古族"
    HUI = 3, "回族"
    TIBETAN = 4, "藏族"
    UYGUR = 5, "维吾尔族"
    MIAO = 6, "苗族"
    YI = 7, "彝族"
    ZHUANG = 8, "壮族"
    BUYEI = 9, "布依族"
    CHOSEN = 10, "朝鲜族"
    MAN = 11, "满族"
    DONG = 12, "侗族"
    YAO = 13, "瑶族"
    BAI = 14, "白族"
    TUJIA = 15, "土家族"
    HANI = 16, "哈尼族"
    KAZAK = 17, "哈萨克族"
    DAI = 18, "傣族"
    LI = 19, "黎族"
    LISU = 20, "傈僳族"
    VA = 21, "佤族"
    SHE = 22, "畲族"
    GAOSHAN = 23, "高山族"
    LAHU = 24, "拉祜族"
    SUI = 25, "水族"
    DONGXIANG = 26, "东乡族"
    NAXI = 27, "纳西族"
    JINGPO = 28, "景颇族"
    KIRGIZ = 29, "柯尔克孜族"
    TU = 30, "土族"
    DAUR = 31, "达斡尔族"
    MULAO = 32, "仫佬族"
    QIANG = 33, "羌族"
    BLANG = 34, "布朗族"
    SALAR = 35, "撒拉族"
    MAONAN = 36, "毛南族"
    GELAO = 37, "仡佬族"
    XIBE = 38, "锡伯族"
    ACHANG = 39, "阿昌族"
    PUMI = 40, "普米族"
    TAJIK = 41, "塔吉克族"
    NU = 42, "怒族"
    UZBEK = 43, "乌孜别克族"
    RUSS = 44, "俄罗斯族"
    EWENKI = 45, "鄂温克族"
    DEANG = 46, "德昂族"
    BONAN = 47, "保安族"
    YUGUR = 48, "裕固族"
    GIN = 49, "京族"
    TATAR = 50, "塔塔尔族"
    DERUNG = 51, "独龙族"
    OROQEN = 52, "鄂伦春族"
    HEZHEN = 53, "赫哲族"
    MONBA = 54, "门巴族"
    LHOBA = 55, "珞巴族"
    JINO = 56, "基诺族"
    UNIDENTIFIED = 97, "其他"
    NATURALISED = 98, "入籍"


class Education(Lettered):
    """文化程度 with its figure in 附件2: G 高中（中专）以下, 高中 and 中专 with it; H 大专; I 本科及以上.

    The numbers leave gaps in which a finer level could stand; greater is higher."""

    ILLITERATE = 5, "文盲", "G"
    PRIMARY = 10, "小学", "G"
    JUNIOR_HIGH = 20, "初中", "G"
    SENIOR_HIGH = 30, "高中", "G"
    SECONDARY_VOCATIONAL = 31, "中专", "G"
    TECHNICAL = 32, "技校", "G"
    VOCATIONAL_HIGH = 33, "职高", "G"
    COLLEGE = 40, "大专", "H"
    BACHELOR = 50, "本科", "I"
    POSTGRADUATE = 60, "研究生", "I"
    MASTER = 61, "硕士研究生", "I"
    DOCTOR = 62, "博士研究生", "I"


class Reason(Lettered):
    """从事行业或流动原因: the figures J–U of 附件2, `label` their headings verbatim."""

    SELF_EMPLOYED = 1, "个体经商", "J"
    CONSTRUCTION = 2, "在工程、建筑行业务工", "K"
    NEW_ORGANIZATION = 3, "两新组织员工（职工）", "L"
    POSTED = 4, "单位（公司）派驻外地工作", "M"
    COURIER = 5, "快递员", "N"
    FOOD_DELIVERY = 6, "外卖送餐员", "O"
    RIDE_HAILING = 7, "网约车司机", "P"
    TRUCK_DRIVER = 8, "货车司机", "Q"
    FAMILY_OR_ELSEWHERE = 9, "照顾家庭或异地居住", "R"
    FLEXIBLE = 10, "灵活就业", "S"
    GRADUATE_UNEMPLOYED = 11, "已毕业但尚未就业", "T"
    OTHER = 12, "其他", "U"


class Verdict(Labelled):
    """排查结论: what the branch decides for one member (notice 一), with the words a drop-down shows.

    OUTFLOW is domain.md's verdict 1 (six months without attending in person), OUTFLOW_DEEMED its 2 (attends rarely,
    deemed so by the branch in writing); both are 流出党员. OUT_OF_CONTACT and UNDECIDED are never proposed wholesale
    and are not in A until answered."""

    OUTFLOW = 1, "流出党员"
    OUTFLOW_DEEMED = 2, "流出党员（支部认定）"
    ATTENDING = 3, "正常参加活动"
    ATTENDING_AFTER_URGING = 4, "督促后正常参加活动"
    TRANSFERRED = 5, "已转移组织关系"
    OUT_OF_CONTACT = 6, "失去联系"
    UNDECIDED = 7, "待定"

    @property
    def outflow(self) -> bool:
        """Whether the member stands on 附件1 and in A (domain.md, verdicts 1 and 2)."""
        return self in (Verdict.OUTFLOW, Verdict.OUTFLOW_DEEMED)

    @property
    def covered(self) -> bool:
        """Whether the member counts as checked: domain.md's verdicts 1 to 4 (coverage)."""
        return self <= Verdict.TRANSFERRED
