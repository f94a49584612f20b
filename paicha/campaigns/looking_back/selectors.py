"""Who is still to be gone over again. Callers have passed access.py; `committee_id` is named all the same."""

from dataclasses import dataclass

from paicha.campaigns.checking.selectors import Checked, checked_of
from paicha.campaigns.deployment.models import CampaignUnit, LookBack
from paicha.campaigns.deployment.selectors import look_backs_of


@dataclass(frozen=True, slots=True)
class Looking:
    """A look-back that is asked for: `left` are those on the register whose verdict is older than it (or who have
    none), `done` those decided since."""

    asked: list[LookBack]
    left: list[Checked]
    done: list[Checked]

    @property
    def undecided(self) -> list[Checked]:
        """Of those left, who has no verdict at all: they hinder the report in any case."""
        return [one for one in self.left if one.verdict is None]

    @property
    def decided_before(self) -> list[Checked]:
        return [one for one in self.left if one.verdict is not None]


def looking_of(unit: CampaignUnit, people: list[Checked] | None = None) -> Looking | None:
    """The look-back of a branch over its register; None where none is asked for. `people`: checked_of(unit), where that
    is known already."""
    asked = look_backs_of(unit)
    if not asked:
        return None
    registered = [one for one in (checked_of(unit) if people is None else people) if one.listed.entry is not None]
    since = asked[0].asked_at
    left = [one for one in registered if one.verdict is None or one.verdict.decided_at < since]
    return Looking(asked, left, [one for one in registered if one not in left])
