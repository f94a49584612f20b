"""Reads of the second factor. At sign-in the request does not work for a committee yet: so each says for which."""

from uuid import UUID

from paicha.organizations.models import RecoveryCode, SecondFactor, SignInRule, User
from paicha.tenancy.current import working_for


def requires_second_factor(committee_id: UUID) -> bool:
    """Whether a committee asks everybody for a code."""
    with working_for(committee_id):
        return SignInRule.objects.filter(committee_id=committee_id, second_factor=True).exists()


def has_second_factor(user: User) -> bool:
    """Whether an account has its authenticator set up."""
    with working_for(user.committee_id):
        return SecondFactor.objects.filter(committee_id=user.committee_id, user=user).exists()


def recovery_codes_left(user: User) -> int:
    found = RecoveryCode.objects.filter(committee_id=user.committee_id, user=user, used_at=None)
    return found.count()
