"""Households with something in them, whatever they bought and used."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from custom_components.cerebro.core.pantry.barcode.gtin import check_digit
from custom_components.cerebro.core.pantry.book import MOST_AMOUNT, buy, use
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.clean import cleaned
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import (
    Change,
    ChangeId,
    LotId,
    PantryId,
    Product,
    ProductId,
    Taste,
)
from custom_components.cerebro.core.pantry.quantity import PACK, WHOLE, Amount, Measure, Quantity
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.pantry.wish import Origin, Purchase

from ..lots import CUPBOARD, FREEZER, FRIDGE, TODAY

NOW = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
HERE = (FRIDGE, FREEZER, CUPBOARD)
_IN_UNIT = {
    "g": (1, Measure.MASS),
    "kg": (1000, Measure.MASS),
    "oz": (28.349523125, Measure.MASS),
    "lb": (453.59237, Measure.MASS),
    "mL": (1, Measure.VOLUME),
    "L": (1000, Measure.VOLUME),
    "fl. oz.": (29.5735295625, Measure.VOLUME),
    "piece": (1, Measure.COUNT),
}


def measured(amount: Amount) -> Quantity:
    """Turn an amount into a quantity, as Home Assistant's converters do."""
    try:
        factor, measure = _IN_UNIT[amount.unit or "piece"]
    except KeyError as error:
        raise PantryError("unknown_unit", unit=str(amount.unit)) from error
    return Quantity(thousandths=round(amount.value * factor * WHOLE), measure=measure)


def ids(prefix: str) -> Callable[[], ChangeId]:
    """Return ids one after the other."""
    numbers = count()
    return lambda: ChangeId(f"{prefix}{next(numbers):06}")


def refusal(wish: Callable[[], object]) -> str | None:
    """Return the key of the error with which a wish is refused, or nothing when it is granted."""
    try:
        wish()
    except PantryError as error:
        return error.key
    return None


class Household:
    """A stock and the changes that led to it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stock = Stock()
        self.changes: list[Change] = []
        self._ids = ids("change")

    def origin(self) -> Origin:
        return Origin(change_id=self._ids(), at=NOW + timedelta(seconds=len(self.changes)), context="action")

    def apply(self, *changes: Change) -> None:
        for change in changes:
            assert self.stock.apply(change)
            self.changes.append(change)

    def buys(self, product: Product, amount: int, lot_id: str | None = None, **facts: object) -> None:
        told = {"pantry_id": FRIDGE.pantry_id, "bought_on": TODAY} | facts
        purchase = Purchase(
            lot_id=LotId(lot_id or f"lot{len(self.changes)}"),
            amount=Quantity(thousandths=amount, measure=product.measure),
            **told,  # type: ignore[arg-type]
        )
        self.apply(buy(self.stock, self.origin(), product, purchase))

    def uses(self, product: Product, amount: int) -> None:
        quantity = Quantity(thousandths=amount, measure=product.measure)
        self.apply(use(self.stock, self.origin(), product.product_id, quantity))


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12) | st.sampled_from(
    [
        "=HYPERLINK(A1)",
        "'=1",
        "-2",
        "@SUM",
        "a;b",
        "a|b",
        "c\\|",
        'a"b',
        "a,b",
        "+1|x",
        "'tis",
        "Lait demi-écrémé",
    ]
)
_UNITS = {Measure.MASS: ("g", "kg", "oz"), Measure.VOLUME: ("mL", "L"), Measure.COUNT: ("piece",)}


def called(text: str) -> str:
    """Return a name as the household keeps it."""
    name = cleaned(f"{text}.")
    assert name is not None
    return name


def _barcode(number: int) -> str:
    digits = f"0301762042{number:03}"
    return digits + check_digit(digits)


_ALIASES = st.lists(NAMES, max_size=2, unique=True)


@st.composite
def households(draw: st.DrawFn) -> Household:
    """Return any household."""
    home = Household()
    for number in range(draw(st.integers(0, 4))):
        measure = draw(st.sampled_from(Measure))
        pack = draw(st.none() | st.integers(1, 10**9))
        product = Product(
            product_id=ProductId(f"product{number}"),
            # Names that are folded alike would be one product.
            name=called(f"{draw(NAMES)} {number}"),
            measure=measure,
            unit=draw(st.sampled_from((*_UNITS[measure], PACK) if pack else _UNITS[measure])),
            pack=pack,
            category=draw(st.sampled_from(Category)),
            barcodes=(_barcode(number),) if draw(st.booleans()) else (),
            aliases=tuple(
                called(f"{name} {number} x") for name in draw(st.lists(NAMES, max_size=2, unique=True))
            ),
            minimum=draw(st.integers(0, 10**9)),
            taste=draw(st.sampled_from(Taste)),
        )
        for _ in range(draw(st.integers(0, 3))):
            _trade(draw, home, product)
    return home


def _trade(draw: st.DrawFn, home: Household, product: Product) -> None:
    good_for = draw(st.none() | st.integers(0, 4000))
    home.buys(
        product,
        draw(st.integers(1, 10**9)),
        pantry_id=PantryId(draw(st.sampled_from(["fridge", "freezer", "cupboard"]))),
        best_before=None if good_for is None else TODAY + timedelta(days=good_for),
        printed=draw(st.booleans()),
        price=draw(st.none() | st.integers(0, 10**9)),
        batch=draw(st.none() | NAMES.map(called)),
        opened_on=draw(st.none() | st.just(TODAY)),
    )
    if draw(st.booleans()):
        home.uses(product, draw(st.integers(1, min(home.stock.total(product.product_id), MOST_AMOUNT))))
