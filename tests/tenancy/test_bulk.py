"""Rows inserted in bulk are the rows that the models themselves would have saved."""

import gc
from datetime import UTC, date, datetime

import pytest

from paicha.domain.annex2 import Fact
from paicha.register.models import Affiliation, EntryVersion, Member
from paicha.register.records import SEALED_ID_NUMBER
from paicha.tenancy.bulk import insert, uncollected
from paicha.tenancy.models import new_keys
from tests.college import College
from tests.world import id_number


def test_what_came_in_bulk_reads_as_what_was_saved(college: College) -> None:
    keys, seal = new_keys(), SEALED_ID_NUMBER.sealing()
    member, affiliation = next(keys), next(keys)
    rows = [
        (member, "张三", seal(member, id_number()), b"\1" * 32),
        ((other := next(keys)), "李四", seal(other, ""), None),
    ]
    same = {"committee_id": college.root.committee_id}
    with college.at_work():
        insert(Member, ("id", "name", "id_number", "id_hash"), rows, same)
        away = {"since": date(2023, 12, 1), "until": None}
        insert(Affiliation, ("id", "member_id", "branch_id"), [(affiliation, member, college.survey.id)], same | away)
        found = Affiliation.objects.select_related("member").get(id=affiliation)
        assert (found.since, found.until, found.branch_id) == (date(2023, 12, 1), None, college.survey.id)
        assert (found.member.name, found.member.id_number) == ("张三", id_number())
        assert bytes(found.member.id_hash or b"") == b"\1" * 32
        assert Member.objects.get(id=other).id_hash is None


def test_a_time_is_kept_to_the_microsecond(college: College) -> None:
    entry, key, now = college.add(college.survey), next(new_keys()), datetime(2023, 12, 1, 8, 0, 0, 1, tzinfo=UTC)
    seal = EntryVersion._meta.get_field("cells").sealing()
    row = (key, entry.id, 2, seal(key, [""] * 17), "", "", "", 0, 0, 0)
    names = ("id", "entry_id", "n", "cells", "name", "pinyin", "strokes", "reported_in", "errors", "warnings")
    same = {"committee_id": entry.committee_id, "recorded_at": now, "actor_name": ""}
    with college.at_work():
        insert(EntryVersion, names, [row], same)
        assert EntryVersion.objects.get(id=key).recorded_at == now


def test_no_rows_are_no_statement(college: College, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        insert(Member, ("id", "name"), [])


def test_the_collector_works_again_however_the_block_ends() -> None:
    @uncollected()
    def fails() -> None:
        assert not gc.isenabled()
        raise LookupError

    with pytest.raises(LookupError):
        fails()
    assert gc.isenabled()


def test_a_version_keeps_the_facts_in_the_order_of_the_rules() -> None:
    assert tuple(fact.value for fact in Fact) == EntryVersion.FACTS
