"""操作记录 as a page: readable, filtered by its address, page by page, nobody's name where the reader may not see."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from paicha.audit.events import Event
from paicha.audit.models import AuditEvent
from paicha.audit.services import seal_events
from paicha.desk.log import views
from paicha.organizations.listing.plan import plan_of
from paicha.organizations.listing.reading import Line
from paicha.organizations.listing.services import apply_list
from paicha.organizations.selectors import organizations
from paicha.organizations.structure.services import rename
from paicha.organizations.tree import tree_of
from paicha.register.models import Closing
from paicha.register.services import close_entry
from tests.college import TODAY, College


@pytest.fixture
def busy(college: College) -> College:
    """Somebody added by the office in each branch; one closed by the clerk."""
    entry = college.add(college.survey, 6, name="张三")
    college.add(college.computing, 7)
    with college.at_work():
        close_entry(actor=college.people["clerk"], entry_id=entry.id, closing=Closing.RETURNED, today=TODAY)
    return college


def rows(college: College, query: str = "", who: str = "head") -> list[str]:
    """The lines of the table, without marks of HTML."""
    answer = college.client(who).get(f"/audit{query}")
    assert answer.status_code == 200
    body = re.search(r"<tbody>(.*)</tbody>", answer.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", " ", row) for row in re.findall(r"<tr>(.*?)</tr>", body[1], re.DOTALL)] if body else []


def test_an_event_is_a_sentence_with_branch_and_reason(busy: College) -> None:
    newest = rows(busy, f"?kind={Event.ENTRY_CLOSED}")[0]
    assert "结束登记" in newest
    assert "测绘支部" in newest
    assert "原因：已返回，不再流出" in newest


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=register", 3),
        ("?kind=register.entry-added", 2),
        ("?kind=register&branch={survey}", 2),
        ("?kind=register&actor={clerk}", 1),
        ("?kind=register&since={tomorrow}", 0),
        ("?kind=register&until={today}", 3),
        ("?kind=nonsense&actor=1&branch=2", 3),
    ],
)
def test_the_address_is_the_filter(busy: College, query: str, found: int) -> None:
    today = timezone.localtime().date()  # of the events; the college has a day of its own
    asked = query.format(
        survey=busy.survey.id, clerk=busy.people["clerk"].id, today=today, tomorrow=today + timedelta(days=1)
    )
    assert len([line for line in rows(busy, asked) if "登记" in line]) == found


def test_a_day_that_is_none_and_days_in_the_wrong_order_are_told(busy: College) -> None:
    page = busy.client("head").get("/audit?since=2023-02-30").content.decode()
    assert "日期写成 2023-12-15 这样" in page
    page = busy.client("head").get("/audit?since=2023-12-02&until=2023-12-01").content.decode()
    assert "结束的日期早于开始的日期" in page


def test_page_after_page_shows_every_event_once(busy: College, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 3)
    browser, query, seen = busy.client("head"), "", list[str]()
    while query is not None:
        page = browser.get(f"/audit{query}").content.decode()
        seen += re.findall(r"<tr><td.*?</tr>", page)
        older = re.search(r'class="button" href="(\?[^"]+)"', page)
        query = older[1].replace("&amp;", "&") if older else None  # type: ignore[assignment]
    with busy.at_work():
        assert len(seen) == AuditEvent.objects.count()


def test_the_head_gets_to_the_person_and_the_administrator_does_not(busy: College) -> None:
    assert "看这个人" in "".join(rows(busy))
    assert "看这个人" not in "".join(rows(busy, who="admin"))
    assert "张三" not in "".join(rows(busy, who="admin"))


def test_the_page_says_until_when_the_log_is_sealed(busy: College) -> None:
    assert "还没有封存的记录" in busy.client("head").get("/audit").content.decode()
    with busy.at_work():
        seal_events(busy.root.committee_id)
    assert "的记录已封存" in busy.client("head").get("/audit").content.decode()


def test_what_was_purged_says_so_and_an_unknown_event_keeps_its_code(busy: College) -> None:
    with busy.at_work():
        AuditEvent.objects.create(committee_id=busy.root.committee_id, event="from.later", payload_digest=b"0" * 32)
    line = next(line for line in rows(busy) if "from.later" in line)
    assert "明细已按期清除" in line


def test_a_full_page_costs_no_more_queries_than_a_short_one(busy: College, django_assert_max_num_queries: Any) -> None:
    for number in range(20):
        busy.add(busy.survey, 10 + number)
    browser = busy.client("head")
    with django_assert_max_num_queries(14):
        browser.get("/audit")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="EXPLAIN of PostgreSQL")
def test_the_newest_are_found_by_an_index(busy: College) -> None:
    with busy.at_work(), connection.cursor() as cursor:
        for way in ("enable_seqscan", "enable_bitmapscan", "enable_sort"):  # few rows would be read and sorted whole
            cursor.execute(f"SET LOCAL {way} = off")
        found = AuditEvent.objects.filter(committee_id=busy.root.committee_id).order_by("-occurred_at", "-id")[:100]
        assert "audit_time" in found.explain()


def test_what_was_done_to_the_tree_says_to_what_and_counts_branches_as_branches(college: College) -> None:
    office = college.people["office"]
    with college.at_work():
        rename(actor=office, organization_id=college.survey.id, name="测绘第一支部", today=TODAY)
        lines = [Line("新来的支部")]
        tree = tree_of(college.root.committee_id)
        plan = plan_of(lines, tree, organizations(college.root.committee_id, tree.nodes))
        apply_list(actor=office, lines=lines, digest=plan.digest, today=TODAY)
    renamed, imported = (
        rows(college, f"?kind={kind}")[0] for kind in (Event.ORGANIZATION_RENAMED, Event.LIST_IMPORTED)
    )
    assert "原名测绘支部，现名测绘第一支部" in renamed
    assert "新增党支部 1 个" in imported
    assert "人" not in imported.replace("党委办公室经办人", "")
