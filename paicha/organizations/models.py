"""Organizations with their history, accounts and roles. The committee's own organization gives its id to every row."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from paicha.organizations.permissions import Role
from paicha.tenancy.models import ScopedModel, new_id
from paicha.vault.fields import SealedTextField


class Kind(models.IntegerChoices):
    COMMITTEE = 1, "党委"
    GENERAL_BRANCH = 2, "党总支"
    BRANCH = 3, "党支部"


class Organization(ScopedModel):
    """A committee, general branch or branch. Its name, kind and place in the tree stand in its placements; here is what
    has no history: whom to call, and the home that direction is reckoned from ("" where the committee's counts)."""

    sector = models.CharField("领域", max_length=40, blank=True)
    leader = models.CharField("负责人姓名及职务", max_length=80, blank=True)
    phone = SealedTextField("联系电话", blank=True, default="")
    home_code = models.CharField("所在地区划代码", max_length=12, blank=True)
    aliases = models.JSONField("别名", default=list, blank=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id"], name="organization_committee"),)

    placements: models.Manager["Placement"]


class Placement(ScopedModel):
    """Where an organization stood in the tree, and as what, from `since` until before `until` (open: today). Written
    by `save` and `delete` alone, each of which gives the tree another stamp."""

    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Organization, on_delete=models.PROTECT, null=True, related_name="children")
    name = models.CharField("名称", max_length=120)
    kind = models.PositiveSmallIntegerField(choices=Kind.choices)
    rank = models.PositiveIntegerField("排序", default=0)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "organization"], condition=Q(until=None), name="one_open_placement"
            ),
            models.UniqueConstraint(
                fields=["committee_id", "parent", "name"], condition=Q(until=None), name="one_name_among_siblings"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "parent", "until"], name="placement_tree"),)

    def save(self, **kwargs: Any) -> None:
        super().save(**kwargs)
        TreeStamp.renew(self.committee_id)

    def delete(self, **kwargs: Any) -> tuple[int, dict[str, int]]:  # type: ignore[override]  # as above
        deleted = super().delete(**kwargs)
        TreeStamp.renew(self.committee_id)
        return deleted


class TreeStamp(ScopedModel):
    """What tells one state of a committee's placements from every other: a new random value, in the same transaction,
    each time that one of them is written. What was read of the tree under one stamp holds as long as it is the stamp
    (tree.py); one that was taken back with its transaction never comes again."""

    stamp = models.UUIDField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id"], name="one_stamp_of_a_tree"),)

    @classmethod
    def renew(cls, committee_id: UUID) -> None:
        stamps = cls.objects.filter(committee_id=committee_id)
        if not stamps.update(stamp=uuid4()):
            cls.objects.get_or_create(committee_id=committee_id, defaults={"stamp": uuid4()})
            stamps.update(stamp=uuid4())  # where another was first, that one's stamp knows nothing of this write


class How(models.IntegerChoices):
    """How one organization came out of another."""

    MERGED = 1, "合并"
    SPLIT = 2, "拆分"


class Succession(ScopedModel):
    """That `successor` took over from `predecessor`, wholly (merged) or in part (split), on a day. Whoever keeps
    something at an organization that is no more learns here where it went."""

    predecessor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="predecessions")
    how = models.PositiveSmallIntegerField(choices=How.choices)
    happened_on = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "predecessor", "successor", "how", "happened_on"], name="one_succession"
            ),
        )
        indexes = (models.Index(fields=["committee_id", "successor"], name="succession_successor"),)


class Users(BaseUserManager["User"]):
    """Finds an account by its login name."""


class User(AbstractBaseUser):
    """An account of a person. It belongs to a committee, but its table has no row-level security: who signs in is not
    known to belong anywhere yet. No superuser, no permissions of Django's own: see permissions.py."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    committee_id = models.UUIDField(editable=False)
    username = models.CharField("登录名", max_length=40, unique=True)
    name = models.CharField("姓名", max_length=40)
    is_active = models.BooleanField("可以登录", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Users] = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        indexes = (models.Index(fields=["committee_id", "username"], name="user_committee"),)

    def __str__(self) -> str:
        return self.name


class RoleGrant(ScopedModel):
    """A role that a person holds at an organization; one person can hold several."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="grants")
    role = models.PositiveSmallIntegerField(choices=Role.choices)
    granted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["committee_id", "user", "organization", "role"], name="one_grant_of_a_role"
            ),
        )


class Invitation(ScopedModel):
    """A one-time link by which a person sets the password of the account made for them; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    token_hash = models.BinaryField(max_length=32)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["token_hash"], name="invitation_token"),)


class SignInRule(ScopedModel):
    """What a committee asks for at sign-in beside the password; no row: nothing."""

    second_factor = models.BooleanField("要求动态口令", default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id"], name="one_sign_in_rule"),)


class SecondFactor(ScopedModel):
    """The secret that a person's authenticator shares with the site (RFC 6238). `last_step` is the newest half minute
    of which a code was taken: none is taken twice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="second_factors")
    secret = SealedTextField()
    last_step = models.PositiveBigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["committee_id", "user"], name="one_second_factor"),)


class RecoveryCode(ScopedModel):
    """A code that stands in once for a lost authenticator; only its keyed hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["committee_id", "user"], name="recovery_code_user"),)
