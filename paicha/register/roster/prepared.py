"""The workbook that a branch fills in offline, made from its roster and register: as `paicha prepare` makes it."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from uuid import UUID

from paicha.collation.naming import Naming
from paicha.domain.annex1 import Column
from paicha.formats.writers.prepared import write_prepared
from paicha.organizations.models import Organization
from paicha.organizations.tree import Tree
from paicha.register.records import Recorder
from paicha.register.roster.selectors import BranchRoster
from paicha.register.rules import rules_of


class NoHome(ValueError):
    """The committee's own place is not set: the workbook could not reckon the direction of anybody."""


def workbook(tree: Tree, branch: Organization, roster: BranchRoster, today: date) -> bytes:
    """One branch's workbook. Raises NoHome."""
    rules = rules_of(tree, branch.id, today)
    if rules.home is None:
        raise NoHome
    recorder, out = Recorder(rules), BytesIO()
    texts = (recorder.read(member.cells).entry.texts for member in roster.members)
    numbered = ((str(number), *row[Column.NAME :]) for number, row in enumerate(texts, 1))
    write_prepared(
        out,
        branch=tree[branch.id].name,
        leader=branch.leader,
        phone=branch.phone,
        members=[(row, member.in_transit) for row, member in zip(numbered, roster.members, strict=True)],
        rules=rules,
        committee=tree.root.name if tree.root else "",
    )
    return out.getvalue()


def package(
    tree: Tree,
    branches: Mapping[UUID, Organization],
    rosters: Mapping[UUID, BranchRoster],
    today: date,
    protected: Callable[[bytes], bytes],
) -> bytes:
    """The workbooks of these branches, each through `protected`, as one .zip. Raises NoHome."""
    out, naming = BytesIO(), Naming()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for branch_id, roster in rosters.items():
            content = protected(workbook(tree, branches[branch_id], roster, today))
            archive.writestr(f"{naming.of(tree[branch_id].name)}.xlsx", content)
    return out.getvalue()
