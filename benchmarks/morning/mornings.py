"""The mornings of a recorded home: from waking to the kitchen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ..recordings import Interval

LEAST_SLEEP: Final = timedelta(minutes=30)
WAKING_HOURS: Final = range(4, 12)
WITHIN: Final = timedelta(hours=3)
"""A kitchen that is reached later than this after waking is no part of the morning."""
SLEEP: Final = frozenset({"sleep", "sleeping", "gotobed"})
KITCHEN: Final = ("mealprep", "eat", "snack", "breakfast", "cook", "prep")
"""How the labels of kitchen activities begin, in small letters alone."""
ENDED: Final = "_ended"

type Event = tuple[float, str]
"""When something was seen, in minutes since waking, and its label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One recorded morning."""

    woke: datetime
    arrival: float
    """Minutes from waking to the first kitchen activity."""
    events: tuple[Event, ...]
    """What was seen from waking to the arrival, in order: beginnings and ends of activities."""

    @property
    def day(self) -> date:
        """The date."""
        return self.woke.date()

    @property
    def clock(self) -> float:
        """When they woke, in minutes since midnight."""
        return self.woke.hour * 60 + self.woke.minute + self.woke.second / 60


def mornings_of(activities: Sequence[Interval]) -> list[Morning]:
    """Return the mornings of a home, the first first."""
    found = (_morning(woke, activities) for woke in _wakings(activities))
    return [morning for morning in found if morning is not None]


def _wakings(activities: Iterable[Interval]) -> list[datetime]:
    """Return when the last sleep of each day that is long enough ended."""
    last: dict[date, datetime] = {}
    for one in activities:
        if _plain(one.label) in SLEEP and one.end - one.start >= LEAST_SLEEP and one.end.hour in WAKING_HOURS:
            last[one.end.date()] = max(one.end, last.get(one.end.date(), one.end))
    return sorted(last.values())


def _morning(woke: datetime, activities: Iterable[Interval]) -> Morning | None:
    """Return what followed a waking, or nothing where the kitchen was not reached in time."""
    after = [one for one in activities if one.start >= woke]
    arrivals = [one.start for one in after if _is_kitchen(one.label) and one.start - woke <= WITHIN]
    if not arrivals:
        return None
    arrival = min(arrivals)
    begun = [(_minutes(one.start - woke), one.label) for one in after if one.start < arrival]
    ended = [(_minutes(one.end - woke), one.label + ENDED) for one in after if one.end < arrival]
    return Morning(woke=woke, arrival=_minutes(arrival - woke), events=tuple(sorted(begun + ended)))


def _is_kitchen(label: str) -> bool:
    return _plain(label).startswith(KITCHEN)


def _plain(label: str) -> str:
    return "".join(letter for letter in label.lower() if letter.isalpha())


def _minutes(time: timedelta) -> float:
    return time.total_seconds() / 60
