"""情况报告 (a draft by formulas, to be read over and changed) and 说明 (how to fill, by which rules)."""

import re

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex2 import HEADINGS
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Reason, Verdict
from paicha.formats.writers.prepared.annex_sheets import cell_of
from paicha.formats.writers.prepared.calculation_sheet import Figures
from paicha.formats.writers.prepared.formats import Looks
from paicha.formats.writers.prepared.layout import ANNEX2, HEAD_ROW, ROSTER
from paicha.formats.writers.sheets import line_count, put

WIDTH = 70  # characters of the one column: an A4 page upright
_IN_LARGE = WIDTH / 1.4  # the same in the report's 14 points
Slots = dict[str, tuple[str, str]]  # what a figure in the draft is: its formula, its value while nobody is decided

DRAFT = (
    "一、基本情况",
    (
        "{branch}按照党委关于开展流动党员组织关系集中排查的通知要求，对正式组织关系在本支部的党员，以及正式组织关系"
        "转出但尚未被接收的党员逐一排查。应排查{everyone}人，已有结论{decided}人，覆盖率{rate}。"
    ),
    (
        "经排查，流出党员{A}人；正常参加活动{attending}人，经督促正常参加活动{urged}人；"
        "集中排查中经督促已转移正式组织关系{Y}人。"
    ),
    "二、流出党员情况",
    (
        "性别：男{B}人，女{C}人。年龄：35岁以下{D}人，35岁至59岁{E}人，60岁及以上{F}人。"
        "文化程度：高中（中专）以下{G}人，大专{H}人，本科及以上{I}人。"
    ),
    "从事行业或流动原因：{reasons}",
    "流向区域：市州内{V}人，市外省内{W}人，省外{X}人。已向流入地党组织报到{Z}人{share}。",
    "三、需要请示和继续核实的",
    "失去联系{lost}人，待定{undecided}人，尚未填写结论{open}人。（请列出姓名和拟办意见）",
    "四、下一步打算",
    "对符合条件的督促转移正式组织关系，对其他流出党员督促其及时向流入地党组织报到；专人联系、定期跟踪，动态更新台账。",
)
_VERDICTS = {
    "attending": Verdict.ATTENDING,
    "urged": Verdict.ATTENDING_AFTER_URGING,
    "lost": Verdict.OUT_OF_CONTACT,
    "undecided": Verdict.UNDECIDED,
}


def _slots(branch: str, figures: Figures) -> Slots:
    everyone, decided = figures.total("present"), figures.total("covered")
    at = {letter: f"'{ANNEX2}'!{cell_of(letter)}" for letter in HEADINGS}
    counts = {name: figures.count("verdict", verdict.label) for name, verdict in _VERDICTS.items()}
    reasons = "&".join(f'IF({at[r.letter]}>0,"{r.label}"&{at[r.letter]}&"人、","")' for r in Reason)
    count = str(figures.started("present"))
    return {
        "branch": (f"{ROSTER}!$C${HEAD_ROW}", branch),
        "everyone": (everyone, count),
        "decided": (decided, "0"),
        "rate": (f'TEXT(IF({everyone}=0,0,{decided}/{everyone}),"0.0%")', "0.0%"),
        "reasons": (f'IF({at["A"]}=0,"无。",SUBSTITUTE({reasons}&"。","、。","。"))', "无。"),
        "share": (f'IF({at["A"]}=0,"","，占"&TEXT({at["Z"]}/{at["A"]},"0.0%"))', ""),
        "open": (f"({everyone}-{decided}-{counts['lost']}-{counts['undecided']})", count),
        **{name: (formula, "0") for name, formula in (at | counts).items()},
    }


def drafted(template: str, slots: Slots) -> tuple[str, str]:
    """The formula (without =) and the first value of a paragraph."""
    formulas, values = [], []
    for part in filter(None, re.split(r"(\{\w+\})", template)):
        formula, value = slots[part[1:-1]] if part[0] == "{" else (f'"{part}"', part)
        formulas.append(formula)
        values.append(value)
    return "&".join(formulas), "".join(values)


def write_report(sheet: Worksheet, looks: Looks, branch: str, figures: Figures) -> None:
    """One wide column: each paragraph is a formula until someone types over it."""
    sheet.set_column(0, 0, WIDTH)
    title = "流动党员组织关系集中排查情况报告"
    sheet.set_row(0, 40)
    put(sheet, 0, 0, title, looks["report_title"])
    slots = _slots(branch, figures)
    for row, template in enumerate(DRAFT, start=1):
        heading = template[1] == "、"
        formula, start = drafted(template if heading else f"　　{template}", slots)
        sheet.write_formula(row, 0, f"={formula}", looks["report_heading" if heading else "report"], start)
        spare = 3 if "{reasons}" in template else 0  # it grows when figures come, and heights do not
        sheet.set_row(row, 26 if heading else 20 * (line_count(start, _IN_LARGE) + spare) + 4)
    sheet.ignore_errors({"formula_unlocked": "A1:A40"})
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write_guide(sheet: Worksheet, looks: Looks, committee: str, rules: RuleSet) -> None:
    """说明: eight lines on filling, then by which rules the workbook counts."""
    issued = f"下发单位：{committee}。" if committee else ""
    home = rules.home.full_name if rules.home is not None else "未设定（流向区域不能计算）"
    lines = [
        "怎样填写",
        "1. 只在“名册”一张表里填。附件1、附件2、情况报告都随名册自动生成，不用手工改数。",
        "2. 给每名党员（包括组织关系转出、对方还没有接收的在途党员）在“排查结论”里选一项；黄色的行是还没有定的。",
        "3. 选“流出党员”或“流出党员（支部认定）”的，行变蓝色，继续往右填现居住地、流动原因、单位、报到等；灰格不用填。",
        "4. 现居住地从省写起，写到街道、社区；流动原因选“其他”的写明情形，如：其他（升学）。没有报到的，三格都留空。",
        "5. 名册上没有的人，填在最后的空行里。不要用剪切粘贴挪动格子；填错了按 Delete 清空重填。",
        "6. 红色的格有问题，“问题”一栏写明是什么；改好后红色自动消失。拿不准的选“待定”，及时向党委请示。",
        "7. 填完后看附件2下方的“表间关系核对”是否都是“相符”；核对情况报告的文字，可以直接改。",
        "8. 打印附件1、附件2签字（空白页不用打）；电子表原样交党委办公室，不得用微信、QQ传送，不得公开。",
        "",
        "计算口径",
        f"统计时点：{rules.as_of.isoformat()}。年龄按月计算：统计时点的年月减出生年月，满12个月为1岁；35岁计入35岁至59岁。",
        f"流向区域以{home}为本地。规则版本：{rules.version}。",
        f"{issued}名册没有设密码保护，只锁定公式格；需要时可在“审阅”中撤消保护。",
    ]
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        sheet.set_row(row, 18 * max(1, line_count(line, 100)) + 6)
        put(sheet, row, 0, line, looks["guide_heading" if line in ("怎样填写", "计算口径") else "guide"])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
