"""Calls that are cut short: an automation that is started anew cancels what it was doing."""

from __future__ import annotations

import asyncio

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.cerebro.core.routine.state import Command

from ..home import Home


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Home:
    """Return the home with its routine under way, Ada in bed."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T06:30:00+01:00")
    home = await Home(hass=hass, freezer=freezer).async_move_in()
    await home.async_act("start_routine")
    return home


async def test_a_command_whose_caller_is_cancelled_while_it_is_written_down_is_carried_out(
    home: Home,
) -> None:
    call = asyncio.create_task(home.routine.async_command(Command.PAUSE))
    await asyncio.sleep(0)
    assert home.state("sensor.cerebro").state != "paused"
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    await home.async_settle()
    assert home.state("sensor.cerebro").state == "paused"
    assert (await home.routine.runner.journal.async_recall()).line["run"]["phase"] == "paused"


async def test_a_command_that_is_refused_after_its_caller_was_cancelled_troubles_nobody(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    call = asyncio.create_task(home.routine.async_command(Command.RESUME))
    await asyncio.sleep(0)
    call.cancel()
    await asyncio.gather(call, return_exceptions=True)
    await home.async_settle()
    assert "never retrieved" not in caplog.text
