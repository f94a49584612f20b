"""Which heading means which column of a register or a roster: the official words, those that branches and the national
system's export use instead, and how equal words are told apart.

A heading is looked up by its normal form (`headings.normal`): first exactly, then by the words it holds. 联系电话 and
党支部名称 are ambiguous: the group over them decides, else their position among the other columns.
"""

import re
from collections.abc import Mapping, Sequence
from enum import Enum

from paicha.domain.annex1 import REPORT_IN_GROUP, Column
from paicha.formats.readers.headings import Heading, normal


class Extra(Enum):
    """Columns beyond 附件1's: the value is our heading. ANY_… are ambiguous until the whole row is seen."""

    BRANCH = "所在党支部"
    VERDICT = "排查结论"
    CATEGORY = "人员类别"
    STANDING = "党籍状态"
    FLOATING = "是否流动党员"
    IN_TRANSIT = "是否在途"
    FULL_SINCE = "转正日期"
    POST = "工作岗位"
    HOME = "家庭住址"
    ANY_BRANCH = "党支部名称"
    ANY_PHONE = "联系电话"


Target = Column | Extra

EXACT: dict[Target, str] = {
    Column.SEQUENCE: "序号 编号 序 no 序列",
    Column.NAME: "姓名 党员姓名 名字 流出党员姓名 流动党员姓名",
    Column.SEX: "性别 男女",
    Column.ETHNIC_GROUP: "民族 族别",
    Column.BIRTH: "出生年月 出生日期 出生年月日 生日 出生时间 出生",
    Column.AGE: "年龄 周岁 年龄周岁 年龄岁",
    Column.JOINED: "入党时间 入党日期 入党年月 入党年月日 加入党组织时间 加入党组织日期 加入中共组织日期 入党",
    Column.ID_NUMBER: ("身份证号 身份证号码 公民身份号码 公民身份证号码 身份证 居民身份证号 身份号码 证件号码 证件号"),
    Column.EDUCATION: "文化程度 学历 学历学位 最高学历 学历情况 教育程度",
    Column.EMPLOYER: (
        "单位名称 工作单位 现工作单位 现工作学习单位 工作学习单位 现工作单位名称 工作单位名称 学习单位 "
        "就业单位 现工作或学习单位 工作或学习单位 现单位 单位 工作单位及职务"
    ),
    Column.EMPLOYER_HAS_ORGANIZATION: (
        "是否建立党组织 单位是否建立党组织 有无党组织 是否有党组织 单位有无党组织 是否成立党组织 "
        "是否建立党支部 是否建立党的组织"
    ),
    Column.RESIDENCE: (
        "现居住地流入地 现居住地 流入地 居住地址 现住址 居住地 现居住地址 现居地 现住地 现居住地详细地址 "
        "流入地址 流向 流向地 流出地点 流入地现居住地 常住地"
    ),
    Column.PHONE: (
        "本人联系电话 手机号 手机 手机号码 本人电话 本人手机 本人手机号 本人手机号码 本人联系方式 "
        "个人联系方式 个人电话 移动电话 党员联系电话 党员电话"
    ),
    Column.REASON: (
        "从事行业或流动原因 流动原因 从事行业 流出原因 外出原因 行业或原因 流动原因或从事行业 "
        "从事行业及流动原因 从事职业 原因"
    ),
    Column.REPORT_BRANCH: (
        "在流入地报到的党支部 报到党支部 报到党支部名称 报到支部 报到支部名称 流入地党支部 流入地党支部名称 "
        "流入地党组织 报到党组织 报到党组织名称 流入地党组织名称"
    ),
    Column.REPORT_CONTACT: (
        "联系人姓名及职务 联系人 联系人姓名 联系人及职务 联系人姓名职务 党支部联系人 支部联系人 报到党支部联系人"
    ),
    Column.REPORT_PHONE: (
        "联系人电话 联系人联系电话 报到党支部联系电话 党支部联系电话 支部联系电话 报到党支部电话 联系人联系方式"
    ),
    Extra.BRANCH: (
        "所在党支部 所属党支部 所在支部 所属支部 所在党组织 所属党组织 所在党支部名称 所在基层党组织 组织名称 "
        "正式组织关系所在党支部 所在党组织名称 支部"
    ),
    Extra.VERDICT: "排查结论 排查结果",
    Extra.CATEGORY: "人员类别 党员类别 党员类型 党员身份",
    Extra.STANDING: "党籍状态 组织关系状态 党员状态 转接状态 关系状态",
    Extra.FLOATING: "是否流动党员 流动党员 是否为流动党员 是否流动",
    Extra.IN_TRANSIT: "是否在途 在途 组织关系是否在途",
    Extra.FULL_SINCE: "转正日期 转正时间 转为正式党员日期 转正年月 转为正式党员时间",
    Extra.POST: "工作岗位 岗位 个人身份 职业",
    Extra.HOME: "家庭住址 家庭地址 家庭详细住址 户籍地址 户籍所在地",
    Extra.ANY_BRANCH: "党支部名称 支部名称 党支部 党组织名称 名称",
    Extra.ANY_PHONE: "联系电话 电话 联系方式 电话号码 联系号码 联系电话号码 电话手机 固定电话",
}
_BY_WORD: dict[str, Target] = {word: target for target, words in EXACT.items() for word in words.split()}

