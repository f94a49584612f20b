"""A made-up college on the database that the environment names (paicha.config.settings), for the measurements to work
on. Django must be set up before."""

from collections.abc import Iterable
from datetime import date

from paicha.domain.divisions import find_home
from paicha.organizations.models import Kind, Organization, User
from paicha.organizations.permissions import Role
from paicha.organizations.services import add_organization, found_committee, grant_role, invite
from paicha.tenancy.current import working_for

TODAY = date(2023, 12, 1)
HOME = find_home("武汉市")


def found_college(branches: Iterable[str]) -> tuple[Organization, list[Organization]]:
    """A committee in 武汉市 and its branches, in their order."""
    root = found_committee(name="中共楚云学院委员会", home_code=HOME.code, today=TODAY)
    with working_for(root.committee_id):
        made = [
            add_organization(actor=None, parent=root, name=name, kind=Kind.BRANCH, today=TODAY, rank=rank)
            for rank, name in enumerate(branches)
        ]
    return root, made


def account(username: str, role: Role, place: Organization) -> User:
    """An account with one role; it has no password yet."""
    with working_for(place.committee_id):
        user, _ = invite(actor=None, committee_id=place.committee_id, username=username, name=username)
        grant_role(actor=None, user=user, organization=place, role=role)
    return user
