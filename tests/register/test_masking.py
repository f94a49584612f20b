"""A number is masked wherever it stands, and cannot be felt out: rows slip, and a search is a question too."""

import json

import pytest

from paicha.register.models import EntryVersion, Member
from tests.college import College, form_bytes, posted, uploaded
from tests.world import id_number, row

NUMBER = id_number(sequence=501)
PHONE = "13912345678"
SLIPPED = {"ethnic_group": NUMBER, "employer": f"江城公司 {PHONE}", "residence": NUMBER}


def shown(college: College, url: str) -> str:
    answer = college.client("clerk").get(url)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("words", [NUMBER, NUMBER[6:14], NUMBER[:7], PHONE, PHONE[:5]])
def test_a_search_tells_nothing_of_what_is_masked(college: College, words: str) -> None:
    college.add(college.survey, 6, id_number=NUMBER, phone=PHONE)
    assert "张三" not in shown(college, f"/branches/{college.survey.id}/register?q={words}")
    assert "张三" in shown(college, f"/branches/{college.survey.id}/register?q=江城")


def test_a_number_in_the_wrong_column_is_masked_on_every_page(college: College) -> None:
    entry = college.add(college.survey, 6, **SLIPPED)
    branch = f"/branches/{college.survey.id}"
    for url in (f"{branch}/register", f"{branch}/sheet", f"{branch}/roster", f"/entries/{entry.id}"):
        page = shown(college, url)
        assert NUMBER not in page, url
        assert PHONE not in page, url


def test_a_mask_sent_back_is_the_number_that_stood_there(college: College) -> None:
    entry = college.add(college.survey, 6, **SLIPPED)
    masked = f"{NUMBER[:6]}********{NUMBER[-4:]}"
    sent = posted(number=6, education="硕士", **SLIPPED) | {"base": str(entry.current_id), "c3": masked, "c11": masked}
    college.client("clerk").post(f"/entries/{entry.id}", sent)
    with college.at_work():
        newest = EntryVersion.objects.get(n=2)
        assert (newest.cells[3], newest.cells[11], newest.cells[8]) == (NUMBER, NUMBER, "硕士研究生")


def test_the_sheet_sends_a_mask_back_too(college: College) -> None:
    entry = college.add(college.survey, 6, **SLIPPED)
    cells = {"c3": f"{NUMBER[:6]}********{NUMBER[-4:]}", "c8": "硕士"}
    rows = {"rows": [{"entry": str(entry.id), "base": str(entry.current_id), "cells": cells}]}
    url = f"/branches/{college.survey.id}/sheet/rows"
    assert college.client("clerk").post(url, json.dumps(rows), "application/json").status_code == 200
    with college.at_work():
        assert EntryVersion.objects.get(n=2).cells[3] == NUMBER


def test_a_number_in_the_column_of_names_stands_nowhere_in_the_clear(college: College) -> None:
    college.add(college.survey, 6, name=NUMBER)
    browser = college.client("clerk")
    slipped = form_bytes(row(7, name=PHONE))
    for _ in range(2):
        answer = browser.post(f"/branches/{college.survey.id}/uploads", {"files": [uploaded("a.xlsx", slipped)]})
        page = browser.get(answer["Location"]).content.decode()
        assert PHONE not in page
        digest = page.partition('name="digest" value="')[2][:64]
        browser.post(f"{answer['Location']}/apply", {"digest": digest})
    with college.at_work():
        for model in (Member, EntryVersion):
            names = list(model.objects.values_list("name", flat=True))
            assert len(names) == 2, "the second upload knows the first one's person again"
            assert not any(number in name for name in names for number in (NUMBER, PHONE))
        assert not any(
            NUMBER[-4:] in key and NUMBER[8:12] in key for key in EntryVersion.objects.values_list("pinyin", flat=True)
        )


def test_whoever_asks_sees_a_slipped_number_with_the_others(college: College) -> None:
    entry = college.add(college.survey, 6, **SLIPPED)
    page = college.client("clerk").post(f"/entries/{entry.id}/numbers", {"why": "1", "words": "核对"}).content.decode()
    assert page.count(NUMBER) == 2
    assert PHONE in page
