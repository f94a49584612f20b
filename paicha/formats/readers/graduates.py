"""毕业生名单: a cohort's list as an office or a college keeps it, by the columns that were agreed on."""

from collections.abc import Mapping

from paicha.domain.annex1 import Column
from paicha.domain.graduate_list import Field
from paicha.formats.readers.columns import Extra, Target
from paicha.formats.readers.listed import Fields, Listed, ListedRow
from paicha.formats.readers.source import Source

TOLD: dict[Field, Target] = {
    Field.NAME: Column.NAME,
    Field.ID_NUMBER: Column.ID_NUMBER,
    Field.PHONE: Column.PHONE,
    Field.EMPLOYER: Column.EMPLOYER,
    Field.BRANCH: Extra.BRANCH,
}
FIELDS = Fields(Field, Field.NAME, TOLD, sequence=("序号", "编号", "序", "no"))
ListedGraduate = ListedRow[Field]
GraduateList = Listed[Field]


class ListProblem(ValueError):
    """The list cannot be read; the message says in Chinese why, and what to do."""


def read_graduates(source: Source, mapping: Mapping[str, str] | None = None) -> GraduateList:
    """The people of every sheet that has 姓名 among its headings. Raises ListProblem where none has."""
    found = FIELDS.read(source, mapping)
    if not found.columns:
        raise ListProblem("没有找到毕业生名单，表头里要有“姓名”。表头不同的，请改各列的对照")
    return found
