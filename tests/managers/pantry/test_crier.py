"""What is worth telling is told once, at the right moment of the home's own day."""

from __future__ import annotations

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from ...kitchen import DOOR, THERMOMETER, Kitchen

PANTRY, FRIDGE = "event.cerebro_pantry", "event.fridge_change"
DOOR_OPEN = "binary_sensor.fridge_door_open_too_long"
MINUTE = timedelta(minutes=1)


def feel(kitchen: Kitchen, temperature_c: float) -> None:
    """Have the fridge's thermometer show a temperature."""
    kitchen.hass.states.async_set(
        THERMOMETER, str(temperature_c), {"unit_of_measurement": "°C", "device_class": "temperature"}
    )


@pytest.mark.parametrize(
    ("evening", "good_until"),
    [
        ("2026-11-24T23:50:00+01:00", "2026-11-28"),
        ("2027-03-27T23:50:00+01:00", "2027-03-31"),
        ("2027-03-28T23:50:00+02:00", "2027-04-01"),
        ("2026-10-24T23:50:00+02:00", "2026-10-28"),
        ("2026-10-25T23:50:00+01:00", "2026-10-29"),
    ],
)
async def test_a_product_goes_off_soon_from_the_home_s_own_midnight(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, evening: str, good_until: str
) -> None:
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to(evening)
    kitchen = await Kitchen(hass=hass, freezer=freezer).async_move_in()
    told = kitchen.follow(PANTRY)
    await kitchen.async_act("add_stock", product="Yogurt", amount=4, best_before=good_until)
    await kitchen.async_pass(9 * MINUTE, step=MINUTE)
    assert told == []
    assert kitchen.state("sensor.cerebro_goes_off_soon").state == "0"
    await kitchen.async_pass(2 * MINUTE, step=MINUTE)
    assert [(one["event_type"], one["product"]) for one in told] == [("product_soon_off", "Yogurt")]
    assert kitchen.state("sensor.cerebro_goes_off_soon").state == "1"


async def test_what_was_told_is_not_told_again_after_a_restart(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Yogurt", amount=4, best_before="2026-11-26")
    told_at = kitchen.state(PANTRY).state
    assert kitchen.state(PANTRY).attributes["event_type"] == "product_soon_off"
    await kitchen.async_pass(MINUTE)
    await kitchen.async_reboot()
    assert kitchen.state(PANTRY).state == told_at


async def test_a_door_that_is_left_open_is_told_once_and_a_problem_until_it_is_shut(
    kitchen: Kitchen,
) -> None:
    told = kitchen.follow(FRIDGE)
    kitchen.hass.states.async_set(DOOR, "on", {"device_class": "door"})
    await kitchen.async_pass(15 * MINUTE, step=MINUTE)
    assert kitchen.state(DOOR_OPEN).state == "on"
    assert [one["event_type"] for one in told] == ["door_left_open"]
    kitchen.hass.states.async_set(DOOR, "off", {"device_class": "door"})
    await kitchen.hass.async_block_till_done()
    assert kitchen.state(DOOR_OPEN).state == "off"


async def test_a_door_that_is_shut_in_time_is_nobody_s_concern(kitchen: Kitchen) -> None:
    told = kitchen.follow(FRIDGE)
    for _ in range(5):
        kitchen.hass.states.async_set(DOOR, "on", {"device_class": "door"})
        await kitchen.async_pass(timedelta(seconds=20))
        kitchen.hass.states.async_set(DOOR, "off", {"device_class": "door"})
        await kitchen.async_pass(5 * MINUTE, step=MINUTE)
    assert told == []
    assert kitchen.state(DOOR_OPEN).state == "off"


async def test_a_fridge_that_was_warm_for_hours_has_its_food_told_and_past_its_date(
    kitchen: Kitchen,
) -> None:
    await kitchen.async_act("add_stock", product="Chicken", amount=500, unit="g", pantry="Fridge")
    told = kitchen.follow(FRIDGE)
    for _ in range(16):
        feel(kitchen, 20)
        await kitchen.async_pass(30 * MINUTE, step=10 * MINUTE)
    for _ in range(8):
        feel(kitchen, 4)
        await kitchen.async_pass(30 * MINUTE, step=10 * MINUTE)
    (warm,) = [one for one in told if one["event_type"] == "too_warm"]
    assert [(one["product"], one["unsafe"]) for one in warm["products"]] == [("Chicken", True)]
    assert warm["products"][0]["reason"]
    assert float(kitchen.state("sensor.fridge_warm_hours").state) > 7
    assert kitchen.state("sensor.cerebro_past_its_date").state == "1"


async def test_a_warm_fridge_is_warm_still_after_a_restart(kitchen: Kitchen) -> None:
    for _ in range(8):
        feel(kitchen, 20)
        await kitchen.async_pass(30 * MINUTE, step=10 * MINUTE)
    before = kitchen.state("sensor.fridge_warm_hours").state
    assert float(before) > 3
    await kitchen.async_reboot()
    assert kitchen.state("sensor.fridge_warm_hours").state == before


async def test_an_empty_fridge_may_be_warm(kitchen: Kitchen) -> None:
    told = kitchen.follow(FRIDGE)
    for temperature_c in (*[20] * 10, *[4] * 6):
        feel(kitchen, temperature_c)
        await kitchen.async_pass(30 * MINUTE, step=10 * MINUTE)
    assert told == []


@pytest.mark.parametrize(
    ("zone", "night"),
    [("America/Santiago", "2026-09-05T23:30:00-04:00"), ("Africa/Cairo", "2026-04-23T23:30:00+02:00")],
)
async def test_a_day_whose_midnight_the_clocks_skip_begins_as_any_other(
    new_kitchen: Kitchen, zone: str, night: str
) -> None:
    await new_kitchen.hass.config.async_set_time_zone(zone)
    new_kitchen.freezer.move_to(night)
    kitchen = await new_kitchen.async_move_in()
    today = dt_util.now().date().isoformat()
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before=today)
    told = kitchen.follow("event.cerebro_pantry")
    await kitchen.async_pass(timedelta(hours=1), step=timedelta(minutes=10))
    assert [one["event_type"] for one in told] == ["product_past_date"]
    assert kitchen.state("sensor.cerebro_past_its_date").state == "1"
