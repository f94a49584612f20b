"""Pages of letters for a cohort: what is lacking, who can be given one, all at once; the papers of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from paicha.domain.graduate_list import Field
from paicha.domain.graduates import Next
from paicha.domain.letters import written
from paicha.formats.writers.letter_list import SHEET, Taken, write_letter_list
from paicha.formats.writers.letter_sheet import has_font
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.contacts.forms import read_day
from paicha.register.exports import provenance
from paicha.register.rules import rules_of
from paicha.register.services import record_export
from paicha.transfers.graduating import services
from paicha.transfers.graduating.access import cohort_for
from paicha.transfers.graduating.forms import FOR_LETTER, RowForm, over_what_stands, typed_rows
from paicha.transfers.graduating.issuing.candidates import Candidate, candidates, digest_of
from paicha.transfers.graduating.issuing.services import issue_letters
from paicha.transfers.graduating.models import Cohort
from paicha.transfers.graduating.selectors import Person, people_of
from paicha.transfers.lettering.models import Form, IntroductionLetter
from paicha.transfers.lettering.papers import fonts_folder
from paicha.transfers.lettering.printing import print_letters
from paicha.transfers.lettering.selectors import letters, next_number, of_members, origin_of, places_before
from paicha.transfers.lettering.views import TYPES
from paicha.transfers.unfit import Unfit
from paicha.web.downloads import download
from paicha.web.today import today_of

UNFIT = 422
FILLED = (Field.DUES, Field.STANDING, Field.DIRECTION)
"""What is alike for many, and can be said once for all who lack it."""


@dataclass(slots=True)
class Batch:
    """A cohort as the page of letters looks at it: of all my branches or of one (`?branch=`)."""

    scope: Scope
    cohort: Cohort
    today: date
    names: dict[UUID, str]
    people: list[Person]
    found: list[Candidate]

    @property
    def ready(self) -> list[Candidate]:
        return [one for one in self.found if not one.lacking]


@login_required
@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """成批开介绍信: who can be given one, and what the others lack; a POST saves what was typed of those."""
    batch = _batch(request, cohort_id)
    if request.method == "GET":
        return _page(request, batch)
    lacking = [one.person for one in batch.found if one.lacking]
    forms = typed_rows(request.POST, lacking, FOR_LETTER)
    _fill(request, forms)
    said = {form.key: (form.seen, form.values()) for form in forms if form.typed}
    if any(form.faults for form in forms):
        messages.error(request, "还没有保存：有的格子填得不对，见下面红字。填好的都还在。")
        return _page(request, batch, forms)
    overtaken = services.revise(actor=batch.scope.user, cohort_id=cohort_id, said=said)
    if overtaken:
        messages.warning(
            request, f"{len(overtaken)} 人在您填写时别人改过，没有保存，您填的还在下面标出的行里；其他的已保存。"
        )
        now = _batch(request, cohort_id)
        return _page(request, now, over_what_stands((form for form in forms if form.key in overtaken), now.people))
    messages.success(request, "已保存。")
    return redirect(request.get_full_path())


@login_required
@require_POST
def issue(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """A letter for each that was ticked, if they are still those that were looked at."""
    batch = _batch(request, cohort_id)
    ticked = set(request.POST.getlist("graduate"))
    chosen = [one for one in batch.ready if str(one.person.graduate.id) in ticked]
    try:
        if not ticked:
            raise Unfit("还没有勾选要开的人")
        if digest_of(batch.ready, batch.today) != request.POST.get("digest"):
            raise Unfit("名单在您核对时有了改动，请再核对一次")
        given = issue_letters(actor=batch.scope.user, cohort_id=cohort_id, chosen=chosen, today=batch.today)
    except Unfit as unfit:
        messages.error(request, f"一封也没有开：{unfit}。")
    else:
        numbers = given[0].written if len(given) == 1 else f"{given[0].written}到{given[-1].written}"
        messages.success(request, f"已开 {len(given)} 封介绍信：{numbers}，转接记为在途。下面可以打印。")
    return redirect(_address(request, cohort_id))


@login_required
@require_POST
def papers(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """All letters of a day (`day`) in one document, an A4 page each; or the list to sign for them (`form=list`)."""
    batch = _batch(request, cohort_id)
    day = read_day(request.POST.get("day", ""))
    chosen = [letter for letter in _given(batch) if letter.issued_on == day and letter.voided_at is None]
    if not chosen:
        messages.error(request, "这一天没有开过介绍信，或都已作废。")
        return redirect(_address(request, cohort_id))
    if request.POST.get("form") == "list":
        return _list(batch, chosen)
    form = next((one for one in Form if one.name.lower() == request.POST.get("form")), Form.DOCX)
    try:
        ids = [letter.id for letter in chosen]
        file = print_letters(actor=batch.scope.user, letters=ids, form=form, today=batch.today)
    except Unfit as unfit:
        messages.error(request, f"没有做出来：{unfit}。")
        return redirect(_address(request, cohort_id))
    return download(file.opened(), file.name, TYPES[form])


def _batch(request: HttpRequest, cohort_id: UUID) -> Batch:
    scope, cohort = cohort_for(request, Permission.LETTERS_ISSUE, cohort_id)
    mine, today = scope.branches(Permission.LETTERS_ISSUE), today_of(request)
    chosen = {id_ for id_ in mine if str(id_) == request.GET.get("branch")} or mine
    names = {node.id: node.name for node in scope.tree.branches()}
    people = people_of(scope.committee_id, chosen, names, today, cohort)
    home = rules_of(scope.tree, scope.committee_id, today).home
    committee = scope.tree.root.name if scope.tree.root else ""
    return Batch(scope, cohort, today, names, people, candidates(people, names, committee, home, today))


def _page(request: HttpRequest, batch: Batch, sent: Sequence[RowForm] = ()) -> HttpResponse:
    """`sent`: rows as they were typed, with their faults."""
    committee_id, typed = batch.scope.committee_id, {form.key: form for form in sent}
    number = next_number(committee_id, batch.today.year)
    lacking = [one for one in batch.found if one.lacking]
    forms = [typed.get(one.person.graduate.id) or _row(one) for one in lacking]
    rows = [(one, form, batch.names.get(one.person.at, "")) for one, form in zip(lacking, forms, strict=True)]
    to, destinations = places_before(committee_id)
    given: dict[date, int] = {}
    for letter in _given(batch):
        given[letter.issued_on] = given.get(letter.issued_on, 0) + (letter.voided_at is None)
    context = {
        "cohort": batch.cohort,
        "origin": origin_of(committee_id),
        "ready": [
            (one, batch.names.get(one.person.at, ""), written(batch.today.year, at))
            for at, one in enumerate(batch.ready, number)
        ],
        "digest": digest_of(batch.ready, batch.today),
        "lacking": rows,
        "filled": [(field, _row_cell(field)) for field in FILLED],
        "unsettled": sum(one.next is Next.FIND_OUT and one.here for one in batch.people),
        "kept": sum(one.next is Next.KEEP for one in batch.people),
        "given": sorted(given.items(), reverse=True),
        "pdf": has_font(fonts_folder()),
        "to": to,
        "destinations": destinations,
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
    return render(request, "transfers/graduating/letters.html", context, status=UNFIT if sent else 200)


def _row(one: Candidate) -> RowForm:
    """What is known, and where nothing is, what is likely."""
    return RowForm(one.person, FOR_LETTER, one.person.version.n, dict(one.proposed))


def _row_cell(field: Field) -> str:
    return f"all-{field.name.lower()}"


def _fill(request: HttpRequest, forms: Sequence[RowForm]) -> None:
    """What is said once for all goes to whom it is lacking."""
    for field in FILLED:
        text = request.POST.get(_row_cell(field), "").strip()
        for form in forms if text else ():
            if not form.typed.get(field, form.known(field)):
                form.typed[field] = text


def _given(batch: Batch) -> list[IntroductionLetter]:
    """The letters of these people, by number."""
    members = [person.graduate.member_id for person in batch.people]
    found = letters(batch.scope.committee_id).filter(of_members(members))
    return list(found.select_related("member").order_by("year", "number"))


def _list(batch: Batch, chosen: Sequence[IntroductionLetter]) -> HttpResponse:
    scope, out = batch.scope, BytesIO()
    taken = [
        Taken(
            letter.written,
            letter.facts["姓名"],
            batch.names.get(letter.branch_id, ""),
            letter.facts["去"],
            letter.validity.last_day.isoformat(),
        )
        for letter in chosen
    ]
    said = provenance(rules_of(scope.tree, scope.committee_id, batch.today), scope.user, timezone.localtime())
    write_letter_list(out, title=f"{batch.cohort.name}毕业生", letters=taken, provenance=said)
    record_export(actor=scope.user, branch_id=scope.committee_id, form=SHEET, people=len(taken))
    return download(out.getvalue(), f"{batch.cohort.name}{SHEET}.xlsx")


def _address(request: HttpRequest, cohort_id: UUID) -> str:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return f"{reverse('cohort-letters', args=[cohort_id])}{query}"
