"""What a sheet is: a form, a roster, or what we made ourselves and somebody sends back."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from paicha.domain.annex2 import LETTERS, Statistics
from paicha.domain.findings import Code
from paicha.formats.readers import recognise
from paicha.formats.readers.opening import read_file
from paicha.formats.writers.annex2_summary import Unit, write_annex2_summary
from paicha.formats.writers.notes import Provenance
from paicha.formats.writers.template import write_template
from tests.formats.tables import Row, filled, id_number, person, register, source, statistics


def test_our_own_summary_sent_by_a_lower_unit_is_told_to_be_no_annex2(tmp_path: Path) -> None:
    figures = Statistics(dict.fromkeys(LETTERS, 0))
    path = tmp_path / "附件2-汇总.xlsx"
    provenance = Provenance("测绘学院党委办公室", datetime.fromisoformat("2023-12-15T09:00"))
    write_annex2_summary(
        path, committee="测绘学院", units=[Unit("测绘系党支部", figures, "已报")], total=figures, provenance=provenance
    )
    forms = recognise.forms(replace(read_file(str(path)), file="附件2-汇总.xlsx"))
    assert (forms.annex1, forms.annex2) == ([], [])
    assert [(place.sheet, finding.code) for place, finding in forms.findings] == [("汇总", Code.FILE)]
    assert "附件2-上报.xlsx" in forms.findings[0][1].suggestion


def test_a_summary_made_by_hand_is_read_a_unit_a_row_and_gives_no_register() -> None:
    rows = [[None, *row, None] for row in statistics()[2:]]
    rows[0][0], rows[0][-1] = "党支部名称", "其中身份证号重复"
    forms = recognise.forms(source([*rows, ["测绘系党支部", *filled(A=2), 0]]))
    assert (forms.annex1, [sent.branch for sent in forms.annex2]) == ([], ["测绘系党支部"])


def test_our_blank_roster_is_a_roster_although_it_asks_for_the_residence(tmp_path: Path) -> None:
    write_template(tmp_path / "名册.xlsx", "名册")
    forms = recognise.forms(read_file(str(tmp_path / "名册.xlsx")))
    assert forms.annex1 == []
    assert [finding.code for _, finding in forms.findings] == [Code.SKIPPED]


def test_a_list_with_reasons_is_a_register_whatever_its_title() -> None:
    heading: Row = ["姓名", "身份证号", "现居住地", "从事行业或流动原因"]
    people: Row = ["李四", id_number(), "湖北省宜昌市夷陵区小溪塔街道长江社区", "快递员"]
    assert len(recognise.forms(source([["测绘系党员名册"], heading, people])).annex1) == 1


def test_a_register_in_a_sheet_named_like_notes_is_counted() -> None:
    made = source(register(person()), [["填报说明"], ["请逐栏填写"]], register(person(1, "李四", 2)))
    named = zip(made.sheets, ("流出党员情况说明", "填报说明", "填写说明"), strict=True)
    forms = recognise.forms(replace(made, sheets=[replace(sheet, name=name) for sheet, name in named]))
    assert [form.sheet for form in forms.annex1] == ["流出党员情况说明"]
    assert forms.findings == []


def test_people_in_a_sheet_named_like_notes_are_not_passed_over() -> None:
    made = source(register(person()), [["王小雨", id_number()]])
    sheets = [made.sheets[0], replace(made.sheets[1], name="情况说明")]
    ((place, finding),) = recognise.forms(replace(made, sheets=sheets)).findings
    assert (place.sheet, finding.code) == ("情况说明", Code.FILE)
