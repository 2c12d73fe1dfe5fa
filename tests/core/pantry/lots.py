"""Lots and products in a few words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import (
    Lot,
    LotId,
    Pantry,
    PantryId,
    Place,
    Product,
    ProductId,
)
from custom_components.cerebro.core.pantry.quantity import Measure

TODAY = date(2026, 11, 24)
FRIDGE = Pantry(pantry_id=PantryId("fridge"), name="Fridge", place=Place.FRIDGE)
FREEZER = Pantry(pantry_id=PantryId("freezer"), name="Freezer", place=Place.FREEZER)
CUPBOARD = Pantry(pantry_id=PantryId("cupboard"), name="Cupboard", place=Place.CUPBOARD)
PANTRIES = {one.pantry_id: one for one in (FRIDGE, FREEZER, CUPBOARD)}
MILK = Product(
    product_id=ProductId("milk"), name="Milk", measure=Measure.VOLUME, unit="L", category=Category.MILK
)
HAM = Product(
    product_id=ProductId("ham"), name="Ham", measure=Measure.MASS, unit="g", category=Category.COLD_CUTS
)
PRODUCTS = {one.product_id: one for one in (MILK, HAM)}


def lot(name: str, *, of: Product = MILK, good_for: int | None = None, **fields: Any) -> Lot:
    """Return a lot that was bought today and is good for so many days."""
    facts: dict[str, Any] = {
        "lot_id": LotId(name),
        "product_id": of.product_id,
        "pantry_id": FRIDGE.pantry_id,
        "amount": 1_000_000,
        "bought": 1_000_000,
        "bought_on": TODAY,
        "best_before": None if good_for is None else TODAY + timedelta(days=good_for),
    }
    return Lot(**(facts | fields))
