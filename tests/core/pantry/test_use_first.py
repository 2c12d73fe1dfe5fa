"""What to use first."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.model import Lot
from custom_components.cerebro.core.pantry.use_first import to_use_first

from .lots import PRODUCTS, TODAY, lot


@pytest.mark.parametrize(
    ("days", "key"),
    [(-5, "off_past"), (-1, "off_yesterday"), (0, "off_today"), (1, "off_tomorrow"), (4, "off_in_days")],
)
def test_the_reason_says_how_long_it_is_good(days: int, key: str) -> None:
    (advice,) = to_use_first([lot("a", good_for=days)], PRODUCTS, TODAY)
    assert advice.reason.key == key


def test_an_opened_one_comes_before_a_closed_one_of_the_same_day_and_says_so() -> None:
    lots = [lot("a", good_for=4), lot("b", good_for=4, opened_on=TODAY - timedelta(days=2))]
    first, second = to_use_first(lots, PRODUCTS, TODAY)
    assert (first.lot.lot_id, second.lot.lot_id) == ("b", "a")
    assert first.reason.key == "off_opened"
    assert first.reason.values == {"days": 4, "since": 2}


def test_what_warmth_took_brings_a_lot_forward_and_is_said() -> None:
    warm, cool = lot("warm", good_for=6), lot("cool", good_for=5)

    def good_until(one: Lot) -> date | None:
        assert one.best_before is not None
        return one.best_before - timedelta(days=3 if one is warm else 0)

    first, _ = to_use_first([cool, warm], PRODUCTS, TODAY, good_until=good_until)
    assert first.lot is warm
    assert (first.reason.key, first.reason.values) == ("off_by_warmth", {"days": 3, "lost": 3})


def test_what_never_goes_off_is_left_out() -> None:
    assert to_use_first([lot("salt")], PRODUCTS, TODAY) == ()


@given(st.lists(st.integers(-20, 40)), st.integers(0, 10))
def test_it_is_in_order_and_within_the_span(days: list[int], within: int) -> None:
    lots = [lot(f"{number:03}", good_for=one) for number, one in enumerate(days)]
    found = to_use_first(lots, PRODUCTS, TODAY, within_days=within)
    assert [advice.off_on for advice in found] == sorted(advice.off_on for advice in found)
    assert len(found) == sum(one <= within for one in days)
