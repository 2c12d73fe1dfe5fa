"""The calendar: the day’s plan with its reasons."""

from __future__ import annotations

from typing import Any

from .home import Home

PLAN = "calendar.adas_morning_plan"


async def events(home: Home, start: str, end: str) -> list[dict[str, Any]]:
    answer = await home.hass.services.async_call(
        "calendar",
        "get_events",
        {"entity_id": PLAN, "start_date_time": start, "end_date_time": end},
        blocking=True,
        return_response=True,
    )
    assert answer is not None
    found: list[dict[str, Any]] = answer[PLAN]["events"]
    return found


async def test_each_step_of_the_plan_is_an_event_with_its_reason(home: Home) -> None:
    day = await events(home, "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00")
    assert {event["summary"] for event in day} == {"Alarm", "Coffee", "Shower", "News"}
    alarm = next(event for event in day if event["summary"] == "Alarm")
    assert alarm["start"] == "2026-11-24T07:00:00+01:00"
    assert alarm["end"] == "2026-11-24T07:01:00+01:00"
    assert all(event["description"] for event in day)
    assert home.state(PLAN).attributes["message"] == "Alarm"


async def test_events_outside_the_span_are_left_out(home: Home) -> None:
    assert await events(home, "2026-11-24T00:00:00+01:00", "2026-11-24T06:59:00+01:00") == []
    assert await events(home, "2026-11-25T09:00:00+01:00", "2026-11-25T10:00:00+01:00") == []


async def test_without_a_wake_up_there_is_no_event(home: Home) -> None:
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.adas_morning_armed"}, blocking=True
    )
    await home.async_settle()
    assert await events(home, "2026-11-24T00:00:00+01:00", "2026-11-30T00:00:00+01:00") == []
    assert home.state(PLAN).state == "off"


async def test_the_plan_follows_the_morning(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(1)
    day = await events(home, "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00")
    coffee = next(event for event in day if event["summary"] == "Coffee")
    assert coffee["start"].startswith("2026-11-24T07:0")
