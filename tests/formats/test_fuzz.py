"""A short run of the fuzz; `python -m tests.formats.fuzz` runs longer ones."""

from pathlib import Path

from tests.formats import fuzz


def test_bent_files_are_read_or_answered_in_words(tmp_path: Path) -> None:
    tally = fuzz.run(tmp_path, count=500, seed=20231128)
    assert sum(tally.values()) == 500
    assert 0 < tally["read"] < 500
