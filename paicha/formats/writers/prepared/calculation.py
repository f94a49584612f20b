"""The hidden sheet `_calc`: one row for each row of 名册, from typed cells to what the forms count.

Each `Calculation` is a column: the formula that the spreadsheet keeps, and what it gives at the start, when no verdict
is chosen yet. The start value is written as the formula's cached value, so that a reader that never recalculates sees
what a spreadsheet would show. Ages count in months (domain.md, 附件2): (as_of − 出生年月) // 12.

Formulas are written with marks: `[key]` the cell of another column in this row, `[key-]` in the row above, `[key*]` the
whole column, `[key^]` it down to this row, `@FIELD` the cell typed in 名册. Functions are those of Excel 2010 and WPS.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from paicha.domain.vocabulary import Verdict
from paicha.formats.writers.prepared.layout import FIRST_ROW, Extent, Field, typed

Value = str | int
Row = dict[str, Value]  # what the columns before hold in this row, by key
NO_BREAK = "\u00a0"
_OWN, _ABOVE = "\ue000", "\ue001"  # stand for row numbers until `in_row`


@dataclass(frozen=True, slots=True)
class Calculation:
    """A column of `_calc`: `formula` with marks, `start` its value at the start from the columns before it."""

    key: str
    formula: str
    start: Callable[[Row], Value] = lambda row: ""


def cleaned(field: Field, *also: str) -> str:
    """The typed cell without white space and the characters of `also`; "" where it holds a word that means empty."""
    text = f"CLEAN(@{field.name})"
    for character in (" ", "\u3000", NO_BREAK, *also):
        text = f'SUBSTITUTE({text},"{character}","")'
    return f'IF(ISNUMBER(MATCH({text},list_empty,0)),"",{text})'


def month_index(key: str) -> str:
    """Months since year 0 of the YYYYMM in column `key`; "" where it is none."""
    year, month = f"VALUE(LEFT([{key}],4))", f"VALUE(MID([{key}],5,2))"
    sound = f"AND(LEN([{key}])=6,{year}>=1900,{year}<=2100,{month}>=1,{month}<=12)"
    return f'IFERROR(IF({sound},{year}*12+{month}-1,""),"")'


def start_month(text: Value) -> Value:
    """What `month_index` gives."""
    found = re.fullmatch(r"(19\d\d|20\d\d|2100)(0[1-9]|1[0-2])", str(text), re.ASCII)
    return int(found[1]) * 12 + int(found[2]) - 1 if found else ""


def _text(field: Field, *also: str) -> Calculation:
    key = field.name.lower()
    return Calculation(key, cleaned(field, *also), lambda row: row[key])


TYPED = (
    _text(Field.NAME),
    Calculation("id_number", f"UPPER({cleaned(Field.ID_NUMBER)})", lambda row: row["id_number"]),
    _text(Field.VERDICT),
    _text(Field.SEX),
    _text(Field.ETHNIC_GROUP),
    _text(Field.BIRTH),
    _text(Field.JOINED),
    _text(Field.EDUCATION),
    _text(Field.PHONE, "-", "－", "(", ")", "（", "）"),
    _text(Field.RESIDENCE, "*", "-"),
    Calculation(
        "reason",
        f'SUBSTITUTE(SUBSTITUTE({cleaned(Field.REASON)},"(","（"),")","）")',
        lambda row: str(row["reason"]).replace("(", "（").replace(")", "）"),
    ),
    _text(Field.EMPLOYER),
    _text(Field.EMPLOYER_HAS_ORGANIZATION),
    _text(Field.REPORT_BRANCH),
    _text(Field.REPORT_CONTACT),
    _text(Field.REPORT_PHONE),
)

STANDING = (
    Calculation("present", 'IF([name]&[id_number]="",0,1)', lambda row: int(bool(row["name"] or row["id_number"]))),
    Calculation("outflow", "IF([present]=1,IF(ISNUMBER(MATCH([verdict],list_outflow,0)),1,0),0)", lambda row: 0),
    # Counts outflow members downward; the first row that holds k is the k-th of them: what 附件1 looks for.
    Calculation("place", "N([place-])+[outflow]", lambda row: 0),
    Calculation("covered", "IF([present]=1,IF(ISNUMBER(MATCH([verdict],list_covered,0)),1,0),0)", lambda row: 0),
    Calculation(
        "transferred",
        f'IF([present]=1,IF([verdict]="{Verdict.TRANSFERRED.label}",1,0),0)',
        lambda row: 0,
    ),
    Calculation("birth_month", month_index("birth"), lambda row: start_month(row["birth"])),
    Calculation("joined_month", month_index("joined"), lambda row: start_month(row["joined"])),
)

# What 附件2 counts; nothing for those who are not outflow, so that each figure is one COUNTIF.
COUNTED = (
    Calculation("sex_letter", 'IF([outflow]=1,IF([sex]="男","B",IF([sex]="女","C","")),"")'),
    Calculation(
        "age", 'IF([outflow]=1,IF([birth_month]="","",IF([birth_month]>as_of,"",INT((as_of-[birth_month])/12))),"")'
    ),
    Calculation("age_letter", 'IF([age]="","",IF([age]<35,"D",IF([age]<60,"E","F")))'),
    Calculation(
        "education_letter",
        'IF([outflow]=1,IF([education]="","",IFERROR(VLOOKUP([education],list_education_letters,2,FALSE),"")),"")',
    ),
    Calculation(
        "reason_letter",
        'IF([outflow]=1,IF([reason]="","",IF(LEFT([reason],2)="其他","U",'
        'IFERROR(VLOOKUP([reason],list_reason_letters,2,FALSE),""))),"")',
    ),
    Calculation(  # the last, that is the longest, beginning that fits: 湖北省武汉市 before 湖北省
        "direction_letter",
        'IF([outflow]=1,IF([residence]="","",IFERROR(LOOKUP(2,1/(LEFT([residence],LEN(list_beginnings))='
        'list_beginnings),list_directions),"")),"")',
    ),
    Calculation("reported", 'IF([outflow]=1,IF([report_branch]="",0,1),0)', lambda row: 0),
    Calculation(
        "detail",
        'IF([reason_letter]="U",SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(MID([reason],3,50),"（",""),"）",""),"：",""),"")',
    ),
    Calculation(  # 升学2人、参军1人: each detail where it first stands, with its whole number
        "remark",
        '[remark-]&IF([reason_letter]="U",IF(SUMPRODUCT(([reason_letter^]="U")*([detail^]=[detail]))=1,'
        'IF([remark-]="","","、")&IF([detail]="","未注明情形",[detail])&'
        'SUMPRODUCT(([reason_letter*]="U")*([detail*]=[detail]))&"人",""),"")',
    ),
)


def letters_of(keys: list[str]) -> dict[str, str]:
    """The column letters of `_calc` by key: A … Z, AA …"""
    return {key: (chr(64 + i // 26) if i >= 26 else "") + chr(65 + i % 26) for i, key in enumerate(keys)}


def template(formula: str, letters: dict[str, str], extent: Extent) -> str:
    """The formula with its marks made into references, but for its own row and the row above: see `in_row`."""

    def cell(match: re.Match[str]) -> str:
        letter, how = letters[match[1]], match[2]
        if how == "*":
            return f"${letter}${FIRST_ROW}:${letter}${extent.last_row}"
        if how == "^":
            return f"${letter}${FIRST_ROW}:${letter}{_OWN}"
        return f"${letter}{_ABOVE if how == '-' else _OWN}"

    formula = re.sub(r"\[([a-z_]+)([-*^]?)\]", cell, formula)
    return "=" + re.sub(r"@([A-Z_]+)", lambda match: typed(Field[match[1]]), formula)


def in_row(made: str, row: int) -> str:
    """The formula of a 1-based row, from what `template` made."""
    return made.replace(_OWN, str(row)).replace(_ABOVE, str(row - 1))
