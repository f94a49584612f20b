"""Introduction letters as .docx and PDF: every field there, odd words harmless, a page each."""

import re
import time
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from paicha.formats.writers.letter import FIELDS, TemplateFault, built_in, check_template, write_letters
from paicha.formats.writers.letter_sheet import NoFont, write_sheets

NOW = datetime(2023, 12, 1, 8, 0, 0, 123, tzinfo=UTC)
WORDS = {name: f"〈{name}〉" for name in FIELDS}


def text(content: bytes) -> str:
    document: Any = docx.Document(BytesIO(content))
    return "\n".join(node.text or "" for node in document.element.body.iter(qn("w:t")))


def test_the_built_in_template_says_everything() -> None:
    check_template(built_in())
    written = text(write_letters(built_in(), [WORDS]))
    assert [name for name in FIELDS if WORDS[name] not in written] == []


def test_words_that_mean_something_to_xml_or_jinja_are_words() -> None:
    odd = WORDS | {"姓名": "张<b>&三", "去": "{{ 7*7 }}{% for %}", "抬头": "甲\x01\x0b\n乙￿"}
    written = text(write_letters(built_in(), [odd]))
    assert "张<b>&三" in written
    assert "{{ 7*7 }}{% for %}" in written
    assert "甲 乙" in written


def test_each_letter_after_the_first_begins_a_page() -> None:
    document: Any = docx.Document(BytesIO(write_letters(built_in(), [WORDS, WORDS | {"姓名": "李四"}, WORDS])))
    breaks = document.element.body.findall(f".//{qn('w:pageBreakBefore')}")
    assert len(breaks) == 2
    assert len(document.sections) == 1


def test_a_template_that_begins_with_a_table_and_cuts_its_fields_serves_too() -> None:
    document: Any = docx.Document(BytesIO(built_in()))
    table = document.add_table(1, 1)
    cell = table.cell(0, 0).paragraphs[0]
    for piece in ("{", "{姓", "名}", "}"):  # as an editor cuts what is typed and corrected
        cell.add_run(piece)
    document.element.body.insert(0, table._element)
    out = BytesIO()
    document.save(out)
    check_template(out.getvalue())
    written = write_letters(out.getvalue(), [WORDS, WORDS])
    assert text(written).startswith("〈姓名〉")
    assert text(written).count("〈姓名〉") == 2 * (1 + text(write_letters(built_in(), [WORDS])).count("〈姓名〉"))


@pytest.mark.parametrize("words", ["{{ 姓名.__class__ }}", "{{ 姓名|upper }}", "{{ 9**9**9 }}", "{# 注 #}", "{{}}"])
def test_nothing_else_of_jinja_is_taken(words: str) -> None:
    document: Any = docx.Document(BytesIO(built_in()))
    document.add_paragraph(words)
    out = BytesIO()
    document.save(out)
    with pytest.raises(TemplateFault, match="不认识"):
        check_template(out.getvalue())


def rewritten(part: str, change: Any) -> bytes:
    """The built-in template with one part changed in its bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(built_in())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def _utf_16(rels: bytes) -> bytes:
    text = rels.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return text.encode("utf-16")


OUTSIDE = b'<Relationship Id="r9" Type="http://x/image" Target="http://x/a.png" TargetMode="External"/></Relationships>'
DOCTYPE = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><w:document'
RELS = "word/_rels/document.xml.rels"
FETCHING = b'</w:t></w:r><w:r><w:instrText> INCLUDEPICTURE "http://x/a.png" </w:instrText></w:r><w:r><w:t>'
NAME, TO = "{{姓名}}".encode(), "{{抬头}}".encode()
BODY = "word/document.xml"
HOSTILE = {
    "no-archive": b"PK\x03\x04 and no more",
    "no-body": rewritten(BODY, lambda _: b""),
    "not-xml": rewritten(BODY, lambda body: body[:-40]),
    "entity": rewritten(BODY, lambda body: body.replace(b"<w:document", DOCTYPE, 1).replace(NAME, b"&b;")),
    "braces": rewritten(BODY, lambda body: body.replace(TO, b"{{" * 900)),
    "unclosed": rewritten(BODY, lambda body: body.replace(TO, TO[:-2])),
    "outside": rewritten(RELS, lambda rels: rels.replace(b"</Relationships>", OUTSIDE)),
    "outside-spaced": rewritten(
        RELS, lambda rels: rels.replace(b"</Relationships>", OUTSIDE.replace(b'="E', b' = "E'))
    ),
    "outside-utf-16": rewritten(RELS, lambda rels: _utf_16(rels.replace(b"</Relationships>", OUTSIDE))),
    "fetching-field": rewritten(BODY, lambda body: body.replace(TO, TO + FETCHING, 1)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_template_is_a_fault_and_no_crash(name: str) -> None:
    began = time.perf_counter()
    with pytest.raises(TemplateFault):
        check_template(HOSTILE[name])
    assert time.perf_counter() - began < 5


def test_a_pdf_is_set_from_words_that_mean_something_to_typst() -> None:
    odd = WORDS | {"姓名": '#panic("x") *张* $x$ \\ "三"', "标记": "作废"}
    assert write_sheets([odd, WORDS], NOW).startswith(b"%PDF-")


def test_without_a_chinese_font_there_is_no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    for fonts in ("BODY_FONTS", "TITLE_FONTS", "ANY_FONTS"):
        monkeypatch.setattr(f"paicha.formats.writers.letter_sheet.{fonts}", ())
    with pytest.raises(NoFont):
        write_sheets([WORDS], NOW)


@pytest.mark.parametrize("length", [20, 60, 120])
def test_a_letter_is_one_page_however_long_its_names_are(length: int) -> None:
    long = ("中共湖北省武汉市东湖新技术开发区关山街道" * 6)[:length]
    names = dict.fromkeys(("抬头", "由", "去", "开具党委", "通讯地址", "联系电话", "传真", "本人电话"), long)
    try:
        made = write_sheets([WORDS | names, WORDS], NOW)
    except NoFont:
        pytest.skip("no Chinese font on this machine")
    assert len(re.findall(rb"/Type\s*/Page[^s]", made)) == 2
