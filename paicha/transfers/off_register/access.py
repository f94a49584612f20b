"""The gate of members who stand on no register."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope
from paicha.organizations.permissions import Permission
from paicha.register.access import branch_for
from paicha.register.models import Member
from paicha.register.roster.selectors import Listed, listed_member
from paicha.transfers.models import Receipt
from paicha.transfers.tracking.selectors import standing_receipt


@dataclass(frozen=True, slots=True)
class Found:
    """A member of a branch (`listed`), or somebody whose receipt ended that (`receipt`)."""

    member: Member
    branch_id: UUID
    listed: Listed | None
    receipt: Receipt | None

    @property
    def name(self) -> str:
        return self.listed.name if self.listed else self.member.name


def member_for(request: HttpRequest, permission: Permission, branch_id: UUID, member_id: UUID) -> tuple[Scope, Found]:
    """Somebody of this branch, for whoever holds `permission` there. Raises Http404, PermissionDenied."""
    scope = branch_for(request, permission, branch_id)
    listed = listed_member(scope.committee_id, branch_id, member_id)
    if listed is not None:
        return scope, Found(listed.member, branch_id, listed, None)
    receipt = standing_receipt(scope.committee_id, member_id, branch_id)
    if receipt is None:
        raise Http404
    return scope, Found(receipt.member, branch_id, None, receipt)
