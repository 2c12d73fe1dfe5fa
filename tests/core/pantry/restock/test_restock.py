"""What is proposed, how likely, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import ProductId, Taste
from custom_components.cerebro.core.pantry.restock import Outlook, Restock

from ..lots import HAM, MILK, TODAY
from .shopper import PLAIN, Shopper


@pytest.fixture
def shopper() -> Shopper:
    """Return a household with nothing."""
    return Shopper()


def test_nothing_is_proposed_to_a_new_household(shopper: Shopper) -> None:
    assert shopper.proposals() == ()


def test_what_runs_out_within_days_is_proposed_with_the_day(shopper: Shopper) -> None:
    shopper.bought_ago(34, 28, 22, 16, 10, 4, whole=1200).used_daily(200, since=34)
    (milk,) = shopper.proposals(within=4)
    assert milk.probability > 0.9
    assert milk.amount == 1_200_000
    assert milk.left == 400_000
    assert milk.runs_out_on == TODAY + timedelta(days=2)
    assert milk.reason.key == "restock_runs_out"
    assert milk.reason.values == {"days": 6, "since": 4, "left": 400_000, "weekday": "weekday_3"}


def test_what_was_just_bought_is_not_proposed_for_tomorrow(shopper: Shopper) -> None:
    shopper.bought_ago(30, 24, 18, 12, 6, 0, whole=1200).used_daily(200, since=30)
    assert shopper.proposals(within=1) == ()


def test_what_is_used_is_inferred_from_purchases_where_nobody_writes_it_down(shopper: Shopper) -> None:
    shopper.bought_ago(42, 35, 28, 21, 14, 7, whole=1400)
    seen = shopper.forecast()
    assert seen.rate == pytest.approx(200_000, rel=0.05)
    assert seen.left < 300_000
    (milk,) = shopper.proposals(within=3)
    assert milk.probability > 0.6


def test_a_product_that_is_not_bought_any_more_is_given_up(shopper: Shopper) -> None:
    shopper.bought_ago(330, 323, 316, 309, 302, whole=1400)
    shopper.bought_ago(14, 7, of=HAM)
    assert [one.product_id for one in shopper.proposals()] == [HAM.product_id]


def test_never_again_is_never_proposed(shopper: Shopper) -> None:
    shopper.bought_ago(28, 21, 14, 7)
    shopper.described(replace(MILK, taste=Taste.NEVER, minimum=5_000_000))
    assert shopper.proposals(within=300) == ()


def test_less_than_the_minimum_is_certain(shopper: Shopper) -> None:
    product = replace(MILK, minimum=2_000_000, pack=750_000)
    shopper.bought_ago(1, whole=900, of=product)
    (milk,) = shopper.proposals(within=0)
    assert milk.probability == 1
    assert milk.amount == 1_500_000
    assert milk.reason.key == "restock_below_minimum"


def test_a_minimum_of_what_was_never_bought_is_proposed(shopper: Shopper) -> None:
    shopper.described(replace(MILK, minimum=2_000_000))
    (milk,) = shopper.proposals()
    assert (milk.amount, milk.probability, milk.runs_out_on) == (2_000_000, 1, None)


def test_what_is_always_to_be_there_is_proposed_earlier(shopper: Shopper) -> None:
    shopper.bought_ago(42, 35, 28, 21, 14, 7, 2, whole=1400).used_daily(200, since=42)
    usual = shopper.forecast(MILK)
    kept = shopper.forecast(replace(MILK, taste=Taste.KEEP))
    assert kept.probability > usual.probability


def test_what_goes_off_before_it_is_used_does_not_count(shopper: Shopper) -> None:
    shopper.bought_ago(30, 20, 10, whole=1000, good_for=60).used_daily(100, since=30)
    shopper.on(0).bought(whole=1000, good_for=1, on=TODAY)
    assert shopper.stock.total(MILK.product_id) == 1_000_000
    assert shopper.forecast().left < 200_000


def test_guests_bring_the_day_forward_and_an_empty_home_puts_it_off(shopper: Shopper) -> None:
    shopper.bought_ago(34, 28, 22, 16, 10, 4, whole=1200).used_daily(200, since=34)
    days: list[date] = []
    for demand in (3.0, 1.0, 0.0):
        seen = shopper.forecast(
            outlook=Outlook(demand=lambda day, f=demand: f if day < TODAY + timedelta(9) else 1)
        )
        assert seen.runs_out_on is not None
        days.append(seen.runs_out_on)
    assert days[0] < days[1] < days[2]


def test_days_off_use_more_where_they_did(shopper: Shopper) -> None:
    shopper.bought_ago(*range(14, 99, 7), whole=1400)
    for ago in range(91, 0, -1):
        weekend = (TODAY - timedelta(days=ago)).weekday() >= 5
        shopper.on(ago).used(400 if weekend else 120)
    shopper.on(0).bought(whole=1000, on=TODAY)
    friday = TODAY + timedelta(days=3)
    by_friday = shopper.forecast(until=friday).probability
    assert by_friday < 0.2
    assert shopper.forecast().runs_out_on == TODAY + timedelta(days=5)


def test_a_young_product_shrinks_to_its_category(shopper: Shopper) -> None:
    shopper.bought_ago(1, whole=1000)
    young = shopper.forecast().usual_days
    assert young == pytest.approx(6, abs=1)
    shopper.bought_ago(*range(0, 400, 40), whole=1000, of=HAM)
    assert shopper.forecast(HAM).usual_days > 30


def test_an_undone_purchase_leaves_no_trace(shopper: Shopper) -> None:
    shopper.bought_ago(28, 21, 14)
    before = shopper.forecast()
    wrong = shopper.on(0).bought(whole=9000, on=TODAY)
    assert shopper.forecast() != before
    back = shopper.undone(wrong)
    assert shopper.forecast() == before
    again = shopper.undone(back)
    assert shopper.forecast() != before
    shopper.undone(again)
    assert shopper.forecast() == before


def test_chances_follow_how_a_household_buys(shopper: Shopper) -> None:
    shopper.bought_ago(*range(5, 200, 10), whole=1000, of=HAM)
    early = shopper.forecast(HAM).probability
    eager = Shopper()
    eager.bought_ago(*range(5, 200, 10), whole=1000, of=HAM)
    # Ten other things are bought long before they are used up.
    for number in range(10):
        tea = replace(MILK, product_id=ProductId(f"tea{number}"), name=f"Tea {number}", category=Category.TEA)
        eager.bought_ago(*range(3, 200, 7), whole=1000, of=tea)
        eager.on(2).counted(90_000, of=tea)
    assert eager.forecast(HAM).probability > early + 0.02


def test_what_is_written_down_in_part_is_not_believed(shopper: Shopper) -> None:
    shopper.bought_ago(*range(6, 146, 7), whole=1400)
    for ago in range(145, 0, -1):
        if ago % 3:
            shopper.on(ago).used(200)
    assert shopper.stock.total(MILK.product_id) > 8_000_000
    seen = shopper.forecast()
    assert seen.left < 1_000_000
    assert seen.rate == pytest.approx(200_000, rel=0.1)


def test_a_correction_is_a_use_that_nobody_told(shopper: Shopper) -> None:
    shopper.bought_ago(30, 20, 10, 0, whole=1000)
    for ago in (20, 10, 1):
        shopper.on(ago).counted(1000)
    seen = shopper.forecast()
    assert seen.left == 1_000_000
    assert seen.rate == pytest.approx(1_000_000 / 10, rel=0.2)


def test_a_day_is_that_of_the_home() -> None:
    tokyo = Shopper(Restock(ZoneInfo("Asia/Tokyo")))
    tokyo.bought_ago(5)
    tokyo.at = datetime(2026, 11, 22, 20, tzinfo=UTC)
    tokyo.used(100)
    assert tokyo.model.diaries.products[MILK.product_id].days[date(2026, 11, 23)].used == 100_000


def test_the_night_the_clock_changes_is_one_day() -> None:
    begin = datetime(2026, 10, 24, 22, tzinfo=UTC)
    hours = [begin + timedelta(hours=number) for number in range(25)]
    shopper = Shopper().bought_ago(*range(31, 200, 7), whole=1400)
    for hour in hours:
        shopper.at = hour
        shopper.used(1)
    days = shopper.model.diaries.products[MILK.product_id].days
    assert days[date(2026, 10, 25)].used == 25_000
    seen = [shopper.model.forecast(MILK, shopper.stock, hour, PLAIN) for hour in hours]
    assert len({(one.rate, one.last_bought) for one in seen if one is not None}) == 1
