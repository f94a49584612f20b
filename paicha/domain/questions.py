"""The standard questions that an office asks of a sheet before it believes it (domain.md, 附件2, last paragraph)."""

from collections.abc import Iterator

from paicha.domain.annex2 import Statistics

MANY = 10  # from this many outflow members on, nobody transferred and nobody reported in is worth a question


def ask(statistics: Statistics) -> Iterator[str]:
    """Questions about one unit's figures, in Chinese, ready to be sent."""
    a, u = statistics["A"], statistics["U"]
    if a == 0:
        yield "流出党员为0人，请确认是否为零报告。"
    if u and not statistics.remark:
        yield f"“其他”（U）有{u}人，备注没有注明主要情形及相应人数，请补充。"
    if u * 10 > a > 0:
        yield f"“其他”（U）有{u}人，超过流出党员的十分之一（共{a}人），请核对能否归入J至T各项。"
    if a >= MANY and statistics["Y"] == statistics["Z"] == 0:
        yield f"流出党员{a}人，经督促转移（Y）和已报到（Z）都是0，请核实排查和督促情况。"


def ask_as_of(sent: str, expected: str) -> Iterator[str]:
    """Whether a sheet counts ages by another day; both days are ISO 8601, `sent` "" where the sheet names none."""
    if sent and sent != expected:
        yield f"该表年龄计算截止日为{sent}，本次排查为{expected}，请统一后重报。"
