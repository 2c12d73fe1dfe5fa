"""What is asked of the coming wake-ups: set for the day that is shown, and taken back while it counts."""

from __future__ import annotations

from homeassistant.exceptions import ServiceValidationError
import pytest

from ..home import DAYS, Home
from .test_wakeups import NEXT, dismiss

SHOWN = "time.adas_morning_wake_up_time"
ARMED = "switch.adas_morning_armed"


async def on_workdays(home: Home, evening: str) -> Home:
    """Move in at a moment; Ada wakes at seven on workdays."""
    home.wake = {"sources": ["times"], "times": dict.fromkeys(DAYS[:5], "07:00:00")}
    home.freezer.move_to(evening)
    return await home.async_move_in()


async def set_to(home: Home, clock: str) -> None:
    """Set the time that is shown."""
    await home.hass.services.async_call(
        "time", "set_value", {"entity_id": SHOWN, "time": clock}, blocking=True
    )


async def arm(home: Home, *, on: bool) -> None:
    await home.hass.services.async_call(
        "switch", "turn_on" if on else "turn_off", {"entity_id": ARMED}, blocking=True
    )


@pytest.mark.parametrize("clock", ["06:30:00", "07:30:00"])
async def test_on_friday_evening_it_is_monday_s_wake_up_that_is_set(new_home: Home, clock: str) -> None:
    home = await on_workdays(new_home, "2026-11-27T20:00:00+01:00")
    assert home.state(SHOWN).state == "07:00:00"
    await set_to(home, clock)
    assert home.state(SHOWN).state == clock
    assert home.state(NEXT).state == f"2026-11-30T{'05' if clock < '07' else '06'}:30:00+00:00"
    assert home.routine.reason == f"Monday: the wake-up was set to {clock[:5]}, this once."


async def test_on_a_day_off_a_time_still_to_come_is_meant_for_the_wake_up_that_is_shown(
    new_home: Home,
) -> None:
    home = await on_workdays(new_home, "2026-11-29T05:00:00+01:00")
    await set_to(home, "06:30:00")
    assert home.state(NEXT).state == "2026-11-30T05:30:00+00:00"


async def test_on_a_day_whose_wake_up_rang_a_time_still_to_come_is_meant_for_today(new_home: Home) -> None:
    home = await on_workdays(new_home, "2026-11-27T06:45:00+01:00")
    await home.async_until("07:01")
    await dismiss(home)
    assert home.state(NEXT).state == "2026-11-30T06:00:00+00:00"
    await set_to(home, "07:30:00")
    assert home.state(NEXT).state == "2026-11-27T06:30:00+00:00"


async def test_on_a_day_whose_wake_up_is_past_a_time_still_to_come_is_meant_for_today(new_home: Home) -> None:
    home = await on_workdays(new_home, "2026-11-27T14:00:00+01:00")
    await set_to(home, "14:00:10")
    assert home.state(NEXT).state == "2026-11-27T13:00:10+00:00"


async def test_where_no_wake_up_is_in_sight_it_is_the_first_day_on_which_it_is_to_come(
    new_home: Home,
) -> None:
    new_home.wake = {"sources": ["times"], "times": {}}
    home = await new_home.async_move_in()
    await set_to(home, "06:00:00")
    assert home.state(NEXT).state == "2026-11-25T05:00:00+00:00"
    await home.async_act("undo")
    await set_to(home, "23:00:00")
    assert home.state(NEXT).state == "2026-11-24T22:00:00+00:00"


async def test_undo_takes_back_what_was_asked_within_the_hour(home: Home) -> None:
    await arm(home, on=False)
    await home.async_act("undo")
    assert home.routine.armed


async def test_undo_disarms_nothing_days_later(home: Home) -> None:
    await arm(home, on=False)
    await arm(home, on=True)
    await home.async_until("07:01")
    await dismiss(home)
    await home.async_pass(3 * 24 * 60, step_s=3600)
    with pytest.raises(ServiceValidationError):
        await home.async_act("undo")
    assert home.routine.armed


async def test_undo_takes_arming_back_step_by_step(home: Home) -> None:
    await arm(home, on=False)
    await arm(home, on=True)
    await home.async_act("undo")
    assert not home.routine.armed
    await home.async_act("undo")
    assert home.routine.armed
    with pytest.raises(ServiceValidationError):
        await home.async_act("undo")


async def test_undo_leaves_the_wake_up_of_a_day_that_rang(home: Home) -> None:
    await home.async_act("set_wake_time", time="06:55:00")
    await home.async_until("06:56")
    await dismiss(home)
    with pytest.raises(ServiceValidationError):
        await home.async_act("undo")


async def test_undo_takes_a_skipped_wake_up_back_while_its_day_lasts(home: Home) -> None:
    await home.async_act("skip_next")
    await home.async_act("undo")
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
