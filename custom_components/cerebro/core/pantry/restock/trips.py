"""Whether something is bought on the next shopping trip, from the trips on which it was bought before.

A logistic hazard per trip: of how often it was bought, long ago or lately, of how long ago that was, of its
own interval, and of how much is usually bought. The weights are those of many other households; a household's
own trips are all that goes in.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from typing import Final

FADING: Final = 0.9
"""What one trip more ago counts less by."""
BASE: Final = -2.0
BY_COUNT: Final = 1.1
BY_GAP: Final = -0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """On which of a household's trips something was bought."""

    trips: int
    """How many trips there were."""
    bought: tuple[int, ...]
    """The numbers of those on which it was bought, from 0, in order."""


def next_trip(record: Record) -> float:
    """Return the chance that it is bought on the next trip; nothing for what never was."""
    if not record.bought:
        return 0.0
    faded: float = sum(FADING ** (record.trips - 1 - trip) for trip in record.bought)
    gap = record.trips - 1 - record.bought[-1]
    return 1 / (1 + exp(-(BASE + BY_COUNT * log(faded) + BY_GAP * log1p(gap))))


def within(chance: float, trips: float) -> float:
    """Return the chance that it happens on one of several trips."""
    return float(1.0 - (1.0 - chance) ** max(0.0, trips))


def record_of[T: Hashable](trips: Sequence[T], bought: Sequence[T]) -> Record:
    """Return a record from the days of all trips and of those on which something was bought, in order."""
    place = {day: number for number, day in enumerate(trips)}
    return Record(trips=len(trips), bought=tuple(place[day] for day in bought if day in place))
