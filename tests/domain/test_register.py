"""A whole register: numbers given twice, 序号, versions of files."""

from paicha.domain.annex1 import Form
from paicha.domain.check import Checker
from paicha.domain.findings import Code
from paicha.domain.register import Person, check_sequence, mark_duplicates, superseded
from tests.world import WUHAN, form, id_number, row


def people(of: Form) -> list[Person]:
    checker = Checker(WUHAN)
    return [Person(of, raw, checker.check(raw)) for raw in of.rows]


def codes(person: Person) -> list[Code]:
    return [finding.code for finding in person.entry.findings]


def test_both_places_of_a_number_given_twice_are_marked_and_name_each_other() -> None:
    first = people(form(row(6, id_number=id_number())))
    second = people(form(row(9, id_number=id_number()), file="信息.xlsx"))
    assert len(mark_duplicates(first + second)) == 1
    assert codes(first[0]) == codes(second[0]) == [Code.ID_DUPLICATE]
    assert "信息.xlsx" in first[0].entry.findings[0].message
    assert "H9" in first[0].entry.findings[0].message
    assert "H6" in second[0].entry.findings[0].message


def test_one_phone_of_two_people_is_a_warning_but_not_of_one_person_twice() -> None:
    two = people(form(row(6, phone="13800000001"), row(7, phone="13800000001")))
    mark_duplicates(two)
    assert codes(two[0]) == codes(two[1]) == [Code.PHONE_DUPLICATE]
    same = people(form(row(6), row(7, id_number=id_number(sequence=13), phone="13800000006")))
    mark_duplicates(same)
    assert codes(same[0]) == [Code.ID_DUPLICATE]


def test_numbers_that_lost_their_digits_are_no_duplicates() -> None:
    lost = people(form(row(6, id_number=4.20106197808151e17), row(7, id_number=4.20106197808151e17)))
    assert not mark_duplicates(lost)


def test_a_sequence_must_run_from_one_or_go_on() -> None:
    assert check_sequence(form(row(6, sequence=1), row(7, sequence="2"))) is None
    assert check_sequence(form(row(6, sequence=3), row(7, sequence=4)), after=2) is None
    broken = check_sequence(form(row(6, sequence=1), row(7, sequence=3)))
    assert broken is not None
    assert (broken[0].cell, broken[1].code) == ("A7", Code.SEQUENCE)


def test_a_sequence_of_thousands_of_places_is_broken_and_stops_nothing() -> None:
    assert check_sequence(form(row(6, sequence="9" * 5000))) is not None
    assert check_sequence(form(row(6, sequence=10**5000))) is not None


def test_a_file_that_shares_people_with_a_newer_one_is_an_old_version() -> None:
    old = form(row(6), row(7), file="v1.xlsx", modified="2023-12-01T08:00:00Z")
    new = form(row(6), row(8), file="v2.xlsx", modified="2023-12-03T08:00:00Z")
    part = form(row(20), file="其余.xlsx", modified="2023-11-30T08:00:00Z")
    assert superseded([(of, people(of)) for of in (new, part, old)]).keys() == {2}


def test_a_newer_version_may_have_mended_the_number() -> None:
    old = form(row(6, id_number="420106780815123"), file="v1.xlsx", modified="1")
    new = form(row(6), file="v2.xlsx", modified="2")
    assert superseded([(old, people(old)), (new, people(new))])[0].newer == new


def test_who_stands_in_the_old_version_only_is_told() -> None:
    old = form(row(6), row(7, name="李四"), file="v1.xlsx", modified="1")
    new = form(row(6), row(8), file="v2.xlsx", modified="2")
    replaced = superseded([(old, people(old)), (new, people(new))])[0]
    assert [person.row.number for person in replaced.left_out] == [7]


def test_masked_numbers_and_namesakes_without_a_month_tell_nobody_apart() -> None:
    masked = [form(row(6, id_number="*" * 18), row(7, id_number="420111********0012"), row(8, id_number="*" * 18))]
    assert not mark_duplicates(people(masked[0]))
    here = form(row(6, id_number="", birth="不详"), file="一.xlsx", modified="1")
    there = form(row(7, birth="不详"), file="二.xlsx", modified="2")
    assert not superseded([(here, people(here)), (there, people(there))])


def test_words_instead_of_a_phone_are_no_duplicate_phone() -> None:
    two = people(form(row(6, phone="不详"), row(7, phone="不详")))
    mark_duplicates(two)
    assert not [f for person in two for f in person.entry.findings if f.code is Code.PHONE_DUPLICATE]
