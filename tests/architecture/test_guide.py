"""The guide cannot drift: commands, options, pictures and files stand in it; it shows what the commands print."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from paicha.cli.app import app
from paicha.collation.output import EARLIER, OWN

ROOT = Path(__file__).parents[2]
GUIDE = ROOT / "docs/guide"
CHAPTERS = {page.name: page.read_text(encoding="utf-8") for page in sorted(GUIDE.glob("*.md"))}
TEXT = "\n".join(CHAPTERS.values())
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]
OPTIONS = sorted(
    {
        (name, option)
        for name, command in COMMANDS.items()
        for p in command.params
        for option in p.opts
        if option[0] == "-"
    }
    | {(name, o) for name, command in COMMANDS.items() for p in command.params for o in p.secondary_opts}
)
LINKS = [(page, link) for page, text in CHAPTERS.items() for link in re.findall(r"\]\(([^)#]+)\)", text)]
LARGEST = 150_000  # bytes of a picture


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_each_command_is_shown_with_what_it_prints(command: str) -> None:
    assert f"$ paicha {command} " in TEXT


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_each_option_stands_in_a_chapter_that_shows_its_command(command: str, option: str) -> None:
    chapters = [text for text in CHAPTERS.values() if f"paicha {command}" in text]
    assert any(re.search(rf"`{option}[` ]| {option} ", text) for text in chapters)


@pytest.mark.parametrize(("page", "link"), LINKS)
def test_each_page_and_picture_that_the_guide_links_exists(page: str, link: str) -> None:
    assert (GUIDE / link).is_file(), page


def test_each_picture_is_linked_and_small() -> None:
    linked = {link for _, link in LINKS}
    for picture in GUIDE.glob("pictures/*.png"):
        assert f"pictures/{picture.name}" in linked
        assert picture.stat().st_size <= LARGEST


@pytest.mark.parametrize("name", [*OWN, EARLIER])
def test_each_file_that_collate_writes_is_named(name: str) -> None:
    assert f"`{name}" in TEXT or f"### {name}" in TEXT


def test_each_chapter_is_in_the_contents() -> None:
    for chapter in CHAPTERS:
        assert chapter == "README.md" or f"]({chapter})" in CHAPTERS["README.md"]


def test_the_guide_shows_what_the_commands_print() -> None:
    done = subprocess.run(
        [sys.executable, "scripts/pictures.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
