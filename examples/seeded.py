"""The seeded world: fourteen branches, what twelve of them sent, and the faults planted in it.

Each function writes one branch's files and notes in `World` what must be found, as it plants it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from people import COLLEGE, Cell, Maker, Person, figures
from sheets import ANNEX2_HEADINGS, HEADINGS, Grid, Layout, annex1, annex2, damage, save, save_ole

BRANCHES = {
    "机关第一党支部": ("机关一支部", "教工", 9),
    "机关第二党支部": ("机关二支部", "教工", 0),
    "地质工程学院教工党支部": ("地质教工支部", "教工", 8),
    "地质工程学院学生党支部": ("地质学生支部", "学生", 24),
    "珠宝学院教工党支部": ("珠宝教工支部", "教工", 6),
    "测绘工程学院教工党支部": ("测绘教工支部", "教工", 7),
    "测绘工程学院学生党支部": ("测绘学生支部", "学生", 16),
    "建筑工程学院党支部": ("建工支部", "教工", 10),
    "信息工程学院学生党支部": ("信息学生支部", "学生", 14),
    "经济管理学院党支部": ("经管支部", "学生", 20),
    "环境工程学院学生党支部": ("环境学生支部", "学生", 8),
    "离退休党支部": ("离退休支部;老干支部", "离退休", 9),
    "后勤服务中心党支部": ("后勤支部", "教工", 0),
    "继续教育学院党支部": ("继教支部", "教工", 0),
}
POSTS = ("书记", "支部书记", "书记、副院长", "书记、系主任")


@dataclass
class World:
    """What was written and what must come of it. `findings` are errors and warnings, exact; `notices` a part of those
    that must be said; `clean` the branches with neither error nor warning."""

    out: Path
    maker: Maker
    heads: dict[str, tuple[str, str, str]]
    people: dict[str, list[Person]]
    findings: list[dict[str, object]] = field(default_factory=list)
    notices: list[dict[str, object]] = field(default_factory=list)
    transferred: dict[str, int] = field(default_factory=dict)
    members: int = 0
    in_transit: int = 0
    unassigned: list[Person] = field(default_factory=list)

    def expect(self, path: str, sheet: str, row: int, key: str, code: str, *, notice: bool = False) -> None:
        """Note one finding; `key` is a column's key, a heading, or "" where no column is meant."""
        where: dict[str, object] = {"file": path, "sheet": "" if path.endswith(".docx") else sheet}
        where |= {"row": row, "column": HEADINGS[key][0] if key in HEADINGS else key, "code": code}
        (self.notices if notice else self.findings).append(where)

    def sheet(self, path: str, name: str, branch: str, people: Sequence[Person], layout: Layout) -> Grid:
        """A register's grid, with the faults of its people noted where they will stand."""
        head = self.heads.get(branch, (branch, "", ""))
        grid, rows = annex1(name, head, people, layout)
        for person, row in zip(people, rows, strict=True):
            for key, code in person.faults:
                self.expect(path, name, row, key, code)
            for key, code in person.notices:
                self.expect(path, name, row, key, code, notice=True)
        return grid

    def statistics(self, branch: str, paragraphs: bool = False, **changed: int) -> tuple[Grid, int]:
        """A branch's statistics sheet, right but for `changed`."""
        counted = figures(self.people[branch], self.transferred.get(branch, 0))
        remark = f"升学{counted['U']}人" if counted["U"] else ""
        return annex2("附件2", branch, counted | changed, remark, paragraphs)

    def save(self, path: str, grids: Sequence[Grid], day: int, by: str = "xlsxwriter") -> None:
        save(self.out / "forms" / path, grids, datetime(2023, 12, day, 9, 30, tzinfo=UTC), by)


def make_world(out: Path, seed: int) -> World:
    """The branches, their heads and their people; nothing written yet."""
    maker = Maker(seed)
    heads = {b: (b, f"{maker.name()} {maker.random.choice(POSTS)}", maker.phone()) for b in BRANCHES}
    people = {b: [maker.person(kind) for _ in range(n)] for b, (_, kind, n) in BRANCHES.items()}
    return World(out, maker, heads, people)


