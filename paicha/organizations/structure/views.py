"""Pages of the tree: all organizations, one with its history, and what changes it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from paicha.domain.gazetteer import find_division
from paicha.domain.masking import mask_phone
from paicha.organizations.access import Scope, require
from paicha.organizations.models import Kind, Organization
from paicha.organizations.permissions import Permission
from paicha.organizations.selectors import history, organizations
from paicha.organizations.services import Unfit
from paicha.organizations.structure import services
from paicha.organizations.structure.access import organization_for
from paicha.organizations.structure.forms import AddForm, DetailsForm, MergeForm, MoveForm, NameForm, SplitForm
from paicha.organizations.tree import Node
from paicha.web.today import today_of

UNFIT = 422


@login_required
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Every organization, as the tree is; below it those that are no more."""
    scope = require(request, Permission.ORGANIZATION_EDIT)
    root = scope.tree.root
    nodes = list(scope.tree.walk(root.id)) if root else []
    known = organizations(scope.committee_id, scope.tree.nodes)
    context = {
        "rows": [_row(node, scope.tree.depth(node.id), known[node.id]) for node in nodes],
        "branches": len(scope.tree.branches()),
        "former": sorted(scope.tree.former.values(), key=lambda node: node.name),
    }
    return render(request, "organizations/structure/tree.html", context)


def _row(node: Node, depth: int, organization: Organization) -> dict[str, object]:
    return {
        "node": node,
        "organization": organization,
        "phone": mask_phone(organization.phone),
        "home": _home(organization),
        "depth": depth,
    }


def _home(organization: Organization) -> str:
    found = find_division(organization.home_code) if organization.home_code else None
    return found.name if found else organization.home_code


@login_required
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """One organization: edit what has no history, and see what has."""
    scope, organization = organization_for(request, organization_id)
    if request.method == "POST" and organization.id not in scope.tree:
        return _gone(request, organization)
    form = DetailsForm(request.POST if request.method == "POST" else None, known=organization)
    if form.is_valid():
        try:
            changed = services.edit(actor=scope.user, organization_id=organization.id, details=form.details)
            messages.success(request, f"已保存：{'、'.join(changed)}。" if changed else "没有改动。")
            return redirect("organization", organization.id)
        except Unfit as unfit:
            form.add_error("aliases" if "别名" in str(unfit) else None, str(unfit))
    return _page(request, scope, organization, details=form)


