"""Who may do what: a closed list. A permission is written `thing.verb`; no other module compares roles.

Roles are held at one organization and reach all that lies below it. The administrator looks after accounts and sees no
personal data (notice 四.3: each role sees only what its work needs)."""

from enum import IntEnum, StrEnum

from django.db import models


class Permission(StrEnum):
    REGISTER_VIEW = "register.view"
    REGISTER_EDIT = "register.edit"
    REGISTER_UNMASK = "register.unmask"
    REGISTER_EXPORT = "register.export"
    LETTERS_ISSUE = "letters.issue"  # introduction letters: the committee's own, with its seal
    INTAKE_UPLOAD = "intake.upload"
    CAMPAIGN_VIEW = "campaign.view"
    CAMPAIGN_CHECK = "campaign.check"  # the branch's part: plan, verdicts, questions, the report
    CAMPAIGN_REVIEW = "campaign.review"  # the office's part: deploying, answering, reviewing, chasing
    CAMPAIGN_REOPEN = "campaign.reopen"  # an approved report; ending a campaign
    CAMPAIGN_NAMED = "campaign.named"  # branches that were chased twice in vain are named to them
    INTAKE_COLLECT = "intake.collect"  # the office's 收表: files of any branch
    ORGANIZATION_EDIT = "organization.edit"
    ACCOUNT_MANAGE = "account.manage"
    AUDIT_VIEW = "audit.view"


class Role(models.IntegerChoices):
    BRANCH_CLERK = 1, "党支部经办人"
    BRANCH_SECRETARY = 2, "党支部书记"
    OFFICE_CLERK = 3, "党委办公室经办人"
    OFFICE_HEAD = 4, "党委办公室负责人"
    ADMINISTRATOR = 5, "系统管理员"

    @property
    def permissions(self) -> frozenset[Permission]:
        return _PERMISSIONS[self]

    @property
    def of_branch(self) -> bool:
        """Whether it is held at a branch; the others are held at the committee."""
        return self in (Role.BRANCH_CLERK, Role.BRANCH_SECRETARY)


_BRANCH = frozenset(
    {
        Permission.REGISTER_VIEW,
        Permission.REGISTER_EDIT,
        Permission.REGISTER_UNMASK,
        Permission.REGISTER_EXPORT,
        Permission.INTAKE_UPLOAD,
        Permission.CAMPAIGN_VIEW,
        Permission.CAMPAIGN_CHECK,
    }
)
_OFFICE = _BRANCH | {
    Permission.INTAKE_COLLECT,
    Permission.ORGANIZATION_EDIT,
    Permission.CAMPAIGN_REVIEW,
    Permission.LETTERS_ISSUE,
}
_PERMISSIONS: dict[IntEnum, frozenset[Permission]] = {
    Role.BRANCH_CLERK: _BRANCH,
    Role.BRANCH_SECRETARY: _BRANCH,
    Role.OFFICE_CLERK: _OFFICE,
    Role.OFFICE_HEAD: _OFFICE | {Permission.AUDIT_VIEW, Permission.CAMPAIGN_REOPEN, Permission.CAMPAIGN_NAMED},
    Role.ADMINISTRATOR: frozenset({Permission.ACCOUNT_MANAGE, Permission.ORGANIZATION_EDIT, Permission.AUDIT_VIEW}),
}
# What a role at the committee still has at an organization that was merged, split up or closed: looking, never writing.
OF_FORMER = frozenset(
    {
        Permission.REGISTER_VIEW,
        Permission.REGISTER_UNMASK,
        Permission.REGISTER_EXPORT,
        Permission.ORGANIZATION_EDIT,
        Permission.AUDIT_VIEW,
        Permission.CAMPAIGN_VIEW,
        Permission.CAMPAIGN_REVIEW,
    }
)
