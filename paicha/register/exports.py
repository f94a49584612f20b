"""The register as the official form."""

from datetime import datetime
from typing import IO

from paicha.domain.annex1 import Head
from paicha.domain.settings import RuleSet
from paicha.formats.writers.annex1 import write_annex1
from paicha.formats.writers.notes import Provenance
from paicha.organizations.models import Organization, User
from paicha.register.selectors import Register


def write_register(
    out: IO[bytes], name: str, branch: Organization, register: Register, rules: RuleSet, user: User, now: datetime
) -> None:
    """Write a branch's 附件1 into `out`, exact to the notice; who exported it stands on the sheet 说明."""
    write_annex1(
        out,
        head=Head(name, branch.leader, branch.phone),
        entries=[row.cells for row in register.rows],
        provenance=provenance(rules, user, now),
    )


def provenance(rules: RuleSet, user: User, now: datetime) -> Provenance:
    home = rules.home.full_name if rules.home else "未设置"
    lines = (f"年龄计算截止日：{rules.as_of.isoformat()}", f"所在地：{home}", f"规则版本：{rules.version}")
    return Provenance(user.name, now, lines)
