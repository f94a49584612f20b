"""`python -m bench.web.importing FOLDER` imports the forms of a folder into an empty site, as the office does by 收表,
and prints what each stage took, as JSON.

From the bytes of the uploaded files on: kept encrypted (receive), read, checked, collated and held against the register
(plan), written with encryption, keyed hashes, counts and audit (apply), committed."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from bench.web.stages import Stages


def main(folder: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "paicha.config.settings")
    import django

    django.setup()
    from paicha.config.database import migrate_all

    migrate_all()
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.xlsx"))]
    people, stages = import_forms(files)
    print(json.dumps({"people": people, "stages": {name: asdict(took) for name, took in stages.took.items()}}))


def import_forms(files: list[tuple[str, bytes]]) -> tuple[int, Stages]:
    """Import forms named after their branches (examples/bulk.py) into a new college; how many people came in."""
    from django.db import connection

    from bench.web.college import TODAY, account, found_college
    from paicha.intake.selectors import files_of
    from paicha.intake.services import receive
    from paicha.intake.storage import in_the_clear
    from paicha.organizations.permissions import Role
    from paicha.organizations.tree import tree_of
    from paicha.register.importing.apply import apply_plan
    from paicha.register.importing.plan import What, plan_of
    from paicha.register.importing.views import KIND
    from paicha.register.records import Recorder
    from paicha.register.rules import rules_of
    from paicha.tenancy.current import working_for

    root, _ = found_college(f"第{Path(name).stem}党支部" for name, _ in files)
    office = account("office", Role.OFFICE_HEAD, root)
    connection.ensure_connection()
    stages = Stages()
    with stages.stage("receive"), working_for(root.committee_id):
        upload = receive(actor=office, kind=KIND, branch_id=None, files=files)
    with stages.stage("plan"), working_for(root.committee_id), in_the_clear(files_of(upload)) as paths:
        tree = tree_of(root.committee_id)
        plan = plan_of(paths, tree, root.committee_id, rules_of(tree, root.id, TODAY), None)
    digest = plan.digest  # the preview's page holds it
    with stages.stage("apply"), working_for(root.committee_id):
        recorders = {b.branch.id: Recorder(rules_of(tree, b.branch.id, TODAY)) for b in plan.branches}
        apply_plan(actor=office, upload=upload, plan=plan, digest=digest, recorders=recorders, today=TODAY)
    return plan.count(What.NEW), stages


if __name__ == "__main__":
    main(Path(sys.argv[1]))
