"""开介绍信 for one graduate who stands on no register; who does has the page of their entry."""

from datetime import date
from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from paicha.domain.graduate_list import Field
from paicha.domain.introduction import Standing
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.roster.selectors import listed_member
from paicha.transfers.graduating.access import graduate_for
from paicha.transfers.graduating.models import GraduateVersion
from paicha.transfers.graduating.selectors import branch_of
from paicha.transfers.lettering.forms import WantedForm
from paicha.transfers.lettering.listed import person_listed
from paicha.transfers.lettering.services import issue_to
from paicha.transfers.lettering.views import Asked, issued, letter_form, proposed_for
from paicha.transfers.tracking.moving import Whom
from paicha.web.today import today_of


@login_required
@require_http_methods(["GET", "POST"])
def issue(request: HttpRequest, graduate_id: UUID) -> HttpResponse:
    """One letter, with the grounds that a new one after six months wants."""
    scope, graduate = graduate_for(request, Permission.LETTERS_ISSUE, graduate_id)
    today, branch_id, version = today_of(request), branch_of(graduate), graduate.current
    listed = listed_member(scope.committee_id, branch_id, graduate.member_id)
    if listed is None or version is None or graduate.taken_off_at is not None:
        raise Http404
    if listed.entry is not None:
        return redirect("entry-letter", listed.entry.id)
    person = person_listed(listed, version.text(Field.PHONE), today)
    back = reverse("graduate", args=[graduate.id])
    mend = reverse("branch-roster", args=[branch_id])
    asked = Asked(person, graduate.member_id, scope.tree[branch_id].name, back, mend, "党员名册")
    if request.method == "GET":
        return letter_form(request, scope, asked, _proposed(scope, asked, version, today))
    whom = Whom(graduate.member, branch_id)
    return issued(request, scope, asked, partial(issue_to, actor=scope.user, whom=whom, today=today))


def _proposed(scope: Scope, asked: Asked, version: GraduateVersion, today: date) -> WantedForm:
    """What the cohort's list knows, then what a letter before it or the transfer say."""
    form = proposed_for(scope, asked, None, today)
    form.to, form.destination = version.text(Field.TO) or form.to, version.text(Field.ORGANIZATION) or form.destination
    form.dues, form.graduate = version.text(Field.DUES) or form.dues, True
    if version.direction:
        form.direction = str(version.direction.value)
    standing = next((one for one in Standing if one.label == version.text(Field.STANDING)), None)
    form.standing = str(standing.value) if standing else form.standing
    return form
