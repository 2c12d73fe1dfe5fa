"""What past mornings tell, and that it is worked out once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from custom_components.cerebro.core.routine.identity import Same
from custom_components.cerebro.core.routine.insight import (
    OTHER_KIND,
    RECENT,
    committee_for,
    events_of,
    since_event,
    since_waking,
)
from custom_components.cerebro.core.routine.model import Anchor, Costs, DayKind, Morning, Seen
from custom_components.cerebro.core.routine.stopping import FEW, Task

WORKDAY, DAY_OFF = DayKind.WORKDAY, DayKind.DAY_OFF
COFFEE = Task(ready=300.0, costs=Costs())


def morning(
    kitchen: float | None, *seen: tuple[str, float], up: float = 5, kind: DayKind = WORKDAY
) -> Morning:
    """Return a morning; times in minutes since waking."""
    anchors = {Anchor.UP: timedelta(minutes=up)}
    if kitchen is not None:
        anchors[Anchor.KITCHEN] = timedelta(minutes=kitchen)
    return Morning(
        day="2026-11-24",
        kind=kind,
        seen=tuple(Seen(label=label, at=timedelta(minutes=at)) for label, at in seen),
        anchors=anchors,
    )


def test_what_was_seen_and_what_was_reached_are_read_in_their_order() -> None:
    seen = events_of(morning(30, ("hall_motion", 12), ("bedroom_motion", 2)))
    assert seen == ((120.0, "bedroom_motion"), (300.0, "up"), (720.0, "hall_motion"), (1800.0, "kitchen"))


def test_an_anchor_seen_twice_over_is_read_once() -> None:
    assert events_of(morning(None, ("up", 5))) == ((300.0, "up"),)


def test_the_kitchen_is_expected_as_long_after_waking_as_it_was() -> None:
    known = Same((morning(20), morning(30), morning(40)))
    spread = since_waking(known, Anchor.KITCHEN, WORKDAY)
    assert spread is not None
    assert (spread.points, spread.median) == ((1200.0, 1800.0, 2400.0), 1800.0)


def test_an_anchor_that_was_never_reached_tells_nothing() -> None:
    known = Same((morning(None), morning(None)))
    assert since_waking(known, Anchor.KITCHEN, WORKDAY) is None
    assert since_event(known, Anchor.KITCHEN, WORKDAY, "up") is None


def test_the_kitchen_is_expected_as_long_after_the_last_sight_as_it_was() -> None:
    known = Same((morning(20, ("hall_motion", 6), ("hall_motion", 18)), morning(30, ("hall_motion", 25))))
    spread = since_event(known, Anchor.KITCHEN, WORKDAY, "hall_motion")
    assert spread is not None
    assert spread.points == (120.0, 300.0)
    assert since_event(known, Anchor.KITCHEN, WORKDAY, "front_door") is None


def test_what_comes_after_the_arrival_tells_nothing_of_it() -> None:
    known = Same((morning(20, ("hall_motion", 40)),))
    assert since_event(known, Anchor.KITCHEN, WORKDAY, "hall_motion") is None


def test_another_kind_of_day_counts_less() -> None:
    known = Same((morning(20), morning(90, kind=DAY_OFF)))
    spread = since_waking(known, Anchor.KITCHEN, WORKDAY)
    assert spread is not None
    assert spread.weight == 1 + OTHER_KIND
    assert spread.median == 1200.0


def test_only_the_last_mornings_are_asked() -> None:
    known = Same((*[morning(90)] * 10, *[morning(20)] * RECENT))
    spread = since_waking(known, Anchor.KITCHEN, WORKDAY)
    assert spread is not None
    assert (len(spread.points), max(spread.points)) == (RECENT, 1200.0)


def test_mornings_that_never_reached_the_anchor_do_not_count_for_its_committee() -> None:
    known = Same((*[morning(None)] * 20, *[morning(30)] * (FEW - 1)))
    assert committee_for(known, Anchor.KITCHEN, WORKDAY, COFFEE).mornings == FEW - 1


def test_a_committee_meets_a_regular_morning() -> None:
    known = Same(tuple([morning(30)] * FEW))
    committee = committee_for(known, Anchor.KITCHEN, WORKDAY, COFFEE)
    assert committee.next_start(((300.0, "up"),)) == pytest.approx(1500.0, abs=1)


def test_the_same_mornings_are_worked_out_once_and_others_anew() -> None:
    known = (morning(30),) * FEW
    first = committee_for(Same(known), Anchor.KITCHEN, WORKDAY, COFFEE)
    assert committee_for(Same(known), Anchor.KITCHEN, WORKDAY, COFFEE) is first
    assert since_waking(Same(known), Anchor.KITCHEN, WORKDAY) is since_waking(
        Same(known), Anchor.KITCHEN, WORKDAY
    )
    more = (*known, morning(40))
    assert committee_for(Same(more), Anchor.KITCHEN, WORKDAY, COFFEE).mornings == FEW + 1


def test_a_value_is_the_same_only_as_itself() -> None:
    one, equal = ((morning(minutes),) for minutes in (30, 30))
    assert one == equal
    assert Same(one) == Same(one)
    assert Same(one) != Same(equal)
    assert Same(one) != one
    assert len({Same(one), Same(one), Same(equal)}) == 2
