"""What the same season of the year before tells."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.restock.diary import Day
from custom_components.cerebro.core.pantry.restock.season import MOST, season

from ..lots import TODAY
from .shopper import Shopper

LAST_YEAR = TODAY - timedelta(days=365)


def used(amounts: dict[int, int]) -> list[tuple[date, Day]]:
    """Return days counted from a year ago, each with what was used."""
    days = {LAST_YEAR + timedelta(days=number): Day(used=amount) for number, amount in amounts.items()}
    return sorted(days.items())


def test_without_a_year_there_is_no_season() -> None:
    assert season([], TODAY, 100) == 1
    assert season(used(dict.fromkeys(range(-60, 60), 10)), TODAY, 100) == 1


def test_as_much_as_ever_is_no_season() -> None:
    assert season(used(dict.fromkeys(range(-91, 60), 10)), TODAY, 100) == pytest.approx(1, abs=0.01)


def test_what_was_used_more_then_is_expected_to_be_again() -> None:
    amounts = dict.fromkeys(range(-91, -7), 10) | dict.fromkeys(range(-7, 60), 20)
    assert 1.3 < season(used(amounts), TODAY, 50) <= MOST


def test_one_large_purchase_is_no_season() -> None:
    assert season(used({-91: 1, 5: 100}), TODAY, 100) < 1.3


@given(st.dictionaries(st.integers(-120, 60), st.integers(0, 1000)), st.integers(1, 5000))
def test_a_season_is_bounded(amounts: dict[int, int], portion: int) -> None:
    assert 1 / MOST <= season(used(amounts), TODAY, portion) <= MOST


def test_a_forecast_goes_by_the_season() -> None:
    shopper = Shopper().bought_ago(*range(0, 480, 10), whole=2200)
    for ago in range(479, 0, -1):
        summer = 330 < ago < 373
        shopper.on(ago).used(200 if summer else 100)
    assert shopper.forecast().rate > 115_000
