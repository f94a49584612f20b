"""`paicha template` and `paicha prepare`: what an office sends out before it can collate anything."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paicha.cli.options import AsOf, Committee, Home, ListOption, branch_list, cannot_write, rule_set, stop

if TYPE_CHECKING:
    from paicha.formats.readers.roster import Roster


FAULTS_FOUND = 1
WITHOUT_BRANCH = "未注明支部"


class Kind(StrEnum):
    """The blanks to be had."""

    ANNEX1 = "附件1"
    ANNEX2 = "附件2"
    ROSTER = "名册"


def template(
    kind: Annotated[Kind, typer.Argument(help="附件1、附件2 或 名册", show_default=False)],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="存成这个 .xlsx 文件")],
) -> None:
    """生成官方空白表：有下拉选项，身份证号、年月、电话都是文本，不会丢位。

    例：paicha template 附件1 -o 附件1.xlsx
    """
    from paicha.formats.writers.template import write_template

    if out.suffix.lower() != ".xlsx":
        stop(f"{out}：文件名应以 .xlsx 结尾")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_template(out, kind.value)
    except OSError as problem:
        cannot_write(out, problem)
    typer.echo(f"已生成 {out}")


def prepare(
    roster: Annotated[
        Path, typer.Argument(metavar="ROSTER", help="党员名册（.xlsx、.xls、.et、.ods）", show_default=False)
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="每个支部一份，放在这个文件夹")],
    home: Home = "",
    as_of: AsOf = "",
    branches: ListOption = None,
    committee: Committee = "",
    mapping: Annotated[
        Path | None,
        typer.Option("--mapping", metavar="FILE", help="名册列名对照（JSON）；没有这个文件时，认出的对照会存到这里"),
    ] = None,
) -> None:
    """用党员名册给每个支部备好一份工作簿：逐人选排查结论，附件1、附件2 和情况报告随填随出。

    例：paicha prepare 党员名册.xlsx -o 备好的表 --home 武汉市
    """
    from paicha.cli.screen import print_findings
    from paicha.collation.naming import Naming
    from paicha.collation.preparing import by_branch
    from paicha.collation.told import told_of
    from paicha.domain.findings import Severity
    from paicha.formats.writers.prepared import write_prepared

    rules = rule_set(as_of, home)
    if rules.home is None:
        stop("附件2的流向区域需要知道本党委在哪里，请加上 --home，如 --home 武汉市")
    rosters, located = by_branch(_read(roster, mapping).sheets, rules, branch_list(branches))
    naming = Naming()
    names = [f"{naming.of(part.branch, WITHOUT_BRANCH)}.xlsx" for part in rosters]
    _refuse_to_overwrite(out, names)
    try:
        out.mkdir(parents=True, exist_ok=True)
        for part, name in zip(rosters, names, strict=True):
            write_prepared(
                out / name,
                branch=part.branch,
                leader=part.leader,
                phone=part.phone,
                members=part.members,
                rules=rules,
                committee=committee,
            )
    except OSError as problem:
        cannot_write(out, problem)
    if located:
        print_findings([told_of(item) for item in located])
    people = sum(len(part.members) for part in rosters)
    typer.echo(f"已为 {len(rosters)} 个党支部、{people} 名党员备好工作簿，在 {out.resolve()}")
    for part, name in zip(rosters, names, strict=True):
        if not part.branch:
            typer.echo(f"名册中有党员没有写所在党支部，放在“{name}”，请核实。", err=True)
    if any(item.finding.severity is Severity.ERROR for item in located):
        typer.echo("名册里的错误请改正后重新备表，或告诉党支部在备好的表里改。", err=True)
        raise typer.Exit(FAULTS_FOUND)


def _refuse_to_overwrite(out: Path, names: Sequence[str]) -> None:
    """A prepared workbook may have been filled in since: none is ever written over."""
    there = [name for name in names if (out / name).exists()]
    if there:
        stop(f"{out} 里已有备好的表（{there[0]} 等 {len(there)} 份），可能已经填写。请换一个文件夹，或先把它们移走")


def _read(path: Path, mapping: Path | None) -> "Roster":
    """The roster, by the saved mapping where there is one; a mapping found by itself is saved for the next time."""
    from paicha.formats.readers.guard import read_files
    from paicha.formats.readers.roster import load_mapping, read_roster, save_mapping, suggest_mapping
    from paicha.formats.readers.source import Unreadable

    source = next(iter(read_files([str(path)])))
    if isinstance(source, Unreadable):
        stop(f"{path}：{source.finding.message}。{source.finding.suggestion}")
    try:
        if mapping is not None and mapping.exists():
            return read_roster(source, load_mapping(mapping))
        roster = read_roster(source)
        if mapping is not None:
            save_mapping(mapping, suggest_mapping(source.sheets[0]))
            typer.echo(f"列名对照已存到 {mapping}，下次会照此读取")
        return roster
    except (ValueError, OSError) as problem:
        stop(f"{path}：{problem}")
