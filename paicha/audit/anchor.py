"""The heads of the chains in a file outside the database, so that cutting off the end of a chain is found.

`audit-heads.json` in the data folder, mode 0600, written whole or not at all:
`{"heads": {committee: {"number": 12, "mac": hex, "at": time}}, "mac": HMAC-SHA256 over the heads, hex}`.
"""

import contextlib
import hmac
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files import locks

from paicha.audit.chain import Head
from paicha.vault.keys import keyring

NAME = "audit-heads.json"
_PURPOSE = b"paicha audit heads\n"  # the same key seals events: a MAC of one must never pass for the other's


class AnchorDamaged(Exception):
    """The file is not as it was written: it cannot be read, or its MAC is not right."""


def heads() -> dict[UUID, Head]:
    """The anchored head of each committee, none where there is no file. Raises AnchorDamaged."""
    try:
        written = json.loads(_path().read_bytes())
        kept: dict[str, dict[str, Any]] = written["heads"]
        if not hmac.compare_digest(bytes.fromhex(written["mac"]), _mac(kept)):
            raise AnchorDamaged
        return {UUID(committee): _head(head) for committee, head in kept.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise AnchorDamaged from problem


def advance(committee_id: UUID, head: Head, *, first: bool, is_whole: Callable[[Head], bool]) -> bool:
    """Anchor a newer head; False where the file stays as it is although it should move.

    It moves only from a head that the chain still holds (`is_whole`), and begins only with a chain that begins
    (`first`): else a sealing after a cut, or after somebody took the file away, would cover it up."""
    with _alone():
        try:
            kept = heads()
        except AnchorDamaged:
            return False
        before = kept.get(committee_id)
        if before is None and not first:
            return False
        if before is not None and not is_whole(before):
            return False
        if before is None or before.number < head.number:
            _write({**kept, committee_id: head})
        return True


def replace(committee_id: UUID, head: Head | None) -> None:
    """Anchor a head (None: a chain that has not begun) whatever was anchored before. A damaged file begins anew: what
    it says of others is not to be trusted either."""
    with _alone():
        try:
            kept = heads()
        except AnchorDamaged:
            kept = {}
        kept.pop(committee_id, None)
        _write({**kept, committee_id: head} if head else kept)


def _path() -> Path:
    return Path(settings.DATA) / NAME


def _head(written: Mapping[str, object]) -> Head:
    return Head(
        int(str(written["number"])), bytes.fromhex(str(written["mac"])), datetime.fromisoformat(str(written["at"]))
    )


def _mac(kept: Mapping[str, object]) -> bytes:
    canonical = json.dumps(kept, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(keyring().audit_key, _PURPOSE + canonical, "sha256")


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process at a time reads the file and writes it."""
    descriptor = os.open(_path().with_suffix(".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        locks.lock(file, locks.LOCK_EX)
        yield  # closing the file gives the lock back


def _write(kept: Mapping[UUID, Head]) -> None:
    written = {
        str(committee): {"number": head.number, "mac": head.mac.hex(), "at": head.at.isoformat()}
        for committee, head in kept.items()
    }
    descriptor, name = tempfile.mkstemp(dir=_path().parent, prefix=NAME)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"heads": written, "mac": _mac(written).hex()}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, _path())
    except BaseException:
        os.unlink(name)
        raise
