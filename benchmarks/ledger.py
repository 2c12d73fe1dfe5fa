"""Measure how long the stock takes to load and to change: ``python -m benchmarks.ledger`` from the top."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
import gc
from itertools import count, pairwise
import json
import random
from statistics import median
import time
import tracemalloc
from typing import Final

from demo.thought.pantry import book
from demo.thought.pantry.ledger import from_json, replay, to_json
from demo.thought.pantry.model import Change, ChangeId, Lot, LotId, PantryId, Product, ProductId
from demo.thought.pantry.quantity import WHOLE, Measure, Quantity
from demo.thought.pantry.report import Tally
from demo.thought.pantry.stock import Stock
from demo.thought.pantry.wish import Origin, Purchase

from .table import costs_told, print_table

SIZES: Final = (1_000, 10_000, 50_000)
"""How many lots are there at once."""
LOTS: Final = 10_000
YEARS: Final = 5
"""What is loaded: so many purchases in so many years, and what became of them."""
PRODUCTS: Final = 250
CHANGES: Final = 2_000
"""How many changes are measured at each size."""
LOADS: Final = 5
GOAL_S: Final = 1.0
SEED: Final = 7
START: Final = datetime(2021, 11, 24, 7, tzinfo=UTC)
FRIDGE: Final = PantryId("01k9pantryfridge0000000000")
FREEZER: Final = PantryId("01k9pantryfreezer000000000")
MIB: Final = 1 << 20


class Household:
    """A household that buys and uses up things, from one seed always the same."""

    def __init__(self, products: int = PRODUCTS) -> None:
        """Begin with nothing but the products that it knows."""
        self.draw = random.Random(SEED)
        self.stock = Stock()
        self.products = tuple(_product(number) for number in range(products))
        self.at = START
        self._number = count()

    def origin(self) -> Origin:
        """Return where the next change comes from."""
        return Origin(
            change_id=ChangeId(f"01k9change{next(self._number):016}"),
            at=self.at,
            by="0123456789abcdef0123456789abcdef",
            context="action",
        )

    def buy(self) -> Change:
        """Buy a pack of something."""
        product = self.draw.choice(self.products)
        purchase = Purchase(
            lot_id=LotId(f"01k9lot{next(self._number):019}"),
            pantry_id=self.draw.choice((FRIDGE, FREEZER)),
            amount=_grams(1000),
            bought_on=self.at.date(),
            best_before=self.at.date() + timedelta(days=self.draw.randrange(3, 400)),
            printed=True,
            price=self.draw.randrange(500, 9000),
        )
        return book.buy(self.stock, self.origin(), product, purchase)

    def change(self) -> Change:
        """Do something with what is there."""
        product = self.draw.choice(self.products)
        while self.stock.total(product.product_id) < 1000 * WHOLE:
            product = self.draw.choice(self.products)
        grams = _grams(self.draw.randrange(50, 400))
        match self.draw.randrange(10):
            case 0:
                return book.waste(self.stock, self.origin(), product.product_id, grams)
            case 1:
                return self._move(product, grams)
            case 2:
                return self.buy()
        return book.use(self.stock, self.origin(), product.product_id, grams)

    def _move(self, product: Product, grams: Quantity) -> Change:
        first = next(self.stock.in_order(product.product_id))
        return book.move(
            self.stock,
            self.origin(),
            product.product_id,
            FREEZER if first.pantry_id == FRIDGE else FRIDGE,
            amount=_half(first) or grams,
            new_best_before=lambda lot: lot.best_before,
            rest_id=LotId(f"01k9lot{next(self._number):019}"),
            pantry_id=first.pantry_id,
        )


def _half(lot: Lot) -> Quantity | None:
    """Return half of a lot, where there is a half."""
    return Quantity(thousandths=lot.amount // 2, measure=Measure.MASS) if lot.amount > 1 else None


def _product(number: int) -> Product:
    return Product(
        product_id=ProductId(f"01k9product{number:015}"),
        name=f"Product {number}",
        measure=Measure.MASS,
        unit="g",
        barcodes=(f"{number:014}",),
        aliases=(f"Produit {number}",),
    )


def _grams(whole: int) -> Quantity:
    return Quantity(thousandths=whole * WHOLE, measure=Measure.MASS)


def five_years(lots: int = LOTS) -> list[str]:
    """Return the lines of a ledger: so many purchases, each with two changes of what is there."""
    home = Household()
    lines = []
    for _ in range(lots):
        for change in _purchase(home):
            home.stock.apply(change)
            lines.append(json.dumps(to_json(change), separators=(",", ":")))
        home.at += timedelta(days=365) * YEARS / lots
    return lines


def _purchase(home: Household) -> Iterator[Change]:
    yield home.buy()
    for _ in range(2):
        if any(home.stock.total(one.product_id) >= 1000 * WHOLE for one in home.products):
            yield home.change()


def timed[T](act: Callable[[], T]) -> tuple[T, float]:
    """Return what something comes to, and how long it takes in seconds."""
    start = time.perf_counter()
    result = act()
    return result, time.perf_counter() - start


def load(lines: Sequence[str]) -> tuple[Stock, Tally]:
    """Return what the lines of a ledger come to, and what it cost by month."""
    tally = Tally(UTC)
    stock = replay((from_json(json.loads(line)) for line in lines), tally.learn)
    return stock, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """How long a ledger takes to load."""

    lines: int
    lots: int
    size: int
    """In bytes."""
    seconds: tuple[float, ...]
    memory: int
    """What the stock and its report hold, in bytes."""

    @property
    def middle(self) -> float:
        """The median, in seconds."""
        return median(self.seconds)

    @property
    def cells(self) -> list[str]:
        """The line as it is printed."""
        return [
            f"{self.lines:,}",
            f"{self.lots:,}",
            f"{self.size / MIB:.1f}",
            f"{self.middle:.2f}",
            f"{max(self.seconds):.2f}",
            f"{self.memory / MIB:.1f}",
        ]


def measure_loading(lots: int = LOTS, loads: int = LOADS) -> Loading:
    """Return how long a ledger of so many purchases takes to load, and how much memory it takes."""
    lines = five_years(lots)
    gc.collect()
    seconds = [timed(lambda: load(lines))[1] for _ in range(loads)]
    tracemalloc.start()
    held = load(lines)
    memory, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return Loading(
        lines=len(lines),
        lots=len(held[0].lots),
        size=sum(len(line) + 1 for line in lines),
        seconds=tuple(seconds),
        memory=memory,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long changes take with so many lots there, in microseconds."""

    lots: int
    products: int
    wishes: tuple[float, ...]
    """To turn a wish into a change."""
    changes: tuple[float, ...]
    """To apply it."""

    @property
    def middle(self) -> float:
        """The median of both together."""
        return median(map(sum, zip(self.wishes, self.changes, strict=True)))

    @property
    def cells(self) -> list[str]:
        """The line as it is printed."""
        worst = max(map(sum, zip(self.wishes, self.changes, strict=True)))
        return [
            f"{self.lots:,}",
            f"{self.products:,}",
            f"{median(self.wishes):.1f}",
            f"{median(self.changes):.1f}",
            f"{self.middle:.1f}",
            f"{worst:.0f}",
        ]


