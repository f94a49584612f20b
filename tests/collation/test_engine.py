"""Deciding between forms: whose they are, which count, what adds up, what is asked."""

from collections.abc import Sequence
from dataclasses import replace

from paicha.collation.collect import Collected
from paicha.collation.engine import collate
from paicha.collation.result import Result
from paicha.domain.annex1 import Form, RawRow
from paicha.domain.annex2 import LETTERS, SentStatistics, count
from paicha.domain.branches import BranchList, ListedBranch
from paicha.domain.check import Checker
from paicha.domain.findings import Code
from paicha.domain.register import Person
from tests.world import COMPUTING, SURVEY, WUHAN, form, id_number, row

OFFICE_LIST = BranchList([ListedBranch(SURVEY, ("测绘系支部",)), ListedBranch(COMPUTING), ListedBranch("机关支部")])


def collected(*forms: Form, sent: Sequence[SentStatistics] = ()) -> Collected:
    checker = Checker(WUHAN)
    checked = [(of, [Person(of, raw, checker.check(raw)) for raw in of.rows]) for of in forms]
    return Collected(annex1=checked, annex2=list(sent), read=len(forms))


def collated(*forms: Form, sent: Sequence[SentStatistics] = ()) -> Result:
    return collate(collected(*forms, sent=sent), WUHAN, OFFICE_LIST)


def sheet(rows: Sequence[RawRow], branch: str = SURVEY, **other: int) -> SentStatistics:
    figures = dict(count([Checker(WUHAN).check(of) for of in rows], WUHAN).figures) | other
    return SentStatistics("附件2.xlsx", "附件2", branch, figures, {x: f"{x}8" for x in LETTERS}, 8)


def codes(result: Result) -> list[Code]:
    return [item.finding.code for item in result.findings]


def test_who_sent_nothing_is_missing_and_branches_stand_in_the_lists_order() -> None:
    result = collated(form(row(7), branch=COMPUTING, file="信息.xlsx"), form(row(6)))
    assert [branch.branch for branch in result.branches] == [SURVEY, COMPUTING]
    assert [branch.name for branch in result.missing] == ["机关支部"]
    assert result.total["A"] == 2


def test_an_alias_and_a_full_name_are_the_branch() -> None:
    first = form(row(6), branch="测绘系支部", file="一.xlsx")
    second = form(row(7), branch=f"中共楚云学院委员会{SURVEY}", file="二.xlsx")
    assert [(b.branch, b.statistics["A"]) for b in collated(first, second).branches] == [(SURVEY, 2)]


def test_a_misspelt_head_is_a_finding_and_its_people_are_kept_but_counted_nowhere() -> None:
    result = collated(form(row(6), branch="测会支部"))
    assert codes(result) == [Code.BRANCH_UNKNOWN]
    assert SURVEY in result.findings[0].finding.suggestion
    assert result.probably == {SURVEY: "测绘.xlsx"}
    assert (len(result.unassigned), result.branches, result.total["A"]) == (1, [], 0)


def test_someone_in_two_branches_is_marked_in_both() -> None:
    twice = id_number()
    here = form(row(6, id_number=twice))
    there = form(row(6, id_number=twice, phone="13900000001"), branch=COMPUTING, file="信息.xlsx")
    result = collated(here, there)
    assert codes(result) == [Code.ID_DUPLICATE, Code.ID_DUPLICATE]
    assert result.total["A"] == 2, "duplicates count as given"
    assert [branch.duplicates for branch in result.branches] == [0, 1], "the second branch counts him once too often"


def test_an_old_version_counts_no_more_and_is_told() -> None:
    old = form(row(6), row(7, sex="未知"), file="v1.xlsx", modified="2023-12-01")
    new = form(row(6), row(7), file="v2.xlsx", modified="2023-12-05")
    result = collated(old, new)
    assert codes(result) == [Code.SUPERSEDED]
    assert (result.total["A"], result.branches[0].sources) == (2, ["v2.xlsx"])


def test_a_nil_return_is_a_branch_with_zeros_that_is_asked_about() -> None:
    result = collated(form())
    assert (result.branches[0].statistics["A"], result.branches[0].statistics.balanced) == (0, True)
    assert any("零报告" in text for _, text in result.questions)


def test_a_person_who_breaks_the_balance_is_named_by_cell() -> None:
    branch = collated(form(row(6), row(7, sex="未知"))).branches[0]
    assert not branch.statistics.balanced
    assert [(by.place.cell, by.dimension.heading) for by in branch.unbalanced_by] == [("C7", "性别")]


def test_a_sheet_as_sent_is_held_against_the_register_figure_by_figure() -> None:
    result = collated(form(row(6)), sent=[sheet([row(6)], Z=1)])
    assert [(i.finding.code, i.place.cell) for i in result.findings] == [(Code.FIGURE_DIFFERS, "Z8")]


def test_y_is_what_the_branch_itself_reports() -> None:
    result = collated(form(row(6)), sent=[sheet([row(6)], Y=2)])
    assert (codes(result), result.total["Y"], result.total["A"]) == ([], 2, 1)


def test_sheets_alone_add_up_and_one_that_does_not_balance_is_an_error() -> None:
    good, bad = sheet([row(6), row(7)]), sheet([row(6)], branch=COMPUTING, B=5)
    result = collated(sent=[good, bad])
    assert codes(result) == [Code.UNBALANCED]
    assert "B+C=5，A=1" in result.findings[0].finding.message
    assert (result.total["A"], result.total["B"]) == (3, 7)
    assert [branch.name for branch in result.missing] == ["机关支部"]


def test_the_newest_sheet_counts_whatever_its_file_is_called() -> None:
    new = replace(sheet([row(6), row(7)]), file="a.xlsx", modified="2023-12-03")
    old = replace(sheet([row(6)]), file="z.xlsx", modified="2023-12-01")
    assert collated(sent=[new, old]).total["A"] == 2
    assert collated(sent=[old, new]).total["A"] == 2


def test_a_figure_that_nobody_can_read_stands_in_the_way_of_reporting() -> None:
    unread = sheet([row(6)])
    del unread.figures["Y"]
    assert any("读不出" in reason for reason in collated(sent=[unread]).hindrances())


def test_who_has_no_verdict_is_undecided_and_no_nil_return() -> None:
    roster = replace(form(row(6), row(7, name="李四")), verdict_letters="B")
    result = collate(Collected(annex1=[(roster, [])], read=1), WUHAN, OFFICE_LIST)
    assert result.branches[0].pending == ["张三", "李四"]
    asked = [text for _, text in result.questions]
    assert any("2人没有填写排查结论" in text for text in asked)
    assert not any("零报告" in text for text in asked)
    assert any("2人没有排查结论" in reason for reason in result.hindrances())


def test_who_stands_in_the_old_version_only_is_asked_about() -> None:
    old = form(row(6), row(7, name="李四"), file="v1.xlsx", modified="2023-12-01")
    new = form(row(6), file="v2.xlsx", modified="2023-12-05")
    assert any("1人不在" in text and "第7行" in text for _, text in collated(old, new).questions)


def test_a_transferred_figure_that_differs_from_the_verdicts_is_asked_about() -> None:
    roster = replace(
        form(row(6)._replace(verdict="已转移组织关系"), row(7, name="李四")._replace(verdict="流出党员")),
        verdict_letters="B",
    )
    for urged, asked in ((3, True), (1, False)):
        questions = [text for _, text in collated(roster, sent=[sheet([row(7)], Y=urged)]).questions]
        assert any("排查结论中已转出的有1人" in text for text in questions) is asked
