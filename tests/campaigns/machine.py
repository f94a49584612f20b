"""A campaign in any order: what a branch and its office may do, at random, and what must hold whatever came before.

Every example plays on the same deployed campaign, through the site's own services, and is taken back when it ends.
tests/campaigns/test_machine.py runs 1,000 examples of 50 steps, `make fuzz` 50,000."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from paicha.campaigns.checking import services as checking
from paicha.campaigns.checking.models import MemberVerdict
from paicha.campaigns.checking.selectors import checked_of, coverage_of
from paicha.campaigns.deployment.models import CampaignUnit
from paicha.campaigns.kept import bytes_of
from paicha.campaigns.reporting import services as reporting
from paicha.campaigns.reporting.models import State, Submission, SubmissionFile, SubmissionLine
from paicha.campaigns.reporting.selectors import approved_sum
from paicha.campaigns.review import services as review
from paicha.campaigns.review.frozen import frozen
from paicha.campaigns.review.models import CommonFault, Decision, ReturnedCell, What
from paicha.campaigns.review.services import Cell
from paicha.domain.annex1 import Column
from paicha.domain.annex2 import LETTERS
from paicha.domain.letters import Stage
from paicha.domain.vocabulary import Verdict
from paicha.organizations.tree import tree_of
from paicha.register import services as register
from paicha.register.models import Affiliation, Closing, EntryVersion, Member, RegisterEntry
from paicha.register.records import Recorder
from paicha.transfers.models import Receipt
from paicha.transfers.selectors import receipts
from paicha.transfers.tracking import services as tracking
from paicha.transfers.tracking.moving import Step
from paicha.transfers.unfit import Unfit as UnfitTransfer
from tests.campaigns.world import SIGNED
from tests.college import RULES, TODAY, College
from tests.world import row

T = TypeVar("T")
REFUSALS = (
    *(checking.Unfit, reporting.Unfit, review.Unfit, UnfitTransfer),
    *(register.AlreadyClosed, register.StillOpen, register.Gone),
)
KINDS: tuple[dict[str, str], ...] = ({}, {"reason": "其他（升学）"}, {"residence": "北京市海淀区"}, {"sex": ""})
SOMEBODY = st.integers(0, 99)  # an index into those there are
CELL = Cell("请核对电话", 1, Column.PHONE)
somebody_there = precondition(lambda self: self.entries)


class Taken(Exception):
    """Takes an example back."""


class CampaignMachine(RuleBasedStateMachine):
    """`written` counts what was written of each kind: no record may be missing when the example ends. `frozen` are
    the reports as they were handed in."""

    college: College
    unit: CampaignUnit

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[tuple[UUID, int]] = []
        self.members: list[UUID] = []
        self.written: Counter[type] = Counter()
        self.frozen: dict[UUID, object] = {}
        self.number = 5
        self._work, self._example = self.college.at_work(), transaction.atomic()
        self._work.__enter__()
        self._example.__enter__()

    def teardown(self) -> None:
        try:
            self.nothing_is_lost()
            self.what_was_handed_in_is_as_it_was()
            self.everybody_belongs_to_one_branch()
        finally:
            self._example.__exit__(Taken, Taken(), None)
            self._work.__exit__(None, None, None)

    # What the branch does

    @rule(kind=st.sampled_from(KINDS))
    def somebody_is_away(self, kind: dict[str, str]) -> None:
        self.number += 1
        entry = register.add_entry(
            actor=self.clerk,
            branch_id=self.college.survey.id,
            cells=row(self.number, **kind).values,
            recorder=Recorder(RULES),
            today=TODAY,
        )
        self.entries.append((entry.id, self.number))
        self.members.append(entry.member_id)
        self.written.update((Member, RegisterEntry, EntryVersion))

    @rule()
    def somebody_attends(self) -> None:
        self.number += 1
        committee = self.college.root.id
        member = Member.objects.create(committee_id=committee, name=f"在支部的{self.number}")
        Affiliation.objects.create(committee_id=committee, member=member, branch=self.college.survey, since=TODAY)
        self.members.append(member.id)
        self.written[Member] += 1

    @somebody_there
    @rule(who=SOMEBODY, kind=st.sampled_from(KINDS))
    def an_entry_is_revised(self, who: int, kind: dict[str, str]) -> None:
        entry_id, number = self.entry(who)
        before = RegisterEntry.objects.values_list("current_id", flat=True).get(id=entry_id)
        assert before
        revised = self.may(
            lambda: register.revise_entry(
                actor=self.clerk,
                entry_id=entry_id,
                base=before,
                cells=row(number, **kind).values,
                recorder=Recorder(RULES),
                today=TODAY,
            )
        )
        self.written[EntryVersion] += revised is not None and revised.current_id != before

    @somebody_there
    @rule(who=SOMEBODY, closing=st.sampled_from((Closing.RETURNED, Closing.NOT_OUTFLOW)))
    def an_entry_is_closed(self, who: int, closing: Closing) -> None:
        entry_id, _ = self.entry(who)
        self.may(lambda: register.close_entry(actor=self.clerk, entry_id=entry_id, closing=closing, today=TODAY))

    @somebody_there
    @rule(who=SOMEBODY)
    def a_closing_is_taken_back(self, who: int) -> None:
        entry_id, _ = self.entry(who)
        self.may(lambda: register.reopen_entry(actor=self.clerk, entry_id=entry_id, today=TODAY))

    @rule(who=SOMEBODY, verdict=st.sampled_from(Verdict))
    def a_verdict_is_given(self, who: int, verdict: Verdict) -> None:
        if self.members:
            self.decide(self.members[who % len(self.members)], verdict)

    @rule()
    def everybody_away_is_decided(self) -> None:
        decided = MemberVerdict.objects.filter(unit=self.unit, superseded_at=None, verdict=Verdict.OUTFLOW)
        for member_id in sorted(set(self.away()) - set(decided.values_list("member_id", flat=True))):
            self.decide(member_id, Verdict.OUTFLOW)

    @rule()
    def who_attends_is_confirmed(self) -> None:
        here = Affiliation.objects.filter(branch=self.college.survey, until=None).exclude(member__in=self.away())
        decided = MemberVerdict.objects.filter(unit=self.unit, superseded_at=None).values("member")
        ids = list(here.exclude(member__in=decided).values_list("member_id", flat=True))
        if not ids:
            return
        confirmed = self.may(lambda: checking.confirm_attending(actor=self.clerk, unit_id=self.unit.id, member_ids=ids))
        self.written[MemberVerdict] += confirmed or 0

    @somebody_there
    @rule(who=SOMEBODY, urged=st.booleans())
    def a_receipt_comes_in(self, who: int, urged: bool) -> None:
        entry_id, _ = self.entry(who)
        member_id = RegisterEntry.objects.values_list("member_id", flat=True).get(id=entry_id)
        received = self.may(
            lambda: checking.receive(
                actor=self.clerk,
                unit_id=self.unit.id,
                member_id=member_id,
                received_on=TODAY,
                destination="关山社区党支部",
                number="",
                urged=urged,
                today=TODAY,
            )
        )
        if received:
            self.written.update((Receipt, MemberVerdict))

    @somebody_there
    @rule(who=SOMEBODY, stage=st.sampled_from((Stage.URGED, Stage.UNDERWAY, Stage.REFUSED)))
    def a_transfer_moves_on(self, who: int, stage: Stage) -> None:
        entry_id, _ = self.entry(who)
        step = Step(stage, TODAY, "没有编制", "关山社区党支部")
        moved = self.may(lambda: tracking.move(actor=self.clerk, entry_id=entry_id, step=step, today=TODAY))
        if moved:
            member_id = RegisterEntry.objects.get(id=entry_id).member_id
            assert (stage is Stage.UNDERWAY) == (member_id in self.in_transit())

    @rule(day=st.sampled_from((TODAY, date(2023, 12, 20))))
    def the_branch_reports(self, day: date) -> None:
        sent = self.may(
            lambda: reporting.submit(
                actor=self.clerk,
                tree=tree_of(self.college.root.id),
                unit_id=self.unit.id,
                signed=SIGNED,
                today=day,
            )
        )
        if sent:
            self.written[Submission] += 1
            self.frozen[sent.id] = content(sent)
            coverage = coverage_of(self.unit.campaign, [self.unit])[self.unit.id]
            assert sent.coverage == [coverage.rostered, coverage.in_transit, coverage.decided], "counted both ways"

    # What the office does

    @precondition(lambda self: self.frozen)
    @rule(which=SOMEBODY, what=st.sampled_from(What), by_cell=st.booleans())
    def the_office_decides(self, which: int, what: What, by_cell: bool) -> None:
        sent = sorted(self.frozen)[which % len(self.frozen)]
        actor = self.college.people["head" if what is What.REOPENED else "office"]
        cells = [CELL] if by_cell and what is What.RETURNED else []
        decided = self.may(
            lambda: review.decide(actor=actor, submission_id=sent, what=what, reason="请核对", cells=cells)
        )
        self.written[Decision] += decided is not None
        self.written[ReturnedCell] += len(cells) if decided else 0
        statistics, approved = approved_sum(self.unit.campaign)
        assert statistics.balanced
        assert approved <= 1

    # What must hold

    def nothing_is_lost(self) -> None:
        for kind, count in self.written.items():
            assert kind.objects.count() == count, kind.__name__  # type: ignore[attr-defined]

    def what_was_handed_in_is_as_it_was(self) -> None:
        sent = list(Submission.objects.order_by("n"))
        assert {one.id: content(one) for one in sent} == self.frozen
        assert all(one.state in reporting.OPEN for one in sent[:-1]), "only the newest waits or is approved"
        assert all(one.figures[0] >= one.figures[-1] for one in sent if one.state == State.APPROVED)
        for one in sent[-1:]:
            opened = frozen(one)
            counted = opened.counted()
            assert [counted[letter] for letter in LETTERS] == one.figures
            assert len(opened.transferred) == one.figures[LETTERS.index("Y")]
            assert all(len(opened.behind(x)) == counted[x] for x in LETTERS if x != "Y")
        assert sum(CommonFault.objects.values_list("used", flat=True)) == ReturnedCell.objects.count()

    def everybody_belongs_to_one_branch(self) -> None:
        open_ = Counter(Affiliation.objects.filter(until=None).values_list("member_id", flat=True))
        assert set(open_.values()) <= {1}
        gone = receipts(self.college.root.id, self.college.survey.id).values("member")
        assert not RegisterEntry.objects.filter(closed_on=None, member__in=gone).exists(), "in A and in Y"
        coverage = coverage_of(self.unit.campaign, [self.unit])[self.unit.id]
        assert 0 <= coverage.left <= coverage.whole
        assert coverage.in_transit == len(self.in_transit())

    # How

    @property
    def clerk(self) -> Any:
        return self.college.people["clerk"]

    def may(self, action: Callable[[], T]) -> T | None:
        """What the action gives; None where it was refused, with its reason. No transaction of ours is around it: what
        the service had written by then, it takes back itself."""
        try:
            return action()
        except REFUSALS:
            return None

    def decide(self, member_id: UUID, verdict: Verdict) -> None:
        decision = checking.Decision(verdict, rule="通知 一", reason="支部会议研究认定")
        decided = self.may(
            lambda: checking.decide(actor=self.clerk, unit_id=self.unit.id, member_id=member_id, decision=decision)
        )
        self.written[MemberVerdict] += decided is not None

    def entry(self, who: int) -> tuple[UUID, int]:
        return self.entries[who % len(self.entries)]

    def in_transit(self) -> list[UUID]:
        return [one.listed.member.id for one in checked_of(self.unit) if one.in_transit]

    def away(self) -> list[UUID]:
        entries = RegisterEntry.objects.filter(branch=self.college.survey, closed_on=None)
        return list(entries.values_list("member_id", flat=True))


def content(sent: Submission) -> object:
    """Everything of a report that must never change: its fields but the state, its rows, its papers byte by byte."""
    kept = Submission.objects.get(id=sent.id)
    papers = SubmissionFile.objects.filter(submission=kept).select_related("file").order_by("paper")
    fields = [field.attname for field in Submission._meta.concrete_fields if field.name != "state"]
    return (
        [getattr(kept, name) for name in fields],
        bytes_of(kept.canonical),
        [(paper.paper, bytes_of(paper.file)) for paper in papers],
        list(SubmissionLine.objects.filter(submission=kept).order_by("number").values_list("number", "version_id")),
    )
