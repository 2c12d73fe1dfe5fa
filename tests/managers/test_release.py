"""An output that cannot be reached when it is put off is put off as soon as it can be."""

from __future__ import annotations

import asyncio
import logging

import pytest

from custom_components.cerebro.core.routine.model import StepId

from ..home import Home

SHOWER = StepId("shower")
VALVE = "valve.shower_valve"


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
