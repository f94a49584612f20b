"""`paicha serve`, `paicha migrate`, `paicha audit verify`: the web site from the command line. Django is loaded inside
the commands, so that the others start at once."""

import os
import threading
from typing import Annotated

import typer

from paicha.cli.options import stop

audit = typer.Typer(help="审计记录：谁在什么时候做了什么。", no_args_is_help=True, rich_markup_mode=None)


def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址；默认只有本机能打开")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8000,
) -> None:
    """启动网站。第一次启动会请您填写党委名称和系统管理员。

    例：paicha serve --port 8000
    """
    load_django()
    from paicha.config import jobs
    from paicha.config.database import migrate_embedded, pending_migrations
    from paicha.organizations.founding import needs_founding

    migrate_embedded()
    if pending_migrations():
        stop("数据库还没有升级，请先运行 paicha migrate")
    if needs_founding():
        _found()
    stopped = threading.Event()
    jobs.start(stopped)
    try:
        _serve(host, port)
    finally:
        stopped.set()


def _serve(host: str, port: int) -> None:
    """Answer requests until Ctrl+C."""
    from granian import Granian
    from granian.constants import Interfaces

    server = Granian(
        "paicha.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        websockets=False,
        log_enabled=False,
    )
    threading.Thread(target=_announce, args=(host, port), daemon=True).start()
    server.serve()


def _announce(host: str, port: int) -> None:
    """Say that the site is there once it answers, and not before."""
    import time
    import urllib.error
    import urllib.request

    local = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104  asked for by its owner
    while True:
        try:
            request = urllib.request.Request(f"http://{local}:{port}/healthz")
            with urllib.request.urlopen(request, timeout=5):  # noqa: S310
                break
        except urllib.error.HTTPError:
            break  # it answers: the name it is called by is the owner's to set
        except OSError:
            time.sleep(0.1)
    typer.echo(f"网站已启动：http://{host}:{port}/  按 Ctrl+C 停止")


def _found() -> None:
    """Ask for the committee and its first administrator; no account exists before, none has a default password."""
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from paicha.domain.divisions import find_home
    from paicha.organizations.founding import found

    typer.echo("第一次启动：请填写党委和系统管理员（以后可以改）。")
    committee = typer.prompt("党委全称")
    home = typer.prompt("党委所在的市州（如 武汉市）")
    username = typer.prompt("系统管理员的登录名")
    name = typer.prompt("系统管理员的姓名")
    password = typer.prompt("密码（至少10位）", hide_input=True, confirmation_prompt="再输一遍")
    try:
        home_code = find_home(home).code
        found(
            committee=committee,
            home_code=home_code,
            username=username,
            name=name,
            password=password,
            today=timezone.localdate(),
        )
    except ValidationError as problem:
        stop("；".join(problem.messages))
    except ValueError as problem:
        stop(str(problem))


def migrate() -> None:
    """升级数据库的表。PostgreSQL 上由表的所有者（PAICHA_OWNER_DATABASE_URL）执行。

    例：paicha migrate
    """
    load_django()
    from paicha.config.database import migrate_all

    migrate_all()
    typer.echo("数据库已是最新")


@audit.command("verify")
def verify() -> None:
    """核对审计记录：有没有被改、被删、被调换或被截断。

    例：paicha audit verify
    """
    load_django()
    from paicha.audit.verification import verify as faults_of
    from paicha.organizations.selectors import committees
    from paicha.tenancy.current import working_for

    found = 0
    for committee_id in committees():
        with working_for(committee_id):
            for fault in faults_of(committee_id):
                found += 1
                typer.secho(fault.message, fg="red")
    if found:
        typer.echo(f"发现 {found} 处不符")
        raise typer.Exit(1)
    typer.echo("审计记录完整，没有被改动")


def load_django() -> None:
    """Set Django up from the environment; a setting that makes no sense ends the command with what and why."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paicha.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as problem:
        stop(str(problem))