def _page(request: HttpRequest, scope: Scope, organization: Organization, **given: forms.Form) -> HttpResponse:
    """The page of one organization; `given`: forms as they were sent."""
    node = scope.tree[organization.id]
    context: dict[str, Any] = {
        "node": node,
        "stands": organization.id in scope.tree,
        "organization": organization,
        "phone": mask_phone(organization.phone),
        "home": _home(organization),
        "above": scope.tree[node.parent_id] if node.parent_id else None,
        "below": scope.tree.children(node.id),
        "history": history(scope.committee_id, organization.id),
        "details": given.get("details") or DetailsForm(known=organization),
        "renaming": given.get("renaming") or NameForm(initial={"name": node.name}, prefix="rename"),
        "moving": given.get("moving") or MoveForm(scope.tree, node, initial={"parent": node.parent_id}, prefix="move"),
        "splitting": given.get("splitting") or SplitForm(prefix="split"),
        "opened": next(iter(given), ""),
    }
    unfit = any(form.is_bound for form in given.values())
    return render(request, "organizations/structure/organization.html", context, status=UNFIT if unfit else 200)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """A new organization."""
    scope = require(request, Permission.ORGANIZATION_EDIT)
    form = AddForm(
        scope.tree,
        request.POST if request.method == "POST" else None,
        initial={"parent": request.GET.get("parent"), "kind": Kind.BRANCH.value},
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = services.add(
                actor=scope.user,
                parent_id=data["parent"],
                name=data["name"],
                kind=data["kind"],
                details=form.details,
                today=today_of(request),
            )
            messages.success(request, f"已新增{data['name']}。")
            return redirect("organization", made.id)
        except Unfit as unfit:
            form.add_error("name" if "名称" in str(unfit) else "kind", str(unfit))
    status = UNFIT if form.is_bound else 200
    return render(request, "organizations/structure/add.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Several become one."""
    scope = require(request, Permission.ORGANIZATION_EDIT)
    form = MergeForm(scope.tree, request.POST if request.method == "POST" else None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            into = services.merge(
                actor=scope.user,
                source_ids=data["sources"],
                into_id=data["into"],
                name=data["name"],
                today=today_of(request),
            )
            messages.success(
                request,
                "合并好了。原来党支部里的人还没有动：请到首页“今天要做的”，一次转过来。原来的组织仍可查看，列在“党组织”页的最下面。",
            )
            return redirect("organization", into.id)
        except Unfit as unfit:
            form.add_error(None, f"{unfit}。")
    status = UNFIT if form.is_bound else 200
    return render(request, "organizations/structure/merge.html", {"form": form}, status=status)


@login_required
@require_POST
def rename(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """A new name from today on."""
    scope, organization = organization_for(request, organization_id)
    form = NameForm(request.POST, prefix="rename")

    def write() -> str:
        name = form.cleaned_data["name"]
        services.rename(actor=scope.user, organization_id=organization.id, name=name, today=today_of(request))
        return f"已更名为{name}。原名留作别名，用原名交来的表照样认得。"

    return _changed(request, scope, organization, "renaming", form, "name", write)


@login_required
@require_POST
def move(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Under another organization from today on."""
    scope, organization = organization_for(request, organization_id)
    form = MoveForm(scope.tree, scope.tree[organization.id], request.POST, prefix="move")

    def write() -> str:
        parent = form.cleaned_data["parent"]
        services.move(actor=scope.user, organization_id=organization.id, parent_id=parent, today=today_of(request))
        return f"现在属于{scope.tree[parent].name}。"

    return _changed(request, scope, organization, "moving", form, "parent", write)


@login_required
@require_POST
def split(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """Found new organizations out of this one."""
    scope, organization = organization_for(request, organization_id)
    form = SplitForm(request.POST, prefix="split")

    def write() -> str:
        made = services.split(
            actor=scope.user,
            organization_id=organization.id,
            names=form.lines,
            ends=form.cleaned_data["ends"],
            today=today_of(request),
        )
        return f"拆分出了{len(made)}个组织。"

    return _changed(request, scope, organization, "splitting", form, "names", write)


def _changed(
    request: HttpRequest,
    scope: Scope,
    organization: Organization,
    name: str,
    form: forms.Form,
    field: str,
    write: Callable[[], str],
) -> HttpResponse:
    """Write what a form asks for and say so; or show the page again with what is wrong and what was typed."""
    if organization.id not in scope.tree:
        return _gone(request, organization)
    if form.is_valid():
        try:
            messages.success(request, write())
            return redirect("organization", organization.id)
        except Unfit as unfit:
            form.add_error(field, str(unfit))
    return _page(request, scope, organization, **{name: form})


def _gone(request: HttpRequest, organization: Organization) -> HttpResponse:
    messages.error(request, "这个组织已经合并、拆分或撤销，不能再改。")
    return redirect("organization", organization.id)


@login_required
@require_POST
def close(request: HttpRequest, organization_id: UUID) -> HttpResponse:
    """An organization that is no more."""
    scope, organization = organization_for(request, organization_id)
    try:
        services.close(actor=scope.user, organization_id=organization.id, today=today_of(request))
        messages.success(request, f"{scope.tree[organization.id].name}已撤销，仍可在组织页的最下面查看。")
    except Unfit as unfit:
        messages.error(request, f"{unfit}。")
    return redirect("organization", organization.id)
