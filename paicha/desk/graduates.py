"""Graduates as the desk shows them: a cohort with who takes no part in theme education, and receipts, which a campaign
takes note of."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from paicha.campaigns.education.members import not_taught
from paicha.desk.receiving import recording
from paicha.desk.receiving.views import refused_receipt, tell_taken_back
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.transfers.graduating.access import cohort_for, graduate_for
from paicha.transfers.graduating.person import with_receipt
from paicha.transfers.graduating.selectors import Person, branch_of, people_of
from paicha.transfers.graduating.views import cohort as cohort_page
from paicha.transfers.tracking.forms import received_day
from paicha.transfers.tracking.selectors import standing_receipt, urged
from paicha.transfers.unfit import Unfit
from paicha.web.today import today_of


@dataclass(slots=True)
class ReceiptRow:
    """One person on the page of receipts, as typed."""

    person: Person
    branch: str
    day: str
    destination: str
    fault: str = ""
    done: bool = False


@login_required
def cohort(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """A cohort's table."""
    return cohort_page(request, cohort_id, _left)


@login_required
@require_http_methods(["GET", "POST"])
def receipts(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """登记回执: everybody of a cohort who is underway, a day for each whose receipt is in hand; one button for all."""
    scope, cohort = cohort_for(request, Permission.REGISTER_EDIT, cohort_id)
    mine, today = scope.branches(Permission.REGISTER_EDIT), today_of(request)
    chosen = {id_ for id_ in mine if str(id_) == request.GET.get("branch")} or mine
    names = {node.id: node.name for node in scope.tree.branches()}
    people = [one for one in people_of(scope.committee_id, chosen, names, today, cohort) if one.here and one.underway]
    rows = [ReceiptRow(one, names.get(one.at, ""), *_typed(request.POST, one)) for one in people]
    if request.method == "POST":
        done = sum(_received(scope, row, today) for row in rows)
        faulty = any(row.fault for row in rows)
        if done:
            messages.success(request, f"已记下 {done} 份回执，这些人的组织关系已转出。")
        if not faulty:
            return redirect(request.get_full_path())
        messages.error(request, "有的回执没有记下，见下面红字；填的都还在。")
        rows = [row for row in rows if not row.done]
    context = {"cohort": cohort, "rows": rows, "branches": len({row.branch for row in rows}), "today": today}
    status = 422 if any(row.fault for row in rows) else 200
    return render(request, "desk/graduates/receipts.html", context, status=status)


def _typed(posted: QueryDict, person: Person) -> tuple[str, str]:
    """(day, organisation that received them) as sent, or as the letter has it."""
    key, known = person.graduate.id, person.transfer.destination if person.transfer else ""
    return posted.get(f"day-{key}", "").strip()[:20], posted.get(f"by-{key}", known).strip()[:120]


def _received(scope: Scope, row: "ReceiptRow", today: date) -> bool:
    """Write one receipt down; a row without a day says nothing. What is wrong goes into the row."""
    if not row.day:
        return False
    person = row.person
    try:
        was_urged = urged(scope.committee_id, person.graduate.member_id)
        recording.receive(
            actor=scope.user,
            member_id=person.graduate.member_id,
            branch_id=person.at,
            received_on=received_day(scope.committee_id, person.graduate.member_id, row.day),
            destination=row.destination,
            number=person.transfer.number if person.transfer else "",
            urged=was_urged,
            today=today,
        )
    except Unfit as unfit:
        row.fault = str(unfit)
        return False
    row.done = True
    return True


def _left(scope: Scope, people: list[Person]) -> set[UUID] | None:
    return not_taught(scope.committee_id, {person.graduate.member_id for person in people if person.here})


@login_required
@require_POST
def receipt(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """The receipt of a graduate is in hand."""
    scope, graduate = graduate_for(request, Permission.REGISTER_EDIT, graduate_id)
    refused = refused_receipt(request, scope, graduate.member_id, branch_of(graduate))
    if refused:
        return with_receipt(request, scope, graduate, refused)
    return redirect("graduate", graduate.id)


@login_required
@require_POST
def back(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """The receipt that holds was wrong."""
    scope, graduate = graduate_for(request, Permission.REGISTER_EDIT, graduate_id)
    branch_id = branch_of(graduate)
    found = standing_receipt(graduate.committee_id, graduate.member_id, branch_id)
    tell_taken_back(request, scope, found)
    return redirect("graduate", graduate.id)
