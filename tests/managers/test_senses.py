"""Sensors that chatter: what they report besides their state is news to nobody but the steps."""

from __future__ import annotations

import pytest

from custom_components.cerebro.core.routine.model import Anchor

from ..home import Home
from .test_wakeups import rings

BED = "binary_sensor.bedroom_bed_occupancy"


def journal_lines(home: Home) -> int:
    return len(home.journal.read_bytes().splitlines())


async def chatter(home: Home, entity_id: str, state: str, *, times: int, every_s: float) -> None:
    """Have a sensor report the quality of its link again and again, its state being the same."""
    for quality in range(times):
        home.hass.states.async_set(entity_id, state, {"linkquality": quality})
        await home.async_pass(every_s / 60, step_s=every_s)


async def test_a_bed_sensor_that_chatters_tells_that_somebody_is_up(home: Home) -> None:
    await home.async_until("07:01")
    assert rings(home)
    await chatter(home, BED, "off", times=12, every_s=10)
    assert home.routine.run is not None
    assert Anchor.UP in home.routine.run.anchors
    assert not rings(home)


async def test_a_bed_that_is_lain_in_again_at_once_was_not_left(home: Home) -> None:
    await home.async_until("07:01")
    home.hass.states.async_set(BED, "off")
    await home.async_pass(0.2)
    home.hass.states.async_set(BED, "on")
    await home.async_pass(1)
    assert home.routine.run is not None
    assert Anchor.UP not in home.routine.run.anchors
    assert rings(home)


@pytest.mark.parametrize("sensor", ["kitchen_motion", "hall_motion", "bathroom_leak"])
async def test_a_sensor_that_chatters_fills_no_journal(home: Home, sensor: str) -> None:
    await home.async_until("07:01")
    await home.async_place("bedroom")
    await home.async_press_up()
    await home.async_pass(0.5)
    state = "off" if sensor == "bathroom_leak" else "on"
    home.hass.states.async_set(f"binary_sensor.{sensor}", state)
    await home.async_settle()
    before = journal_lines(home)
    await chatter(home, f"binary_sensor.{sensor}", state, times=60, every_s=0.5)
    assert journal_lines(home) - before <= 3
