"""Distributions of durations and moments."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.routine.spread import RECENT, Spread, learned_spread

PRIOR = timedelta(minutes=5)
points = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30)
weighted = st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(0.1, 10)), min_size=1, max_size=30)


def test_nothing_is_no_distribution() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Spread.of([])


@pytest.mark.parametrize(
    ("share", "point"), [(0.0, 1), (0.25, 1), (0.26, 2), (0.5, 2), (0.75, 3), (0.76, 4), (1.0, 4)]
)
def test_a_quantile_is_the_least_point_with_its_share_at_or_below(share: float, point: float) -> None:
    assert Spread.of([3, 1, 4, 2]).quantile(share) == point


def test_weights_count() -> None:
    assert Spread.of([1, 2, 3], [1, 1, 8]).median == 3
    assert Spread.of([1, 2, 3], [8, 1, 1]).median == 1
    assert Spread.of([1, 2, 3], [8, 1, 1]).weight == 10


@given(pairs=weighted, share=st.floats(0, 1))
def test_a_quantile_has_its_share_below_and_the_rest_above(
    pairs: list[tuple[float, float]], share: float
) -> None:
    spread = Spread.of([point for point, _ in pairs], [weight for _, weight in pairs])
    found = spread.quantile(share)
    assert sum(weight for point, weight in pairs if point <= found) >= share * spread.weight * (1 - 1e-9)
    assert sum(weight for point, weight in pairs if point < found) <= share * spread.weight * (1 + 1e-9)


@given(points=points, one=st.floats(0, 1), other=st.floats(0, 1))
def test_a_greater_share_is_no_earlier(points: list[float], one: float, other: float) -> None:
    spread = Spread.of(points)
    assert spread.quantile(min(one, other)) <= spread.quantile(max(one, other))


@given(points=points, least=st.floats(-1e6, 1e6))
def test_what_lasts_longer_is_what_is_left(points: list[float], least: float) -> None:
    beyond = Spread.of(points).beyond(least)
    left = [point for point in points if point > least]
    if beyond is None:
        assert not left
    else:
        assert beyond == Spread.of(left)


def test_a_distribution_can_be_moved_and_grow() -> None:
    spread = Spread.of([10, 20], [1, 3])
    assert spread.earlier(5) == Spread.of([5, 15], [1, 3])
    assert spread.with_one(15, 2) == Spread.of([10, 15, 20], [1, 2, 3])


@given(samples=st.lists(st.integers(1, 900), max_size=60))
def test_what_is_learned_holds_the_last_samples_and_the_prior(samples: list[int]) -> None:
    taken = tuple(timedelta(seconds=one) for one in samples)
    spread = learned_spread(taken, PRIOR)
    assert sorted(spread.points) == sorted([*map(float, samples[-RECENT:]), 300.0])
    assert spread.weight == len(samples[-RECENT:]) + 1


def test_a_guess_gives_way_to_two_real_days() -> None:
    assert learned_spread((), PRIOR).median == 300
    assert learned_spread((timedelta(minutes=3),) * 2, PRIOR).median == 180


@given(samples=st.lists(st.integers(1, 900), min_size=1, max_size=10))
def test_equal_samples_teach_the_same_whichever_they_are(samples: list[int]) -> None:
    one, other = (tuple(timedelta(seconds=each) for each in samples) for _ in range(2))
    assume(one is not other)
    assert learned_spread(one, PRIOR) == learned_spread(other, PRIOR)
    assert learned_spread(one, PRIOR) is learned_spread(one, PRIOR)
