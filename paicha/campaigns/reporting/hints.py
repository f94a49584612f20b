"""What hinders a report, and what is merely said in it: in words, with the people it is about and where each of them is
mended."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import PENDING, Checked
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.education.selectors import Education
from paicha.campaigns.looking_back.selectors import looking_of
from paicha.domain.annex2 import Dimension, Statistics
from paicha.domain.findings import Severity
from paicha.domain.vocabulary import Verdict
from paicha.register.figures.selectors import Breaker
from paicha.register.selectors import Row

NAMED = 8  # people that one hint names; the rest are counted
NAMELESS = "（没有姓名）"


@dataclass(frozen=True, slots=True)
class Hint:
    """`people`: name and address of each, `url`: where all of it is done."""

    words: str
    people: tuple[tuple[str, str], ...] = ()
    url: str = ""

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        return self.people[:NAMED]

    @property
    def more(self) -> bool:
        return len(self.people) > NAMED

    def __str__(self) -> str:
        if not self.people:
            return self.words
        return f"{self.words}：{'、'.join(name for name, _ in self.named)}{'等' if self.more else ''}"


def undecided(unit: CampaignUnit, people: list[Checked]) -> Hint | None:
    """Nobody can be reported about whom nothing was decided, a nil return without anybody checked least of all."""
    if not people:
        return Hint("党员名册是空的，还没有排查任何人；请党委办公室先导入名册")
    found = [one for one in people if one.verdict is None]
    return _checked(unit, found, lambda n: f"{n} 人还没有排查结论", reverse("unit-check", args=[unit.id]))


def not_looked_at(unit: CampaignUnit, people: list[Checked]) -> Hint | None:
    """回头看: each entry is gone over again before the report; who has no verdict at all is named already."""
    looking = looking_of(unit, people)
    found = looking.decided_before if looking else []
    url = reverse("unit-look-back", args=[unit.id])
    return _checked(unit, found, lambda n: f"回头看：{n} 人还没有逐人重新核对", url)


def unsettled(unit: CampaignUnit, people: list[Checked]) -> Hint | None:
    """Who is reported as 待定."""
    found = [one for one in people if one.verdict and one.verdict.verdict in PENDING]
    return _checked(unit, found, lambda n: f"{n} 人待定或失去联系，不计入流出党员人数")


def against_verdicts(rows: list[Row], verdicts: Mapping[UUID, MemberVerdict]) -> Hint | None:
    """Who stands on the register and was decided to be no outflow member."""
    found = [row for row in rows if _is_no_outflow(verdicts.get(row.member_id))]
    return _rows(found, lambda n: f"{n} 人的结论不是流出党员，却还在台账上，请销册或改结论")


def _is_no_outflow(found: MemberVerdict | None) -> bool:
    return found is not None and not Verdict(found.verdict).outflow


def off_the_register(unit: CampaignUnit, people: list[Checked]) -> Hint | None:
    """Who was decided to be away and was taken off the register since: 附件1 would lose them without a word."""
    found = [one for one in people if one.verdict and one.listed.entry is None and Verdict(one.verdict.verdict).outflow]
    return _checked(unit, found, lambda n: f"{n} 人的结论是流出党员，却不在台账上，请恢复登记或改结论")


def unbalanced(
    unit: CampaignUnit, statistics: Statistics, breakers: Mapping[Dimension, list[Breaker]]
) -> Iterable[Hint]:
    """Each relation that does not hold, with whose cell is the cause."""
    url = reverse("unit-annex2", args=[unit.id])
    for dimension in statistics.unbalanced():
        people = tuple(
            (one.name or NAMELESS, f"{reverse('entry', args=[one.entry_id])}#c{one.column.value}")
            for one in breakers.get(dimension, [])
        )
        yield Hint(f"附件2不平衡：{dimension.heading}各项加起来不等于A", people, url)
    if statistics["Z"] > statistics["A"]:
        yield Hint("附件2不平衡：Z大于A", (), url)


def faults(rows: list[Row]) -> Hint | None:
    found = [row for row in rows if row.worst() is Severity.ERROR]
    return _rows(found, lambda n: f"台账里 {n} 人还有错误，会照原样上报")


def not_taught(unit: CampaignUnit, education: Education) -> Hint | None:
    """A reminder and no hindrance: whoever cannot be reached cannot be taught in time."""
    url, left = reverse("unit-education", args=[unit.id]), education.left
    people = tuple((learner.one.name, url) for learner in left)
    return Hint(f"主题教育还有 {len(left)} 人没有参加", people, url) if left else None


def _checked(unit: CampaignUnit, found: list[Checked], words: Callable[[int], str], url: str = "") -> Hint | None:
    people = tuple((one.name, reverse("unit-member", args=[unit.id, one.listed.member.id])) for one in found)
    return Hint(words(len(found)), people, url) if found else None


def _rows(found: list[Row], words: Callable[[int], str]) -> Hint | None:
    people = tuple((row.name or NAMELESS, reverse("entry", args=[row.entry_id])) for row in found)
    return Hint(words(len(found)), people) if found else None
