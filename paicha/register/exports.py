"""What every form says of where it comes from."""

from datetime import datetime

from paicha.domain.settings import RuleSet
from paicha.formats.writers.notes import Provenance
from paicha.organizations.models import User


def provenance(rules: RuleSet, user: User, now: datetime) -> Provenance:
    home = rules.home.full_name if rules.home else "未设置"
    lines = (f"年龄计算截止日：{rules.as_of.isoformat()}", f"所在地：{home}", f"规则版本：{rules.version}")
    return Provenance(user.name, now, lines)
