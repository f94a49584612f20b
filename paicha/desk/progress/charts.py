"""The overview's charts: of the living 附件2 by direction, reason and age, and of the weeks."""

from collections.abc import Sequence

from paicha.desk.progress.weeks import Week
from paicha.domain.annex2 import Dimension
from paicha.register.figures.groups import Sheet
from paicha.web.charts import Chart, Kind, Row, most_of

SHOWN = (Dimension.DIRECTION, Dimension.REASON, Dimension.AGE)


def dimension_charts(sheet: Sheet) -> list[Chart]:
    """A chart for each dimension of `SHOWN`; who is in none of its figures is drawn as not filled in."""
    groups = {group.heading: group for group in sheet.groups}
    charts = []
    for dimension in SHOWN:
        group = groups[dimension.heading]
        rows = [Row(figure.heading, figure.people, figure.url) for figure in group.figures]
        if missing := sheet.a.people - group.total:
            rows.append(Row("没有填或读不出", missing, known=False))
        charts.append(Chart(dimension.heading, dimension.heading, rows, most_of(rows)))
    return charts


def week_charts(weeks: Sequence[Week]) -> list[Chart]:
    """How many members had a verdict and how many branches had reported as each week ended."""
    return [
        _by_week("有排查结论的党员", [week.decided for week in weeks], weeks, "人"),
        _by_week("已上报的党支部", [week.reported for week in weeks], weeks, "个"),
    ]


def _by_week(title: str, numbers: Sequence[int], weeks: Sequence[Week], unit: str) -> Chart:
    rows = [Row(f"{week.day:%m-%d}", number) for week, number in zip(weeks, numbers, strict=True)]
    return Chart(title, "截至", rows, _says(rows, unit), unit, Kind.LINE)


def _says(rows: Sequence[Row], unit: str) -> str:
    last, before = rows[-1], rows[-2] if len(rows) > 1 else Row("", 0)
    if not before.label:
        return f"到 {last.label} 是 {last.number} {unit}。"
    more = last.number - before.number
    way = f"比 {before.label} {'多' if more > 0 else '少'} {abs(more)} {unit}" if more else f"和 {before.label} 一样"
    return f"到 {last.label} 是 {last.number} {unit}，{way}。"
