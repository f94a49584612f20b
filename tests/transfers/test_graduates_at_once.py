"""Two at once on a cohort, on PostgreSQL: letters for the same people are given once, and nobody's edit is lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from paicha.transfers.graduating.models import Graduate, GraduateVersion
from paicha.transfers.lettering.models import IntroductionLetter, LetterBook
from tests.college import College
from tests.transfers.graduates import agree, cohort, graduate, line, list_bytes, listed, rostered, send, typed
from tests.transfers.world import ready_for_letters

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")
NAMES = ("张三", "李四", "王五")


def at_once(*ways: Callable[[], Any]) -> list[str]:
    """What each is answered; all begin together."""
    begin = Barrier(len(ways))

    def one(way: Callable[[], Any]) -> str:
        try:
            begin.wait(10)
            return str(way().content.decode())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(ways)) as pool:
        return list(pool.map(one, ways))


def test_letters_for_the_same_people_are_given_once(transactional_db: None, college: College) -> None:
    ready_for_letters(college)
    of = cohort(college)
    for number, name in enumerate(NAMES, 1):
        rostered(college, college.survey, name, number)
    listed(college, of, *(line(name, number) for number, name in enumerate(NAMES, 1)))
    url = f"/graduates/{of.id}/letters"
    offices = [college.client("office"), college.client("head")]
    sent = {"all-dues": "202312"}
    for name in NAMES:
        sent |= typed(graduate(college, name), dues="", standing="正式", direction="市州内")
    offices[0].post(url, sent)
    page = offices[0].get(url).content.decode()
    digest = re.search(r'name="digest" value="(\w+)"', page)
    ticked = {"graduate": re.findall(r'name="graduate" value="([^"]+)"', page), "digest": digest[1] if digest else ""}
    told = at_once(*(lambda browser=browser: browser.post(f"{url}/issue", ticked, follow=True) for browser in offices))
    assert sum("已开 3 封介绍信" in one for one in told) == 1
    assert sum("一封也没有开" in one for one in told) == 1
    with college.at_work():
        assert list(IntroductionLetter.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
        assert LetterBook.objects.get().last == 3


def test_of_two_edits_of_one_row_the_second_is_told(transactional_db: None, college: College) -> None:
    of = cohort(college)
    rostered(college, college.survey, "张三", 1)
    listed(college, of, line("张三", 1))
    seen = graduate(college, "张三")
    ways = [
        lambda who=who: college.client(who).post(f"/graduates/{of.id}", typed(seen, employer=f"{who}填的"), follow=True)
        for who in ("clerk", "office")
    ]
    told = at_once(*ways)
    assert sum(">已保存。<" in one for one in told) == 1
    assert sum("别人改过" in one for one in told) == 1
    with college.at_work():
        assert GraduateVersion.objects.count() == 2


def test_a_list_applied_by_two_is_applied_once(transactional_db: None, college: College) -> None:
    of = cohort(college)
    rostered(college, college.survey, "张三", 1)
    offices = [college.client("office"), college.client("head")]
    urls = [send(browser, of, list_bytes(line("张三", 1))) for browser in offices]
    pages = [agree(browser, url) for browser, url in zip(offices, urls, strict=True)]
    digests = [(re.search(r'name="digest" value="(\w+)"', page) or ("", ""))[1] for page in pages]
    told = at_once(
        *(
            lambda browser=browser, url=url, digest=digest: browser.post(
                f"{url}/apply", {"digest": digest}, follow=True
            )
            for browser, url, digest in zip(offices, urls, digests, strict=True)
        )
    )
    assert sum("已写入 1 人" in one for one in told) == 1
    assert sum("请按下面新的对比再核对一次" in one for one in told) == 1
    with college.at_work():
        assert Graduate.objects.count() == 1
