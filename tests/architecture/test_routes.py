"""Who may open what: every address of the site stands here with what each role gets, or this fails.

Codes of a GET (of a POST where the address takes nothing else) with what the address needs taken from the survey
branch, where `clerk` is at home; `secretary` is at home in the computing branch next door."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from paicha.campaigns.checking.services import confirm_attending
from paicha.campaigns.consulting.services import ask
from paicha.campaigns.deployment.models import Paper
from paicha.intake.services import receive, set_columns
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.contacts.services import record_contact
from paicha.register.importing.views import KIND
from paicha.register.roster.importing.views import KIND as ROSTER
from paicha.transfers.exported.reading import KIND as EXPORTED
from paicha.transfers.exported.reading import WORDS
from paicha.transfers.graduating.importing.reading import GRADUATES
from paicha.transfers.models import Cohort
from tests.campaigns.world import (
    chased,
    circulated,
    deployed,
    inspected,
    member,
    participation,
    reported,
    sent_material,
    unit,
    visited,
)
from tests.college import TODAY, College, form_bytes, found_college
from tests.transfers import exporting
from tests.transfers.graduates import cohort, graduate, line, list_bytes, listed, rostered
from tests.transfers.world import lettered, ready_for_letters, reported_in
from tests.world import row

ROLES = ("nobody", "clerk", "secretary", "office", "head", "admin")
SIGN_IN, THERE, HIDDEN, FORBIDDEN, NOT_TAKEN = 302, 200, 404, 403, 405
OF_BRANCH = (
    *("register", "entry-add", "annex1", "annex2", "annex2-export", "branch-send"),
    *("sheet", "sheet-save", "sheet-undo"),
    *("branch-roster", "prepared", "move-branch", "branch-exported"),
)
OF_CAMPAIGN = ("campaign", "unit", "consultation", "submission", "chasing", "inspection", "visit", "circular")
# route: method, what each role gets in the order of ROLES
TABLE: dict[str, tuple[str, tuple[int, ...]]] = {
    "healthz": ("get", (200, 200, 200, 200, 200, 200)),
    "readyz": ("get", (200, 200, 200, 200, 200, 200)),
    "home": ("get", (302, 200, 200, 200, 200, 200)),
    "audit": ("get", (302, 403, 403, 403, 200, 200)),
    "overview": ("get", (302, 200, 200, 200, 200, 403)),
    "annex2-all": ("get", (302, 403, 403, 200, 200, 403)),
    "annex2-report": ("get", (302, 403, 403, 200, 200, 403)),
    "campaigns": ("get", (302, 200, 200, 200, 200, 403)),
    "campaign-new": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign": ("get", (302, 302, 302, 200, 200, 403)),
    "campaign-progress": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-carried-over": ("get", (302, 403, 403, 200, 200, 403)),
    "unit-carried-over": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-close": ("post", (302, 403, 403, 403, 302, 403)),
    "campaign-move": ("post", (302, 403, 403, 302, 302, 403)),
    "campaign-notice-attach": ("post", (302, 403, 403, 302, 302, 403)),
    "campaign-take-in": ("post", (302, 403, 403, 302, 302, 403)),
    "campaign-notice": ("get", (302, 200, 200, 200, 200, 403)),
    "unit": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-plan": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-plan-document": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-look-back": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-look-back-ask": ("post", (302, 403, 404, 302, 302, 403)),
    "unit-look-back-withdraw": ("post", (302, 403, 404, 302, 302, 403)),
    "unit-in-transit": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-in-transit": ("get", (302, 200, 200, 200, 200, 403)),
    "unit-education": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-education-export": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-education": ("get", (302, 200, 200, 200, 200, 403)),
    "campaign-education-export": ("get", (302, 403, 403, 200, 200, 403)),
    "unit-materials": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-materials-acknowledge": ("post", (302, 302, 404, 302, 302, 403)),
    "unit-material-withdraw": ("post", (302, 302, 404, 302, 302, 403)),
    "unit-material-unacknowledge": ("post", (302, 302, 404, 302, 302, 403)),
    "unit-education-withdraw": ("post", (302, 302, 404, 302, 302, 403)),
    "unit-annex2": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-annex2-export": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-annex2-change": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-annex2-people": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-updates": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-updates-file": ("post", (302, 403, 404, 302, 302, 403)),
    "campaign-updates": ("get", (302, 403, 403, 200, 200, 403)),
    "unit-consultations": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-consultations": ("get", (302, 403, 403, 200, 200, 403)),
    "consultation": ("get", (302, 403, 404, 200, 200, 403)),
    "consultation-withdraw": ("post", (302, 302, 404, 302, 302, 403)),
    "unit-report-summary": ("post", (302, 200, 404, 200, 200, 403)),
    "unit-report": ("get", (302, 200, 404, 200, 200, 403)),
    "submission": ("get", (302, 200, 404, 200, 200, 403)),
    "submission-paper": ("get", (302, 200, 404, 200, 200, 403)),
    "submission-review": ("get", (302, 403, 404, 200, 200, 403)),
    "submission-figure": ("get", (302, 200, 404, 200, 200, 403)),
    "submission-return": ("get", (302, 403, 404, 200, 200, 403)),
    "submission-approve": ("post", (302, 403, 404, 302, 302, 403)),
    "submission-reopen": ("post", (302, 403, 404, 403, 302, 403)),
    "campaign-review": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-sum": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-package": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-annex2": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-chase": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-chasings": ("get", (302, 403, 403, 200, 200, 403)),
    "campaign-chasings-documents": ("get", (302, 403, 403, 200, 200, 403)),
    "unit-chasings": ("get", (302, 200, 404, 200, 200, 403)),
    "chasing": ("get", (302, 200, 404, 200, 200, 403)),
    "chasing-document": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-inspections": ("get", (302, 403, 403, 200, 200, 403)),
    "inspection": ("get", (302, 403, 403, 200, 200, 403)),
    "inspection-sheet": ("get", (302, 403, 403, 200, 200, 403)),
    "unit-inspections": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-visits": ("get", (302, 403, 403, 200, 200, 403)),
    "visit-settle": ("post", (302, 403, 404, 302, 302, 403)),
    "campaign-circulars": ("get", (302, 200, 200, 200, 200, 403)),
    "circular": ("get", (302, 200, 200, 200, 200, 403)),
    "circular-document": ("get", (302, 200, 200, 200, 200, 403)),
    "circular-redraft": ("post", (302, 403, 403, 302, 302, 403)),
    "unit-member": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-receipt": ("post", (302, 422, 404, 422, 422, 403)),
    "unit-enter": ("post", (302, 422, 404, 422, 422, 403)),
    "unit-check": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-dimensions": ("get", (302, 200, 404, 200, 200, 403)),
    "unit-dimension-people": ("get", (302, 200, 404, 200, 200, 403)),
    "campaign-coverage": ("get", (302, 200, 200, 200, 200, 403)),
    "campaign-dimensions": ("get", (302, 200, 200, 200, 200, 403)),
    "campaign-dimension-people": ("get", (302, 200, 200, 200, 200, 403)),
    "sign-in": ("get", (200, 302, 302, 302, 302, 302)),
    "sign-out": ("post", (302, 302, 302, 302, 302, 302)),
    "sign-in-code": ("get", (302, 302, 302, 302, 302, 302)),
    "second-factor": ("get", (302, 200, 200, 200, 200, 200)),
    "password": ("get", (302, 200, 200, 200, 200, 200)),
    "join": ("get", (410, 200, 200, 200, 200, 200)),
    "accounts": ("get", (302, 403, 403, 403, 403, 200)),
    "account-invite": ("get", (302, 403, 403, 403, 403, 200)),
    "sign-in-rule": ("post", (302, 403, 403, 403, 403, 302)),
    "account": ("get", (302, 403, 403, 403, 403, 200)),
    "account-reinvite": ("post", (302, 403, 403, 403, 403, 200)),
    "account-active": ("post", (302, 403, 403, 403, 403, 302)),
    "account-grant": ("post", (302, 403, 403, 403, 403, 422)),
    "account-revoke": ("post", (302, 403, 403, 403, 403, 302)),
    "account-factor-reset": ("post", (302, 403, 403, 403, 403, 302)),
    "organizations": ("get", (302, 403, 403, 200, 200, 200)),
    "organization-add": ("get", (302, 403, 403, 200, 200, 200)),
    "organization-merge": ("get", (302, 403, 403, 200, 200, 200)),
    "organization": ("get", (302, 403, 404, 200, 200, 200)),
    "organization-rename": ("post", (302, 403, 404, 422, 422, 422)),
    "organization-move": ("post", (302, 403, 404, 422, 422, 422)),
    "organization-split": ("post", (302, 403, 404, 422, 422, 422)),
    "organization-close": ("post", (302, 403, 404, 302, 302, 302)),
    "branch-list": ("get", (302, 403, 403, 200, 200, 200)),
    "branch-list-apply": ("post", (302, 403, 403, 302, 302, 302)),
    "register": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-add": ("get", (302, 200, 404, 200, 200, 403)),
    "annex1": ("get", (302, 200, 404, 200, 200, 403)),
    "sheet": ("get", (302, 200, 404, 200, 200, 403)),
    "sheet-save": ("post", (302, 422, 404, 422, 422, 403)),
    "sheet-undo": ("post", (302, 422, 404, 422, 422, 403)),
    "move-branch": ("get", (302, 403, 404, 200, 200, 403)),
    "move-entry": ("get", (302, 403, 404, 200, 200, 403)),
    "duplicates": ("get", (302, 403, 403, 200, 200, 403)),
    "annex1-all": ("get", (302, 403, 403, 200, 200, 403)),
    "annex2": ("get", (302, 200, 404, 200, 200, 403)),
    "annex2-people": ("get", (302, 200, 404, 200, 200, 403)),
    "annex2-export": ("get", (302, 200, 404, 200, 200, 403)),
    "entry": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-numbers": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-transfer": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-transfer-facts": ("post", (302, 302, 404, 302, 302, 403)),
    "entry-transfer-move": ("post", (302, 422, 404, 422, 422, 403)),
    "entry-receipt": ("post", (302, 422, 404, 422, 422, 403)),
    "entry-receipt-back": ("post", (302, 302, 404, 302, 302, 403)),
    "entry-urge": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-report-in": ("get", (302, 200, 404, 200, 200, 403)),
    "report-in-end": ("post", (302, 422, 404, 422, 422, 403)),
    "report-in-withdraw": ("post", (302, 422, 404, 422, 422, 403)),
    "report-ins": ("get", (302, 200, 200, 200, 200, 403)),
    "urging": ("get", (302, 200, 200, 200, 200, 403)),
    "transfers": ("get", (302, 200, 200, 200, 200, 403)),
    "entry-letter": ("get", (302, 403, 404, 200, 200, 403)),
    "member-transfer": ("get", (302, 200, 404, 200, 200, 403)),
    "member-transfer-move": ("post", (302, 422, 404, 422, 422, 403)),
    "member-letter": ("get", (302, 403, 404, 200, 200, 403)),
    "member-receipt": ("post", (302, 422, 404, 422, 422, 403)),
    "member-receipt-back": ("post", (302, 302, 404, 302, 302, 403)),
    "letters": ("get", (302, 200, 200, 200, 200, 403)),
    "letter": ("get", (302, 200, 404, 200, 200, 403)),
    "letter-print": ("post", (302, 403, 404, 200, 200, 403)),
    "letter-void": ("post", (302, 403, 404, 422, 422, 403)),
    "letter-origin": ("get", (302, 403, 403, 200, 200, 403)),
    "letter-template": ("get", (302, 403, 403, 200, 200, 403)),
    "letter-template-file": ("get", (302, 403, 403, 200, 200, 403)),
    "letter-template-built-in": ("post", (302, 403, 403, 302, 302, 403)),
    "graduates": ("get", (302, 200, 200, 200, 200, 403)),
    "cohort": ("get", (302, 200, 200, 200, 200, 403)),
    "cohort-send": ("post", (302, 403, 403, 302, 302, 403)),
    "cohort-workbook": ("get", (302, 200, 200, 200, 200, 403)),
    "cohort-letters": ("get", (302, 403, 403, 200, 200, 403)),
    "cohort-letters-issue": ("post", (302, 403, 403, 302, 302, 403)),
    "cohort-letters-papers": ("post", (302, 403, 403, 302, 302, 403)),
    "cohort-receipts": ("get", (302, 200, 200, 200, 200, 403)),
    "graduate": ("get", (302, 200, 404, 200, 200, 403)),
    "graduate-move": ("post", (302, 422, 404, 422, 422, 403)),
    "graduate-letter": ("get", (302, 403, 404, 200, 200, 403)),
    "graduate-receipt": ("post", (302, 422, 404, 422, 422, 403)),
    "graduate-receipt-back": ("post", (302, 302, 404, 302, 302, 403)),
    "graduate-take-off": ("post", (302, 302, 404, 302, 302, 403)),
    "graduates-upload": ("get", (302, 302, 404, 302, 302, 403)),
    "graduates-columns": ("get", (302, 200, 404, 200, 200, 403)),
    "graduates-apply": ("post", (302, 302, 404, 302, 302, 403)),
    "graduates-undo": ("post", (302, 302, 404, 302, 302, 403)),
    "graduates-discard": ("post", (302, 302, 404, 302, 302, 403)),
    "exported": ("get", (302, 403, 403, 200, 200, 403)),
    "branch-exported": ("get", (302, 200, 404, 200, 200, 403)),
    "exported-upload": ("get", (302, 200, 404, 200, 200, 403)),
    "exported-columns": ("get", (302, 200, 404, 200, 200, 403)),
    "exported-words": ("get", (302, 200, 404, 200, 200, 403)),
    "exported-discard": ("post", (302, 302, 404, 302, 302, 403)),
    "exported-apply": ("post", (302, 302, 404, 302, 302, 403)),
    "exported-undo": ("post", (302, 302, 404, 302, 302, 403)),
    "entry-transfer-advice": ("post", (302, 302, 404, 302, 302, 403)),
    "entry-close": ("post", (302, 302, 404, 302, 302, 403)),
    "follow-ups": ("get", (302, 200, 200, 200, 200, 403)),
    "entry-contacts": ("get", (302, 200, 404, 200, 200, 403)),
    "entry-contact-person": ("post", (302, 422, 404, 422, 422, 403)),
    "contact-withdraw": ("post", (302, 302, 404, 302, 302, 403)),
    "send": ("get", (302, 403, 403, 200, 200, 403)),
    "branch-send": ("get", (302, 200, 404, 200, 200, 403)),
    "upload": ("get", (302, 200, 404, 200, 200, 403)),
    "upload-apply": ("post", (302, 302, 404, 302, 302, 403)),
    "upload-undo": ("post", (302, 302, 404, 302, 302, 403)),
    "upload-discard": ("post", (302, 302, 404, 302, 302, 403)),
    "upload-returns": ("get", (302, 200, 404, 200, 200, 403)),
    "roster": ("get", (302, 403, 403, 200, 200, 403)),
    "prepared-all": ("get", (302, 403, 403, 200, 200, 403)),
    "roster-upload": ("get", (302, 404, 404, 302, 302, 404)),
    "roster-columns": ("get", (302, 404, 404, 200, 200, 404)),
    "roster-apply": ("post", (302, 404, 404, 302, 302, 404)),
    "roster-undo": ("post", (302, 404, 404, 302, 302, 404)),
    "roster-discard": ("post", (302, 404, 404, 302, 302, 404)),
    "branch-roster": ("get", (302, 200, 404, 200, 200, 403)),
    "roster-enter": ("get", (302, 302, 404, 302, 302, 403)),
    "prepared": ("get", (302, 200, 404, 200, 200, 403)),
}


def routes() -> dict[str, str]:
    """Every address of the site by its name: branches/<uuid:branch_id>/register."""

    def walk(patterns: list[Any], before: str = "") -> dict[str, str]:
        found: dict[str, str] = {}
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                found |= walk(pattern.url_patterns, before + str(pattern.pattern))
            elif isinstance(pattern, URLPattern):
                found[pattern.name or str(pattern.pattern)] = before + str(pattern.pattern)
        return found

    return walk(get_resolver().url_patterns)


def test_every_address_stands_in_the_table() -> None:
    assert sorted(routes()) == sorted(TABLE), "a new address needs its line in TABLE"


def contact(college: College) -> ContactRecord:
    """A contact with somebody on the survey branch's register."""
    entry = college.add(college.survey)
    with college.at_work():
        return record_contact(
            actor=college.people["clerk"],
            entry_id=entry.id,
            happened_on=TODAY,
            way=Way.PHONE,
            purposes=[Purpose.FOLLOW_UP],
            reached=True,
            said="身体好",
            by="",
            today=TODAY,
        )


