"""A transfer in any order: what a branch may do with people who are away, at random, and what must hold whatever
came before. Every example plays on the same college, through the site's own services, and is taken back when it ends.
tests/transfers/test_any_order.py plays them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from paicha.campaigns.checking import services as checking
from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.deployment import services as deployment
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.looking_back import services as looking_back
from paicha.domain.advice import Course, Route, Work
from paicha.domain.divisions import Direction
from paicha.domain.introduction import Grounds, LetterState, Person, Void, Wanted
from paicha.domain.letters import NEXT, Stage
from paicha.domain.reporting_in import Place
from paicha.domain.vocabulary import Verdict
from paicha.register import services as register
from paicha.register.contacts.models import ContactRecord, Purpose, Way
from paicha.register.contacts.services import Unfit as UnfitContact
from paicha.register.models import Affiliation, Closing, EntryVersion, RegisterEntry
from paicha.register.moving import services as moving
from paicha.register.records import Recorder
from paicha.register.tallies.models import BranchTally
from paicha.transfers import services as transfers
from paicha.transfers.advising import services as advising
from paicha.transfers.advising.models import EntryFacts, Overruling
from paicha.transfers.graduating import services as graduating
from paicha.transfers.graduating.models import Graduate
from paicha.transfers.graduating.selectors import branch_of
from paicha.transfers.graduating.services import add_cohort
from paicha.transfers.lettering import services as lettering
from paicha.transfers.lettering.giving import give_letters
from paicha.transfers.lettering.models import Form, IntroductionLetter, LetterBook, LetterFile, LetterPrint
from paicha.transfers.lettering.printing import print_letters
from paicha.transfers.lettering.selectors import held_by, lines
from paicha.transfers.lettering.verification import faults
from paicha.transfers.models import Receipt
from paicha.transfers.reporting_in import services as reporting_in
from paicha.transfers.reporting_in.listing import standing_of
from paicha.transfers.reporting_in.models import ReportIn
from paicha.transfers.reporting_in.selectors import reported
from paicha.transfers.selectors import receipts
from paicha.transfers.tracking import services as tracking
from paicha.transfers.tracking.models import OPEN, Transfer, TransferMove
from paicha.transfers.tracking.moving import Step, Whom
from paicha.transfers.tracking.selectors import BEGIN
from paicha.transfers.tracking.transit import UNDERWAY, in_transit, whose
from paicha.transfers.unfit import Unfit
from paicha.transfers.urging import services as urging
from tests.college import RULES, TODAY, College
from tests.transfers.graduates import issue_one, rostered
from tests.transfers.world import THERE, wanted
from tests.world import row

T = TypeVar("T")
REFUSALS = (
    *(Unfit, UnfitContact, checking.Unfit, deployment.Unfit, looking_back.Unfit),
    *(register.AlreadyClosed, register.StillOpen, register.Gone, register.Elsewhere, moving.AlreadyThere),
)
PLACES = (Place("关山社区党支部", "李书记", "13900001111"), Place("光谷软件园党支部"))
SOMEBODY = st.integers(0, 99)
KEPT = (
    *(EntryFacts, Overruling, Transfer, TransferMove, Receipt, ReportIn),
    *(ContactRecord, RegisterEntry, EntryVersion),
    *(IntroductionLetter, LetterBook, LetterFile, LetterPrint),
)
somebody_there = precondition(lambda self: self.entries)


class Taken(Exception):
    """Takes an example back."""


class TransferMachine(RuleBasedStateMachine):
    """`at_least` counts the rows of each kind after each step: none ever goes. `left` are members who left the Party
    or whose entry was a mistake: they alone may belong nowhere without a receipt. `day` goes on, so that letters
    expire."""

    college: College
    unit: CampaignUnit

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[UUID] = []
        self.at_least: Counter[type] = Counter()
        self.left: set[UUID] = set()
        self.day, self.number = TODAY, 5
        self._work, self._example = self.college.at_work(), transaction.atomic()
        self._work.__enter__()
        self._example.__enter__()

    def teardown(self) -> None:
        try:
            self.nothing_is_lost()
            self.everybody_belongs_to_one_branch_or_has_a_receipt()
            self.transfers_moved_along_their_stages()
            self.who_is_underway_is_in_transit_where_they_belong()
            self.figures_say_the_same()
            self.the_book_has_no_gaps_and_agrees_with_the_transfers()
            self.one_report_in_stands_and_z_is_what_the_cells_say()
        finally:
            self._example.__exit__(Taken, Taken(), None)
            self._work.__exit__(None, None, None)

    @initialize()
    def two_are_away(self) -> None:
        self.cohort_id = add_cohort(actor=self.office, name="2023届", month=2023 * 12 + 5).id
        self.somebody_is_away()
        self.somebody_is_away()
        self.leaving: list[UUID] = []
        self.somebody_graduates()

    @rule(days=st.integers(1, 25))
    def days_go_by(self, days: int) -> None:
        self.day += timedelta(days=days)

    @rule()
    def somebody_is_away(self) -> None:
        self.number += 1
        recorder, branch = Recorder(RULES), self.college.survey.id
        cells = row(self.number).values
        entry = register.add_entry(actor=self.clerk, branch_id=branch, cells=cells, recorder=recorder, today=self.day)
        self.entries.append(entry.id)

    @somebody_there
    @rule(who=SOMEBODY, retired=st.booleans(), work=st.sampled_from(Work))
    def facts_are_written_down(self, who: int, retired: bool, work: Work) -> None:
        answers: dict[str, bool | Work | None] = {"retired": retired, "work": work}
        self.may(lambda: advising.record_facts(actor=self.clerk, entry_id=self.id(who), answers=answers))

    @somebody_there
    @rule(who=SOMEBODY, course=st.sampled_from((*Course, None)))
    def the_branch_decides_otherwise(self, who: int, course: Course | None) -> None:
        said = {"course": course, "reason": "支部研究", "today": self.day}
        self.may(lambda: advising.overrule(actor=self.clerk, entry_id=self.id(who), **said))  # type: ignore[arg-type]

    @somebody_there
    @rule(who=SOMEBODY, stage=st.sampled_from(Stage), back=st.integers(0, 3))
    def a_step_is_written_down(self, who: int, stage: Stage, back: int) -> None:
        taken = Step(stage, self.day - timedelta(days=back), "原因", THERE, "", Direction.WITHIN_PREFECTURE)
        self.may(lambda: tracking.move(actor=self.clerk, entry_id=self.id(who), step=taken, today=self.day))

    @somebody_there
    @rule(who=SOMEBODY, where=st.sampled_from(PLACES), back=st.integers(-1, 9))
    def somebody_reports_in(self, who: int, where: Place, back: int) -> None:
        entry = self.entry(who)
        said = reporting_in.Said(Route.RESIDENCE, where, self.day - timedelta(days=back), "核实")
        sent = {"entry_id": entry.id, "said": said, "seen": entry.current_id, "today": self.day}
        recorder = Recorder(RULES)
        self.may(lambda: reporting_in.record_report_in(actor=self.clerk, recorder=recorder, **sent))  # type: ignore[arg-type]

    @rule(who=SOMEBODY, wrong=st.booleans())
    def a_report_in_is_over_or_was_wrong(self, who: int, wrong: bool) -> None:
        known = list(ReportIn.objects.order_by("id").values_list("id", flat=True))
        if not known:
            return
        said: dict[str, Any] = {"actor": self.clerk, "report_in_id": known[who % len(known)], "why": "支部核实"}
        said |= {"recorder": Recorder(RULES), "today": self.day}
        if wrong:
            self.may(lambda: reporting_in.withdraw_report_in(**said))
        else:
            self.may(lambda: reporting_in.end_report_in(until=self.day, **said))

    @somebody_there
    @rule(who=SOMEBODY, where=st.sampled_from((*PLACES, Place())))
    def the_sheet_says_otherwise(self, who: int, where: Place) -> None:
        entry = RegisterEntry.objects.select_related("current").get(id=self.id(who))
        assert entry.current
        said = {"entry_id": entry.id, "base": entry.current.id, "cells": where.over(entry.current.cells)}
        recorder = Recorder(RULES)
        self.may(lambda: register.revise_entry(actor=self.clerk, recorder=recorder, today=self.day, **said))  # type: ignore[arg-type]

    @somebody_there
    @rule(who=SOMEBODY, reached=st.booleans())
    def somebody_is_called(self, who: int, reached: bool) -> None:
        self.may(
            lambda: urging.record_call(
                actor=self.clerk,
                entry_id=self.id(who),
                happened_on=self.day,
                way=Way.PHONE,
                purposes=[Purpose.FOLLOW_UP],
                reached=reached,
                said="月底办",
                by="",
                today=self.day,
            )
        )

    @somebody_there
    @rule(who=SOMEBODY, urged=st.booleans(), in_campaign=st.booleans())
    def a_receipt_comes_in(self, who: int, urged: bool, in_campaign: bool) -> None:
        member_id = self.entry(who).member_id
        said: dict[str, Any] = {"received_on": self.day, "destination": THERE, "urged": urged, "number": ""}
        said |= {"actor": self.clerk, "member_id": member_id, "today": self.day}
        if in_campaign:
            self.may(lambda: checking.receive(unit_id=self.unit.id, **said))
        else:
            self.may(lambda: transfers.record_receipt(branch_id=self.college.survey.id, **said))

    @rule(who=SOMEBODY, in_campaign=st.booleans())
    def a_receipt_is_taken_back(self, who: int, in_campaign: bool) -> None:
        known = list(Receipt.objects.order_by("id").values_list("id", flat=True))
        if not known:
            return
        said: dict[str, Any] = {"receipt_id": known[who % len(known)], "reason": "记错了人", "today": self.day}
        if in_campaign:
            self.may(lambda: checking.take_back(actor=self.clerk, unit_id=self.unit.id, **said))
        else:
            self.may(lambda: transfers.take_back_receipt(actor=self.clerk, **said))

    @somebody_there
    @rule(who=SOMEBODY, closing=st.sampled_from(Closing.offered()))
    def an_entry_is_closed(self, who: int, closing: Closing) -> None:
        said = {"entry_id": self.id(who), "closing": closing, "today": self.day}
        closed = self.may(lambda: register.close_entry(actor=self.clerk, **said))  # type: ignore[arg-type]
        if closed and closing is Closing.LEFT_PARTY:
            self.left.add(closed.member_id)

    @somebody_there
    @rule(who=SOMEBODY)
    def a_closing_is_taken_back(self, who: int) -> None:
        self.may(lambda: register.reopen_entry(actor=self.clerk, entry_id=self.id(who), today=self.day))

    @somebody_there
    @rule(who=SOMEBODY)
    def somebody_is_away_again(self, who: int) -> None:
        recorder = Recorder(RULES)
        again = self.may(
            lambda: register.take_up_entry(actor=self.clerk, entry_id=self.id(who), recorder=recorder, today=self.day)
        )
        if again:
            self.entries.append(again.id)

    @somebody_there
    @rule(who=SOMEBODY, there=st.booleans())
    def somebody_moves_within_the_college(self, who: int, there: bool) -> None:
        branch = self.college.computing if there else self.college.survey
        office = self.college.people["office"]
        self.may(lambda: moving.move_entry(actor=office, entry_id=self.id(who), to_id=branch.id, today=self.day))

    @somebody_there
    @rule(who=SOMEBODY)
    def the_branch_says_that_they_are_away(self, who: int) -> None:
        decision = checking.Decision(Verdict.OUTFLOW, rule="通知 一", reason="支部会议研究认定")
        said = {"unit_id": self.unit.id, "member_id": self.entry(who).member_id, "decision": decision}
        self.may(lambda: checking.decide(actor=self.clerk, **said))  # type: ignore[arg-type]

    @rule()
    def the_office_asks_for_a_look_back(self) -> None:
        said = {"unit_id": self.unit.id, "reason": "再看一遍"}
        self.may(lambda: deployment.ask_look_back(actor=self.office, **said))  # type: ignore[arg-type]

    @somebody_there
    @rule(who=SOMEBODY)
    def the_branch_looks_back(self, who: int) -> None:
        said = {"unit_id": self.unit.id, "member_id": self.entry(who).member_id}
        self.may(lambda: looking_back.confirm_again(actor=self.clerk, **said))

    # Letters

    @somebody_there
    @rule(who=SOMEBODY, graduate=st.booleans(), grounds=st.booleans(), days=st.sampled_from((None, 5, 40)))
    def a_letter_is_issued(self, who: int, graduate: bool, grounds: bool, days: int | None) -> None:
        said = "支部说明" if grounds else ""
        asked = self.wanted(who, days=days, grounds=Grounds(graduate, said, said))
        self.may(lambda: lettering.issue(actor=self.office, entry_id=self.id(who), wanted=asked, today=self.day))

    @precondition(lambda self: len(self.entries) > 1)
    @rule(first=SOMEBODY, second=SOMEBODY)
    def letters_are_issued_together_or_none(self, first: int, second: int) -> None:
        asked = [(Whom.of(self.entry(who)), self.wanted(who)) for who in (first, second)]
        self.may(lambda: give_letters(self.office, asked, self.day))

    @rule(which=SOMEBODY, issued=st.booleans())
    def a_letter_runs_out_and_another_is_asked_for(self, which: int, issued: bool) -> None:
        if letter_id := self.letter(which):
            letter = IntroductionLetter.objects.get(id=letter_id)
            self.day = max(self.day, letter.validity.last_day + timedelta(days=1))
            entry_id = letter.entry_id
            if issued and entry_id:
                asked = wanted(self.college, RegisterEntry.objects.get(id=entry_id), self.day)
                asked = replace(asked, grounds=Grounds(statement="支部说明", application="本人申请"))
                said = {"entry_id": entry_id, "wanted": asked, "today": self.day}
                self.may(lambda: lettering.issue(actor=self.office, **said))  # type: ignore[arg-type]

    @rule(which=SOMEBODY, kind=st.sampled_from(Void))
    def a_letter_is_made_void(self, which: int, kind: Void) -> None:
        if letter_id := self.letter(which):
            said = {"letter_id": letter_id, "kind": kind, "reason": "写错了", "today": self.day}
            self.may(lambda: lettering.void(actor=self.office, **said))  # type: ignore[arg-type]

    @rule(which=SOMEBODY)
    def a_letter_is_printed(self, which: int) -> None:
        if letter_id := self.letter(which):
            print_letters(actor=self.office, letters=[letter_id], form=Form.PDF, today=self.day)

    # Graduates: their transfers stand on no entry

    @somebody_there
    @rule(who=SOMEBODY, stage=st.sampled_from(Stage))
    def a_graduate_takes_a_step(self, who: int, stage: Stage) -> None:
        taken = Step(stage, self.day, "原因", THERE, "", Direction.WITHIN_PREFECTURE)
        said = {"graduate_id": self.graduate(who), "step": taken, "today": self.day}
        self.may(lambda: graduating.move(actor=self.clerk, **said))  # type: ignore[arg-type]

    @somebody_there
    @rule(who=SOMEBODY, grounds=st.booleans())
    def a_graduate_is_given_a_letter(self, who: int, grounds: bool) -> None:
        said = "支部说明" if grounds else ""
        asked = self.wanted(who, grounds=Grounds(True, said, said))
        self.may(lambda: issue_one(actor=self.office, graduate_id=self.graduate(who), wanted=asked, today=self.day))

    # Graduates who stand on the roster alone

    @rule()
    def somebody_graduates(self) -> None:
        self.number += 1
        member = rostered(self.college, self.college.survey, f"毕业生{self.number}", self.number)
        said = {"committee_id": self.college.root.id, "cohort_id": self.cohort_id, "member": member}
        self.leaving.append(Graduate.objects.create(branch_id=self.college.survey.id, **said).id)

    @rule(who=SOMEBODY, stage=st.sampled_from(Stage))
    def who_stands_on_no_register_takes_a_step(self, who: int, stage: Stage) -> None:
        taken = Step(stage, self.day, "原因", THERE, "", Direction.WITHIN_PREFECTURE)
        said = {"graduate_id": self.leaver(who).id, "step": taken, "today": self.day}
        self.may(lambda: graduating.move(actor=self.clerk, **said))  # type: ignore[arg-type]

    @rule(who=SOMEBODY, grounds=st.booleans())
    def who_stands_on_no_register_is_given_a_letter(self, who: int, grounds: bool) -> None:
        one, said = self.leaver(who), "支部说明" if grounds else ""
        person = Person(one.member.name, "男", 22, "汉族", one.member.id_number, "13900001111")
        asked = replace(self.wanted(0), person=person, grounds=Grounds(True, said, said))
        self.may(lambda: issue_one(actor=self.office, graduate_id=one.id, wanted=asked, today=self.day))

    @rule(who=SOMEBODY, in_campaign=st.booleans())
    def a_graduate_s_receipt_comes_in(self, who: int, in_campaign: bool) -> None:
        said: dict[str, Any] = {"received_on": self.day, "destination": THERE, "urged": True, "number": ""}
        said |= {"actor": self.clerk, "member_id": self.leaver(who).member_id, "today": self.day}
        if in_campaign:
            self.may(lambda: checking.receive(unit_id=self.unit.id, **said))
        else:
            self.may(lambda: transfers.record_receipt(branch_id=branch_of(self.leaver(who)), **said))

    @rule(who=SOMEBODY)
    def a_graduate_comes_onto_the_register(self, who: int) -> None:
        member = self.leaver(who).member
        here = Affiliation.objects.filter(member=member, until=None).first()
        if here and not RegisterEntry.objects.filter(member=member, closed_on=None).exists():
            cells = row(6, name=member.name, id_number=member.id_number).values
            said = {"branch_id": here.branch_id, "cells": cells, "member_id": member.id, "today": self.day}
            self.entries.append(register.add_entry(actor=self.clerk, recorder=Recorder(RULES), **said).id)  # type: ignore[arg-type]

    @rule(there=st.booleans())
    def a_branch_moves_as_a_whole(self, there: bool) -> None:
        both = (self.college.survey.id, self.college.computing.id)
        from_id, to_id = both if there else reversed(both)
        moving.move_branch(actor=self.office, from_id=from_id, to_id=to_id, today=self.day)

    # What must hold

    def who_is_underway_is_in_transit_where_they_belong(self) -> None:
        belong = dict(Affiliation.objects.filter(until=None).values_list("member_id", "branch_id"))
        sent = Transfer.objects.filter(stage__in=UNDERWAY).annotate(theirs=whose()).values_list("theirs", flat=True)
        for branch in (self.college.survey, self.college.computing):
            found = set(in_transit(self.college.root.id, [branch.id]).values_list("member_id", flat=True))
            assert found == {id_ for id_ in sent if belong.get(id_) == branch.id}
        for line in (line for year in (2023, 2024) for line in lines(self.college.root.id, year, None, self.day)):
            if line.letter and line.state in (LetterState.VALID, LetterState.EXPIRED):
                assert held_by(line.letter) == belong.get(line.letter.whose, held_by(line.letter))

    def the_book_has_no_gaps_and_agrees_with_the_transfers(self) -> None:
        assert list(faults(self.college.root.id)) == []
        kept = IntroductionLetter.objects.order_by("year", "number")
        for year in set(kept.values_list("year", flat=True)):
            numbers = list(kept.filter(year=year).values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1)), "a gap, or a number used twice"
            last = LetterBook.objects.get(year=year).last
            assert last == len(numbers)
        in_force = Counter(
            line.letter.whose
            for year in set(kept.values_list("year", flat=True))
            for line in lines(self.college.root.id, year, None, self.day)
            if line.letter and line.state is LetterState.VALID
        )
        assert set(in_force.values()) <= {1}, "two letters of one member hold"

    def nothing_is_lost(self) -> None:
        for kind in KEPT:
            count = kind.objects.count()
            assert count >= self.at_least[kind], kind.__name__
            self.at_least[kind] = count

    def everybody_belongs_to_one_branch_or_has_a_receipt(self) -> None:
        belong = Counter(Affiliation.objects.filter(until=None).values_list("member_id", flat=True))
        assert set(belong.values()) <= {1}, "two affiliations"
        received = set(Receipt.objects.filter(taken_back_at=None).values_list("member_id", flat=True))
        known = set(RegisterEntry.objects.values_list("member_id", flat=True))
        known |= set(Graduate.objects.values_list("member_id", flat=True))
        assert known - set(belong) <= received | self.left, "belongs nowhere, and no receipt says where"
        here = RegisterEntry.objects.filter(closed_on=None).values_list("member_id", flat=True)
        assert set(here) <= set(belong), "on a register and no member"
        for branch in (self.college.survey, self.college.computing):
            gone = receipts(self.college.root.id, branch.id).values("member")
            both = RegisterEntry.objects.filter(branch=branch, closed_on=None, member__in=gone)
            assert not both.exists(), "in A and in Y"
        verdicts = Counter(MemberVerdict.objects.filter(superseded_at=None).values_list("member_id", flat=True))
        assert set(verdicts.values()) <= {1}

    def transfers_moved_along_their_stages(self) -> None:
        open_ = Counter(Transfer.objects.filter(stage__in=OPEN).values_list(whose(), flat=True))
        assert set(open_.values()) <= {1}, "two open transfers"
        for transfer in Transfer.objects.all():
            moves = transfer.moves.filter(taken_back_at=None).order_by("n")
            stages = [Stage(stage) for stage in moves.values_list("stage", flat=True)]
            assert stages[0] in BEGIN
            assert all(after in NEXT[before] for before, after in pairwise(stages))
            assert stages[-1] == transfer.stage
            if transfer.stage == Stage.RECEIVED:
                receipt = moves.order_by("-n")[0].receipt
                assert receipt is not None
                assert receipt.taken_back_at is None, "ended by a receipt that does not stand"

    def figures_say_the_same(self) -> None:
        for branch in (self.college.survey, self.college.computing):
            tally = BranchTally.objects.filter(branch=branch).first()
            open_ = RegisterEntry.objects.filter(branch=branch, closed_on=None).count()
            assert (tally.figures[0] if tally else 0) == open_

    def one_report_in_stands_and_z_is_what_the_cells_say(self) -> None:
        standing = Counter(ReportIn.objects.filter(until=None, withdrawn_at=None).values_list("entry_id", flat=True))
        assert set(standing.values()) <= {1}, "two report-ins"
        for branch in (self.college.survey, self.college.computing):
            tally = BranchTally.objects.filter(branch=branch).first()
            open_ = RegisterEntry.objects.filter(branch=branch, closed_on=None).select_related("current")
            named = {entry.id for entry in open_ if entry.current and Place.of(entry.current.cells).organization}
            assert (tally.figures[25] if tally else 0) == len(named), "Z"
            listed = standing_of(self.college.root.id, [branch.id])
            told = [entry.id for entry in open_ if reported(entry).in_force]
            incomplete = set(listed.first["incomplete"]())
            assert set(listed.first["in-force"]()) == set(told)
            assert named <= {*told, *incomplete}
            assert not incomplete & set(told)
            assert listed.number == {shown: len(first()) for shown, first in listed.first.items()}

    # How

    @property
    def clerk(self) -> Any:
        return self.college.people["clerk"]

    @property
    def office(self) -> Any:
        return self.college.people["office"]

    def wanted(self, who: int, **other: Any) -> Wanted:
        return wanted(self.college, self.entry(who), self.day, **other)

    def graduate(self, who: int) -> UUID:
        """The place of an entry's member in a cohort."""
        entry = self.entry(who)
        said = {"committee_id": entry.committee_id, "cohort_id": self.cohort_id, "member_id": entry.member_id}
        return Graduate.objects.get_or_create(**said, defaults={"branch_id": entry.branch_id})[0].id

    def leaver(self, who: int) -> Graduate:
        """One of those who graduated, on the register or not."""
        return Graduate.objects.select_related("member").get(id=self.leaving[who % len(self.leaving)])

    def letter(self, which: int) -> UUID | None:
        """One of the letters there are."""
        known = list(IntroductionLetter.objects.order_by("id").values_list("id", flat=True))
        return known[which % len(known)] if known else None

    def may(self, action: Callable[[], T]) -> T | None:
        """What the action gives; None where it was refused, with its reason."""
        try:
            with transaction.atomic():
                return action()
        except REFUSALS:
            return None

    def id(self, who: int) -> UUID:
        return self.entries[who % len(self.entries)]

    def entry(self, who: int) -> RegisterEntry:
        return RegisterEntry.objects.get(id=self.id(who))
