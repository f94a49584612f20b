"""`paicha serve`, `paicha migrate`, `paicha audit verify`: the web site from the command line. Django is loaded inside
the commands, so that the others start at once."""

from __future__ import annotations

import errno
import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from paicha.cli.options import stop

if TYPE_CHECKING:
    from django.core.handlers.wsgi import WSGIHandler

WORKERS = 2
audit = typer.Typer(help="审计记录：谁在什么时候做了什么。", no_args_is_help=True, rich_markup_mode=None)
figures = typer.Typer(help="合计：存着的数和台账对不对。", no_args_is_help=True, rich_markup_mode=None)


@figures.callback()
def of_figures() -> None:
    """The commands about figures; without this, a single command would stand without its group."""


def serve(
    host: Annotated[str, typer.Option("--host", help="监听的地址；默认只有本机能打开")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口")] = 8000,
) -> None:
    """启动网站。第一次启动会请您填写党委名称和系统管理员。

    例：paicha serve --port 8000
    """
    _try_address(host, port)
    load_django()
    from django.db import connections

    from paicha.config.database import migrate_embedded, pending_migrations
    from paicha.organizations.founding import needs_founding

    migrate_embedded()
    if pending_migrations():
        stop("数据库还没有升级，请先运行 paicha migrate")
    if needs_founding():
        _found()
    connections.close_all()  # a connection is not to be shared with the process that answers
    _serve(host, port)


def _try_address(host: str, port: int) -> None:
    """Stop with what to do where nothing can be listened to."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except socket.gaierror:
        stop(f"--host {host} 不是本机的地址；只在本机用写 127.0.0.1")
    except OSError as problem:
        why = {
            errno.EADDRINUSE: f"端口 {port} 已被占用（网站可能已经开着），请换一个，如 --port {port + 1}",
            errno.EADDRNOTAVAIL: f"--host {host} 不是本机的地址；只在本机用写 127.0.0.1",
            errno.EACCES: f"没有权限用端口 {port}，请用 1024 以上的，如 --port 8000",
        }
        stop(why.get(problem.errno or 0, f"不能监听 {host}:{port}：{problem.strerror}"))


def _serve(host: str, port: int) -> None:
    """Answer requests until Ctrl+C, in processes that this one watches over: two where there are two cores, for Python
    draws one page at a time, and a list of 500 people would hold up whoever comes after it."""
    from granian import Granian
    from granian.constants import Interfaces

    _prepare()
    server = Granian(
        "paicha.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=min(WORKERS, os.cpu_count() or 1),
        blocking_threads=4,
        blocking_threads_idle_timeout=600,  # seconds, its most; with a thread goes its connection to the database
        websockets=False,
        workers_kill_timeout=10,  # seconds that a request in hand may still take
        log_enabled=False,
    )
    server.serve(target_loader=lambda _: _load(host, port))


def _prepare() -> None:
    """Load what pages need before the processes part, so that they share it and no first page waits a second for it:
    addresses, templates, the names of provinces and cities."""
    from django.conf import settings
    from django.template.loader import get_template
    from django.urls import reverse

    import paicha
    from paicha.domain.place_index import prepare

    reverse(settings.LOGIN_URL)
    for folder in Path(paicha.__file__).parent.glob("*/templates"):
        for template in folder.rglob("*.html"):
            get_template(template.relative_to(folder).as_posix())
    prepare()
    gc.collect()
    gc.freeze()  # what was loaded stays: looking through it for rubbish held up a page now and then by 150 ms


def _load(host: str, port: int) -> WSGIHandler:
    """The site, its threads begun: called in the process that answers, for a thread from before the fork could leave a
    module locked in it for ever."""
    from paicha.config.wsgi import application

    # A page that asks the database a dozen times wants Python back after each answer: from one who draws a long list
    # it would get it within 5 ms, which add up.
    sys.setswitchinterval(0.001)
    # A list of 500 people is a hundred thousand objects and no rubbish: looking through them took a tenth of its time.
    gc.set_threshold(20_000)
    threading.Thread(target=_lead, args=(host, port), daemon=True).start()
    return application


def _lead(host: str, port: int) -> None:
    """Announce the site and run its jobs, in one of the processes that answer: the first to have the lock, which goes
    to another when that process ends."""
    from django.conf import settings
    from django.core.files import locks

    from paicha.config import jobs

    with (settings.DATA / "leading.lock").open("ab") as lock:
        locks.lock(lock, locks.LOCK_EX)
        _announce(host, port)
        jobs.run()


def _announce(host: str, port: int) -> None:
    """Say that the site is there once it listens, and not before."""
    local = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  asked for by its owner
    while True:
        try:
            socket.create_connection((local, port), timeout=5).close()
            break
        except OSError:
            time.sleep(0.05)
    typer.echo(f"网站已启动：http://{host}:{port}/  按 Ctrl+C 停止")


def _found() -> None:
    """Ask for the committee and its first administrator; no account exists before, none has a default password. What is
    answered wrongly is asked again, the rest is kept."""
    from django.contrib.auth.password_validation import validate_password
    from django.utils import timezone

    from paicha.domain.divisions import find_home
    from paicha.organizations.founding import found
    from paicha.organizations.models import User

    typer.echo("第一次启动：请填写党委和系统管理员（以后可以改）。")
    committee = typer.prompt("党委全称")
    home_code = _asked("党委所在的市州（如 武汉市）", lambda answer: find_home(answer).code)
    username = typer.prompt("系统管理员的登录名")
    name = typer.prompt("系统管理员的姓名")

    def strong(password: str) -> str:
        validate_password(password, User(username=username, name=name))
        if typer.prompt("再输一遍", hide_input=True) != password:
            raise ValueError("两次输入的密码不一样")
        return password

    password = _asked("密码（至少10位）", strong, hide_input=True)
    found(
        committee=committee,
        home_code=home_code,
        username=username,
        name=name,
        password=password,
        today=timezone.localdate(),
    )


def _asked(question: str, taken: Callable[[str], str], **options: Any) -> str:
    """The answer as `taken` gives it; where that raises, why, and the question again."""
    from django.core.exceptions import ValidationError

    while True:
        answer = typer.prompt(question, **options)
        try:
            return taken(answer)
        except ValidationError as problem:
            typer.echo(f"错误：{'；'.join(problem.messages)}", err=True)
        except ValueError as problem:
            typer.echo(f"错误：{problem}", err=True)


def migrate() -> None:
    """升级数据库的表。PostgreSQL 上由表的所有者（PAICHA_OWNER_DATABASE_URL）执行。

    例：paicha migrate
    """
    load_django()
    from paicha.config.database import migrate_all

    migrate_all()
    typer.echo("数据库已是最新")


@figures.command("verify")
def verify_figures() -> None:
    """重新数一遍各党支部的台账，看存着的合计对不对。

    例：paicha figures verify
    """
    load_django()
    from paicha.domain.annex2 import LETTERS
    from paicha.organizations.selectors import committees
    from paicha.register.tallies.services import wrong
    from paicha.tenancy.current import working_for

    found = 0
    for committee_id in committees():
        with working_for(committee_id):
            for branch, kept, counted in wrong(committee_id):
                found += 1
                letters = [x for x in LETTERS if kept.statistics[x] != counted.statistics[x]]
                differing = "，".join(f"{x} 存 {kept.statistics[x]}、数得 {counted.statistics[x]}" for x in letters)
                typer.secho(f"{branch.name}：{differing or '错误、提醒的处数或备注不同'}", fg="red")
    if found:
        typer.echo(f"{found} 个党支部的合计不对，请告诉软件维护人；在该支部改动或恢复任何一个人，合计就会重数")
        raise typer.Exit(1)
    typer.echo("各党支部的合计都对")


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
