"""The command line as a clerk meets it: exit codes, files, words, masks; nothing but the real program is run."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).parents[2]
FORMS, LIST, ROSTER = ROOT / "examples/forms", ROOT / "examples/branches.xlsx", ROOT / "examples/roster.xlsx"
STRICT = os.environ | {"PYTHONIOENCODING": "utf-8:strict"}  # as on a user's terminal, whatever runs the tests
RULES = ("--as-of", "2023-12-15", "--home", "武汉市")


def paicha(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from paicha.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=STRICT)


@pytest.fixture(scope="module")
def collated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("collate") / "out"
    done = paicha("collate", FORMS, "--out", out, "--branches", LIST, *RULES, "--committee", "中共楚云学院委员会")
    assert done.returncode == 1, done.stderr
    assert "后勤服务中心党支部" in done.stdout, "who is missing is named"
    return out


def test_collate_leaves_every_file_that_the_readme_names(collated: Path) -> None:
    names = {path.name for path in collated.iterdir()}
    files = {"附件1-汇总.xlsx", "附件2-汇总.xlsx", "附件2-上报.xlsx", "情况报告.docx", "问题清单.xlsx", "result.json"}
    assert names == files | {"退回", "各支部", "退回说明"}
    of_branch = {path.name for path in (collated / "各支部/机关第一党支部").iterdir()}
    assert of_branch == {"附件1.xlsx", "附件2.xlsx", "情况报告.docx"}


def test_result_json_keeps_its_published_schema(collated: Path) -> None:
    schema = json.loads((ROOT / "docs/result.schema.json").read_text("utf-8"))
    result = json.loads((collated / "result.json").read_text("utf-8"))
    jsonschema.validate(result, schema, format_checker=jsonschema.FormatChecker())
    assert (result["as_of"], result["home"]) == ("2023-12-15", "420100")
    assert result["missing"] == ["后勤服务中心党支部", "继续教育学院党支部"]
    assert result["hindrances"], "two branches are missing"
    assert result["unassigned"] == 3, "the people of the form whose branch is misspelt"
    assert isinstance(result["total_remark"], str)
    assert all({"duplicates", "pending", "superseded"} <= branch.keys() for branch in result["branches"])
    for letter in "AFUXZ":
        assert result["total"][letter] == sum(branch["statistics"][letter] for branch in result["branches"])


def test_a_returned_file_gives_the_same_findings_when_it_comes_back(collated: Path, tmp_path: Path) -> None:
    def faults(of: Path) -> list[tuple[str, str]]:
        out = tmp_path / of.parent.name
        paicha("collate", of, "--out", out, "--no-returns", *RULES)
        found = json.loads((out / "result.json").read_text("utf-8"))["findings"]
        return sorted((f["cell"], f["code"]) for f in found if f["severity"] == "error")

    returned = next((collated / "退回").glob("测绘工程学院学生党支部-*.xlsx"))
    sent = FORMS / "07测绘工程学院学生党支部.et"
    assert faults(returned) == faults(sent) != []


def test_a_right_file_ends_with_0_and_a_faulty_one_with_1() -> None:
    assert paicha("check", FORMS / "01机关第一党支部.xlsx", "--as-of", "2023-12-15").returncode == 0
    faulty = paicha("check", FORMS / "07测绘工程学院学生党支部.et", "--as-of", "2023-12-15")
    assert faulty.returncode == 1
    assert "错误 [id-checksum]" in faulty.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "没有这个文件.xlsx"), "没有这个文件.xlsx"),
        (("collate", FORMS, "--out", FORMS, *RULES), "结果请放到另一个文件夹"),
        (("collate", FORMS, "--bogus"), "没有 --bogus 这个选项"),
        (("collate", FORMS), "还需要写明 --out"),
        (("template", "附件3", "-o", "x.xlsx"), "KIND 写得不对"),
        (("check",), "还需要写明 PATHS"),
        (("bogus",), "没有这样的命令"),
        (("check", FORMS, "--as-of", "12月15日"), "2023-12-15 这样的日期"),
        (("collate", FORMS, "--out", "OUT"), "--home"),
        (("collate", FORMS, "--out", "OUT", "--home", "火星市"), "火星市"),
        (("collate", FORMS, "--out", "OUT", "--home", "武汉市", "--branches", "无.xlsx"), "党支部名单"),
        (("template", "附件1", "-o", "表.doc"), ".xlsx"),
        (("prepare", "无.xlsx", "-o", "OUT", "--home", "武汉市"), "无.xlsx"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_one_sentence(
    arguments: tuple[str | Path, ...], said: str, tmp_path: Path
) -> None:
    done = paicha(*[tmp_path / "out" if argument == "OUT" else argument for argument in arguments])
    assert done.returncode == 2
    assert said in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_no_screen_and_no_finding_shows_an_id_number_or_a_phone(collated: Path) -> None:
    rows = CalamineWorkbook.from_path(collated / "附件1-汇总.xlsx").get_sheet_by_index(0).to_python()
    canaries = {str(cell) for row in rows for cell in (row[8], row[13]) if len(str(cell)) >= 11}
    assert len(canaries) > 200
    shown = paicha("check", FORMS, "--as-of", "2023-12-15").stdout
    findings = json.loads((collated / "result.json").read_text("utf-8"))["findings"]
    printed = shown + json.dumps(findings, ensure_ascii=False)
    assert [canary for canary in canaries if canary in printed] == []


def test_a_folder_without_forms_cannot_be_collated(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert paicha("collate", tmp_path / "in", "--out", tmp_path / "out", *RULES).returncode == 2


@pytest.mark.parametrize("kind", ["附件1", "附件2", "名册"])
def test_a_blank_is_made_and_collates_as_nobody(kind: str, tmp_path: Path) -> None:
    blank = tmp_path / f"{kind}.xlsx"
    assert paicha("template", kind, "--out", blank).returncode == 0
    if kind == "附件1":
        assert paicha("check", blank).returncode == 0


def test_prepared_workbooks_come_back_with_coverage(tmp_path: Path) -> None:
    done = paicha("prepare", ROSTER, "-o", tmp_path / "prepared", "--branches", LIST, *RULES)
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "prepared").glob("*.xlsx"))) == 14
    paicha("collate", tmp_path / "prepared", "--out", tmp_path / "out", "--branches", LIST, *RULES)
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    assert (len(result["branches"]), result["missing"], result["total"]["A"]) == (14, [], 0)
    coverage = [branch["coverage"] for branch in result["branches"]]
    assert sum(c["rostered"] + c["in_transit"] for c in coverage) == 429
    assert all(c["decided"] == 0 for c in coverage)


@pytest.mark.parametrize("command", ["template", "prepare", "check", "collate"])
def test_each_command_teaches_by_an_example(command: str) -> None:
    shown = paicha(command, "--help").stdout
    assert f"例：paicha {command}" in shown


def roster_of(folder: Path, *rows: tuple[str | float, ...]) -> Path:
    path = folder / "名册.xlsx"
    book = Workbook()
    for row in (("姓名", "公民身份号码", "出生日期", "所在党支部"), *rows):
        book.active.append(row)
    book.save(path)
    return path


def test_prepare_tells_what_is_wrong_in_the_roster_and_still_writes_every_workbook(tmp_path: Path) -> None:
    roster = roster_of(
        tmp_path, ("张三", 4.2e17, "197808", "甲支部"), ("例", "", "", "甲支部"), ("李四", "", "197813", "")
    )
    done = paicha("prepare", roster, "-o", tmp_path / "out", *RULES)
    assert done.returncode == 1, done.stderr
    for told in ("[id-precision] Sheet B2", "[unreadable] Sheet C4", "[skipped]"):
        assert told in done.stdout
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"甲支部.xlsx", "未注明支部.xlsx"}


def test_prepare_never_writes_over_a_workbook_that_may_be_filled_in(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, ("张三", "", "", "甲支部"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/甲支部.xlsx").write_bytes(b"filled in")
    done = paicha("prepare", roster, "-o", tmp_path / "out", *RULES)
    assert (done.returncode, "可能已经填写" in done.stderr) == (2, True)
    assert (tmp_path / "out/甲支部.xlsx").read_bytes() == b"filled in"


def test_prepare_gives_branches_whose_names_become_alike_a_workbook_each(tmp_path: Path) -> None:
    roster = roster_of(tmp_path, ("张三", "", "", "甲/乙支部"), ("李四", "", "", "甲?乙支部"))
    paicha("prepare", roster, "-o", tmp_path / "out", *RULES)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"甲_乙支部.xlsx", "甲_乙支部（2）.xlsx"}


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a file name is always text")
def test_a_file_name_that_is_not_utf8_is_read_told_and_returned(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    name = os.fsdecode("测绘支部.et".encode("gb18030"))
    shutil.copy(FORMS / "07测绘工程学院学生党支部.et", tmp_path / "in" / name)
    checked = paicha("check", tmp_path / "in", "--as-of", "2023-12-15")
    assert (checked.returncode, "测绘支部.et" in checked.stdout) == (1, True), checked.stderr
    done = paicha("collate", tmp_path / "in", "--out", tmp_path / "out", *RULES)
    assert done.returncode == 1, done.stderr
    result = json.loads((tmp_path / "out/result.json").read_text("utf-8"))
    assert [Path(file).name for file in result["branches"][0]["sources"]] == ["测绘支部.et"]
    assert [path.name for path in (tmp_path / "out/退回").iterdir()] == ["测绘工程学院学生党支部-测绘支部.xlsx"]


def test_what_nobody_foresaw_ends_with_2_and_one_sentence_without_its_text() -> None:
    broken = (
        "import paicha.collation.files as files\n"
        "def walk(*_): raise KeyError('420106197808151234')\n"
        "files._Walk.files = walk\n"
        "import sys; sys.argv = ['paicha', 'check', 'x']\n"
        "from paicha.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", broken], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "KeyError，paicha.collation.files 第" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "420106197808151234" not in done.stderr + done.stdout
