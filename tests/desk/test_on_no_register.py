"""A graduate who stands on no register, on every page there is: with a letter on its way, and received."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.urls import get_resolver, reverse

from paicha.transfers.graduating.models import Graduate
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.services import record_receipt
from tests.campaigns.world import checked
from tests.college import TODAY, College
from tests.transfers.graduates import cohort, graduate, issue_one, line, listed, rostered
from tests.transfers.world import THERE, ready_for_letters, wanted

QUERIES: tuple[dict[str, str], ...] = ({}, {"show": "underway"}, {"show": "back"}, {"at": "2023-11-30"})


def with_a_letter(college: College) -> Graduate:
    """A graduate whose letter is on its way."""
    ready_for_letters(college)
    rostered(college, college.survey, "毕业的", 31)
    listed(college, cohort(college), line("毕业的", 31))
    one = graduate(college, "毕业的")
    asked = wanted(college, college.add(college.computing, 9, name="别人"))
    with college.at_work():
        issue_one(actor=college.people["office"], graduate_id=one.id, wanted=asked, today=TODAY)
    return one


def pages(known: dict[str, Any]) -> list[str]:
    """The address of every page whose keys are known."""
    found = []
    for name in get_resolver().reverse_dict:
        for _, params in get_resolver().reverse_dict.getlist(name)[0][0] if isinstance(name, str) else ():
            if set(params) <= set(known):
                found.append(reverse(name, kwargs={param: known[param] for param in params}))
    return sorted(set(found))


@pytest.mark.parametrize("received", [False, True])
def test_no_page_stumbles_over_who_stands_on_no_register(college: College, received: bool) -> None:
    ours, one = checked(college), with_a_letter(college)
    with college.at_work():
        letter_id = IntroductionLetter.objects.get().id
        if received:
            said = {"received_on": TODAY, "destination": THERE, "urged": True, "today": TODAY}
            who = {"actor": college.people["clerk"], "member_id": one.member_id, "branch_id": college.survey.id}
            record_receipt(**said, **who)  # type: ignore[arg-type]
    known = {"unit_id": ours.id, "campaign_id": ours.campaign_id, "branch_id": college.survey.id, "letter": "Y"}
    known |= {"member_id": one.member_id, "graduate_id": one.id, "cohort_id": one.cohort_id, "letter_id": letter_id}
    addresses = [address for address in pages(known) if address != "/sign-out"]
    assert len(addresses) > 60
    for who_ in ("office", "clerk"):
        browser = college.client(who_)
        for address in addresses:
            for query in QUERIES:
                answer = browser.get(f"{address}?{urlencode(query)}")
                assert answer.status_code < 500, (who_, address, query)
