"""Two people in one row: the second is told, shown both, and loses nothing; nor does the first."""

import re

from django.test import Client

from paicha.domain.masking import mask_id
from paicha.register.models import EntryVersion, RegisterEntry
from tests.college import College, posted
from tests.world import id_number

OLD, NEW = id_number(sequence=13), id_number(sequence=777)


def sent(page: str) -> dict[str, str]:
    """What the form sends as it stands: hidden cells and the chosen one of each pair."""
    hidden = re.findall(r'<input type="hidden" name="(c\d+|base)" value="([^"]*)"', page)
    chosen = re.findall(r'<input type="radio" name="(c\d+)" value="([^"]*)" checked', page)
    return dict(hidden) | dict(chosen)


def cells_of(college: College, entry: RegisterEntry) -> list[str]:
    with college.at_work():
        return list(EntryVersion.objects.filter(entry=entry).latest("n").cells)


def both_saved(
    college: College, entry: RegisterEntry, theirs: dict[str, str], mine: dict[str, str]
) -> tuple[Client, str]:
    """The office saves `theirs` over a page that the clerk then sends with `mine`: the clerk's browser and answer."""
    base = {"base": str(entry.current_id), "c7": mask_id(OLD)}
    college.client("office").post(f"/entries/{entry.id}", posted(number=6) | base | theirs)
    browser = college.client("clerk")
    answer = browser.post(f"/entries/{entry.id}", posted(number=6) | base | mine)
    assert answer.status_code == 409
    return browser, answer.content.decode()


def test_what_only_the_other_changed_stays_changed(college: College) -> None:
    entry = college.add(college.survey)
    browser, page = both_saved(college, entry, {"c1": "李四"}, {"c8": "大专"})
    assert browser.post(f"/entries/{entry.id}", sent(page)).status_code == 302
    cells = cells_of(college, entry)
    assert (cells[1], cells[8]) == ("李四", "大专")


def test_of_a_cell_that_both_changed_mine_or_theirs_is_one_click(college: College) -> None:
    entry = college.add(college.survey)
    browser, page = both_saved(college, entry, {"c8": "研究生"}, {"c8": "大专"})
    assert sent(page)["c8"] == "大专", "mine stands chosen: nothing typed is lost"
    assert re.search(r'<input type="radio" name="c8" value="研究生" aria-label', page)
    browser.post(f"/entries/{entry.id}", sent(page) | {"c8": "研究生"})
    assert cells_of(college, entry)[8] == "研究生"


def test_a_number_that_the_other_changed_is_kept_and_never_shown(college: College) -> None:
    entry = college.add(college.survey)
    browser, page = both_saved(college, entry, {"c7": NEW}, {"c8": "大专"})
    assert OLD not in page
    assert NEW not in page
    browser.post(f"/entries/{entry.id}", sent(page))
    cells = cells_of(college, entry)
    assert (cells[7], cells[8]) == (NEW, "大专")


def test_a_number_that_i_typed_is_shown_masked_and_sent_in_full(college: College) -> None:
    entry = college.add(college.survey)
    browser, page = both_saved(college, entry, {"c1": "李四"}, {"c7": NEW})
    assert NEW not in re.sub(r"<input[^>]*>", "", page)
    assert mask_id(NEW) in re.sub(r"<input[^>]*>", "", page)
    browser.post(f"/entries/{entry.id}", sent(page))
    cells = cells_of(college, entry)
    assert (cells[1], cells[7]) == ("李四", NEW)


def test_a_page_that_does_not_say_what_it_was_made_from_is_a_conflict(college: College) -> None:
    entry = college.add(college.survey)
    answer = college.client("clerk").post(f"/entries/{entry.id}", posted(number=6, education="大专") | {"base": "x"})
    assert answer.status_code == 409
    assert "大专" in answer.content.decode()


def test_what_was_typed_for_somebody_closed_meanwhile_is_shown_and_saved_once_the_closing_is_taken_back(
    college: College,
) -> None:
    entry = college.add(college.survey)
    office, clerk = college.client("office"), college.client("clerk")
    office.post(f"/entries/{entry.id}/close", {"closing": "1"})
    mine = posted(number=6) | {"base": str(entry.current_id), "c7": mask_id(OLD), "c8": "大专"}
    answer = clerk.post(f"/entries/{entry.id}", mine)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "已经销册（2023-12-01，已返回，不再流出），您填写的还没有保存" in page
    office.post(f"/entries/{entry.id}/close", {"reopen": "1"})
    assert clerk.post(f"/entries/{entry.id}", sent(page)).status_code == 302
    assert cells_of(college, entry)[8] == "大专"
