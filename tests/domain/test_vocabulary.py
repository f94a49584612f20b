"""The closed lists, and how cells are read into them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paicha.domain import synonyms
from paicha.domain.findings import Code
from paicha.domain.lexicon import normal_form
from paicha.domain.readings import CellValue, Reading
from paicha.domain.vocabulary import (
    Education,
    EthnicGroup,
    Reason,
    Sex,
    Verdict,
    read_education,
    read_ethnic_group,
    read_reason,
    read_sex,
    read_verdict,
    read_yes_no,
)

Reader = Callable[[CellValue], Reading[Any]]
READERS: tuple[Reader, ...] = (read_sex, read_ethnic_group, read_education, read_yes_no, read_reason, read_verdict)
WORDS = [
    "男 女 汉族 穿青人 本科 大专 是 否 其他 升学 快递员 外卖 J U 个体经商 两新组织员工（职工） 无 待定",
    "（ ） ( ) 、 / 或 ： . － 在工程、建筑行业务工 照顾家庭或异地居住 单位（公司）派驻外地工作 流出党员",
]
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(10**20), max_value=10**20),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.text(max_size=40),
    st.lists(st.sampled_from(" ".join(WORDS).split()), max_size=6).map("".join),
)


def codes(reading: Reading[Any]) -> list[Code]:
    return [finding.code for finding in reading.findings]


def test_the_stored_numbers_never_change() -> None:
    assert [int(reason) for reason in Reason] == list(range(1, 13))
    assert "".join(reason.letter for reason in Reason) == "JKLMNOPQRSTU"
    assert [(sex.value, sex.label) for sex in Sex] == [(1, "男"), (2, "女")]
    assert [int(verdict) for verdict in Verdict] == list(range(1, 8))
    assert {level.name: int(level) for level in Education} == {
        "ILLITERATE": 5,
        "PRIMARY": 10,
        "JUNIOR_HIGH": 20,
        "SENIOR_HIGH": 30,
        "SECONDARY_VOCATIONAL": 31,
        "TECHNICAL": 32,
        "VOCATIONAL_HIGH": 33,
        "COLLEGE": 40,
        "BACHELOR": 50,
        "POSTGRADUATE": 60,
        "MASTER": 61,
        "DOCTOR": 62,
    }


def test_there_are_56_groups_and_two_more_figures() -> None:
    assert [int(group) for group in EthnicGroup] == [*range(1, 57), 97, 98]
    assert len({group.label for group in EthnicGroup}) == 58
    assert (EthnicGroup(1).label, EthnicGroup(15).label, EthnicGroup(56).label) == ("汉族", "土家族", "基诺族")


def test_education_falls_into_the_three_figures_as_domain_md_says() -> None:
    assert {level.label for level in Education if level.letter == "H"} == {"大专"}
    assert {"高中", "中专", "初中"} <= {level.label for level in Education if level.letter == "G"}
    assert {level.label for level in Education if level.letter == "I"} == {"本科", "研究生", "硕士研究生", "博士研究生"}


def test_verdicts_one_and_two_are_outflow_and_one_to_four_of_domain_md_are_covered() -> None:
    assert [verdict for verdict in Verdict if verdict.outflow] == [Verdict.OUTFLOW, Verdict.OUTFLOW_DEEMED]
    assert [verdict for verdict in Verdict if not verdict.covered] == [Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Sex, synonyms.SEX),
        (EthnicGroup, synonyms.ETHNIC_GROUP),
        (Education, synonyms.EDUCATION),
        (Reason, synonyms.REASON),
        (Verdict, synonyms.VERDICT),
    ],
)
def test_no_synonym_stands_for_two_things_or_hides_a_label(
    kind: type[Sex | EthnicGroup | Education | Reason | Verdict], words: synonyms.Words
) -> None:
    listed = [(normal_form(word), kind[name].label) for name, line in words.items() for word in line.split()]
    labels = [(normal_form(member.label), member.label) for member in kind]
    meanings: dict[str, set[str]] = {}
    for form, label in [*listed, *labels]:
        assert form
        meanings.setdefault(form, set()).add(label)
    assert {form for form, meant in meanings.items() if len(meant) > 1} == set()


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("raw", [None, "", "  ", "无", "暂无", "/", "—", "\u3000"])
def test_an_empty_cell_reads_as_nothing_and_is_no_fault(reader: Reader, raw: CellValue) -> None:
    assert reader(raw) == Reading(None)


@pytest.mark.parametrize(
    ("reader", "written", "official"),
    [
        (read_sex, "男性", "男"),
        (read_sex, "f", "女"),
        (read_ethnic_group, "汉", "汉族"),
        (read_ethnic_group, "土 家 族", "土家族"),
        (read_ethnic_group, "维族", "维吾尔族"),
        (read_ethnic_group, "穿青", "穿青人"),
        (read_education, "大学本科", "本科"),
        (read_education, "大学", "本科"),
        (read_education, "高职", "大专"),
        (read_education, "中技", "技校"),
        (read_education, "硕士", "硕士研究生"),
        (read_yes_no, "已建立", "是"),
        (read_yes_no, "√", "是"),
        (read_yes_no, True, "是"),
        (read_yes_no, "未建立", "否"),
        (read_reason, "j", "个体经商"),
        (read_reason, "J.个体经商", "个体经商"),
        (read_reason, "M 单位派驻", "单位（公司）派驻外地工作"),
        (read_reason, "在工程建筑行业务工", "在工程、建筑行业务工"),
        (read_reason, "两新组织员工(职工)", "两新组织员工（职工）"),
        (read_reason, "美团骑手", "外卖送餐员"),
        (read_reason, "照顾家庭、异地居住", "照顾家庭或异地居住"),
        (read_reason, "照顾老人、带孙子", "照顾家庭或异地居住"),
        (read_reason, "毕业未就业", "已毕业但尚未就业"),
        (read_verdict, "失联", "失去联系"),
    ],
)
def test_other_words_are_read_in_official_spelling_with_a_notice(
    reader: Reader, written: CellValue, official: str
) -> None:
    reading = reader(written)
    assert reading.text == official
    assert codes(reading) == [Code.NORMALISED]
    assert reading.findings[0].message == f"“{written}”读作“{official}”"


@pytest.mark.parametrize(
    "written", ["其他(升学)", "其他：升学", "其他-升学", "其他升学", "其它（升学）", "U.升学", "其他 升学"]
)
def test_other_with_its_detail_is_brought_into_the_official_form(written: str) -> None:
    reading = read_reason(written)
    assert (reading.value, reading.text) == ((Reason.OTHER, "升学"), "其他（升学）")
    assert codes(reading) == [Code.NORMALISED]


def test_the_official_form_of_other_needs_no_notice_with_detail_or_without() -> None:
    assert read_reason("其他（升学）") == Reading((Reason.OTHER, "升学"), "其他（升学）")
    assert read_reason("其他") == Reading((Reason.OTHER, ""), "其他")
    assert read_reason("其他（无）").value == (Reason.OTHER, "")


def test_a_detail_after_any_reason_is_kept_in_the_text() -> None:
    assert read_reason("个体经商（开超市）") == Reading((Reason.SELF_EMPLOYED, "开超市"), "个体经商（开超市）")
    assert read_reason("两新组织员工（职工）（某公司）").value == (Reason.NEW_ORGANIZATION, "某公司")


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("快递员、外卖送餐员", "“快递员”“外卖送餐员”"),
        ("快递员/网约车司机", "“快递员”“网约车司机”"),
        ("N或O", "“快递员”“外卖送餐员”"),
        ("J.快递员", "“个体经商”“快递员”"),
        ("其他（快递员）", "“快递员”“其他”"),
        ("在工程、建筑行业务工、快递员", "“在工程、建筑行业务工”“快递员”"),
        ("照顾家庭或异地居住，灵活就业", "“照顾家庭或异地居住”“灵活就业”"),
    ],
)
def test_two_reasons_in_a_cell_are_both_named_and_neither_is_chosen(written: str, named: str) -> None:
    reading = read_reason(written)
    assert (reading.value, reading.text) == (None, written)
    assert codes(reading) == [Code.UNREADABLE]
    assert named in reading.findings[0].message
    assert "只保留" in reading.findings[0].suggestion


@pytest.mark.parametrize(
    ("reader", "written", "advice"),
    [
        (read_sex, "未知", "男；女"),
        (read_sex, 1, "男；女"),
        (read_ethnic_group, "火星族", "身份证"),
        (read_education, "大学肄业", "已毕业的最高学历"),
        (read_yes_no, "不清楚", "“是”或“否”"),
        (read_reason, "升学", "其他（升学）"),
        (read_reason, "打工", "所在行业"),
        (read_reason, "滴滴师机", "网约车司机"),
        (read_reason, "保安", "个体经商；"),
        (read_verdict, "已转出", "回执"),
    ],
)
def test_what_cannot_be_read_stays_as_written_and_is_told_what_to_do(
    reader: Reader, written: CellValue, advice: str
) -> None:
    reading = reader(written)
    assert (reading.value, reading.text) == (None, str(written))
    assert codes(reading) == [Code.UNREADABLE]
    assert advice in reading.findings[0].suggestion


def test_a_message_never_repeats_a_phone_that_slipped_into_another_column() -> None:
    message = read_ethnic_group("13800005678").findings[0].message
    assert "13800005678" not in message
    assert "138****5678" in message


@given(CELLS)
def test_reading_never_raises_and_official_text_reads_as_itself(raw: CellValue) -> None:
    for reader in READERS:
        reading = reader(raw)
        if reading.value is not None:
            assert reader(reading.text) == Reading(reading.value, reading.text)


@given(st.sampled_from(list(Reason)), st.text(max_size=20))
def test_any_detail_of_a_reason_settles_after_one_reading(reason: Reason, detail: str) -> None:
    reading = read_reason(f"{reason.label}({detail})")
    if reading.value is not None:
        assert read_reason(reading.text) == Reading(reading.value, reading.text)


def test_dates_are_no_words() -> None:
    assert codes(read_sex(date(2023, 12, 15))) == [Code.UNREADABLE]
    assert codes(read_reason(date(2023, 12, 15))) == [Code.UNREADABLE]


def test_a_cell_with_a_story_is_answered_quickly() -> None:
    assert codes(read_reason("(" * 32_000 + ")")) == [Code.UNREADABLE]
