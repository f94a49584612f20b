"""A required column that a form does not have is said once, and its people still count as incomplete."""

from datetime import date

import pytest

from paicha.collation.faults import findings_of
from paicha.domain.annex1 import Column
from paicha.domain.check import Checker
from paicha.domain.findings import Code, Located
from paicha.domain.register import Person
from paicha.domain.settings import RuleSet
from paicha.formats.readers import recognise
from paicha.formats.readers.source import Source
from tests.formats.tables import Row, person, register, source


def without(column: Column, rows: list[Row]) -> list[Row]:
    return [row[:column] + row[column + 1 :] if len(row) == len(Column) else row for row in rows]


def checked(read: Source) -> tuple[list[Person], list[list[Located]]]:
    checker, people, located = Checker(RuleSet(date(2023, 12, 15))), [], []
    for form in recognise.forms(read).annex1:
        own = [Person(form, row, checker.check(row)) for row in form.rows]
        people += own
        located.append([item for item in findings_of(form, own, 0) if item.finding.code is Code.REQUIRED])
    return people, located


def test_a_missing_column_is_said_once_at_the_headings_and_not_for_each_person() -> None:
    rows = without(Column.ETHNIC_GROUP, register(person(), person(2, "李四", 2), person(3, "赵六", 3)))
    people, (located,) = checked(source(rows))
    assert [(item.place.row, item.finding.column) for item in located] == [(4, "民族")]
    assert all(any(f.column == "民族" for f in p.entry.findings) for p in people), "each stays marked as incomplete"


def test_an_empty_cell_of_a_column_that_is_there_is_said_of_its_person() -> None:
    incomplete = person(2, "李四", 2)
    incomplete[Column.ETHNIC_GROUP] = None
    _, (located,) = checked(source(register(person(), incomplete)))
    assert [item.place.cell for item in located] == ["D7"]


@pytest.mark.parametrize("column", [Column.SEX, Column.PHONE])
def test_each_branch_of_a_joined_list_hears_of_the_missing_column_once(column: Column) -> None:
    rows = without(column, register(*(person(n, name, n) for n, name in enumerate(("王小雨", "李四", "赵六"), 1))))[3:]
    branches = ["所在党支部", None, "测绘系党支部", "地质系党支部", "地质系党支部"]
    _, located = checked(source([[branch, *row] for branch, row in zip(branches, rows, strict=True)]))
    assert [[(i.place.row, i.finding.column) for i in part] for part in located] == [
        [(1, column.heading)],
        [(4, column.heading)],
    ]


def test_a_table_that_goes_on_in_word_says_it_at_its_first_person() -> None:
    rows = without(Column.ETHNIC_GROUP, register(person()))
    more = without(Column.ETHNIC_GROUP, [person(2, "李四", 2), person(3, "赵六", 3)])
    _, located = checked(source(rows, more, kind="docx"))
    assert [[item.place.row for item in part] for part in located] == [[4], [1]]
