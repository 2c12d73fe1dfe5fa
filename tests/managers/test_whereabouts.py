"""Who is at home: phones stray and others move about, and neither costs anybody their alarm."""

from __future__ import annotations

import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from ..home import Home
from .test_alarm import phone
from .test_wakeups import rings

__all__ = ["phone"]


async def test_a_phone_that_strays_for_minutes_costs_nobody_without_a_bed_sensor_their_alarm(
    new_home: Home,
) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    await home.async_until("06:58")
    home.hass.states.async_set("person.ada", "home")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_pass(1)
    assert home.routine.run is not None
    await home.async_until("07:01")
    assert rings(home)
    home.hass.states.async_set("person.ada", "home")
    await home.async_until("07:15")
    assert rings(home)


async def test_a_phone_that_strayed_before_the_lead_is_looked_for_again(new_home: Home) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("06:55")
    assert home.routine.run is None
    home.hass.states.async_set("person.ada", "home")
    await home.async_pass(0.2)
    assert home.routine.run is not None
    await home.async_until("07:01")
    assert rings(home)


async def test_who_is_away_for_good_ends_the_alarm_after_a_while(new_home: Home) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    await home.async_until("07:01")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_pass(5)
    home.hass.states.async_set("person.ada", "Office")
    await home.async_pass(4)
    assert rings(home)
    await home.async_pass(2)
    assert home.routine.run is None
    assert home.routine.last_run is not None
    assert home.routine.last_run.reason is not None
    assert home.routine.last_run.reason.key == "left_home"


@pytest.mark.parametrize("door_first", [True, False])
async def test_the_front_door_proves_that_who_is_away_has_left(new_home: Home, *, door_first: bool) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    await home.async_until("07:01")
    signs = [("binary_sensor.front_door", "on"), ("person.ada", "not_home")]
    for entity_id, state in signs if door_first else reversed(signs):
        assert rings(home)
        home.hass.states.async_set(entity_id, state)
        await home.async_settle()
    await home.async_pass(0.5)
    assert home.routine.run is None


async def test_who_went_away_just_before_the_wake_up_is_rung_for_until_they_are_surely_gone(
    new_home: Home,
) -> None:
    new_home.occupant = {"bed": []}
    new_home.steps, new_home.alarm = ({"id": "alarm", "kind": "alarm"},), {"light_ramp": 0}
    home = await new_home.async_move_in()
    await home.async_until("06:55")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("07:02")
    assert rings(home)
    await home.async_until("07:06")
    assert home.routine.run is None


async def test_somebody_else_who_moves_before_the_wake_up_ends_no_alarm(new_home: Home) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    await home.async_until("06:55")
    home.hass.states.async_set("binary_sensor.kitchen_motion", "on")
    await home.async_until("07:01")
    assert rings(home)
    home.hass.states.async_set("binary_sensor.kitchen_motion", "off")
    home.hass.states.async_set("binary_sensor.kitchen_motion", "on")
    await home.async_pass(0.2)
    assert not rings(home)


@pytest.mark.usefixtures("phone")
async def test_the_phone_is_told_that_nobody_is_woken(new_home: Home) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    told = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("07:01")
    assert home.routine.run is None
    assert [call.data["message"] for call in told] == [
        "Nobody is at home: the wake-up at 07:00 does not ring."
    ]


@pytest.mark.usefixtures("phone")
async def test_the_phone_is_told_that_the_alarm_ended_because_everybody_left(new_home: Home) -> None:
    new_home.occupant = {"bed": []}
    home = await new_home.async_move_in()
    told = async_mock_service(home.hass, "notify", "mobile_app_pocket")
    await home.async_until("07:01")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_pass(11)
    assert "Everybody has left, so the rest is left out." in [call.data["message"] for call in told]
