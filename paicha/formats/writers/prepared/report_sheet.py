"""情况报告 (a draft by formulas, to be read over and changed) and 说明 (how to fill, by which rules)."""

from xlsxwriter.worksheet import Worksheet

from paicha.domain.annex2 import HEADINGS
from paicha.domain.settings import RuleSet
from paicha.domain.vocabulary import Reason, Verdict
from paicha.formats.writers.prepared.annex_sheets import cell_of
from paicha.formats.writers.prepared.calculation_sheet import Figures
from paicha.formats.writers.prepared.formats import Looks
from paicha.formats.writers.prepared.layout import ANNEX2, HEAD_ROW, ROSTER
from paicha.formats.writers.sheets import line_count, put

WIDTH = 88  # characters of the one wide column
_BRANCH = f"{ROSTER}!$C${HEAD_ROW}"
Paragraph = tuple[str, str]  # formula without =, its value at the start


def _figure(letter: str) -> str:
    return f"{ANNEX2}!{cell_of(letter)}"


def _text(*parts: str) -> str:
    """A text formula: parts that begin with = are formulas, others words."""
    return "&".join(part[1:] if part.startswith("=") else f'"{part}"' for part in parts)


def paragraphs(branch: str, figures: Figures) -> list[Paragraph]:
    """The draft, each paragraph with its value while nobody is decided."""
    everyone, decided = figures.total("present"), figures.total("covered")
    count = figures.started("present")
    rate = f'TEXT(IF({everyone}=0,0,{decided}/{everyone}),"0.0%")'
    waiting = [figures.count("verdict", v.label) for v in (Verdict.OUT_OF_CONTACT, Verdict.UNDECIDED)]
    attending = [figures.count("verdict", v.label) for v in (Verdict.ATTENDING, Verdict.ATTENDING_AFTER_URGING)]
    f = {letter: f"={_figure(letter)}" for letter in HEADINGS}
    reasons = "=" + "&".join(f'IF({f[r.letter][1:]}>0,"{r.label}"&{f[r.letter][1:]}&"人、","")' for r in Reason)
    none = "党员流动原因：无。"
    return [
        (_text("一、基本情况"), "一、基本情况"),
        (
            _text(
                f"={_BRANCH}",
                "按照党委关于开展流动党员组织关系集中排查的通知要求，对正式组织关系在本支部的党员，"
                "以及正式组织关系转出但尚未被接收的党员逐一排查。应排查",
                f"={everyone}",
                "人，已有结论",
                f"={decided}",
                "人，覆盖率",
                f"={rate}",
                "。",
            ),
            f"{branch}按照党委关于开展流动党员组织关系集中排查的通知要求，对正式组织关系在本支部的党员，"
            f"以及正式组织关系转出但尚未被接收的党员逐一排查。应排查{count}人，已有结论0人，覆盖率0.0%。",
        ),
        (
            _text(
                "经排查，流出党员",
                f["A"],
                "人；正常参加活动",
                f"={attending[0]}",
                "人，经督促正常参加活动",
                f"={attending[1]}",
                "人；集中排查中经督促已转移正式组织关系",
                f["Y"],
                "人。",
            ),
            "经排查，流出党员0人；正常参加活动0人，经督促正常参加活动0人；集中排查中经督促已转移正式组织关系0人。",
        ),
        (_text("二、流出党员情况"), "二、流出党员情况"),
        (
            _text(
                "性别：男",
                f["B"],
                "人，女",
                f["C"],
                "人。年龄：35岁以下",
                f["D"],
                "人，35岁至59岁",
                f["E"],
                "人，60岁及以上",
                f["F"],
                "人。文化程度：高中（中专）以下",
                f["G"],
                "人，大专",
                f["H"],
                "人，本科及以上",
                f["I"],
                "人。",
            ),
            "性别：男0人，女0人。年龄：35岁以下0人，35岁至59岁0人，60岁及以上0人。"
            "文化程度：高中（中专）以下0人，大专0人，本科及以上0人。",
        ),
        (
            f'IF({f["A"][1:]}=0,"{none}","党员流动原因："&SUBSTITUTE({reasons[1:]}&"。","、。","。"))',
            none,
        ),
        (
            _text(
                "流向区域：市州内",
                f["V"],
                "人，市外省内",
                f["W"],
                "人，省外",
                f["X"],
                "人。",
                "已向流入地党组织报到",
                f["Z"],
                f'=IF({f["A"][1:]}=0,"人。","人，占"&TEXT({f["Z"][1:]}/{f["A"][1:]},"0.0%")&"。")',
            ),
            "流向区域：市州内0人，市外省内0人，省外0人。已向流入地党组织报到0人。",
        ),
        (_text("三、需要请示和继续核实的"), "三、需要请示和继续核实的"),
        (
            _text(
                "失去联系",
                f"={waiting[0]}",
                "人，待定",
                f"={waiting[1]}",
                "人，尚未填写结论",
                f"={everyone}-{decided}-{waiting[0]}-{waiting[1]}",
                "人。（请列出姓名和拟办意见）",
            ),
            f"失去联系0人，待定0人，尚未填写结论{count}人。（请列出姓名和拟办意见）",
        ),
        (_text("四、下一步打算"), "四、下一步打算"),
        (
            _text(
                "对符合条件的督促转移正式组织关系，对其他流出党员督促其及时向流入地党组织报到；专人联系、定期跟踪，动态更新台账。"
            ),
            "对符合条件的督促转移正式组织关系，对其他流出党员督促其及时向流入地党组织报到；专人联系、定期跟踪，动态更新台账。",
        ),
    ]


