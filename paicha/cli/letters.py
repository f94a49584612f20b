"""`paicha letters list|issue|verify`: the book of introduction letters from the command line, for who keeps it by hand
or by a script of their own. Whoever issues is a named account with the right to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paicha.cli.options import cannot_write, now, stop
from paicha.cli.site import load_django

if TYPE_CHECKING:
    from uuid import UUID

    from paicha.domain.introduction import Wanted
    from paicha.organizations.access import Scope
    from paicha.organizations.models import User
    from paicha.register.models import RegisterEntry
    from paicha.transfers.lettering.models import Form
    from paicha.transfers.lettering.selectors import Line

letters = typer.Typer(help="介绍信：看一年的介绍信簿、开具、核对。", no_args_is_help=True, rich_markup_mode=None)
DIRECTIONS = "市州内、市外省内、省外"

Actor = Annotated[str, typer.Option("--actor", metavar="登录名", help="谁开的：有权开介绍信的账号")]
Branch = Annotated[str, typer.Option("--branch", metavar="名称", help="党员所在党支部的名称")]
Name = Annotated[str, typer.Option("--name", metavar="姓名", help="党员姓名，要在这个党支部的台账上")]
Ending = Annotated[str, typer.Option("--id-ending", metavar="四位", help="有同名的：身份证号的后四位")]


@letters.command("list")
def list_letters(
    year: Annotated[int | None, typer.Option("--year", min=2000, max=2199, help="哪一年；不写则为今年")] = None,
) -> None:
    """列出一年的介绍信：编号、姓名、党支部、转往、日期、有效到哪天、状态；缺号也列出。

    例：paicha letters list --year 2023
    """
    load_django()
    from paicha.organizations.selectors import committees
    from paicha.organizations.tree import tree_of
    from paicha.tenancy.current import working_for
    from paicha.transfers.lettering.selectors import lines

    today, found = now().date(), 0
    for committee_id in committees():
        with working_for(committee_id):
            tree = tree_of(committee_id)
            for line in lines(committee_id, year or today.year, None, today):
                found += 1
                branch = tree[line.letter.branch_id].name if line.letter else ""
                typer.echo(_told(line, branch))
    if not found:
        typer.echo(f"{year or today.year} 年还没有开过介绍信")


@letters.command("issue")
def issue(  # noqa: PLR0913  each of them is an option
    actor: Actor,
    branch: Branch,
    name: Name,
    to: Annotated[str, typer.Option("--to", metavar="党组织", help="抬头：写给哪个党组织")],
    destination: Annotated[str, typer.Option("--destination", metavar="党组织", help="去：转往哪个党支部或单位")],
    direction: Annotated[str, typer.Option("--direction", metavar="去向", help=f"{DIRECTIONS}；有效期由它定")],
    dues: Annotated[str, typer.Option("--dues", metavar="年月", help="党费交至哪年哪月，如 2023-12")],
    standing: Annotated[str, typer.Option("--standing", metavar="类别", help="正式 或 预备")],
    days: Annotated[str, typer.Option("--days", metavar="天数", help="另定有效期，最长 90 天")] = "",
    graduate: Annotated[bool, typer.Option("--graduate", help="换开：是高校毕业生")] = False,
    statement: Annotated[str, typer.Option("--statement", metavar="说明", help="换开：党支部的情况说明")] = "",
    application: Annotated[str, typer.Option("--application", metavar="申请", help="换开：党员本人的申请")] = "",
    ending: Ending = "",
    out: Annotated[Path | None, typer.Option("--out", "-o", help="存成 .docx 或 .pdf；不写就只给编号")] = None,
) -> None:
    """给台账上的一个人开介绍信，编下一个号，转接记为在途。过期、遗失、写错的自动写明换开哪一封。

    例：paicha letters issue --actor office --branch 测绘支部 --name 张三 --to 关山街道党工委
    --destination 幸福社区党支部 --direction 市州内 --dues 2023-12 --standing 正式 -o 介绍信.pdf
    """
    form = None if out is None else out.suffix.lower().lstrip(".")
    if form not in (None, "docx", "pdf"):
        stop("--out 要以 .docx 或 .pdf 结尾")
    if out is not None and out.exists():
        stop(f"{out} 已经有了，请换一个文件名")
    load_django()
    from paicha.tenancy.current import working_for
    from paicha.transfers.lettering.forms import WantedForm, direction_named, standing_named
    from paicha.transfers.lettering.selectors import person_of

    user, today = _account(actor), now().date()
    asked = WantedForm(to, destination, "", direction_named(direction), days, dues, standing_named(standing))
    asked.graduate, asked.statement, asked.application = graduate, statement, application
    with working_for(user.committee_id):
        scope, entry = _entry(user, branch, name, ending)
        asked.origin = f"{scope.tree.root.name if scope.tree.root else ''}{branch}"
        wanted = asked.wanted(person_of(entry, today))
        if wanted is None:
            stop("；".join(asked.faults.values()))
        _issue(user, entry, wanted, out)


@letters.command("verify")
def verify() -> None:
    """核对介绍信：号码连续没有重复，印出的文件没有变，转接和介绍信一致。

    例：paicha letters verify
    """
    load_django()
    from paicha.organizations.selectors import committees
    from paicha.tenancy.current import working_for
    from paicha.transfers.lettering.verification import faults

    found = 0
    for committee_id in committees():
        with working_for(committee_id):
            for fault in faults(committee_id):
                found += 1
                typer.secho(fault, fg="red")
    if found:
        typer.echo(f"发现 {found} 处不符，请告诉软件维护人")
        raise typer.Exit(1)
    typer.echo("介绍信的编号连续，没有重复；印出的文件没有变，转接和介绍信一致")


def _told(line: Line, branch: str) -> str:
    if line.letter is None:
        return f"{line.written} {line.state.label}"
    facts, until = line.letter.facts, line.letter.validity.last_day.isoformat()
    issued = line.letter.issued_on.isoformat()
    return f"{line.written} {facts['姓名']} {branch} 转往{facts['去']} {issued} 开具 {until} 止 {line.state.label}"


def _account(username: str) -> User:
    from paicha.organizations.models import User

    user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        stop(f"没有叫“{username}”的账号，或已停用")
    return user


def _entry(user: User, branch: str, name: str, ending: str) -> tuple[Scope, RegisterEntry]:
    """The one person who is meant, where this account may issue a letter."""
    from paicha.organizations.access import scope_of_user
    from paicha.organizations.permissions import Permission
    from paicha.transfers.lettering.selectors import people_named, person_of

    scope = scope_of_user(user)
    nodes = [node for node in scope.tree.branches() if node.name == branch]
    if len(nodes) != 1:
        stop(f"{'有几个' if nodes else '没有'}叫“{branch}”的党支部")
    if nodes[0].id not in scope.branches(Permission.LETTERS_ISSUE):
        stop(f"账号“{user.username}”没有权限给{branch}的党员开介绍信")
    people = people_named(user.committee_id, nodes[0].id, name)
    if ending:
        people = [one for one in people if person_of(one, now().date()).id_number.endswith(ending.upper())]
    if len(people) != 1:
        more = f"有 {len(people)} 个，请加 --id-ending 身份证号后四位" if people else "没有这个人"
        stop(f"{branch}的台账上{more}")
    return scope, people[0]


def _issue(user: User, entry: RegisterEntry, wanted: Wanted, out: Path | None) -> None:
    from django.db import transaction

    from paicha.transfers.lettering.models import Form
    from paicha.transfers.lettering.services import issue as give
    from paicha.transfers.unfit import Unfit

    try:
        with transaction.atomic():
            letter = give(actor=user, entry_id=entry.id, wanted=wanted, today=now().date())
            if out is not None:
                _save(user, letter.id, Form[out.suffix.lstrip(".").upper()], out)
    except Unfit as unfit:
        stop(f"没有开具：{unfit}")
    typer.echo(f"已开具 {letter.written}，到 {letter.validity.last_day.isoformat()} 为止有效")


def _save(user: User, letter_id: UUID, form: Form, out: Path) -> None:
    """Write the paper; where that fails, no number was given."""
    from paicha.transfers.lettering.printing import print_letters

    file = print_letters(actor=user, letters=[letter_id], form=form, today=now().date())
    try:
        out.write_bytes(file.opened())
    except OSError as problem:
        cannot_write(out, problem)
