"""Made-up people: names, ID numbers with a right check digit, phones, places, all drawn from one seeded generator.

Nothing here imports `paicha`: what a row truly says is known from how it was made, so that the examples can be held
against the checker. The counties are real divisions (GB/T 2260), streets, communities and employers are invented.
"""

import random
from dataclasses import dataclass, field
from datetime import date

Cell = str | int | float | date | None
AS_OF = date(2023, 12, 15)
COLLEGE = "湖北楚云地质职业学院"

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严金魏陶姜谢邹喻柏窦章苏潘葛范彭鲁韦马苗方俞任袁柳"
GIVEN = "建国明华文静思远雨涵子轩志强丽芳海燕春梅俊杰欣怡浩然梓萱嘉琪佳宁晓东玉兰振宇诗雅立新红霞光耀书恒若兰"
HOMETOWNS = [
    "420106",
    "420111",
    "420115",
    "420503",
    "420583",
    "420606",
    "420704",
    "420802",
    "420902",
    "421002",
    "421023",
    "421102",
    "421181",
    "421202",
    "422801",
    "429004",
    "410105",
    "430102",
    "340104",
    "360102",
    "510107",
    "500112",
    "330106",
    "320106",
    "440305",
    "110105",
    "310115",
    "610113",
    "370102",
    "130102",
]
ETHNIC = ("汉族",) * 16 + ("土家族", "土家族", "苗族", "回族", "壮族", "侗族", "满族")
# words of 文化程度 → the letter of 附件2 they count under
EDUCATION = {"高中": "G", "中专": "G", "大专": "H", "本科": "I", "大学本科": "I", "硕士研究生": "I", "博士研究生": "I"}
# (division down to the county, direction seen from 武汉市)
PLACES = (
    [
        (f"湖北省武汉市{c}", "V")
        for c in ("洪山区", "江夏区", "武昌区", "东西湖区", "黄陂区", "新洲区", "汉阳区", "江岸区")
    ]
    + [
        (f"湖北省{c}", "W")
        for c in [
            "宜昌市夷陵区",
            "襄阳市樊城区",
            "黄石市大冶市",
            "荆州市沙市区",
            "恩施土家族苗族自治州恩施市",
            "仙桃市",
            "潜江市",
            "十堰市茅箭区",
            "孝感市孝南区",
            "黄冈市麻城市",
            "咸宁市咸安区",
            "荆门市钟祥市",
            "随州市曾都区",
            "鄂州市鄂城区",
        ]
    ]
    + [
        (c, "X")
        for c in [
            "广东省深圳市南山区",
            "广东省广州市天河区",
            "广东省东莞市",
            "北京市海淀区",
            "北京市朝阳区",
            "上海市浦东新区",
            "浙江省杭州市余杭区",
            "江苏省苏州市昆山市",
            "湖南省长沙市岳麓区",
            "河南省郑州市金水区",
            "河南省济源市",
            "四川省成都市武侯区",
            "陕西省西安市雁塔区",
            "重庆市渝北区",
            "海南省海口市龙华区",
            "福建省厦门市思明区",
            "安徽省合肥市蜀山区",
            "江西省南昌市红谷滩区",
            "贵州省贵阳市观山湖区",
        ]
    ]
)
STREETS = (
    "青松",
    "望江",
    "云岭",
    "石桥",
    "白鹭",
    "松涛",
    "南湖",
    "锦绣",
    "紫荆",
    "明珠",
    "长乐",
    "和平",
    "金桥",
    "东湖",
)
COMMUNITIES = ("第一", "第二", "向阳", "幸福", "书香", "滨江", "新村", "桃园", "碧水", "梧桐", "枫林", "康宁")
# the letter of 附件2 → the words of 附件1
REASONS = {
    "J": "个体经商",
    "K": "在工程、建筑行业务工",
    "L": "两新组织员工（职工）",
    "M": "单位（公司）派驻外地工作",
    "N": "快递员",
    "O": "外卖送餐员",
    "P": "网约车司机",
    "Q": "货车司机",
    "R": "照顾家庭或异地居住",
    "S": "灵活就业",
    "T": "已毕业但尚未就业",
    "U": "其他（升学）",
}
EMPLOYERS = (
    "云岭勘测",
    "江城测绘",
    "楚天岩土",
    "金石矿业",
    "远山地理信息",
    "长桥建设",
    "青禾环保",
    "北斗遥感",
    "九章软件",
)


@dataclass
class Person:
    """One person: `cells` as they will be written, by key of `sheets.HEADINGS`; `truth` what they mean: the letters B–X
    they count under by dimension (absent: unknown) and Z; `faults` the codes planted, by key."""

    cells: dict[str, Cell]
    truth: dict[str, str]
    faults: list[tuple[str, str]] = field(default_factory=list)
    notices: list[tuple[str, str]] = field(default_factory=list)

    def plant(self, key: str, code: str, value: Cell) -> "Person":
        """Write `value` into the cell `key` and expect an error or warning `code` there."""
        self.cells[key] = value
        self.faults.append((key, code))
        return self

    def write(self, key: str, value: Cell, notice: str = "normalised") -> "Person":
        """Write another form of the same value: readable, with a notice at most."""
        self.cells[key] = value
        self.notices.append((key, notice))
        return self


