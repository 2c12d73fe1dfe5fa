"""How fast a product is used: from what was used where that is written down, else from what was bought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from math import log, sqrt
from statistics import median
from typing import Final

from ...routine.model import DayKind
from ..categories import Category
from .diary import Day
from .prior import usual_days
from .season import season

type KindOf = Callable[[date], DayKind]
"""What sort of day it was, or will be."""

HALF_LIFE: Final = 45.0
"""Days after which what happened counts half: households change, and seasons do."""
FEWEST_INTERVALS: Final = 4.0
"""What is bought seldom is remembered for so many of its own intervals at least."""
WRITTEN_DOWN: Final = 0.96
"""The least share of what must have been used that is written down, for the uses to be believed."""
STILL_THERE: Final = 0.25
"""The part of a purchase that may still be there when it is bought again."""
KIND_DAYS: Final = 14.0
"""How alike the kinds of day are believed to be, in days."""
PRIOR_INTERVALS: Final = 1.0
"""The first guess for its kind of product counts as much as so many intervals."""
DOUBT: Final = 0.35
"""The relative error of an amount per day after a single interval."""
LEAST_DOUBT: Final = 0.08
USUAL_SPREAD: Final = 0.5
LEAST_SPREAD: Final = 0.15
SPREAD_INTERVALS: Final = 3.0
"""The usual spread counts as much as so many intervals."""
LONGEST: Final = 4.0
"""What was used longer ago than so many times the memory is not looked at."""
GRAIN: Final = 0.1
"""The part of a purchase that is used at once, at first guess."""
RECENT: Final = 5
"""So many of the last purchases show how much is bought at once."""
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast a product is used."""

    per_day: float
    """Thousandths of its measure on a middling day."""
    doubt: float
    """The relative standard error of that."""
    grain: float
    """The variance of what is used in a day over its mean, in thousandths: large parts vary more."""
    portion: float
    """How much is bought at once, in thousandths."""
    intervals: int
    """How many intervals from one purchase to the next it was learned from."""
    spread: float
    """How much the time that a purchase lasts varies: the standard deviation of its logarithm."""
    uses_known: bool
    """Whether the household writes down what it uses of it."""
    by_kind: dict[DayKind, float] = field(default_factory=dict)
    """How much more or less than on a middling day is used on a kind of day."""

    def factor(self, kind: DayKind) -> float:
        """Return how much of a middling day's amount is used on a kind of day."""
        return 0.0 if kind is DayKind.AWAY else self.by_kind.get(kind, 1.0)

    @property
    def days(self) -> float:
        """How many days a purchase lasts."""
        return self.portion / self.per_day


def pace_of(
    days: Sequence[tuple[date, Day]], today: date, category: Category, kind_of: KindOf
) -> Pace | None:
    """Return how fast a product is used, from its days in order; nothing when it was never bought."""
    purchases = [(day, what.bought) for day, what in days if what.bought > 0]
    if not purchases:
        return None
    portion = float(median(bought for _, bought in purchases[-RECENT:]))
    guess = _Guess(
        amount=PRIOR_INTERVALS * portion,
        days=PRIOR_INTERVALS * usual_days(category),
        portion=portion,
        intervals=len(purchases) - 1,
        memory=max(HALF_LIFE, FEWEST_INTERVALS * (today - purchases[0][0]).days / len(purchases)),
    )
    if _uses_written_down(days, purchases, portion):
        pace = _from_uses(days, today, kind_of, guess)
        return replace(pace, per_day=pace.per_day * season(days, today, portion))
    return _from_purchases(purchases, kind_of, guess)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Guess:
    """What is taken for granted before looking at what was used."""

    amount: float
    """An amount that is used in so many days."""
    days: float
    portion: float
    intervals: int
    memory: float
    """Days after which what happened counts half."""


def _uses_written_down(
    days: Sequence[tuple[date, Day]], purchases: Sequence[tuple[date, int]], portion: float
) -> bool:
    """Tell whether what was used is known, going by how much of the earlier purchases is accounted for."""
    used = sum(what.used + what.missing for _, what in days)
    wasted = sum(what.wasted for _, what in days)
    if not used:
        return False
    earlier = sum(bought for _, bought in purchases[:-1])
    return used + wasted >= WRITTEN_DOWN * (earlier - STILL_THERE * portion)


def _from_uses(days: Sequence[tuple[date, Day]], today: date, kind_of: KindOf, guess: _Guess) -> Pace:
    """Return the pace of what was written down as used, by kind of day."""
    begin = max(days[0][0], today - timedelta(days=int(LONGEST * guess.memory)))
    used = {day: float(what.used + what.missing) for day, what in days if day >= begin}
    amounts: dict[DayKind, float] = {}
    lengths: dict[DayKind, float] = {}
    squares: dict[DayKind, float] = {}
    day, left = begin, (today - begin).days
    # Today is not over.
    while left > 0:
        weight = 0.5 ** (left / guess.memory)
        kind = kind_of(day)
        if kind is not DayKind.AWAY:
            lengths[kind] = lengths.get(kind, 0.0) + weight
        amount = used.get(day, 0.0)
        amounts[kind] = amounts.get(kind, 0.0) + weight * amount
        squares[kind] = squares.get(kind, 0.0) + weight * amount * amount
        day, left = day + DAY, left - 1
    total, length = sum(amounts.values()), sum(lengths.values())
    per_day = (total + guess.amount) / (length + guess.days)
    by_kind = {
        kind: (amounts.get(kind, 0.0) + KIND_DAYS * per_day) / (per_day * (days_of + KIND_DAYS))
        for kind, days_of in lengths.items()
    }
    # Variance over mean, by day.
    varied = sum(
        squares[kind] - amounts[kind] ** 2 / days_of for kind, days_of in lengths.items() if days_of > 0
    )
    grain = (max(0.0, varied) + guess.amount * guess.portion * GRAIN) / (total + guess.amount)
    doubt = sqrt(grain / max(total + guess.amount, grain))
    return Pace(
        per_day=per_day,
        doubt=min(DOUBT, max(LEAST_DOUBT, doubt)),
        grain=grain,
        portion=guess.portion,
        intervals=guess.intervals,
        spread=USUAL_SPREAD,
        uses_known=True,
        by_kind=by_kind,
    )


def _from_purchases(purchases: Sequence[tuple[date, int]], kind_of: KindOf, guess: _Guess) -> Pace:
    """Return the pace at which a purchase made do until the next one."""
    amount, length = guess.amount, guess.days
    squares, weights = SPREAD_INTERVALS * USUAL_SPREAD**2, SPREAD_INTERVALS
    last = purchases[-1][0]
    for (day, bought), (until, _) in pairwise(purchases):
        weight = 0.5 ** ((last - until).days / guess.memory)
        lasted = max(0.5, present(day, until, kind_of))
        squares += weight * log(lasted * amount / (bought * length)) ** 2
        weights += weight
        amount += weight * bought
        length += weight * lasted
    intervals = guess.intervals
    return Pace(
        per_day=amount / length,
        doubt=max(LEAST_DOUBT, DOUBT / sqrt(1 + intervals)),
        grain=guess.portion * GRAIN,
        portion=guess.portion,
        intervals=guess.intervals,
        spread=max(LEAST_SPREAD, sqrt(squares / weights)),
        uses_known=False,
    )


def present(day: date, until: date, kind_of: KindOf) -> float:
    """Return how many days the household was there, from one day up to another."""
    return float(sum(kind_of(day + timedelta(days=n)) is not DayKind.AWAY for n in range((until - day).days)))
