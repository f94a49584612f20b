"""Pages of introduction letters: the book of a year, one letter, issuing one, making one void."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.divisions import Direction
from paicha.domain.introduction import LetterState, Person, Standing, Void, Wanted, dues_words
from paicha.domain.letters import DEFAULT, receipt_due
from paicha.domain.masking import mask_id, mask_phone
from paicha.formats.writers.letter_sheet import has_font
from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.models import EntryVersion
from paicha.transfers.graduating.selectors import graduates_of
from paicha.transfers.lettering import selectors, services
from paicha.transfers.lettering.access import letter_for
from paicha.transfers.lettering.forms import WantedForm, proposed, wanted_form
from paicha.transfers.lettering.models import Form, IntroductionLetter
from paicha.transfers.lettering.papers import fonts_folder
from paicha.transfers.lettering.printing import print_letters
from paicha.transfers.tracking.selectors import open_transfer
from paicha.transfers.unfit import Unfit
from paicha.web.downloads import DOCX, PDF, download
from paicha.web.today import today_of

UNFIT = 422
TYPES = {Form.DOCX: DOCX, Form.PDF: PDF}
LONGEST = 500


class Give(Protocol):
    """Writes the letter that is wanted. Raises Unfit."""

    def __call__(self, *, wanted: Wanted) -> IntroductionLetter: ...


@login_required
@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """介绍信 of a year (`?year=`): for the office the whole book, for a branch its people's; `?state=` keeps those of
    one state."""
    scope, today = require(request, Permission.REGISTER_VIEW), today_of(request)
    years = sorted({today.year, *selectors.years(scope.committee_id)}, reverse=True)
    year = next((year for year in years if str(year) == request.GET.get("year")), today.year)
    whole = issues(scope)
    mine = None if whole else scope.branches(Permission.REGISTER_VIEW)
    lines = selectors.lines(scope.committee_id, year, mine, today)
    counts = Counter(line.state for line in lines)
    state = next((one for one in LetterState if str(one.value) == request.GET.get("state")), None)
    context = {
        "year": year,
        "years": years,
        "may_issue": whole,
        "origin": selectors.origin_of(scope.committee_id) if whole else None,
        "state": state,
        "counts": [(one, counts[one]) for one in LetterState if counts[one]],
        "total": len(lines),
        "rows": [
            (line, scope.tree[line.letter.branch_id].name if line.letter else "")
            for line in lines
            if state is None or line.state is state
        ],
    }
    return render(request, "transfers/lettering/letters.html", context)


@login_required
@require_GET
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """One letter: what it says, how it stands, what was printed of it."""
    scope, found = letter_for(request, Permission.REGISTER_VIEW, letter_id)
    return _page(request, scope, found)


@login_required
@require_POST
def printed(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """The paper, as .docx or PDF."""
    scope, found = letter_for(request, Permission.LETTERS_ISSUE, letter_id)
    form = next((one for one in Form if one.name.lower() == request.POST.get("form")), Form.DOCX)
    try:
        file = print_letters(actor=scope.user, letters=[found.id], form=form, today=today_of(request))
    except Unfit as unfit:
        return _page(request, scope, found, str(unfit))
    return download(file.opened(), file.name, TYPES[form])


@login_required
@require_POST
def void(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter is void from now on."""
    scope, found = letter_for(request, Permission.LETTERS_ISSUE, letter_id)
    kind = next((one for one in Void if str(one.value) == request.POST.get("kind")), None)
    reason, today = request.POST.get("reason", "").strip()[:LONGEST], today_of(request)
    try:
        if kind is None:
            raise Unfit("请选择为什么作废")
        services.void(actor=scope.user, letter_id=found.id, kind=kind, reason=reason, today=today)
    except Unfit as unfit:
        return _page(request, scope, found, str(unfit), (kind, reason))
    messages.success(request, f"{found.written} 已作废，号码留在介绍信簿里。")
    return redirect("letter", found.id)


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """开介绍信 for one person."""
    scope, entry = entry_for(request, Permission.LETTERS_ISSUE, entry_id)
    today = today_of(request)
    person = selectors.person_of(entry, today)
    back, mend = reverse("entry-transfer", args=[entry.id]), reverse("entry", args=[entry.id])
    asked = Asked(person, entry.member_id, scope.tree[entry.branch_id].name, back, mend)
    if request.method == "GET":
        return letter_form(request, scope, asked, proposed_for(scope, asked, entry.current, today))
    give = partial(services.issue, actor=scope.user, entry_id=entry.id, today=today)
    return issued(request, scope, asked, give)


