"""Which mornings a recording holds, by the protocol."""

from __future__ import annotations

from benchmarks.morning.mornings import mornings_of

from .homes import FIRST, days, lasting


def test_a_morning_goes_from_waking_to_the_first_kitchen_activity() -> None:
    (found,) = mornings_of(days(1))
    assert found.day == FIRST.date()
    assert (found.clock, found.arrival) == (420.0, 30.0)
    assert found.events == ((5.0, "Toileting"), (8.0, "Toileting_ended"))


def test_they_wake_when_the_last_long_sleep_of_the_morning_ends() -> None:
    nights = [
        lasting(0, "0:00", "6:00", "sleep"),
        lasting(0, "6:10", "7:00", "sleep"),
        lasting(0, "7:10", "7:30", "sleep"),
        lasting(0, "12:00", "13:00", "sleep"),
    ]
    (found,) = mornings_of([*nights, lasting(0, "7:40", "7:45", "snack")])
    assert found.clock == 420.0
    assert found.arrival == 40.0


def test_a_night_that_ends_before_four_is_no_waking() -> None:
    assert mornings_of([lasting(0, "0:00", "3:59", "sleep"), lasting(0, "4:30", "5:00", "snack")]) == []


def test_a_kitchen_reached_three_hours_later_is_the_last_that_counts() -> None:
    night = lasting(0, "0:00", "7:00", "sleep")
    assert mornings_of([night, lasting(0, "10:01", "10:30", "mealpreperation")]) == []
    (found,) = mornings_of([night, lasting(0, "10:00", "10:30", "mealpreperation")])
    assert found.arrival == 180.0


def test_nothing_from_before_waking_or_after_the_arrival_is_seen() -> None:
    activities = [
        lasting(0, "0:00", "7:00", "sleep"),
        lasting(0, "6:50", "7:10", "toilet"),
        lasting(0, "7:20", "7:40", "dress"),
        lasting(0, "7:30", "7:50", "eatingdrinking"),
        lasting(0, "7:35", "7:45", "medication"),
    ]
    (found,) = mornings_of(activities)
    assert found.events == ((20.0, "dress"),)


def test_homes_name_their_kitchen_in_their_own_ways() -> None:
    for label in ("mealpreperation", "eatingdrinking", "snack", "Breakfast", "Cook_Breakfast", "prep-dinner"):
        activities = [lasting(0, "0:00", "7:00", "go-to-bed"), lasting(0, "7:30", "7:40", label)]
        assert [one.arrival for one in mornings_of(activities)] == [30.0], label
    for label in ("Wash_Dinner_Dishes", "medication", "Leaving", "personalhygiene"):
        activities = [lasting(0, "0:00", "7:00", "go-to-bed"), lasting(0, "7:30", "7:40", label)]
        assert mornings_of(activities) == [], label
