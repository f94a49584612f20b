"""The drafted report: every figure in it is one of the statistics', what a person must add is marked, and the page is
that of an official document."""

import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.shared import Mm, Pt

from paicha.domain.annex2 import HEADINGS, LETTERS, Statistics
from paicha.formats.writers.report import SECTIONS, Outstanding, write_branch_report, write_committee_report

AS_OF = date(2023, 12, 15)
COUNTED = {"A": 24, "B": 13, "C": 11, "D": 20, "E": 3, "F": 1, "G": 1, "H": 15, "I": 8, "L": 9, "M": 4, "N": 2}
COUNTED |= {"O": 1, "R": 2, "T": 3, "U": 3, "V": 6, "W": 10, "X": 8, "Y": 7, "Z": 14}


def statistics(remark: str = "升学2人、参军1人", **changed: int) -> Statistics:
    return Statistics(dict.fromkeys(LETTERS, 0) | COUNTED | changed, remark)


NOBODY = Statistics(dict.fromkeys(LETTERS, 0))


def branch_report(folder: Path, **changed: Any) -> Any:
    facts: dict[str, Any] = {
        "branch": "测绘工程学院学生党支部",
        "statistics": statistics(),
        "coverage": (40, 5, 43),
        "undecided": ("张三", "李四"),
        "as_of": AS_OF,
    }
    write_branch_report(folder / "情况报告.docx", **facts | changed)
    return docx.Document(str(folder / "情况报告.docx"))


def committee_report(folder: Path, **changed: Any) -> Any:
    facts: dict[str, Any] = {
        "committee": "中共湖北楚云地质职业学院委员会",
        "total": statistics(),
        "branches": [("甲党支部", statistics()), ("乙党支部", NOBODY)],
        "missing": ("后勤服务中心党支部",),
        "outstanding": Outstanding(errors=27, warnings=9, undecided=5),
        "as_of": AS_OF,
        "deadline": AS_OF,
    }
    write_committee_report(folder / "情况报告.docx", **facts | changed)
    return docx.Document(str(folder / "情况报告.docx"))


def words(document: Any) -> str:
    """Paragraphs and table cells, each merged cell once."""
    cells = {id(cell._tc): cell.text for table in document.tables for row in table.rows for cell in row.cells}
    return "\n".join([p.text for p in document.paragraphs] + list(cells.values()))


def numbers(text: str) -> set[str]:
    """All numbers of a text but those of the official headings (35岁以下) and of days."""
    for fixed in (*HEADINGS.values(), "2023年12月15日"):
        text = re.sub(rf"{re.escape(fixed)}(?!\d)|{re.escape(fixed)}(?=\d)", " ", text)
    return set(re.findall(r"\d+(?:\.\d+)?%?", text))


def allowed(figures: Statistics) -> set[str]:
    """The figures, their shares of A, the parts of the remark, and who has not reported in (A − Z)."""
    known = {str(n) for n in figures.figures.values()} | set(re.findall(r"\d+", figures.remark))
    shares = {f"{n / figures['A']:.1%}" for n in figures.figures.values()}
    return known | shares | {str(figures["A"] - figures["Z"])}


def test_every_number_of_a_branch_report_is_one_of_its_figures(tmp_path: Path) -> None:
    coverage = {"40", "5", "43", "95.6%"}
    undecided = {"2"}
    assert numbers(words(branch_report(tmp_path))) <= allowed(statistics()) | coverage | undecided


def test_every_number_of_a_committee_report_is_one_of_its_figures(tmp_path: Path) -> None:
    branches, outstanding = {"3", "2", "1"}, {"27", "9", "5"}
    assert numbers(words(committee_report(tmp_path))) <= allowed(statistics()) | branches | outstanding


def test_the_table_shows_each_figure_beside_its_heading(tmp_path: Path) -> None:
    rows = [[cell.text for cell in row.cells] for row in branch_report(tmp_path).tables[0].rows]
    shown = {cells[i]: cells[i + 1] for cells in rows[1:] for i in (1, 4)}
    assert shown == {HEADINGS[x]: str(statistics()[x]) for x in "ABCDEFGHIJKLMNOPQRSTUVWX"}


def test_the_five_sections_stand_in_order(tmp_path: Path) -> None:
    for document in (branch_report(tmp_path), committee_report(tmp_path)):
        assert [p.text for p in document.paragraphs if p.text in SECTIONS] == list(SECTIONS)


def test_a_branch_with_nobody_away_reports_so_and_has_no_table(tmp_path: Path) -> None:
    document = branch_report(tmp_path, statistics=NOBODY, undecided=())
    assert "经排查，本支部无流出党员。" in words(document)
    assert document.tables == []


def test_a_committee_with_nobody_away_reports_so(tmp_path: Path) -> None:
    assert "经排查，全党委无流出党员。" in words(committee_report(tmp_path, total=NOBODY, outstanding=Outstanding()))


def test_nobody_is_said_to_be_none_while_some_have_no_verdict(tmp_path: Path) -> None:
    text = words(committee_report(tmp_path, total=NOBODY, outstanding=Outstanding(undecided=2)))
    assert "无流出党员" not in text
    assert "2人没有排查结论或待定" in text


