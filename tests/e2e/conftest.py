"""A real browser (Debian's Chromium) against the real site."""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
PASSWORD = "长长的密码 2023"  # noqa: S105  of made-up people
# Playwright keeps an event loop in this thread; Django's guard against that has nothing to protect here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture
def college(transactional_db: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The college, in tables that the server's thread sees too; everybody can sign in."""
    from tests.college import TODAY, found_college

    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    found = found_college()
    for user in found.people.values():
        user.set_password(PASSWORD)
        user.save()
    return found


@pytest.fixture
def signed_in(chromium: Browser, college: Any, live_server: Any) -> Iterator[Callable[[str], Page]]:
    """A page in which somebody has signed in, at their home. No request may leave the origin, nothing may go wrong in
    the browser."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_for(username: str) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport={"width": 1366, "height": 768})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: r.url.startswith((live_server.url, "data:")) or wrong.append(f"left: {r.url}"))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: m.type == "error" and "409" not in m.text and wrong.append(m.text))
        page.goto("/")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        return page

    yield open_for
    for context in contexts:
        for page in context.pages:  # what is still being answered would be written while the tables are emptied
            with contextlib.suppress(PlaywrightError):
                page.wait_for_load_state("networkidle", timeout=5_000)
        context.close()
    assert wrong == []
