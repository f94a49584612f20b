"""The gate of introduction letters: one line at the start of each view."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope, scope_of
from paicha.organizations.permissions import Permission
from paicha.transfers.lettering.models import IntroductionLetter
from paicha.transfers.lettering.selectors import held_by, letter_of


def letter_for(request: HttpRequest, permission: Permission, letter_id: UUID) -> tuple[Scope, IntroductionLetter]:
    """A letter and the scope of a person who holds `permission` at its member's branch. Raises Http404,
    PermissionDenied."""
    scope = scope_of(request)
    letter = letter_of(scope.committee_id, letter_id)
    if letter is None:
        raise Http404
    scope.check(permission, held_by(letter))
    return scope, letter
