"""When a routine wakes: the wall-clock times by day in the form, and as they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import (
    Selector,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TimeSelector,
)

from ..const import CONF_LEAVE_BY
from ..core.routine.wake import HolidayRule, WakeSettings, WakeSource
from ..managers.settings import WEEKDAYS
from ..managers.texts import Texts
from .durations import kept_seconds, shown_duration, too_long
from .remainder import remainder
from .rows import RowsSelector, rows_selector

USUAL_TIME: Final = "07:00:00"
WORKDAYS: Final = WEEKDAYS[:5]
BOUNDS: Final = ("holiday_time", "earliest", "latest")
"""The wall-clock times of the form's section about other days."""
DURATIONS: Final = ("preparation", "missed_age")
SHOWN: Final = frozenset({"sources", "times", "holidays", *BOUNDS, *DURATIONS})


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


def other_times_selector(texts: Texts) -> RowsSelector:
    """Return the selector of other times on some days."""
    fields: dict[str, Selector[Any]] = {"time": TimeSelector(), "days": days_selector()}
    return rows_selector(
        texts,
        fields,
        required=frozenset(fields),
        label_field="time",
        description_field="days",
        translation_key="other_times",
    )


def shown_wake(wake: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the form shows of a wake-up, else the usual: its foremost fields, and its section's."""
    by_time: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if (at := wake.get("times", {}).get(day)) is not None:
            by_time.setdefault(at, []).append(day)
    foremost_time = max(by_time, key=lambda at: len(by_time[at]), default=USUAL_TIME)
    foremost = {
        "sources": list(wake.get("sources", [WakeSource.TIMES.value])),
        "time": foremost_time,
        "days": by_time.pop(foremost_time, []),
    }
    usual = WakeSettings()
    section: dict[str, Any] = {"holidays": wake.get("holidays", HolidayRule.SAME.value)}
    section |= {name: wake.get(name) for name in BOUNDS}
    section |= {name: shown_duration(wake.get(name, getattr(usual, name))) for name in DURATIONS}
    section["other_times"] = [{"time": at, "days": days} for at, days in by_time.items()] or None
    return foremost, {name: value for name, value in section.items() if value is not None}


def kept_wake(
    user_input: Mapping[str, Any], section: Mapping[str, Any], before: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return a wake-up as it is kept: a time that is set for some days alone goes before the usual one."""
    times = dict.fromkeys(user_input.get("days", ()), user_input.get("time", USUAL_TIME))
    for row in section.get("other_times", ()):
        times |= dict.fromkeys(row["days"], row["time"])
    kept: dict[str, Any] = {
        "sources": list(dict.fromkeys(user_input["sources"])),
        "times": {day: kept_time(times[day]) for day in WEEKDAYS if day in times},
        "holidays": section.get("holidays", HolidayRule.SAME.value),
    }
    kept |= {name: kept_time(section[name]) for name in BOUNDS if name in section}
    kept |= {name: kept_seconds(section[name]) for name in DURATIONS if name in section}
    return remainder(before, SHOWN) | kept


def kept_time(text: str) -> str:
    """Return a time of day as ``HH:MM:SS``, however it was written."""
    return _parsed(text).isoformat()


def wake_error(
    user_input: Mapping[str, Any], section: Mapping[str, Any], occupants: Sequence[Mapping[str, Any]]
) -> tuple[str, str] | None:
    """Return the first field or section of a wake-up that is wrong, and the error's key.

    The occupants are given as they are kept.
    """
    if (found := _source_error(user_input["sources"], occupants)) is not None:
        return found
    if (key := _section_error(section)) is not None:
        return "wake", key
    if WakeSource.TIMES not in user_input["sources"]:
        return None
    if user_input.get("days") and "time" not in user_input:
        return "time", "no_time"
    times = kept_wake(user_input, section)["times"]
    return _times_error([_parsed(text) for text in times.values()], section)


def _source_error(sources: Sequence[str], occupants: Sequence[Mapping[str, Any]]) -> tuple[str, str] | None:
    if not sources:
        return "sources", "no_sources"
    if WakeSource.PHONE_ALARM in sources and not any(one.get("next_alarm") for one in occupants):
        return "sources", "no_phone_alarm"
    if WakeSource.CALENDAR in sources and not any(one.get("calendar") for one in occupants):
        return "sources", "no_calendar"
    return None


def _section_error(section: Mapping[str, Any]) -> str | None:
    rows = [row["days"] for row in section.get("other_times", ())]
    if not all(rows):
        return "no_days"
    days = [day for row in rows for day in set(row)]
    if len(days) > len(set(days)):
        return "day_twice"
    earliest, latest = _bounds(section)
    if earliest > latest:
        return "bounds_crossed"
    if section.get("holidays") == HolidayRule.MOVE and "holiday_time" not in section:
        return "no_holiday_time"
    return (
        "duration_too_long" if any(too_long(kept_seconds(section.get(name))) for name in DURATIONS) else None
    )


def _times_error(times: Sequence[time], section: Mapping[str, Any]) -> tuple[str, str] | None:
    """Return what is wrong with the clock's own times."""
    if not times:
        return "days", "no_days"
    earliest, latest = _bounds(section)
    if min(times) < earliest or max(times) > latest:
        return "time", "time_out_of_bounds"
    if (leave_by := section.get(CONF_LEAVE_BY)) is not None and max(times) >= _parsed(leave_by):
        return "wake", "leave_before_wake"
    return None


def _bounds(section: Mapping[str, Any]) -> tuple[time, time]:
    """Return the earliest and the latest time of day that are allowed."""
    earliest, latest = section.get("earliest"), section.get("latest")
    return (
        time.min if earliest is None else _parsed(earliest),
        time.max if latest is None else _parsed(latest),
    )


def _parsed(text: str) -> time:
    """Return a time of day as a form's field has taken it already."""
    at: time = cv.time(text)
    return at
