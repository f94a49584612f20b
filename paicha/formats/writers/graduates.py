"""毕业生名单 to be filled in offline: the columns of domain.graduate_list, which is read back as any list is. It holds
ID numbers and telephones in full: it leaves with a password (register.exporting)."""

from collections.abc import Mapping, Sequence

from paicha.domain.divisions import Direction
from paicha.domain.graduate_list import Field
from paicha.domain.graduates import Destination
from paicha.formats.own import CONFIDENTIAL
from paicha.formats.writers.notes import Provenance, add_notes
from paicha.formats.writers.sheets import Block, Target, draw, open_sheet, print_on_a4, put, set_widths

SHEET = "毕业生名单"
FIRST = 3  # zero-based row of the first person
WIDTHS: dict[Field, float] = {
    **dict.fromkeys(Field, 12.0),
    Field.NAME: 9,
    Field.ID_NUMBER: 20,
    Field.BRANCH: 18,
    Field.MONTH: 9,
    Field.DESTINATION: 9,
    Field.EMPLOYER: 24,
    Field.TO: 26,
    Field.ORGANIZATION: 28,
    Field.DIRECTION: 10,
    Field.STANDING: 8,
    Field.DUES: 9,
    Field.PHONE: 13,
    Field.RESPONSIBLE: 10,
}
LISTS: dict[Field, list[str]] = {
    Field.DESTINATION: [one.label for one in Destination],
    Field.DIRECTION: [one.label for one in Direction],
    Field.STANDING: ["正式", "预备"],
}
ALIGNED = dict.fromkeys((Field.BRANCH, Field.DEPARTMENT, Field.EMPLOYER, Field.TO, Field.ORGANIZATION), "left")
TO_BE_SAID = (
    "填好后在“毕业生”里原样传回；按身份证号认人，姓名和党支部只供核对。",
    "空着的格子不改系统里的内容；要清空写“无”。",
    "去向类别、转往地区、正式或预备从下拉里选；毕业时间、党费交至写六位年月，如 202306。",
)


def write_graduates(
    target: Target, *, cohort: str, people: Sequence[Mapping[Field, str]], provenance: Provenance
) -> None:
    """Write the list, a row a person. Raises OSError where the path cannot be written."""
    fields, last = list(Field), len(Field) - 1
    with open_sheet(target, SHEET) as (book, styles, sheet):
        set_widths(sheet, [WIDTHS[field] for field in fields])
        sheet.set_row(1, 34)
        sheet.set_row(2, 30)
        draw(
            sheet,
            [
                Block(0, 0, 0, last, CONFIDENTIAL, styles.mark()),
                Block(1, 0, 1, last, f"{cohort}{SHEET}", styles.title()),
                *(Block(2, column, 2, column, field.heading, styles.heading()) for column, field in enumerate(fields)),
            ],
        )
        for row, person in enumerate(people, FIRST):
            for column, field in enumerate(fields):
                put(sheet, row, column, person.get(field, ""), styles.cell(align=ALIGNED.get(field, "center")))
        end = max(FIRST, FIRST + len(people) - 1)
        for column, field in enumerate(fields):
            if field in LISTS:
                sheet.data_validation(FIRST, column, end, column, {"validate": "list", "source": LISTS[field]})
        sheet.freeze_panes(FIRST, 1)
        print_on_a4(sheet, repeat=(0, FIRST - 1))
        add_notes(book, styles, f"{cohort}{SHEET}", provenance, TO_BE_SAID)
