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
# Which entry of the navigation a page stands under, by the beginning of its address.
SECTIONS = {
    "": "home",
    **dict.fromkeys(("overview", "branches", "entries", "contacts"), "overview"),
    **dict.fromkeys(("campaigns", "units", "submissions", "consultations"), "campaigns"),
    "uploads": "send",
    **dict.fromkeys(("urging", "letters", "report-ins", "graduates"), "transfers"),
}


def offered(request: HttpRequest) -> dict[str, object]:
    """Context of every page: `may.<what>`, and `section`, the entry that it stands under."""
    if not isinstance(getattr(request, "user", None), User):
        return {"may": {}}
    scope = scope_of(request)
    first = request.path_info.split("/")[1]
    may = {what: scope.allows(permission) for what, permission in OFFERED.items()}
    return {"may": may, "section": SECTIONS.get(first, first)}
