"""Pages of what every letter of the committee bears, and of the template that it is filled into."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.formats.writers.letter import FIELDS, LARGEST, OPTIONAL
from paicha.organizations.access import require
from paicha.organizations.permissions import Permission
from paicha.transfers.lettering.forms import origin_as_kept, origin_form
from paicha.transfers.lettering.papers import template_in_force, template_of
from paicha.transfers.lettering.printing import reset_template, set_template
from paicha.transfers.lettering.selectors import book, origin_of
from paicha.transfers.lettering.services import set_origin
from paicha.transfers.unfit import Unfit
from paicha.web.downloads import DOCX, download
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_http_methods(["GET", "POST"])
def origin(request: HttpRequest) -> HttpResponse:
    """单位信息: address, telephone, fax, postcode; where this year's numbers begin, before the first was given.
    `?entry=`: whose letter was to be issued."""
    scope, today = require(request, Permission.LETTERS_ISSUE), today_of(request)
    entry_id = _entry(request)
    form = origin_as_kept(origin_of(scope.committee_id), book(scope.committee_id, today.year))
    if request.method == "POST":
        form = origin_form(request.POST, asked=form.began_after is not None)
        try:
            if said := form.origin():
                set_origin(actor=scope.user, origin=said, today=today)
                messages.success(request, "已保存，以后开的介绍信都按它印。")
                return redirect("entry-letter", entry_id) if entry_id else redirect("letters")
        except Unfit as unfit:
            form.fault = str(unfit)
    context = {"form": form, "year": today.year, "committee": scope.tree.root}
    return render(request, "transfers/lettering/origin.html", context, status=UNFIT if form.fault else 200)


def _entry(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET.get("entry", ""))
    except ValueError:
        return None


@login_required
@require_http_methods(["GET", "POST"])
def template(request: HttpRequest) -> HttpResponse:
    """介绍信模板: the one in force, another one in its place."""
    scope, fault = require(request, Permission.LETTERS_ISSUE), ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if file is None:
            fault = "还没有选择文件"
        elif (file.size or 0) > LARGEST:
            fault = f"文件太大：模板不超过 {LARGEST // 1024 // 1024} MB"
        else:
            try:
                set_template(actor=scope.user, name=file.name or "模板.docx", content=file.read())
                messages.success(request, "模板已换上，以后的 .docx 介绍信都用它。")
                return redirect("letter-template")
            except Unfit as unfit:
                fault = str(unfit)
    context = {
        "own": template_in_force(scope.committee_id),
        "fault": fault,
        "fields": [name for name in FIELDS if name not in OPTIONAL],
        "optional": sorted(OPTIONAL),
    }
    return render(request, "transfers/lettering/template.html", context, status=UNFIT if fault else 200)


@login_required
@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """The template in force, to be edited."""
    scope = require(request, Permission.LETTERS_ISSUE)
    return download(template_of(scope.committee_id), "介绍信模板.docx", DOCX)


@login_required
@require_POST
def built_in(request: HttpRequest) -> HttpResponse:
    """Back to the built-in template."""
    scope = require(request, Permission.LETTERS_ISSUE)
    reset_template(actor=scope.user)
    messages.success(request, "已换回自带的模板。")
    return redirect("letter-template")
