"""When to wake: wall-clock times that survive daylight saving, the phone's alarm, the first appointment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from ..reason import Reason
from .model import DayKind

DAYS_AHEAD: Final = 9
"""How far a wake-up is looked for: a week and a day on either side."""


class WakeSource(StrEnum):
    """What can set a wake-up."""

    TIMES = "times"
    PHONE_ALARM = "phone_alarm"
    CALENDAR = "calendar"


class HolidayRule(StrEnum):
    """What a holiday does to a wake-up."""

    SAME = "same"
    SKIP = "skip"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeSettings:
    """When somebody wants to be woken; the earliest source of a day wins."""

    sources: frozenset[WakeSource] = frozenset({WakeSource.TIMES})
    times: Mapping[int, time] = field(default_factory=dict)
    """The wall-clock time of each weekday that has one (Monday is 0)."""
    earliest: time | None = None
    latest: time | None = None
    preparation: timedelta = timedelta(hours=1)
    """How long before the first appointment."""
    holidays: HolidayRule = HolidayRule.SAME
    holiday_time: time | None = None
    missed_age: timedelta = timedelta(minutes=30)
    """A wake-up that was missed rings at once when it is no older than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeInputs:
    """What the coming days hold."""

    phone_alarm: datetime | None = None
    first_events: Mapping[date, datetime] = field(default_factory=dict)
    """The first appointment of each day that has one."""
    day_kinds: Mapping[date, DayKind] = field(default_factory=dict)
    once: Mapping[date, time] = field(default_factory=dict)
    """The time set for one date, whatever else holds."""
    skipped: frozenset[date] = frozenset()
    """The days without a wake-up."""
    rung: frozenset[date] = frozenset()
    """The days whose wake-up is over: nothing but a time set for the date rings on them again.

    Without it, a phone whose alarm went off at six would leave the clock's seven to ring as well.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Wake:
    """The next wake-up."""

    at: datetime
    """In UTC."""
    day: date
    """The local date it belongs to."""
    source: str
    """A :class:`WakeSource`, or ``once``."""
    reason: Reason


def next_wake(settings: WakeSettings, inputs: WakeInputs, *, now: datetime, zone: tzinfo) -> Wake | None:
    """Return the first wake-up after a moment, or nothing when none is in sight."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=offset) for offset in range(-1, DAYS_AHEAD))
    wakes = (_wake_of(day, settings, inputs, zone) for day in days)
    # By the moment, not by the day: preparing for an appointment at midnight begins the day before.
    ahead = (wake for wake in wakes if wake is not None and wake.at > now)
    return min(ahead, key=lambda wake: wake.at, default=None)


def day_meant(settings: WakeSettings, inputs: WakeInputs, at: time, *, now: datetime, zone: tzinfo) -> date:
    """Return the date that a time set once is meant for: that of the next wake-up, which is the one shown.

    On a day with a wake-up, though it rang or was skipped, a time still to come is meant for that day.
    Where the time is past while that wake-up is not, or none is in sight, it is the first day on which it is
    still to come.
    """
    today = now.astimezone(zone).date()
    ahead = on_the_clock(today, at, zone) > now
    whole = replace(inputs, rung=frozenset(), skipped=frozenset())
    if ahead and (today in inputs.rung or _wake_of(today, settings, whole, zone) is not None):
        return today
    coming = next_wake(settings, inputs, now=now, zone=zone)
    if coming is not None and coming.day > today:
        return coming.day
    return today if ahead else today + timedelta(days=1)


def on_the_clock(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the moment (UTC) at which a clock shows a time on a day.

    A time that the clocks leap over is the first moment after the leap; of one they show twice, the first.
    """
    wall = datetime.combine(day, at.replace(fold=0))
    before = wall.replace(tzinfo=zone).astimezone(UTC)
    if before.astimezone(zone).replace(tzinfo=None) == wall:
        return before
    return _after_leap(wall, zone)


def rings_late(missed: datetime, now: datetime, age: timedelta) -> bool:
    """Return whether a wake-up that was missed is young enough to ring at once."""
    return timedelta() <= now - missed <= age


def _after_leap(wall: datetime, zone: tzinfo) -> datetime:
    """Return the moment of the leap: the last whole second before it is found by halving."""
    # With the offset from before the leap the moment lies after it, with the one from after it before it.
    low = int(wall.replace(tzinfo=zone, fold=1).astimezone(UTC).timestamp())
    high = int(wall.replace(tzinfo=zone, fold=0).astimezone(UTC).timestamp())
    old = datetime.fromtimestamp(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return datetime.fromtimestamp(high, UTC)


def _wake_of(day: date, settings: WakeSettings, inputs: WakeInputs, zone: tzinfo) -> Wake | None:
    if day in inputs.skipped:
        return None
    if (once := inputs.once.get(day)) is not None:
        at = on_the_clock(day, once, zone)
        return Wake(at=at, day=day, source="once", reason=Reason(key="wake_once", values={"time": at}))
    kind = inputs.day_kinds.get(day)
    if day in inputs.rung:
        return None
    if kind is DayKind.AWAY or (kind is DayKind.HOLIDAY and settings.holidays is HolidayRule.SKIP):
        return None
    wished = _wishes(day, kind, settings, inputs, zone)
    if not wished:
        return None
    at, source = min(wished)
    return _within_bounds(at, source, day, settings, zone)


def _wishes(
    day: date, kind: DayKind | None, settings: WakeSettings, inputs: WakeInputs, zone: tzinfo
) -> list[tuple[datetime, WakeSource]]:
    """Return what each source wishes for a day."""
    found: list[tuple[datetime, WakeSource]] = []
    if WakeSource.TIMES in settings.sources and (wall := _time_of(day, kind, settings)) is not None:
        found.append((on_the_clock(day, wall, zone), WakeSource.TIMES))
    alarm = inputs.phone_alarm
    if WakeSource.PHONE_ALARM in settings.sources and alarm is not None:
        local = alarm.astimezone(zone)
        if local.date() == day:
            found.append((alarm.astimezone(UTC), WakeSource.PHONE_ALARM))
    event = inputs.first_events.get(day)
    if WakeSource.CALENDAR in settings.sources and event is not None:
        found.append((event.astimezone(UTC) - settings.preparation, WakeSource.CALENDAR))
    return found


def _time_of(day: date, kind: DayKind | None, settings: WakeSettings) -> time | None:
    usual = settings.times.get(day.weekday())
    moved = kind is DayKind.HOLIDAY and settings.holidays is HolidayRule.MOVE
    return settings.holiday_time or usual if moved else usual


def _within_bounds(at: datetime, source: WakeSource, day: date, settings: WakeSettings, zone: tzinfo) -> Wake:
    """Return a wake-up no earlier and no later than the user wants, and say when that moved it."""
    key = f"wake_{source.value}"
    if settings.earliest is not None and at < (bound := on_the_clock(day, settings.earliest, zone)):
        at, key = bound, "wake_not_before"
    elif settings.latest is not None and at > (bound := on_the_clock(day, settings.latest, zone)):
        at, key = bound, "wake_not_after"
    return Wake(at=at, day=day, source=source.value, reason=Reason(key=key, values={"time": at}))
