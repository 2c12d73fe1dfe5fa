"""Looking the coming days up: in the background, once for many changes, and by nobody who was replaced."""

from __future__ import annotations

import pytest

from ..home import DAYS, ROUTINE, Home
from .test_wakeups import NEXT, rings, with_calendar


def wake_at(home: Home, clock: str) -> None:
    """Have the routine edited: it wakes at another time."""
    subentry = home.entry.subentries[ROUTINE]
    wake = {"sources": ["times"], "times": dict.fromkeys(DAYS, clock)}
    home.hass.config_entries.async_update_subentry(home.entry, subentry, data={**subentry.data, "wake": wake})


@pytest.mark.parametrize("answers_in_s", [60, 3600])
async def test_a_routine_edited_while_its_calendar_is_asked_rings_at_its_new_time_only(
    new_home: Home, answers_in_s: float
) -> None:
    calendar = await with_calendar(new_home)
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    before = home.routine
    calendar.slow_s = answers_in_s
    home.hass.states.async_set("calendar.ada", "on")
    await home.async_settle()
    assert before.wakeups._looking.locked()
    calendar.slow_s = 0
    wake_at(home, "07:20:00")
    await home.async_settle()
    assert home.routine is not before
    await home.async_until("07:05")
    assert not rings(home)
    assert home.routine.run is None or home.routine.run.woke_at is None
    assert home.routine.wakeups.row.pending == "2026-11-24T06:20:00+00:00"
    await home.async_until("07:21")
    assert rings(home)


async def test_what_was_replaced_plans_nothing_and_begins_nothing(home: Home) -> None:
    before = home.routine.wakeups
    wake_at(home, "07:20:00")
    await home.async_settle()
    row = home.routine.wakeups.row
    before.replan()
    await before.async_look()
    before._look_soon()
    await before._async_begin(home.freezer.time_to_freeze)
    await home.async_settle()
    assert before._timers == {}
    assert before._looks == set()
    assert row.pending == "2026-11-24T06:20:00+00:00"
    assert row.running_day is None


async def test_a_look_that_fails_is_not_the_last(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail() -> None:
        raise OSError("no network")

    with monkeypatch.context() as broken:
        broken.setattr(home.routine.wakeups.almanac, "async_look", fail)
        with pytest.raises(OSError, match="no network"):
            await home.routine.wakeups.async_look()
    assert "look" in home.routine.wakeups._timers
    await home.routine.wakeups.async_look()
    assert not home.routine.wakeups._looking.locked()


async def test_many_changes_at_once_are_looked_up_once(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    calendar.asked = 0
    for change in range(50):
        home.hass.states.async_set("calendar.ada", "on", {"message": str(change)})
    await home.async_settle()
    assert calendar.asked == 1


async def test_changes_during_a_look_are_looked_up_once_after_it(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    calendar.asked, calendar.slow_s = 0, 60
    home.hass.states.async_set("calendar.ada", "on")
    await home.async_settle()
    calendar.slow_s = 0
    for change in range(50):
        home.hass.states.async_set("calendar.ada", "on", {"message": str(change)})
    await home.async_settle()
    assert calendar.asked == 1
    await home.async_pass(2)
    await home.async_meanwhile(home.routine.wakeups._looking.acquire())
    home.routine.wakeups._looking.release()
    assert calendar.asked == 2


async def test_a_calendar_that_hangs_does_not_hold_the_setup_up(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    calendar.slow_s = 3600
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_meanwhile(new_home.async_move_in(), within_s=3)
    assert home.routine.wakeups._looking.locked()
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