def test_the_undecided_are_named_as_such(tmp_path: Path) -> None:
    assert "待定：张三、李四等2人尚未作出排查结论" in words(branch_report(tmp_path))
    assert "待定" not in words(branch_report(tmp_path, undecided=()))


def test_without_a_roster_the_coverage_is_left_for_a_person(tmp_path: Path) -> None:
    assert "【请填写：在册党员人数" in words(branch_report(tmp_path, coverage=None))


def test_an_empty_roster_has_no_share(tmp_path: Path) -> None:
    assert "覆盖率" not in words(branch_report(tmp_path, coverage=(0, 0, 0)))


def test_missing_branches_are_named(tmp_path: Path) -> None:
    text = words(committee_report(tmp_path))
    assert "尚未报告的党支部1个：后勤服务中心党支部。" in text
    assert "督促尚未报告的党支部尽快报告" in text
    assert "尚未报告" not in words(committee_report(tmp_path, missing=()))


def test_a_sheet_that_does_not_balance_is_named_with_its_dimension(tmp_path: Path) -> None:
    short = statistics(C=10)
    text = words(committee_report(tmp_path, total=short, branches=[("甲党支部", short), ("乙党支部", None)]))
    assert "统计表表间关系不成立的党支部1个：甲党支部。" in text
    assert "性别合计23人" in text
    assert "不能统计的党支部1个：乙党支部" in text
    assert "性别合计23人" in words(branch_report(tmp_path, statistics=short))


def test_the_most_frequent_reason_comes_first_and_other_last(tmp_path: Path) -> None:
    sentence = next(p.text for p in branch_report(tmp_path).paragraphs if p.text.startswith("从行业"))
    assert sentence.startswith("从行业和流动原因看，两新组织员工（职工）9人、占37.5%")
    assert sentence.endswith("其他3人、占12.5%（其中：升学2人、参军1人）。")
    assert "货车司机" not in sentence


@pytest.mark.parametrize("write", [branch_report, committee_report])
def test_the_page_is_that_of_an_official_document(tmp_path: Path, write: Any) -> None:
    document = write(tmp_path)
    section = document.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    assert (round(section.page_width / Mm(1)), round(section.page_height / Mm(1))) == (210, 297)
    body = next(p for p in document.paragraphs if p.text.startswith("从性别看"))
    assert (body.runs[0].font.name, body.runs[0].font.size) == ("仿宋", Pt(16))
    assert (body.paragraph_format.line_spacing, body.paragraph_format.first_line_indent) == (Pt(28), Pt(32))
    assert 'w:firstLineChars="200"' in body._element.xml
    assert (document.paragraphs[0].runs[0].font.name, document.paragraphs[0].runs[0].font.size) == (
        "方正小标宋简体",
        Pt(22),
    )
    assert "PAGE" in section.footer.paragraphs[0]._element.xml


def test_every_page_says_that_it_is_not_to_be_made_public(tmp_path: Path) -> None:
    assert branch_report(tmp_path).sections[0].header.paragraphs[0].text == "内部资料　不得公开"


def test_no_program_or_person_is_named_in_the_properties(tmp_path: Path) -> None:
    properties = branch_report(tmp_path).core_properties
    assert (properties.author, properties.last_modified_by) == ("", "")
    assert properties.title == "测绘工程学院学生党支部关于流动党员组织关系集中排查工作情况的报告"


def test_a_total_that_could_not_be_read_gives_no_shares_and_says_why(tmp_path: Path) -> None:
    for whole in (0, 9):
        text = words(committee_report(tmp_path, total=statistics(A=whole), outstanding=Outstanding()))
        assert "%" not in text
        assert f"从性别看，男13人，女11人（合计24人，多于流出党员人数{whole}人，占比待核实后计算）。" in text
        assert f"已向流入地党组织报到14人（流出党员人数为{whole}人，占比和尚未报到人数待核实后计算）。" in text
    unknown = words(branch_report(tmp_path, statistics=statistics(A=0), coverage=None))
    assert "无流出党员" not in unknown
    assert "流出党员人数尚待核实" in unknown


def test_a_unit_that_is_no_branch_is_not_called_one(tmp_path: Path) -> None:
    text = words(branch_report(tmp_path, branch="测绘工程学院"))
    assert "本支部" not in text
    assert "本单位共有流出党员24人" in text
    gathered = words(committee_report(tmp_path, branches=[("测绘学院", statistics())], missing=("信息学院",)))
    assert "前报告的单位2个" in gathered
    assert "党支部" not in gathered.replace("以党支部为基本单位", "")
    assert "登记表" not in gathered


def test_the_language_of_the_text_is_chinese(tmp_path: Path) -> None:
    branch_report(tmp_path)
    with zipfile.ZipFile(tmp_path / "情况报告.docx") as archive:
        parts = b"".join(archive.read(name) for name in archive.namelist())
    assert set(re.findall(rb'w:eastAsia="([a-z]{2}-[A-Z]{2})"', parts)) == {b"zh-CN"}
