"""Findings: what is wrong with data, where it stands, and what to do about it.

The list of codes is closed (domain.md, table of 附件1). A code fixes its severity: an error keeps a form from
being reported, a warning asks for a look, a notice only tells what was done.
"""

from dataclasses import dataclass, replace
from enum import Enum, IntEnum
from pathlib import PurePath


class Severity(IntEnum):
    """How grave a finding is; a greater number is graver."""

    NOTICE = 1
    WARNING = 2
    ERROR = 3

    @property
    def code(self) -> str:
        """The word used in `result.json`: notice, warning, error."""
        return self.name.lower()

    @property
    def label(self) -> str:
        """The word shown to users: 说明, 提醒, 错误."""
        return {Severity.NOTICE: "说明", Severity.WARNING: "提醒", Severity.ERROR: "错误"}[self]


class Code(Enum):
    """The closed list of finding codes: (word in `result.json`, severity, Chinese title)."""

    REQUIRED = "required", Severity.ERROR, "必填项为空"
    UNREADABLE = "unreadable", Severity.ERROR, "填写内容无法识别"
    ID_CHECKSUM = "id-checksum", Severity.ERROR, "身份证号有误"
    ID_PRECISION = "id-precision", Severity.ERROR, "身份证号末位已丢失"
    ID_DUPLICATE = "id-duplicate", Severity.ERROR, "身份证号重复"
    ID_SEX = "id-sex", Severity.ERROR, "性别与身份证号不符"
    ID_BIRTH = "id-birth", Severity.WARNING, "出生年月与身份证号不符"
    AGE = "age", Severity.WARNING, "年龄不符"
    JOINED = "joined", Severity.ERROR, "入党时间有误"
    PHONE = "phone", Severity.ERROR, "电话号码有误"
    PHONE_DUPLICATE = "phone-duplicate", Severity.WARNING, "联系电话重复"
    RESIDENCE = "residence", Severity.ERROR, "现居住地不能确定到县"
    RESIDENCE_COARSE = "residence-coarse", Severity.WARNING, "现居住地缺街道社区"
    EMPLOYER = "employer", Severity.WARNING, "工作（学习）单位需核对"
    REASON_DETAIL = "reason-detail", Severity.WARNING, "“其他”未注明情形"
    REPORT_IN = "report-in", Severity.WARNING, "报到信息不全"
    SEQUENCE = "sequence", Severity.NOTICE, "序号不连续"
    NORMALISED = "normalised", Severity.NOTICE, "已规范填写"
    SUPERSEDED = "superseded", Severity.NOTICE, "已被新版本代替"
    BRANCH_UNKNOWN = "branch-unknown", Severity.ERROR, "党支部名称不在名单中"
    FILE = "file", Severity.ERROR, "文件无法读取"
    # Ours, beyond domain.md's table; docs/findings.md says why each is needed.
    SKIPPED = "skipped", Severity.NOTICE, "样例或合计行未计入"
    UNBALANCED = "unbalanced", Severity.ERROR, "附件2表间关系不成立"
    NOT_ROSTERED = "not-rostered", Severity.ERROR, "名册里没有这个人"
    FIGURE_DIFFERS = "figure-differs", Severity.WARNING, "附件2与附件1计算结果不一致"

    def __init__(self, word: str, severity: Severity, title: str) -> None:
        self.word = word
        self.severity = severity
        self.title = title


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one value: `column` is the official heading ("" where the fault is not of a column).

    `message` says what is wrong, `suggestion` what to do; neither holds an ID number or a phone in full.
    """

    code: Code
    message: str
    suggestion: str = ""
    column: str = ""

    @property
    def severity(self) -> Severity:
        return self.code.severity

    def at(self, column: str) -> "Finding":
        """The same finding, said of `column`."""
        return replace(self, column=column)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands: `file` as the path was given, `row` the sheet's own 1-based row (0: the whole file
    or sheet), `cell` in A1 notation ("" where no single cell is meant)."""

    file: str
    sheet: str = ""
    row: int = 0
    cell: str = ""

    def __str__(self) -> str:
        """As a person is told it: the file's own name, since the folders are those of the office's machine."""
        sheet = f"工作表“{self.sheet}”" if self.sheet else ""
        where = self.cell or (f"第{self.row}行" if self.row else "")
        return " ".join(part for part in (PurePath(self.file).name, sheet, where) if part)


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with its place."""

    place: Place
    finding: Finding
