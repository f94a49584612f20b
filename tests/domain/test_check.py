"""The check of one entry: each code of domain.md's table, and none on a right row."""

from typing import Any

import pytest

from paicha.domain.annex1 import REQUIRED, Column, Entry
from paicha.domain.check import Checker
from paicha.domain.findings import Code, Severity
from tests.world import WUHAN, id_number, row


def checked(**cells: Any) -> Entry:
    return Checker(WUHAN).check(row(**cells))


def found(**cells: Any) -> list[tuple[Code, str]]:
    return [(finding.code, finding.column) for finding in checked(**cells).findings]


def test_a_right_row_has_no_finding() -> None:
    assert found() == []


@pytest.mark.parametrize("column", REQUIRED)
@pytest.mark.parametrize("blank", [None, "", "  ", "无", "/", "—"])
def test_an_empty_required_cell_is_said_once(column: Column, blank: str | None) -> None:
    of_column = [item for item in found(**{column.name.lower(): blank}) if item[1] == column.heading]
    assert of_column == [(Code.REQUIRED, column.heading)]


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"sex": "未知"}, Code.UNREADABLE, Column.SEX),
        ({"birth": "197813"}, Code.UNREADABLE, Column.BIRTH),
        ({"reason": "快递员、货车司机"}, Code.UNREADABLE, Column.REASON),
        ({"birth": "202401"}, Code.UNREADABLE, Column.BIRTH),
        ({"ethnic_group": "火星族"}, Code.UNREADABLE, Column.ETHNIC_GROUP),
        ({"id_number": "420106197808151235"}, Code.ID_CHECKSUM, Column.ID_NUMBER),
        ({"id_number": "420106780815123"}, Code.ID_CHECKSUM, Column.ID_NUMBER),
        ({"id_number": 4.20106197808151e17}, Code.ID_PRECISION, Column.ID_NUMBER),
        ({"sex": "女"}, Code.ID_SEX, Column.SEX),
        ({"birth": "197809"}, Code.ID_BIRTH, Column.BIRTH),
        ({"age": 44}, Code.AGE, Column.AGE),
        ({"joined": "199607"}, Code.JOINED, Column.JOINED),
        ({"joined": "202401"}, Code.JOINED, Column.JOINED),
        ({"phone": "8765123"}, Code.PHONE, Column.PHONE),
        ({"residence": "湖北省武汉市"}, Code.RESIDENCE, Column.RESIDENCE),
        ({"residence": "朝阳区望京街道"}, Code.RESIDENCE, Column.RESIDENCE),
        ({"residence": "湖北省武汉市洪山区"}, Code.RESIDENCE_COARSE, Column.RESIDENCE),
        ({"employer": "", "employer_has_organization": ""}, Code.EMPLOYER, Column.EMPLOYER),
        ({"reason": "已毕业但尚未就业"}, Code.EMPLOYER, Column.EMPLOYER),
        ({"employer_has_organization": ""}, Code.EMPLOYER, Column.EMPLOYER_HAS_ORGANIZATION),
        ({"reason": "其他"}, Code.REASON_DETAIL, Column.REASON),
        ({"report_branch": "南山支部"}, Code.REPORT_IN, Column.REPORT_CONTACT),
        ({"education": "大学本科"}, Code.NORMALISED, Column.EDUCATION),
        ({"birth": "１９７８.８"}, Code.NORMALISED, Column.BIRTH),
    ],
)
def test_each_fault_is_found_at_its_column_and_alone(cells: dict[str, Any], code: Code, column: Column) -> None:
    assert found(**cells) == [(code, column.heading)]


def test_joining_in_the_month_of_the_18th_birthday_is_right() -> None:
    assert found(joined="199608") == []


def test_an_age_is_right_by_months_or_by_the_day_of_the_id_number() -> None:
    late = id_number("19781231", 121)
    assert found(id_number=late, birth="197812", age=45) == []
    assert found(id_number=late, birth="197812", age=44) == []
    assert found(id_number=late, birth="197812", age=43) == [(Code.AGE, "年龄")]


@pytest.mark.parametrize("place", ["香港", "台湾省台北市", "日本东京"])
def test_abroad_the_name_suffices(place: str) -> None:
    assert found(residence=place) == []


def test_other_with_its_detail_in_the_same_cell_is_the_form() -> None:
    entry = checked(reason="其他（升学）")
    assert (entry.findings, entry.reason_detail) == ([], "升学")


def test_nothing_is_lost_of_what_cannot_be_read() -> None:
    entry = checked(sex="未知", birth="197813")
    assert (entry.texts[Column.SEX], entry.texts[Column.BIRTH]) == ("未知", "197813")
    assert (entry.sex, entry.birth) == (None, None)


def test_findings_hold_no_id_number_and_no_phone() -> None:
    number = id_number()[:-1] + ("1" if id_number()[-1] != "1" else "2")
    for finding in checked(id_number=f" {number}", phone="1380000123").findings:
        assert number not in finding.message + finding.suggestion
        assert "1380000123" not in finding.message + finding.suggestion


def test_a_checker_gives_the_same_for_a_value_it_has_seen() -> None:
    checker = Checker(WUHAN)
    first, second = checker.check(row(sex="女")), checker.check(row(sex="女"))
    assert first.findings == second.findings
    assert all(finding.severity is Severity.ERROR for finding in first.findings)


@pytest.mark.parametrize(("sign", "places"), [(1, 400), (1, 5000), (-1, 5000)])
@pytest.mark.parametrize("column", Column)
def test_a_number_of_hundreds_of_places_is_unreadable_in_every_column(column: Column, sign: int, places: int) -> None:
    entry = checked(**{column.name.lower(): sign * 10**places})
    assert (Code.UNREADABLE, column.heading) in [(finding.code, finding.column) for finding in entry.findings]
    assert entry.texts[column].endswith(f"1.00E+{places}")


@pytest.mark.parametrize("column", list(Column), ids=lambda column: column.name)
@pytest.mark.parametrize("secret", ["420111197808150015", "13800005678", "138.0000.5678"])
def test_no_finding_repeats_a_number_whatever_column_it_slipped_into(column: Column, secret: str) -> None:
    entry = Checker(WUHAN).check(
        row(6, **{column.name.lower(): f"{secret}号" if column is Column.RESIDENCE else secret})
    )
    assert secret not in str([(finding.message, finding.suggestion) for finding in entry.findings])


@pytest.mark.parametrize("words", ["尚未报到", "没有报到", "否", "不详", "无党组织", "0", "未报到，正在联系"])
def test_words_that_say_nobody_was_reported_to_are_no_report_in(words: str) -> None:
    entry = Checker(WUHAN).check(row(6, report_branch=words))
    assert not entry.reported_in


def test_a_branch_whose_name_begins_with_nothing_is_a_branch() -> None:
    entry = Checker(WUHAN).check(row(6, report_branch="无锡市滨湖区流动党员支部"))
    assert entry.reported_in


def test_a_yes_no_cell_is_read_the_same_whatever_came_before() -> None:
    checker = Checker(WUHAN)
    first = checker.check(row(6, employer_has_organization=True))
    second = checker.check(row(6, employer_has_organization=1))
    alone = Checker(WUHAN).check(row(6, employer_has_organization=1))
    assert second.findings == alone.findings
    assert first.findings == Checker(WUHAN).check(row(6, employer_has_organization=True)).findings
