"""When to wake: sources, bounds, holidays, and clocks that change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.routine.model import DayKind
from custom_components.cerebro.core.routine.wake import (
    HolidayRule,
    WakeInputs,
    WakeSettings,
    WakeSource,
    day_meant,
    next_wake,
    on_the_clock,
    rings_late,
)

PARIS = ZoneInfo("Europe/Paris")
MONDAY = date(2026, 11, 2)
SEVEN = WakeSettings(times=dict.fromkeys(range(5), time(7)))
ALL_SOURCES = frozenset(WakeSource)


def in_paris(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=PARIS)


def wake_after(
    moment: datetime, settings: WakeSettings, inputs: WakeInputs | None = None
) -> tuple[datetime, str, str] | None:
    wake = next_wake(settings, inputs or WakeInputs(), now=moment, zone=PARIS)
    return None if wake is None else (wake.at, wake.source, wake.reason.key)


def test_the_next_wake_up_is_todays_while_it_is_ahead() -> None:
    assert wake_after(in_paris(MONDAY, 6), SEVEN) == (in_paris(MONDAY, 7), "times", "wake_times")


def test_a_wake_up_is_in_utc_and_knows_its_day() -> None:
    wake = next_wake(SEVEN, WakeInputs(), now=in_paris(MONDAY, 6), zone=PARIS)
    assert wake is not None
    assert wake.at.tzinfo is UTC
    assert (wake.day, wake.reason.values["time"]) == (MONDAY, wake.at)


def test_the_moment_of_a_wake_up_is_not_ahead_any_more() -> None:
    found = wake_after(in_paris(MONDAY, 7), SEVEN)
    assert found is not None
    assert found[0] == in_paris(MONDAY + timedelta(days=1), 7)


def test_a_day_without_a_time_is_passed_over() -> None:
    friday = MONDAY + timedelta(days=4)
    found = wake_after(in_paris(friday, 8), SEVEN)
    assert found is not None
    assert found[0] == in_paris(MONDAY + timedelta(days=7), 7)


def test_a_wake_up_once_a_week_is_found_on_the_day_it_has_rung() -> None:
    weekly = WakeSettings(times={0: time(7)})
    found = wake_after(in_paris(MONDAY, 7), weekly)
    assert found is not None
    assert found[0] == in_paris(MONDAY + timedelta(days=7), 7)


def test_nothing_is_in_sight_without_a_source() -> None:
    assert wake_after(in_paris(MONDAY, 6), WakeSettings(times={}, sources=ALL_SOURCES)) is None
    assert wake_after(in_paris(MONDAY, 6), WakeSettings(times=SEVEN.times, sources=frozenset())) is None


@pytest.mark.parametrize(
    ("phone", "event", "expected"),
    [
        (6, 9, (6, "phone_alarm")),
        (8, 7, (6, "calendar")),
        (8, 10, (7, "times")),
    ],
)
def test_the_earliest_source_wins(phone: int, event: int, expected: tuple[int, str]) -> None:
    inputs = WakeInputs(phone_alarm=in_paris(MONDAY, phone), first_events={MONDAY: in_paris(MONDAY, event)})
    settings = WakeSettings(
        times=SEVEN.times, sources=ALL_SOURCES, preparation=timedelta(hours=1), earliest=time(5)
    )
    hour, source = expected
    assert wake_after(in_paris(MONDAY, 4), settings, inputs) == (
        in_paris(MONDAY, hour),
        source,
        f"wake_{source}",
    )


def test_a_source_that_was_not_chosen_is_not_asked() -> None:
    inputs = WakeInputs(phone_alarm=in_paris(MONDAY, 5), first_events={MONDAY: in_paris(MONDAY, 6)})
    found = wake_after(in_paris(MONDAY, 4), SEVEN, inputs)
    assert found is not None
    assert found[1] == "times"


def test_no_source_wakes_before_the_earliest_or_after_the_latest_time() -> None:
    bounds = WakeSettings(sources=ALL_SOURCES, earliest=time(6), latest=time(9))
    early = WakeInputs(phone_alarm=in_paris(MONDAY, 3))
    late = WakeInputs(phone_alarm=in_paris(MONDAY, 11))
    midnight = in_paris(MONDAY, 0)
    assert wake_after(midnight, bounds, early) == (in_paris(MONDAY, 6), "phone_alarm", "wake_not_before")
    assert wake_after(midnight, bounds, late) == (in_paris(MONDAY, 9), "phone_alarm", "wake_not_after")


def test_preparing_for_an_appointment_at_midnight_begins_the_day_before() -> None:
    tuesday = MONDAY + timedelta(days=1)
    inputs = WakeInputs(first_events={tuesday: in_paris(tuesday, 0, 30)})
    settings = WakeSettings(
        times={1: time(7), 0: time(23, 45)},
        sources=frozenset({WakeSource.TIMES, WakeSource.CALENDAR}),
        preparation=timedelta(hours=1),
    )
    assert wake_after(in_paris(MONDAY, 20), settings, inputs) == (
        in_paris(MONDAY, 23, 30),
        "calendar",
        "wake_calendar",
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (HolidayRule.SAME, in_paris(MONDAY, 7)),
        (HolidayRule.MOVE, in_paris(MONDAY, 9)),
        (HolidayRule.SKIP, in_paris(MONDAY + timedelta(days=1), 7)),
    ],
)
def test_a_holiday_keeps_moves_or_skips_the_wake_up(rule: HolidayRule, expected: datetime) -> None:
    settings = WakeSettings(times=SEVEN.times, holidays=rule, holiday_time=time(9))
    found = wake_after(in_paris(MONDAY, 0), settings, WakeInputs(day_kinds={MONDAY: DayKind.HOLIDAY}))
    assert found is not None
    assert found[0] == expected


def test_a_holiday_that_moves_to_no_time_keeps_the_usual_one() -> None:
    settings = WakeSettings(times=SEVEN.times, holidays=HolidayRule.MOVE)
    found = wake_after(in_paris(MONDAY, 0), settings, WakeInputs(day_kinds={MONDAY: DayKind.HOLIDAY}))
    assert found is not None
    assert found[0] == in_paris(MONDAY, 7)


def test_a_day_away_has_no_wake_up() -> None:
    found = wake_after(in_paris(MONDAY, 0), SEVEN, WakeInputs(day_kinds={MONDAY: DayKind.AWAY}))
    assert found is not None
    assert found[0] == in_paris(MONDAY + timedelta(days=1), 7)


def test_a_time_set_once_holds_whatever_day_it_is() -> None:
    sunday = MONDAY - timedelta(days=1)
    inputs = WakeInputs(once={sunday: time(4, 30)}, day_kinds={sunday: DayKind.AWAY})
    settings = WakeSettings(times=SEVEN.times, earliest=time(6))
    assert wake_after(in_paris(sunday, 0), settings, inputs) == (in_paris(sunday, 4, 30), "once", "wake_once")


def test_a_day_that_was_skipped_has_no_wake_up_even_with_a_time_of_its_own() -> None:
    inputs = WakeInputs(skipped=frozenset({MONDAY}), once={MONDAY: time(6)})
    found = wake_after(in_paris(MONDAY, 0), SEVEN, inputs)
    assert found is not None
    assert found[0] == in_paris(MONDAY + timedelta(days=1), 7)


def test_the_clocks_time_does_not_ring_after_the_phones_alarm_has() -> None:
    settings = WakeSettings(times=SEVEN.times, sources=ALL_SOURCES)
    tomorrow = MONDAY + timedelta(days=1)
    rung = WakeInputs(phone_alarm=in_paris(tomorrow, 6), rung=frozenset({MONDAY}))
    found = wake_after(in_paris(MONDAY, 6), settings, rung)
    assert found is not None
    assert found[0] == in_paris(tomorrow, 6)


def test_a_time_set_for_a_day_that_has_rung_rings_again() -> None:
    inputs = WakeInputs(rung=frozenset({MONDAY}), once={MONDAY: time(9)})
    found = wake_after(in_paris(MONDAY, 8), SEVEN, inputs)
    assert found is not None
    assert found[:2] == (in_paris(MONDAY, 9), "once")


@pytest.mark.parametrize(
    ("minutes_ago", "rings"), [(-1, False), (0, True), (29, True), (30, True), (31, False)]
)
def test_a_missed_wake_up_rings_while_it_is_young(minutes_ago: int, rings: bool) -> None:
    now = in_paris(MONDAY, 8)
    assert rings_late(now - timedelta(minutes=minutes_ago), now, timedelta(minutes=30)) is rings


def test_a_time_the_clocks_leap_over_is_the_first_moment_after() -> None:
    leap = date(2027, 3, 28)
    assert on_the_clock(leap, time(2, 30), PARIS) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_of_a_time_the_clocks_show_twice_the_first_counts() -> None:
    back = date(2026, 10, 25)
    assert on_the_clock(back, time(2, 30), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert on_the_clock(back, time(2, 30, fold=1), PARIS) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_travelling_to_another_zone_keeps_the_wall_clock_time() -> None:
    now = datetime(2026, 11, 2, 0, tzinfo=UTC)
    tokyo = ZoneInfo("Asia/Tokyo")
    wake = next_wake(SEVEN, WakeInputs(), now=now, zone=tokyo)
    assert wake is not None
    assert wake.at == datetime(2026, 11, 2, 22, tzinfo=UTC)
    assert wake.day == MONDAY + timedelta(days=1)


@given(data=st.data())
@settings(max_examples=300, deadline=None)
def test_each_day_near_a_change_is_woken_once_at_its_wall_clock_time(
    clock_changes: tuple[tuple[ZoneInfo, datetime], ...], data: st.DataObject
) -> None:
    zone, change = data.draw(st.sampled_from(clock_changes))
    wished = data.draw(st.times(max_value=time(23, 59)) | near(zone, change))
    assert len(check_days_around(zone, change, wished)) == 4


def test_no_change_of_any_clock_loses_or_doubles_a_wake_up(
    clock_changes: tuple[tuple[ZoneInfo, datetime], ...],
) -> None:
    assert len(clock_changes) > 400
    for zone, change in clock_changes:
        for offset in (-20, 0, 20):
            wished = shown(zone, change, timedelta(minutes=offset))
            assert len(check_days_around(zone, change, wished)) == 4


def near(zone: ZoneInfo, change: datetime) -> st.SearchStrategy[time]:
    """Times that the clock shows, leaps over or shows twice around a change."""
    return st.integers(-200, 200).map(lambda minutes: shown(zone, change, timedelta(minutes=minutes)))


def shown(zone: ZoneInfo, change: datetime, offset: timedelta) -> time:
    """What a clock that was not put forward or back shows some time after the change."""
    before = (change - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    return (before + timedelta(seconds=1) + offset).time().replace(microsecond=0)


def check_days_around(zone: ZoneInfo, change: datetime, wished: time) -> list[date]:
    """Follow the wake-ups over four days around a change of the clock, and return those days."""
    everyday = WakeSettings(times=dict.fromkeys(range(7), wished))
    now = change - timedelta(days=2)
    days: list[date] = []
    for _ in range(4):
        wake = next_wake(everyday, WakeInputs(), now=now, zone=zone)
        assert wake is not None
        assert wake.at > now
        assert not days or wake.day == days[-1] + timedelta(days=1), "a day was skipped or came twice"
        check_clock(zone, wake.day, wished, wake.at)
        days.append(wake.day)
        now = wake.at
    return days


def check_clock(zone: ZoneInfo, day: date, wished: time, at: datetime) -> None:
    """Check the moment against the wall clock alone."""
    wall = at.astimezone(zone).replace(tzinfo=None)
    wish = datetime.combine(day, wished)
    if wall == wish:
        earlier = (at - timedelta(days=1)).astimezone(zone)
        assert earlier.replace(tzinfo=None) < wish
        assert at.astimezone(zone).fold == 0, "it is the second of two"
        return
    assert wall > wish, "it rings before its time"
    just_before = (at - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert just_before < wish, "it does not ring at the first moment after the leap"


# A time set once.


@given(
    now=st.integers(0, 525_600).map(lambda minutes: in_paris(MONDAY, 0) + timedelta(minutes=minutes)),
    at=st.times(),
    days=st.sets(st.integers(0, 6)),
    rung=st.booleans(),
)
def test_a_time_set_once_is_to_come_and_no_later_than_the_day_of_the_wake_up_shown(
    now: datetime, at: time, days: set[int], *, rung: bool
) -> None:
    today = now.date()
    set_to = WakeSettings(times=dict.fromkeys(days, time(7)))
    inputs = WakeInputs(rung=frozenset({today}) if rung else frozenset())
    day = day_meant(set_to, inputs, at, now=now, zone=PARIS)
    assert on_the_clock(day, at, PARIS) > now
    shown = next_wake(set_to, inputs, now=now, zone=PARIS)
    if shown is None or shown.day == today:
        assert day in {today, today + timedelta(days=1)}
    elif day != shown.day:
        assert day == today
        assert rung or today.weekday() in days
