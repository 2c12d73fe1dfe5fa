"""An output that cannot be reached when it is put off is put off as soon as it can be."""

from __future__ import annotations

import asyncio
import logging
from unittest.mock import patch

import pytest

from custom_components.cerebro.core.routine.model import Anchor, StepId
from custom_components.cerebro.core.routine.state import AnchorReached
from custom_components.cerebro.managers import Cerebro
from custom_components.cerebro.managers.routine import RoutineManager

from ..home import SECOND_ROUTINE, Home, alans_morning

SHOWER = StepId("shower")
COFFEE = "switch.coffee_machine"
VALVE = "valve.shower_valve"


async def async_share_the_coffee_machine(new_home: Home) -> RoutineManager:
    """Have Ada’s coffee on its way, and Alan up; return his routine."""
    new_home.others = alans_morning("07:02:00")
    home = await new_home.async_move_in()
    await home.async_until("07:01")
    await home.async_press_up()
    await home.async_place("kitchen")
    await home.async_pass(0.5)
    assert home.state(COFFEE).state == "on"
    await home.async_until("07:03")
    await home.hass.services.async_call(
        "button", "press", {"entity_id": "button.alans_morning_im_up"}, blocking=True
    )
    alan = home.cerebro.routines[SECOND_ROUTINE]
    await alan.async_observe(AnchorReached(anchor=Anchor.KITCHEN, source="motion"))
    await home.async_pass(0.5)
    return alan


async def async_open_the_water(home: Home) -> None:
    await home.async_until("07:00")
    await home.async_place("bathroom")
    await home.async_press_up()
    await home.async_pass(0.2)
    assert home.water_runs


async def test_an_output_that_comes_later_is_put_off_as_soon_as_it_is_there(home: Home) -> None:
    await async_open_the_water(home)
    await home.async_fault("shower_unreachable")
    release = asyncio.create_task(home.routine.runner.effects.async_release(SHOWER))
    await home.async_settle()
    assert home.state(VALVE).state == "unavailable"
    await home.async_fault("shower_unreachable", active=False)
    await home.async_settle()
    assert home.state(VALVE).state == "closing"
    assert await home.async_meanwhile(release)
    assert not home.water_runs


async def test_an_output_that_never_comes_is_told_after_a_while(home: Home) -> None:
    await async_open_the_water(home)
    await home.async_fault("shower_unreachable")
    assert not await home.async_meanwhile(home.routine.runner.effects.async_release(SHOWER))


async def test_a_valve_that_stays_stuck_is_logged_once_and_once_more_when_it_is_off(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    await async_open_the_water(home)
    await home.async_fault("valve_stuck")
    await home.async_act("stop")
    await home.async_pass(5)
    assert home.water_runs
    ours = "custom_components.cerebro"
    told = [one for one in caplog.records if one.name.startswith(ours) and one.levelno >= logging.WARNING]
    assert [one.getMessage() for one in told] == ["Ada’s morning could not see that shower is off: still_on"]
    await home.async_fault("valve_stuck", active=False)
    await home.async_pass(2)
    assert not home.water_runs
    assert caplog.messages.count("Ada’s morning sees that shower is off") == 1


async def test_of_two_who_share_a_coffee_machine_the_second_waits(new_home: Home) -> None:
    alan = await async_share_the_coffee_machine(new_home)
    assert alan.run is not None
    assert alan.run.steps[StepId("coffee")].attempts == 0
    assert alan.plan is not None
    held = alan.plan.held[StepId("coffee")]
    assert alan.sentence(held) == "Coffee waits: the coffee machine is taken."


async def test_a_machine_with_which_another_brews_is_left_on_until_that_one_stops(new_home: Home) -> None:
    with patch.object(Cerebro, "busy_resources", return_value={}):
        alan = await async_share_the_coffee_machine(new_home)
        assert alan.run is not None
        assert alan.run.steps[StepId("coffee")].attempts == 1
        await new_home.async_act("stop", entity_id="event.adas_morning_happening")
        await new_home.async_pass(0.5)
        assert new_home.routine.run is None
        assert new_home.state(COFFEE).state == "on"
        await new_home.async_act("stop", entity_id="event.alans_morning_happening")
        await new_home.async_pass(0.5)
    assert new_home.state(COFFEE).state == "off"


async def test_two_who_stop_at_once_leave_their_machine_off(new_home: Home) -> None:
    with patch.object(Cerebro, "busy_resources", return_value={}):
        alan = await async_share_the_coffee_machine(new_home)
        assert alan.run is not None
        assert alan.run.steps[StepId("coffee")].attempts == 1
        both = ["event.adas_morning_happening", "event.alans_morning_happening"]
        await new_home.async_act("stop", entity_id=both)
        await new_home.async_pass(0.5)
    assert new_home.state(COFFEE).state == "off"
