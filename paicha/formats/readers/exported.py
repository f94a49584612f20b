"""转接名单: transfers as the national Party system exports them, by the columns that were agreed on. The system's
headings differ by version and by place."""

from collections.abc import Mapping
from enum import Enum

from paicha.domain import exported
from paicha.domain.annex1 import Column
from paicha.formats.readers.columns import Target
from paicha.formats.readers.listed import Fields, Listed, ListedRow
from paicha.formats.readers.source import Source


class Field(Enum):
    """One column of the list: `heading` is ours, `words` are the system's."""

    NAME = exported.NAME, "党员姓名 转接党员 转接党员姓名 人员姓名"
    ID_NUMBER = "身份证号", "公民身份号码 身份证号码 公民身份证号码 证件号码 身份证"
    NUMBER = (
        exported.NUMBER,
        "介绍信编号 转接编号 介绍信号 介绍信号码 电子介绍信编号 转接单号 转接单编号 业务编号 流水号 业务流水号",
    )
    STATUS = exported.STATUS, "办理状态 转接状态 审核状态 审批状态 当前状态 业务状态 办理情况 转接进度"
    BEGUN = (
        exported.BEGUN,
        ("发起时间 转出日期 发起日期 申请时间 申请日期 转接时间 转接日期 开具时间 开具日期 办理时间 提交时间"),
    )
    ENDED = (
        exported.ENDED,
        "完成时间 接收日期 完成日期 办结时间 办结日期 转入时间 转入日期 转入完成时间 转接完成时间 审批时间 结束时间",
    )
    TO = (
        exported.TO,
        (
            "转入组织 目标组织 转入党支部 目标党组织 目标党支部 接收党组织 接收组织 接收党支部 转往党组织 转入单位 "
            "转入党组织名称 转入党支部名称 转入组织名称 目标组织名称 拟转入党组织 接收单位"
        ),
    )
    FROM = (
        "转出党组织",
        (
            "转出党支部 转出组织 源组织 原党组织 原党支部 转出党组织名称 转出党支部名称 转出组织名称 源党组织 转出单位 "
            "原所在党支部"
        ),
    )
    KIND = "转接类型", "转接类别 业务类型 转接方式 转移类型 类型"

    def __init__(self, heading: str, words: str) -> None:
        self.heading = heading
        self.words = words.split()


ExportedRow = ListedRow[Field]
TOLD: dict[Field, Target] = {Field.NAME: Column.NAME, Field.ID_NUMBER: Column.ID_NUMBER}
FIELDS = Fields(Field, Field.NAME, TOLD, sequence=("序号", "序"))


class ExportProblem(ValueError):
    """The list cannot be read; the message says in Chinese why, and what to do."""


def read_export(source: Source, mapping: Mapping[str, str] | None = None) -> Listed[Field]:
    """The transfers of every sheet that lists any. Raises ExportProblem where none does, or where nothing tells how far
    they are or whose they are."""
    found = FIELDS.read(source, mapping)
    if not found.columns:
        raise ExportProblem("没有找到转接名单，表头里要有“姓名”。表头不同的，请改各列的对照")
    if Field.STATUS not in found.columns:
        raise ExportProblem("没有认出“状态”一列，看不出转到哪一步。请改各列的对照，或重新导出带状态的名单")
    if not found.columns & {Field.ID_NUMBER, Field.NUMBER}:
        raise ExportProblem("没有“身份证号”，也没有“编号”，认不出是谁。请改各列的对照，或重新导出")
    return found
