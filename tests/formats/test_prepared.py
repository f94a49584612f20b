"""A prepared workbook behaves in a real spreadsheet: LibreOffice recalculates it and the result is held to the domain.

Where LibreOffice is not installed those tests are skipped and say so."""

import re
import shutil
import subprocess
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from paicha.domain.annex1 import NOTE, Column, RawRow
from paicha.domain.annex2 import NOTES, count, draft_remark
from paicha.domain.check import Checker
from paicha.domain.divisions import direction, find_home, parse_residence
from paicha.domain.identity import read_id_number
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Reason, Verdict
from paicha.formats.readers.opening import read_file
from paicha.formats.readers.recognise import forms
from paicha.formats.writers import annex2
from paicha.formats.writers.prepared import write_prepared
from paicha.formats.writers.prepared.directions import beginnings
from paicha.formats.writers.prepared.faults import LOST
from paicha.formats.writers.prepared.layout import FIRST_ROW, SPARE_ROWS, Field
from tests.world import AS_OF, SURVEY, WUHAN, id_number, row

# Functions that Excel 2010 and WPS know: nothing newer may slip in.
ALLOWED = frozenset(
    re.findall(
        r"\w+",
        "AND CLEAN COUNTIF DATE DAY FIND IF IFERROR INDEX INT ISNUMBER LEFT LEN LOOKUP MATCH MAX MID MOD N NOT OR "
        "RIGHT ROW SUBSTITUTE SUM SUMPRODUCT TEXT UPPER VALUE VLOOKUP",
    )
)
OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed: nothing recalculates")
NAMES = ("张三", "李四", "=1+1", "王五", "赵六", "孙七", "周八", "吴九", "郑十", "欧阳一")
Cells = list[list[Any]]


def member(number: int, *, in_transit: bool = False, **cells: str) -> tuple[tuple[str, ...], bool]:
    """A member as a roster holds them: nothing of where they live or work."""
    unknown = dict.fromkeys(("employer", "employer_has_organization", "residence", "reason"), "")
    sex, born = "女男"[number % 2], f"{1955 + 5 * number}08"
    number_of_id = id_number(f"{born}15", sequence=10 + number)
    own = {
        "name": NAMES[number],
        "sex": sex,
        "birth": born,
        "joined": f"{1976 + 5 * number}09",
        "id_number": number_of_id,
    }
    texts = row(number + 6, **unknown | own | cells).values
    return tuple(str(text) for text in texts), in_transit


MEMBERS = [member(number, in_transit=number == 4) for number in range(len(NAMES))]


def write(path: Path, members: Any = MEMBERS, rules: RuleSet = WUHAN) -> Path:
    write_prepared(
        path,
        branch=SURVEY,
        leader="王书记",
        phone="027-87650000",
        members=members,
        rules=rules,
        committee="江城学院党委",
    )
    return path


def away(
    residence: str, reason: str, *, verdict: Verdict = Verdict.OUTFLOW, reported: bool = False
) -> dict[Field, str]:
    """What a branch types for an outflow member."""
    typed = {Field.VERDICT: verdict.label, Field.RESIDENCE: residence, Field.REASON: reason}
    if reported:
        typed |= {
            Field.REPORT_BRANCH: "幸福社区党支部",
            Field.REPORT_CONTACT: "钱书记",
            Field.REPORT_PHONE: "0755-26540000",
        }
    return typed


TYPED: dict[int, dict[Field, str]] = {
    0: {Field.VERDICT: Verdict.ATTENDING.label},
    1: away("湖北省武汉市洪山区关山街道幸福社区", "灵活就业", reported=True),
    2: away("广东省深圳市南山区粤海街道海珠社区", "其他（升学）"),
    3: {Field.VERDICT: Verdict.TRANSFERRED.label},
    4: away("湖北省仙桃市沙嘴街道", "快递员", verdict=Verdict.OUTFLOW_DEEMED),
    5: {Field.VERDICT: Verdict.UNDECIDED.label},
    6: away("日本东京", "其他（参军）"),
    7: away("襄阳市襄城区真武山街道", "其他（升学）", reported=True),
}
NEWCOMER = len(MEMBERS) + 2  # a spare row


