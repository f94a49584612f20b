"""Papers of a letter: the original, the same again on its day, copies, void ones; the office's own template."""

import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest

from paicha.domain.introduction import Void
from paicha.formats.writers.letter import built_in
from paicha.register.models import RegisterEntry
from paicha.transfers.lettering.models import Form, IntroductionLetter, LetterFile, LetterPrint
from paicha.transfers.lettering.printing import print_letters
from tests.college import TODAY, College, posted, uploaded
from tests.transfers.world import lettered, ready_for_letters, voided

TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture
def letter(college: College) -> IntroductionLetter:
    ready_for_letters(college)
    return lettered(college, college.add(college.survey))


def words(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(content)).paragraphs)


def printed(college: College, letter: IntroductionLetter, form: Form = Form.DOCX, day: date = TODAY) -> LetterFile:
    with college.at_work():
        return print_letters(actor=college.people["office"], letters=[letter.id], form=form, today=day)


def pages(pdf: bytes, folder: Path) -> int:
    """How many pages a PDF has, as poppler counts."""
    path = folder / "介绍信.pdf"
    path.write_bytes(pdf)
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    return int(told.split("Pages:")[1].split()[0])


def edited(change: Any) -> bytes:
    """The built-in template, changed as an office would."""
    document = docx.Document(BytesIO(built_in()))
    change(document)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_paper_has_three_parts_with_the_number_on_each_and_across_both_perforations(
    college: College, letter: IntroductionLetter
) -> None:
    answer = college.client("office").post(f"/letters/{letter.id}/print", {"form": "docx"})
    text = words(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert text.count("〔2023〕第0001号") == 5
    assert all(part in text for part in ("介绍信存根", "请转接组织关系", "回执联", "特此回复", "（骑缝章）"))
    assert letter.facts["身份证号"] in text
    assert "副本" not in text
    assert "{{" not in text


def test_on_its_day_the_same_paper_is_printed_again_and_later_it_is_a_copy(
    college: College, letter: IntroductionLetter
) -> None:
    first, again = printed(college, letter), printed(college, letter)
    assert first.id == again.id
    copy = printed(college, letter, day=TOMORROW)
    with college.at_work():
        assert "副本" in words(copy.opened())
        assert [one.mark for one in LetterPrint.objects.order_by("id")] == ["", "", "副本"]
    shown = college.client("office").get(f"/letters/{letter.id}").content.decode()
    assert "副本，Word" in shown


def test_a_void_letter_is_printed_as_void(college: College, letter: IntroductionLetter) -> None:
    voided(college, letter, Void.LOST)
    with college.at_work():
        assert "作废" in words(printed(college, letter).opened())


def test_the_pdf_is_one_page_a_letter(college: College, letter: IntroductionLetter, tmp_path: Path) -> None:
    answer = college.client("office").post(f"/letters/{letter.id}/print", {"form": "pdf"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    other = lettered(college, college.add(college.computing, 8))
    with college.at_work():
        ids = [other.id, letter.id]
        both = print_letters(actor=college.people["office"], letters=ids, form=Form.PDF, today=TODAY)
        assert both.name == "介绍信〔2023〕第0001号至〔2023〕第0002号.pdf"
        assert pages(both.opened(), tmp_path) == 2


def test_without_a_chinese_font_the_page_says_what_to_do(
    college: College, letter: IntroductionLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("paicha.formats.writers.letter_sheet.BODY_FONTS", ("没有这种字体",))
    monkeypatch.setattr("paicha.formats.writers.letter_sheet.TITLE_FONTS", ())
    monkeypatch.setattr("paicha.formats.writers.letter_sheet.ANY_FONTS", ())
    office = college.client("office")
    assert "没有中文字体" in office.get(f"/letters/{letter.id}").content.decode()
    answer = office.post(f"/letters/{letter.id}/print", {"form": "pdf"})
    assert answer.status_code == 422
    assert "fonts-noto-cjk" in answer.content.decode()


def test_what_was_changed_on_the_register_since_changes_no_letter(college: College, letter: IntroductionLetter) -> None:
    printed(college, letter)
    url = f"/entries/{letter.entry_id}"
    with college.at_work():
        base = RegisterEntry.objects.get().current_id
    sent = posted(name="张三丰") | {"base": str(base)}
    assert college.client("office").post(url, sent).status_code == 302
    with college.at_work():
        assert "张三丰" not in words(printed(college, letter, day=TOMORROW).opened())


def test_the_office_edits_the_template_and_goes_back_to_the_built_in_one(
    college: College, letter: IntroductionLetter
) -> None:
    office = college.client("office")
    kept = office.get("/letters/template/file").content
    assert kept == built_in()
    own = edited(lambda document: document.paragraphs[0].insert_paragraph_before("楚云学院组织部印制"))
    answer = office.post("/letters/template", {"file": uploaded("我们的.docx", own)}, follow=True)
    assert "现在用的是本党委自己的模板“我们的.docx”" in answer.content.decode()
    with college.at_work():
        assert "楚云学院组织部印制" in words(printed(college, letter).opened())
    assert "自带的模板：存根" in office.post("/letters/template/built-in", follow=True).content.decode()
    with college.at_work():
        assert "楚云学院组织部印制" not in words(printed(college, letter, day=TOMORROW).opened())


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0 old", ".doc 的先另存为 .docx"),
        ("空.docx", b"", "打不开"),
        ("少.docx", edited(lambda d: [one.clear() for one in d.paragraphs if "身份证" in one.text]), "{{身份证号}}"),
        ("多.docx", edited(lambda d: d.add_paragraph("{{ 工资 }}")), "不认识“{{ 工资 }}”"),
        ("循环.docx", edited(lambda d: d.add_paragraph("{% for x in range(9) %}")), "双花括号里只能是"),
        ("页眉.docx", edited(lambda d: d.sections[0].header.paragraphs[0].add_run("{{编号}}")), "页眉"),
        ("大.docx", b"PK" + b"0" * 2 * 1024 * 1024, "不超过 2 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith((".docx", ".doc")) else "",
)
def test_a_template_that_does_not_serve_is_refused_with_what_is_wrong(
    college: College, name: str, content: bytes, told: str
) -> None:
    answer = college.client("office").post("/letters/template", {"file": uploaded(name, content)})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown
    with college.at_work():
        assert not LetterFile.objects.exists()
