"""The next shopping day fits the household and comes before things run out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import ShopId
from custom_components.cerebro.core.pantry.shopping.times import OpeningTime
from custom_components.cerebro.managers.texts import Texts

from .errands import HAM, MARKET, MILK, Errands, proposal, shop

WEEK = tuple(OpeningTime(weekday=day, begins=time(9), ends=time(19)) for day in range(6))


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Errands:
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T20:00:00+00:00")
    errands = Errands(hass, await Texts.load(hass))
    butcher = shop("todo.butcher", name="Butcher", carries=(Category.COLD_CUTS,), times=WEEK[4:])
    errands.shops = {one.shop_id: one for one in (shop("todo.market", times=WEEK), butcher)}
    return errands


def reason(home: Errands, shop_id: ShopId) -> str:
    slot = home.outings.next_slot(shop_id)
    assert slot is not None
    return home.texts.render(slot.reason)


def test_what_runs_out_first_in_a_shop_is_the_reason_for_it_alone(home: Errands) -> None:
    home.proposals = [proposal(out=date(2026, 11, 25)), proposal(HAM, out=date(2026, 11, 26))]
    assert reason(home, MARKET) == f"In time before {MILK.name} runs out on Wednesday"
    assert reason(home, ShopId("butcher")) == "The first good time, though Ham runs out 1 d before it"


def test_the_next_day_is_that_of_the_first_shop(home: Errands) -> None:
    assert home.outings.next_day == date(2026, 11, 25)
    del home.shops[MARKET]
    assert home.outings.next_day == date(2026, 11, 27)


def test_without_a_shop_it_is_tomorrow(home: Errands) -> None:
    home.shops.clear()
    assert home.outings.next_day == date(2026, 11, 25)
    assert home.outings.next_slot(MARKET) is None


def test_a_day_on_which_everybody_is_busy_is_left_out(home: Errands) -> None:
    home.busy.append((datetime(2026, 11, 25, tzinfo=UTC), datetime(2026, 11, 26, tzinfo=UTC)))
    assert home.outings.next_day == date(2026, 11, 26)


def test_it_is_the_day_on_which_the_household_usually_shops(home: Errands) -> None:
    friday = datetime(2026, 11, 20, 17, tzinfo=UTC)
    home.learn_trip(friday)
    assert home.outings.next_day == date(2026, 11, 27)
    assert reason(home, MARKET) == "On Friday, as you usually do"
