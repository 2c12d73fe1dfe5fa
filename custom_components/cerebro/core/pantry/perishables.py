"""What may not stay warm, and for how long.

After the charts of "Food Safety During Power Outage" (USDA Food Safety and Inspection Service and FDA): what
is to be thrown away after it was above 40 °F (4.4 °C) for more than two hours, in a fridge and, once it is
thawed, in a freezer. A category that holds things of both sorts counts as perishable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from .categories import Category

PERISHABLE: Final = frozenset(
    {
        Category.MILK,
        Category.CREAM,
        Category.YOGURT,
        Category.SOFT_CHEESE,
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
        Category.PLANT_MILK,
        Category.PASTRY,
        Category.DOUGH,
        Category.LEAFY_GREENS,
        Category.READY_MEALS,
        Category.LEFTOVERS,
        Category.SOUP,
        Category.FROZEN_MEALS,
        Category.ICE_CREAM,
    }
)
"""Unsafe after it was warm. Of leaves it is what is cut and washed, of pastry what has cream in it."""
PERISHABLE_ONCE_OPEN: Final = frozenset({Category.CANNED, Category.SAUCES, Category.BABY_FOOD})
"""Unsafe after it was warm, if it was open."""

WARM_FOR: Final = timedelta(hours=2)
"""What is perishable may be warm for so long."""
HOT_FOR: Final = timedelta(hours=1)
"""Where it is above 90 °F (32 °C), it may be so for this long only."""
WARM_FOR_THAWED: Final[Mapping[Category, timedelta]] = {Category.FROZEN_VEGETABLES: timedelta(hours=6)}
"""What may be thawed and warm for longer than two hours, though not for ever."""
NOT_TO_THAW: Final = frozenset({Category.ICE_CREAM})
"""Not to be eaten once it has thawed, however cold it still is."""


def warm_for(category: Category, *, opened: bool) -> timedelta | None:
    """Return for how long a kind of thing may be warm; nothing when that does not make it unsafe."""
    if category in WARM_FOR_THAWED:
        return WARM_FOR_THAWED[category]
    perishable = category in PERISHABLE or (opened and category in PERISHABLE_ONCE_OPEN)
    return WARM_FOR if perishable else None
