"""What the commands print. ID numbers and phones are masked; plain lines when the output is no terminal."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from paicha.collation.result import Result
from paicha.domain.branches import ListedBranch
from paicha.domain.findings import Located, Severity
from paicha.domain.identity import mask_personal

STYLES: dict[Severity, dict[str, Any]] = {
    Severity.ERROR: {"fg": "red"},
    Severity.WARNING: {"fg": "yellow"},
    Severity.NOTICE: {"dim": True},
}


def print_findings(located: Sequence[Located]) -> None:
    """The findings of each file, a line each: cell, what is wrong, what to do."""
    ordered = sorted(located, key=lambda item: (item.place.file, item.place.sheet, item.place.row, item.place.cell))
    for file, items in groupby(ordered, key=lambda item: item.place.file):
        typer.secho(file, bold=True)
        for item in items:
            typer.secho(line(item), **STYLES[item.finding.severity])
    typer.echo(counts(located))


def line(item: Located) -> str:
    """One finding on one line."""
    place, finding = item.place, item.finding
    where = place.cell or (f"第{place.row}行" if place.row else "")
    parts = [f"  {finding.severity.label}", f"[{finding.code.word}]", place.sheet, where, finding.column]
    words = mask_personal(f"{finding.message}。{finding.suggestion}".strip("。"))
    return " ".join(part for part in parts if part) + f"：{words}"


def counts(located: Sequence[Located]) -> str:
    """3 处错误 · 5 处提醒 · 2 处说明."""
    by_severity = Counter(item.finding.severity for item in located)
    return " · ".join(f"{by_severity[severity]} 处{severity.label}" for severity in reversed(Severity))


def print_result(result: Result, out: Path) -> None:
    """The summary of one collation: a row a branch, who is missing, where the files are."""
    console = Console(highlight=False)
    table = Table("党支部", title="收表情况", title_justify="left")
    for heading in ("流出党员", "平衡", "错误", "提醒"):
        table.add_column(heading, justify="right")
    found = Counter((result.branch_of(item.place), item.finding.severity) for item in result.findings)
    for branch in result.branches:
        statistics = branch.statistics
        table.add_row(
            branch.branch,
            str(statistics["A"]),
            "是" if statistics.balanced else Text("否", style="red"),
            str(found[branch.branch, Severity.ERROR]),
            str(found[branch.branch, Severity.WARNING]),
        )
    total = result.total
    table.add_section()
    table.add_row("合计", str(total["A"]), "是" if total.balanced else Text("否", style="red"), "", "")
    console.print(table)
    if result.missing:
        console.print("还没有报：" + "、".join(_missing(result, b) for b in result.missing), soft_wrap=True)
    for reason in result.hindrances():
        console.print(Text(f"{reason}。", style="red"))
    console.print(f"共 {len(result.branches)} 个党支部，流出党员 {result.total['A']} 人；{counts(result.findings)}")
    home = result.rules.home.full_name if result.rules.home else "未设置"
    console.print(f"年龄计算截至 {result.rules.as_of.isoformat()}，本地：{home}。")
    console.print(f"结果在 {out.resolve()}，先看“问题清单.xlsx”和“退回”文件夹。", soft_wrap=True)


def _missing(result: Result, branch: ListedBranch) -> str:
    if branch.name in result.probably:
        return f"{branch.name}（可能已交，见 {Path(result.probably[branch.name]).name}，名称写错）"
    return f"{branch.name}（{branch.leader or '负责人未填'}）"
