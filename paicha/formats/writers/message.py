"""Ready messages to a branch or a unit, for telephone or OA: what came back, what to do, by when (notice 三.3, 四.3).

They hold no names, ID numbers or phones of members, and say that the files must not go by WeChat or QQ.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from paicha.domain.findings import Code, Located, Severity

LONGEST = 300  # characters of a message to a branch
KINDS = 5
_FORM = "流动党员排查表格"
_CHANNEL = "文件含身份证号等个人信息，请走内网或当面交接，不要用微信、QQ传送。"


def spoken_day(day: date) -> str:
    """A day as people speak and the notice writes: 12月15日."""
    return f"{day.month}月{day.day}日"


def return_message(branch: str, located: Sequence[Located], deadline: date, office: str, attachment: str = "") -> str:
    """The message that goes with a returned file: how many places, of which kinds (the five most frequent), until when.

    `attachment` is the returned file's name; without it the names under which the branch sent its files. At most
    `LONGEST` characters: kinds are left out, then the file's name, where names are very long."""
    faults = [item for item in located if item.finding.severity > Severity.NOTICE]
    if not faults:
        return f"{branch}：你支部报送的{_FORM}已收到，经核对没有需要修改的地方。谢谢支持！\n{office}"
    if all(item.finding.code is Code.FILE for item in faults):
        return _unreadable(branch, faults, deadline, office)
    names = attachment or _sent_names(located)
    for kinds in range(KINDS, 0, -1):
        text = _compose(branch, faults, kinds, names, deadline, office)
        if len(text) <= LONGEST:
            return text
    return _compose(branch, faults, 1, "", deadline, office)


def _unreadable(branch: str, faults: Sequence[Located], deadline: date, office: str) -> str:
    """For files that could not be read: there are no cells to mend, the file is to be sent once more."""
    names = _sent_names(faults)
    first = faults[0].finding
    why = "；".join(text.rstrip("。") for text in (first.message, first.suggestion) if text)
    room = LONGEST - len(branch) - len(office) - len(_CHANNEL) - 60  # 60: the words around
    told = f"“{names}”读不出来：{why}" if len(names) + len(why) <= room else f"文件读不出来：{why}"[:room]
    until = f"请于{spoken_day(deadline)}前处理好，重新报送。"
    return f"{branch}：你好！你支部报送的{told}。{until}{_CHANNEL}谢谢支持！\n{office}"


def _compose(branch: str, faults: Sequence[Located], kinds: int, names: str, deadline: date, office: str) -> str:
    errors = sum(item.finding.severity is Severity.ERROR for item in faults)
    parts = [f"错误{errors}处，必须改"] if errors else []
    if errors < len(faults):
        parts.append(f"提醒{len(faults) - errors}处，请核对")
    return (
        f"{branch}：你好！你支部报送的{_FORM}已收到，经核对有{len(faults)}处请修改（{'；'.join(parts)}），"
        f"主要是{_kinds(faults, kinds)}。位置和改法见退回文件{f'“{names}”' if names else ''}的第一张表“请修改”，"
        f"要改的格子已标颜色。请于{spoken_day(deadline)}前改好，把整份文件交回。"
        f"把握不准的，请先与我们联系，不要猜填。{_CHANNEL}谢谢支持！\n{office}"
    )


def _kinds(faults: Sequence[Located], most: int) -> str:
    counts = Counter(item.finding.code for item in faults).most_common()
    listed = "、".join(f"{code.title}{count}处" for code, count in counts[:most])
    return f"{listed}等" if len(counts) > most else listed


def _sent_names(located: Sequence[Located]) -> str:
    names = list(dict.fromkeys(PurePath(item.place.file).name for item in located))
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}份"


def missing_note(unit: str, deadline: date) -> str:
    """The drafted note to a unit that sent nothing: both forms are due, for a nil return too (notice 二.1, 三.3)."""
    return (
        f"{unit}：\n至今未收到你单位的《流出党员基本信息登记表》（附件1）和《流出党员有关情况统计表》（附件2）。"
        f"请于{spoken_day(deadline)}前报送；没有流出党员的，也请零报告（附件1写无，附件2各项填0）。"
        f"如已报送，请告知报送的时间和方式，以便查找。谢谢支持！"
    )


def unit_note(unit: str, problems: Sequence[str], questions: Sequence[str], deadline: date) -> str:
    """The drafted return note to a unit of which only 附件2 came: `problems` must be mended, `questions` only answered;
    a sentence each."""
    until = f"请于{spoken_day(deadline)}前"
    if not problems:
        return (
            f"{unit}：\n你单位报送的附件2《流出党员有关情况统计表》已收到，各项平衡。有{len(questions)}处请确认：\n"
            f"{_numbered(questions)}\n核对无误的可以不改，{until}告知即可。谢谢支持！"
        )
    listed = _numbered([*problems, *questions])
    return (
        f"{unit}：\n你单位报送的附件2《流出党员有关情况统计表》已收到，经审核有"
        f"{len(problems) + len(questions)}处请核实：\n{listed}\n"
        f"{until}更正后重新报送，并请审核领导和填表人重新签字。表间关系为"
        f"A=B+C=D+E+F=G+H+I=J+…+U=V+W+X，Y项不计入A。需要附人员名单的，{_CHANNEL}谢谢支持！"
    )


def _numbered(sentences: Sequence[str]) -> str:
    return "\n".join(f"{number}. {sentence.rstrip('。；')}。" for number, sentence in enumerate(sentences, start=1))
