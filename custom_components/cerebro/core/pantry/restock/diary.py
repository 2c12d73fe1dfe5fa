"""What happened to each product, summed up by day: whole numbers, so that it is taken back exactly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from types import MappingProxyType
from typing import Final

from ..model import Change, ChangeId, Entry, ProductId, What

LOOKS_BACK: Final = 500
"""So many days before the last one count: a year, and the months before its season."""
KEPT: Final = 2 * LOOKS_BACK
"""So many days are kept: what was written down by mistake is taken back before it pushes out what counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What happened to a product on a day, in thousandths of its measure."""

    bought: int = 0
    purchases: int = 0
    """How many lots were bought."""
    used: int = 0
    wasted: int = 0
    found: int = 0
    """How much more a count brought to light than the ledger knew of."""
    missing: int = 0
    """How much less there was than the ledger knew of: somebody used it and did not say so."""

    def __add__(self, other: Day) -> Day:
        """Return both together."""
        return Day(
            bought=self.bought + other.bought,
            purchases=self.purchases + other.purchases,
            used=self.used + other.used,
            wasted=self.wasted + other.wasted,
            found=self.found + other.found,
            missing=self.missing + other.missing,
        )

    def __neg__(self) -> Day:
        """Return what takes it back."""
        return Day(
            bought=-self.bought,
            purchases=-self.purchases,
            used=-self.used,
            wasted=-self.wasted,
            found=-self.found,
            missing=-self.missing,
        )

    @property
    def delta(self) -> int:
        """How much more of it there was in the evening, as far as is known."""
        return self.bought + self.found - self.used - self.wasted - self.missing


NOTHING: Final = Day()

type Deed = tuple[ProductId, date, Day]
"""What a change adds to the diary of a product."""


class Diary:
    """The days of one product: at most so many as are kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._days: dict[date, Day] = {}
        self._oldest: date | None = None

    @property
    def days(self) -> Mapping[date, Day]:
        """The days on which anything happened, in no order."""
        return MappingProxyType(self._days)

    def add(self, day: date, what: Day) -> None:
        """Write something down; what is written down and taken back was never there."""
        total = self._days.get(day, NOTHING) + what
        if total == NOTHING:
            self._days.pop(day, None)
            return
        self._days[day] = total
        if self._oldest is None or day < self._oldest:
            self._oldest = day
        if (day - self._oldest).days > KEPT:
            self._days = {one: sums for one, sums in self._days.items() if (day - one).days <= LOOKS_BACK}
            self._oldest = min(self._days)

    def until(self, today: date) -> list[tuple[date, Day]]:
        """Return the days that count, in order."""
        return sorted(
            (day, what) for day, what in self._days.items() if 0 <= (today - day).days <= LOOKS_BACK
        )


class Diaries:
    """The diaries of all products, and the days on which the household went shopping."""

    def __init__(self, zone: tzinfo) -> None:
        """Begin with nothing; a change belongs to the day that it was in the home's time zone."""
        self._zone = zone
        self._diaries: dict[ProductId, Diary] = {}
        self._deeds: OrderedDict[ChangeId, tuple[Deed, ...]] = OrderedDict()
        self._trips: dict[date, dict[ProductId, int]] = {}

    @property
    def products(self) -> Mapping[ProductId, Diary]:
        """The diaries by product."""
        return MappingProxyType(self._diaries)

    def learn(self, change: Change) -> tuple[Deed, ...]:
        """Write a change down, and return what was written. O(1) for each of its entries."""
        if change.what is What.UNDONE:
            undone = self._deeds.get(change.undoes, ()) if change.undoes is not None else ()
            deeds = tuple((product_id, day, -what) for product_id, day, what in undone)
        else:
            deeds = tuple(self._deeds_of(change))
        if deeds:
            self._deeds[change.change_id] = deeds
            self._forget(deeds[0][1])
        for product_id, day, what in deeds:
            self._diaries.setdefault(product_id, Diary()).add(day, what)
            if what.purchases:
                self._follow(product_id, day, what.purchases)
        return deeds

    def trips(self, today: date) -> dict[date, tuple[ProductId, ...]]:
        """Return what was bought on each shopping trip that counts, oldest first: a day is a trip."""
        return {
            day: tuple(self._trips[day])
            for day in sorted(self._trips)
            if 0 <= (today - day).days <= LOOKS_BACK
        }

    def _follow(self, product_id: ProductId, day: date, purchases: int) -> None:
        trip = self._trips.setdefault(day, {})
        trip[product_id] = trip.get(product_id, 0) + purchases
        if trip[product_id] <= 0:
            del trip[product_id]
        if not trip:
            del self._trips[day]

    def _forget(self, today: date) -> None:
        """Forget what was so long ago that no diary holds it any more."""
        while (today - next(iter(self._deeds.values()))[0][1]).days > KEPT:
            for _, day, _ in self._deeds.popitem(last=False)[1]:
                self._trips.pop(day, None)

    def _deeds_of(self, change: Change) -> Iterator[Deed]:
        today = _day(change.at, self._zone)
        match change.what:
            case What.BOUGHT:
                for entry in change.entries:
                    day = entry.now.get("bought_on", today)
                    yield entry.product_id, day, Day(bought=entry.delta, purchases=1)
            case What.USED:
                for product_id, delta in _sums(change.entries):
                    yield product_id, today, Day(used=-delta)
            case What.WASTED:
                for product_id, delta in _sums(change.entries):
                    yield product_id, today, Day(wasted=-delta)
            case What.CORRECTED:
                for product_id, delta in _sums(change.entries):
                    yield product_id, today, Day(found=max(0, delta), missing=max(0, -delta))


def _sums(entries: Iterable[Entry]) -> Iterable[tuple[ProductId, int]]:
    """Return how much each product changed."""
    sums: dict[ProductId, int] = {}
    for entry in entries:
        sums[entry.product_id] = sums.get(entry.product_id, 0) + entry.delta
    return ((product_id, delta) for product_id, delta in sums.items() if delta)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()
