"""The standard questions that an office asks of a sheet before it believes it (domain.md, 附件2, last paragraph)."""

from collections.abc import Iterator, Mapping

from paicha.domain.annex2 import Statistics

MANY = 10  # from this many outflow members on, nobody transferred and nobody reported in is worth a question
FEW = 3  # a figure that moved by fewer people is not asked about: of two, one more is already a half


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


def ask_moved(figures: Mapping[str, int], earlier: Mapping[str, int], as_of: str) -> Iterator[str]:
    """One question that names every figure that moved by a third or more since the last round, of the day `as_of`."""
    moved = [
        f"{letter}由{before}变为{figures[letter]}"
        for letter, before in earlier.items()
        if abs(figures[letter] - before) >= FEW and abs(figures[letter] - before) * 3 >= before
    ]
    if moved:
        yield f"与上一轮（{as_of}）相比变动三分之一以上：{'，'.join(moved)}，请说明原因。"
