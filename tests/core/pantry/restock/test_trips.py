"""What is bought on the next trip, from the trips before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.restock.trips import RECENT, next_trip, scores, within

TRIPS = st.lists(st.lists(st.integers(0, 8), unique=True, max_size=6), max_size=40)


def test_nothing_is_bought_again_that_never_was() -> None:
    assert next_trip([]) == {}
    assert next_trip([[], []]) == {}


def test_what_is_bought_often_is_likelier() -> None:
    chances = next_trip([["milk", "rice"], ["milk"], ["milk", "ham"]])
    assert chances["milk"] > chances["ham"]
    assert chances["milk"] > chances["rice"]


def test_what_was_bought_lately_is_likelier() -> None:
    found = scores([["ham", "tea"], ["rice", "salt"], ["milk", "oil"]])
    assert found["milk"] > found["rice"] > found["ham"]


def test_what_is_bought_on_its_own_is_meant() -> None:
    found = scores([["milk"], ["ham", "rice", "tea", "salt"], ["milk"], ["ham", "oil", "jam", "nuts"]])
    assert found["milk"] > found["ham"] - 0.2


def test_only_the_last_trips_are_looked_at() -> None:
    old = [["salt"]] * 5 + [["milk"]] * RECENT
    assert "salt" not in next_trip(old)


def test_more_trips_are_more_chances() -> None:
    assert within(0.5, 0) == 0
    assert within(0.5, 1) == pytest.approx(0.5)
    assert within(0.5, 2) == pytest.approx(0.75)


@given(trips=TRIPS)
def test_chances_are_between_none_and_certainty(trips: list[list[int]]) -> None:
    chances = next_trip(trips)
    assert chances.keys() <= {thing for trip in trips for thing in trip}
    assert all(0 < chance < 1 for chance in chances.values())
