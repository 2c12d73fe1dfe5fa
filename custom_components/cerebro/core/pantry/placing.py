"""Where a thing is put away when nobody says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from .categories import Category
from .model import Lot, Pantry, PantryId, Place
from .perishables import PERISHABLE

FROZEN: Final = frozenset({Category.FROZEN_VEGETABLES, Category.FROZEN_MEALS, Category.ICE_CREAM})
CHILLED: Final = (PERISHABLE - FROZEN - {Category.PLANT_MILK, Category.PASTRY}) | {
    Category.BUTTER,
    Category.HARD_CHEESE,
    Category.BERRIES,
    Category.VEGETABLES,
    Category.MUSHROOMS,
    Category.HERBS,
    Category.JUICE,
}
"""What is kept cold in most homes."""


def usual_place(category: Category) -> Place | None:
    """Return what sort of place a kind of product is put in; nothing when that cannot be told."""
    if category is Category.OTHER:
        return None
    if category in FROZEN:
        return Place.FREEZER
    return Place.FRIDGE if category in CHILLED else Place.CUPBOARD


def put_away(category: Category, lots: Iterable[Lot], pantries: Mapping[PantryId, Pantry]) -> PantryId | None:
    """Return the pantry that a purchase goes to: where the last one went, else where its kind belongs.

    ``lots`` are all that were ever bought of the product. Where there is only one pantry, it is that one.
    Nothing when it cannot be told: then somebody has to be asked.
    """
    if len(pantries) == 1:
        return next(iter(pantries))
    known = [lot for lot in lots if lot.pantry_id in pantries]
    if known:
        return max(known, key=lambda lot: (lot.bought_on, lot.lot_id)).pantry_id
    place = usual_place(category)
    fitting = [pantry.pantry_id for pantry in pantries.values() if pantry.place is place]
    return fitting[0] if len(fitting) == 1 else None
