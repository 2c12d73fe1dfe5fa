"""Calls that are cut short: an automation that is started anew cancels what it was doing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

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


@pytest.fixture
def disk(home: Home, monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """Return what lets the journal write on: until it is set, the disk is slow."""
    ready, journal = asyncio.Event(), home.routine.runner.journal
    append = journal.async_append

    async def write(line: Mapping[str, Any]) -> None:
        await ready.wait()
        await append(line)

    monkeypatch.setattr(journal, "async_append", write)
    return ready


async def test_a_command_whose_caller_is_cancelled_while_it_is_written_down_is_carried_out(
    home: Home, disk: asyncio.Event
) -> None:
    call = asyncio.create_task(home.routine.async_command(Command.PAUSE))
    await asyncio.sleep(0)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert home.state("sensor.cerebro").state != "paused"
    disk.set()
    await home.async_settle()
    assert home.state("sensor.cerebro").state == "paused"
    assert home.journaled()["run"]["phase"] == "paused"


async def test_a_command_that_is_refused_after_its_caller_was_cancelled_troubles_nobody(
    home: Home, disk: asyncio.Event, caplog: pytest.LogCaptureFixture
) -> None:
    pausing = asyncio.create_task(home.routine.async_command(Command.PAUSE))
    again = asyncio.create_task(home.routine.async_command(Command.PAUSE))
    await asyncio.sleep(0)
    again.cancel()
    await asyncio.gather(again, return_exceptions=True)
    disk.set()
    await pausing
    await home.async_settle()
    assert home.state("sensor.cerebro").state == "paused"
    assert "never retrieved" not in caplog.text
