"""高校毕业生: where each one goes, how long ago they graduated, what is to be done next (notice 二.2: 切实加强高校毕业
生党员组织关系管理，做好党员组织关系转接和参加主题教育衔接工作; domain.md, Transfer). Months are year × 12 + month − 1.

>>> from datetime import date
>>> months_since(2023 * 12 + 5, date(2023, 12, 1)), read_destination("考研").text, read_destination("签约").value.label
(6, '升学', '就业')
>>> next_of(Known(Destination.WORK), None).label
'问清接收的党组织'
"""

from dataclasses import dataclass
from datetime import date

from paicha.domain.letters import Outlook, Stage
from paicha.domain.lexicon import Advice, Lexicon
from paicha.domain.readings import CellValue, Reading
from paicha.domain.vocabulary import Labelled

HALF_YEAR = 6  # months after which somebody who does not attend is an outflow member (notice 一)


class Destination(Labelled):
    """去向类别. Study counts as work: who studies on goes where the school is."""

    STUDY = 1, "升学"
    WORK = 2, "就业"
    JOBLESS = 3, "待业"
    ARMY = 4, "参军"
    ABROAD = 5, "出国"
    UNKNOWN = 6, "不详"

    @property
    def moves(self) -> bool:
        """Whether there is an organisation that should receive them. Who goes abroad stays where they are†; who has no
        work yet is received at home, or stays until there is any†."""
        return self in (Destination.STUDY, Destination.WORK, Destination.ARMY)


class Next(Labelled):
    """What is to be done next for one graduate."""

    FIND_OUT = 1, "问清去向"
    NAME_ORGANIZATION = 2, "问清接收的党组织"
    SEND = 3, "开介绍信，或在系统里转出"
    AWAIT = 4, "等对方的回执"
    CHASE = 5, "催要回执"
    SEND_AGAIN = 6, "介绍信已过期，重新开具"
    ASK_WHY = 7, "问清未接收的原因"
    KEEP = 8, "留在本支部，按期联系"
    DONE = 9, "已转出"
    LEFT = 10, "组织关系已不在这里"

    @property
    def late(self) -> bool:
        return self in (Next.CHASE, Next.SEND_AGAIN, Next.ASK_WHY)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one graduate, as far as it decides what comes next; `organization`: whether the one that is to
    receive them is known."""

    destination: Destination | None
    organization: bool = False


def months_since(month: int, today: date) -> int:
    """Whole months from a month of graduation to today's; 0 for one to come."""
    return max(0, today.year * 12 + today.month - 1 - month)


def settled(destination: Destination | None) -> bool:
    """Whether it is known where somebody goes."""
    return destination is not None and destination is not Destination.UNKNOWN


def next_of(known: Known, stage: Stage | None, outlook: Outlook | None = None, *, received: bool = False) -> Next:
    """What comes next: by the transfer (`stage`, with its `outlook`) once it was begun, else by what is known."""
    if received:
        return Next.DONE
    if stage is Stage.REFUSED:
        return Next.ASK_WHY
    if stage in (Stage.UNDERWAY, Stage.EXPIRED):
        if outlook is not None and outlook.late:
            return Next.CHASE if outlook.until else Next.SEND_AGAIN
        return Next.AWAIT
    if not settled(known.destination):
        return Next.FIND_OUT
    if known.organization:
        return Next.SEND
    return Next.NAME_ORGANIZATION if known.destination is not None and known.destination.moves else Next.KEEP


_WORDS = {
    Destination.STUDY: (
        "考研 读研 研究生 硕士 博士 读博 深造 专升本 升本 国内升学 境内升学 升学深造 继续深造 考取研究生"
    ),
    Destination.WORK: (
        "工作 已就业 签约 签协议 协议就业 合同就业 劳动合同 灵活就业 自主创业 创业 基层项目 三支一扶 西部计划 选调生 "
        "公务员 考公 事业单位 特岗教师 已工作 在职 单位就业 签就业协议 签劳动合同 科研助理 国家基层项目 地方基层项目 "
        "自由职业"
    ),
    Destination.JOBLESS: (
        "未就业 暂不就业 暂未就业 待就业 求职中 求职 找工作 备考 考研复习 不就业拟升学 拟升学 二战 无业 失业"
    ),
    Destination.ARMY: "入伍 应征入伍 当兵 服役 应征义务兵 参军入伍 部队 士官 直招士官",
    Destination.ABROAD: "出国出境 出境 出国境 留学 出国留学 出境深造 境外留学 国境外升学 出国深造 境外升学",
    Destination.UNKNOWN: "不明 未知 去向不明 去向不详 待定 不清楚 失联 联系不上 未定 未落实",
}
_DESTINATIONS: Lexicon[Destination] = Lexicon(
    "去向类别",
    {destination.label: destination for destination in Destination},
    {word: destination.label for destination, words in _WORDS.items() for word in words.split()},
    Advice("请填下列之一：" + "；".join(destination.label for destination in Destination)),
)


def read_destination(raw: CellValue) -> Reading[Destination]:
    """去向类别 as an office writes it."""
    return _DESTINATIONS.read(raw)
