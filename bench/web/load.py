"""`python -m bench.web.load PLAN` opens pages of a running site as its users do, in an open loop: the next page is
asked for at its time whether or not the last has come, so that a slow site is not asked less. What the answers took is
read from the server's own log; here only what was asked and with which status it was answered is told.

PLAN is a JSON file: see `Plan`."""

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

AT_ONCE = 64  # answers awaited at the same time at most
SEED = 7


@dataclass(frozen=True, slots=True)
class Visitor:
    """One user: how to sign in, and the pages of each kind (paths) that this one opens."""

    username: str
    password: str
    pages: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Plan:
    """`rate`: pages a second in all, at random moments (Poisson); `mix`: how often each kind of page, in parts."""

    base: str
    seconds: float
    rate: float
    mix: dict[str, int]
    visitors: list[Visitor]


def main(path: Path) -> None:
    given = json.loads(path.read_text(encoding="utf-8"))
    given["visitors"] = [Visitor(**visitor) for visitor in given["visitors"]]
    print(json.dumps(run(Plan(**given))))


def run(plan: Plan) -> dict[str, object]:
    """Sign everybody in, then load; when it began (seconds since 1970), what was asked and what came (by status)."""
    browsers = [(visitor, _signed_in(plan.base, visitor)) for visitor in plan.visitors]
    asked, came = Counter[str](), Counter[str]()
    began = time.time()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for at, page, browser in _schedule(plan, browsers):
            time.sleep(max(0.0, began + at - time.time()))
            asked[page[0]] += 1
            pool.submit(_open, browser, plan.base + page[1], came)
    return {"began": began, "asked": dict(asked), "came": dict(came)}


def _schedule(
    plan: Plan, browsers: Sequence[tuple[Visitor, OpenerDirector]]
) -> list[tuple[float, tuple[str, str], OpenerDirector]]:
    """(seconds from the start, (kind, path), whose browser), drawn by a fixed seed."""
    drawn, at, schedule = random.Random(SEED), 0.0, []
    kinds, parts = list(plan.mix), list(plan.mix.values())
    while (at := at + drawn.expovariate(plan.rate)) < plan.seconds:
        kind = drawn.choices(kinds, parts)[0]
        visitor, browser = drawn.choice([(v, b) for v, b in browsers if v.pages.get(kind)])
        schedule.append((at, (kind, drawn.choice(visitor.pages[kind])), browser))
    return schedule


def _signed_in(base: str, visitor: Visitor) -> OpenerDirector:
    """A browser of its own, signed in by the page as a person is."""
    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.open(f"{base}/sign-in").read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    form = {"username": visitor.username, "password": visitor.password, "csrfmiddlewaretoken": token}
    browser.open(f"{base}/sign-in", urlencode(form).encode()).read()
    if not any(cookie.name == "sessionid" for cookie in jar):
        raise RuntimeError(f"{visitor.username} was not let in")
    return browser


def _open(browser: OpenerDirector, url: str, came: "Counter[str]") -> None:
    try:
        with browser.open(url, timeout=60) as answer:
            answer.read()
            came[str(answer.status) if answer.url == url else "led elsewhere"] += 1
    except URLError as problem:
        came[str(getattr(problem, "code", problem.reason))] += 1


if __name__ == "__main__":
    main(Path(sys.argv[1]))
