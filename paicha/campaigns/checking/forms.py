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
    """As typed; `accepted` is the proposal that stood on the page when it was taken (`shown`), "" where none was;
    `faults`: field → what is wrong and what to do."""

    changed_on: str = ""
    attended_on: str = ""
    never_since: bool = False
    verdict: str = ""
    reason: str = ""
    contact: str = ""
    accepted: str = ""
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

    def take(self, proposal: Proposal) -> None:
        """Take the proposal, where it still is the one that was seen: dates typed since may have changed it."""
        if not self.accepted:
            return
        if self.accepted != shown(proposal):
            self.faults["verdict"] = "日期改过，建议也变了，请再看一遍"
            self.verdict = ""
        elif proposal.verdict is not None:
            self.verdict = str(proposal.verdict.value)

    def check(self, today: date) -> None:
        """Fill `faults`."""
        for name, words in (("changed_on", self.changed_on), ("attended_on", self.attended_on)):
            day = read_day(words)
            if words and day is None:
                self.faults[name] = "日期要写成 2023-06-30 这样"
            elif day and day > today:
                self.faults[name] = "日期还没有到"
        if self.chosen is None:
            self.faults.setdefault("verdict", "请选一个结论")

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
        accepted=sent.get("accept", ""),
    )


def shown(proposal: Proposal) -> str:
    """What a proposal says, as the button that takes it sends it."""
    return f"{proposal.verdict.value} {proposal.reason}" if proposal.verdict else ""


def form_of(before: MemberVerdict | None) -> VerdictForm:
    """What the verdict that stands says, to be gone over."""
    form = dates_of(before)
    if before is not None:
        form.verdict, form.reason = str(before.verdict), before.reason
        form.contact = str(before.contact_id or "")
    return form


def dates_of(known: MemberVerdict | None) -> VerdictForm:
    """The dates alone that a verdict rests on: those of an earlier round are where this one begins."""
    changed = known.changed_on.isoformat() if known and known.changed_on else ""
    attended = known.attended_on.isoformat() if known and known.attended_on else ""
    return VerdictForm(changed_on=changed, attended_on=attended, never_since=bool(changed) and not attended)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