def id_number(county: str, born: date, order: int) -> str:
    """An 18-place number with its check digit (GB 11643-1999); `order` 0–999, odd for men."""
    body = f"{county}{born:%Y%m%d}{order:03d}"
    weighed = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[weighed % 11]


def age_by_months(birth: str) -> int:
    """Whole years from a month YYYYMM to `AS_OF`, counted in months."""
    return (AS_OF.year * 12 + AS_OF.month - int(birth[:4]) * 12 - int(birth[4:])) // 12


class Maker:
    """Draws people; no ID number and no phone is given twice."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.seen: set[str] = set()
        self.phones = 0

    def phone(self) -> str:
        """The next made-up mobile number: 13800000017 …, all distinct."""
        self.phones += 17
        return f"138{self.phones:08d}"

    def name(self) -> str:
        length = 2 if self.random.random() < 0.75 else 1
        return self.random.choice(SURNAMES) + "".join(self.random.sample(GIVEN, length))

    def identity(self, low: int, high: int) -> tuple[str, date, bool]:
        """(ID number, day of birth, whether male) of someone born in the years low … high."""
        while True:
            born = date(self.random.randint(low, high), self.random.randint(1, 12), self.random.randint(1, 28))
            number = id_number(self.random.choice(HOMETOWNS), born, self.random.randint(1, 999))
            if number not in self.seen:
                self.seen.add(number)
                return number, born, int(number[16]) % 2 == 1

    def residence(self) -> tuple[str, str]:
        """(text down to the community, direction)."""
        place, direction = self.random.choice(PLACES)
        number = f"{self.random.choice(STREETS)}街道{self.random.choice(COMMUNITIES)}社区"
        return place + number, direction

    def report_in(self) -> dict[str, Cell]:
        return {
            "rb": f"{self.random.choice(STREETS)}街道{self.random.choice(COMMUNITIES)}社区党支部",
            "rc": f"{self.name()} {self.random.choice(('书记', '副书记', '组织委员'))}",
            "rp": self.phone(),
        }

    def employer(self, letter: str) -> dict[str, Cell]:
        """Employer and whether it has an organisation: always under J–M, never under R–T, a school under U."""
        if letter in "RST":
            return {}
        if letter == "U":
            return {"employer": f"{self.random.choice(STREETS)}大学", "has_org": "是"}
        if letter in "NOPQ" and self.random.random() < 0.5:
            return {}
        suffix = "商行" if letter == "J" else "有限公司"
        return {"employer": self.random.choice(EMPLOYERS) + suffix, "has_org": self.random.choice("是否")}

    def person(self, kind: str) -> Person:
        """A correct row: `kind` is "学生" (graduates), "教工" or "离退休"."""
        years, reasons, schooling = {
            "学生": ((1999, 2002), "JKLLLLMNOPRSTTU", ("大专",) * 4 + ("本科",)),
            "教工": ((1964, 1992), "JKLMRSU", ("大学本科", "硕士研究生", "博士研究生", "本科", "大专")),
            "离退休": ((1938, 1962), "R", ("高中", "中专", "大专", "大学本科")),
        }[kind]
        number, born, male = self.identity(*years)
        letter, education = self.random.choice(reasons), self.random.choice(schooling)
        residence, direction = self.residence()
        joined = born.year + 18 + self.random.randint(1, 3 if kind == "学生" else 12)
        birth = f"{born:%Y%m}"
        cells: dict[str, Cell] = {
            "name": self.name(),
            "sex": "男" if male else "女",
            "ethnic": self.random.choice(ETHNIC),
            "birth": birth,
            "age": age_by_months(birth),
            "joined": f"{min(joined, 2023)}{self.random.randint(1, 11):02d}",
            "id": number,
            "edu": education,
            "residence": residence,
            "phone": self.phone(),
            "reason": REASONS[letter],
        }
        cells |= self.employer(letter)
        if self.random.random() < 0.6:
            cells |= self.report_in()
        age = age_by_months(birth)
        truth = {
            "sex": "B" if male else "C",
            "age": "D" if age < 35 else "E" if age < 60 else "F",
            "education": EDUCATION[education],
            "reason": letter,
            "direction": direction,
        }
        if cells.get("rb"):
            truth["reported"] = "Z"
        return Person(cells, truth)


def figures(people: list[Person], transferred: int = 0) -> dict[str, int]:
    """The 26 figures A–Z, counted from what the rows were made to mean."""
    counted = dict.fromkeys("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 0)
    counted["A"], counted["Y"] = len(people), transferred
    for person in people:
        for letter in person.truth.values():
            counted[letter] += 1
    return counted
