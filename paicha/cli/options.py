"""Options that several commands share, read strictly: nonsense stops the command with one sentence in Chinese."""

import errno
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Never

import typer

from paicha.domain.settings import RuleSet, default_deadline

if TYPE_CHECKING:
    from paicha.domain.branches import BranchList

Paths = Annotated[list[Path], typer.Argument(help="表格文件，或装有表格的文件夹（可以多个）", show_default=False)]
AsOf = Annotated[
    str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="年龄计算截止日；不写则为报告截止日 12 月 15 日")
]
Home = Annotated[
    str,
    typer.Option("--home", metavar="代码或名称", help="本党委所在市州，如 420100 或 武汉市；用来区分市内、省内、省外"),
]


ListOption = Annotated[
    Path | None, typer.Option("--branches", metavar="LIST", help="党支部名单；有它才能指出谁没有报、谁的名称写错")
]
Committee = Annotated[str, typer.Option("--committee", metavar="名称", help="党委名称，印在汇总表和上报表上")]


def stop(message: str) -> Never:
    """Say what is wrong with the command as given, and end with exit code 2."""
    typer.echo(f"错误：{message}", err=True)
    raise typer.Exit(2)


WHY = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "文件夹不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "已有同名的文件夹",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "名称太长",
}


def cannot_write(path: Path, problem: OSError) -> Never:
    """Say why `path` could not be written, and end with exit code 2."""
    why = WHY.get(problem.errno or 0, f"系统提示 {problem.strerror or problem}")
    stop(f"写不进 {path}：{why}。如果结果文件正打开着，请先关闭；或换一个文件夹")


def rule_set(as_of: str, home: str = "") -> RuleSet:
    """The rules that the options ask for."""
    from paicha.domain.divisions import find_home

    try:
        day = date.fromisoformat(as_of) if as_of else default_deadline(now().date())
    except ValueError:
        stop(f"--as-of 写成“{as_of}”，应为 2023-12-15 这样的日期")
    try:
        return RuleSet(day, find_home(home) if home else None)
    except ValueError as problem:
        stop(f"--home：{problem}")


def branch_list(path: Path | None) -> "BranchList":
    """The office's list of branches; without one, an empty list."""
    from paicha.collation.listing import read_list
    from paicha.domain.branches import BranchList

    try:
        return BranchList(read_list(path) if path else ())
    except ValueError as problem:
        stop(f"党支部名单：{problem}")


def now() -> datetime:
    """Local time by the machine's clock: the only place of the command line that asks for it. A day on paper is the day
    where the office stands."""
    return datetime.now().astimezone()
