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
_PERSONAL = "文件含身份证号等个人信息，请走内网或当面交接，不要用微信、QQ传送。"
_INTERNAL = "统计表属内部资料，请走内网或当面交接，不要用微信、QQ传送。"
_STATISTICS = "《流出党员有关情况统计表》（附件2）"
_REGISTER = "《流出党员基本信息登记表》（附件1）"


def is_branch(unit: str) -> bool:
    """Whether a unit is a branch by its name; a college or a general branch is spoken of as 单位."""
    return "支部" in unit and "总支" not in unit


def yours(unit: str) -> str:
    """How a unit is spoken to."""
    return "你支部" if is_branch(unit) else "你单位"


def spoken_day(day: date) -> str:
    """A day as people speak and the notice writes: 12月15日."""
    return f"{day.month}月{day.day}日"


def return_message(
    branch: str, located: Sequence[Located], deadline: date, office: str, attachment: str = "", *, personal: bool = True
) -> str:
    """The message that goes with a returned file: how many places, of which kinds (the five most frequent), until when.

    `attachment` is the returned file's name; without it the names under which the branch sent its files. `personal`
    tells whether the file holds people and their numbers, as an 附件2 alone does not. At most `LONGEST` characters:
    kinds are left out, then the file's name, where names are very long."""
    faults = [item for item in located if item.finding.severity > Severity.NOTICE]
    if not faults:
        return f"{branch}：{yours(branch)}报送的{_FORM}已收到，经核对没有需要修改的地方。谢谢支持！\n{office}"
    close = f"{_PERSONAL if personal else _INTERNAL}谢谢支持！\n{office}"
    if all(item.finding.code is Code.FILE for item in faults):
        return _unreadable(branch, faults, deadline, close)
    names = attachment or _sent_names(located)
    for kinds in range(KINDS, 0, -1):
        text = _compose(branch, faults, kinds, names, deadline) + close
        if len(text) <= LONGEST:
            return text
    return _compose(branch, faults, 1, "", deadline) + close


def _unreadable(branch: str, faults: Sequence[Located], deadline: date, close: str) -> str:
    """For files that could not be read: there are no cells to mend, the file is to be sent once more."""
    names = _sent_names(faults)
    first = faults[0].finding
    why = "；".join(text.rstrip("。") for text in (first.message, first.suggestion) if text)
    room = LONGEST - len(branch) - len(close) - 52  # 52: the words around
    told = f"“{names}”读不出来：{why}" if len(names) + len(why) <= room else f"文件读不出来：{why}"[:room]
    until = f"请于{spoken_day(deadline)}前处理好，重新报送。"
    return f"{branch}：你好！{yours(branch)}报送的{told}。{until}{close}"


def _compose(branch: str, faults: Sequence[Located], kinds: int, names: str, deadline: date) -> str:
    """What to do with a file that was read. Reminders alone are to be looked at; nothing says that they are wrong."""
    errors = sum(item.finding.severity is Severity.ERROR for item in faults)
    reminders = len(faults) - errors
    parts = [f"{errors}处错误（必须改）"] if errors else []
    parts += [f"{reminders}处提醒（请核对）"] if reminders else []
    until = f"请于{spoken_day(deadline)}前"
    return (
        f"{branch}：你好！{yours(branch)}报送的{_FORM}已收到，经核对有{'、'.join(parts)}，"
        f"主要是{_kinds(faults, kinds)}。位置和{'改法' if errors else '说明'}见退回文件"
        f"{f'“{names}”' if names else ''}的第一张表“请修改”，有关的格子已标颜色。"
        + (f"{until}改好，把整份文件交回。" if errors else f"{until}核对，有改动的把整份文件交回，无误的告知即可。")
        + "把握不准的，请先与我们联系，不要猜填。"
    )


def _kinds(faults: Sequence[Located], most: int) -> str:
    counts = Counter(item.finding.code for item in faults).most_common()
    listed = "、".join(f"{code.title}{count}处" for code, count in counts[:most])
    return f"{listed}等" if len(counts) > most else listed


def _sent_names(located: Sequence[Located]) -> str:
    names = list(dict.fromkeys(PurePath(item.place.file).name for item in located))
    return names[0] if len(names) == 1 else f"{names[0]}等{len(names)}份"


def missing_note(unit: str, deadline: date, *, register: bool = True) -> str:
    """The drafted note to a unit that sent nothing, with a final newline: both forms are due, for a nil return too
    (notice 二.1, 三.3); without `register`, where the office gathers 附件2 alone, only that one."""
    due = f"{_REGISTER}和{_STATISTICS}" if register else _STATISTICS
    nil = "附件1写无，附件2各项填0" if register else "附件2各项填0"
    return (
        f"{unit}：\n至今未收到{yours(unit)}的{due}。"
        f"请于{spoken_day(deadline)}前报送；没有流出党员的，也请零报告（{nil}）。"
        f"如已报送，请告知报送的时间和方式，以便查找。谢谢支持！\n"
    )


def unit_note(unit: str, problems: Sequence[str], questions: Sequence[str], deadline: date) -> str:
    """The drafted return note to a unit of which only 附件2 came, with a final newline: `problems` must be mended,
    `questions` only answered; a sentence each. An 附件2 holds no ID numbers, and the note speaks of none."""
    until, received = f"请于{spoken_day(deadline)}前", f"{unit}：\n{yours(unit)}报送的{_STATISTICS}已收到"
    if not problems:
        return (
            f"{received}，各项平衡。有{len(questions)}处请核对：\n"
            f"{_numbered(questions)}\n{until}核对，无误的不用改，告知即可。谢谢支持！\n"
        )
    return (
        f"{received}，经审核有{len(problems) + len(questions)}处请核实：\n{_numbered([*problems, *questions])}\n"
        f"{until}更正后重新报送，并请审核领导和填表人重新签字。表间关系为"
        f"A=B+C=D+E+F=G+H+I=J+…+U=V+W+X，Y项不计入A。{_INTERNAL}谢谢支持！\n"
    )


def _numbered(sentences: Sequence[str]) -> str:
    return "\n".join(f"{number}. {sentence.rstrip('。；')}。" for number, sentence in enumerate(sentences, start=1))
