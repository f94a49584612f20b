"""`paicha keys rotate`: a new key for everything encrypted. Can be stopped and run again at any time: each ciphertext
names its key, and as long as two keys are kept the rotation is not finished."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from paicha.cli.site import load_django

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from uuid import UUID

    from paicha.vault.blobs import Blobs

# A value that was sealed just before the key changed reaches the database within this time, or never.
LATEST = timedelta(hours=1)

keys = typer.Typer(help="加密密钥：定期更换，或怀疑泄露时更换。", no_args_is_help=True, rich_markup_mode=None)


@keys.callback()
def group() -> None:
    """The commands about keys; without this, a single command would stand without its group."""


@keys.command("rotate")
def rotate(
    stopped: Annotated[
        bool, typer.Option("--site-stopped", help="网站已经停下：旧密钥马上停用，不必再等一小时")
    ] = False,
) -> None:
    """更换加密密钥：启用新密钥，把台账和上传的文件全部重新加密，再停用旧密钥。

    网站不用停。中途停下没有关系，再运行一次会接着做。旧密钥要在新密钥启用一小时后才停用，
    所以一般要运行两次；停用以后，以前的数据库备份只能用当时的密钥文件打开。

    例：paicha keys rotate
    """
    load_django()
    from paicha.vault.keys import keyring

    if _older_keys():
        typer.echo("上次更换密钥没有做完，接着做")
    else:
        typer.echo(f"第{keyring().add_field_key()}号密钥已启用，正在重新加密")
    try:
        left = _reseal_everything()
    except KeyboardInterrupt:
        typer.echo("\n已停下；再运行一次 paicha keys rotate 会接着做", err=True)
        raise typer.Exit(2) from None
    if left:
        typer.secho(f"还有 {left} 处没有换成，旧密钥先留着：请再运行一次；数目不变就是内容损坏，日志里有位置", fg="red")
        raise typer.Exit(1)
    _retire(stopped)


def _reseal_everything() -> int:
    """Every committee's rows, then the uploads; how many are left under another key."""
    from paicha.organizations.selectors import committees
    from paicha.vault.rotation import remaining, sealed_models

    models, uploads = sealed_models(), _uploads()
    rows = sum(_reseal_rows(committee_id) for committee_id in committees())
    files = uploads.reseal(progress=_progress("个文件"))
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    typer.echo(f"{clear}重新加密了 {rows} 行、{files} 个文件")
    return sum(remaining(models, committee_id=committee_id) for committee_id in committees()) + uploads.remaining()


def _reseal_rows(committee_id: UUID) -> int:
    from paicha.vault.rotation import reseal, sealed_models

    rows = reseal(sealed_models(), committee_id=committee_id, progress=_progress("行"))
    if rows:
        _record(committee_id, rows=rows)
    return rows


def _retire(stopped: bool) -> None:
    """Forget the older keys once nobody can still hold a value sealed with them."""
    from django.utils import timezone

    from paicha.organizations.selectors import committees
    from paicha.vault.keys import keyring
    from paicha.vault.rotation import settle

    older, free = _older_keys(), _changed_at() + LATEST
    if not stopped and datetime.now(UTC) < free:
        when = timezone.localtime(free).strftime("%m月%d日 %H:%M")
        typer.echo(f"旧密钥留到 {when}。过后请再运行一次 paicha keys rotate，停用旧密钥")
        return
    if not settle():
        typer.echo("数据库正忙，旧密钥先留着：请过一会儿再运行一次 paicha keys rotate")
        return
    for committee_id in committees():
        _record(committee_id, retired=older)
    for key_id in older:
        keyring().retire(key_id)
    typer.echo("旧密钥已停用。请重新备份数据库和密钥文件，分开存放")


def _record(committee_id: UUID, *, rows: int = 0, retired: Sequence[int] = ()) -> None:
    """One event of what a run did for a committee: rows sealed again, or older keys about to be forgotten (before it
    happens: an event too many tells more than one too few)."""
    from django.db import transaction

    from paicha.audit.events import Event
    from paicha.audit.services import record
    from paicha.tenancy.current import working_for
    from paicha.vault.keys import keyring

    with working_for(committee_id), transaction.atomic():
        key_id = keyring().current_field_key[0]
        record(
            Event.KEYS_ROTATED,
            actor=None,
            committee_id=committee_id,
            key=key_id,
            rows=rows,
            retired=list(retired),
        )


def _older_keys() -> list[int]:
    """The keys still kept beside the one in use."""
    from paicha.vault.keys import keyring

    return [key_id for key_id in range(1, keyring().current_field_key[0]) if _is_kept(key_id)]


def _is_kept(key_id: int) -> bool:
    from paicha.vault.keys import keyring

    try:
        keyring().field_key(key_id)
    except KeyError:
        return False
    return True


def _changed_at() -> datetime:
    """When the key in use was made: the key file is written then and at retiring only."""
    from django.conf import settings

    file: Path = settings.DATA / "keys.json"
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _uploads() -> Blobs:
    from django.conf import settings

    from paicha.vault.blobs import Blobs

    return Blobs(settings.DATA / "uploads")


def _progress(unit: str) -> Callable[[int], None]:
    """Tells on a terminal how far the work is; nothing where the output goes to a file."""

    def tell(done: int) -> None:
        if sys.stdout.isatty():
            typer.echo(f"\r已重新加密 {done} {unit}（Ctrl+C 停下，可以接着做）\033[K", nl=False)

    return tell
