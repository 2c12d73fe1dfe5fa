"""A household whose truth is known: what it uses, buys, forgets and writes down, the same from one seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from math import cos, exp, floor, pi
import random
from typing import Final

from demo.thought.pantry import book
from demo.thought.pantry.model import Change, ChangeId, LotId, PantryId, Product, ProductId
from demo.thought.pantry.quantity import WHOLE, Measure, Quantity
from demo.thought.pantry.stock import Stock
from demo.thought.pantry.wish import Origin, Purchase
from demo.thought.routine.model import DayKind

from .goods import GOODS, Good

FIRST: Final = date(2025, 1, 6)
DAYS: Final = 365
AHEAD: Final = 60
"""So many days more are drawn, to know when what is there at the end runs out."""
PANTRY: Final = PantryId("pantry")
SATURDAY: Final = 5
WEDNESDAY: Final = 2
SECOND_TRIP: Final = 0.6
"""How often they go shopping on a Wednesday too."""
FORGOTTEN: Final = 0.1
"""How often something that is needed is not bought."""
PROMOTION: Final = 0.08
"""How often something that is not needed yet is cheap, and bought."""
GUESTS: Final = 1.8
"""How many times as much is used with guests."""
SWITCHES: Final = 4
"""So many things are bought of another brand from some day on."""
WASTE_SOON: Final = 1
NOTHING: Final = 1e-9
HIGH_SUMMER: Final = 196
"""The day of the year around which summer is highest."""


type Take = Callable[[Stock, Origin, ProductId, Quantity], Change]


class Diligence(StrEnum):
    """What a household writes down."""

    ALL = "all uses"
    MOST = "four uses in five"
    PURCHASES = "purchases only"


TOLD: Final = {Diligence.ALL: 1.0, Diligence.MOST: 0.8, Diligence.PURCHASES: 0.0}


@dataclass(slots=True)
class Thing:
    """One good in this household, with what it truly needs each day, in whole units."""

    good: Good
    needs: list[float]
    product: Product
    second: Product | None = None
    """The other brand, where they switch."""
    switch: int = DAYS + AHEAD
    parts: list[tuple[int, float]] = field(default_factory=list)
    """What is there: the day on which it is off, and how much."""
    coverage: float = 7.0

    @property
    def left(self) -> float:
        """How much is there."""
        return sum(amount for _, amount in self.parts)

    def brand(self, day: int) -> Product:
        """Return what is bought on a day."""
        return self.second if self.second is not None and day >= self.switch else self.product

    def runs_out_in(self, day: int) -> int | None:
        """Return in how many days what is there is used up; nothing: not within those drawn."""
        return lasts(self.parts, self.needs[day + 1 :], day + 1)


def lasts(parts: Sequence[tuple[int, float]], needs: Sequence[float], first: int) -> int | None:
    """Return in how many days parts are used up or off; ``needs`` are by day from the first one on."""
    left = list(parts)
    for ahead, amount in enumerate(needs):
        need = amount
        while left and (left[0][0] + WASTE_SOON <= first + ahead or need > 0):
            off, there = left[0]
            used = there if off + WASTE_SOON <= first + ahead else min(there, need)
            need -= used if off + WASTE_SOON > first + ahead else 0
            left[0] = (off, there - used)
            if there - used <= NOTHING:
                del left[0]
        if not left:
            return ahead + 1
    return None


class Household:
    """A household over a year. What it needs does not depend on what is there, only what it uses does."""

    def __init__(self, seed: int, diligence: Diligence) -> None:
        """Draw who they are and how the year goes."""
        self._draw = random.Random(seed)
        self.diligence = diligence
        self._told = random.Random(f"{seed} told")
        size = self._draw.choice((1, 2, 2, 3, 4)) / 2.5
        self.guests = set(self._draw.sample(range(DAYS + AHEAD), 24))
        self.away = {
            first + day
            for first, length in ((self._draw.randrange(90, 130), 5), (self._draw.randrange(180, 230), 12))
            for day in range(length)
        }
        self._scale: dict[str, float] = {}
        self._drift: dict[str, float] = {}
        """How its use grows over the year, as a logarithm."""
        kept = [good for good in GOODS if self._draw.random() < 0.85]
        self.things = [self._thing(good, size) for good in kept]
        for thing in self._draw.sample(self.things, SWITCHES):
            thing.switch = self._draw.randrange(120, 240)
            thing.second = _product(thing.good, "other ")
        self.stock = Stock()
        self._number = 0

    def kind(self, day: date) -> DayKind:
        """Return what sort of day it is, as a calendar knows."""
        if (day - FIRST).days in self.away:
            return DayKind.AWAY
        return DayKind.DAY_OFF if day.weekday() >= SATURDAY else DayKind.WORKDAY

    def demand(self, day: date) -> float:
        """Return what a calendar says of a day: guests come, or nobody is there."""
        number = (day - FIRST).days
        return 0.0 if number in self.away else GUESTS if number in self.guests else 1.0

    def changes(self, day: int) -> Iterator[Change]:
        """Live a day: yield each change once it is applied to the stock."""
        today = FIRST + timedelta(days=day)
        for thing in self.things:
            yield from self._off(thing, day)
        second = today.weekday() == WEDNESDAY and self._draw.random() < SECOND_TRIP
        if day not in self.away and (today.weekday() == SATURDAY or second):
            for thing in self.things:
                yield from self._shop(thing, day)
        for thing in self.things:
            yield from self._use(thing, day)

    def expected(self, thing: Thing, day: int) -> float:
        """Return how much is needed on a day on average: what only the simulation knows."""
        today = FIRST + timedelta(days=day)
        good = thing.good
        season = 1 + good.summer * cos(2 * pi * (today.timetuple().tm_yday - HIGH_SUMMER) / 365)
        weekend = good.weekend if today.weekday() >= SATURDAY else 1.0
        scale = self._scale[good.name] * exp(self._drift[good.name] * day / DAYS)
        return scale * good.per_day * season * weekend * self.demand(today)

    def _thing(self, good: Good, size: float) -> Thing:
        self._scale[good.name] = size * exp(self._draw.gauss(0, 0.35))
        self._drift[good.name] = self._draw.gauss(0, 0.25)
        thing = Thing(good, [], _product(good))
        for day in range(DAYS + AHEAD):
            mean = self.expected(thing, day) / good.part
            by_habit = floor(good.habit * mean + self._draw.random())
            thing.needs.append(good.part * (by_habit + _poisson(self._draw, (1 - good.habit) * mean)))
        thing.coverage = self._draw.choice((5.0, 7.0, 10.0))
        return thing

    def _shop(self, thing: Thing, day: int) -> Iterator[Change]:
        good = thing.good
        mean = sum(self.expected(thing, day + ahead) for ahead in range(7)) / 7
        if mean <= 0:
            return
        needed = thing.left < mean * self._draw.gauss(4.5, 1.2)
        if needed:
            if self._draw.random() < FORGOTTEN:
                return
            packs = max(1, floor(0.5 + (mean * thing.coverage - thing.left) / good.pack))
        elif self._draw.random() < PROMOTION:
            packs = self._draw.choice((1, 2))
        else:
            return
        amount = packs * good.pack
        thing.parts.append((day + good.keeps, amount))
        today = FIRST + timedelta(days=day)
        purchase = Purchase(
            lot_id=LotId(f"lot{self._next():06}"),
            pantry_id=PANTRY,
            amount=_quantity(amount),
            bought_on=today,
            best_before=today + timedelta(days=good.keeps),
        )
        yield self._done(book.buy(self.stock, self._origin(day, 10), thing.brand(day), purchase))

    def _use(self, thing: Thing, day: int) -> Iterator[Change]:
        wanted = thing.needs[day]
        while wanted > 0 and thing.parts:
            off, amount = thing.parts[0]
            used = min(amount, wanted)
            wanted -= used
            thing.parts[0] = (off, amount - used)
            if thing.parts[0][1] <= 1e-9:
                del thing.parts[0]
            if self._told.random() < TOLD[self.diligence]:
                yield from self._take(thing, day, used, book.use, 19)

    def _off(self, thing: Thing, day: int) -> Iterator[Change]:
        while thing.parts and thing.parts[0][0] + WASTE_SOON <= day:
            _, amount = thing.parts.pop(0)
            if self._told.random() < TOLD[self.diligence]:
                yield from self._take(thing, day, amount, book.waste, 8)

    def _take(self, thing: Thing, day: int, amount: float, take: Take, hour: int) -> Iterator[Change]:
        """Take from the old brand first, and no more than the ledger knows of."""
        left = round(amount * WHOLE)
        for product in (thing.product, thing.second):
            if product is None or not left:
                continue
            taken = min(left, self.stock.total(product.product_id))
            if taken:
                left -= taken
                quantity = Quantity(thousandths=taken, measure=Measure.COUNT)
                yield self._done(take(self.stock, self._origin(day, hour), product.product_id, quantity))

    def _done(self, change: Change) -> Change:
        self.stock.apply(change)
        return change

    def _origin(self, day: int, hour: int) -> Origin:
        at = datetime.combine(FIRST + timedelta(days=day), time(hour), UTC)
        return Origin(change_id=ChangeId(f"change{self._next():08}"), at=at)

    def _next(self) -> int:
        self._number += 1
        return self._number


def _product(good: Good, brand: str = "") -> Product:
    name = brand + good.name
    return Product(
        product_id=ProductId(name), name=name, category=good.category, pack=round(good.pack * WHOLE)
    )


def _quantity(amount: float) -> Quantity:
    return Quantity(thousandths=round(amount * WHOLE), measure=Measure.COUNT)


def _poisson(draw: random.Random, mean: float) -> int:
    """Return a Poisson number, by Knuth's method."""
    limit, product, number = exp(-mean), draw.random(), 0
    while product > limit:
        number += 1
        product *= draw.random()
    return number