def measure_changes(lots: int, products: int = PRODUCTS, changes: int = CHANGES) -> Timing:
    """Return how long changes take with so many lots of so many products there."""
    home = Household(products)
    for _ in range(lots):
        home.stock.apply(home.buy())
        home.at += timedelta(days=100) / lots
    gc.collect()
    wishes, applied = [], []
    for _ in range(changes):
        change, wished = timed(home.change)
        _, took = timed(lambda change=change: home.stock.apply(change))
        wishes.append(wished * 1e6)
        applied.append(took * 1e6)
    return Timing(lots=lots, products=products, wishes=tuple(wishes), changes=tuple(applied))


def main() -> None:
    """Measure both and print them."""
    with costs_told():
        loading = measure_loading()
        print(f"A ledger of {YEARS} years, loaded {LOADS} times\n")
        titles = ("changes", "lots", "MiB on disk", "median s", "max s", "MiB in memory")
        print_table(titles, [loading.cells])
        good = loading.middle < GOAL_S
        print(f"\n{LOTS:,} purchases in less than {GOAL_S:.0f} s: {'met' if good else 'missed'}\n")
        print(f"A change of the stock, {CHANGES:,} of each, in µs\n")
        timings = [[measure_changes(size, products) for size in SIZES] for products in (PRODUCTS, 1)]
        titles = ("lots there", "products", "wish", "change", "both", "max")
        print_table(titles, [one.cells for series in timings for one in series])
        print()
        for series in timings:
            for smaller, larger in pairwise(series):
                print(
                    f"{larger.lots / smaller.lots:.0f} times the lots of {larger.products}:"
                    f" {larger.middle / smaller.middle:.2f} times the time"
                )


if __name__ == "__main__":
    main()
