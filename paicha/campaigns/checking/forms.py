"""The form of one member's check: facts from which a verdict is proposed, and the verdict itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.services import Decision
from paicha.domain.criteria import Facts, Proposal
from paicha.domain.vocabulary import Verdict
from paicha.register.contacts.forms import read_day

LONGEST = 2000


@dataclass(slots=True)
class VerdictForm:
    """As typed; `faults`: field → what is wrong and what to do."""

    changed_on: str = ""
    attended_on: str = ""
    never_since: bool = False
    verdict: str = ""
    reason: str = ""
    contact: str = ""
    faults: dict[str, str] = field(default_factory=dict)

    def facts(self, *, registered: bool, in_transit: bool, received: bool) -> Facts:
        return Facts(
            registered=registered,
            in_transit=in_transit,
            received=received,
            changed_on=read_day(self.changed_on),
            attended_on=read_day(self.attended_on),
            never_since=self.never_since,
        )

    @property
    def chosen(self) -> Verdict | None:
        return next((verdict for verdict in Verdict if str(verdict.value) == self.verdict), None)

    def choices(self, proposal: Proposal) -> list[tuple[Verdict, bool]]:
        """Every verdict, and whether it is marked: the one chosen, else the one proposed."""
        marked = self.chosen or proposal.verdict
        return [(verdict, verdict is marked) for verdict in Verdict]

    def check(self, today: date) -> None:
        """Fill `faults`."""
        for name, words in (("changed_on", self.changed_on), ("attended_on", self.attended_on)):
            day = read_day(words)
            if words and day is None:
                self.faults[name] = "日期要写成 2023-06-30 这样"
            elif day and day > today:
                self.faults[name] = "日期还没有到"
        if self.chosen is None:
            self.faults["verdict"] = "请选一个结论"

    def decision(self, proposal: Proposal) -> Decision:
        if self.chosen is None:
            raise ValueError("no verdict")
        return Decision(
            verdict=self.chosen,
            rule=proposal.clause if self.chosen is proposal.verdict else "",
            reason=self.reason or (proposal.reason if self.chosen is proposal.verdict else ""),
            proposed=proposal.verdict,
            changed_on=read_day(self.changed_on),
            attended_on=read_day(self.attended_on),
            contact_id=_key(self.contact),
        )


def verdict_form(sent: Mapping[str, str]) -> VerdictForm:
    return VerdictForm(
        changed_on=sent.get("changed_on", "").strip()[:20],
        attended_on=sent.get("attended_on", "").strip()[:20],
        never_since=sent.get("never_since") == "yes",
        verdict=sent.get("verdict", ""),
        reason=sent.get("reason", "").strip()[:LONGEST],
        contact=sent.get("contact", ""),
    )


def form_of(before: MemberVerdict | None) -> VerdictForm:
    """What the verdict that stands says, to be gone over."""
    if before is None:
        return VerdictForm()
    changed = before.changed_on.isoformat() if before.changed_on else ""
    attended = before.attended_on.isoformat() if before.attended_on else ""
    return VerdictForm(
        changed_on=changed,
        attended_on=attended,
        never_since=bool(changed) and not attended,
        verdict=str(before.verdict),
        reason=before.reason,
        contact=str(before.contact_id or ""),
    )


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
