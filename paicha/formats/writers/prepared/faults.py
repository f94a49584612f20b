"""The faults that 名册 shows while one types: each a column of `_calc` that holds the fault in words, or "".

They are the notable rules of domain.md's table of 附件1, in the order in which the column 问题 names them; the full
check is `paicha collate`'s. No message holds an ID number or a phone.
"""

from collections.abc import Callable
from datetime import date

from paicha.domain.check import ADULT_MONTHS
from paicha.domain.vocabulary import Verdict
from paicha.formats.writers.prepared.calculation import Calculation, Row, Value
from paicha.formats.writers.prepared.layout import REQUIRED, Field

_PLACES = "{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17}"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643
_CHECKS = "10X98765432"
_DIGITS = f'SUMPRODUCT(--ISNUMBER(FIND(MID([id_number],{_PLACES},1),"0123456789")))=17'
_YEAR, _MONTH, _DAY = (f"VALUE(MID([id_number],{start},{n}))" for start, n in ((7, 4), (11, 2), (13, 2)))
_CHECKED = (
    f'MID("{_CHECKS}",MOD(SUMPRODUCT(MID([id_number],{_PLACES},1)*{{{",".join(map(str, _WEIGHTS))}}}),11)+1,1)'
    "=RIGHT([id_number],1)"
)
_NO_DAY = (
    f"IF(AND({_YEAR}>=1900,{_YEAR}<=2099,{_MONTH}>=1,{_MONTH}<=12,{_DAY}>=1),"
    f"{_DAY}>DAY(DATE({_YEAR},{_MONTH}+1,0)),TRUE)"
)
LOST = "身份证号成了数字，末几位已丢失：请先把格子设为文本再重填"
OLD, NOT_DIGITS, NO_DAY = "身份证号是15位旧号，请改填18位", "身份证号前17位应全是数字", "身份证号中的出生日期不存在"
WRONG = "身份证号校验位不对，请对照身份证逐位核对"
_ID_FORMULA = (
    f'IF([id_number]="","",IF(ISNUMBER(@ID_NUMBER),"{LOST}",IF(LEN([id_number])=15,"{OLD}",IF(LEN([id_number])<>18,'
    f'"身份证号应为18位，现有"&LEN([id_number])&"位",IF(NOT({_DIGITS}),"{NOT_DIGITS}",IF({_NO_DAY},"{NO_DAY}",'
    f'IF({_CHECKED},"","{WRONG}")))))))'
)


