"""No file takes the program with it: each bad one is answered in words, and the others are read."""

import io
import marshal
import os
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

from paicha.domain.findings import Code
from paicha.formats.readers import guard, wire
from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Source, Unreadable
from tests.formats import hostile

GOOD = hostile.xlsx({"A1": "姓名"})
WHOLE_SHEET = "xl/worksheets/sheet1.xml"

BAD: dict[str, tuple[bytes, str, str]] = {
    "empty": (b"", "0 字节", "重新"),
    "zeros": (bytes(3_000), "空字节", "重新索取"),
    "cut": (GOOD[: len(GOOD) // 2], "已损坏", "另存为 .xlsx"),
    "cut xls": (hostile.xls({(0, 0): "姓名"})[:600], "已损坏", "另存为"),
    "no sheet": (hostile.compound("Workbook"), "没有工作表", "另存为"),
    "ring": (hostile.ring(), "已损坏", "另存为"),
    "encrypted": (hostile.compound("EncryptedPackage"), "已加密", "去掉打开密码"),
    "encrypted xls": (hostile.encrypted_xls(), "已加密", "去掉打开密码"),
    "encrypted ods": (hostile.encrypted_ods(), "已加密", "去掉打开密码"),
    "encrypted zip": (hostile.encrypted_zip(), "已加密", "去掉打开密码"),
    "doc": (hostile.compound("WordDocument"), ".doc", "另存为 .docx"),
    "pdf": (b"%PDF-1.4 ...", "PDF", "原文件"),
    "picture": (b"\x89PNG\r\n\x1a\n", "图片", "原文件"),
    "csv": ("姓名,性别\n张三,男\n".encode("gb18030"), "文本文件", "另存为 .xlsx"),
    "html": ("\ufeff<html><table><tr><td>姓名".encode(), "网页", "另存为 .xlsx"),
    "utf-16 html": ("<html><table><tr><td>姓名".encode("utf-16"), "网页", "另存为 .xlsx"),
    "2003 xml": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML", "另存为 .xlsx"),
    "zip of forms": (hostile.repacked(GOOD, {"a.xlsx": GOOD}, "xl/workbook.xml"), "压缩包", "解压"),
    "unknown": (b"\x01\x02\x99" * 900, "认不出", ".xlsx"),
    "bomb": (hostile.bomb(), "太大", "空行空列"),
    "lying size": (hostile.lying_size(), "已损坏", "另存为"),
    "lone cell": (hostile.xlsx({"A1": "姓名", "XFD1048576": " "}), "XFD1048576", "清除表格以外"),
    "low cell": (hostile.xlsx({"A1": "姓名", "A1048576": "x"}), "1048576 行", "清除表格"),
    "low cell ods": (hostile.ods([(1_048_575, 0, ""), (1, 0, "x")]), "1048576 行", "清除表格"),
    "endless ods": (hostile.ods([(1_048_576, 16_383, "x")]), "太多", "清除表格"),
    "no xml": (hostile.repacked(GOOD, {WHOLE_SHEET: b"\xff\xfe<<<"}), "", ""),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_answered_in_words_and_the_next_is_read(tmp_path: Path, case: str) -> None:
    data, words, remedy = BAD[case]
    paths = [hostile.saved(tmp_path, "坏.xlsx", data), hostile.saved(tmp_path, "好.xlsx", GOOD)]
    started = time.monotonic()
    bad, good = read_files(paths)
    assert time.monotonic() - started < 10
    assert isinstance(good, Source)
    if words or isinstance(bad, Unreadable):
        assert isinstance(bad, Unreadable), bad
        assert bad.file == str(paths[0])
        assert bad.finding.code is Code.FILE
        assert words in bad.finding.message
        assert bad.finding.suggestion
        assert remedy in bad.finding.suggestion


@pytest.mark.parametrize("target", ["xl/sharedStrings.xml", WHOLE_SHEET, "xl/workbook.xml"])
def test_entities_are_never_expanded_nor_files_drawn_in(tmp_path: Path, target: str) -> None:
    (answer,) = read_files([hostile.saved(tmp_path, "笑.xlsx", hostile.billion_laughs(target))])
    assert "lol" not in str(answer)
    assert "root:" not in str(answer)


@pytest.mark.parametrize(
    ("name", "words"), [("没有.xlsx", "找不到"), ("夹", "文件夹"), ("管道", "普通文件"), ("a\0b", "找不到")]
)
def test_what_is_no_file_is_said(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "夹").mkdir()
    os.mkfifo(tmp_path / "管道")
    (answer,) = read_files([f"{tmp_path}/{name}"])
    assert isinstance(answer, Unreadable)
    assert words in answer.finding.message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    path = hostile.saved(tmp_path, "锁.xlsx", GOOD)
    path.chmod(0)
    (answer,) = read_files([path])
    assert isinstance(answer, Unreadable)
    assert "没有权限" in answer.finding.message


def test_a_million_formatted_empty_rows_are_no_rows(tmp_path: Path) -> None:
    (source,) = read_files([hostile.saved(tmp_path, "空行.xlsx", hostile.blank_rows(1_000_000))])
    assert isinstance(source, Source), source
    assert source.sheets[0].rows == [["姓名"]]


def test_formatted_empty_columns_are_no_columns(tmp_path: Path) -> None:
    (source,) = read_files([hostile.saved(tmp_path, "空列.xlsx", hostile.blank_columns(16_384))])
    assert isinstance(source, Source), source
    assert source.sheets[0].rows == [["姓名"]] * 3


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    slow = hostile.ods([(1_048_575, 0, ""), (1, 16_383, "x")])
    paths = [hostile.saved(tmp_path, "慢.ods", slow), hostile.saved(tmp_path, "好.xlsx", GOOD)]
    started = time.monotonic()
    bad, good = read_files(paths, seconds=1)
    assert time.monotonic() - started < 5
    assert isinstance(bad, Unreadable)
    assert "读得太久" in bad.finding.message
    assert isinstance(good, Source)


def test_many_files_come_in_the_order_asked(tmp_path: Path) -> None:
    lone = BAD["lone cell"][0]
    paths = [hostile.saved(tmp_path, f"{i}.xlsx", lone if i % 5 == 2 else GOOD) for i in range(12)]
    answers = list(read_files(paths))
    assert [answer.file for answer in answers] == [str(path) for path in paths]
    assert [i for i, answer in enumerate(answers) if isinstance(answer, Unreadable)] == [2, 7]


def test_the_reader_process_ends_with_its_caller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remember(*args, **options):  # type: ignore[no-untyped-def]
        started.append(popen(*args, **options))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)
    reading = read_files([hostile.saved(tmp_path, f"{i}.xlsx", GOOD) for i in range(3)])
    next(reading)
    reading.close()
    assert [process.returncode is not None for process in started] == [True]


def test_the_greedy_stay_under_a_gibibyte(tmp_path: Path) -> None:
    names = ("lone cell", "low cell", "endless ods", "bomb", "ring")
    paths = [str(hostile.saved(tmp_path, name, BAD[name][0])) for name in names]
    # Of itself a process is told by VmHWM: its ru_maxrss begins with that of whoever started it, which is this suite's.
    program = (
        "import re, resource, sys\n"
        "from paicha.formats.readers.guard import read_files\n"
        "assert len(list(read_files(sys.argv[1:]))) == 5\n"
        "own = int(re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1])\n"
        "print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *paths], capture_output=True, text=True, check=True, timeout=60
    )
    assert int(done.stdout) < 1 << 20  # KiB
    assert not done.stderr


def test_time_that_runs_out_with_the_last_byte_is_not_laid_to_the_next_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    collect, late = guard._Reader._collect, [True, False, False]

    def collect_late(reader: guard._Reader, name: str) -> Source | Unreadable | None:
        result = collect(reader, name)
        if late.pop(0):
            reader._stop()
        return result

    monkeypatch.setattr(guard._Reader, "_collect", collect_late)
    paths = [hostile.saved(tmp_path, f"{i}.xlsx", GOOD) for i in range(3)]
    assert [type(answer) for answer in read_files(paths)] == [Source] * 3


@pytest.mark.parametrize("lengths", [[1 << 62], [60, 60]])
def test_more_than_a_child_may_send_is_not_taken(lengths: list[int]) -> None:
    body = b"".join(struct.pack("<Q", length) + marshal.dumps("x" * 53) + b"\0" for length in lengths)
    assert len(list(wire.messages(io.BytesIO(body), most=100))) == len(lengths) - 1


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="Linux tells a process's environment there")
def test_what_parses_hostile_files_knows_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://app:secret@db/paicha")
    monkeypatch.setenv("PAICHA_OWNER_DATABASE_URL", "postgres://owner:secret@db/paicha")
    reader = guard._Reader()
    try:
        # A process just begun may show an empty environment: what has answered runs, and has it.
        reader.ask("read", "/none.xlsx")
        assert reader.answer("/none.xlsx", 30) is not None
        known = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
    finally:
        reader.close()
    assert b"PYTHONPATH" in known
    assert b"secret" not in known
