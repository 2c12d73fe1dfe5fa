"""What is counted, and that no policy can look ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from benchmarks.morning.mornings import Event, Morning
from benchmarks.morning.policies import POLICIES, Decide, at_a_clock_time, at_wake, cerebro, on_arrival
from benchmarks.morning.score import NOT_SCORED, clairvoyant, interval, regret, regrets, start_of

from .homes import morning


@pytest.mark.parametrize(
    ("start", "arrival", "ready", "costs"),
    [
        (0, 30, 5, 0.2 * 25),
        (25, 30, 5, 0),
        (27, 30, 5, 2),
        (30, 30, 5, 5),
        (45, 30, 5, 5),
        (inf, 30, 5, 5),
        (0, 2, 5, 3),
        (-10, 2, 5, 0.2 * 7),
    ],
)
def test_regret_by_hand(start: float, arrival: float, ready: float, costs: float) -> None:
    assert regret(start, arrival, ready) == pytest.approx(costs)


def test_even_the_clairvoyant_cannot_start_before_waking() -> None:
    assert clairvoyant(morning(30), 5) == 0
    assert clairvoyant(morning(2), 5) == 3


@st.composite
def homes(draw: st.DrawFn) -> list[Morning]:
    """Draw a home of six to nine mornings."""
    found = []
    for day in range(draw(st.integers(NOT_SCORED + 1, 9))):
        arrival = draw(st.floats(1, 180))
        labels = st.sampled_from(("toilet", "dress", "dress_ended"))
        events = sorted(draw(st.lists(st.tuples(st.floats(0, 180), labels), max_size=4)))
        found.append(morning(arrival, *(one for one in events if one[0] < arrival), day=day))
    return found


@given(home=homes(), ready=st.sampled_from((3.0, 5.0, 10.0)))
@settings(max_examples=30, deadline=None)
def test_no_policy_that_starts_after_waking_beats_the_clairvoyant(home: list[Morning], ready: float) -> None:
    least = [clairvoyant(one, ready) for one in home[NOT_SCORED:]]
    for policy in (at_wake, on_arrival, cerebro):
        costs = regrets(policy, home, ready)
        assert all(cost >= limit - 1e-9 for cost, limit in zip(costs, least, strict=True))


def test_the_first_mornings_are_not_scored() -> None:
    home = [morning(30, day=day) for day in range(NOT_SCORED + 2)]
    assert [len(regrets(one.policy, home, 5)) for one in POLICIES] == [2] * len(POLICIES)


def test_a_policy_is_given_earlier_mornings_only_and_what_was_seen_so_far() -> None:
    home = [morning(30, (10.0, "toilet"), (20.0, f"dress_{day}"), day=day) for day in range(7)]
    given: list[tuple[int, date]] = []
    shown: list[Sequence[Event]] = []

    def watching(earlier: Sequence[Morning], day: date, _woke: float, _ready: float) -> Decide:
        assert all(one.day < day for one in earlier)
        given.append((len(earlier), day))

        def decide(events: Sequence[Event]) -> float:
            shown.append(tuple(events))
            return inf

        return decide

    regrets(watching, home, 5)
    assert given == [(place, home[place].day) for place in (5, 6)]
    assert shown[:3] == [(), ((10.0, "toilet"),), ((10.0, "toilet"), (20.0, "dress_5"))]


def test_a_start_is_set_before_the_next_thing_is_seen() -> None:
    today = morning(30, (10.0, "toilet"))

    def when_seen(events: Sequence[Event]) -> float:
        return 2.0 if events else inf

    assert start_of(when_seen, today) == 10.0
    assert start_of(lambda events: inf if events else 8.0, today) == 8.0
    assert start_of(lambda events: inf if events else 12.0, today) == inf
    assert start_of(lambda _: 30.0, today) == inf


def test_the_fixed_time_is_the_best_clock_time_of_the_earlier_mornings() -> None:
    earlier = [morning(30, day=day, woke="7:00") for day in range(4)] + [morning(90, day=4)]
    decide = at_a_clock_time(earlier, date(2026, 3, 7), 7 * 60 + 10, 5)
    assert decide(()) == 15.0


def test_a_fixed_time_may_come_before_waking() -> None:
    earlier = [morning(10, day=day, woke="7:00") for day in range(5)]
    decide = at_a_clock_time(earlier, date(2026, 3, 7), 8 * 60, 5)
    assert start_of(decide, morning(20, day=6, woke="8:00")) == -55.0


def test_cerebro_meets_a_regular_home_and_starts_on_arrival_in_a_new_one() -> None:
    home = [morning(30, (12.0, "toilet"), day=day) for day in range(8)]
    assert regrets(cerebro, home, 5) == pytest.approx([0, 0, 0], abs=0.02)
    new = cerebro(home[:3], date(2026, 3, 9), 420, 5)
    assert new(()) == inf


def test_the_interval_holds_the_mean_and_is_the_same_every_time() -> None:
    costs = [[1.0, 2.0, 3.0, 4.0], [2.0, 2.0]]
    low, high = interval(costs)
    assert low < 2.25 < high
    assert interval(costs) == (low, high)
    assert interval([[2.0, 2.0]]) == (2.0, 2.0)
