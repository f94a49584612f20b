"""Who is inspected: anybody with seed and list draws the same; nobody is drawn more often than others."""

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from paicha.domain.sampling import drawn, size_of

LISTS = st.lists(st.uuids().map(str), unique=True, max_size=40)


@given(st.text("0123456789abcdef", min_size=1, max_size=32), LISTS, st.integers(0, 50), st.randoms())
def test_the_same_seed_draws_the_same_whatever_the_order(
    seed: str, whole: list[str], size: int, random: Random
) -> None:
    shuffled = list(whole)
    random.shuffle(shuffled)
    first = drawn(seed, whole, size)
    assert drawn(seed, shuffled, size) == first
    assert len(first) == len(set(first)) == min(size, len(whole))
    assert set(first) <= set(whole)


def test_each_is_drawn_about_as_often_as_any_other() -> None:
    whole = [f"member-{n}" for n in range(20)]
    counts = Counter(one for seed in range(2_000) for one in drawn(f"{seed:x}", whole, 5))
    assert min(counts[one] for one in whole) > 430  # 500 each, four standard deviations are 78
    assert max(counts.values()) < 570


def test_a_share_is_rounded_up_and_a_number_has_its_bound() -> None:
    assert [size_of(n, share=10) for n in (0, 1, 10, 11)] == [0, 1, 1, 2]
    assert [size_of(n, number=3) for n in (0, 2, 9)] == [0, 2, 3]