# Tried in order on a heading that is no exact synonym; the first that fits decides. None: known to be something else.
_HELD: tuple[tuple[re.Pattern[str], Target | None], ...] = tuple(
    (re.compile(pattern), target)
    for pattern, target in (
        (r"申请|积极分子|介绍人|缴纳|党费|毕业|^原(?!因)|户籍|籍贯|配偶|父母|发证|登记表|统计表", None),
        (r"身份证|身份号码", Column.ID_NUMBER),
        (r"(是否|有无).*(建立|成立|设立|有).*(党组织|党支部)|有无.*(党组织|党支部)", Column.EMPLOYER_HAS_ORGANIZATION),
        (r"是否|时间.*报到|报到.*(时间|日期|情况|证明)", None),
        (r"(报到|流入地|接收|党支部|党组织|联系人|负责人).*(电话|手机|联系方式)", Column.REPORT_PHONE),
        (r"联系人|(报到|流入地).*(负责人|书记)", Column.REPORT_CONTACT),
        (r"(报到|流入地).*(党支部|党组织|支部)", Column.REPORT_BRANCH),
        (r"(本人|个人|党员).*(电话|手机|联系)|^手机", Column.PHONE),
        (r"流[动出].*原因|从事.*行业|外出.*原因", Column.REASON),
        (r"居住|住址|^流入地", Column.RESIDENCE),
        (r"^(入党|加入党|加入中国共产党|加入中共)", Column.JOINED),
        (r"^出生.*(年|日期|时间)", Column.BIRTH),
        (r"^(文化程度|学历|最高学历)", Column.EDUCATION),
        (r"^民族", Column.ETHNIC_GROUP),
        (r"^年龄", Column.AGE),
        (r"^性别", Column.SEX),
        (r"^姓名", Column.NAME),
        (r"^(现?工作(学习)?单位|现?学习单位|单位名称|就业单位|就读)", Column.EMPLOYER),
        (r"^序号", Column.SEQUENCE),
        (r"^(联系电话|联系方式)", Extra.ANY_PHONE),
        (r"^排查结[论果]", Extra.VERDICT),
        (r"^(所在|所属).*(党支部|党组织|支部)", Extra.BRANCH),
    )
)
_ANY_HELD = re.compile("|".join(pattern.pattern for pattern, _ in _HELD))  # one look rules out most cells of people
_LONGEST_HELD = 32  # a longer text that holds such a word is a sentence
_REPORT_LEAF = {
    Extra.ANY_BRANCH: Column.REPORT_BRANCH,
    Extra.BRANCH: Column.REPORT_BRANCH,
    Extra.ANY_PHONE: Column.REPORT_PHONE,
    Column.PHONE: Column.REPORT_PHONE,
    Column.NAME: Column.REPORT_CONTACT,
    Column.EMPLOYER: Column.REPORT_BRANCH,
}
_REPORT_WORDS = re.compile(r"报到|流入地.*(党支部|党组织)")
_EMPLOYER_WORDS = re.compile(r"工作.*单位|学习.*单位|就业.*单位")


