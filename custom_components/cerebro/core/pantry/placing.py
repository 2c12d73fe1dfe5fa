"""Where a thing is put away when nobody says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from .categories import Category
from .model import Lot, Pantry, PantryId, Place

CHILLED: Final = frozenset(
    {
        Category.MILK,
        Category.CREAM,
        Category.YOGURT,
        Category.BUTTER,
        Category.SOFT_CHEESE,
        Category.HARD_CHEESE,
        Category.EGGS,
        Category.MEAT,
        Category.MINCED_MEAT,
        Category.POULTRY,
        Category.COLD_CUTS,
        Category.SAUSAGES,
        Category.FISH,
        Category.SMOKED_FISH,
        Category.SHELLFISH,
        Category.TOFU,
        Category.DOUGH,
        Category.BERRIES,
        Category.LEAFY_GREENS,
        Category.VEGETABLES,
        Category.MUSHROOMS,
        Category.HERBS,
        Category.READY_MEALS,
        Category.LEFTOVERS,
        Category.SOUP,
        Category.JUICE,
    }
)
"""What is kept cold in most homes."""
FROZEN: Final = frozenset({Category.FROZEN_VEGETABLES, Category.FROZEN_MEALS, Category.ICE_CREAM})


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