def fill(sheet: Worksheet, typed: dict[int, dict[Field, str]]) -> None:
    for index, cells in typed.items():
        for field, text in cells.items():
            sheet.cell(FIRST_ROW + index, field + 1).value = text
            sheet.cell(FIRST_ROW + index, field + 1).data_type = "s"


def _nothing(sheet: Worksheet) -> None:
    """Save as it is: openpyxl drops all kept values, so that LibreOffice must compute each."""


def _first_round(sheet: Worksheet) -> None:
    fill(sheet, TYPED)


def _second_round(sheet: Worksheet) -> None:
    """Someone above becomes outflow, someone between no longer is, somebody unlisted is added."""
    fill(sheet, TYPED)
    fill(sheet, {0: away("武汉市江夏区纸坊街道", "个体经商"), 2: {Field.VERDICT: Verdict.ATTENDING.label}})
    new = member(8, name="新来的", id_number=id_number("19900101", 77), birth="199001", joined="201202")[0]
    cells = {field: new[field.source] for field in Field if field.source is not None and new[field.source]}
    fill(sheet, {NEWCOMER: cells | away("湖南省长沙市岳麓区橘子洲街道", "外卖送餐员")})


def _cut_and_pasted(sheet: Worksheet) -> None:
    """A row is taken out and put in again below, as cutting and pasting does."""
    fill(sheet, TYPED)
    sheet.move_range("B6:T6", rows=NEWCOMER - 1)


def _nobody(sheet: Worksheet) -> None:
    fill(sheet, {index: {Field.VERDICT: Verdict.ATTENDING.label} for index in range(len(MEMBERS))})
    sheet["G6"] = int(id_number()[:15] + "000")  # typed into a cell that was not text


ROUNDS: dict[str, Callable[[Worksheet], None]] = {
    "untouched": _nothing,
    "first": _first_round,
    "second": _second_round,
    "moved": _cut_and_pasted,
    "nobody": _nobody,
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("prepared") / "测绘.xlsx")


