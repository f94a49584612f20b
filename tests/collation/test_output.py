"""What a run leaves behind, and what it must not touch."""

from datetime import UTC, datetime
from pathlib import Path

from paicha.collation.collect import Collected
from paicha.collation.engine import collate
from paicha.collation.files import find_files
from paicha.collation.output import file_name, write_all
from paicha.domain.branches import BranchList
from tests.world import WUHAN


def test_a_second_run_sets_the_first_ones_results_aside_whole(tmp_path: Path) -> None:
    result = collate(Collected(), WUHAN, BranchList([]))
    write_all(result, Collected(), tmp_path, datetime(2023, 12, 1, 9, 0, tzinfo=UTC))
    (tmp_path / "情况报告.docx").write_bytes(b"edited by hand")
    (tmp_path / "我的笔记.txt").write_text("别动", encoding="utf-8")
    write_all(result, Collected(), tmp_path, datetime(2023, 12, 2, 9, 0, tzinfo=UTC))
    aside = tmp_path / "以前的结果/2023-12-02 09-00-00"
    assert (aside / "情况报告.docx").read_bytes() == b"edited by hand"
    assert (tmp_path / "情况报告.docx").read_bytes() != b"edited by hand"
    assert (tmp_path / "我的笔记.txt").exists()


def test_results_are_never_read_as_forms_and_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "结果").mkdir()
    (tmp_path / "结果/附件2-上报.xlsx").touch()
    for name in ("乙.xlsx", "甲.docx", "~$甲.docx", ".隐藏.xlsx", "Thumbs.db"):
        (tmp_path / name).touch()
    found = find_files([tmp_path, tmp_path / "甲.docx"], apart_from=tmp_path / "结果")
    assert [Path(file).name for file in found] == ["乙.xlsx", "甲.docx"]


def test_only_a_folder_of_our_own_results_is_passed_over_and_that_is_told(tmp_path: Path) -> None:
    told: list[Path] = []
    for folder, schema in (("以前的", "paicha/result/1"), ("别人的", "another/1")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "result.json").write_text(f'{{\n "schema": "{schema}",\n "as_of": ""}}', encoding="utf-8")
        (tmp_path / folder / "甲.xlsx").touch()
    found = find_files([tmp_path], passed_over=told.append)
    assert [Path(file).parent.name for file in found] == ["别人的", "别人的"]
    assert told == [tmp_path / "以前的"]


def test_a_branchs_name_becomes_one_that_every_system_takes() -> None:
    assert file_name('测绘/信息"联合"支部 ') == "测绘_信息_联合_支部"
