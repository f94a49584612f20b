"""The demonstration: a college made through the real intake of examples/, three accounts with random passwords, and the
site on 127.0.0.1. Kept from run to run in the folder given; `make demo-reset` clears it."""

import json
import os
import secrets
import sys
from pathlib import Path

import typer

EXAMPLES = Path(__file__).parents[1] / "examples"
COMMITTEE = "中共湖北楚云地质职业学院委员会"
ACCOUNTS = "accounts.json"


def main(folder: Path, port: int) -> None:
    """Make the college where it is not there yet, tell the accounts, serve."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["PAICHA_DATA"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paicha.config.settings")
    import django

    django.setup()
    from paicha.cli.site import serve
    from paicha.config.database import migrate_embedded
    from paicha.organizations.founding import needs_founding

    migrate_embedded()
    kept = folder / ACCOUNTS
    if needs_founding():
        kept.touch(mode=0o600)
        kept.write_text(json.dumps(_make_college(), ensure_ascii=False, indent=1), encoding="utf-8")
    print("演示账号（资料都是编造的）：", flush=True)
    for account in json.loads(kept.read_text(encoding="utf-8")):
        print(f"  {account['what']}：登录名 {account['username']}，密码 {account['password']}", flush=True)
    try:
        serve(port=port)
    except typer.Exit as ended:  # said why already: a port that is taken, mostly
        print(f"用 make 启动的，这样换端口：make run PORT={port + 1}", file=sys.stderr)
        sys.exit(ended.exit_code)


def _make_college() -> list[dict[str, str]]:
    """The committee, its branches from the office's list, its accounts, and the registers from the branches' files."""
    from django.utils import timezone

    from paicha.domain.divisions import find_home
    from paicha.organizations.founding import found
    from paicha.tenancy.current import working_for

    password = _password()
    root = found(
        committee=COMMITTEE,
        home_code=find_home("武汉市").code,
        username="admin",
        name="系统管理员",
        password=password,
        today=timezone.localdate(),
    )
    with working_for(root.committee_id):
        accounts = [{"what": "系统管理员", "username": "admin", "password": password}]
        return accounts + _fill(root)


def _fill(root: object) -> list[dict[str, str]]:
    from django.db import transaction
    from django.utils import timezone

    from paicha.collation.listing import read_list
    from paicha.organizations.models import Kind
    from paicha.organizations.permissions import Role
    from paicha.organizations.services import add_organization

    today = timezone.localdate()
    with transaction.atomic():
        branches = [
            add_organization(
                actor=None,
                parent=root,
                name=line.name,
                kind=Kind.BRANCH,
                today=today,
                leader=line.leader,
                phone=line.phone,
                aliases=line.aliases,
                rank=rank,
            )
            for rank, line in enumerate(read_list(EXAMPLES / "branches.xlsx"))
        ]
        office, office_password = _account("office", "党委办公室", Role.OFFICE_HEAD, root)
        _, clerk_password = _account("branch", "支部经办人", Role.BRANCH_CLERK, branches[0])
    _collect(office, today)
    return [
        {"what": "党委办公室", "username": "office", "password": office_password},
        {"what": "党支部经办人", "username": "branch", "password": clerk_password},
    ]


def _account(username: str, name: str, role: object, place: object) -> tuple[object, str]:
    from paicha.organizations.services import grant_role, invite, set_password

    password = _password()
    user, _ = invite(actor=None, committee_id=place.committee_id, username=username, name=name)
    grant_role(actor=None, user=user, organization=place, role=role)
    set_password(user=user, password=password)
    return user, password


def _collect(office: object, today: object) -> None:
    """The branches' files as the office drops them onto the page: received, planned, applied."""
    from paicha.intake.selectors import files_of
    from paicha.intake.services import receive
    from paicha.intake.storage import in_the_clear
    from paicha.organizations.tree import tree_of
    from paicha.register.importing.apply import apply_plan
    from paicha.register.importing.plan import plan_of
    from paicha.register.importing.views import KIND
    from paicha.register.records import Recorder
    from paicha.register.rules import rules_of

    files = [(path.name, path.read_bytes()) for path in sorted((EXAMPLES / "forms").rglob("*")) if path.is_file()]
    upload = receive(actor=office, kind=KIND, branch_id=None, files=files)
    tree = tree_of(office.committee_id)
    with in_the_clear(files_of(upload)) as paths:
        plan = plan_of(paths, tree, office.committee_id, rules_of(tree, office.committee_id, today), None)
        recorders = {b.branch.id: Recorder(rules_of(tree, b.branch.id, today)) for b in plan.branches}
        apply_plan(actor=office, upload=upload, plan=plan, digest=plan.digest, recorders=recorders, today=today)


def _password() -> str:
    """Twelve characters that nobody mistakes for one another."""
    return "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(12))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 8000)