def _id_fault(row: Row) -> Value:
    """What `_ID_FORMULA` gives; a roster's number is always written as text."""
    number = str(row["id_number"])
    if not number:
        return ""
    if len(number) != 18:
        return OLD if len(number) == 15 else f"身份证号应为18位，现有{len(number)}位"
    if not (number[:17].isascii() and number[:17].isdigit()):
        return NOT_DIGITS
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return NO_DAY
    if not 1900 <= born.year <= 2099:
        return NO_DAY
    total = sum(int(place) * weight for place, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "" if _CHECKS[total % 11] == number[17] else WRONG


def _when(sound: Callable[[Row], bool], message: str) -> Callable[[Row], Value]:
    return lambda row: "" if sound(row) else message


def _id_birth(row: Row) -> bool:
    number, birth = str(row["id_number"]), row["birth_month"]
    return row["id_sound"] == 0 or birth == "" or int(number[6:10]) * 12 + int(number[10:12]) - 1 == birth


def _id_sex(row: Row) -> bool:
    return row["id_sound"] == 0 or row["sex"] == ("男" if str(row["id_number"])[16] in "13579" else "女")


def _adult(row: Row) -> bool:
    born, joined = row["birth_month"], row["joined_month"]
    return not (isinstance(born, int) and isinstance(joined, int)) or joined >= born + ADULT_MONTHS


def _phone(row: Row) -> bool:
    phone = str(row["phone"])
    if not phone or phone[0] == "+":
        return True
    mobile = len(phone) == 11 and phone[0] == "1" and phone[1] >= "3"
    landline = 10 <= len(phone) <= LONGEST_PHONE and phone[0] == "0" and phone[1] >= "1"
    return (mobile or landline) and phone.isascii() and phone.isdigit()


def _known(key: str, letter: str) -> str:
    return f'IF([outflow]=1,[{key}]="",TRUE),"",IF([{letter}]<>"","",'


_MISSING = "&".join(f'IF([{field.name.lower()}]="","{field.heading}、","")' for field in REQUIRED)
SEX_WORD, BIRTH_WORD = "性别请填男或女", "出生年月请写成6位，如197808"
JOINED_WORD, FUTURE, MINOR = "入党时间请写成6位，如200306", "入党时间晚于统计时点", "入党时不满18周岁，请核对"
TWICE, PHONE_WORD = "身份证号与本表另一行相同", "电话应为11位手机号，或带区号的座机号"
SEX_DIFFERS, BIRTH_DIFFERS = "性别与身份证号不符", "出生年月与身份证号不符（以档案为准，请核对）"
ASK = "请向党委请示后再定；上报时列名说明"
LONGEST_PHONE = 18  # with an area code and an extension; hyphens are gone
_PHONE_PLACES = "{" + ",".join(map(str, range(1, LONGEST_PHONE + 1))) + "}"
_FILLED = f'[phone]&"{"0" * LONGEST_PHONE}"'
_PHONE_DIGITS = f'SUMPRODUCT(--ISNUMBER(FIND(MID({_FILLED},{_PHONE_PLACES},1),"0123456789")))={LONGEST_PHONE}'
_REPORT_COUNT = '([report_branch]<>"")+([report_contact]<>"")+([report_phone]<>"")'
_ASKED = f'OR([verdict]="{Verdict.OUT_OF_CONTACT.label}",[verdict]="{Verdict.UNDECIDED.label}")'


def faults(as_of: int) -> tuple[tuple[Calculation, tuple[Field, ...]], ...]:
    """The fault columns with the cells that each marks; `as_of` in months since year 0."""
    f = Field
    return (
        (
            Calculation(
                "bad_verdict",
                'IF([verdict]="","",IF(ISNUMBER(MATCH([verdict],list_verdicts,0)),"","排查结论请从下拉框中选"))',
            ),
            (f.VERDICT,),
        ),
        (Calculation("missing", f'IF([outflow]=1,{_MISSING},"")'), ()),
        (Calculation("bad_id", _ID_FORMULA, _id_fault), (f.ID_NUMBER,)),
        (
            Calculation(  # never COUNTIF: it takes two numbers that agree in 15 places for the same
                "twice",
                f'IF([id_number]="","",IF(SUMPRODUCT(--([id_number*]=[id_number]))>1,"{TWICE}",""))',
                lambda row: TWICE if row["copies"] != 1 and row["id_number"] else "",
            ),
            (f.ID_NUMBER,),
        ),
        (
            Calculation(
                "bad_sex",
                f'IF([sex]="","",IF(OR([sex]="男",[sex]="女"),"","{SEX_WORD}"))',
                _when(lambda row: row["sex"] in ("", "男", "女"), SEX_WORD),
            ),
            (f.SEX,),
        ),
        (
            Calculation(
                "id_sex",
                'IF(OR([id_sound]=0,[sex]="",[bad_sex]<>""),"",IF([sex]=IF(MOD(VALUE(MID([id_number],17,1)),2)=1,'
                f'"男","女"),"","{SEX_DIFFERS}"))',
                _when(lambda row: row["sex"] not in ("男", "女") or _id_sex(row), SEX_DIFFERS),
            ),
            (f.SEX,),
        ),
        (
            Calculation(
                "bad_birth",
                f'IF([birth]="","",IF([birth_month]="","{BIRTH_WORD}",""))',
                _when(lambda row: row["birth"] == "" or row["birth_month"] != "", BIRTH_WORD),
            ),
            (f.BIRTH,),
        ),
        (
            Calculation(
                "id_birth",
                'IF(OR([id_sound]=0,[birth_month]=""),"",IF(VALUE(MID([id_number],7,4))*12+VALUE(MID([id_number],11,2))'
                f'-1=[birth_month],"","{BIRTH_DIFFERS}"))',
                _when(_id_birth, BIRTH_DIFFERS),
            ),
            (f.BIRTH,),
        ),
        (
            Calculation(
                "bad_joined",
                f'IF([joined]="","",IF([joined_month]="","{JOINED_WORD}",IF([joined_month]>as_of,"{FUTURE}",'
                f'IF([birth_month]="","",IF([joined_month]<[birth_month]+{ADULT_MONTHS},"{MINOR}","")))))',
                lambda row: _joined_fault(row, as_of),
            ),
            (f.JOINED,),
        ),
        (
            Calculation(
                "bad_phone",
                'IF(OR([phone]="",LEFT([phone],1)="+"),"",IF(AND(OR('
                'AND(LEN([phone])=11,LEFT([phone],1)="1",MID([phone],2,1)>="3"),'
                f'AND(LEN([phone])>=10,LEN([phone])<={LONGEST_PHONE},LEFT([phone],1)="0",MID([phone],2,1)>="1")),'
                f'{_PHONE_DIGITS}),"","{PHONE_WORD}"))',
                _when(_phone, PHONE_WORD),
            ),
            (f.PHONE,),
        ),
        *_of_outflow(),
    )


def _joined_fault(row: Row, as_of: int) -> Value:
    joined = row["joined_month"]
    if row["joined"] == "":
        return ""
    if not isinstance(joined, int):
        return JOINED_WORD
    return FUTURE if joined > as_of else "" if _adult(row) else MINOR


def _of_outflow() -> tuple[tuple[Calculation, tuple[Field, ...]], ...]:
    """Faults that only an outflow member's row can have: none at the start."""
    f = Field
    employed = 'IF([outflow]=0,"",IF(AND([employer]="",[reason_letter]>="J",[reason_letter]<="M"),"请补填单位名称",'
    return (
        (
            Calculation("bad_education", f'IF({_known("education", "education_letter")}"文化程度请从下拉框中选"))'),
            (f.EDUCATION,),
        ),
        (
            Calculation(
                "bad_residence",
                f'IF({_known("residence", "direction_letter")}"现居住地请从省写起，如湖北省武汉市洪山区××街道××社区"))',
            ),
            (f.RESIDENCE,),
        ),
        (
            Calculation("bad_reason", f'IF({_known("reason", "reason_letter")}"流动原因请从下拉框中选"))'),
            (f.REASON,),
        ),
        (
            Calculation(
                "no_detail",
                'IF([reason_letter]="U",IF([detail]="","请写明情形，如：其他（升学）",""),"")',
            ),
            (f.REASON,),
        ),
        (
            Calculation(
                "bad_employer",
                f'{employed}IF(AND([employer]<>"",[reason_letter]="T"),"已毕业未就业，却填了单位，请核对","")))',
            ),
            (f.EMPLOYER,),
        ),
        (
            Calculation(
                "no_organization",
                'IF([outflow]=0,"",IF(AND([employer]<>"",[employer_has_organization]=""),"单位是否建立党组织未填",""))',
            ),
            (f.EMPLOYER_HAS_ORGANIZATION,),
        ),
        (
            Calculation(
                "half_reported",
                f'IF([outflow]=0,"",IF(AND({_REPORT_COUNT}>0,{_REPORT_COUNT}<3),'
                '"报到的三格没有填全；没有报到的三格都留空",""))',
            ),
            (f.REPORT_BRANCH, f.REPORT_CONTACT, f.REPORT_PHONE),
        ),
    )


def id_sound() -> Calculation:
    """1 where the ID number is formally right: it may then be held against sex and birth."""
    return Calculation(
        "id_sound",
        'IF(AND([id_number]<>"",[bad_id]=""),1,0)',
        lambda row: int(row["id_number"] != "" and row["bad_id"] == ""),
    )


def summing_up(kinds: tuple[tuple[Calculation, tuple[Field, ...]], ...]) -> tuple[Calculation, ...]:
    """问题 (the first fault in words), its count flag, the letters of faulty cells (,C,G,), and the row's state."""
    keys = [calculation.key for calculation, _ in kinds]
    words = f'IF({_ASKED},"{ASK}","")'
    for key in reversed(keys):
        shown = '"缺："&LEFT([missing],LEN([missing])-1)' if key == "missing" else f"[{key}]"
        words = f'IF([{key}]<>"",{shown},{words})'
    marks = [f'IF([{calculation.key}]<>"","{_joined_letters(fields)}","")' for calculation, fields in kinds if fields]
    marks += [f'IF(AND([outflow]=1,[{field.name.lower()}]=""),"{field.letter},","")' for field in REQUIRED]

    def first(row: Row) -> Value:
        return next((row[key] for key in keys if row[key]), "")

    def letters(row: Row) -> Value:
        marked = [_joined_letters(fields) for calculation, fields in kinds if fields and row[calculation.key]]
        return "," + "".join(marked) if row["present"] else ""

    return (
        Calculation("problem", f'IF([present]=1,{words},"")', lambda row: first(row) if row["present"] else ""),
        Calculation("faulty", f'IF([present]=1,","&{"&".join(marks)},"")', letters),
        Calculation("wrong", "IF(LEN([faulty])>1,1,0)", lambda row: int(len(str(row["faulty"])) > 1)),
        Calculation(  # 0 nobody, 1 undecided, 2 decided and not outflow, 3 outflow
            "state",
            "IF([present]=0,0,IF([outflow]=1,3,IF([covered]=1,2,1)))",
            lambda row: int(row["present"]),
        ),
    )


def _joined_letters(fields: tuple[Field, ...]) -> str:
    return "".join(f"{field.letter}," for field in fields)


def all_faults(as_of: int) -> list[Calculation]:
    """The columns of this module in order; `id_sound` stands right behind the fault it reads."""
    kinds = faults(as_of)
    columns: list[Calculation] = []
    for calculation, _ in kinds:
        columns.append(calculation)
        if calculation.key == "bad_id":
            columns.append(id_sound())
    return [*columns, *summing_up(kinds)]
