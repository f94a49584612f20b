"""A chart is drawn from its table, under the site's own Content-Security-Policy, and leads where the table leads."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

from paicha.web.charts import Chart, Kind, Row, most_of
from tests.e2e.test_accessibility import RULES

SignedIn = Callable[[str], Page]
ROWS = [
    Row("市州内", 3, "/?figure=V"),
    Row("市外省内", 12, "/?figure=W"),
    Row("没有填", 1, "/?figure=none", known=False),
]


def shown(page: Page, chart: Chart) -> None:
    """Open a page that holds the chart alone; its policy is that of the home page."""
    answer = page.goto("/")
    assert answer is not None
    policy = {"content-security-policy": answer.headers["content-security-policy"]}
    body = render_to_string("charts/head.html") + render_to_string("charts/chart.html", {"chart": chart})
    style = '<link rel="stylesheet" href="/static/web/paicha.css">'
    html = f'<!doctype html><html lang="zh-CN"><meta charset="utf-8">{style}{body}</html>'

    def fulfil(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=policy)

    page.route("**/chart", fulfil)
    page.goto("/chart")


@pytest.mark.parametrize("kind", Kind)
def test_a_chart_is_drawn_from_its_table(signed_in: SignedIn, kind: Kind) -> None:
    page = signed_in("clerk")  # which fails on any word of the browser against the policy
    shown(page, Chart("流向区域", "流向区域", ROWS, most_of(ROWS), kind=kind))
    drawing = page.locator(".chart svg")
    expect(drawing).to_be_visible()
    for row in ROWS:
        expect(drawing.get_by_text(row.label, exact=True)).to_be_visible()
        expect(drawing.get_by_text(str(row.number), exact=True).last).to_be_visible()
        expect(page.get_by_role("row", name=row.label).get_by_role("link")).to_have_attribute("href", row.url)
    found = Axe().run(page, context=".chart", options=RULES)
    assert found.violations_count == 0, found.generate_report()
    expect(page.get_by_text("16 人里，市外省内最多，12 人（75%）；1 人没有填。")).to_be_visible()


def test_a_bar_leads_where_its_number_leads(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    shown(page, Chart("流向区域", "流向区域", ROWS, most_of(ROWS)))
    box = page.locator(".chart svg").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)  # the second of three: 市外省内
    page.wait_for_url("**/?figure=W")


def test_without_scripts_the_table_stands_alone(signed_in: SignedIn) -> None:
    page = signed_in("clerk")
    page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    shown(page, Chart("流向区域", "流向区域", ROWS, most_of(ROWS)))
    expect(page.locator(".drawing")).to_be_hidden()
    expect(page.get_by_role("row", name="市外省内").get_by_role("link", name="12")).to_be_visible()
