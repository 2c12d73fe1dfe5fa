"""When a routine wakes: the wall-clock times by day in the form, and as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from homeassistant.helpers.selector import (
    ObjectSelector,
    ObjectSelectorConfig,
    ObjectSelectorField,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TimeSelector,
)
from homeassistant.util import dt as dt_util

from ..core.routine.wake import HolidayRule, WakeSource
from ..managers.settings import WEEKDAYS
from .durations import kept_seconds, shown_duration

USUAL_TIME: Final = "07:00:00"
WORKDAYS: Final = WEEKDAYS[:5]
BOUNDS: Final = ("earliest", "latest", "holiday_time")
"""The wall-clock times of the form's section about other days."""
DURATIONS: Final = ("preparation", "missed_age")


def days_selector() -> SelectSelector:
    """Return the selector of weekdays."""
    return SelectSelector(
        SelectSelectorConfig(
            options=list(WEEKDAYS), multiple=True, translation_key="weekday", mode=SelectSelectorMode.LIST
        )
    )


def sources_selector() -> SelectSelector:
    """Return the selector of what sets a wake-up."""
    return SelectSelector(
        SelectSelectorConfig(
            options=[source.value for source in WakeSource],
            multiple=True,
            translation_key="wake_source",
            mode=SelectSelectorMode.LIST,
        )
    )


def holidays_selector() -> SelectSelector:
    """Return the selector of what a holiday does to a wake-up."""
    return SelectSelector(
        SelectSelectorConfig(
            options=[rule.value for rule in HolidayRule],
            translation_key="holidays",
            mode=SelectSelectorMode.DROPDOWN,
        )
    )


def other_times_selector() -> ObjectSelector:
    """Return the selector of other times on some days."""
    return ObjectSelector(
        ObjectSelectorConfig(
            fields={
                "time": ObjectSelectorField(selector=TimeSelector(), required=True),
                "days": ObjectSelectorField(selector=days_selector(), required=True),
            },
            multiple=True,
            label_field="time",
            description_field="days",
            translation_key="other_times",
        )
    )


def shown_wake(wake: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the form shows of a wake-up: its foremost fields, and those of the section."""
    by_time: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if (at := wake.get("times", {}).get(day)) is not None:
            by_time.setdefault(at, []).append(day)
    usual = max(by_time, key=lambda at: len(by_time[at]), default=USUAL_TIME)
    foremost = {
        "sources": list(wake.get("sources", [WakeSource.TIMES.value])),
        "time": usual,
        "days": by_time.pop(usual, []),
    }
    section: dict[str, Any] = {"holidays": wake.get("holidays", HolidayRule.SAME.value)}
    section |= {name: wake.get(name) for name in BOUNDS}
    section |= {name: shown_duration(wake.get(name)) for name in DURATIONS}
    section["other_times"] = [{"time": at, "days": days} for at, days in by_time.items()] or None
    return foremost, {name: value for name, value in section.items() if value is not None}


def kept_wake(user_input: Mapping[str, Any], section: Mapping[str, Any]) -> dict[str, Any]:
    """Return a wake-up as it is kept: a time that is set for some days alone goes before the usual one."""
    times = dict.fromkeys(user_input.get("days", ()), user_input.get("time", USUAL_TIME))
    for row in section.get("other_times") or ():
        times |= dict.fromkeys(row["days"], row["time"])
    kept: dict[str, Any] = {
        "sources": list(user_input["sources"]),
        "times": {day: times[day] for day in WEEKDAYS if day in times},
        "holidays": section.get("holidays", HolidayRule.SAME.value),
    }
    kept |= {name: section.get(name) for name in BOUNDS}
    kept |= {name: kept_seconds(section.get(name)) for name in DURATIONS}
    return {name: value for name, value in kept.items() if value is not None}


def wake_error(wake: Mapping[str, Any], occupants: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    """Return the first field of a wake-up that is wrong, and the error's key; occupants as they are kept."""
    sources = wake["sources"]
    if not sources:
        return "sources", "no_sources"
    if WakeSource.TIMES in sources and not wake["times"]:
        return "days", "no_days"
    if WakeSource.PHONE_ALARM in sources and not any(one.get("next_alarm") for one in occupants):
        return "sources", "no_phone_alarm"
    if WakeSource.CALENDAR in sources and not any(one.get("calendar") for one in occupants):
        return "sources", "no_calendar"
    return _bounds_error(wake)


def _bounds_error(wake: Mapping[str, Any]) -> tuple[str, str] | None:
    earliest, latest = (dt_util.parse_time(wake.get(name) or "") for name in ("earliest", "latest"))
    if earliest is not None and latest is not None and earliest > latest:
        return "wake", "bounds_crossed"
    for text in wake["times"].values():
        at = dt_util.parse_time(text)
        if at is None:
            return "time", "time_invalid"
        if (earliest is not None and at < earliest) or (latest is not None and at > latest):
            return "time", "time_out_of_bounds"
    return None