def target_of(text: str, group: str = "") -> tuple[Target | None, bool]:
    """What a heading in normal form means under its group, and whether that was an exact synonym."""
    exact = _BY_WORD.get(text)
    target = exact if exact is not None else _held(text)
    if group and _REPORT_WORDS.search(group):
        if isinstance(target, (Column, Extra)) and target in _REPORT_LEAF:
            target = _REPORT_LEAF[target]
        elif re.search(r"职务|书记|负责人|姓名", text):
            target = Column.REPORT_CONTACT
    elif group and _EMPLOYER_WORDS.search(group):
        if target is Extra.ANY_BRANCH:  # 名称 alone
            target = Column.EMPLOYER
        elif re.search(r"党组织|党支部", text):
            target = Column.EMPLOYER_HAS_ORGANIZATION
    if target is None and group:  # a heading broken over two rows: 出生 / 年月
        target = _BY_WORD.get(group + text)
    return target, exact is not None


def _held(text: str) -> Target | None:
    if len(text) > _LONGEST_HELD or not _ANY_HELD.search(text):
        return None
    return next((target for pattern, target in _HELD if pattern.search(text)), None)


def _targets(headings: Sequence[Heading]) -> tuple[dict[Target, int], dict[Extra, list[int]]]:
    """Column of each target (an exact synonym before a looser one, then the left one), and the ambiguous ones."""
    found: dict[Target, int] = {}
    sure: set[Target] = set()
    open_: dict[Extra, list[int]] = {Extra.ANY_PHONE: [], Extra.ANY_BRANCH: []}
    for heading in headings:
        target, exact = target_of(heading.text, heading.group)
        if target is None:
            continue
        if isinstance(target, Extra) and target in open_:
            open_[target].append(heading.column)
        elif target not in found or (exact and target not in sure):
            found[target] = heading.column
            if exact:
                sure.add(target)
    return found, open_


def register_columns(headings: Sequence[Heading]) -> dict[Target, int]:
    """The columns of an 附件1 by its headings."""
    found, open_ = _targets(headings)
    for column in open_[Extra.ANY_BRANCH]:
        # Left of the names a branch's name is the person's own, as in an office's joined list.
        own = Column.NAME in found and column < found[Column.NAME]
        found.setdefault(Extra.BRANCH if own else Column.REPORT_BRANCH, column)
    report = {found[c] for c in (Column.REPORT_BRANCH, Column.REPORT_CONTACT) if c in found}
    phones = open_[Extra.ANY_PHONE]
    if Column.REPORT_PHONE not in found:
        beside = [column for column in phones if column - 1 in report]
        if beside or (phones and (Column.PHONE in found or len(phones) > 1)):
            found[Column.REPORT_PHONE] = beside[0] if beside else phones[-1]
    for column in phones:
        if column != found.get(Column.REPORT_PHONE):
            found.setdefault(Column.PHONE, column)
    return found


def roster_columns(headings: Sequence[Heading], mapping: Mapping[str, str] | None = None) -> dict[Target, int]:
    """The columns of a roster: an open 联系电话 is the member's own, an open 党支部名称 the branch. `mapping`
    (heading in the export → our heading) goes before all synonyms; a heading mapped to "" is passed over."""
    mapped = {normal(theirs): OUR_HEADINGS.get(ours) for theirs, ours in (mapping or {}).items()}
    found: dict[Target, int] = {}
    for heading in headings:
        target = mapped.get(heading.text)
        if target is not None:
            found.setdefault(target, heading.column)
    rest, open_ = _targets([h for h in headings if h.text not in mapped])
    for target, column in rest.items():
        found.setdefault(target, column)
    for extra, own in ((Extra.ANY_PHONE, Column.PHONE), (Extra.ANY_BRANCH, Extra.BRANCH)):
        for column in open_[extra]:
            found.setdefault(own, column)
    return found


def our_heading(target: Target) -> str:
    """The heading by which a saved mapping names a target; report-in columns carry their group, to be unequal."""
    if isinstance(target, Extra):
        return target.value
    return f"{target.group}·{target.heading}" if target.group == REPORT_IN_GROUP else target.heading


OUR_HEADINGS: dict[str, Target] = {
    our_heading(target): target for target in (*Column, *(e for e in Extra if not e.name.startswith("ANY_")))
}
