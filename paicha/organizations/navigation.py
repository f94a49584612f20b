"""What the navigation offers a signed-in person: only what would open."""

from django.http import HttpRequest

from paicha.organizations.access import scope_of
from paicha.organizations.models import User
from paicha.organizations.permissions import Permission

OFFERED = {
    "register": Permission.REGISTER_VIEW,
    "campaigns": Permission.CAMPAIGN_VIEW,
    "collect": Permission.INTAKE_COLLECT,
    "organizations": Permission.ORGANIZATION_EDIT,
    "accounts": Permission.ACCOUNT_MANAGE,
    "audit": Permission.AUDIT_VIEW,
}


def offered(request: HttpRequest) -> dict[str, dict[str, bool]]:
    """Context of every page: `may.<what>`."""
    if not isinstance(getattr(request, "user", None), User):
        return {"may": {}}
    scope = scope_of(request)
    return {"may": {what: scope.allows(permission) for what, permission in OFFERED.items()}}
