"""Pages of contacts: one person's, and who of my branches is to be contacted."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.organizations.access import Scope, require
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.contacts import services
from paicha.register.contacts.access import contact_for
from paicha.register.contacts.forms import ContactForm, PersonForm, contact_form, person_form
from paicha.register.contacts.section import section_of
from paicha.register.contacts.selectors import contact_persons, overdue
from paicha.register.models import RegisterEntry
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_GET
def follow_ups(request: HttpRequest) -> HttpResponse:
    """该联系的人: overdue or due within two weeks, of all my branches or of one (`?branch=`)."""
    scope = require(request, Permission.REGISTER_VIEW)
    mine = scope.branches(Permission.REGISTER_VIEW)
    branches = [node for node in scope.tree.branches() if node.id in mine]
    chosen = next((node for node in branches if str(node.id) == request.GET.get("branch")), None)
    found = overdue(scope.committee_id, [chosen.id] if chosen else [node.id for node in branches], today_of(request))
    persons = contact_persons(scope.committee_id, [follow_up.entry.id for follow_up in found.people])
    context = {
        "branches": branches,
        "chosen": chosen,
        "people": [(f, scope.tree[f.entry.branch_id], persons.get(f.entry.id)) for f in found.people],
        "overdue": sum(follow_up.days_left < 0 for follow_up in found.people),
        "lost": sum(follow_up.maybe_lost for follow_up in found.people),
        "more": found.more,
    }
    return render(request, "register/contacts/follow_ups.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def contacts(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """One person's contacts, and one more."""
    permission = Permission.REGISTER_EDIT if request.method == "POST" else Permission.REGISTER_VIEW
    scope, entry = entry_for(request, permission, entry_id)
    today = today_of(request)
    if request.method != "POST":
        return _page(request, scope, entry)
    form = contact_form(request.POST, today)
    day, way = form.day, form.chosen_way
    if form.faults or day is None or way is None:
        return _page(request, scope, entry, contact=form)
    try:
        services.record_contact(
            actor=scope.user,
            entry_id=entry.id,
            happened_on=day,
            way=way,
            purposes=form.chosen_purposes,
            reached=form.reached == "yes",
            said=form.said,
            by=form.by or scope.user.name,
            today=today,
        )
    except services.Unfit as unfit:
        form.faults["happened_on"] = str(unfit)
        return _page(request, scope, entry, contact=form)
    messages.success(request, f"已记下 {day.isoformat()} 的联系。")
    return redirect("entry-contacts", entry.id)


@login_required
@require_POST
def contact_person(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """Name who keeps in touch with one person."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    form = person_form(request.POST, today_of(request))
    day = form.day
    if form.faults or day is None:
        return _page(request, scope, entry, person=form)
    try:
        services.set_contact_person(
            actor=scope.user,
            entry_id=entry.id,
            name=form.name,
            phone=form.phone,
            since=day,
            today=today_of(request),
        )
    except services.Unfit as unfit:
        form.faults["since"] = str(unfit)
        return _page(request, scope, entry, person=form)
    messages.success(request, f"联系人是 {form.name}。")
    return redirect("entry-contacts", entry.id)


@login_required
@require_POST
def withdraw(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Take back a record made by mistake."""
    scope, contact = contact_for(request, Permission.REGISTER_EDIT, contact_id)
    try:
        services.withdraw_contact(actor=scope.user, contact_id=contact.id)
    except services.Unfit as unfit:
        messages.error(request, f"{unfit}。")
    else:
        messages.success(request, f"已撤回 {contact.happened_on.isoformat()} 的联系记录；它仍列在下面，不再作数。")
    return redirect("entry-contacts", contact.entry_id)


def _page(
    request: HttpRequest,
    scope: Scope,
    entry: RegisterEntry,
    contact: ContactForm | None = None,
    person: PersonForm | None = None,
) -> HttpResponse:
    context = {
        "branch": scope.tree[entry.branch_id],
        "entry": entry,
        "contacts": section_of(scope, entry, today_of(request), contact, person),
    }
    return render(request, "register/contacts/contacts.html", context, status=UNFIT if contact or person else 200)
