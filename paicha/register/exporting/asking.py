"""Before a file with full numbers leaves: one page that says what is in it and asks for the password that it opens
with. The password is kept nowhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from paicha.formats.writers.protected import fault_of, new_password, protect
from paicha.organizations.models import User
from paicha.register.services import record_export
from paicha.web.downloads import XLSX, download

Protect = Callable[[bytes], bytes]  # a workbook → the workbook with its password, or as it is


@dataclass(frozen=True, slots=True)
class Export:
    """What is to be taken out: whose (`name`), which form, the page to go back to; `of` are the organizations whose
    people are in it with how many, an event each. `make` gives the file, every workbook in it through `Protect`."""

    name: str
    form: str
    of: Sequence[tuple[UUID, int]]
    back: str
    make: Callable[[Protect], bytes]
    file_name: str
    content_type: str = XLSX

    @property
    def people(self) -> int:
        return sum(people for _, people in self.of)


def take_out(request: HttpRequest, actor: User, export: Export) -> HttpResponse:
    """GET: the page that asks. POST: the file, recorded; the page again where the password will not do."""
    wants_password = request.POST.get("protected", "yes") == "yes"
    password = request.POST.get("password", "").strip()
    fault = fault_of(password) if request.method == "POST" and wants_password else ""
    if request.method == "GET" or fault:
        context = {
            "export": export,
            "password": password if fault else new_password(),
            "fault": fault,
            "wants_password": wants_password,
        }
        return render(request, "register/exporting/export.html", context, status=422 if fault else 200)

    def protected(workbook: bytes) -> bytes:
        return protect(workbook, password) if wants_password else workbook

    content = export.make(protected)
    for organization_id, people in export.of:
        record_export(actor=actor, branch_id=organization_id, form=export.form, people=people, protected=wants_password)
    return download(content, export.file_name, export.content_type)