def address_in_campaign(college: College, route: str) -> str:
    """The address of a route for a campaign, the survey branch in it, somebody of that branch or its question."""
    campaign = deployed(college, notice=("通知.pdf", b"%PDF"))
    ours = unit(college, campaign, college.survey)
    if route.startswith("consultation"):
        with college.at_work():
            clerk = college.people["clerk"]
            asked = ask(actor=clerk, unit_id=ours.id, member_id=None, question="外出进修算不算流出", major=False)
        return reverse(route, args=[asked.id])
    if route.startswith("chasing") or route == "campaign-chasings-documents":
        sent = chased(college, campaign, college.survey)
        return reverse(route, args=[sent.id if route.startswith("chasing") else campaign.id])
    if route.startswith("circular"):
        return reverse(route, args=[circulated(college, campaign).id])
    if route.startswith("visit"):
        return reverse(route, args=[visited(college, ours).id])
    if route.startswith("inspection"):
        college.add(college.survey)
        return reverse(route, args=[inspected(college, campaign).id])
    if route.startswith("submission"):
        present = member(college, college.survey, "在支部的")
        with college.at_work():
            confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present.id])
        sent = reported(college, ours)
        more: dict[str, list[Any]] = {"submission-paper": [Paper.ANNEX1], "submission-figure": ["A"]}
        return reverse(route, args=[sent.id, *more.get(route, [])])
    if route == "unit-annex2-people":
        return reverse(route, args=[ours.id, "B"])
    if route == "unit-annex2-change":
        present = member(college, college.survey, "在支部的")
        with college.at_work():
            confirm_attending(actor=college.people["clerk"], unit_id=ours.id, member_ids=[present.id])
        reported(college, ours)
    if route.startswith("unit-material-"):
        (sending,) = sent_material(college, ours, college.add(college.survey))
        return reverse(route, args=[ours.id, sending.id])
    if route == "unit-education-withdraw":
        return reverse(route, args=[ours.id, participation(college, ours).id])
    if route in ("unit-member", "unit-receipt", "unit-enter"):
        return reverse(route, args=[ours.id, college.add(college.survey).member_id])
    of_figure = ["sex", "B"] if route.endswith("dimension-people") else []
    return reverse(route, args=[campaign.id if route.startswith("campaign") else ours.id, *of_figure])