@pytest.fixture(scope="module")
def recalculated(original: Path) -> dict[str, Path]:
    """Each round typed into the workbook, recalculated and saved by LibreOffice, all in one run of it."""
    folder = original.parent
    for name, type_in in ROUNDS.items():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says that it does not know the growing print area
            book = openpyxl.load_workbook(original)
        type_in(book["名册"])
        book.save(folder / f"{name}.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    sources = [str(folder / f"{name}.xlsx") for name in ROUNDS]
    command = [str(OFFICE), "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run([*command, "--outdir", str(folder / "out"), *sources], check=True, capture_output=True, timeout=180)
    return {name: folder / "out" / f"{name}.xlsx" for name in ROUNDS}


def sheets(path: Path) -> dict[str, Cells]:
    book = CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def listed(path: Path) -> list[list[str]]:
    """The people whom 附件1 shows, as texts; 序号 and 年龄 come as numbers."""
    people = [line[:17] for line in sheets(path)["附件1"][5:] if line[1] and line[0] != NOTE]
    return [[str(int(cell)) if isinstance(cell, float) else cell for cell in line] for line in people]


def figures(path: Path) -> dict[str, int]:
    cells = sheets(path)["附件2"][annex2.FIGURES_AT]
    return {name: int(cell) for name, cell in zip(annex2.COLUMNS, cells, strict=False) if name != annex2.REMARK}


def remark(path: Path) -> str:
    return str(sheets(path)["附件2"][annex2.FIGURES_AT][annex2.COLUMNS.index(annex2.REMARK)])


def checks(path: Path) -> list[str]:
    return [str(line[0]) for line in sheets(path)["附件2"] if "相符" in str(line[0])]


def formulas(path: Path) -> list[str]:
    """Every formula of the file: cells, conditional formats, drop-downs, names."""
    with zipfile.ZipFile(path) as archive:
        parts = [name for name in archive.namelist() if name.startswith("xl/work") and name.endswith(".xml")]
        xml = "\n".join(archive.read(name).decode() for name in parts)
    tags = r"<(f|formula|formula1|definedName)(?: [^>]*)?>([^<]+)</\1>"
    return [match[1] for match in re.findall(tags, xml)]


def test_a_reader_that_never_recalculates_sees_the_values(original: Path) -> None:
    found = sheets(original)
    assert found["名册"][2][0].startswith("已定 0 / 共 10 人，覆盖率 0.0%；流出党员 0 人")
    assert found["名册"][3][:20] == [field.heading for field in Field]
    assert found["附件1"][2][0] == f"党支部名称：{SURVEY}"
    assert set(figures(original).values()) == {0}
    assert len(checks(original)) == 6
    assert "应排查10人，已有结论0人" in "".join(line[0] for line in found["情况报告"])


@needs_office
def test_every_value_written_beside_a_formula_is_what_a_spreadsheet_computes(
    original: Path, recalculated: dict[str, Path]
) -> None:
    before, after = sheets(original), sheets(recalculated["untouched"])
    for name, lines in before.items():
        for number, line in enumerate(lines):
            assert after[name][number][: len(line)] == line, f"{name} {number + 1}"


@needs_office
def test_annex1_shows_exactly_the_outflow_people_in_order(recalculated: dict[str, Path]) -> None:
    people = listed(recalculated["first"])
    assert [line[Column.NAME] for line in people] == ["李四", "=1+1", "赵六", "周八", "吴九"]
    assert [line[Column.SEQUENCE] for line in people] == ["1", "2", "3", "4", "5"]
    assert people[1][Column.RESIDENCE] == "广东省深圳市南山区粤海街道海珠社区"


@needs_office
def test_what_was_typed_stays_with_its_person_when_verdicts_change(recalculated: dict[str, Path]) -> None:
    first = {line[Column.NAME]: line[1:] for line in listed(recalculated["first"])}
    second = {line[Column.NAME]: line[1:] for line in listed(recalculated["second"])}
    assert list(second) == ["张三", "李四", "赵六", "周八", "吴九", "新来的"]
    for name in ("李四", "赵六", "周八", "吴九"):
        assert second[name] == first[name]


@needs_office
def test_a_row_that_is_cut_and_pasted_takes_all_that_is_its_own_along(recalculated: dict[str, Path]) -> None:
    first = {line[Column.NAME]: line[1:] for line in listed(recalculated["first"])}
    moved = {line[Column.NAME]: line[1:] for line in listed(recalculated["moved"])}
    assert moved == first
    assert list(moved)[-1] == "李四"


@needs_office
@pytest.mark.parametrize("name", ["first", "second", "moved"])
def test_annex2_counts_as_the_domain_counts_and_balances(recalculated: dict[str, Path], name: str) -> None:
    checker = Checker(WUHAN)
    people = [checker.check(RawRow(6, tuple(line))) for line in listed(recalculated[name])]
    expected = count(people, WUHAN, transferred_after_urging=1)
    assert figures(recalculated[name]) == dict(expected.figures)
    assert expected.balanced
    assert not [line for line in checks(recalculated[name]) if "不相符" in line]
    details = [person.reason_detail for person in people if person.reason is Reason.OTHER]
    counted = {detail: details.count(detail) for detail in details}
    assert sorted(remark(recalculated[name]).split("、")) == sorted(draft_remark(counted).split("、"))


@needs_office
def test_ages_are_the_ages_by_months(recalculated: dict[str, Path]) -> None:
    for line in listed(recalculated["first"]):
        birth = int(line[Column.BIRTH][:4]) * 12 + int(line[Column.BIRTH][4:]) - 1
        assert int(line[Column.AGE]) == (WUHAN.as_of_month - birth) // 12


@needs_office
def test_the_report_and_the_count_follow_the_verdicts(recalculated: dict[str, Path]) -> None:
    found = sheets(recalculated["first"])
    assert found["名册"][2][0].startswith("已定 7 / 共 10 人，覆盖率 70.0%；流出党员 5 人")
    report = "".join(line[0] for line in found["情况报告"])
    assert "流出党员5人" in report
    assert "从事行业或流动原因：快递员1人、灵活就业1人、其他3人。" in report
    assert "已向流入地党组织报到2人，占40.0%。" in report
    assert "失去联系0人，待定1人，尚未填写结论2人" in report


@needs_office
def test_a_branch_without_outflow_people_says_so(recalculated: dict[str, Path]) -> None:
    assert [line[Column.NAME] for line in listed(recalculated["nobody"])] == ["无"]
    assert figures(recalculated["nobody"])["A"] == 0
    assert "从事行业或流动原因：无。" in "".join(line[0] for line in sheets(recalculated["nobody"])["情况报告"])


@needs_office
def test_the_reader_takes_back_what_the_branch_typed(recalculated: dict[str, Path]) -> None:
    found = forms(read_file(str(recalculated["second"])))
    assert len(found.roster) == 1
    roster = found.roster[0]
    assert (roster.head.branch, roster.head.leader, roster.head.phone) == (SURVEY, "王书记", "027-87650000")
    assert (roster.heading_row, roster.verdict_letters) == (4, "K")
    by_name = {member.row.values[Column.NAME]: member for member in roster.members}
    assert list(by_name) == [*NAMES, "新来的"]
    assert by_name["吴九"].row.values[Column.REPORT_CONTACT] == "钱书记"
    assert by_name["吴九"].row.values[Column.RESIDENCE] == "襄阳市襄城区真武山街道"
    assert [name for name, member in by_name.items() if member.in_transit] == ["赵六"]


@needs_office
def test_problems_name_what_is_missing_and_who_must_be_asked_about(recalculated: dict[str, Path]) -> None:
    problems = {line[1]: line[Field.PROBLEM] for line in sheets(recalculated["second"])["名册"][4:]}
    assert problems["=1+1"] == ""
    assert problems["张三"] == "请补填单位名称"
    assert problems["王五"] == ""
    assert problems["孙七"] == "请向党委请示后再定；上报时列名说明"
    assert problems["李四"] == ""


@needs_office
def test_an_id_number_that_became_a_number_is_told(recalculated: dict[str, Path]) -> None:
    assert sheets(recalculated["nobody"])["名册"][5][Field.PROBLEM] == LOST


def test_all_formulas_are_known_to_excel_2010(original: Path) -> None:
    used = set()
    for formula in formulas(original):
        bare = re.sub(r'"[^"]*"', "", formula)
        used |= set(re.findall(r"([A-Z][A-Z0-9.]*)\(", bare))
        assert len(formula) < 8192
        assert all(len(text) <= 255 for text in re.findall(r'"([^"]*)"', formula))
    assert used <= ALLOWED
    assert len(formulas(original)) > 1000


def test_conditional_formats_and_drop_downs_name_no_other_sheet(original: Path) -> None:
    """Excel 2010 itself keeps such references in another place; only names are safe."""
    with zipfile.ZipFile(original) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert not [formula for formula in re.findall(r"<formula1?>([^<]+)<", xml) if "!" in formula]


def test_a_name_that_looks_like_a_formula_is_a_string(original: Path) -> None:
    assert sheets(original)["名册"][6][1] == "=1+1"
    assert "1+1" not in formulas(original)


def test_official_words_stand_verbatim(original: Path) -> None:
    found = sheets(original)
    assert NOTE in [line[0] for line in found["附件1"]]
    assert [line[0] for line in found["附件2"]][7:9] == list(NOTES)


def test_the_mark_tells_collate_what_this_is(original: Path) -> None:
    assert [line[0] for line in sheets(original)["_paicha"]] == ["paicha-prepared", 1.0, SURVEY, AS_OF.isoformat()]


def test_there_are_spare_rows_for_people_not_on_the_roster(original: Path) -> None:
    assert len(sheets(original)["名册"]) == FIRST_ROW - 1 + len(MEMBERS) + SPARE_ROWS


FAULTS = {
    "id_number": [
        ("42010619780815", "身份证号应为18位，现有14位"),
        ("420106780815123", "身份证号是15位旧号，请改填18位"),
        ("42010619780815I23X", "身份证号前17位应全是数字"),
        (id_number("19780230"), "身份证号中的出生日期不存在"),
        (id_number("19550815", 10)[:17] + "?", "身份证号校验位不对，请对照身份证逐位核对"),
    ],
    "sex": [("男", "性别与身份证号不符"), ("无性别", "性别请填男或女")],
    "birth": [("195509", "出生年月与身份证号不符（以档案为准，请核对）"), ("1955.8", "出生年月请写成6位，如197808")],
    "joined": [
        ("197307", "入党时不满18周岁，请核对"),
        ("202401", "入党时间晚于统计时点"),
        ("76年", "入党时间请写成6位，如200306"),
    ],
    "phone": [
        ("1380000", "电话应为11位手机号，或带区号的座机号"),
        ("87650000", "电话应为11位手机号，或带区号的座机号"),
        ("12013800000", "电话应为11位手机号，或带区号的座机号"),
        ("0087650000", "电话应为11位手机号，或带区号的座机号"),
        ("027876500001234567890", "电话应为11位手机号，或带区号的座机号"),
    ],
}


@needs_office
def test_faults_of_the_roster_are_shown_from_the_start_and_after(tmp_path: Path) -> None:
    cases = [(column, value, words) for column, values in FAULTS.items() for value, words in values]
    faulty = [member(0, **{column: value}) for column, value, _ in cases]
    for index, (texts, _) in enumerate(faulty):  # an ID number of one's own, or all would be doubles
        if cases[index][0] != "id_number":
            own = list(texts)
            own[Column.ID_NUMBER] = id_number("19550815", 2 * index + 20)
            faulty[index] = tuple(own), False
    path = write(tmp_path / "有错.xlsx", [*faulty, MEMBERS[1], MEMBERS[1]])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        openpyxl.load_workbook(path).save(tmp_path / "again.xlsx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"]
    subprocess.run([*command, str(tmp_path / "out"), str(tmp_path / "again.xlsx")], check=True, capture_output=True)
    expected = [words for _, _, words in cases] + ["身份证号与本表另一行相同"] * 2
    for saved in (path, tmp_path / "out" / "again.xlsx"):
        assert [line[Field.PROBLEM] for line in sheets(saved)["名册"][4 : 4 + len(expected)]] == expected


def test_no_problem_shows_an_id_number_and_all_agree_with_the_domain() -> None:
    for value, words in FAULTS["id_number"]:
        assert read_id_number(value).value is None
        assert value not in words


@pytest.mark.parametrize("home", ["武汉市", "仙桃市", "重庆市", "三亚市", "乌鲁木齐市"])
def test_the_beginnings_of_residences_tell_what_the_domain_tells(home: str) -> None:
    division = find_home(home)
    known = dict(beginnings(division))
    assert list(known) == sorted(known, key=lambda text: (len(text), text))
    for text in ("北京市", "上海", "香港", "美国", "长沙市", home):
        told = direction(parse_residence(text), division)
        assert told is not None
        assert known[text] == told.letter


def test_without_a_home_no_direction_is_told_and_the_sheet_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "无属地.xlsx", rules=RuleSet(AS_OF))
    assert "未设定本单位所在市州" in "".join(formulas(path))


def test_an_empty_roster_still_gives_a_workbook(tmp_path: Path) -> None:
    assert sheets(write(tmp_path / "空.xlsx", []))["名册"][2][0].startswith("已定 0 / 共 0 人，覆盖率 0.0%")
