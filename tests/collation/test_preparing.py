"""From the office's roster to a workbook a branch: what is wrong in the roster is told, what it never holds is not."""

from collections.abc import Sequence

from paicha.collation.preparing import by_branch
from paicha.domain.annex1 import Column
from paicha.domain.branches import BranchList, ListedBranch
from paicha.domain.findings import Code, Located
from paicha.formats.readers.roster import RosterSheet, read_sheet
from paicha.formats.readers.source import Sheet
from tests.world import SURVEY, WUHAN, id_number

HEADINGS = ["姓名", "公民身份号码", "出生日期", "所在党支部"]


def roster(*rows: Sequence[object]) -> RosterSheet:
    return read_sheet("名册.xlsx", Sheet("党员", [HEADINGS, *map(list, rows)]))  # type: ignore[arg-type]


def told(sheet: RosterSheet) -> list[Located]:
    return by_branch([sheet], WUHAN, BranchList([ListedBranch(SURVEY)]))[1]


def test_an_id_number_that_excel_has_rounded_and_a_month_that_is_none_are_told_by_cell() -> None:
    found = told(roster(["张三", 4.2e17, "197808", SURVEY], ["李四", id_number(), "197813", SURVEY]))
    assert [(item.finding.code, item.place.cell) for item in found if item.finding.code is not Code.REQUIRED] == [
        (Code.ID_PRECISION, "B2"),
        (Code.UNREADABLE, "C3"),
    ]


def test_a_dropped_row_is_told() -> None:
    found = told(roster(["例", "", "", SURVEY], ["张三", id_number(), "", SURVEY]))
    assert Code.SKIPPED in {item.finding.code for item in found}


def test_what_a_roster_has_no_column_for_and_how_a_day_was_read_are_no_findings() -> None:
    number = id_number()
    born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    assert told(roster(["张三", number, born, SURVEY])) == []


def test_every_member_stays_with_what_can_be_read() -> None:
    rosters, _ = by_branch([roster(["张三", 4.2e17, "197808", SURVEY])], WUHAN, BranchList([]))
    (texts, in_transit), *none = rosters[0].members
    assert (texts[Column.NAME], texts[Column.BIRTH], in_transit, none) == ("张三", "197808", False, [])
