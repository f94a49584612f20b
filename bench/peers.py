"""The usual ways: `python -m bench.peers WAY FOLDER OUT` reads every .xlsx of FOLDER the way WAY names.

The checks are those of 附件1 that a script written for one round has: required cells, check digit, sex and birth
by the number, age, joining, phone, vocabulary, duplicates; residences only by their province.
Layout: the generator's own, with the headings in rows 6 and 7."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

AS_OF_MONTH = 2023 * 12 + 11
FIRST_ROW = 7  # 0-based row of the first person
COLUMNS = (
    *("sequence", "name", "sex", "ethnic", "birth", "age", "joined", "number", "education", "employer", "organized"),
    *("residence", "phone", "reason", "branch", "contact", "contact_phone"),
)
REQUIRED = ("name", "sex", "ethnic", "birth", "joined", "number", "education", "residence", "phone", "reason")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
REASONS = frozenset(
    (
        *(
            "个体经商",
            "在工程、建筑行业务工",
            "两新组织员工（职工）",
            "单位（公司）派驻外地工作",
            "快递员",
            "外卖送餐员",
        ),
        *("网约车司机", "货车司机", "照顾家庭或异地居住", "灵活就业", "已毕业但尚未就业", "其他"),
    )
)
EDUCATION = frozenset(("小学", "初中", "高中", "中专", "技校", "大专", "本科", "硕士研究生", "博士研究生"))


def calamine_rows(path: Path) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)


def openpyxl_rows(path: Path) -> list[list[Any]]:
    from openpyxl import load_workbook

    sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def bare(files: Iterable[Path], _: Path) -> None:
    for path in files:
        calamine_rows(path)


def right_digit(number: str) -> bool:
    if len(number) != 18 or not number[:17].isdigit():
        return False
    return "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=False)) % 11] == number[17]


def with_pandas(read: Callable[[Path], list[list[Any]]]) -> Callable[[Iterable[Path], Path], None]:
    def check(files: Iterable[Path], _: Path) -> None:
        import pandas as pd

        parts = [pd.DataFrame([row[:17] for row in read(path)[FIRST_ROW:]], columns=COLUMNS) for path in files]
        people = pd.concat(parts, ignore_index=True).fillna("").astype(str)
        people = people[people.name != ""]
        birth = pd.to_numeric(people.birth, errors="coerce")
        joined = pd.to_numeric(people.joined, errors="coerce")
        born = birth // 100 * 12 + birth % 100 - 1
        faults = {column: people[column].str.strip() == "" for column in REQUIRED}
        faults["checksum"] = ~people.number.map(right_digit)
        faults["id-sex"] = people.number.str[16:17].isin(list("13579")) != (people.sex == "男")
        faults["id-birth"] = people.number.str[6:12] != people.birth
        faults["age"] = pd.to_numeric(people.age, errors="coerce") != (AS_OF_MONTH - born) // 12
        faults["joined"] = joined // 100 * 12 + joined % 100 - 1 < born + 216
        faults["phone"] = ~people.phone.str.fullmatch(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
        faults["reason"] = ~people.reason.str.split("（").str[0].isin({r.split("（")[0] for r in REASONS})
        faults["education"] = ~people.education.isin(EDUCATION)
        faults["id-duplicate"] = people.number.duplicated(keep=False)
        faults["phone-duplicate"] = people.phone.duplicated(keep=False)
        faults["employer"] = (people.employer != "") & (people.organized == "")
        faults["residence"] = ~people.residence.str.contains("省|市|自治区")
        print({code: int(wrong.sum()) for code, wrong in faults.items()})

    return check


def import_export(files: Iterable[Path], out: Path) -> None:
    """django-import-export into an SQLite file: a ModelResource with full_clean, the way its documentation shows."""
    import django
    from django.conf import settings

    database = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(out / "peer.sqlite3")}
    settings.configure(DATABASES={"default": database}, INSTALLED_APPS=["import_export"], USE_TZ=True)
    django.setup()
    import tablib
    from django.core.exceptions import ValidationError
    from django.db import connection, models
    from import_export import resources

    def check_number(number: str) -> None:
        if not right_digit(number):
            raise ValidationError("check digit")

    fields: dict[str, Any] = {name: models.CharField(max_length=100, blank=name not in REQUIRED) for name in COLUMNS}
    fields["number"] = models.CharField(max_length=18, validators=[check_number])
    person = type(
        "Person", (models.Model,), {**fields, "__module__": "peer", "Meta": type("Meta", (), {"app_label": "peer"})}
    )
    meta = type(
        "Meta",
        (),
        {
            "model": person,
            "clean_model_instances": True,
            "use_bulk": True,
            "import_id_fields": ("number",),
            "skip_diff": True,
        },
    )
    resource = type("PersonResource", (resources.ModelResource,), {"Meta": meta})()
    with connection.schema_editor() as editor:
        editor.create_model(person)
    for path in files:
        rows = [[str(cell) for cell in row[:17]] for row in calamine_rows(path)[FIRST_ROW:] if row[1]]
        resource.import_data(tablib.Dataset(*rows, headers=COLUMNS), raise_errors=False, collect_failed_rows=True)


def bare_write(files: Iterable[Path], out: Path) -> None:
    """XlsxWriter's bare writing of what `collate` writes of people: the summary, and each branch's 附件1."""
    import xlsxwriter

    def write(name: str, rows: Iterable[list[Any]]) -> None:
        book = xlsxwriter.Workbook(str(out / name), {"constant_memory": True})
        sheet = book.add_worksheet()
        style = book.add_format({"num_format": "@", "border": 1})
        for number, row in enumerate(rows):
            for column, cell in enumerate(row[:18]):
                sheet.write_string(number, column, str(cell), style)
        book.close()

    def people() -> Iterator[list[Any]]:
        for path in paths:
            yield from ([path.stem, *row] for row in calamine_rows(path)[FIRST_ROW:])

    paths = list(files)
    write("all.xlsx", people())
    for number, path in enumerate(paths):
        write(f"{number}.xlsx", calamine_rows(path))


def load_and_save(files: Iterable[Path], out: Path) -> None:
    """openpyxl's bare load and save of each file: the floor of handing it back marked."""
    from openpyxl import load_workbook

    for path in files:
        load_workbook(path).save(out / path.name)


WAYS: dict[str, Callable[[Iterable[Path], Path], None]] = {
    "bare": bare,
    "openpyxl+pandas": with_pandas(openpyxl_rows),
    "calamine+pandas": with_pandas(calamine_rows),
    "django-import-export": import_export,
    "xlsxwriter": bare_write,
    "openpyxl": load_and_save,
}

if __name__ == "__main__":
    WAYS[sys.argv[1]](sorted(Path(sys.argv[2]).rglob("*.xlsx")), Path(sys.argv[3]))
