"""全国党员管理信息系统导出的转接名单: what its cells say, and what a row of it adds to a transfer that is known here
(notice 二.2; domain.md, Transfer: its confirmation is the receipt).

The system's words and columns differ by version and by place: words that are not known here are asked for, never
guessed (`read_status`), and so is whose row it is where the ID number is masked (`is_masked`, `fits`).

>>> read_status("转接中").label, read_status("已接收").label, read_status("不予接收").label, read_status("其他") is None
('在途', '已接收', '对方未接收', True)
>>> read_when("2023-11-28 10:22:33"), read_when(20231128), read_when("2023年11月28日"), read_when("下周") is None
(datetime.date(2023, 11, 28), datetime.date(2023, 11, 28), datetime.date(2023, 11, 28), True)
>>> fits("420106********123X", "42010619780815123X"), fits("420106********1234", "42010619780815123X")
(True, False)
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from paicha.domain.divisions import Direction
from paicha.domain.letters import Stage
from paicha.domain.readings import CellValue, as_text, compact
from paicha.domain.vocabulary import Labelled


class Status(Labelled):
    """What the system says of a transfer; PASSED_OVER: a word that a person said means nothing here."""

    UNDERWAY = 1, "在途"
    RECEIVED = 2, "已接收"
    REFUSED = 3, "对方未接收"
    WITHDRAWN = 4, "已撤回"
    PASSED_OVER = 5, "不读入"

    @property
    def stage(self) -> Stage | None:
        return _STAGES.get(self)


_STAGES = {
    Status.UNDERWAY: Stage.UNDERWAY,
    Status.RECEIVED: Stage.RECEIVED,
    Status.REFUSED: Stage.REFUSED,
    Status.WITHDRAWN: Stage.WITHDRAWN,
}
_WORDS = {
    Status.UNDERWAY: (
        "在途 转接中 正在转接 待审核 审核中 待审批 审批中 待接收 待转入 待办理 办理中 已发起 流转中 转出中 已转出待接收"
    ),
    Status.RECEIVED: "已接收 已完成 完成 转接完成 已转接 转接成功 接收完成 已转入 转入完成 办结 已办结",
    Status.REFUSED: "退回 已退回 拒绝 已拒绝 拒绝接收 不予接收 不接收 驳回 已驳回",
    Status.WITHDRAWN: "撤销 已撤销 撤回 已撤回 终止 已终止 取消 已取消 作废 已作废",
}
_STATUS = {word: status for status, words in _WORDS.items() for word in words.split()}
_DAY = re.compile(
    r"((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s]+\d{1,2}[:时点].*|(?<=日)\d{1,2}[:时点].*)?"
)
_SOLID = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{6})?")
_MASKED = re.compile(r"[*×●•#?]{2,}|(?<=\d)[xX]{2,}(?=\w)")
LONGEST_WHEN = 40
NAME, NUMBER, STATUS, BEGUN, ENDED, TO = "姓名", "编号", "状态", "转出时间", "接收时间", "转入党组织"
"""Our headings of the cells that a fault may be in."""


def read_status(raw: CellValue, said: Mapping[str, Status] | None = None) -> Status | None:
    """What a word of the system means: as a person `said` of it (by `word_of`), else as is known; None: to be asked."""
    word = word_of(raw)
    return (said or {}).get(word) or _STATUS.get(word)


def word_of(raw: CellValue) -> str:
    """A word of the system as it is compared and kept: half-width, without white space and brackets' contents."""
    return re.sub(r"\(.*?\)", "", compact(raw))


def read_when(raw: CellValue) -> date | None:
    """The day of a time: a date, text with or without the hour, or 20231128(102233); None for anything else (a serial
    of a spreadsheet too: which of its calendars is meant is not known)."""
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    text = as_text(raw)
    if isinstance(raw, bool) or len(text) > LONGEST_WHEN:
        return None
    found = _SOLID.fullmatch(compact(text)) or _DAY.fullmatch(unicodedata.normalize("NFKC", text))
    try:
        return date(*(int(part) for part in found.groups()[:3])) if found else None
    except ValueError:
        return None


def is_masked(raw: CellValue) -> bool:
    """Whether an ID number is written with its middle hidden."""
    return bool(_MASKED.search(compact(raw)))


def fits(masked: CellValue, number: str) -> bool:
    """Whether a number may be the one behind a mask: of its length, and alike wherever a digit is shown."""
    shown = compact(masked).upper()
    return len(shown) == len(number) and all(
        mine == theirs or not mine.isdigit() for mine, theirs in zip(shown, number, strict=True)
    )