def write_forms(world: World) -> None:
    """Everything the branches sent."""
    clean_workbook(world)
    nil_return(world)
    old_biff(world)
    versions(world)
    two_branches(world)
    faulty_numbers(world)
    statistics_differ(world)
    faulty_document(world)
    faulty_answers(world)
    misspelt_part(world)
    retired_document(world)


def clean_workbook(world: World) -> None:
    """The form as the notice draws it, both annexes in one workbook; beside it a copy that broke off."""
    branch, path = "机关第一党支部", "01机关第一党支部.xlsx"
    world.transferred[branch] = 2
    register = world.sheet(path, "附件1", branch, world.people[branch], Layout())
    world.save(path, [register, world.statistics(branch)[0]], 11)
    broken = "01机关第一党支部 - 副本.xlsx"
    world.save(broken, [register], 11)
    damage(world.out / "forms" / broken)
    world.expect(broken, "", 0, "", "file")


def nil_return(world: World) -> None:
    """零报告: the register says 无, the statistics are all 0; signed with the branch's short name."""
    register, _ = annex1(
        "附件1", ("机关二支部", *world.heads["机关第二党支部"][1:]), [], Layout(nil="无流出党员（零报告）")
    )
    world.save("02机关二支部（零报告）.xlsx", [register, world.statistics("机关第二党支部")[0]], 12)


def old_biff(world: World) -> None:
    """.xls: the table moved down and right, the head's labels and values apart, an example row, months of all sorts."""
    branch, path = "地质工程学院教工党支部", "03地质工程学院教工党支部.xls"
    people = world.people[branch]
    month = str(people[0].cells["birth"])
    people[0].cells["birth"] = int(month)
    people[1].cells["birth"] = date(int(str(people[1].cells["birth"])[:4]), int(str(people[1].cells["birth"])[4:]), 1)
    people[2].write("birth", "{}.{}".format(*_month(people[2], "birth")))
    people[3].write("birth", "{}年{}月".format(*_month(people[3], "birth")))
    people[4].write(
        "joined", str(people[4].cells["joined"]).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    )
    people[5].write("joined", "{}-{:02d}".format(*_month(people[5], "joined")))
    layout = Layout(head="split", top=2, left=1, example=True, blank_after=(2, 4))
    world.save(path, [world.sheet(path, "Sheet1", branch, people, layout)], 10)


def _month(person: Person, key: str) -> tuple[int, int]:
    text = str(person.cells[key])
    return int(text[:4]), int(text[4:])


def versions(world: World) -> None:
    """A folder with three versions; by their own dates the newest is not the last by name, and only it counts."""
    branch, folder = "地质工程学院学生党支部", "04地质工程学院学生党支部"
    people = world.people[branch]
    people[3].cells["phone"] = int(str(people[3].cells["phone"]))
    for name, some, day in (("v1", people[:19], 5), ("修改稿", people[:22], 9), ("最终版", people, 13)):
        path = f"{folder}/流出党员登记表（{name}）.xlsx"
        world.save(path, [world.sheet(path, "附件1", branch, some, Layout(head="line"))], day, "openpyxl")
        if some is not people:
            world.notices = [n for n in world.notices if n["file"] != path]
            world.expect(path, "附件1", 0, "", "superseded", notice=True)


def two_branches(world: World) -> None:
    """One workbook, a sheet for each of two branches: headings of their own, columns moved and missing, a total row."""
    path, grids = "05珠宝、测绘教工党支部.xlsx", []
    keys = [
        "seq",
        "name",
        "id",
        "sex",
        "ethnic",
        "birth",
        "joined",
        "edu",
        "phone",
        "employer",
        "has_org",
        "residence",
        "reason",
        "rb",
        "rc",
        "rp",
    ]
    renamed = {"birth": "出生日期", "phone": "手机号", "edu": "学历", "id": "身份证号码", "joined": "入党年月"}
    for branch in ("珠宝学院教工党支部", "测绘工程学院教工党支部"):
        people = world.people[branch]
        people[0].write("name", "　".join(str(people[0].cells["name"])))
        people[1].write("phone", "{} {} {}".format(*_split(people[1])))
        people[2].write("phone", "{}-{}-{}".format(*_split(people[2])))
        people[3].cells["residence"] = str(people[3].cells["residence"]).replace("街道", "街道\n")
        layout = Layout(keys=keys, renamed=renamed, total=True)
        grids.append(world.sheet(path, branch, branch, people, layout))
    world.save(path, grids, 12, "openpyxl")


