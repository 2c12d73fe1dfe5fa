"""How much is left of a product that can still be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Protocol

from ..model import Lot, ProductId
from .diary import Day
from .pace import KindOf, Pace, present

CARRIED: Final = 0.5
"""The share of what was left by reckoning that really was, when something was bought anew without need."""

BELIEVED: Final = 7.0
"""So many days' use may be left when something is bought again; always more than that is not believed."""
BUYS: Final = 4
"""The least that was left before each of so many last purchases is what was never there."""

type GoodUntil = Callable[[Lot], date | None]
type UsedBy = Callable[[date], float]
"""How much is used on average from today through a day."""


class Shelves(Protocol):
    """What is asked of a stock."""

    def there(self, product_id: ProductId) -> tuple[Lot, ...]:
        """Return the lots of a product with something left, first what is to be used first."""
        ...

    def total(self, product_id: ProductId) -> int:
        """Return how much is left of a product, in thousandths of its measure."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How much is left, in thousandths of the product's measure."""

    left: float
    """What can be used before it is off."""
    used: float
    """What was used on average since the last purchase."""
    had: float
    """What there was after the last purchase, by what was bought."""

    @property
    def begun(self) -> float:
        """What there was after the last purchase, by what is left."""
        return self.used + self.left if self.left > 0 else max(1.0, min(self.had, self.used))


def usable(
    lots: Sequence[Lot], used_by: UsedBy, good_until: GoodUntil, today: date, until: date = date.max
) -> float:
    """Return how much of some lots, in the order of use, can be used before it is off.

    What is still good on the day ``until`` counts in full.
    """
    total = 0.0
    for lot in lots:
        last = good_until(lot)
        if last is None or last >= until:
            total += lot.amount
        elif last >= today:
            total += min(lot.amount, max(0.0, used_by(last) - total))
    return total


def reckon(days: Sequence[tuple[date, Day]], today: date, pace: Pace, kind_of: KindOf) -> tuple[float, float]:
    """Return what there was after the last purchase, and what was used since on average.

    Reckoned from purchases and waste alone, as if it were used at its pace all the time.
    """
    had = 0.0
    bought = [(day, what) for day, what in days if what.bought > 0]
    for (day, what), (until, _) in pairwise(bought):
        had += what.bought
        had = CARRIED * max(0.0, had - pace.per_day * present(day, until, kind_of))
    last, what = bought[-1]
    lost = sum(one.wasted for day, one in days if day >= last)
    used = pace.per_day * present(last, today, kind_of)
    return max(1.0, had + what.bought - lost), used


def phantom(days: Sequence[tuple[date, Day]], total: int, pace: Pace) -> float:
    """Return how much of what is there by the ledger was used long ago without anybody saying so.

    A household buys when little is left: what the ledger says was left each time was not.
    """
    level, least, buys = total, float(total), 0
    for _, what in reversed(days):
        level -= what.delta
        if what.bought > 0:
            least = min(least, level)
            buys += 1
            if buys == BUYS:
                return max(0.0, least - BELIEVED * pace.per_day)
    return 0.0
