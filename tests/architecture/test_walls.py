"""The walls between committees, and the habits that keep them: read from the code itself and from the database."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from paicha.organizations.permissions import Permission, Role
from paicha.register.models import EntryVersion, RegisterEntry
from paicha.tenancy.current import working_for
from paicha.tenancy.models import ScopedModel
from tests.college import College, found_college

ROOT = Path(__file__).parents[2] / "paicha"
on_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="row-level security is PostgreSQL's; scripts/with-postgresql runs this"
)
SCOPED = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
WORDS_OF_ROLES = {f"Role.{role.name}" for role in Role}


def modules(name: str) -> list[Path]:
    return sorted(path for path in ROOT.rglob(name) if "migrations" not in path.parts)


@pytest.mark.parametrize("path", modules("views.py"), ids=lambda p: p.parent.name)
def test_a_view_reads_and_writes_through_selectors_and_services_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    touched = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert not touched & {"objects", "atomic", "save", "delete"}
    assert not imported & {"transaction", "connection", "Role"}


@pytest.mark.parametrize("path", modules("*.py"), ids=lambda p: str(p.relative_to(ROOT)))
def test_permissions_and_roles_are_named_in_their_list_alone(path: Path) -> None:
    if path.name == "permissions.py":
        return
    tree = ast.parse(path.read_text(encoding="utf-8"))
    literals = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    assert not literals & {permission.value for permission in Permission}


@pytest.mark.parametrize("path", modules("*.py"), ids=lambda p: str(p.relative_to(ROOT)))
def test_the_day_is_asked_for_in_one_place(path: Path) -> None:
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    }
    asked = calls & {"date.today", "datetime.today", "timezone.localdate", "localdate"}
    assert not asked or path.relative_to(ROOT).as_posix() in ("web/today.py", "cli/site.py", "config/jobs.py")


@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m.__name__)
def test_unique_keys_of_scoped_tables_begin_with_the_committee(model: type[ScopedModel]) -> None:
    for constraint in model._meta.constraints:
        fields = getattr(constraint, "fields", ())
        assert not fields or fields[0] == "committee_id", constraint.name
    for index in model._meta.indexes:
        assert index.fields[0] == "committee_id" or index.name == "invitation_token", index.name


@on_postgresql
@pytest.mark.django_db
@pytest.mark.parametrize("model", SCOPED, ids=lambda m: m.__name__)
def test_every_scoped_table_has_its_wall_and_another_owner(model: type[ScopedModel]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relrowsecurity, c.relforcerowsecurity, pg_get_userbyid(c.relowner) <> current_user,"
            " (SELECT count(*) FROM pg_policies WHERE tablename = c.relname)"
            " FROM pg_class c WHERE c.relname = %s",
            [model._meta.db_table],
        )
        assert cursor.fetchone() == (True, True, True, 1)
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,), "as a superuser this would prove nothing"


@on_postgresql
@pytest.mark.django_db(transaction=True)
def test_the_database_shows_one_committee_at_a_time_and_outside_of_any_none() -> None:
    here, there = found_college(), found_college("中共邻校委员会", "other-")
    here.add(here.survey)
    there.add(there.survey)
    assert RegisterEntry.objects.count() == 0
    with working_for(here.root.committee_id):
        assert {entry.committee_id for entry in RegisterEntry.objects.all()} == {here.root.committee_id}
        assert EntryVersion.objects.update(name="改") == 1


def test_the_committee_next_door_is_not_there(college: College) -> None:
    other = found_college("中共邻校委员会", "other-")
    entry = other.add(other.survey)
    for username in ("office", "head", "clerk"):
        browser = college.client(username)
        assert browser.get(f"/entries/{entry.id}").status_code == 404
        assert browser.get(f"/branches/{other.survey.id}/register").status_code == 404
        assert str(other.survey.id) not in browser.get("/").content.decode()


@on_postgresql
@pytest.mark.django_db
def test_work_for_another_committee_within_work_ends_with_its_block() -> None:
    ours, theirs = found_college(), found_college("中共邻校委员会", prefix="next-")
    ours.add(ours.survey)
    with ours.at_work():
        with theirs.at_work():
            assert not RegisterEntry.objects.exists()
        assert RegisterEntry.objects.count() == 1
