"""Sealed fields: plain in memory, sealed in the database, and no way around."""

from typing import cast
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import FieldError
from django.core.serializers import serialize
from django.db import connection, transaction
from django.db.models import F, Value
from django.db.models.functions import Upper

from paicha.vault.fields import Sealed, SealedField
from paicha.vault.keys import Keyring
from paicha.vault.sealing import Tampered, key_id_of, unseal
from tests.vault.drawer import Drawer, Numbered, make_tables, stored

PHONE = "13800000000"
CELLS = {"姓名": "甲", "年龄": 30, "去向": [1, None, True]}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ring")]


@pytest.fixture(autouse=True)
def tables(db: None) -> None:
    make_tables(Drawer, Numbered)


@pytest.fixture
def drawer() -> Drawer:
    return Drawer.objects.create(label="甲", phone=PHONE, remark=None, cells=CELLS)


def test_what_was_saved_is_read_again(drawer: Drawer) -> None:
    found = Drawer.objects.get(pk=drawer.pk)
    assert (found.phone, found.remark, found.cells) == (PHONE, None, CELLS)


def test_the_database_holds_no_plain_value_and_null_stays_null(drawer: Drawer) -> None:
    sealed = stored(drawer, "phone")
    assert sealed is not None
    assert PHONE.encode() not in sealed
    assert unseal(sealed, f"vault_tests_drawer|phone|{drawer.pk}".encode()) == PHONE.encode()
    assert stored(drawer, "remark") is None


def test_an_empty_text_is_sealed_too() -> None:
    empty = Drawer.objects.create()
    assert stored(empty, "phone")
    assert Drawer.objects.get().phone == ""


def test_rows_made_in_bulk_are_sealed_each_for_its_own_key() -> None:
    Drawer.objects.bulk_create([Drawer(label=str(n), phone=f"1380000{n:04}") for n in range(50)])
    assert {(row.label, row.phone) for row in Drawer.objects.all()} == {(str(n), f"1380000{n:04}") for n in range(50)}


def test_nothing_is_opened_before_it_is_read(drawer: Drawer) -> None:
    found = Drawer.objects.get()
    with patch("paicha.vault.fields.unseal", side_effect=AssertionError):
        assert found.label == "甲"
        assert isinstance(found.__dict__["phone"], Sealed)
    assert found.phone == PHONE
    assert found.__dict__["phone"] == PHONE


def test_deferred_fields_come_when_they_are_read(drawer: Drawer, django_assert_num_queries: object) -> None:
    found = Drawer.objects.only("label").get()
    assert "phone" in found.get_deferred_fields()
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert found.phone == PHONE
    assert Drawer.objects.defer("cells").get().cells == CELLS
    assert Drawer.objects.only("remark").get().remark is None


def test_saving_a_row_with_deferred_fields_leaves_them_as_they_are(drawer: Drawer) -> None:
    before = stored(drawer, "phone")
    found = Drawer.objects.only("label").get()
    found.label = "乙"
    found.save()
    assert stored(drawer, "phone") == before


def test_refreshing_reads_what_stands_there_now(drawer: Drawer) -> None:
    other = Drawer.objects.get()
    other.phone, other.cells = "13900000000", {}
    other.save()
    drawer.refresh_from_db(fields=["phone"])
    assert (drawer.phone, drawer.cells) == ("13900000000", CELLS)
    drawer.refresh_from_db()
    assert drawer.cells == {}


def test_a_changed_json_value_is_saved_as_changed(drawer: Drawer) -> None:
    found = Drawer.objects.get()
    found.cells["年龄"] = 31
    found.save(update_fields=["cells"])
    assert Drawer.objects.get().cells["年龄"] == 31


def test_saving_what_was_not_read_keeps_the_bytes(drawer: Drawer) -> None:
    before = stored(drawer, "phone")
    found = Drawer.objects.get()
    found.label = "乙"
    found.save()
    assert stored(drawer, "phone") == before


def test_an_update_with_a_plain_value_is_refused(drawer: Drawer) -> None:
    with pytest.raises(TypeError, match="encrypted"):
        Drawer.objects.update(phone=PHONE)
    with pytest.raises(TypeError, match="encrypted"):
        Drawer.objects.update(cells={})
    with pytest.raises(TypeError, match="encrypted"), transaction.atomic():
        Drawer.objects.bulk_update([drawer], ["phone"])
    with pytest.raises(TypeError, match="encrypted"):
        Drawer.objects.update(phone=PHONE.encode())


def test_the_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(TypeError) as raised:
        Drawer.objects.update(phone=PHONE)
    assert PHONE not in str(raised.value)


def test_an_update_with_a_sealed_value_or_none_is_allowed(drawer: Drawer) -> None:
    phone = Drawer._meta.get_field("phone")
    assert isinstance(phone, SealedField)
    Drawer.objects.filter(pk=drawer.pk).update(phone=phone.sealed(drawer.pk, "13900000000"), remark=None)
    assert Drawer.objects.get().phone == "13900000000"


@pytest.mark.parametrize("lookup", ["", "__exact", "__in", "__gt", "__contains", "__startswith", "__length"])
def test_it_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError, match="keyed hash"):
        Drawer.objects.filter(**{f"phone{lookup}": PHONE}).exists()
    with pytest.raises(FieldError, match="keyed hash"):
        Drawer.objects.filter(**{f"cells{lookup}": PHONE}).exists()


def test_whether_it_is_there_can_be_asked(drawer: Drawer) -> None:
    assert Drawer.objects.filter(remark__isnull=True, phone__isnull=False).count() == 1


