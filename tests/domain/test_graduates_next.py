"""Where graduates go and what comes next for each (notice 二.2; domain.md, Transfer)."""

from datetime import date

import pytest

from paicha.domain.graduate_list import KEPT, LONGEST, Field, read_row
from paicha.domain.graduates import Destination, Known, Next, months_since, next_of, read_destination, settled
from paicha.domain.letters import Letter, Stage, outlook
from paicha.domain.readings import CellValue

JUNE = 2023 * 12 + 5
TODAY = date(2023, 12, 1)


@pytest.mark.parametrize(
    ("today", "months"),
    [
        (date(2023, 6, 30), 0),
        (date(2023, 7, 1), 1),
        (date(2023, 12, 31), 6),
        (date(2024, 6, 1), 12),
        (date(2023, 1, 1), 0),
    ],
)
def test_months_since_graduation_are_counted_as_ages_are(today: date, months: int) -> None:
    assert months_since(JUNE, today) == months


@pytest.mark.parametrize(
    ("word", "destination"),
    [
        ("升学", Destination.STUDY),
        (" 专升本 ", Destination.STUDY),
        ("签就业协议", Destination.WORK),
        ("灵活就业", Destination.WORK),
        ("不就业拟升学", Destination.JOBLESS),
        ("应征入伍", Destination.ARMY),
        ("出国（境）", Destination.ABROAD),
        ("去向不明", Destination.UNKNOWN),
        ("", None),
        ("/", None),
    ],
)
def test_what_offices_write_for_a_destination(word: str, destination: Destination | None) -> None:
    reading = read_destination(word)
    assert reading.value is destination
    assert not any(finding.severity.name == "ERROR" for finding in reading.findings)


@pytest.mark.parametrize("word", ["去了南方", 42, "就业/升学", "x" * 5000])
def test_what_is_no_destination_is_told_with_those_that_are(word: CellValue) -> None:
    reading = read_destination(word)
    assert reading.value is None
    assert reading.findings[0].suggestion


@pytest.mark.parametrize(
    ("destination", "organization", "stage", "expected"),
    [
        (None, False, None, Next.FIND_OUT),
        (Destination.UNKNOWN, True, None, Next.FIND_OUT),
        (Destination.WORK, False, None, Next.NAME_ORGANIZATION),
        (Destination.STUDY, True, None, Next.SEND),
        (Destination.JOBLESS, True, None, Next.SEND),
        (Destination.JOBLESS, False, None, Next.KEEP),
        (Destination.ABROAD, False, None, Next.KEEP),
        (Destination.WORK, True, Stage.URGED, Next.SEND),
        (Destination.WORK, True, Stage.WITHDRAWN, Next.SEND),
        (Destination.WORK, True, Stage.REFUSED, Next.ASK_WHY),
        (None, False, Stage.UNDERWAY, Next.AWAIT),
    ],
)
def test_what_comes_next(
    destination: Destination | None, organization: bool, stage: Stage | None, expected: Next
) -> None:
    assert next_of(Known(destination, organization), stage) is expected
    assert next_of(Known(destination, organization), stage, received=True) is Next.DONE


@pytest.mark.parametrize(
    ("issued", "days", "expected"),
    [
        (date(2023, 11, 20), 60, Next.AWAIT),
        (date(2023, 10, 20), 60, Next.CHASE),
        (date(2023, 10, 20), 15, Next.SEND_AGAIN),
    ],
)
def test_the_clocks_of_letter_and_receipt_say_what_comes_next(issued: date, days: int, expected: Next) -> None:
    view = outlook(Stage.UNDERWAY, "测绘支部", "", TODAY, Letter(issued, days))
    coming = next_of(Known(Destination.WORK, True), Stage.UNDERWAY, view)
    assert coming is expected
    assert coming.late is (expected is not Next.AWAIT)


def test_only_a_place_that_is_known_is_settled() -> None:
    assert [one for one in (None, *Destination) if not settled(one)] == [None, Destination.UNKNOWN]


def test_a_row_says_what_stands_in_it_and_nothing_of_empty_cells() -> None:
    row = read_row(
        {
            Field.NAME: "张三",
            Field.MONTH: date(2023, 6, 20),
            Field.STANDING: "中共预备党员",
            Field.DIRECTION: "外省",
            Field.PHONE: 13900000001,
            Field.EMPLOYER: " 江城\n大学 ",
            Field.TO: "",
            Field.RESPONSIBLE: "—",
        }
    )
    assert {field.name: text for field, text in row.values.items()} == {
        "MONTH": "202306",
        "STANDING": "预备",
        "DIRECTION": "省外",
        "PHONE": "13900000001",
        "EMPLOYER": "江城 大学",
        "RESPONSIBLE": "",
    }
    assert not row.findings


@pytest.mark.parametrize(
    ("field", "raw"),
    [
        (Field.STANDING, "共青团员"),
        (Field.DIRECTION, "很远"),
        (Field.PHONE, "12345"),
        (Field.DUES, "上个月"),
        (Field.MONTH, "2023届"),
        (Field.EMPLOYER, "长" * (LONGEST + 1)),
        (Field.DUES, 10**400),
        (Field.DESTINATION, True),
    ],
)
def test_a_cell_that_cannot_be_read_says_nothing_and_is_told_under_its_heading(field: Field, raw: CellValue) -> None:
    row = read_row({field: raw, Field.RESPONSIBLE: "王书记"})
    assert {one for one in KEPT if one in row.values} == {Field.RESPONSIBLE}
    assert [finding.column for finding in row.findings] == [field.heading]
    assert len(row.findings[0].message) < 80
