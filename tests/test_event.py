"""The event entity: every cue and what came of it."""

from __future__ import annotations

from typing import Any

from homeassistant.core import Event, EventStateChangedData, callback
from homeassistant.helpers.event import async_track_state_change_event

from custom_components.cerebro.core.routine.state import Happening

from .home import STEPS, Home, a_fridge

EVENT = "event.adas_morning_happening"


def follow(home: Home) -> list[dict[str, Any]]:
    """Return the list into which everything that is told goes."""
    told: list[dict[str, Any]] = []

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        new = event.data["new_state"]
        if new is not None and new.attributes.get("event_type") is not None:
            told.append(dict(new.attributes))

    async_track_state_change_event(home.hass, [EVENT], changed)
    return told


async def test_everything_that_can_happen_is_told(new_home: Home) -> None:
    new_home.alarm = {"snooze_length": 60}
    new_home.steps = tuple({**step, "needs": ["milk"]} for step in STEPS)
    new_home.others = (a_fridge(),)
    home = await new_home.async_move_in()
    told = follow(home)
    await home.async_until("07:00")
    await home.async_pass(1.2)
    await home.async_act("snooze")
    await home.async_pass(1.2)
    await home.async_act("pause")
    await home.async_act("resume")
    await home.async_place("bedroom")
    await home.async_pass(1)
    await home.async_place("bed")
    await home.async_pass(1)
    await home.async_press_up()
    await home.async_place("bathroom")
    await home.async_place("kitchen")
    await home.async_pass(1)
    await home.async_fault("water_empty")
    await home.async_fault("water_empty", active=False)
    await home.async_pass(1)
    await home.async_act("skip_step", step="shower")
    await home.async_fault("coffee_unreachable")
    await home.async_reboot()
    await home.async_fault("coffee_unreachable", active=False)
    await home.async_pass(1)
    await home.async_act("stop")
    await home.async_pass(1)
    types = [one["event_type"] for one in told]
    untold = {happening.value for happening in Happening} - set(types)
    assert untold <= {"step_retried"}, untold
    assert types[0] == "run_started"
    assert types[-1] == "run_ended"
    due = next(one for one in told if one["event_type"] == "step_due")
    assert {"step", "kind", "name", "reason", "run_id"} <= due.keys()
    assert len({one["run_id"] for one in told}) == 1
