"""How a product goes on from now: what is used by each day to come."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from ...routine.model import DayKind
from .outlook import Outlook
from .pace import KindOf, Pace

FARTHEST: Final = 366
"""So many days are looked ahead, the first being today."""
HOURS: Final = 24


class Ahead:
    """The days to come, the same for all products: looked at one by one as far as anybody asks."""

    def __init__(self, now: datetime, kind_of: KindOf, outlook: Outlook) -> None:
        """Take the moment in the home's time."""
        self.today = now.date()
        self._kind_of = kind_of
        self._outlook = outlook
        # What is left of today, on the clock: a day has as many hours as it says.
        self._rest = 1 - now.hour / HOURS
        self._days: list[tuple[DayKind, float]] = []

    def day(self, number: int) -> tuple[DayKind, float]:
        """Return what sort of day one is, 0 being today, and how much is used on it."""
        while len(self._days) <= number:
            day = self.today + timedelta(days=len(self._days))
            share = 1.0 if self._days else self._rest
            self._days.append((self._kind_of(day), max(0.0, self._outlook.demand(day)) * share))
        return self._days[number]


@dataclass(slots=True)
class Course:
    """What is used of one product by each day to come, in thousandths, on average."""

    pace: Pace
    ahead: Ahead
    sums: list[float]

    @classmethod
    def of(cls, pace: Pace, ahead: Ahead) -> Course:
        """Begin with nothing used."""
        return cls(pace, ahead, [])

    def used_in(self, days: int) -> float:
        """Return what is used in so many days, today included; no more than the farthest are looked at."""
        while len(self.sums) < min(days, FARTHEST):
            kind, demand = self.ahead.day(len(self.sums))
            before = self.sums[-1] if self.sums else 0.0
            self.sums.append(before + self.pace.per_day * self.pace.factor(kind) * demand)
        return self.sums[min(days, FARTHEST) - 1] if days > 0 else 0.0

    def used_by(self, day: date) -> float:
        """Return what is used through a day."""
        return self.used_in((day - self.ahead.today).days + 1)

    def first_day(self, chance: Callable[[float], float], least: float) -> date | None:
        """Return the first day by which something has at least a chance, which grows with what is used."""
        if chance(self.used_in(FARTHEST)) < least:
            return None
        number = bisect_left(_Chances(chance, self.sums), least)
        return self.ahead.today + timedelta(days=number)


@dataclass(slots=True)
class _Chances(Sequence[float]):
    """The chances by each day to come, worked out only where they are looked at."""

    chance: Callable[[float], float]
    sums: Sequence[float]

    def __getitem__(self, number: int) -> float:  # type: ignore[override]
        return self.chance(self.sums[number])

    def __len__(self) -> int:
        return len(self.sums)