def _split(person: Person) -> tuple[str, str, str]:
    phone = str(person.cells["phone"])
    return phone[:3], phone[3:7], phone[7:]


def faulty_numbers(world: World) -> None:
    """.et: what goes wrong with ID numbers, months and phones."""
    branch, path = "测绘工程学院学生党支部", "07测绘工程学院学生党支部.et"
    people = world.people[branch]
    number = str(people[0].cells["id"])
    people[0].plant("id", "id-precision", float(number[:15] + "000"))
    wrong = "0123456789X"["0123456789X".index(str(people[1].cells["id"])[-1]) - 1]
    people[1].plant("id", "id-checksum", str(people[1].cells["id"])[:17] + wrong)
    old = str(people[2].cells["id"])
    people[2].plant("id", "id-checksum", old[:6] + old[8:17])
    people[3].plant("sex", "id-sex", "女" if people[3].cells["sex"] == "男" else "男")
    people[3].truth["sex"] = "C" if people[3].cells["sex"] == "女" else "B"
    year, month = _month(people[4], "birth")
    people[4].plant("birth", "id-birth", f"{year}{month % 12 + 1:02d}")
    people[4].cells["age"] = None
    people[5].plant("age", "age", int(str(people[5].cells["age"])) + 3)
    people[6].plant("joined", "joined", f"{_month(people[6], 'birth')[0] + 17}01")
    people[7].plant("joined", "joined", "202401")
    people[8].plant("phone", "phone", str(people[8].cells["phone"])[:10])
    people[9].plant("phone", "phone", "2" + str(people[9].cells["phone"])[1:])
    people[10].plant("phone", "phone-duplicate", people[11].cells["phone"])
    people[11].plant("phone", "phone-duplicate", people[11].cells["phone"])
    people[12].plant("birth", "unreadable", f"{_month(people[12], 'birth')[0]}13")
    people[12].cells["age"] = None
    del people[12].truth["age"]
    people[13].cells["phone"] = "027-8700 1234"
    people[14].cells["phone"] = "+852 5100 0000"
    people[7].notices.append(("seq", "sequence"))
    people[15].faults.append(("id", "id-duplicate"))  # its twin stands with 经济管理学院
    layout = Layout(numbers=[*range(1, 8), *range(9, 18)])
    grid = world.sheet(path, "附件1", branch, people, layout)
    world.save(path, [grid], 14)


def statistics_differ(world: World) -> None:
    """A folder with an .ods register, wholly right, and a statistics sheet whose Z is one too many."""
    branch, folder = "建筑工程学院党支部", "08建筑工程学院党支部"
    path = f"{folder}/附件1.ods"
    people = world.people[branch]
    for n, person in enumerate(people):
        if n >= 4 and person.truth.pop("reported", ""):
            person.cells |= {"rb": "未报到", "rc": "/", "rp": "—"}
    people[0].cells["residence"], people[0].truth["direction"] = "湖北省襄樊市樊城区望江街道滨江社区", "W"
    people[1].cells["residence"], people[1].truth["direction"] = "香港特别行政区", "X"
    people[2].write("ethnic", "汉")
    people[3].write("edu", "硕士")
    people[3].truth["education"] = "I"
    world.save(path, [world.sheet(path, "附件1", branch, people, Layout(head="split", blank_after=(0,)))], 13)
    z = figures(people)["Z"]
    grid, row = world.statistics(branch, Z=z + 1)
    other = f"{folder}/附件2 统计表.xlsx"
    world.save(other, [grid], 13)
    world.expect(other, "附件2", row, ANNEX2_HEADINGS["Z"], "figure-differs")


