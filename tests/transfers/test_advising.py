"""The advice on a person's page: asked for what is missing, given with its clause, overruled with a reason."""

import pytest

from paicha.domain.advice import Course, Work
from paicha.register.models import RegisterEntry
from paicha.transfers.advising.models import EntryFacts, Overruling
from paicha.transfers.advising.selectors import Advised, advised, advised_of
from paicha.transfers.advising.services import overrule, record_facts
from paicha.transfers.unfit import Unfit
from tests.college import TODAY, College

SETTLED = {"retired": "no", "long_resident": "yes", "household": "yes", "work": ""}


def page(college: College, entry: RegisterEntry, who: str = "clerk") -> str:
    return college.client(who).get(f"/entries/{entry.id}/transfer").content.decode()


def advice(college: College, entry: RegisterEntry) -> Advised:
    with college.at_work():
        found = RegisterEntry.objects.select_related("current").get(id=entry.id)
        one = advised(found, TODAY)
        assert advised_of(college.root.id, [found], TODAY) == {found.id: one}
    return one


def test_a_new_entry_is_asked_in_one_form_for_what_decides_and_for_nothing_else(college: College) -> None:
    entry = college.add(college.survey)  # 45 years old: may be retired; the employer has an organisation
    shown = page(college, entry)
    assert "还不能提出建议" in shown
    assert advice(college, entry).missing == ["retired", "long_resident", "work"]
    young = college.add(college.survey, 7, birth="199508")
    assert advice(college, young).missing == ["long_resident", "work"]


def test_who_knows_nothing_is_told_so_and_is_not_offered_to_mend_answers(college: College) -> None:
    entry, browser = college.add(college.survey, birth="199508"), college.client("clerk")
    assert "改前面的回答" not in page(college, entry)
    nothing = {"long_resident": "", "work": ""}
    told = browser.post(f"/entries/{entry.id}/transfer/facts", nothing, follow=True).content.decode()
    assert "都选了“不清楚”" in told
    assert "已记下" not in told
    browser.post(f"/entries/{entry.id}/transfer/facts", {"long_resident": "yes"})
    assert "改前面的回答" in page(college, entry)


def test_the_answers_give_the_advice_with_clause_and_reason(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(f"/entries/{entry.id}/transfer/facts", SETTLED)
    shown = page(college, entry)
    assert "应当督促转移</strong>（通知 二.2）在流入地落户并长期居住" in shown
    assert "<dd>按建议办：应当督促转移</dd>" in shown
    assert 'name="employer_organized"' not in shown


def test_the_employer_stands_in_the_entry_and_is_not_asked_again(college: College) -> None:
    entry = college.add(college.survey)
    college.client("clerk").post(f"/entries/{entry.id}/transfer/facts", {"retired": "no", "work": "1"})
    assert advice(college, entry).course is Course.MUST_URGE
    blank = college.add(college.survey, 7, employer_has_organization="")
    answers = {"retired": "no", "work": "1", "long_resident": "no"}
    college.client("clerk").post(f"/entries/{blank.id}/transfer/facts", answers)
    assert "请在<a" in page(college, blank)
    assert advice(college, blank).missing == []


def test_facts_are_versions_of_which_the_newest_counts(college: College) -> None:
    entry, clerk = college.add(college.survey), college.people["clerk"]
    with college.at_work():
        record_facts(actor=clerk, entry_id=entry.id, answers={"retired": False, "work": Work.STABLE})
        record_facts(actor=clerk, entry_id=entry.id, answers={"work": Work.STABLE})
        record_facts(actor=clerk, entry_id=entry.id, answers={"retired": True})
        assert list(EntryFacts.objects.order_by("n").values_list("n", "retired", "work", "actor_name")) == [
            (1, False, Work.STABLE, clerk.name),
            (2, True, Work.STABLE, clerk.name),
        ]
    assert advice(college, entry).course is Course.ENCOURAGE


def test_a_person_decides_otherwise_with_a_reason_that_stays(college: College) -> None:
    entry, browser = college.add(college.survey), college.client("clerk")
    browser.post(f"/entries/{entry.id}/transfer/facts", SETTLED)
    url = f"/entries/{entry.id}/transfer/advice"
    assert "请写明为什么这样定" in browser.post(url, {"course": "3"}, follow=True).content.decode()
    browser.post(url, {"course": "3", "reason": "半年后回校"})
    shown = page(college, entry)
    assert "半年后回校" in shown
    assert "应当督促转移" in shown
    assert advice(college, entry).course is Course.REPORT_IN
    browser.post(url, {"course": "", "reason": "不回来了"})
    assert advice(college, entry).course is Course.MUST_URGE
    with college.at_work():
        kept = [(row.course, row.advised, row.reason) for row in Overruling.objects.order_by("n")]
    assert kept == [(Course.REPORT_IN, Course.MUST_URGE, "半年后回校"), (None, Course.MUST_URGE, "不回来了")]


def test_nothing_is_written_of_somebody_off_the_register(college: College) -> None:
    entry, clerk = college.add(college.survey), college.people["clerk"]
    college.client("clerk").post(f"/entries/{entry.id}/close", {"closing": "1"})
    with college.at_work():
        with pytest.raises(Unfit, match="销册"):
            record_facts(actor=clerk, entry_id=entry.id, answers={})
        with pytest.raises(Unfit, match="销册"):
            overrule(actor=clerk, entry_id=entry.id, course=None, reason="误", today=TODAY)


def test_the_ways_to_report_in_stand_on_the_page_by_case(college: College) -> None:
    entry = college.add(college.survey, reason="快递员")
    shown = page(college, entry)
    assert "行业协会、平台企业党组织" in shown
    assert "流动党员党组织" in shown
