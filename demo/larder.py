"""Eight weeks of a household's shopping and eating, always the same ones, as it would have been exported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
import math
import random
from typing import Final

from .goods import EURO, GOODS, SHELVES, Good
from .thought.pantry import book
from .thought.pantry.exchange import archive
from .thought.pantry.model import Change, ChangeId, LotId, Pantry
from .thought.pantry.quantity import WHOLE, Quantity
from .thought.pantry.shelf_life import best_before
from .thought.pantry.stock import Stock
from .thought.pantry.wish import Origin, Purchase

DAYS: Final = 56
TRIP_EVERY: Final = 4
"""Days between two trips to the shop."""
LAST_TRIP: Final = 4
"""The last one was so many days before today."""
SHOPPED_AT: Final = time(17, 30)
EATEN_AT: Final = time(19, 45)
RUN_OUT: Final = frozenset({"sugar"})
"""What was forgotten on the last trips: nothing is left of it."""
FORGOTTEN: Final = 2
"""It was last bought so many trips before the end."""
LEFT: Final = {"milk": 180, "coffee": 60, "sugar": 0}
"""How much is left this morning of what runs out, in ml or g."""
DIGITS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TIME_DIGITS, NUMBER_DIGITS = 10, 16


def eight_weeks(*, language: str, today: date, zone: tzinfo, seed: int) -> str:
    """Return the document that holds the eight weeks before a day."""
    household = _Household(language=language, zone=zone, seed=seed)
    for ago in range(DAYS, 0, -1):
        household.live(today, ago)
    pantries = [Pantry(pantry_id=key, name=place.value, place=place) for place, key in SHELVES.items()]
    return archive.write(household.stock, household.changes, pantries)


@dataclass(slots=True, kw_only=True)
class _Household:
    """Shops and eats, day after day."""

    language: str
    zone: tzinfo
    seed: int
    stock: Stock = field(default_factory=Stock)
    changes: list[Change] = field(default_factory=list)
    morning: int = 0
    """How many changes there were before this day."""

    def live(self, today: date, ago: int) -> None:
        """Live the day that was so many days ago."""
        day, self.morning = today - timedelta(days=ago), len(self.changes)
        if (ago - LAST_TRIP) % TRIP_EVERY == 0:
            for good in _shopping_list(self.stock, ago):
                self._buy(good, day)
        for good in GOODS.values():
            self._eat(good, day, ago)

    def _buy(self, good: Good, day: date) -> None:
        origin = self._origin(day, SHOPPED_AT, "scan")
        product = good.product(self.language)
        printed = None if good.keeps is None else day + timedelta(days=good.keeps)
        packs = max(1, math.ceil((_needed(good) - self._left(good)) / good.pack))
        purchase = Purchase(
            lot_id=LotId(origin.change_id),
            pantry_id=SHELVES[good.place],
            amount=Quantity(thousandths=packs * good.pack * WHOLE, measure=good.measure),
            bought_on=day,
            best_before=printed or best_before(good.category, good.place, day),
            printed=printed is not None,
            price=packs * good.cents * EURO // 100,
        )
        self._book(book.buy(self.stock, origin, product, purchase))

    def _eat(self, good: Good, day: date, ago: int) -> None:
        left = self._left(good)
        meal = _meal(good, f"{self.seed}/{good.key}/{ago}")
        if good.key in LEFT and ago <= LAST_TRIP:
            # What runs out goes in equal parts, down to what is left this morning.
            meal = (left - LEFT[good.key]) / ago
        amount = min(round(meal), left)
        if amount <= 0:
            return
        quantity = Quantity(thousandths=amount * WHOLE, measure=good.measure)
        product_id = good.product(self.language).product_id
        self._book(book.use(self.stock, self._origin(day, EATEN_AT, "action"), product_id, quantity))

    def _left(self, good: Good) -> int:
        return self.stock.total(good.product(self.language).product_id) // WHOLE

    def _book(self, change: Change) -> None:
        self.stock.apply(change)
        self.changes.append(change)

    def _origin(self, day: date, at: time, context: str) -> Origin:
        number = len(self.changes)
        # No two things happen at the very same moment.
        later = timedelta(seconds=number - self.morning)
        moment = datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC) + later
        return Origin(change_id=ChangeId(_ulid(moment, number)), at=moment, context=context)


def _shopping_list(stock: Stock, ago: int) -> Iterator[Good]:
    """Yield what would not last until the trip after the next one."""
    for good in GOODS.values():
        if good.key in RUN_OUT and ago < LAST_TRIP + FORGOTTEN * TRIP_EVERY:
            continue
        left = stock.total(good.product("en").product_id) // WHOLE
        if left < _needed(good):
            yield good


def _needed(good: Good) -> float:
    """Return how much goes until the next trip, with a little to spare."""
    return good.daily * (TRIP_EVERY + 1)


def _meal(good: Good, draw: str) -> float:
    """Return how much goes on one day, always the same for the same draw."""
    # A string seed is hashed the same way in every process.
    share = random.Random(draw).uniform(0.6, 1.4)
    if good.unit != "piece":
        return good.daily * share
    whole, part = divmod(good.daily * share, 1)
    return whole + (random.Random(f"{draw}/piece").random() < part)


def _ulid(at: datetime, number: int) -> str:
    """Return an id that sorts by its moment."""
    milliseconds = int(at.timestamp() * 1000)
    return _digits(milliseconds, TIME_DIGITS) + _digits(number, NUMBER_DIGITS)


def _digits(number: int, count: int) -> str:
    places: Sequence[int] = range(count - 1, -1, -1)
    return "".join(DIGITS[number >> 5 * place & 31] for place in places)
