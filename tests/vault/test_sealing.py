"""Sealed bytes open at their own place, with their own key, unchanged: and nowhere else."""

import struct

import pytest

from paicha.vault.hashing import Hashed, hasher, keyed_hash
from paicha.vault.keys import AES_256_GCM, SM4_GCM, Keyring
from paicha.vault.sealing import SHORTEST, Tampered, key_id_of, seal, unseal

PLAIN, PLACE = "居民身份证号码".encode(), b"member|id_number|7"


@pytest.fixture(params=[AES_256_GCM, SM4_GCM], ids=["AES-256-GCM", "SM4-GCM"])
def suite(request: pytest.FixtureRequest, ring: Keyring) -> int:
    ring.add_field_key(request.param)
    chosen: int = request.param
    return chosen


def test_what_is_sealed_opens_at_its_place(suite: int) -> None:
    assert unseal(seal(PLAIN, PLACE), PLACE) == PLAIN
    assert unseal(seal(b"", PLACE), PLACE) == b""


def test_the_layout_is_suite_key_nonce_data_and_tag(suite: int) -> None:
    sealed = seal(PLAIN, PLACE)
    assert struct.unpack(">BI", sealed[:5]) == (suite, 2)
    assert len(sealed) == SHORTEST + len(PLAIN) == 1 + 4 + 12 + 16 + len(PLAIN)
    assert key_id_of(sealed) == 2
    assert PLAIN not in sealed


def test_the_same_value_is_never_sealed_alike(suite: int) -> None:
    assert len({seal(PLAIN, PLACE) for _ in range(100)}) == 100


def test_it_opens_at_no_other_place(suite: int) -> None:
    sealed = seal(PLAIN, PLACE)
    for elsewhere in (b"member|id_number|8", b"member|phone|7", b"contact|id_number|7", b""):
        with pytest.raises(Tampered):
            unseal(sealed, elsewhere)


def test_no_changed_byte_and_no_cut_passes(suite: int) -> None:
    sealed = seal(PLAIN, PLACE)
    for at in range(len(sealed)):
        with pytest.raises(Tampered):
            unseal(sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :], PLACE)
        with pytest.raises(Tampered):
            unseal(sealed[:at], PLACE)


def test_another_installation_opens_nothing(suite: int, settings: object, tmp_path_factory: object) -> None:
    sealed = seal(PLAIN, PLACE)
    settings.KEYRING = Keyring.open(tmp_path_factory.mktemp("other") / "keys.json")  # type: ignore[attr-defined]
    with pytest.raises(Tampered) as raised:
        unseal(sealed, PLACE)
    assert "打不开" in str(raised.value)
    assert "member" not in str(raised.value)


def test_a_retired_key_opens_nothing(ring: Keyring) -> None:
    sealed = seal(PLAIN, PLACE)
    ring.add_field_key()
    assert unseal(sealed, PLACE) == PLAIN
    ring.retire(1)
    with pytest.raises(Tampered):
        unseal(sealed, PLACE)


def test_what_another_process_sealed_with_a_newer_key_opens(ring: Keyring, settings: object, tmp_path: object) -> None:
    Keyring.open(ring.path).add_field_key()
    settings.KEYRING = other = Keyring.open(ring.path)  # type: ignore[attr-defined]
    sealed = seal(PLAIN, PLACE)
    assert key_id_of(sealed) == other.current_field_key[0] == 2
    settings.KEYRING = ring  # type: ignore[attr-defined]
    assert unseal(sealed, PLACE) == PLAIN


@pytest.mark.parametrize("short", [b"", b"\x01", b"\x01\x00\x00\x00"])
def test_bytes_that_are_too_short_name_no_key(short: bytes) -> None:
    with pytest.raises(Tampered):
        key_id_of(short)


def test_a_phone_never_hashes_like_a_number(ring: Keyring) -> None:
    hashes = {keyed_hash(kind, "13800000000") for kind in Hashed}
    assert len(hashes) == len(Hashed)
    assert {len(digest) for digest in hashes} == {32}


def test_a_hash_is_the_same_each_time_and_rests_on_the_key(ring: Keyring, settings: object, tmp_path: object) -> None:
    here = keyed_hash(Hashed.PHONE, "13800000000")
    assert here == keyed_hash(Hashed.PHONE, "13800000000")
    ring.add_field_key()
    assert here == keyed_hash(Hashed.PHONE, "13800000000")
    settings.KEYRING = Keyring.open(tmp_path / "other.json")  # type: ignore[attr-defined,operator]
    assert here != keyed_hash(Hashed.PHONE, "13800000000")


def test_a_hash_of_many_is_the_hash_of_one() -> None:
    for kind in Hashed:
        hash_ = hasher(kind)
        for value in ("13800000000", "", "x" * 200, "13800000000"):
            assert hash_(value) == keyed_hash(kind, value)
