"""A new key, and everything sealed again with it: stopped anywhere, begun again, beside people who go on working."""

from collections.abc import Callable
from typing import Any

import pytest

from paicha.campaigns.kept import KeptFile, bytes_of, keep
from paicha.organizations.models import Organization, User
from paicha.register.models import EntryVersion, Member
from paicha.vault import rotation
from paicha.vault.fields import SealedField
from paicha.vault.keys import Keyring
from paicha.vault.rotation import remaining, reseal, sealed_fields, sealed_models
from paicha.vault.sealing import key_id_of
from tests.college import College, found_college
from tests.world import id_number


class Stopped(Exception):
    """What Ctrl+C is to the work."""


@pytest.fixture
def peopled(ring: Keyring, college: College) -> College:
    """A college with five people on a register, all of it sealed with key 1."""
    for number in range(6, 11):
        college.add(college.survey, number)
    return college


def again(college: College, **given: Any) -> int:
    return reseal(sealed_models(), committee_id=college.root.committee_id, **given)


def left(college: College) -> int:
    return remaining(sealed_models(), committee_id=college.root.committee_id)


def keys_used(college: College) -> set[int]:
    """The ids of all keys that the committee's rows name."""
    used = set()
    with college.at_work():
        for model in sealed_models():
            for field in sealed_fields(model):
                rows = model._base_manager.filter(committee_id=college.root.committee_id)
                used |= {key_id_of(value) for value in rows.values_list(field.attname, flat=True) if value is not None}
    return used


def field_of(model: Any, name: str) -> SealedField:
    found = model._meta.get_field(name)
    assert isinstance(found, SealedField)
    return found


def first_member(college: College) -> Member:
    with college.at_work():
        return Member.objects.filter(committee_id=college.root.committee_id).order_by("pk")[0]


def stopping_at(limit: int) -> Callable[[int], None]:
    def progress(done: int) -> None:
        if done >= limit:
            raise Stopped

    return progress


def test_every_model_with_an_encrypted_field_is_found() -> None:
    assert {Organization, Member, EntryVersion} <= set(sealed_models())
    assert all(sealed_fields(model) for model in sealed_models())


def test_a_sealed_model_of_no_committee_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "sealed_fields", lambda model: [object()] if model is User else [])
    with pytest.raises(TypeError, match="User"):
        sealed_models()


def test_everything_is_sealed_again_and_reads_as_before(peopled: College, ring: Keyring) -> None:
    assert left(peopled) == 0
    ring.add_field_key()
    before = left(peopled)
    assert keys_used(peopled) == {1}
    assert again(peopled) == before > 10
    assert (left(peopled), keys_used(peopled)) == (0, {2})
    ring.retire(1)
    with peopled.at_work():
        assert Organization.objects.get(pk=peopled.survey.pk).phone == "027-87650000"
        numbers = {member.id_number for member in Member.objects.all()}
    assert numbers == {id_number(sequence=2 * number + 1) for number in range(6, 11)}


def test_what_carries_the_key_in_use_is_not_touched(peopled: College, ring: Keyring) -> None:
    assert again(peopled) == 0
    ring.add_field_key()
    again(peopled)
    with peopled.at_work():
        before = dict(Member.objects.values_list("pk", "id_number"))
    assert again(peopled) == 0
    with peopled.at_work():
        assert dict(Member.objects.values_list("pk", "id_number")) == before


@pytest.mark.parametrize("batch", [1, 2, 500])
def test_batches_of_any_size_leave_nothing_out(peopled: College, ring: Keyring, batch: int) -> None:
    ring.add_field_key()
    told: list[int] = []
    assert again(peopled, batch=batch, progress=told.append) == max(told)
    assert told == sorted(told)
    assert (left(peopled), keys_used(peopled)) == (0, {2})


def test_stopped_in_the_middle_it_goes_on_where_it_was(peopled: College, ring: Keyring) -> None:
    ring.add_field_key()
    whole = left(peopled)
    with pytest.raises(Stopped):
        again(peopled, batch=2, progress=stopping_at(4))
    assert left(peopled) == whole - 4
    assert keys_used(peopled) == {1, 2}
    assert again(peopled) == whole - 4
    assert (left(peopled), keys_used(peopled)) == (0, {2})


def test_a_row_changed_meanwhile_keeps_what_was_written(
    peopled: College, ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.add_field_key()
    member, changed = first_member(peopled), id_number(sequence=777)
    seal_again = rotation._sealed_again

    def while_somebody_writes(old: bytes, context: bytes) -> Any:
        if context == field_of(Member, "id_number").context(member.pk):
            fresh = field_of(Member, "id_number").sealed(member.pk, changed)
            Member.objects.filter(pk=member.pk).update(id_number=fresh)
        return seal_again(old, context)

    monkeypatch.setattr(rotation, "_sealed_again", while_somebody_writes)
    whole = left(peopled)
    assert again(peopled) == whole - 1
    assert first_member(peopled).id_number == changed
    assert (left(peopled), keys_used(peopled)) == (0, {2})


def test_a_row_written_meanwhile_by_who_had_the_old_key_still_is_met_the_next_time(
    peopled: College, ring: Keyring
) -> None:
    member = first_member(peopled)
    late = field_of(Member, "id_number").sealed(member.pk, "")
    ring.add_field_key()
    again(peopled)
    with peopled.at_work():
        Member.objects.filter(pk=member.pk).update(id_number=late)
    assert left(peopled) == 1
    assert again(peopled) == 1
    assert left(peopled) == 0


def test_a_row_that_does_not_open_is_told_left_and_counted(
    peopled: College, ring: Keyring, caplog: pytest.LogCaptureFixture
) -> None:
    member = first_member(peopled)
    moved = field_of(Member, "id_number").sealed(peopled.root.pk, "420106197808150131")
    with peopled.at_work():
        Member.objects.filter(pk=member.pk).update(id_number=moved)
    ring.add_field_key()
    whole = left(peopled)
    assert again(peopled, batch=1) == whole - 1
    assert left(peopled) == 1
    assert str(member.pk) in caplog.text
    assert "420106" not in caplog.text


def test_the_committee_next_door_keeps_its_rows_as_they_are(peopled: College, ring: Keyring) -> None:
    other = found_college("中共邻校委员会", "other-")
    ring.add_field_key()
    again(peopled)
    assert keys_used(other) == {1}
    assert left(other) == again(other) > 0
    assert (keys_used(other), keys_used(peopled)) == ({2}, {2})


@pytest.mark.django_db(transaction=True)
def test_each_batch_is_kept_although_a_later_one_fails(ring: Keyring) -> None:
    college = found_college()
    ring.add_field_key()
    whole = left(college)
    with pytest.raises(Stopped):
        again(college, batch=1, progress=stopping_at(2))
    assert left(college) == whole - 2


def test_files_are_sealed_again_a_few_at_a_time_for_each_may_be_of_10_mb(ring: Keyring, college: College) -> None:
    committee_id = college.root.committee_id
    with college.at_work():
        for n in range(12):
            keep(committee_id, f"{n}.pdf", bytes([n]) * 100)
    ring.add_field_key()
    told: list[int] = []
    assert reseal([KeptFile], committee_id=committee_id, progress=told.append) == 12
    assert told == [5, 10, 12]
    with college.at_work():
        assert [bytes_of(file)[0] for file in KeptFile.objects.order_by("id")] == list(range(12))
