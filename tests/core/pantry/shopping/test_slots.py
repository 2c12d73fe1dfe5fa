"""The next time to shop fits the household, comes before things run out, and says why."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.cerebro.core.pantry.shopping.slots import (
    Need,
    Part,
    Slot,
    next_slot,
    part_of,
    rhythm_of,
)
from custom_components.cerebro.core.pantry.shopping.split import Shop
from custom_components.cerebro.core.pantry.shopping.times import OpeningTime

from .shelves import NOON, SHOP

PARIS = ZoneInfo("Europe/Paris")
"""Noon in UTC on Tuesday, 24 November, is 13:00 there."""
WEEK = tuple(OpeningTime(weekday=day, begins=time(9), ends=time(20)) for day in range(6))
CORNER = Shop(shop_id=SHOP, times=WEEK)
VAN = Shop(
    shop_id=SHOP,
    times=(
        OpeningTime(weekday=2, begins=time(8), ends=time(10)),
        OpeningTime(weekday=4, begins=time(18), ends=time(20)),
    ),
    delivery=True,
)
SATURDAYS = {(5, Part.MORNING): 8, (2, Part.EVENING): 1}


def local(slot: Slot | None) -> str:
    assert slot is not None
    return slot.start.astimezone(PARIS).strftime("%a %d %H:%M")


def test_without_anything_known_it_is_the_soonest_hour() -> None:
    slot = next_slot(CORNER, NOON, PARIS, rhythm={})
    assert local(slot) == "Tue 24 13:00"
    assert slot is not None
    assert (slot.end - slot.start, slot.reason.key) == (timedelta(hours=1), "slot_soonest")


def test_it_is_when_the_household_usually_shops() -> None:
    slot = next_slot(CORNER, NOON, PARIS, rhythm=SATURDAYS)
    assert local(slot) == "Sat 28 09:00"
    assert slot is not None
    assert (slot.reason.key, slot.reason.values) == ("slot_usual", {"weekday": "weekday_5"})


def test_it_is_before_the_first_thing_runs_out() -> None:
    need = Need(product="Milk", runs_out_on=date(2026, 11, 25))
    slot = next_slot(CORNER, NOON, PARIS, rhythm=SATURDAYS, need=need)
    assert slot is not None
    assert slot.start.date() <= need.runs_out_on
    assert (slot.reason.key, slot.reason.values["product"]) == ("slot_in_time", "Milk")


def test_what_runs_out_before_the_shop_opens_is_said() -> None:
    need = Need(product="Milk", runs_out_on=date(2026, 11, 24))
    slot = next_slot(VAN, NOON, PARIS, rhythm={}, need=need)
    assert slot is not None
    assert (slot.reason.key, slot.reason.values) == ("slot_late", {"product": "Milk", "days": 1})


def test_what_the_calendar_has_is_kept_free() -> None:
    busy = [(datetime(2026, 11, 28, 7, tzinfo=UTC), datetime(2026, 11, 28, 10, tzinfo=UTC))]
    assert local(next_slot(CORNER, NOON, PARIS, rhythm=SATURDAYS, busy=busy)) == "Sat 28 11:00"


def test_where_every_time_is_taken_that_is_said() -> None:
    always = [(NOON, NOON + timedelta(days=30))]
    slot = next_slot(CORNER, NOON, PARIS, rhythm={}, busy=always)
    assert slot is not None
    assert slot.reason.key == "slot_busy"


def test_a_delivery_comes_when_somebody_is_home() -> None:
    def evenings(weekday: int, hour: int) -> float:
        return 0.9 if hour >= 17 else 0.1

    slot = next_slot(VAN, NOON, PARIS, rhythm={}, presence=evenings)
    assert local(slot) == "Fri 27 18:00"
    assert slot is not None
    assert (slot.reason.key, slot.reason.values) == ("slot_home", {"percent": 90})
    assert slot.end - slot.start == timedelta(hours=2)


def test_a_time_that_was_put_off_is_left_out() -> None:
    after = NOON + timedelta(days=2)
    assert local(next_slot(CORNER, NOON, PARIS, rhythm={}, after=after)) == "Thu 26 13:00"


def test_a_shop_whose_times_are_unknown_is_taken_to_be_open_by_day() -> None:
    at_night = datetime(2026, 11, 24, 23, tzinfo=UTC)
    assert local(next_slot(Shop(shop_id=SHOP), at_night, PARIS, rhythm={})) == "Wed 25 09:00"


def test_a_delivery_that_has_begun_cannot_be_had() -> None:
    begun = datetime(2026, 11, 25, 7, 30, tzinfo=UTC)
    assert local(next_slot(VAN, begun, PARIS, rhythm={})) == "Fri 27 18:00"


def test_a_shop_that_never_opens_has_no_time() -> None:
    never = OpeningTime(weekday=1, begins=time(9), ends=time(9))
    assert next_slot(Shop(shop_id=SHOP, times=(never,)), NOON, PARIS, rhythm={}) is None


@pytest.mark.parametrize(
    ("now", "utc_hour"),
    [(datetime(2026, 10, 23, 20, tzinfo=UTC), 7), (datetime(2026, 10, 25, 20, tzinfo=UTC), 8)],
)
def test_a_shop_opens_at_nine_before_and_after_the_clock_is_put_back(now: datetime, utc_hour: int) -> None:
    slot = next_slot(Shop(shop_id=SHOP), now, PARIS, rhythm={})
    assert slot is not None
    assert (slot.start.hour, slot.start.astimezone(PARIS).hour) == (utc_hour, 9)


def test_an_hour_that_the_clock_leaves_out_is_not_lost() -> None:
    night = OpeningTime(weekday=6, begins=time(2, 30), ends=time(4, 30))
    shop = Shop(shop_id=SHOP, times=(night,))
    slot = next_slot(shop, datetime(2027, 3, 27, 20, tzinfo=UTC), PARIS, rhythm={})
    assert slot is not None
    assert slot.start == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_several_purchases_on_one_trip_count_once() -> None:
    saturday = datetime(2026, 11, 21, 9, tzinfo=UTC)
    moments = [saturday, saturday + timedelta(minutes=4), saturday + timedelta(hours=9)]
    assert rhythm_of(moments, PARIS) == {(5, Part.MORNING): 1, (5, Part.EVENING): 1}


def test_a_day_has_three_parts() -> None:
    assert [part_of(time(hour)) for hour in (11, 12, 17)] == [Part.MORNING, Part.AFTERNOON, Part.EVENING]
