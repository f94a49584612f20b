"""Tables of a .docx keep their grid, and the paragraphs above them are not lost."""

import io
from pathlib import Path

import docx
import pytest

from paicha.formats.readers.guard import read_files
from paicha.formats.readers.source import Sheet, Source, Unreadable
from tests.formats import hostile


def _sheets(folder: Path, data: bytes) -> list[Sheet]:
    (source,) = read_files([hostile.saved(folder, "表.docx", data)])
    assert isinstance(source, Source), source
    assert source.kind == "docx"
    return source.sheets


def _cell(words: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def _table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def test_a_document_as_word_processors_write_it_is_read(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("附件 1")
    document.add_paragraph("党支部名称：第一党支部")
    table = document.add_table(3, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "姓名"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "单位"
    table.cell(1, 1).text = "名称"
    table.cell(2, 3).text = "张三"
    document.add_paragraph("注：其他")
    document.add_table(1, 1).cell(0, 0).text = "二"
    memory = io.BytesIO()
    document.save(memory)
    first, second = _sheets(tmp_path, memory.getvalue())
    assert first == Sheet(
        "表1",
        [["姓名", "单位"], [None, "名称"], [None, None, None, "张三"]],
        ("附件 1", "党支部名称：第一党支部"),
        merged=((0, 0, 1, 0),),
    )
    assert second == Sheet("表2", [["二"]], ("注：其他",))


def test_a_merged_area_has_its_value_in_the_upper_left_only(tmp_path: Path) -> None:
    body = _table(
        _cell("甲", '<w:gridSpan w:val="2"/><w:vMerge w:val="restart"/>') + _cell("乙"),
        _cell("看不见", '<w:gridSpan w:val="2"/><w:vMerge/>') + _cell("丙"),
        '<w:trPr><w:gridBefore w:val="2"/></w:trPr>' + _cell("丁"),
    )
    (sheet,) = _sheets(tmp_path, hostile.word(body))
    assert sheet.rows == [["甲", None, "乙"], [None, None, "丙"], [None, None, "丁"]]


def test_text_is_read_as_it_stands_on_the_page(tmp_path: Path) -> None:
    runs = (
        "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr><w:r><w:t>张</w:t><w:tab/><w:t>三</w:t></w:r></w:p>"
    )
    deleted = "<w:del><w:r><w:delText>旧</w:delText><w:t>旧</w:t></w:r></w:del>"
    tracked = f"<w:p>{deleted}<w:ins><w:r><w:t>新</w:t></w:r></w:ins></w:p>"
    nested = f"<w:p><w:r><w:t>外</w:t></w:r></w:p>{_table(_cell('里一') + _cell('里二'))}<w:p/>"
    (sheet,) = _sheets(tmp_path, hostile.word(_table(*(f"<w:tc>{words}</w:tc>" for words in (runs, tracked, nested)))))
    assert sheet.rows == [["张\t三"], ["新"], ["外\n里一\n里二"]]


def test_rows_in_a_content_control_are_rows(tmp_path: Path) -> None:
    row = f"<w:tr><w:sdt><w:sdtContent>{_cell('甲')}</w:sdtContent></w:sdt>{_cell('乙')}</w:tr>"
    body = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"
    assert _sheets(tmp_path, hostile.word(body))[0].rows == [["甲", "乙"]]


def test_a_long_table_is_read(tmp_path: Path) -> None:
    rows = [_cell(str(i)) + _cell("汉族") for i in range(10_000)]
    assert len(_sheets(tmp_path, hostile.word(_table(*rows)))[0].rows) == 10_000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (hostile.word("<w:p/>"), "没有表格"),
        (hostile.word("<w:tbl>"), "已损坏"),
        (hostile.word(_table(_cell("&a;")), '<!DOCTYPE x [<!ENTITY a "b">]>'), "DTD"),
        (hostile.word(_table(_cell("甲", '<w:gridSpan w:val="99999"/>'))), "已损坏"),
    ],
)
def test_a_bad_document_is_answered_in_words(tmp_path: Path, data: bytes, words: str) -> None:
    (answer,) = read_files([hostile.saved(tmp_path, "坏.docx", data)])
    assert isinstance(answer, Unreadable)
    assert words in answer.finding.message
    assert answer.finding.suggestion


def test_a_phonetic_guide_is_no_part_of_a_name(tmp_path: Path) -> None:
    guided = (
        "<w:tc><w:p><w:r><w:ruby><w:rt><w:r><w:t>yān</w:t></w:r></w:rt>"
        "<w:rubyBase><w:r><w:t>鄢</w:t></w:r></w:rubyBase></w:ruby></w:r><w:r><w:t>红</w:t></w:r></w:p></w:tc>"
    )
    (sheet,) = _sheets(tmp_path, hostile.word(_table(guided)))
    assert sheet.rows == [["鄢红"]]


def test_signs_that_nobody_sees_are_left_out_of_a_cell_and_of_a_paragraph(tmp_path: Path) -> None:
    body = "<w:p><w:r><w:t>第一\x7f党支部</w:t></w:r></w:p>" + _table(_cell("赵\x85立"))
    (sheet,) = _sheets(tmp_path, hostile.word(body))
    assert (sheet.preamble, sheet.rows) == (("第一党支部",), [["赵立"]])
