"""A real browser (Debian's Chromium) against the real site."""

import os
import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)
TOLD = re.compile("status of (409|422)")  # refused with words on the page: no fault
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


class Window:
    """A browser that nobody used before. No request may leave the origin, nothing may go wrong in it."""

    def __init__(self, chromium: Browser, origin: str) -> None:
        self.context = chromium.new_context(base_url=origin, viewport={"width": 1366, "height": 768})
        self._origin, self._asked = origin, set[Request]()
        self._wrong: list[str] = []
        self.context.on("request", self._ask)
        self.context.on("requestfinished", self._answered)
        self.context.on("requestfailed", self._answered)
        self.context.on("weberror", lambda error: self._wrong.append(str(error.error)))
        self.context.on("console", self._read)

    def take_seat(self, client: Client) -> None:
        """Whoever is signed in as `client` is so in this browser."""
        session = client.cookies["sessionid"].value
        self.context.clear_cookies()
        self.context.add_cookies([{"name": "sessionid", "value": session, "url": self._origin}])

    def settle(self) -> None:
        """Wait for what is still being answered: it would be written while the tables are emptied. Fails where anything
        went wrong."""
        until = time.monotonic() + 5
        while self._asked and self.context.pages and time.monotonic() < until:
            self.context.pages[0].wait_for_timeout(10)
        wrong, self._wrong = self._wrong, []
        assert wrong == []

    def _ask(self, request: Request) -> None:
        self._asked.add(request)
        if not request.url.startswith((self._origin, "data:")):
            self._wrong.append(f"left: {request.url}")

    def _answered(self, request: Request) -> None:
        self._asked.discard(request)

    def _read(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not TOLD.search(message.text):
            self._wrong.append(message.text)


@pytest.fixture
def new_window(chromium: Browser, college: Any, live_server: Any) -> Iterator[Callable[[], Window]]:
    windows: list[Window] = []

    def open_window() -> Window:
        windows.append(Window(chromium, live_server.url))
        return windows[-1]

    yield open_window
    for window in windows:
        window.settle()
        window.context.close()


@pytest.fixture
def signed_in(new_window: Callable[[], Window], college: Any) -> Callable[[str], Page]:
    """`signed_in("clerk")`: a page in which somebody is signed in already, at their home."""

    def open_for(username: str) -> Page:
        window = new_window()
        window.take_seat(college.client(username))
        page = window.context.new_page()
        page.goto("/")
        return page

    return open_for


@pytest.fixture
def signing_in(new_window: Callable[[], Window]) -> Callable[[str], Page]:
    """The same for somebody who signs in by name and password first."""

    def open_for(username: str) -> Page:
        page = new_window().context.new_page()
        page.goto("/")
        page.get_by_label("登录名").fill(username)
        page.get_by_label("密码").fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        return page

    return open_for


@pytest.fixture(scope="session")
def shared_window(chromium: Browser, live_server: Any) -> Window:
    """One window for tests that open a page each and look at it: a new one takes longer than they do."""
    return Window(chromium, live_server.url)


@pytest.fixture
def opened(shared_window: Window, college: Any) -> Iterator[Callable[[str, str], Page]]:
    """`opened("clerk", url)`: the page of an address, before the eyes of somebody signed in."""

    def open_for(username: str, url: str) -> Page:
        shared_window.take_seat(college.client(username))
        page = next(iter(shared_window.context.pages), None) or shared_window.context.new_page()
        page.goto(url)
        return page

    yield open_for
    shared_window.settle()
