"""How much is meant when nobody says how much."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import PantryError
from .model import Lot, Product
from .quantity import WHOLE, Measure, Quantity


def one_purchase(product: Product, lots: Sequence[Lot]) -> Quantity:
    """Return what one purchase of a product is: a pack, else as much as last time, else a piece.

    ``lots`` are all that were ever bought of it.

    Raises:
        PantryError: ``how_much`` when it is measured and was never bought.
    """
    last = max(lots, key=lambda lot: (lot.bought_on, lot.lot_id), default=None)
    if product.pack is not None:
        return Quantity(thousandths=product.pack, measure=product.measure)
    if product.measure is Measure.COUNT:
        return Quantity(thousandths=WHOLE, measure=Measure.COUNT)
    if last is not None:
        return Quantity(thousandths=last.bought, measure=product.measure)
    raise PantryError("how_much", product=product.name)


def one_use(product: Product, lots: Sequence[Lot]) -> Quantity | None:
    """Return what one use of a product is: a piece, else what is left of the pack that is used first.

    ``lots`` are those there are, first what goes off first. Nothing when none is there.
    """
    if not lots:
        return None
    amount = lots[0].amount
    if product.measure is Measure.COUNT:
        amount = min(amount, WHOLE)
    elif product.pack is not None:
        amount = amount % product.pack or product.pack
    return Quantity(thousandths=amount, measure=product.measure)
