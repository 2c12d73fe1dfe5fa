"""The ways to decide when to start: each learns from earlier mornings only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Final, Protocol

from demo.thought.routine.identity import Same
from demo.thought.routine.insight import committee_for
from demo.thought.routine.model import Anchor, Costs, DayKind, Seen
from demo.thought.routine.model import Morning as KnownMorning
from demo.thought.routine.stopping import Task

from .mornings import Event, Morning
from .score import STANDING, WAITING, regret


class Decide(Protocol):
    """What is decided on one morning; it sees the clock and what was seen so far, and nothing else."""

    def __call__(self, events: Sequence[Event]) -> float:
        """Return when to start, in minutes since waking, if nothing more is seen; ``inf``: on arrival."""


type Policy = Callable[[Sequence[Morning], date, float, float], Decide]
"""Learn from earlier mornings for a day, its waking (minutes since midnight) and the minutes until ready."""


def on_arrival(_earlier: Sequence[Morning], _day: date, _woke: float, _ready: float) -> Decide:
    """Start when the person is there."""
    return lambda _: inf


def at_wake(_earlier: Sequence[Morning], _day: date, _woke: float, _ready: float) -> Decide:
    """Start when the alarm is dismissed, as a sequential chain does."""
    return lambda _: 0.0


def at_a_clock_time(earlier: Sequence[Morning], _day: date, woke: float, ready: float) -> Decide:
    """Start every day at the clock time that would have been the best on the earlier mornings."""

    def cost(clock: float) -> float:
        return sum(regret(clock - one.clock, one.arrival, ready) for one in earlier)

    best = min((one.clock + one.arrival - ready for one in earlier), key=cost)
    return lambda _: best - woke


def cerebro(earlier: Sequence[Morning], day: date, _woke: float, ready: float) -> Decide:
    """Start when Cerebro does: its own committee, from what its memory would hold."""
    known = Same(tuple(_known(one) for one in earlier))
    task = Task(ready=ready * 60, costs=Costs(waiting=WAITING, standing=STANDING))
    committee = committee_for(known, Anchor.KITCHEN, _kind(day), task)
    return lambda events: committee.next_start([(at * 60, label) for at, label in events]) / 60


def _known(morning: Morning) -> KnownMorning:
    """Return a morning as Cerebro remembers it."""
    return KnownMorning(
        day=morning.day.isoformat(),
        kind=_kind(morning.day),
        seen=tuple(Seen(label=label, at=timedelta(minutes=at)) for at, label in morning.events),
        anchors={Anchor.KITCHEN: timedelta(minutes=morning.arrival)},
    )


def _kind(day: date) -> DayKind:
    return DayKind.WORKDAY if day.weekday() < 5 else DayKind.DAY_OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A policy and the title of its column."""

    title: str
    policy: Policy


POLICIES: Final = (
    Named(title="fixed time", policy=at_a_clock_time),
    Named(title="at wake", policy=at_wake),
    Named(title="on arrival", policy=on_arrival),
    Named(title="Cerebro", policy=cerebro),
)