def test_values_give_what_is_sealed(drawer: Drawer) -> None:
    (phone,) = Drawer.objects.values_list("phone", flat=True)
    assert isinstance(phone, Sealed)


def test_many_values_are_opened_each_with_the_key_of_its_row(drawer: Drawer) -> None:
    other = Drawer.objects.create(cells=[1])
    opened = cast(SealedField, Drawer._meta.get_field("cells")).opening()
    found = dict(Drawer.objects.values_list("pk", "cells"))
    assert {key: opened(key, cells) for key, cells in found.items()} == {drawer.pk: CELLS, other.pk: [1]}
    with pytest.raises(Tampered):
        opened(other.pk, found[drawer.pk])


def test_bytes_moved_to_another_row_or_column_do_not_open(drawer: Drawer) -> None:
    other = Drawer.objects.create()
    Drawer.objects.filter(pk=other.pk).update(phone=Sealed(stored(drawer, "phone") or b""))
    Drawer.objects.filter(pk=drawer.pk).update(remark=Sealed(stored(drawer, "phone") or b""))
    with pytest.raises(Tampered):
        _ = Drawer.objects.get(pk=other.pk).phone
    with pytest.raises(Tampered):
        _ = Drawer.objects.get(pk=drawer.pk).remark


def test_a_copy_of_what_was_read_opens_under_its_new_key(drawer: Drawer) -> None:
    copy = Drawer.objects.get()
    assert (copy.phone, copy.cells, copy.remark) == (PHONE, CELLS, None)
    copy.pk = uuid4()
    copy.save()
    assert Drawer.objects.get(pk=copy.pk).phone == PHONE


def test_a_copy_of_what_was_not_read_opens_under_its_new_key_too(drawer: Drawer) -> None:
    copy = Drawer.objects.get()
    copy.pk, copy._state.adding = uuid4(), True
    copy.save()
    assert Drawer.objects.get(pk=copy.pk).phone == PHONE
    assert Drawer.objects.get(pk=drawer.pk).phone == PHONE


def test_a_row_written_over_with_another_unread_one_still_opens(drawer: Drawer) -> None:
    other = Drawer.objects.create(phone="13900000000")
    copy = Drawer.objects.get(pk=drawer.pk)
    copy.pk = other.pk
    copy.save()
    assert Drawer.objects.get(pk=other.pk).phone == PHONE


def test_sealed_bytes_handed_to_a_row_they_are_not_of_are_refused(drawer: Drawer) -> None:
    (phone,) = Drawer.objects.values_list("phone", flat=True)
    with pytest.raises(Tampered), transaction.atomic():
        Drawer(phone=phone).save()
    assert Drawer.objects.count() == 1


@pytest.mark.parametrize("made", [F("remark"), Value(PHONE), Upper("label")], ids=["F", "Value", "Upper"])
def test_no_expression_writes_it(drawer: Drawer, made: object) -> None:
    with pytest.raises(TypeError, match="encrypted") as raised, transaction.atomic():
        Drawer.objects.update(phone=made)
    assert PHONE not in str(raised.value)


def test_a_copy_with_deferred_fields_does_not_lose_them_in_silence(drawer: Drawer) -> None:
    copy = Drawer.objects.only("label").get()
    copy.pk = uuid4()
    with pytest.raises(Drawer.DoesNotExist), transaction.atomic():
        copy.save(force_insert=True)
    assert Drawer.objects.count() == 1


def test_a_row_without_a_key_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="key"):
        Numbered(phone=PHONE).save()


@pytest.mark.parametrize("spelled", [str, lambda key: key.hex, lambda key: str(key).upper()])
def test_a_key_opens_whatever_its_spelling(spelled: object) -> None:
    key = UUID("01900000-0000-7000-8000-00000000000a")
    Drawer(pk=spelled(key), phone=PHONE).save(force_insert=True)  # type: ignore[operator]
    assert Drawer.objects.get(pk=key).phone == PHONE


@pytest.mark.parametrize("wrong", [b"13800000000", 13800000000, Sealed(b"x" * 40)], ids=["bytes", "int", "sealed"])
def test_text_takes_no_bytes_and_no_numbers(wrong: object) -> None:
    with pytest.raises((TypeError, Tampered)) as raised, transaction.atomic():
        Drawer(phone=wrong).save()
    assert PHONE not in str(raised.value)


@pytest.mark.parametrize("wrong", [float("nan"), object()], ids=["nan", "object"])
def test_what_is_no_json_is_refused(wrong: object) -> None:
    with pytest.raises((TypeError, ValueError)), transaction.atomic():
        Drawer(cells={"x": wrong}).save()


def test_it_leaves_by_no_dump(drawer: Drawer) -> None:
    with pytest.raises(TypeError, match="dump"):
        serialize("json", Drawer.objects.all())


def test_a_new_key_seals_what_is_saved_from_then_on(drawer: Drawer, ring: Keyring) -> None:
    ring.add_field_key()
    found = Drawer.objects.get()
    assert found.phone == PHONE
    found.save()
    assert key_id_of(stored(drawer, "phone") or b"") == 2


def test_a_page_of_rows_costs_one_query(django_assert_num_queries: object) -> None:
    Drawer.objects.bulk_create([Drawer(phone=PHONE) for _ in range(20)])
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert {row.phone for row in Drawer.objects.all()} == {PHONE}


def test_the_column_is_bytes_and_its_migration_names_the_class() -> None:
    phone = Drawer._meta.get_field("phone")
    assert phone.db_type(connection) in ("BLOB", "bytea")
    assert phone.deconstruct()[1:] == ("paicha.vault.fields.SealedTextField", [], {"blank": True, "default": ""})
