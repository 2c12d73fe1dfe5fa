"""Wake-ups: found in time, rung once, moved and skipped on request, and never lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from homeassistant.core import ServiceCall, SupportsResponse
from homeassistant.exceptions import HomeAssistantError
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest

from ..home import Home

SPEAKER = "media_player.bedroom_speaker"
NEXT = "sensor.adas_morning_next_wake_up"
PHONE_ALARM = "sensor.phone_next_alarm"


def rings(home: Home) -> bool:
    run = home.routine.run
    is_ringing = run is not None and run.alarm is not None and run.alarm.phase == "ringing"
    return is_ringing and home.state(SPEAKER).state == "playing"


async def pass_night(home: Home) -> None:
    """Let time pass until shortly before the next day’s lead."""
    await home.async_until("06:45", step_s=1800)


async def dismiss(home: Home) -> None:
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state in {"armed", "idle"}


# Commands.


async def test_the_wake_up_can_be_set_for_once(home: Home) -> None:
    await home.hass.services.async_call(
        "time",
        "set_value",
        {"entity_id": "time.adas_morning_wake_up_time", "time": "06:55:00"},
        blocking=True,
    )
    assert home.state("time.adas_morning_wake_up_time").state == "06:55:00"
    await home.async_until("06:55")
    await home.async_pass(0.2)
    assert rings(home)
    await dismiss(home)
    assert home.state("time.adas_morning_wake_up_time").state == "07:00:00"
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_a_time_that_is_past_is_meant_for_tomorrow(home: Home) -> None:
    await home.async_act("set_wake_time", time="06:00:00")
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
    await home.async_act("skip_next")
    assert home.state(NEXT).state == "2026-11-25T05:00:00+00:00"


async def test_skipping_a_wake_up_leaves_those_after_it(home: Home) -> None:
    await home.async_act("skip_next")
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"
    await home.async_until("07:05")
    assert not rings(home)
    await pass_night(home)
    await home.async_until("07:01")
    assert rings(home)


async def test_a_wake_up_can_be_skipped_while_its_light_already_rises(home: Home) -> None:
    await home.async_until("06:53")
    assert home.routine.run is not None
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
    await home.async_act("skip_next")
    assert home.routine.run is None
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"
    await home.async_until("07:05")
    assert not rings(home)


async def test_a_wake_up_can_be_moved_while_its_light_already_rises(home: Home) -> None:
    await home.async_until("06:53")
    await home.async_act("set_wake_time", time="07:20:00")
    assert home.state(NEXT).state == "2026-11-24T06:20:00+00:00"
    await home.async_until("07:10")
    assert not rings(home)
    await home.async_until("07:21")
    assert rings(home)


async def test_a_wake_up_moved_earlier_in_its_lead_rings_earlier(home: Home) -> None:
    await home.async_until("06:53")
    await home.async_act("set_wake_time", time="06:56:00")
    await home.async_until("06:57")
    assert rings(home)


async def test_disarmed_it_does_not_ring_and_armed_again_it_does(home: Home) -> None:
    await home.async_until("06:53")
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.adas_morning_armed"}, blocking=True
    )
    await home.async_settle()
    assert home.state("sensor.cerebro").state == "idle"
    assert home.state(NEXT).state == "unknown"
    await home.async_until("07:05")
    assert not rings(home)
    await home.hass.services.async_call(
        "switch", "turn_on", {"entity_id": "switch.adas_morning_armed"}, blocking=True
    )
    await home.async_settle()
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_a_stop_before_the_alarm_lets_the_wake_up_go(home: Home) -> None:
    await home.async_until("06:53")
    await home.async_act("stop")
    await home.async_until("07:05")
    assert not rings(home)
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_up_before_the_alarm_it_does_not_ring(home: Home) -> None:
    await home.async_until("06:53")
    await home.async_place("kitchen")
    await home.async_until("07:05")
    assert not rings(home)
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_a_routine_started_by_hand_in_the_night_takes_no_alarm_away(home: Home) -> None:
    await home.async_until("00:30", step_s=1800)
    await home.async_act("start_routine")
    assert rings(home)
    await dismiss(home)
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


# One wake-up comes while the run of another goes on.


async def test_who_is_up_is_not_rung_out_of_the_shower_by_the_clock(home: Home) -> None:
    await home.async_act("start_routine")
    await home.async_place("kitchen")
    await home.async_pass(2)
    run = home.routine.run
    await home.async_until("07:05")
    assert not rings(home)
    assert home.routine.run is not None
    assert run is not None
    assert home.routine.run.run_id == run.run_id
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_who_set_another_wake_up_is_rung_by_it_though_the_morning_goes_on(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(1)
    await home.async_act("set_wake_time", time="07:30:00")
    assert not rings(home)
    await home.async_until("07:31")
    assert rings(home)


async def test_an_output_that_stays_on_does_not_cost_the_next_alarm(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_place("bathroom")
    await home.async_pass(1)
    assert home.water_runs
    await home.async_fault("valve_stuck")
    await home.async_act("stop")
    await home.async_pass(1)
    assert home.state("sensor.cerebro").state == "attention"
    assert home.issues() == {"output_still_on_01ADA00000000000000ROUTINE_shower"}
    await home.async_act("set_wake_time", time="07:20:00")
    await home.async_until("07:21")
    assert rings(home)
    assert home.water_runs
    await home.async_fault("valve_stuck", active=False)
    await home.async_pass(3)
    assert not home.water_runs
    assert home.issues() == set()


# Missed.


@pytest.mark.parametrize(("late_min", "late"), [(20, True), (40, False)])
async def test_a_wake_up_missed_while_home_assistant_was_down_rings_if_it_is_young(
    home: Home, late_min: float, *, late: bool
) -> None:
    await home.async_pass(0.2)
    await home.async_kill()
    await home.async_until("07:00")
    await home.async_pass(late_min, step_s=60)
    await home.async_boot()
    assert rings(home) is late
    what = [one.what for one in home.cerebro.decisions.of(home.routine.routine.routine_id)]
    assert ("missed_rings" if late else "missed_too_old") in what
    if late:
        await dismiss(home)
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"
    await home.async_reboot()
    assert not rings(home)


async def test_a_missed_wake_up_of_somebody_who_is_out_is_let_go(home: Home) -> None:
    await home.async_pass(0.2)
    await home.async_kill()
    await home.async_place("away")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("07:10")
    await home.async_boot()
    assert not rings(home)
    assert home.routine.run is None
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_a_clock_that_leapt_over_the_wake_up_rings_all_the_same(home: Home) -> None:
    home.routine.wakeups._end_timer("begin")
    home.freezer.tick(timedelta(minutes=25))
    await home.routine.wakeups.async_look()
    await home.async_settle()
    assert rings(home)


# Who is where.


async def test_nobody_at_home_is_not_woken(home: Home) -> None:
    await home.async_place("away")
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("07:05")
    assert not rings(home)
    assert home.routine.reason == "Nobody is at home: the wake-up at 07:00 does not ring."
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


async def test_a_phone_that_strays_at_night_costs_nobody_their_alarm(home: Home) -> None:
    home.hass.states.async_set("person.ada", "not_home")
    await home.async_until("06:55")
    home.hass.states.async_set("person.ada", "home")
    home.hass.states.async_set("person.ada", "Office")
    await home.async_until("07:01")
    assert rings(home)


async def test_leaving_for_a_place_that_has_a_name_ends_the_morning(home: Home) -> None:
    home.hass.states.async_set("person.ada", "home")
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(2)
    await home.async_place("away")
    home.hass.states.async_set("person.ada", "Office")
    await home.async_pass(1)
    assert home.routine.run is None
    assert home.state("switch.coffee_machine").state == "off"


# Clocks.


@pytest.mark.parametrize(
    ("evening", "rings_at"),
    [
        ("2027-03-27T22:00:00+01:00", "2027-03-28T05:00:00+00:00"),
        ("2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+00:00"),
    ],
    ids=["clocks_forward", "clocks_back"],
)
async def test_seven_is_seven_when_the_clocks_change(new_home: Home, evening: str, rings_at: str) -> None:
    new_home.freezer.move_to(evening)
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == rings_at
    await home.async_until("06:45", step_s=900)
    await home.async_pass(16, step_s=30)
    assert rings(home)
    assert home.routine.run is not None
    assert home.routine.run.woke_at == datetime.fromisoformat(rings_at)


async def test_seven_is_seven_where_the_home_has_moved_to(home: Home) -> None:
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
    await home.hass.config.async_update(time_zone="Europe/London")
    await home.async_settle()
    assert home.state(NEXT).state == "2026-11-24T07:00:00+00:00"
    await home.async_pass(14, step_s=60)
    assert not rings(home)
    await home.async_pass(60, step_s=60)
    assert rings(home)


async def test_a_wake_up_at_midnight_rings_at_midnight_and_once(new_home: Home) -> None:
    new_home.wake = {"sources": ["times"], "times": {"wed": "00:00:00", "thu": "00:00:00"}}
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == "2026-11-24T23:00:00+00:00"
    await home.async_until("23:45", step_s=1800)
    await home.async_pass(16, step_s=30)
    assert rings(home)
    await dismiss(home)
    assert home.state(NEXT).state == "2026-11-25T23:00:00+00:00"


# Sources.


async def test_the_phone_s_alarm_and_the_clock_do_not_both_ring_on_one_day(new_home: Home) -> None:
    new_home.wake = {**new_home.wake, "sources": ["times", "phone_alarm"]}
    new_home.occupant = {"next_alarm": PHONE_ALARM}
    new_home.hass.states.async_set(PHONE_ALARM, "2026-11-24T05:55:00+00:00")
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == "2026-11-24T05:55:00+00:00"
    await home.async_until("06:56")
    assert rings(home)
    home.hass.states.async_set(PHONE_ALARM, "2026-11-25T05:55:00+00:00")
    await dismiss(home)
    assert home.state(NEXT).state == "2026-11-25T05:55:00+00:00"
    await home.async_until("07:05")
    assert not rings(home)


async def test_a_phone_that_falls_silent_in_the_lead_takes_no_alarm_away(new_home: Home) -> None:
    new_home.wake = {"sources": ["phone_alarm"]}
    new_home.occupant = {"next_alarm": PHONE_ALARM}
    new_home.hass.states.async_set(PHONE_ALARM, "2026-11-24T06:00:00+00:00")
    home = await new_home.async_move_in()
    await home.async_until("06:53")
    home.hass.states.async_set(PHONE_ALARM, "unavailable")
    await home.async_settle()
    await home.async_until("07:01")
    assert rings(home)


class Calendar:
    """Stands for the calendars of a home: answers with events, or does not."""

    def __init__(self, home: Home) -> None:
        """Take the calendar's action over."""
        self.events: list[dict[str, Any]] = []
        self.error: Exception | None = None
        self.slow_s = 0.0
        self.asked = 0
        home.hass.states.async_set("calendar.ada", "off")
        home.hass.states.async_set("calendar.trips", "off")
        home.hass.services.async_register(
            "calendar", "get_events", self._answer, supports_response=SupportsResponse.ONLY
        )

    async def _answer(self, call: ServiceCall) -> dict[str, Any]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        until = dt_util.utcnow() + timedelta(seconds=self.slow_s)
        while dt_util.utcnow() < until:  # noqa: ASYNC110 - it hangs
            await asyncio.sleep(0.5)
        return {one: {"events": self.events} for one in call.data["entity_id"]}