def write_report(sheet: Worksheet, looks: Looks, branch: str, figures: Figures) -> None:
    """One wide column: each paragraph is a formula until someone types over it."""
    sheet.set_column(0, 0, WIDTH)
    title = "流动党员组织关系集中排查情况报告"
    sheet.set_row(0, 40)
    put(sheet, 0, 0, title, looks["report_title"])
    for row, (formula, start) in enumerate(paragraphs(branch, figures), start=1):
        heading = start[1] == "、"
        words = formula if heading else f'"　　"&{formula}'
        shown = start if heading else f"　　{start}"
        sheet.write_formula(row, 0, f"={words}", looks["report_heading" if heading else "report"], shown)
        sheet.set_row(row, 26 if heading else 20 * (line_count(shown, WIDTH / 1.35) + 1) + 4)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def write_guide(sheet: Worksheet, looks: Looks, committee: str, rules: RuleSet) -> None:
    """说明: eight lines on filling, then by which rules the workbook counts."""
    home = rules.home.full_name if rules.home is not None else "未设定（流向区域不能计算）"
    lines = [
        "怎样填写",
        "1. 只在“名册”一张表里填。附件1、附件2、情况报告都随名册自动生成，不用手工改数。",
        "2. 给每名党员（包括组织关系转出、对方还没有接收的在途党员）在“排查结论”里选一项；黄色的行是还没有定的。",
        "3. 选“流出党员”或“流出党员（支部认定）”的行变成蓝色，继续往右填现居住地、流动原因、单位、报到等；灰色的格不用填。",
        "4. 现居住地从省写起，写到街道、社区；流动原因选“其他”的写明情形，如：其他（升学）。没有报到的，报到的三格都留空。",
        "5. 名册上没有的人，填在最后的空行里。不要用剪切粘贴挪动格子；填错了按 Delete 清空重填。",
        "6. 红色的格有问题，“问题”一栏写明是什么；改好后红色自动消失。拿不准的选“待定”，及时向党委请示。",
        "7. 填完后看附件2下方的“表间关系核对”是否都是“相符”；核对情况报告的文字，可以直接改。",
        "8. 打印附件1、附件2签字；电子表原样（不要改工作表名）交党委办公室，不得通过微信、QQ等传送，不得公开。",
        "",
        "计算口径",
        f"统计时点：{rules.as_of.isoformat()}。年龄按月计算：统计时点的年月减出生年月，满12个月为1岁；35岁计入35岁至59岁。",
        f"流向区域以{home}为本地。规则版本：{rules.version}。",
        f"下发单位：{committee}。名册没有设密码保护，只锁定公式格；需要时可在“审阅”中撤消保护。",
    ]
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        sheet.set_row(row, 18 * max(1, line_count(line, 100)) + 6)
        put(sheet, row, 0, line, looks["guide_heading" if line in ("怎样填写", "计算口径") else "guide"])
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
