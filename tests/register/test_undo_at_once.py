"""A batch taken back while somebody edits one of its people, on PostgreSQL: whoever is being edited stays."""

import re

import pytest
from django.db import connection

from paicha.register.models import RegisterEntry
from paicha.register.records import Recorder
from paicha.register.services import revise_entry
from tests.college import RULES, TODAY, College, form_bytes, uploaded
from tests.register.test_same_number_at_once import second_of
from tests.world import row

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite lets one writer in at a time")


def test_who_is_being_edited_stays_and_is_named(transactional_db: None, college: College) -> None:
    browser = college.client("clerk")
    file = uploaded("测绘.xlsx", form_bytes(row(6, name="改着的"), row(7, name="没动的")))
    url = browser.post(f"/branches/{college.survey.id}/uploads", {"files": [file]})["Location"]
    digest = re.search(r'name="digest" value="(\w+)"', browser.get(url).content.decode())
    assert digest
    browser.post(f"{url}/apply", {"digest": digest[1]})
    with college.at_work():
        entry = RegisterEntry.objects.get(current__name="改着的")
    assert entry.current_id
    said = {"actor": college.people["office"], "entry_id": entry.id, "base": entry.current_id, "today": TODAY}
    cells = row(6, name="改着的", education="大专").values
    answer = second_of(
        lambda: revise_entry(cells=cells, recorder=Recorder(RULES), **said),  # type: ignore[arg-type]
        lambda: browser.post(f"{url}/undo", follow=True),
        college,
    )
    assert answer.status_code == 200
    assert "1 人在导入后又改过或正在转接，没有动：改着的" in answer.content.decode()
    with college.at_work():
        assert list(RegisterEntry.objects.filter(closed_on=None)) == [entry]
