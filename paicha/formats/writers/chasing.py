"""督办单: the office's notice to one branch that is late, as an official .docx (notice 四.2). Figures and the branch's
name only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from paicha.formats.writers.official import OfficialDocument, spoken_day

TITLE = "流动党员组织关系集中排查督办单"
SIGNED = "党委办公室"


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that is not done: its clause, its last day, days `late` (0: not yet)."""

    words: str
    clause: str
    last: date
    late: int

    @property
    def sentence(self) -> str:
        """工作方案没有确认（通知三.1，截止日11月30日，已逾期2天）"""
        late = f"，已逾期{self.late}天" if self.late else ""
        return f"{self.words}（{self.clause}，截止日{self.last.month}月{self.last.day}日{late}）"


def write_chasing(
    *,
    committee: str,
    branch: str,
    number: int,
    turn: int,
    demands: Sequence[Demand],
    answer_by: date,
    issued_on: date,
) -> bytes:
    """The bytes of the .docx. `number` within the campaign; `turn`: how often in a row the branch is chased."""
    document = OfficialDocument((committee, TITLE), issued_on)
    document.number(f"第{number}号")
    document.addressee(branch)
    if turn > 1:
        document.paragraph(f"这是对你单位的连续第{turn}次督办，已报党委办公室负责人。")
    document.paragraph(f"经查，截至{spoken_day(issued_on)}，你单位在集中排查中有以下工作没有完成：")
    for place, demand in enumerate(demands, 1):
        end = "。" if place == len(demands) else "；"
        document.paragraph(f"{place}．{demand.sentence}{end}" if len(demands) > 1 else f"{demand.sentence}。")
    document.paragraph(
        f"请于{spoken_day(answer_by)}前办结，并在系统中答复办理情况；一时不能办结的，写明原因和完成时间。"
        "把握不准的问题及时请示（通知四.3）。"
    )
    document.signature(SIGNED, issued_on)
    out = BytesIO()
    document.save(out)
    return out.getvalue()
