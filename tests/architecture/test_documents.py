"""Documents cannot drift: each finding code, command, permission and kind of event stands in them."""

from pathlib import Path

import pytest
from typer.main import get_command

from paicha.audit.events import Event
from paicha.cli.app import app
from paicha.domain.findings import Code
from paicha.organizations.permissions import OF_FORMER, Permission, Role

ROOT = Path(__file__).parents[2]
FINDINGS = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
PERMISSIONS = (ROOT / "docs/permissions.md").read_text(encoding="utf-8").splitlines()
EVENTS = (ROOT / "docs/audit-events.md").read_text(encoding="utf-8").splitlines()
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", Code)
def test_each_finding_code_has_its_line_with_its_severity_and_title(code: Code) -> None:
    assert f"| `{code.word}` | {code.severity.label} | {code.title} |" in FINDINGS


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_each_command_stands_in_the_readme(command: str, document: str) -> None:
    assert f"paicha {command}" in (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("permission", Permission)
def test_each_permission_has_its_line_with_the_roles_that_hold_it(permission: Permission) -> None:
    line = next(line for line in PERMISSIONS if line.startswith(f"| `{permission.value}` |"))
    holds = [permission in role.permissions for role in Role] + [permission in OF_FORMER]
    assert [cell.strip() == "✓" for cell in line.strip("|").split("|")[2:]] == holds


def test_each_kind_of_event_has_its_line_and_none_has_one_that_is_not_recorded() -> None:
    lines = [f"| `{event.value}` | {event.group.label} | {event.label} |" for event in Event]
    assert [line for line in EVENTS if line.startswith("| `")] == lines