def faulty_document(world: World) -> None:
    """.docx with the head in paragraphs: residences, report-ins, employers, blanks."""
    branch, path = "信息工程学院学生党支部", "09信息工程学院学生党支部.docx"
    people = world.people[branch]
    people[0].plant("residence", "residence", "广东省深圳市").truth["direction"] = "X"
    people[1].plant("residence", "residence", "朝阳区望江街道新村社区").truth.pop("direction")
    people[2].plant("residence", "residence-coarse", "湖北省武汉市江夏区").truth["direction"] = "V"
    people[3].cells |= {"rb": "锦绣街道桃园社区党支部", "rp": None}
    people[3].truth["reported"] = "Z"
    people[3].cells["rc"] = "王静 书记"
    people[3].plant("rp", "report-in", None)
    people[4].plant("ethnic", "required", None)
    people[5].plant("sex", "unreadable", "未知").truth.pop("sex")
    people[6].plant("edu", "unreadable", "肄业中").truth.pop("education")
    people[7].cells |= {"reason": "两新组织员工（职工）", "employer": "九章软件有限公司", "has_org": None}
    people[7].truth["reason"] = "L"
    people[7].plant("has_org", "employer", None)
    people[8].cells |= {"reason": "单位（公司）派驻外地工作", "employer": "无", "has_org": "无"}
    people[8].truth["reason"] = "M"
    people[8].plant("employer", "employer", "无")
    people[9].plant("phone", "required", "无")
    grid = world.sheet(path, "", branch, people, Layout(head="paragraphs"))
    world.save(path, [grid], 12)


def faulty_answers(world: World) -> None:
    """First a .doc, then the same as .xlsx with columns moved: reasons in other words, two at once, without detail."""
    branch, path = "经济管理学院党支部", "10经济管理学院党支部.xlsx"
    save_ole(world.out / "forms" / "10经济管理学院党支部.doc", "WordDocument")
    world.expect("10经济管理学院党支部.doc", "", 0, "", "file")
    people = world.people[branch]
    for person, words, letter in zip(people, ("骑手", "滴滴司机", "外派", "送快递"), "OPMN", strict=False):
        person.cells |= {"employer": "长桥建设有限公司", "has_org": "否"}
        person.write("reason", words).truth["reason"] = letter
    for person, letter, words in ((people[4], "U", "其他（参军）"), (people[5], "U", "其他(升学)")):
        person.truth["reason"] = letter
        person.cells |= {"reason": words, "employer": None, "has_org": None}
    people[6].plant("reason", "unreadable", "快递员、外卖送餐员").truth.pop("reason")
    people[7].plant("reason", "reason-detail", "其他").truth["reason"] = "U"
    people[8].cells |= {"reason": "已毕业但尚未就业", "employer": "青禾环保有限公司", "has_org": "是"}
    people[8].truth["reason"] = "T"
    people[8].plant("employer", "employer", "青禾环保有限公司")
    people[9].plant("reason", "unreadable", "云游四方").truth.pop("reason")
    people[10].cells["ethnic"] = "穿青人"
    people[12].plant("id", "id-precision", "4.21002E+17")
    spaced = str(people[13].cells["id"])
    people[13].write("id", f" {spaced[:6]} {spaced[6:14]} {spaced[14:].lower()}")
    twin = world.people["测绘工程学院学生党支部"][15]
    people[11].plant("id", "id-duplicate", twin.cells["id"])
    for key in ("name", "sex", "birth", "age", "joined"):
        people[11].cells[key] = twin.cells[key]
    people[11].truth |= {"sex": twin.truth["sex"], "age": twin.truth["age"]}
    keys = [k for k in HEADINGS if k not in ("reason", "phone")]
    keys[3:3] = ["phone", "reason"]
    world.save(
        path, [world.sheet(path, "党员流动情况", branch, people, Layout(keys=keys, head="split", example=True))], 14
    )


