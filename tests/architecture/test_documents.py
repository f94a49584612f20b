"""Documents cannot drift: each finding code and each command stands in them."""

from pathlib import Path

import pytest
from typer.main import get_command

from paicha.cli.app import app
from paicha.domain.findings import Code

ROOT = Path(__file__).parents[2]
FINDINGS = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
COMMANDS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", Code)
def test_each_finding_code_has_its_line_with_its_severity_and_title(code: Code) -> None:
    assert f"| `{code.word}` | {code.severity.label} | {code.title} |" in FINDINGS


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_each_command_stands_in_the_readme(command: str, document: str) -> None:
    assert f"paicha {command}" in (ROOT / document).read_text(encoding="utf-8")
