"""The step of a transfer as it is typed; nothing typed is lost where it does not fit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from paicha.domain.divisions import Direction
from paicha.domain.letters import NEXT, Stage
from paicha.register.contacts.forms import read_day
from paicha.transfers.tracking.models import Transfer
from paicha.transfers.tracking.moving import Step
from paicha.transfers.tracking.selectors import BEGIN, sent_first, urged
from paicha.transfers.unfit import Unfit

LONGEST = {"words": 500, "destination": 120, "number": 60}
DONE = {
    Stage.ADVISED: "已向本人提出建议",
    Stage.URGED: "已督促本人转移",
    Stage.UNDERWAY: "已转出：在系统里发起，或开了介绍信",
    Stage.EXPIRED: "介绍信过期了",
    Stage.REFUSED: "对方没有接收",
    Stage.WITHDRAWN: "不转了，撤回",
}


@dataclass(slots=True)
class StepForm:
    """As typed, and what is wrong with it."""

    stage: Stage | None
    day: str = ""
    words: str = ""
    destination: str = ""
    number: str = ""
    direction: str = ""
    fault: str = ""

    def step(self) -> Step | None:
        """What was typed; None where the day or the step cannot be read, which `fault` then tells."""
        day = read_day(self.day)
        if self.stage is None or day is None:
            self.fault = "请选择这一步是什么" if self.stage is None else "请填写日期，如 2023-12-08"
            return None
        direction = next((one for one in Direction if str(one.value) == self.direction), None)
        if self.stage is Stage.UNDERWAY and direction is None:
            self.fault = "请选择转往哪里，介绍信的有效期由它定"
            return None
        return Step(self.stage, day, self.words, self.destination, self.number, direction)


@dataclass(slots=True)
class ReceiptForm:
    """收到了转接回执, as typed, and what is wrong with it."""

    received_on: str = ""
    destination: str = ""
    number: str = ""
    urged: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that may come next, and its form."""

    stage: Stage
    words: str
    form: StepForm
    sent: bool

    @property
    def goes_out(self) -> bool:
        """Whether it asks whither."""
        return self.stage is Stage.UNDERWAY

    @property
    def wants_reason(self) -> bool:
        return self.stage in (Stage.REFUSED, Stage.WITHDRAWN)


def step_form(posted: Mapping[str, str]) -> StepForm:
    def text(name: str) -> str:
        return posted.get(name, "").strip()[: LONGEST.get(name, 20)]

    stage = next((stage for stage in Stage if str(stage.value) == posted.get("stage")), None)
    return StepForm(stage, text("day"), text("words"), text("destination"), text("number"), text("direction"))


def proposed_receipt(committee_id: UUID, member_id: UUID, transfer: Transfer | None) -> ReceiptForm:
    """What is known before anything is typed: of the transfer, and whether it was urged."""
    form = ReceiptForm(urged=urged(committee_id, member_id))
    if transfer is not None:
        form.destination, form.number = transfer.destination, transfer.number
    return form


def receipt_form(posted: Mapping[str, str]) -> ReceiptForm:
    def text(name: str) -> str:
        return posted.get(name, "").strip()[: LONGEST.get(name, 20)]

    return ReceiptForm(text("received_on"), text("destination"), text("number"), posted.get("urged") == "yes")


def received_day(committee_id: UUID, member_id: UUID, typed: str) -> date:
    """The day of a receipt as it is typed. Raises Unfit for none, and for one before the member was sent. (The national
    system's list is not held to what was typed here: its days are the truer ones.)"""
    day, sent = read_day(typed), sent_first(committee_id, member_id)
    if day is None:
        raise Unfit("请填写回执日期，如 2023-12-08")
    if sent is not None and day < sent:
        raise Unfit(f"转出是 {sent.isoformat()}，回执日期不能更早")
    return day


def offers(transfer: Transfer | None, sent: StepForm | None, today: date) -> list[Offer]:
    """What may come next, in the order of the stages; the receipt has its own form."""
    following = NEXT[Stage(transfer.stage)] if transfer else BEGIN
    found = []
    for stage in sorted(following - {Stage.RECEIVED}):
        is_sent = sent is not None and sent.stage is stage
        form = sent if sent is not None and is_sent else _empty(stage, transfer, today)
        found.append(Offer(stage, DONE[stage], form, is_sent))
    return found


def _empty(stage: Stage, transfer: Transfer | None, today: date) -> StepForm:
    """A new letter goes where the old one went, unless something else is typed."""
    form = StepForm(stage, today.isoformat())
    if transfer is not None and stage is Stage.UNDERWAY:
        form.destination, form.direction = transfer.destination, str(transfer.direction or "")
    return form