@dataclass(frozen=True, slots=True)
class Said:
    """What one row says of one person's transfer, read."""

    status: Status
    word: str
    number: str = ""
    begun: date | None = None
    ended: date | None = None
    destination: str = ""
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known here of a person: `here` whether they still belong to the branch, `may_begin` whether a transfer
    can begin, since they stand on the register or in a cohort of graduates; the open transfer's `stage` (None: none is
    open), `number`, destination and last day; `over`: the numbers of those that ended, with how; `last`: how the newest
    ended, where none is open; `received_on`: the day of the newest receipt that stands, of somebody who came back
    since."""

    here: bool
    may_begin: bool
    stage: Stage | None = None
    number: str = ""
    destination: str = ""
    moved_on: date | None = None
    over: Mapping[str, Stage] = field(default_factory=dict)
    last: Stage | None = None
    received_on: date | None = None

    @property
    def underway(self) -> bool:
        return self.stage in (Stage.UNDERWAY, Stage.EXPIRED)


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to write down: a step of the transfer on its day; RECEIVED is the receipt, UNDERWAY of what is underway
    already (`note`) only brings the system's number."""

    stage: Stage
    day: date
    note: bool = False


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a row adds: nothing where `deeds` is empty, and `why` says the reason; `about` is the heading of the cell at
    fault where it cannot be."""

    deeds: tuple[Deed, ...] = ()
    why: str = ""
    about: str = ""


class _Fault(Exception):
    """The row cannot be taken over: the heading of the cell, why, and what to do."""


def reckon(said: Said, known: Known, today: date) -> Reckoned:
    """What a row adds to what is known. The same row a second time adds nothing."""
    try:
        return _reckon(said, known, today)
    except _Fault as fault:
        about, why = fault.args
        return Reckoned(why=why, about=about)


def _reckon(said: Said, known: Known, today: date) -> Reckoned:
    if said.status is Status.PASSED_OVER:
        return Reckoned(why=f"“{said.word}”不读入")
    if said.number and said.number in known.over:
        return _again(said, known.over[said.number])
    if not known.here:
        return Reckoned(why="组织关系已经转出")
    if known.received_on and (day := said.ended or said.begun) and day <= known.received_on:
        return Reckoned(why=f"{known.received_on:%m-%d} 的回执已经记过，这是那一次或更早的")
    if known.underway and said.number and known.number and said.number != known.number:
        if said.status in (Status.REFUSED, Status.WITHDRAWN):
            return Reckoned(why=f"现在在途的是另一次转接（编号 {known.number}）")
        if known.stage is not Stage.EXPIRED:
            raise _Fault(NUMBER, f"现在在途的是另一次转接（编号 {known.number}），请先在他的页面上记下那一次的结果")
    return _OF_STATUS[said.status](said, known, today)


def _again(said: Said, ended: Stage) -> Reckoned:
    """Of a transfer that is known to be over."""
    if said.status.stage is ended or said.status is Status.UNDERWAY:
        return Reckoned(why=f"已经记过：{ended.label}")
    raise _Fault(NUMBER, f"这个编号已记为“{ended.label}”，表上是“{said.word}”，请到他的页面核对")


def _underway(said: Said, known: Known, today: date) -> Reckoned:
    if known.stage is Stage.UNDERWAY:
        if said.number and not known.number and known.moved_on:
            return Reckoned((Deed(Stage.UNDERWAY, known.moved_on, note=True),))
        return Reckoned(why="已经记过：在途")
    if known.stage is Stage.EXPIRED and said.number in ("", known.number):
        return Reckoned(why="已经记过：介绍信已过期")
    return Reckoned((_sent(said, known, today),))


def _received(said: Said, known: Known, today: date) -> Reckoned:
    if said.ended is None:
        raise _Fault(ENDED, "没有接收（完成）时间，或时间认不出")
    if said.ended > today:
        raise _Fault(ENDED, f"接收时间 {said.ended.isoformat()} 还没有到")
    if not (said.destination or known.destination):
        raise _Fault(TO, "没有转入的党组织")
    receipt = Deed(Stage.RECEIVED, said.ended)
    begins = not known.underway and said.begun is not None and (known.stage is not None or known.may_begin)
    if begins and said.destination:
        sent = _sent(said, known, today)
        return Reckoned((sent, receipt) if sent.day <= said.ended else (receipt,))
    return Reckoned((receipt,))


def _ended(said: Said, known: Known, today: date) -> Reckoned:
    """Refused or withdrawn. What nobody wrote down as underway is told only where it needs doing: it was refused."""
    stage = said.status.stage
    if stage is None:
        raise ValueError(said.status)
    before: tuple[Deed, ...] = ()
    if not known.underway:
        if known.stage is None and (said.status is Status.WITHDRAWN or known.last is stage):
            return Reckoned(why="没有记过这次转接，不用补记" if known.last is not stage else f"已经记过：{stage.label}")
        before = (_sent(said, known, today),)
    first = before[0].day if before else known.moved_on
    day = max(filter(None, (said.ended or said.begun, first)), default=today)
    if day > today:
        raise _Fault(ENDED, f"时间 {day.isoformat()} 还没有到")
    return Reckoned((*before, Deed(stage, day)))


def _sent(said: Said, known: Known, today: date) -> Deed:
    """The sending in the system. Where the member was urged later than that, it stands on the day of the urging: steps
    follow each other."""
    if known.stage is None and not known.may_begin:
        raise _Fault(NAME, "不在流出党员台账上，也不在毕业生名单里，转接没有地方记：请先登记，再传一次")
    if said.begun is None:
        raise _Fault(BEGUN, "没有转出（发起）时间，或时间认不出")
    if said.begun > today:
        raise _Fault(BEGUN, f"转出时间 {said.begun.isoformat()} 还没有到")
    if not (said.destination or known.destination):
        raise _Fault(TO, "没有转入的党组织")
    return Deed(Stage.UNDERWAY, max(filter(None, (said.begun, known.moved_on))))


_OF_STATUS = {
    Status.UNDERWAY: _underway,
    Status.RECEIVED: _received,
    Status.REFUSED: _ended,
    Status.WITHDRAWN: _ended,
}


def after(known: Known, said: Said, done: Reckoned) -> Known:
    """What is known once the deeds are written: a file may hold several rows of one person."""
    for deed in done.deeds:
        number = said.number or known.number
        if deed.stage.over:
            over = {**known.over, **({number: deed.stage} if number else {})}
            here = known.here and deed.stage is not Stage.RECEIVED
            known = replace(known, here=here, stage=None, number="", moved_on=None, over=over, last=deed.stage)
        else:
            known = replace(
                known,
                stage=deed.stage,
                number=number,
                destination=said.destination or known.destination,
                moved_on=deed.day,
            )
    return known
