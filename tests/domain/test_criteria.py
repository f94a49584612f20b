"""排查结论 as proposed: six months to the day, nothing assumed."""

from datetime import date

import pytest

from paicha.domain.criteria import ATTENDED, CHANGED, Facts, propose
from paicha.domain.vocabulary import Verdict

AS_OF = date(2023, 12, 15)


@pytest.mark.parametrize(
    ("changed", "attended", "verdict"),
    [
        (date(2023, 6, 15), date(2023, 6, 1), Verdict.OUTFLOW),  # full on the very day
        (date(2023, 6, 16), date(2023, 6, 1), Verdict.OUTFLOW_DEEMED),  # a day short: the branch decides
        (date(2023, 6, 1), date(2023, 6, 16), Verdict.OUTFLOW_DEEMED),  # the later of the two counts
        (date(2023, 6, 30), date(2023, 6, 20), Verdict.OUTFLOW_DEEMED),  # a graduate of late June
        (date(2023, 6, 1), date(2023, 10, 1), Verdict.ATTENDING),
        (date(2022, 8, 31), date(2022, 8, 1), Verdict.OUTFLOW),
    ],
)
def test_six_months_count_from_the_later_day_to_the_very_day(changed: date, attended: date, verdict: Verdict) -> None:
    assert propose(Facts(registered=True, changed_on=changed, attended_on=attended), AS_OF).verdict is verdict


def test_a_start_that_is_unknown_is_asked_for_and_never_assumed() -> None:
    assert propose(Facts(registered=True), AS_OF).missing == (CHANGED, ATTENDED)
    assert propose(Facts(in_transit=True, changed_on=date(2023, 1, 1)), AS_OF).missing == (ATTENDED,)
    assert propose(Facts(registered=True, attended_on=date(2023, 1, 1)), AS_OF).missing == (CHANGED,)


def test_who_attended_nothing_since_the_change_counts_from_the_change() -> None:
    facts = Facts(registered=True, changed_on=date(2023, 5, 1), never_since=True)
    proposal = propose(facts, AS_OF)
    assert proposal.verdict is Verdict.OUTFLOW
    assert "2023年5月1日" in proposal.reason


def test_who_is_not_away_is_proposed_as_attending_and_who_is_received_as_transferred() -> None:
    assert propose(Facts(), AS_OF).verdict is Verdict.ATTENDING
    received = propose(Facts(received=True), AS_OF)
    assert (received.verdict, received.clause) == (Verdict.TRANSFERRED, "通知 二.2")


def test_out_of_contact_and_undecided_are_never_proposed() -> None:
    days = [None, date(2020, 1, 1), date(2023, 6, 16), date(2023, 12, 1)]
    for changed in days:
        for attended in days:
            for away in (True, False):
                verdict = propose(Facts(registered=away, changed_on=changed, attended_on=attended), AS_OF).verdict
                assert verdict not in (Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED)