def uploaded_by(college: College, who: str, kind: str, name: str, branch_id: UUID | None) -> UUID:
    with college.at_work():
        actor, files = college.people[who], [(name, form_bytes(row(6)))]
        return receive(actor=actor, kind=kind, branch_id=branch_id, files=files).id


def letter_of(college: College) -> UUID:
    ready_for_letters(college)
    return lettered(college, college.add(college.survey)).id


def cohort_of(college: College) -> Cohort:
    """A cohort to which somebody of the survey branch is to come, who stands on no register."""
    rostered(college, college.survey, "张三", 1)
    return cohort(college)


def graduate_of(college: College) -> UUID:
    listed(college, cohort_of(college), line("张三", 1))
    return graduate(college, "张三").id


def list_sent(college: College) -> UUID:
    of, file = cohort_of(college), ("毕业生.xlsx", list_bytes(line("张三", 1)))
    with college.at_work():
        clerk, branch_id = college.people["clerk"], college.survey.id
        return receive(actor=clerk, kind=GRADUATES.kind, branch_id=branch_id, files=[file], about_id=of.id).id


def exported_list(college: College, *, known: bool) -> UUID:
    """A branch's list of the national system; `known`: its columns and words were asked of before."""
    with college.at_work():
        clerk, file = college.people["clerk"], exporting.list_bytes(exporting.line(6, "转入方已确认"))
        if known:
            set_columns(actor=clerk, kind=EXPORTED, called="", columns=exporting.COLUMNS)
            set_columns(actor=clerk, kind=WORDS, called="", columns={"转入方已确认": "已接收"})
        return receive(actor=clerk, kind=EXPORTED, branch_id=college.survey.id, files=[("转接.xlsx", file)]).id


