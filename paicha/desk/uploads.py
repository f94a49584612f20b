"""Files that came in and that nobody has decided on, each kind with its own pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from paicha.desk.item import Todo
from paicha.desk.overview import Line
from paicha.intake.models import Upload
from paicha.intake.selectors import undecided
from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.importing.views import KIND as REGISTER
from paicha.register.roster.importing.reading import ROSTER
from paicha.transfers.exported.reading import KIND as EXPORTED
from paicha.transfers.graduating.importing.reading import GRADUATES

NEWEST = 5  # senders of uploads that are named


@dataclass(frozen=True, slots=True)
class Kind:
    """What a kind of upload is called where the office sends it, what becomes of it, the page of one and of all;
    `of_branch`: whether a branch has a page of all its own (`branch-` + `all`)."""

    called: str
    done: str
    one: str
    all: str
    of_branch: bool = True


KINDS = {
    REGISTER: Kind("收表", "写入台账", "upload", "send"),
    ROSTER.kind: Kind("党员名册", "写入名册", "roster-upload", "roster"),
    GRADUATES.kind: Kind("毕业生名单", "写入毕业生名单", "graduates-upload", "graduates", of_branch=False),
    EXPORTED: Kind("系统转接名单", "写入转接", "exported-upload", "exported"),
}


def uploads(scope: Scope, lines: Sequence[Line], today: date) -> Iterator[Todo]:
    """Of each kind a line for each branch that sent some, and one for the office's own."""
    everybody, mine = scope.allows(Permission.INTAKE_COLLECT), scope.branches(Permission.INTAKE_UPLOAD)
    waiting: dict[tuple[str, UUID | None], list[Upload]] = {}
    for upload in undecided(scope.committee_id, mine, timezone.now(), everybody=everybody):
        waiting.setdefault((upload.kind, upload.branch_id), []).append(upload)
    for (name, branch_id), sent in list(waiting.items())[:NEWEST]:
        if kind := KINDS.get(name):
            whose = scope.tree[branch_id].name if branch_id else kind.called
            yield _todo(kind, whose, branch_id, sent)


def _todo(kind: Kind, whose: str, branch_id: UUID | None, sent: Sequence[Upload]) -> Todo:
    if len(sent) == 1:
        day = f"{timezone.localtime(sent[0].received_at):%m-%d}"
        return Todo("warning", f"{whose}：{day} 上传的表格还没有{kind.done}", reverse(kind.one, args=[sent[0].id]))
    url = reverse(f"branch-{kind.all}", args=[branch_id]) if branch_id and kind.of_branch else reverse(kind.all)
    return Todo("warning", f"{whose}：有 {len(sent)} 批上传的表格没有{kind.done}，也没有放弃", url)
