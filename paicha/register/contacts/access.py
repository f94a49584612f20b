"""The gate to one contact record."""

from uuid import UUID

from django.http import Http404, HttpRequest

from paicha.organizations.access import Scope, scope_of
from paicha.organizations.permissions import Permission
from paicha.register.contacts.models import ContactRecord


def contact_for(request: HttpRequest, permission: Permission, contact_id: UUID) -> tuple[Scope, ContactRecord]:
    """A record and the scope of a person who holds `permission` at its branch. Raises Http404, PermissionDenied."""
    scope = scope_of(request)
    contact = (
        ContactRecord.objects.filter(committee_id=scope.committee_id, id=contact_id).select_related("entry").first()
    )
    if contact is None:
        raise Http404
    scope.check(permission, contact.entry.branch_id)
    return scope, contact
