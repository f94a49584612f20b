"""Writes of the second factor: set up, taken at sign-in, reset."""

from datetime import datetime

from django.db import transaction

from paicha.audit.events import Event
from paicha.organizations.factors.codes import new_recovery_codes, spoken, step_of
from paicha.organizations.models import RecoveryCode, SecondFactor, User
from paicha.organizations.services import Unfit, record_account
from paicha.tenancy.current import working_for
from paicha.vault.hashing import Hashed, keyed_hash


@transaction.atomic
def set_up(*, user: User, secret: str, code: str, now: datetime) -> list[str]:
    """Keep the secret of an authenticator that gives right codes; returns the recovery codes, which are shown once.
    Raises Unfit for a wrong code, and for an account that has an authenticator."""
    step = step_of(secret, spoken(code), now)
    if step is None:
        raise Unfit("六位数字不对。请看手机上现在的数字；总是不对的话，请把手机的时间设为自动")
    if SecondFactor.objects.filter(committee_id=user.committee_id, user=user).exists():
        raise Unfit("这个账号已经设了动态口令；换手机请让系统管理员重置")
    SecondFactor(committee_id=user.committee_id, user=user, secret=secret, last_step=step).save(force_insert=True)
    codes = new_recovery_codes()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(committee_id=user.committee_id, user=user, code_hash=_hash(user, one)) for one in codes
    )
    record_account(Event.SECOND_FACTOR_SET, user, user)
    return codes


def take_code(*, user: User, code: str, now: datetime) -> bool:
    """Whether a code is right; each, of the authenticator or of the paper, is taken once. The request works for no
    committee yet."""
    with working_for(user.committee_id), transaction.atomic():
        typed = spoken(code)
        return _of_authenticator(user, typed, now) or _of_paper(user, typed, now)


def _of_authenticator(user: User, code: str, now: datetime) -> bool:
    found = SecondFactor.objects.select_for_update().filter(committee_id=user.committee_id, user=user).first()
    step = step_of(found.secret, code, now) if found else None
    if found is None or step is None or step <= found.last_step:
        return False
    found.last_step = step
    found.save(update_fields=["last_step"])
    return True


def _of_paper(user: User, code: str, now: datetime) -> bool:
    unused = RecoveryCode.objects.filter(committee_id=user.committee_id, user=user, used_at=None)
    return bool(unused.filter(code_hash=_hash(user, code)).update(used_at=now))


@transaction.atomic
def reset(*, actor: User, user: User) -> None:
    """Forget an account's authenticator and recovery codes: at the next sign-in a new one is set up."""
    SecondFactor.objects.filter(committee_id=user.committee_id, user=user).delete()
    RecoveryCode.objects.filter(committee_id=user.committee_id, user=user).delete()
    record_account(Event.SECOND_FACTOR_RESET, actor, user)


def _hash(user: User, code: str) -> bytes:
    return keyed_hash(Hashed.TOKEN, f"recovery\0{user.id}\0{code}")
