"""Every page that a GET opens, for everybody who may: axe-core finds no violation of WCAG 2.1 A and AA."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.architecture.test_routes import ROLES, TABLE, THERE, address
from tests.college import College

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa"]}}
FILES = (
    "healthz",
    "readyz",
    "annex2-all",
    "annex2-report",
    "annex2-export",
    "campaign-annex2",
    "campaign-notice",
    "campaign-chasings-documents",
    "campaign-education-export",
    "chasing-document",
    "circular-document",
    "letter-template-file",
    "unit-annex2-change",
    "unit-annex2-export",
    "unit-education-export",
    "unit-plan-document",
)


def who_may(route: str) -> str:
    """The first role that gets the page."""
    expected = TABLE[route][1]
    return next((role for role, code in zip(ROLES[1:], expected[1:], strict=True) if code == THERE), "")


PAGES = [route for route, (method, _) in TABLE.items() if method == "get" and route not in FILES and who_may(route)]


@pytest.mark.parametrize("route", PAGES)
def test_a_page_has_no_violation(route: str, opened: Callable[[str, str], Page], college: College) -> None:
    page = opened(who_may(route), address(college, route))
    found = Axe().run(page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
