"""The office's list of branches: a sheet or a text file with names, aliases, secretaries and telephones."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from paicha.domain.branches import ListedBranch
from paicha.domain.masking import mask_personal, quote
from paicha.domain.readings import CellValue, as_text, compact, is_empty
from paicha.formats.readers.headings import Found, Heading, find, letters, normal
from paicha.formats.readers.parts import without_controls
from paicha.formats.readers.source import Sheet, Source

_WORDS = {
    "name": (
        "党支部名称 党支部 支部名称 支部 名称 党组织名称 党组织 单位名称 单位 组织名称 所在党支部 党支部全称 全称"
    ),
    "aliases": "别名 曾用名 简称 其他名称 别称 又名 原名 曾用名称 别名简称",
    "leader": (
        "负责人 书记 党支部书记 支部书记 党支部负责人 支部负责人 负责人姓名 党支部负责人姓名及职务 "
        "负责人姓名及职务 书记姓名"
    ),
    "phone": "联系电话 电话 手机 手机号 联系方式 电话号码 手机号码 负责人电话",
}
_FIELD = {word: field for field, words in _WORDS.items() for word in words.split()}
_SEPARATOR = re.compile(r"[、，,;；/\n]")
_SEQUENCE = re.compile(r"^(序号|编号|\d+[.、]?)$")
_NUMBERED = re.compile(r"^\d+\s*[.、．]\s*")
_TITLE = re.compile(r"名单$|一览表$|名册$|目录$")


class ListProblem(ValueError):
    """The list cannot be used; the message says in Chinese what is wrong and where."""


@dataclass(frozen=True, slots=True)
class _Line:
    branch: ListedBranch
    where: str


def read_branches(source: Source) -> list[ListedBranch]:
    """The branches of every sheet that lists any, in their order.

    A sheet has headings (党支部名称, 别名, 负责人, 联系电话), or is one column of names. Raises ListProblem where
    there is no name at all, or a name or alias stands for two branches."""
    lines = [line for sheet in source.sheets if not sheet.name.startswith("_") for line in _sheet_lines(sheet)]
    if not lines:
        raise ListProblem(f"{source.file}：没有读到党支部名称。请列出“党支部名称”一列，每行一个党支部")
    _refuse_duplicates(source.file, lines)
    return [line.branch for line in lines]


def read_branches_text(data: bytes, file: str = "名单") -> list[ListedBranch]:
    """The branches of a .csv or .txt list in UTF-8 or GB18030; columns parted by commas or tabs. Raises ListProblem."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise ListProblem(f"{file}：文字编码无法识别。请另存为 UTF-8 编码的 .csv 或 .txt，或用 .xlsx")
    text = without_controls(text.replace("\r\n", "\n").replace("\r", "\n"))
    delimiter = "\t" if "\t" in text else "," if "," in text else "，"
    try:
        rows: list[list[CellValue]] = [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        raise ListProblem(f"{file}：不是规范的 .csv 文件。请用表格软件另存为 .xlsx 后再用") from None
    return read_branches(Source(file, "csv", "", [Sheet("", rows)]))


def _columns(headings: Sequence[Heading]) -> dict[str, int]:
    found: dict[str, int] = {}
    for heading in headings:
        field = _FIELD.get(heading.text)
        if field is not None:
            found.setdefault(field, heading.column)
    return found


def _sheet_lines(sheet: Sheet) -> list[_Line]:
    found: Found[str] | None = find(sheet.rows, _columns, lambda columns: "name" in columns)
    if found is not None:
        start, columns = found.last + 1, found.columns
    else:
        start, columns = 0, {"name": _only_column(sheet.rows)}
    lines = []
    for index in range(start, len(sheet.rows)):
        branch = _branch(sheet.rows[index], columns)
        if branch is not None:
            where = f"工作表“{sheet.name}”" if sheet.name else ""
            lines.append(_Line(branch, f"{where}{letters(columns['name'])}{index + 1}"))
    return lines


def _only_column(rows: Sequence[Sequence[CellValue]]) -> int:
    """In a list without headings: the column with most texts that are no numbers."""
    texts: dict[int, int] = {}
    for row in rows:
        for column, value in enumerate(row):
            if isinstance(value, str) and not is_empty(value) and not _SEQUENCE.match(compact(value)):
                texts[column] = texts.get(column, 0) + 1
    return min(texts, key=lambda column: (-texts[column], column), default=0)


def _branch(row: Sequence[CellValue], columns: dict[str, int]) -> ListedBranch | None:
    """One line; None for a blank one, a title, a note or a repeated heading."""

    def cell(field: str) -> str:
        column = columns.get(field, len(row))
        value = row[column] if column < len(row) else None
        return "" if is_empty(value) else as_text(value)

    name = re.sub(r"\s+", "", _NUMBERED.sub("", cell("name")))
    text = compact(name)
    if not name or _FIELD.get(normal(name)) or _TITLE.search(text) or re.match(r"(注|说明|备注)[:：]|合计|总计", text):
        return None
    if text.isdigit():
        return None
    aliases = (re.sub(r"\s+", "", alias) for alias in _SEPARATOR.split(cell("aliases")))
    kept = tuple(dict.fromkeys(alias for alias in aliases if alias and normal(alias) != normal(name)))
    return ListedBranch(name, kept, cell("leader"), cell("phone"))


def _refuse_duplicates(file: str, lines: list[_Line]) -> None:
    """Raises ListProblem where one name or alias would mean two branches, with both places."""
    taken: dict[str, _Line] = {}
    for line in lines:
        for name in (line.branch.name, *line.branch.aliases):
            other = taken.setdefault(normal(name), line)
            if other is not line:
                raise ListProblem(
                    f"{file}：{quote(name)}出现了两次，在{other.where}（{mask_personal(other.branch.name)}）和"
                    f"{line.where}（{mask_personal(line.branch.name)}）。"
                    "每个名称和别名只能指一个党支部，请改掉其中一处"
                )
