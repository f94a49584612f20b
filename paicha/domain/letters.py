"""组织关系转接: stages, the validity of an introduction letter, the clocks of letter and receipt, numbers, reissue, and
who is responsible today (notice 二.2; domain.md, Transfer). What rests on practice (†) is `Terms`, with defaults.

>>> from datetime import date
>>> letter = Letter(date(2023, 12, 1), days=60)
>>> letter.last_day, letter.expired(date(2024, 1, 31)), receipt_due(letter.issued_on)
(datetime.date(2024, 1, 30), True, datetime.date(2024, 1, 1))
>>> written(2023, 7)
'〔2023〕第0007号'
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from paicha.domain.divisions import Direction
from paicha.domain.followup import months_on
from paicha.domain.vocabulary import Labelled

LONGEST = 90  # days that a letter holds at most†


class Stage(Labelled):
    """Where a transfer stands. ADVISED and URGED come before anything is issued; UNDERWAY is 在途, by a letter or in
    the national system; RECEIVED ends it; EXPIRED wants a new letter that cites the old; REFUSED and WITHDRAWN end it
    without a receipt, the member stays."""

    ADVISED = 1, "已建议转移"
    URGED = 2, "已督促转移"
    UNDERWAY = 3, "在途"
    RECEIVED = 4, "已收到回执"
    EXPIRED = 5, "介绍信已过期"
    REFUSED = 6, "对方未接收"
    WITHDRAWN = 7, "已撤回"

    @property
    def over(self) -> bool:
        """Whether nothing comes after it: a new transfer begins anew."""
        return self in (Stage.RECEIVED, Stage.REFUSED, Stage.WITHDRAWN)


NEXT: dict[Stage, frozenset[Stage]] = {
    Stage.ADVISED: frozenset({Stage.URGED, Stage.UNDERWAY, Stage.WITHDRAWN}),
    Stage.URGED: frozenset({Stage.UNDERWAY, Stage.WITHDRAWN}),
    Stage.UNDERWAY: frozenset({Stage.RECEIVED, Stage.EXPIRED, Stage.REFUSED, Stage.WITHDRAWN}),
    Stage.EXPIRED: frozenset({Stage.UNDERWAY, Stage.RECEIVED, Stage.REFUSED, Stage.WITHDRAWN}),
    Stage.RECEIVED: frozenset(),
    Stage.REFUSED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}
"""Stage → those that may follow. A receipt may still come after a letter has expired: the destination decides."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Days that a letter holds by where its destination lies; months after which a receipt is due; months from the
    first letter within which a graduate is given a new one without more ado."""

    within_prefecture: int = 15
    within_province: int = 30
    elsewhere: int = 60
    receipt_months: int = 1
    graduate_months: int = 6

    def days(self, direction: Direction | None) -> int:
        """Days of validity; a destination that is not known counts as far away."""
        near: dict[Direction | None, int] = {
            Direction.WITHIN_PREFECTURE: self.within_prefecture,
            Direction.WITHIN_PROVINCE: self.within_province,
        }
        return min(LONGEST, near.get(direction, self.elsewhere))


DEFAULT = Terms()


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was issued; `days` as in `Terms.days`. Raises ValueError for days under 1 or over 90."""

    issued_on: date
    days: int

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST:
            raise ValueError(f"有效期是 1 到 {LONGEST} 天")

    @property
    def last_day(self) -> date:
        """The last day on which it holds."""
        return self.issued_on + timedelta(days=self.days)

    def expired(self, today: date) -> bool:
        return today > self.last_day


def receipt_due(issued_on: date, terms: Terms = DEFAULT) -> date:
    """The last day on which the receipt is in time; after it the destination is asked."""
    return months_on(issued_on, terms.receipt_months)


def missing_for_reissue(
    first_issued: date, today: date, *, graduate: bool, statement: bool, application: bool, terms: Terms = DEFAULT
) -> tuple[str, ...]:
    """What a new letter in place of an expired one still wants: nothing for a graduate within six months of the first;
    after that, and for everybody else, the branch's statement and the member's application."""
    if graduate and today <= months_on(first_issued, terms.graduate_months):
        return ()
    wanted = (("党支部的情况说明", statement), ("党员本人的申请", application))
    return tuple(name for name, have in wanted if not have)


def written(year: int, number: int) -> str:
    """The number as a letter bears it, across its perforations (骑缝)."""
    return f"〔{year}〕第{number:04d}号"


def missing_numbers(used: Collection[int]) -> list[int]:
    """The numbers of a year that nothing stands for: none, as long as numbers are given without gaps."""
    return sorted(set(range(1, max(used, default=0) + 1)) - set(used))


@dataclass(frozen=True, slots=True)
class Outlook:
    """Who is responsible today, until when (None: until a receipt that has no day yet), what comes next."""

    responsible: str
    until: date | None
    next: str
    late: bool = False


def outlook(
    stage: Stage | None,
    branch: str,
    destination: str,
    today: date,
    letter: Letter | None = None,
    terms: Terms = DEFAULT,
) -> Outlook:
    """For one person: until the receipt is in hand the origin answers for them (notice 二.2). `stage` None: nothing was
    begun."""
    if stage is Stage.RECEIVED:
        return Outlook(destination, None, "组织关系已转出，由接收的党组织管理")
    if stage is Stage.EXPIRED or (stage is Stage.UNDERWAY and letter and letter.expired(today)):
        return Outlook(branch, None, "介绍信已过期：联系本人，重新开具", late=True)
    if stage is Stage.UNDERWAY:
        due = receipt_due(letter.issued_on, terms) if letter else None
        late = due is not None and today > due
        return Outlook(branch, due, "催要回执" if late else "等对方的回执", late)
    after = {
        Stage.ADVISED: "督促本人转移组织关系",
        Stage.URGED: "开具介绍信或在系统里转出",
        Stage.REFUSED: "问清未接收的原因，再转或报到",
        Stage.WITHDRAWN: "留在本支部，按期联系",
    }
    return Outlook(branch, None, after[stage] if stage else "看转移建议", late=stage is Stage.REFUSED)
