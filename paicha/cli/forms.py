"""`paicha check` and `paicha collate`: from the branches' forms to findings, figures and files."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paicha.cli.options import (
    WHY,
    AsOf,
    Committee,
    Home,
    ListOption,
    Paths,
    branch_list,
    cannot_write,
    now,
    rule_set,
    stop,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from paicha.collation.last_round import LastRound
    from paicha.domain.findings import Located

FAULTS_FOUND, NOTHING_READ = 1, 2


def check(paths: Paths, as_of: AsOf = "") -> None:
    """检查每一份表格，一处问题一行：哪一格、什么问题、怎样改。

    例：paicha check 测绘支部.xlsx
    """
    from paicha.cli.screen import print_findings
    from paicha.collation.engine import check_files
    from paicha.collation.files import find_files
    from paicha.collation.told import told_of

    rules, files = rule_set(as_of), _found(find_files(paths, None, _say_passed_over, _say_unopened))
    with _long_work("检查", len(files)) as step:
        located, read = check_files(files, rules, step)
    print_findings([told_of(item) for item in located])
    typer.echo(f"年龄计算截至 {rules.as_of.isoformat()}")
    _exit(located, read)


def collate(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", "-o", help="结果放在这个文件夹")],
    branches: ListOption = None,
    as_of: AsOf = "",
    home: Home = "",
    committee: Committee = "",
    last_round: Annotated[
        Path | None,
        typer.Option("--last-round", metavar="结果", help="上一轮的结果文件夹；有它才会问变动三分之一以上的数字"),
    ] = None,
    returns: Annotated[bool, typer.Option("--returns/--no-returns", help="是否生成“退回/”里标好问题的表格")] = True,
) -> None:
    """收表汇总：检查全部表格，生成附件1汇总、附件2汇总与上报表、问题清单、退回文件和情况报告。

    例：paicha collate 各支部/ --out 结果 --branches 党支部名单.xlsx --as-of 2023-12-15 --home 武汉市
    """
    from paicha.cli.screen import print_findings, print_result
    from paicha.collation.collect import collect
    from paicha.collation.engine import collate as decide
    from paicha.collation.files import find_files
    from paicha.collation.output import write_all
    from paicha.collation.told import as_told, legible, told_of

    if out.resolve() in {path.resolve() for path in paths}:
        stop(f"{out} 是装表格的文件夹，结果请放到另一个文件夹")
    rules, files = rule_set(as_of, home), _found(find_files(paths, out, _say_passed_over, _say_unopened))
    listed, earlier = branch_list(branches), _last_round(last_round)
    with _long_work("收表", len(files)) as step:
        collected = collect(files, rules, step, keep=returns)
    if not collected.read:
        print_findings([told_of(item) for item in collected.findings])
        stop("没有一份表格能读出来，没有生成结果")
    if collected.annex1 and rules.home is None:
        stop("统计流向区域需要知道本党委在哪里，请加上 --home，如 --home 武汉市")
    result = decide(collected, rules, listed, committee, earlier)
    try:
        write_all(result, collected, out, now(), returns=returns)
    except OSError as problem:
        cannot_write(out, problem)
    print_result(as_told(result), Path(legible(str(out.resolve()))))
    _exit(result.findings, collected.read)


def _last_round(path: Path | None) -> "LastRound | None":
    from paicha.collation.last_round import read_last_round

    try:
        return read_last_round(path) if path else None
    except ValueError as problem:
        stop(f"--last-round：{problem}")


def _found(files: list[str]) -> list[str]:
    if not files:
        stop("这里没有表格。请检查文件夹名称，表格应是 .xlsx、.xls、.et、.ods 或 .docx")
    return files


def _exit(located: "Sequence[Located]", read: int) -> None:
    from paicha.domain.findings import Severity

    if not read:
        raise typer.Exit(NOTHING_READ)
    if any(item.finding.severity is Severity.ERROR for item in located):
        raise typer.Exit(FAULTS_FOUND)


@contextmanager
def _long_work(title: str, files: int) -> "Iterator[Callable[[str], None]]":
    """A bar on long work, on the terminal only; gives the step to be called after each file.

    The garbage collector rests meanwhile: what is read and checked lives to the end and holds no cycle, and it would
    only walk it over and over. The writers' workbooks do hold cycles, so it goes on afterwards, past what was read."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from paicha.collation.told import legible

    columns = (TextColumn(title), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    gc.disable()
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("", total=files)
            yield lambda file: bar.update(task, advance=1, description=legible(Path(file).name))
    finally:
        gc.freeze()
        gc.enable()


def _say_passed_over(folder: Path) -> None:
    from paicha.collation.told import legible

    typer.echo(f"没有读取 {legible(str(folder))}：里面是以前汇总的结果", err=True)


def _say_unopened(folder: Path, problem: OSError) -> None:
    from paicha.collation.told import legible

    why = WHY.get(problem.errno or 0, f"系统提示 {problem.strerror}")
    typer.echo(f"打不开文件夹 {legible(str(folder))}：{why}，里面的表格没有读，请检查权限后再运行", err=True)
