"""First expired, first out: the lots with something left, in the order in which they are to be used."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from datetime import date
from typing import Final

from .model import Lot, LotId, ProductId

NEVER: Final = date.max
"""Stands for the best-before date of what has none."""

type Rank = tuple[date, bool, date, LotId]


def rank(lot: Lot) -> Rank:
    """Return what orders lots: what goes off first, opened before unopened, older before newer."""
    return lot.best_before or NEVER, lot.opened_on is None, lot.bought_on, lot.lot_id


class Fefo:
    """The lots that are there, by product and by the day they go off: each change costs O(log n)."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._of: dict[ProductId, list[Rank]] = {}
        self._days: list[date] = []
        self._on: dict[date, set[Rank]] = {}

    def add(self, lot: Lot) -> None:
        """Put a lot in its order."""
        one = rank(lot)
        insort(self._of.setdefault(lot.product_id, []), one)
        day = one[0]
        if day not in self._on:
            insort(self._days, day)
            self._on[day] = set()
        self._on[day].add(one)

    def remove(self, lot: Lot) -> None:
        """Take out a lot that is in it."""
        one = rank(lot)
        ranks = self._of[lot.product_id]
        del ranks[bisect_left(ranks, one)]
        if not ranks:
            del self._of[lot.product_id]
        day = one[0]
        self._on[day].remove(one)
        if not self._on[day]:
            del self._on[day]
            del self._days[bisect_left(self._days, day)]

    def products(self) -> Iterator[ProductId]:
        """Return the products of which something is there, in no order."""
        return iter(self._of)

    def of(self, product_id: ProductId) -> Iterator[LotId]:
        """Return the lots of a product, first what is to be used first."""
        return (one[3] for one in self._of.get(product_id, ()))

    def until(self, day: date) -> Iterator[LotId]:
        """Return the lots of all products that go off on a day or before, first what is to be used first."""
        for known in self._days:
            if known > day:
                return
            yield from (one[3] for one in sorted(self._on[known]))
