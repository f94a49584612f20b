"""A member of a branch as a letter names them, whether they stand on the register or not."""

from datetime import date

from paicha.domain.annex1 import Column
from paicha.domain.identity import id_birth, id_sex, read_id_number, read_month
from paicha.domain.introduction import Person
from paicha.domain.readings import as_text
from paicha.register.roster.selectors import Listed


def person_listed(listed: Listed, phone: str, today: date) -> Person:
    """A member as the letter names them: as the register and the roster do; what neither says of sex and birth, the ID
    number tells. `phone` is a newer one, where it is known."""
    cells = [as_text(cell).strip() for cell in listed.cells]
    number = listed.member.id_number or cells[Column.ID_NUMBER]
    sex, birth = cells[Column.SEX], read_month(cells[Column.BIRTH]).value
    if number and read_id_number(number).value:
        sex = sex or id_sex(number).label
        birth = id_birth(number).year * 12 + id_birth(number).month - 1 if birth is None else birth
    return Person(
        name=cells[Column.NAME] or listed.name,
        sex=sex,
        age=None if birth is None else (today.year * 12 + today.month - 1 - birth) // 12,
        ethnic_group=cells[Column.ETHNIC_GROUP],
        id_number=number,
        phone=phone or cells[Column.PHONE],
    )