def issues(scope: Scope) -> bool:
    """Whether this person keeps the committee's book: sees every number, and what is missing."""
    root = scope.tree.root
    return root is not None and root.id in scope.branches(Permission.LETTERS_ISSUE)


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a letter is asked: as it would name them, the branch, the page to go back to (`back`), and where what is
    wrong is mended: its page, and what that is called."""

    person: Person
    member_id: UUID
    branch: str
    back: str
    mend: str
    mended_in: str = "登记"


def origin_in(scope: Scope, branch: str) -> str:
    """由: the branch by its full name under the committee."""
    return f"{scope.tree.root.name if scope.tree.root else ''}{branch}"


def proposed_for(scope: Scope, asked: Asked, version: EntryVersion | None, today: date) -> WantedForm:
    """What is known before anything is typed: `forms.proposed`; `version` is the register's."""
    cites = selectors.to_cite(scope.committee_id, asked.member_id, today)
    transfer, month = open_transfer(scope.committee_id, asked.member_id), today.year * 12 + today.month - 1
    return proposed(origin_in(scope, asked.branch), version, transfer, cites, month)


def issued(request: HttpRequest, scope: Scope, asked: Asked, give: Give) -> HttpResponse:
    """The letter that was sent for, written by `give`; the form again where something does not fit."""
    form = wanted_form(request.POST)
    wanted = form.wanted(asked.person)
    if wanted is None:
        return letter_form(request, scope, asked, form, UNFIT)
    try:
        given = give(wanted=wanted)
    except Unfit as unfit:
        form.fault = str(unfit)
        return letter_form(request, scope, asked, form, UNFIT)
    messages.success(request, f"介绍信 {given.written} 已开具，转接记为在途。")
    return redirect("letter", given.id)


def letter_form(request: HttpRequest, scope: Scope, asked: Asked, form: WantedForm, status: int = 200) -> HttpResponse:
    """The form of a letter, as it is proposed or was sent."""
    committee_id, today = scope.committee_id, today_of(request)
    to, destinations = selectors.places_before(committee_id)
    cites = selectors.to_cite(committee_id, asked.member_id, today)
    context = {
        "asked": asked,
        "person": asked.person,
        "id_number": mask_id(asked.person.id_number),
        "phone": mask_phone(asked.person.phone),
        "form": form,
        "cites": cites,
        "wants_grounds": cites is not None and selectors.void_before_it_expired(cites) is not Void.MISWRITTEN,
        "origin": selectors.origin_of(committee_id),
        "next": selectors.next_number(committee_id, today.year),
        "directions": [(one, DEFAULT.days(one)) for one in Direction],
        "standings": list(Standing),
        "to": to,
        "destinations": destinations,
        "today": today,
    }
    return render(request, "transfers/lettering/issue.html", context, status=status)


def _page(
    request: HttpRequest,
    scope: Scope,
    found: IntroductionLetter,
    fault: str = "",
    typed: tuple[Void | None, str] = (None, ""),
) -> HttpResponse:
    """`fault`: what did not go through; `typed`: why it was to be void."""
    today, state = today_of(request), selectors.state(found, today_of(request))
    may_issue = selectors.held_by(found) in scope.branches(Permission.LETTERS_ISSUE)
    context = {
        "letter": found,
        "facts": found.facts,
        "id_number": mask_id(found.facts["身份证号"]),
        "phone": mask_phone(found.facts["本人电话"]),
        "dues": dues_words(found.dues),
        "branch": scope.tree[found.branch_id],
        "state": state,
        "due": receipt_due(found.issued_on) if state in (LetterState.VALID, LetterState.EXPIRED) else None,
        "may_issue": may_issue,
        "may_void": may_issue and state not in (LetterState.VOID, LetterState.RECEIVED),
        "again": may_issue and _is_to_cite(found, today),
        "place": None if found.entry_id else graduates_of(found.committee_id, [found.member_id]).get(found.member_id),
        "prints": selectors.prints_of(found),
        "is_copy": selectors.printed_before(found, today),
        "replaced_by": selectors.in_place_of(found),
        "pdf": has_font(fonts_folder()),
        "kinds": list(Void),
        "kind": typed[0],
        "reason": typed[1],
        "fault": fault,
    }
    return render(request, "transfers/lettering/letter.html", context, status=UNFIT if fault else 200)


def _is_to_cite(letter: IntroductionLetter, today: date) -> bool:
    cites = selectors.to_cite(letter.committee_id, letter.whose, today)
    return cites is not None and cites.id == letter.id
