"""What a run leaves behind, and what it must not touch."""

import errno
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from paicha.collation.collect import Collected
from paicha.collation.contract import write_json
from paicha.collation.engine import collate
from paicha.collation.files import find_files
from paicha.collation.naming import Naming, file_name
from paicha.collation.output import write_all
from paicha.collation.told import legible
from paicha.domain.annex1 import Form
from paicha.domain.branches import BranchList
from paicha.domain.check import Checker
from paicha.domain.register import Person
from tests.world import WUHAN, form, row

NOON = datetime(2023, 12, 1, 12, 0, tzinfo=UTC)
GBK_NAME = "测绘支部报表.xlsx".encode("gb18030").decode("utf-8", "surrogateescape")


def collected_of(*forms: Form) -> Collected:
    checker = Checker(WUHAN)
    return Collected(annex1=[(of, [Person(of, raw, checker.check(raw)) for raw in of.rows]) for of in forms])


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


def test_two_branches_never_share_a_name_and_one_keeps_its_own() -> None:
    naming = Naming()
    long = "测" * 90
    assert [naming.of(b) for b in ("甲/乙支部", "甲?乙支部", "甲/乙支部", f"{long}一", f"{long}二", "")] == [
        *("甲_乙支部", "甲_乙支部（2）", "甲_乙支部", "测" * 76, f"{'测' * 76}（2）", "_")
    ]


def test_branches_whose_names_become_alike_get_a_folder_each(tmp_path: Path) -> None:
    forms = [form(row(6), branch=branch, file=f"{n}.xlsx") for n, branch in enumerate(("甲/乙支部", "甲?乙支部"))]
    collected = collected_of(*forms)
    write_all(collate(collected, WUHAN, BranchList([])), collected, tmp_path, NOON, returns=False)
    assert {path.name for path in (tmp_path / "各支部").iterdir()} == {"甲_乙支部", "甲_乙支部（2）"}


def test_a_file_name_in_gbk_is_told_in_chinese_everywhere(tmp_path: Path) -> None:
    of = form(row(6), row(7, sex="未知"), file=f"表/{GBK_NAME}")
    collected = collected_of(of)
    result = collate(collected, WUHAN, BranchList([]))
    result.questions.append(("", f"收到2份附件2，采用的是表/{GBK_NAME}。"))
    write_all(result, collected, tmp_path, NOON, returns=False)
    written = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert written["branches"][0]["sources"] == ["表/测绘支部报表.xlsx"]
    assert {finding["file"] for finding in written["findings"]} == {"表/测绘支部报表.xlsx"}
    assert written["questions"][-1]["question"] == "收到2份附件2，采用的是表/测绘支部报表.xlsx。"


def test_a_right_name_is_told_as_it_is_and_an_impossible_one_without_failing() -> None:
    assert legible("研究生·支部/é.xlsx") == "研究生·支部/é.xlsx"
    assert legible("a\udcff.xlsx").encode("utf-8")
    assert legible("附件\x011\n.xlsx") == "附件\ufffd1\ufffd.xlsx"


def test_result_json_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "result.json"
    path.write_text("whole", encoding="utf-8")
    result = collate(Collected(), WUHAN, BranchList([]))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="full"):
            write_json(path, result)
    assert (path.read_text("utf-8"), [p.name for p in tmp_path.iterdir()]) == ("whole", ["result.json"])


def test_a_folder_that_does_not_open_is_told_and_kept_for_its_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "锁住").mkdir()
    (tmp_path / "甲.xlsx").touch()
    listing = Path.iterdir

    def refuse(path: Path) -> Iterator[Path]:
        if path.name == "锁住":
            raise PermissionError(errno.EACCES, "no")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    told: list[str] = []
    found = find_files([tmp_path], unopened=lambda folder, _: told.append(folder.name))
    assert ([Path(file).name for file in found], told) == (["甲.xlsx", "锁住"], ["锁住"])


def test_a_link_back_to_its_own_folder_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "甲.xlsx").touch()
    (tmp_path / "回").symlink_to(tmp_path)
    (tmp_path / "圈").symlink_to(tmp_path / "圈")
    assert [Path(file).name for file in find_files([tmp_path])] == ["圈", "甲.xlsx"]
