"""排查: a verdict for every member; coverage counts them."""

import pytest

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import coverage_of
from paicha.campaigns.checking.services import Decision, Unfit, confirm_attending, decide
from paicha.domain.vocabulary import Verdict
from paicha.transfers.services import record_receipt
from tests.campaigns.world import deployed, member, unit
from tests.college import TODAY, College


def test_those_who_attend_are_confirmed_in_one_step_with_their_names_shown(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    people = [member(college, college.survey, name) for name in ("甲一", "乙二", "丙三")]
    browser = college.client("clerk")
    page = browser.get(f"/units/{ours.id}/check").content.decode()
    assert all(person.name in page for person in people)
    browser.post(f"/units/{ours.id}/check", {"member": [str(person.id) for person in people[:2]]})
    with college.at_work():
        coverage = coverage_of(ours.campaign, [ours])[ours.id]
    assert (coverage.whole, coverage.decided, coverage.left, coverage.percent) == (3, 2, 1, 66)


def test_nobody_on_the_register_is_confirmed_wholesale(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    away = college.add(college.survey)
    with college.at_work(), pytest.raises(Unfit, match="逐人"):
        confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[away.member_id])


def test_a_verdict_takes_the_place_of_the_one_before_which_stays(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    person = member(college, college.survey, "甲一")
    clerk = college.people["clerk"]
    with college.at_work():
        confirm_attending(actor=clerk, unit_id=ours.id, member_ids=[person.id])
        unsure = Decision(Verdict.UNDECIDED, reason="长期在外，正在核实")
        decide(actor=clerk, unit_id=ours.id, member_id=person.id, decision=unsure)
        assert MemberVerdict.objects.count() == 2
        coverage = coverage_of(ours.campaign, [ours])[ours.id]
    assert (coverage.decided, coverage.pending, coverage.left) == (0, 1, 0)


def test_transferred_needs_the_receipt_and_counts_on_both_sides(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    entry = college.add(college.survey)
    clerk = college.people["clerk"]
    gone = Decision(Verdict.TRANSFERRED)
    with college.at_work():
        with pytest.raises(Unfit, match="回执"):
            decide(actor=clerk, unit_id=ours.id, member_id=entry.member_id, decision=gone)
        record_receipt(
            actor=clerk,
            member_id=entry.member_id,
            branch_id=college.survey.id,
            received_on=TODAY,
            destination="中共武汉市洪山区某社区委员会",
            urged=True,
            today=TODAY,
        )
        decide(actor=clerk, unit_id=ours.id, member_id=entry.member_id, decision=gone)
        coverage = coverage_of(ours.campaign, [ours])[ours.id]
    assert (coverage.whole, coverage.decided, coverage.percent) == (1, 1, 100)


def test_outflow_needs_an_entry_on_the_register_and_words_where_the_branch_deems_it(college: College) -> None:
    ours = unit(college, deployed(college), college.survey)
    person = member(college, college.survey, "甲一")
    clerk = college.people["clerk"]
    with college.at_work():
        with pytest.raises(Unfit, match="先登记到台账"):
            decide(actor=clerk, unit_id=ours.id, member_id=person.id, decision=Decision(Verdict.OUTFLOW))
        with pytest.raises(Unfit, match="认定理由"):
            decide(actor=clerk, unit_id=ours.id, member_id=person.id, decision=Decision(Verdict.OUTFLOW_DEEMED))
