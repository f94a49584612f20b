"""No writer leaves half a file or scratch, whatever goes wrong, and what stood there before stays."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx.document
import openpyxl
import pytest

from paicha.domain.annex2 import LETTERS, Statistics
from paicha.formats.writers.annotated import write_annotated
from paicha.formats.writers.report import write_branch_report
from paicha.formats.writers.sheets import open_book
from paicha.formats.writers.whole import unfinished

FULL = OSError(28, "No space left on device")


def fail(*_: object) -> None:
    raise FULL


@pytest.fixture
def before(tmp_path: Path) -> Path:
    file = tmp_path / "附件1.xlsx"
    file.write_text("上一次的", encoding="utf-8")
    return file


def write_half_a_book(target: Path | BytesIO) -> None:
    with open_book(target) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "一")
        sheet.write_string(1, 0, "二")
        fail()


def untouched(file: Path) -> bool:
    return list(file.parent.iterdir()) == [file] and file.read_text(encoding="utf-8") == "上一次的"


def test_what_is_written_takes_the_place_of_what_was_there(before: Path) -> None:
    with unfinished(before) as beside:
        beside.write_text("这一次的", encoding="utf-8")
    assert (list(before.parent.iterdir()), before.read_text(encoding="utf-8")) == ([before], "这一次的")


def test_a_workbook_that_fails_half_way_leaves_nothing(before: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        write_half_a_book(before)
    assert untouched(before)


def test_a_returned_file_that_cannot_be_saved_leaves_nothing(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", fail)
    with pytest.raises(OSError, match="No space"):
        write_annotated(Path("没有.xlsx"), before, branch="测绘支部", located=[], sheets=None, message="请改")
    assert untouched(before)


def test_a_report_that_cannot_be_saved_leaves_nothing(before: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx.document.Document, "save", fail)
    nil = Statistics(dict.fromkeys(LETTERS, 0))
    with pytest.raises(OSError, match="No space"):
        write_branch_report(
            before, branch="测绘支部", statistics=nil, coverage=None, undecided=(), as_of=date(2023, 12, 15)
        )
    assert untouched(before)


def returned_with(part: str, before: str, added: bytes, tmp_path: Path) -> list[str]:
    """Titles of the returned file, where the branch's own had `added` in its `part` before the tag `before`."""
    plain, file, target = BytesIO(), tmp_path / "大.xlsx", tmp_path / "退回.xlsx"
    openpyxl.Workbook().save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in given.namelist():
            xml = given.read(name).replace(b"<sheetData/>", b"<sheetData></sheetData>")
            tag = before.encode()
            archive.writestr(name, xml.replace(tag, added + tag) if name == part else xml)
    write_annotated(file, target, branch="测绘支部", located=[], sheets=(), message="请改")
    return openpyxl.load_workbook(target).sheetnames


@pytest.mark.parametrize(
    ("part", "before", "added"),
    [
        ("docProps/core.xml", "</cp:coreProperties>", b" " * 70_000_000),
        ("xl/worksheets/sheet1.xml", "</sheetData>", (b"<row>" + b"<c/>" * 16_000 + b"</row>") * 125),
        ("xl/styles.xml", "</cellXfs>", b"<xf/>" * 400_000),
    ],
    ids=["bytes", "cells", "styles"],
)
def test_a_workbook_that_would_take_openpyxl_too_long_is_not_given_to_it(
    part: str, before: str, added: bytes, tmp_path: Path
) -> None:
    assert returned_with(part, before, added, tmp_path) == ["请修改"]


def test_a_workbook_with_some_thousand_blank_rows_is_its_branch_s_own(tmp_path: Path) -> None:
    blank = b"<row><c/><c/><c/></row>" * 3_000
    assert returned_with("xl/worksheets/sheet1.xml", "</sheetData>", blank, tmp_path) == ["请修改", "Sheet"]


def test_a_stream_is_given_nothing_of_a_workbook_that_fails() -> None:
    stream = BytesIO()
    with pytest.raises(OSError, match="No space"):
        write_half_a_book(stream)
    assert not stream.getvalue()
