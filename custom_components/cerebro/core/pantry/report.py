"""What the stock comes to: how it stands today, what it is worth, and what each month cost and wasted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta, tzinfo
from types import MappingProxyType

from .model import Change, ChangeId, Entry, Lot, Product, Taste, What
from .quantity import Measure
from .stock import Stock
from .use_first import SOON_DAYS
from .value import part_of_price


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """How the stock stands on a day."""

    products: int
    """How many products are there."""
    past_date: tuple[Lot, ...]
    """What is past its last good day."""
    soon_off: tuple[Lot, ...]
    """What is good today but not for long."""
    low: tuple[Product, ...]
    """Of which less is there than should be."""


def glance(
    stock: Stock,
    today: date,
    *,
    soon_days: int = SOON_DAYS,
    good_until: Callable[[Lot], date | None] | None = None,
) -> Glance:
    """Return how the stock stands; lots are in the order in which they go off.

    A lot is good until its best-before date, that day included, or as long as ``good_until`` says.
    """
    last = today + timedelta(days=soon_days)
    if good_until is None:
        off = [(lot.best_before or date.max, lot) for lot in stock.off_until(last)]
    else:
        dated = ((good_until(lot), lot) for lot in stock.all_there())
        off = [(until, lot) for until, lot in dated if until is not None and until <= last]
        off.sort(key=lambda one: one[0])
    return Glance(
        products=sum(1 for _ in stock.products_there()),
        past_date=tuple(lot for until, lot in off if until < today),
        soon_off=tuple(lot for until, lot in off if until >= today),
        low=low(stock),
    )


def low(stock: Stock) -> tuple[Product, ...]:
    """Return the products of which less is there than should be, by name."""
    short = (one for one in stock.products.values() if is_low(one, stock.total(one.product_id)))
    return tuple(sorted(short, key=lambda one: (one.name, one.product_id)))


def is_low(product: Product, amount: int) -> bool:
    """Tell whether an amount of a product is less than its minimum; what is to be kept must not run out."""
    if product.taste is Taste.NEVER:
        return False
    return amount < product.minimum or (product.taste is Taste.KEEP and not amount)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What a month cost and wasted."""

    spent: int = 0
    """On what was bought in it, in thousandths of the home's currency."""
    wasted: int = 0
    """What the wasted things had cost, in thousandths of the home's currency."""
    wasted_mass: int = 0
    """In thousandths of a gram; a millilitre counts as a gram, as of water. Pieces have no known mass."""
    wasted_pieces: int = 0
    """In thousandths of a piece."""

    def __add__(self, other: Month) -> Month:
        """Return both together."""
        return Month(
            spent=self.spent + other.spent,
            wasted=self.wasted + other.wasted,
            wasted_mass=self.wasted_mass + other.wasted_mass,
            wasted_pieces=self.wasted_pieces + other.wasted_pieces,
        )

    def __neg__(self) -> Month:
        """Return what takes it back."""
        return Month(
            spent=-self.spent,
            wasted=-self.wasted,
            wasted_mass=-self.wasted_mass,
            wasted_pieces=-self.wasted_pieces,
        )


class Tally:
    """What the stock is worth and what the months came to, carried on with each change in O(1) per entry."""

    def __init__(self, zone: tzinfo) -> None:
        """Begin with nothing.

        What was bought belongs to the month of that day, what was wasted to its month in the home's zone.
        """
        self._zone = zone
        self._months: defaultdict[date, Month] = defaultdict(Month)
        self._counted: dict[ChangeId, tuple[date, Month]] = {}
        self.value = 0
        """What is left of the prices of all that is there, in thousandths of the home's currency."""

    @property
    def months(self) -> Mapping[date, Month]:
        """The months in which anything was bought or wasted, by their first day."""
        return MappingProxyType(self._months)

    def month(self, day: date) -> Month:
        """Return what the month of a day came to."""
        return self._months.get(_first(day), Month())

    def learn(self, change: Change, stock: Stock) -> None:
        """Take in a change that was just applied to a stock: before the next one is."""
        values = [_values(entry, stock) for entry in change.entries]
        self.value += sum(after - before for before, after in values)
        counted = self._count(change, sum(before - after for before, after in values), stock)
        if counted is not None and counted[1] != Month():
            month, came_to = self._counted[change.change_id] = counted
            self._months[month] += came_to

    def _count(self, change: Change, worth: int, stock: Stock) -> tuple[date, Month] | None:
        """Return to which month a change adds what, having taken out of the stock what was worth so much."""
        match change.what:
            case What.BOUGHT if change.entries:
                facts = change.entries[0].now
                return _first(facts["bought_on"]), Month(spent=facts["price"] or 0)
            case What.WASTED:
                day = change.at.astimezone(self._zone).date()
                return _first(day), _wasted(change.entries, stock) + Month(wasted=worth)
            case What.UNDONE if change.undoes in self._counted:
                # The month in which it happened is set right, not the one in which it is undone.
                month, counted = self._counted[change.undoes]
                return month, -counted
        return None


def _first(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def _values(entry: Entry, stock: Stock) -> tuple[int, int]:
    """Return what the lot of an entry that was just applied was worth before, and is worth after."""
    lot = stock.lots.get(entry.lot_id)
    amount, price, bought = (0, None, 0) if lot is None else (lot.amount, lot.price, lot.bought)
    after = part_of_price(price, amount, bought)
    price, bought = entry.was.get("price", price), entry.was.get("bought", bought)
    before = part_of_price(price, amount - entry.delta, bought)
    return before, after


def _wasted(entries: Iterable[Entry], stock: Stock) -> Month:
    """Return how much was wasted."""
    total = Month()
    for entry in entries:
        if stock.products[entry.product_id].measure is Measure.COUNT:
            total += Month(wasted_pieces=-entry.delta)
        else:
            total += Month(wasted_mass=-entry.delta)
    return total