def misspelt_part(world: World) -> None:
    """A folder: one part signed rightly, one part with a misspelt head and no column 民族, one file with a password."""
    branch, folder = "环境工程学院学生党支部", "11环境工程学院学生党支部"
    path = f"{folder}/第一部分.xlsx"
    world.save(path, [world.sheet(path, "附件1", branch, world.people[branch], Layout())], 11)
    path = f"{folder}/第二部分.xlsx"
    world.unassigned = [world.maker.person("学生") for _ in range(3)]
    keys = [k for k in HEADINGS if k != "ethnic"]
    grid = world.sheet(path, "附件1", "环镜工程学院学生支部", world.unassigned, Layout(keys=keys))
    world.save(path, [grid], 11)
    world.expect(path, "附件1", 3, "党支部名称", "branch-unknown")
    world.expect(path, "附件1", 6, "ethnic", "required")  # the missing column is said once, at the headings
    locked = f"{folder}/加密.xlsx"
    save_ole(world.out / "forms" / locked, "EncryptedPackage")
    world.expect(locked, "", 0, "", "file")


def retired_document(world: World) -> None:
    """.docx, both annexes in one document, signed with an alias; every line reads cleanly."""
    branch, path = "离退休党支部", "12老干支部.docx"
    world.heads[branch] = ("老干支部", *world.heads[branch][1:])
    register = world.sheet(path, "", branch, world.people[branch], Layout(head="paragraphs"))
    world.save(path, [register, world.statistics(branch, paragraphs=True)[0]], 13)


# ---- the office's own files --------------------------------------------------------------------------------------


def write_list(world: World) -> None:
    """branches.xlsx: the office's list, with other names a branch signs with."""
    grid = Grid("党支部名单")
    for column, heading in enumerate(("党支部名称", "别名", "负责人", "联系电话")):
        grid.put(0, column, heading)
    for row, (branch, (alias, _, _)) in enumerate(BRANCHES.items(), 1):
        _, leader, phone = world.heads[branch]
        for column, value in enumerate((branch, alias, leader, phone)):
            grid.put(row, column, value)
    save(world.out / "branches.xlsx", [grid], datetime(2023, 11, 29, 9, 0, tzinfo=UTC))


IN_TRANSIT = 25  # which member of a branch, if it has so many, was transferred out and is not yet received
ROSTER = {
    "党组织名称": "branch",
    "姓名": "name",
    "公民身份号码": "id",
    "性别": "sex",
    "民族": "ethnic",
    "出生日期": "born",
    "学历": "edu",
    "人员类别": "kind",
    "入党日期": "joined_day",
    "手机号码": "phone",
    "组织关系状态": "state",
}


def write_roster(world: World, seed: int) -> None:
    """roster.xlsx: every member whose affiliation is here, in the layout of the national system's export, and those
    still in transit. The outflow members are among them with their right numbers."""
    grid, maker = Grid("党员名册"), world.maker
    grid.put(0, 0, f"中共{COLLEGE}委员会党员名册", (0, len(ROSTER) - 1))
    for column, heading in enumerate(ROSTER):
        grid.put(1, column, heading)
    row = 2
    for branch, (_, kind, _) in BRANCHES.items():
        own = make_world(world.out, seed).people[branch]  # as they were before faults were planted
        others = [maker.person(kind) for _ in range(max(14, 40 - len(own)) if kind == "学生" else 20)]
        for n, person in enumerate(own + others):
            for column, key in enumerate(ROSTER.values()):
                grid.put(row, column, _roster_cell(key, branch, person, n))
            row += 1
            world.members += 1
            world.in_transit += n == IN_TRANSIT
    save(world.out / "roster.xlsx", [grid], datetime(2023, 11, 29, 9, 0, tzinfo=UTC))


def _roster_cell(key: str, branch: str, person: Person, n: int) -> Cell:
    number = str(person.cells["id"])
    joined = str(person.cells["joined"])
    derived: dict[str, Cell] = {
        "branch": f"中共{COLLEGE}委员会{branch}",
        "born": f"{number[6:10]}-{number[10:12]}-{number[12:14]}",
        "joined_day": f"{joined[:4]}-{joined[4:]}-{n % 28 + 1:02d}",
        "kind": "预备党员" if joined >= "202301" else "正式党员",
        "state": "转出未接收" if n == IN_TRANSIT else "正常",
    }
    return derived[key] if key in derived else person.cells[key]
