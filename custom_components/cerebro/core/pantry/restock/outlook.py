"""What is known of the days to come and of those that were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ...routine.model import DayKind
from ..model import Lot

SATURDAY = 5


def by_weekday(day: date) -> DayKind:
    """Return what sort of day it is where nobody knows better."""
    return DayKind.WORKDAY if day.weekday() < SATURDAY else DayKind.DAY_OFF


def as_ever(_: date) -> float:
    """Return that as much is used as ever."""
    return 1.0


def as_dated(lot: Lot) -> date | None:
    """Return until when a lot is good by its date."""
    return lot.best_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What the days to come are expected to be like."""

    demand: Callable[[date], float] = as_ever
    """How much is used on a day, as a share of what is used by habit: more with guests, nothing when away."""
    good_until: Callable[[Lot], date | None] = as_dated
    """The last day on which a lot is good, with what it lost in the warm; nothing: it does not go off."""