# The beginning of a route → what its address names, made for it; the first that fits.
NAMED: dict[str, Callable[[College], Sequence[object]]] = {
    "report-in-": lambda college: [reported_in(college, college.add(college.survey)).id],
    "contact-withdraw": lambda college: [contact(college).id],
    "upload": lambda college: [uploaded_by(college, "clerk", KIND, "a.xlsx", college.survey.id)],
    "letter": lambda college: [letter_of(college)],
    "cohort": lambda college: [cohort_of(college).id],
    "graduates-": lambda college: [list_sent(college)],
    "graduate": lambda college: [graduate_of(college)],
    "exported-upload": lambda college: [exported_list(college, known=True)],
    "exported-": lambda college: [exported_list(college, known=False)],
    "member-": lambda college: [college.survey.id, member(college, college.survey, "在支部的").id],
    "roster-enter": lambda college: [college.survey.id, college.add(college.survey).member_id],
    "roster-": lambda college: [uploaded_by(college, "office", ROSTER, "名册.xlsx", None)],
    "join": lambda college: ["no-such-link"],
    "account": lambda college: [college.people["secretary"].id],
    "organization": lambda college: [college.survey.id],
    "annex2-people": lambda college: [college.survey.id, "B"],
    "move-entry": lambda college: [college.add(college.survey).id],
    "entry": lambda college: [college.add(college.survey).id],
}


