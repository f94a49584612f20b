"""`paicha letters`: the book, a letter by a named account, and holding it all to itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from paicha.cli import letters as command
from paicha.domain.introduction import Void
from paicha.transfers.lettering.models import Form, IntroductionLetter, LetterBook, LetterFile
from paicha.transfers.lettering.printing import print_letters
from paicha.transfers.tracking.models import TransferMove
from tests.college import TODAY, College
from tests.transfers.world import THERE, TO, lettered, ready_for_letters, voided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_django", lambda: None)  # the suite has loaded it
    monkeypatch.setattr(command, "now", lambda: datetime(2023, 12, 1, 12, tzinfo=UTC))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.letters, [str(one) for one in arguments])


def issue(*more: str | Path, actor: str = "office", **other: str) -> Result:
    said = {"branch": "测绘支部", "name": "张三", "to": TO, "destination": THERE, "direction": "市州内"}
    said |= {"dues": "2023-12", "standing": "正式"} | other
    options = [part for name, value in said.items() for part in (f"--{name.replace('_', '-')}", value)]
    return run("issue", "--actor", actor, *options, *more)


def test_a_letter_is_issued_saved_and_listed(college: College, tmp_path: Path) -> None:
    ready_for_letters(college)
    college.add(college.survey)
    done = issue("-o", tmp_path / "介绍信.pdf")
    assert (done.exit_code, done.output) == (0, "已开具 〔2023〕第0001号，到 2023-12-16 为止有效\n")
    assert (tmp_path / "介绍信.pdf").read_bytes().startswith(b"%PDF-")
    listed = run("list").output
    assert listed == f"〔2023〕第0001号 张三 测绘支部 转往{THERE} 2023-12-01 开具 2023-12-16 止 有效\n"
    assert "还没有开过" in run("list", "--year", "2022").output


@pytest.mark.parametrize(
    ("other", "told"),
    [
        ({"name": "李四"}, "没有这个人"),
        ({"branch": "没有支部"}, "没有叫“没有支部”的党支部"),
        ({"direction": "外地"}, "请选择转往哪里"),
        ({"standing": "积极分子"}, "请选择正式还是预备党员"),
        ({"dues": "年底"}, "如 2023-12"),
        ({"days": "91"}, "1 到 90 天"),
        ({"actor": "nobody"}, "没有叫“nobody”的账号"),
        ({"actor": "clerk"}, "没有权限"),
        ({"out": "介绍信.txt"}, ".docx 或 .pdf"),
    ],
)
def test_what_cannot_be_issued_ends_with_2_and_says_why(college: College, other: dict[str, str], told: str) -> None:
    ready_for_letters(college)
    college.add(college.survey)
    done = issue(**other)
    assert done.exit_code == 2
    assert told in done.output
    with college.at_work():
        assert not IntroductionLetter.objects.exists()


def test_of_two_of_one_name_the_number_s_ending_tells(college: College) -> None:
    ready_for_letters(college)
    ours = [college.add(college.survey, number) for number in (6, 7)]
    assert "有 2 个，请加 --id-ending" in issue().output
    with college.at_work():
        ending = ours[1].member.id_number[-4:]
    assert issue(id_ending=ending).exit_code == 0
    with college.at_work():
        assert IntroductionLetter.objects.get().member_id == ours[1].member_id


def test_a_paper_that_cannot_be_written_uses_no_number(college: College, tmp_path: Path) -> None:
    ready_for_letters(college)
    college.add(college.survey)
    assert "文件夹不存在" in issue("-o", tmp_path / "没有" / "介绍信.docx").output
    (tmp_path / "旧.pdf").write_bytes(b"")
    assert "已经有了" in issue("-o", tmp_path / "旧.pdf").output
    with college.at_work():
        assert not LetterBook.objects.filter(last__gt=0).exists()


def test_verify_finds_what_was_changed_behind_the_site_s_back(college: College) -> None:
    ready_for_letters(college, began_after=2)
    first, second, third = (lettered(college, college.add(college.survey, number)) for number in (6, 7, 8))
    voided(college, second, Void.UNUSED)
    with college.at_work():
        print_letters(actor=college.people["office"], letters=[first.id], form=Form.DOCX, today=TODAY)
    good = run("verify")
    assert (good.exit_code, "编号连续" in good.output) == (0, True)
    with college.at_work():
        IntroductionLetter.objects.filter(id=third.id).update(number=9)
        TransferMove.objects.filter(id=first.move_id).update(days=60)
        IntroductionLetter.objects.filter(id=second.id).update(voided_at=None)
        LetterFile.objects.update(sha256=b"0" * 32)
    bad = run("verify")
    assert bad.exit_code == 1
    for told in (
        "〔2023〕第0005号：缺号",
        "〔2023〕第0009号：不在介绍信簿的 3 到 5 号之间",
        "〔2023〕第0009号：印的编号是〔2023〕第0005号",
        "〔2023〕第0003号：转接里记的编号、日期或有效期和介绍信不同",
        "保存的文件和打印时不同",
    ):
        assert told in bad.output
