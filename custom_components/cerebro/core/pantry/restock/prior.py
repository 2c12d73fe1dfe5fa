"""How often a kind of product is bought: a first guess, which a household's own purchases soon outweigh.

The figures are rough ones of our own, in days from one purchase of the same product to the next by a
household that keeps buying it.
"""

from __future__ import annotations

from typing import Final

from ..categories import Category

USUAL: Final = 30.0
"""Days, for whatever is not listed."""
_BY_DAYS: Final[dict[float, tuple[Category, ...]]] = {
    4: (Category.BREAD, Category.PASTRY),
    6: (Category.MILK, Category.FRUIT, Category.VEGETABLES, Category.LEAFY_GREENS, Category.BABY_FOOD),
    7: (
        Category.YOGURT,
        Category.EGGS,
        Category.MEAT,
        Category.MINCED_MEAT,
        Category.POULTRY,
        Category.COLD_CUTS,
        Category.FISH,
        Category.BERRIES,
        Category.PLANT_MILK,
        Category.JUICE,
        Category.WATER,
    ),
    10: (
        Category.CREAM,
        Category.SOFT_CHEESE,
        Category.SAUSAGES,
        Category.SMOKED_FISH,
        Category.TOFU,
        Category.ROOT_VEGETABLES,
        Category.MUSHROOMS,
        Category.HERBS,
        Category.SOFT_DRINKS,
        Category.SNACKS,
        Category.READY_MEALS,
    ),
    14: (
        Category.BUTTER,
        Category.HARD_CHEESE,
        Category.SHELLFISH,
        Category.DOUGH,
        Category.SOUP,
        Category.FROZEN_VEGETABLES,
        Category.FROZEN_MEALS,
        Category.ICE_CREAM,
        Category.BEER,
        Category.WINE,
        Category.CEREALS,
        Category.CHOCOLATE,
        Category.SWEETS,
        Category.PET_FOOD,
    ),
    21: (Category.COFFEE, Category.PASTA, Category.NUTS, Category.CANNED),
    30: (Category.TEA, Category.RICE, Category.PULSES, Category.SAUCES, Category.HOUSEHOLD, Category.HYGIENE),
    45: (Category.FLOUR, Category.SUGAR, Category.JAM, Category.SPREADS, Category.OIL),
    90: (Category.CONDIMENTS, Category.VINEGAR, Category.HONEY),
    150: (Category.SPICES,),
}
_DAYS: Final = {category: days for days, categories in _BY_DAYS.items() for category in categories}


def usual_days(category: Category) -> float:
    """Return how many days a household makes do with what it buys at once of a kind of product."""
    return _DAYS.get(category, USUAL)
