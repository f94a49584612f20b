"""Reads of the advice. Callers have passed access.py; `committee_id` is named all the same."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from paicha.domain.advice import ASKED, Advice, Course, Facts, Way, Work, advise, retired_at, ways
from paicha.domain.annex1 import Column
from paicha.domain.vocabulary import Reason, read_yes_no
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.register.selectors import current_of
from paicha.transfers.advising.models import EntryFacts, Overruling

KEPT = ("household", "home", "long_resident", "retired", "work")
_NAMES = {words: name for name, words in ASKED.items()}


@dataclass(frozen=True, slots=True)
class Advised:
    """The advice for one entry: the facts, what the rules say of them, and what a person set instead, if anything."""

    facts: Facts
    by_rules: Advice
    overruling: Overruling | None = None

    @property
    def overruled(self) -> bool:
        return self.overruling is not None and self.overruling.course is not None

    @property
    def course(self) -> Course | None:
        """What holds: the person's decision before the rules'."""
        if self.overruling is not None and self.overruling.course is not None:
            return Course(self.overruling.course)
        return self.by_rules.course

    @property
    def missing(self) -> list[str]:
        """The facts that are to be asked for, as in KEPT. Whether somebody is retired decides before all others, which
        are asked along with it, so that one form is enough for most."""
        advice = self.by_rules
        if self.facts.retired is None and advice.missing:
            advice = advise(replace(self.facts, retired=False))
            return ["retired", *(_NAMES[words] for words in advice.missing if _NAMES[words] in KEPT)]
        return [_NAMES[words] for words in advice.missing if _NAMES[words] in KEPT]

    @property
    def wants_employer(self) -> bool:
        """Whether the advice hangs on 是否建立党组织, a cell of 附件1 that is empty."""
        return ASKED["employer_organized"] in self.by_rules.missing

    @property
    def ways(self) -> list[Way]:
        return ways(self.facts)


def advised(entry: RegisterEntry, today: date) -> Advised:
    """The advice for one entry, its current version at hand."""
    facts = EntryFacts.objects.filter(committee_id=entry.committee_id, entry=entry).order_by("-n").first()
    set_ = Overruling.objects.filter(committee_id=entry.committee_id, entry=entry).order_by("-n").first()
    return _advised(current_of(entry), facts, set_, today)


def advised_of(committee_id: UUID, entries: Collection[RegisterEntry], today: date) -> dict[UUID, Advised]:
    """Entry → its advice. Two queries, however many entries; of each the newest row comes last and is kept."""
    ids = [entry.id for entry in entries]
    facts = {
        row.entry_id: row
        for row in EntryFacts.objects.filter(committee_id=committee_id, entry_id__in=ids).order_by("n")
    }
    overrulings = {
        row.entry_id: row
        for row in Overruling.objects.filter(committee_id=committee_id, entry_id__in=ids).order_by("n")
    }
    return {
        entry.id: _advised(current_of(entry), facts.get(entry.id), overrulings.get(entry.id), today)
        for entry in entries
    }


def facts_of(version: EntryVersion, known: EntryFacts | None, today: date) -> Facts:
    """The facts of an entry: those asked for, and those that its cells tell."""
    age = None if version.birth is None else (today.year * 12 + today.month - 1 - version.birth) // 12
    return Facts(
        household=known.household if known else None,
        home=known.home if known else None,
        long_resident=known.long_resident if known else None,
        retired=retired_at(known.retired if known else None, age),
        work=Work(known.work) if known and known.work else None,
        employer_organized=read_yes_no(version.cells[Column.EMPLOYER_HAS_ORGANIZATION]).value,
        reason=Reason(version.reason) if version.reason else None,
    )


def _advised(version: EntryVersion, known: EntryFacts | None, set_: Overruling | None, today: date) -> Advised:
    facts = facts_of(version, known, today)
    return Advised(facts, advise(facts), set_)
