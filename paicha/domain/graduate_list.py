"""毕业生名单: its columns, and what one row says of one graduate. An empty cell says nothing and leaves what is known
as it is; 无 and its like say that there is none.

>>> cells = {Field.DESTINATION: "考研", Field.EMPLOYER: "江城大学", Field.DUES: "2023年6月", Field.RESPONSIBLE: "无"}
>>> row = read_row(cells)
>>> row.values[Field.DESTINATION], row.values[Field.DUES], row.values[Field.RESPONSIBLE], Field.PHONE in row.values
('升学', '202306', '', False)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from paicha.domain.divisions import Direction
from paicha.domain.findings import Code, Finding, Severity
from paicha.domain.graduates import read_destination
from paicha.domain.identity import read_month, read_phone
from paicha.domain.lexicon import Advice, Lexicon
from paicha.domain.readings import CellValue, Reading, as_text, is_empty

LONGEST = 120  # characters of one cell


class Field(Enum):
    """The columns, in the order of our own workbook: heading, words that mean the same, whether it is kept; the others
    say who is meant."""

    NAME = "姓名", "毕业生姓名 党员姓名 学生姓名", False
    ID_NUMBER = (
        "身份证号",
        "身份证号码 公民身份号码 公民身份证号码 身份证 居民身份证号 证件号码 证件号码18位 身份证号18位",
        False,
    )
    BRANCH = "所在党支部", "党支部 支部 所在支部 党支部名称 所属党支部 所在党组织 所属党组织", False
    STUDENT_NUMBER = "学号", "学生证号 学籍号", True
    DEPARTMENT = "学院（系）", "学院 院系 系 院系名称 所在学院 所在院系 系部 二级学院 学院名称", True
    MONTH = "毕业时间", "毕业年月 毕业日期 离校时间 毕业年份月份", True
    DESTINATION = "去向类别", "去向 毕业去向 去向类型 毕业去向类别 就业去向 就业状态 毕业去向类型", True
    EMPLOYER = "去向单位", "单位名称 工作单位 就业单位 升学院校 录取院校 就业单位名称 单位 去向单位名称 单位院校", True
    TO = "介绍信抬头", "抬头 接收党组织抬头 介绍信抬头名称 转往单位抬头 组织关系接收单位抬头", True
    ORGANIZATION = (
        "接收党组织",
        "转往党组织 转入党组织 接收党组织名称 组织关系转往单位 组织关系去向 转往何处 组织关系转往 接收单位党组织",
        True,
    )
    DIRECTION = "转往地区", "地区 转往区域 流向区域 去向地区 区域", True
    STANDING = "正式或预备", "党员类别 党员类型 人员类别 政治面貌 党员身份", True
    DUES = "党费交至", "党费交至年月 党费缴至 党费缴纳至 党费缴至年月 党费", True
    PHONE = "联系电话", "电话 手机 手机号 手机号码 本人联系电话 联系方式 本人电话", True
    RESPONSIBLE = "专人联系", "负责人 联系人 专人负责 负责联系人 专人联系人 联系党员 责任人 支部联系人 负责老师", True

    def __init__(self, heading: str, words: str, kept: bool) -> None:
        self.heading = heading
        self.words = words.split()
        self.kept = kept


KEPT = tuple(field for field in Field if field.kept)
BY_HEADING = {field.heading: field for field in Field}


@dataclass(frozen=True, slots=True)
class Row:
    """What a row says, in official spelling: `values` of the columns that were filled ("" where 无 stands), and what is
    wrong. A cell that cannot be read says nothing."""

    values: Mapping[Field, str]
    findings: tuple[Finding, ...] = ()


def read_row(cells: Mapping[Field, CellValue]) -> Row:
    """The kept columns of one row. Never raises."""
    values: dict[Field, str] = {}
    findings: list[Finding] = []
    for field in KEPT:
        raw = cells.get(field)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            continue
        reading = _read(field, raw)
        faults = [finding.at(field.heading) for finding in reading.findings if finding.severity > Severity.NOTICE]
        findings += faults
        if not faults:
            values[field] = reading.text
    return Row(values, tuple(findings))


def _read(field: Field, raw: CellValue) -> Reading[str]:
    if is_empty(raw):
        return Reading("", "")
    if reader := _READERS.get(field):
        found = reader(raw)
        return Reading(found.text, found.text, found.findings)
    text = " ".join(as_text(raw).split())
    if len(text) > LONGEST:
        fault = Finding(Code.UNREADABLE, f"这一格有 {len(text)} 个字，放不下", f"请缩短到 {LONGEST} 个字以内")
        return Reading(None, text, (fault,))
    return Reading(text, text)


_DIRECTIONS: Lexicon[Direction] = Lexicon(
    "转往地区",
    {direction.label: direction for direction in Direction},
    {"市内": "市州内", "本市": "市州内", "本市州": "市州内", "省内": "市外省内", "本省": "市外省内", "外省": "省外"},
    Advice("请填下列之一：市州内；市外省内；省外"),
)
_STANDINGS: Lexicon[bool] = Lexicon(
    "正式或预备",
    {"正式": True, "预备": False},
    {"正式党员": "正式", "中共党员": "正式", "预备党员": "预备", "中共预备党员": "预备"},
    Advice("请填“正式”或“预备”；不是党员的不列在这里"),
)
_READERS: dict[Field, Callable[[CellValue], Reading[Any]]] = {
    Field.DESTINATION: read_destination,
    Field.MONTH: read_month,
    Field.DUES: read_month,
    Field.PHONE: read_phone,
    Field.DIRECTION: _DIRECTIONS.read,
    Field.STANDING: _STANDINGS.read,
}