async def with_calendar(home: Home) -> Calendar:
    assert await async_setup_component(home.hass, "calendar", {})
    return Calendar(home)


async def test_the_first_appointment_less_the_time_to_prepare_wakes_and_may_move(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    calendar.events = [
        {"start": "2026-11-24", "end": "2026-11-25", "summary": "Birthday"},
        {"start": "2026-11-24T08:45:00+01:00", "end": "2026-11-24T09:00:00+01:00", "summary": "Later"},
        {"start": "2026-11-24T08:10:00+01:00", "end": "2026-11-24T09:00:00+01:00", "summary": "Meeting"},
    ]
    new_home.wake = {"sources": ["calendar"], "preparation": 3600}
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == "2026-11-24T06:10:00+00:00"
    calendar.events = [
        {"start": "2026-11-24T08:30:00+01:00", "end": "2026-11-24T09:00:00+01:00", "summary": "Meeting"}
    ]
    await home.async_pass(5, step_s=60)
    home.hass.states.async_set("calendar.ada", "off", {"message": "moved"})
    await home.async_settle()
    assert home.state(NEXT).state == "2026-11-24T06:30:00+00:00"


@pytest.mark.parametrize("error", [HomeAssistantError("no"), KeyError("boom"), TimeoutError()])
async def test_a_calendar_that_fails_moves_no_wake_up(new_home: Home, error: Exception) -> None:
    calendar = await with_calendar(new_home)
    calendar.events = [
        {"start": "2026-11-24T08:10:00+01:00", "end": "2026-11-24T09:00:00+01:00", "summary": "Meeting"}
    ]
    new_home.wake = {"sources": ["calendar"], "preparation": 3600}
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    calendar.error = error
    home.hass.states.async_set("calendar.ada", "unavailable")
    await home.async_settle()
    assert home.state(NEXT).state == "2026-11-24T06:10:00+00:00"


async def test_a_calendar_that_hangs_holds_nothing_up(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    new_home.occupant = {"calendar": ["calendar.ada"]}
    home = await new_home.async_move_in()
    calendar.slow_s = 3600
    home.hass.states.async_set("calendar.ada", "on")
    await home.async_until("07:01")
    assert rings(home)
    await dismiss(home)
    await home.async_pass(1)
    assert home.state(NEXT).state == "2026-11-25T06:00:00+00:00"


# Days off and away.


class Workday:
    """Stands for the workday integration: knows which dates are workdays."""

    def __init__(self, home: Home, holidays: set[str]) -> None:
        """Offer the action of the workday integration."""
        self.holidays = holidays
        self.silent = False
        home.hass.states.async_set("binary_sensor.workday", "on")
        home.hass.services.async_register(
            "workday", "check_date", self._answer, supports_response=SupportsResponse.ONLY
        )

    async def _answer(self, call: ServiceCall) -> dict[str, Any]:
        if self.silent:
            raise HomeAssistantError("silent")
        works = str(call.data["check_date"]) not in self.holidays
        return {call.data["entity_id"]: {"workday": works}}


@pytest.mark.parametrize(
    ("rule", "wakes"),
    [
        ({"holidays": "same"}, "2026-11-24T06:00:00+00:00"),
        ({"holidays": "skip"}, "2026-11-25T06:00:00+00:00"),
        ({"holidays": "move", "holiday_time": "09:30:00"}, "2026-11-24T08:30:00+00:00"),
    ],
    ids=["same", "skip", "move"],
)
async def test_a_holiday_moves_or_skips_the_wake_up(new_home: Home, rule: dict[str, str], wakes: str) -> None:
    workday = Workday(new_home, {"2026-11-24"})
    new_home.wake = {**new_home.wake, **rule}
    new_home.occupant = {"workday": "binary_sensor.workday"}
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == wakes
    workday.silent = True
    await home.routine.wakeups.async_look()
    assert home.state(NEXT).state == wakes


async def test_a_weekday_that_is_worked_on_and_one_that_is_not_are_told_apart(new_home: Home) -> None:
    Workday(new_home, {"2026-11-24", "2026-11-28", "2026-11-29"})
    new_home.occupant = {"workday": "binary_sensor.workday"}
    home = await new_home.async_move_in()
    kinds = home.routine.wakeups.almanac.day_kinds
    day = dt_util.now().date()
    assert kinds[day] == "holiday"
    assert kinds[day + timedelta(days=1)] == "workday"
    assert kinds[day + timedelta(days=4)] == "day_off"
    assert home.routine.wakeups.almanac.kind_of(day + timedelta(days=40)) == "day_off"


async def test_away_for_as_long_as_a_helper_says_so(new_home: Home) -> None:
    new_home.hass.states.async_set("input_boolean.away", "on")
    new_home.occupant = {"away": "input_boolean.away"}
    home = await new_home.async_move_in()
    assert home.state(NEXT).state == "unknown"
    assert home.state("sensor.cerebro").state == "idle"
    home.hass.states.async_set("input_boolean.away", "off")
    await home.async_settle()
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"


async def test_away_on_the_days_whose_morning_a_trip_covers(new_home: Home) -> None:
    calendar = await with_calendar(new_home)
    calendar.events = [
        {"start": "2026-11-24T18:00:00+01:00", "end": "2026-11-26T20:00:00+01:00", "summary": "Trip"},
        {"start": "2026-11-27", "end": "2026-11-28", "summary": "Day trip"},
    ]
    new_home.occupant = {"away": ["calendar.trips"]}
    home = await new_home.async_move_in()
    days = sorted(day.day for day, kind in home.routine.wakeups.almanac.day_kinds.items() if kind == "away")
    assert days == [25, 26, 27]
    assert home.state(NEXT).state == "2026-11-24T06:00:00+00:00"
    await home.async_act("set_wake_time", time="06:00:00")
    await home.async_act("skip_next")
    assert home.state(NEXT).state == "2026-11-25T05:00:00+00:00"


async def test_rows_that_were_set_for_days_gone_by_are_dropped(home: Home) -> None:
    row = home.routine.wakeups.row
    await home.async_act("set_wake_time", time="06:00:00")
    await home.async_act("skip_next")
    row.rung.append("2026-11-24")
    home.freezer.move_to(datetime(2026, 12, 1, 6, 0, tzinfo=UTC))
    home.routine.wakeups.replan()
    assert (row.once, row.skipped, row.rung) == ({}, [], [])