def address(college: College, route: str) -> str:
    """The address of a route for the survey branch and somebody on its register."""
    with suppress(NoReverseMatch):
        return reverse(route)
    if route.startswith(OF_CAMPAIGN):
        return address_in_campaign(college, route)
    if route in OF_BRANCH:
        return reverse(route, args=[college.survey.id])
    named = next(made for begins, made in NAMED.items() if route.startswith(begins))
    return reverse(route, args=named(college))


@pytest.mark.parametrize("route", TABLE)
def test_each_role_gets_what_the_table_says(college: College, route: str) -> None:
    """And what one may not look at, one may not send to either."""
    method, expected = TABLE[route]
    url = address(college, route)
    browsers = [Client(raise_request_exception=False), *(college.client(role) for role in ROLES[1:])]
    for role, browser, code in zip(ROLES, browsers, expected, strict=True):
        if role != "nobody" and code in (HIDDEN, FORBIDDEN):
            assert browser.post(url).status_code in (code, NOT_TAKEN), role
    answers = [getattr(browser, method)(url).status_code for browser in browsers]
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, expected, strict=True))


OF_SOMETHING = [route for route in TABLE if "<uuid:" in routes()[route]]


@pytest.mark.parametrize("route", OF_SOMETHING)
def test_the_college_next_door_finds_nothing_here(college: College, route: str) -> None:
    url = address(college, route)
    there = found_college("中共邻校委员会", prefix="next-")
    for role, hidden in (("head", (HIDDEN,)), ("admin", (HIDDEN, FORBIDDEN)), ("clerk", (HIDDEN, FORBIDDEN))):
        expected = (*hidden, NOT_TAKEN, *((FORBIDDEN,) if route.startswith("account") else ()))
        browser = there.client(role)
        for answer in (browser.get(url), browser.post(url)):
            assert answer.status_code in expected, role


def test_what_does_not_exist_looks_like_what_is_not_mine(college: College) -> None:
    answer = college.client("office").get(reverse("entry", args=[uuid4()]))
    assert answer.status_code == HIDDEN
    assert "没有这一页" in answer.content.decode()
