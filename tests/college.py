"""The small world of world.py as it stands on the site: one college, its office, two branches, their people signed in,
and another college next door, of which nobody here may see anything."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import ClientHandler

from paicha.domain.annex1 import Column, Head
from paicha.domain.divisions import find_home
from paicha.domain.settings import RuleSet
from paicha.formats.writers.annex1 import write_annex1
from paicha.formats.writers.notes import Provenance
from paicha.organizations.models import Kind, Organization, User
from paicha.organizations.permissions import Role
from paicha.organizations.services import add_organization, found_committee, grant_role, invite
from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import add_entry
from paicha.tenancy.current import working_for
from tests.world import COMPUTING, SURVEY, row

TODAY = date(2023, 12, 1)
RULES = RuleSet(date(2023, 12, 15), find_home("武汉市"))


@dataclass(slots=True)
class College:
    """A committee with a general branch, two branches and one account of each role. `people` are by login name."""

    root: Organization
    survey: Organization
    computing: Organization
    people: dict[str, User] = field(default_factory=dict)
    # One for all browsers: each would look through the static files first.
    site: ClientHandler = field(default_factory=lambda: ClientHandler(enforce_csrf_checks=False))

    def client(self, username: str) -> Client:
        """A browser in which this person is signed in."""
        client = Client(raise_request_exception=False)
        client.handler = self.site
        client.force_login(self.people[username], backend="paicha.organizations.signin.Backend")
        return client

    @contextmanager
    def at_work(self) -> Iterator[None]:
        with working_for(self.root.committee_id):
            yield

    def add(self, branch: Organization, number: int = 6, **cells: Any) -> RegisterEntry:
        """Put a made-up person on a branch's register; `number` makes the ID number and the phone."""
        with self.at_work():
            return add_entry(
                actor=self.people["office"],
                branch_id=branch.id,
                cells=row(number, **cells).values,
                recorder=Recorder(RULES),
                today=TODAY,
            )


def found_college(name: str = "中共楚云学院委员会", prefix: str = "") -> College:
    root = found_committee(name=name, home_code="420100", today=TODAY)
    with working_for(root.committee_id):
        united = add_organization(
            actor=None, parent=root, name="测绘与信息党总支", kind=Kind.GENERAL_BRANCH, today=TODAY
        )
        survey, computing = (
            add_organization(
                actor=None,
                parent=united,
                name=branch,
                kind=Kind.BRANCH,
                today=TODAY,
                leader="王书记",
                phone="027-87650000",
                rank=rank,
            )
            for rank, branch in enumerate((SURVEY, COMPUTING))
        )
        college = College(root, survey, computing)
        for username, role, place in (
            ("clerk", Role.BRANCH_CLERK, survey),
            ("secretary", Role.BRANCH_SECRETARY, computing),
            ("office", Role.OFFICE_CLERK, root),
            ("head", Role.OFFICE_HEAD, root),
            ("admin", Role.ADMINISTRATOR, root),
        ):
            user, _ = invite(
                actor=None, committee_id=root.committee_id, username=prefix + username, name=role.label[:4]
            )
            grant_role(actor=None, user=user, organization=place, role=role)
            college.people[username] = user
    return college


def posted(**cells: Any) -> dict[str, str]:
    """A right entry page as a browser sends it, cells replaced by their column's name."""
    values = row(**cells).values
    return {f"c{column.value}": str(values[column]) for column in Column if column is not Column.SEQUENCE}


def form_bytes(*rows: Any, branch: str = SURVEY, leader: str = "王书记") -> bytes:
    """A branch's 附件1 as it comes: the official layout with these rows (tests.world.row)."""
    out = BytesIO()
    write_annex1(
        out,
        head=Head(branch, leader, "027-87650000"),
        entries=[[str(value) for value in line.values] for line in rows],
        provenance=Provenance("测试", datetime(2023, 12, 1, tzinfo=UTC)),
    )
    return out.getvalue()


def uploaded(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
