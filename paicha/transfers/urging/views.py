"""One call: what to say, and what came of it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from paicha.domain.advice import Course
from paicha.domain.annex1 import Column
from paicha.domain.calling import script
from paicha.domain.masking import mask_phone
from paicha.domain.readings import as_text
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import entry_for
from paicha.register.contacts.forms import ContactForm, contact_form
from paicha.register.contacts.models import Purpose, Way
from paicha.register.contacts.selectors import contact_persons
from paicha.register.contacts.services import Unfit as UnfitContact
from paicha.register.models import RegisterEntry
from paicha.register.selectors import current_of
from paicha.transfers.advising.selectors import advised
from paicha.transfers.unfit import Unfit
from paicha.transfers.urging import services
from paicha.web.today import today_of

UNFIT = 422
ALSO = [Purpose.FOLLOW_UP, Purpose.TRANSFER, Purpose.REPORT_IN, Purpose.EDUCATION, Purpose.VERIFY]


@login_required
@require_http_methods(["GET", "POST"])
def urge(request: HttpRequest, entry_id: UUID) -> HttpResponse:
    """打电话督促转移, or 督促报到 where that is advised: the script beside the form. Once written down, the list with
    the next one comes, or the page of the report-in of who says to have reported in."""
    scope, entry = entry_for(request, Permission.REGISTER_EDIT, entry_id)
    today = today_of(request)
    if request.method == "GET":
        person = contact_persons(scope.committee_id, [entry.id]).get(entry.id)
        by = person.name if person else scope.user.name
        return _page(request, scope, entry, ContactForm(today.isoformat(), str(Way.PHONE.value), by=by))
    form = contact_form(request.POST, today)
    form.faults.pop("purposes", None)  # what it is about goes without saying
    about = _about(entry, today)
    day, way = form.day, form.chosen_way
    if form.faults or day is None or way is None:
        return _page(request, scope, entry, form)
    try:
        services.record_call(
            actor=scope.user,
            entry_id=entry.id,
            happened_on=day,
            way=way,
            purposes=form.chosen_purposes,
            reached=form.reached == "yes",
            said=form.said,
            by=form.by or scope.user.name,
            today=today,
            about=about,
        )
    except (Unfit, UnfitContact) as unfit:
        form.faults["happened_on"] = str(unfit)
        return _page(request, scope, entry, form)
    messages.success(request, f"已记下和 {current_of(entry).name} 的联系。")
    if request.POST.get("reported") == "yes":
        return redirect("entry-report-in", entry.id)
    return redirect(reverse("urging") if about is Purpose.TRANSFER else f"{reverse('report-ins')}?show=urge")


def _about(entry: RegisterEntry, today: date) -> Purpose:
    """What one calls about: reporting in where the advice is to, else transferring."""
    return Purpose.REPORT_IN if advised(entry, today).course is Course.REPORT_IN else Purpose.TRANSFER


def _page(request: HttpRequest, scope: Scope, entry: RegisterEntry, form: ContactForm) -> HttpResponse:
    branch, advice = scope.tree[entry.branch_id], advised(entry, today_of(request))
    about = _about(entry, today_of(request))
    context = {
        "branch": branch,
        "entry": entry,
        "advised": advice,
        "script": script(advice.course or Course.ENCOURAGE, branch.name),
        "phone": mask_phone(as_text(current_of(entry).cells[Column.PHONE])),
        "form": form,
        "about": about,
        "about_report_in": about is Purpose.REPORT_IN,
        "reported": request.POST.get("reported") == "yes",
        "also": [(purpose, chosen) for purpose, chosen in form.choices if purpose in ALSO and purpose is not about],
    }
    return render(request, "transfers/urge.html", context, status=UNFIT if form.faults else 200)
