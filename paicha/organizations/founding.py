"""The first start: a committee and its first administrator."""

from datetime import date

from django.contrib.auth import password_validation
from django.db import transaction

from paicha.organizations.models import Organization, User
from paicha.organizations.permissions import Role
from paicha.organizations.services import found_committee, grant_role, invite, set_password
from paicha.tenancy.current import working_for


def needs_founding() -> bool:
    return not User.objects.exists()


def found(*, committee: str, home_code: str, username: str, name: str, password: str, today: date) -> Organization:
    """Make the committee and its administrator. Raises ValidationError (Chinese) where the password is too weak: then
    nothing has been made."""
    password_validation.validate_password(password, User(username=username, name=name))
    with transaction.atomic():
        root = found_committee(name=committee, home_code=home_code, today=today)
        with working_for(root.committee_id):
            user, _ = invite(actor=None, committee_id=root.committee_id, username=username, name=name)
            grant_role(actor=None, user=user, organization=root, role=Role.ADMINISTRATOR)
            set_password(user=user, password=password)
    return root
