"""How many days each kind of thing lasts in each place, made by scripts/shelf-life: do not edit.

The figures are those of FoodKeeper (USDA Food Safety and Inspection Service, 2025), a work of the
United States government, in the public domain; the script tells which of its products stand for a
category.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .categories import Category
from .keeping import FOREVER, Keeps
from .model import Place

TABLE: Final[Mapping[Category, Mapping[Place, Keeps]]] = {
    Category.MILK: {
        Place.FRIDGE: Keeps(closed=7, opened=7),
        Place.FREEZER: Keeps(closed=91, opened=91),
        Place.CUPBOARD: Keeps(closed=182, opened=5),
    },
    Category.CREAM: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=91, opened=91),
        Place.CUPBOARD: Keeps(closed=182, opened=5),
    },
    Category.YOGURT: {
        Place.FRIDGE: Keeps(closed=7, opened=7),
        Place.FREEZER: Keeps(closed=30, opened=30),
    },
    Category.BUTTER: {
        Place.FRIDGE: Keeps(closed=30, opened=30),
        Place.FREEZER: Keeps(closed=182, opened=182),
    },
    Category.SOFT_CHEESE: {
        Place.FRIDGE: Keeps(closed=7, opened=7),
        Place.FREEZER: Keeps(closed=182, opened=182),
    },
    Category.HARD_CHEESE: {
        Place.FRIDGE: Keeps(closed=182, opened=21),
        Place.FREEZER: Keeps(closed=182, opened=182),
    },
    Category.EGGS: {
        Place.FRIDGE: Keeps(closed=21, opened=21),
    },
    Category.MEAT: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=121, opened=121),
    },
    Category.MINCED_MEAT: {
        Place.FRIDGE: Keeps(closed=1, opened=1),
        Place.FREEZER: Keeps(closed=91, opened=91),
    },
    Category.POULTRY: {
        Place.FRIDGE: Keeps(closed=1, opened=1),
        Place.FREEZER: Keeps(closed=273, opened=273),
    },
    Category.COLD_CUTS: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=30, opened=30),
    },
    Category.SAUSAGES: {
        Place.FRIDGE: Keeps(closed=1, opened=1),
        Place.FREEZER: Keeps(closed=30, opened=30),
    },
    Category.FISH: {
        Place.FRIDGE: Keeps(closed=1, opened=1),
        Place.FREEZER: Keeps(closed=60, opened=60),
    },
    Category.SMOKED_FISH: {
        Place.FRIDGE: Keeps(closed=14, opened=14),
        Place.FREEZER: Keeps(closed=182, opened=182),
    },
    Category.SHELLFISH: {
        Place.FRIDGE: Keeps(closed=1, opened=1),
        Place.FREEZER: Keeps(closed=60, opened=60),
    },
    Category.TOFU: {
        Place.FRIDGE: Keeps(closed=7, opened=7),
        Place.FREEZER: Keeps(closed=152, opened=152),
    },
    Category.PLANT_MILK: {
        Place.FRIDGE: Keeps(closed=7, opened=7),
        Place.CUPBOARD: Keeps(closed=182, opened=5),
    },
    Category.BREAD: {
        Place.FRIDGE: Keeps(closed=14, opened=14),
        Place.FREEZER: Keeps(closed=91, opened=91),
        Place.CUPBOARD: Keeps(closed=3, opened=3),
    },
    Category.PASTRY: {
        Place.FRIDGE: Keeps(closed=3, opened=2),
        Place.FREEZER: Keeps(closed=91, opened=91),
        Place.CUPBOARD: Keeps(closed=3, opened=2),
    },
    Category.DOUGH: {
        Place.FRIDGE: Keeps(thawed=3),
        Place.FREEZER: Keeps(closed=60, opened=60),
    },
    Category.FRUIT: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=60, opened=60),
        Place.CUPBOARD: Keeps(closed=3, opened=3),
    },
    Category.BERRIES: {
        Place.FRIDGE: Keeps(closed=2, opened=2),
        Place.FREEZER: Keeps(closed=243, opened=243),
    },
    Category.LEAFY_GREENS: {
        Place.FRIDGE: Keeps(closed=3, opened=2),
        Place.FREEZER: Keeps(closed=243, opened=243),
    },
    Category.VEGETABLES: {
        Place.FRIDGE: Keeps(closed=4, opened=4),
        Place.FREEZER: Keeps(closed=304, opened=304),
        Place.CUPBOARD: Keeps(closed=10, opened=10),
    },
    Category.ROOT_VEGETABLES: {
        Place.FRIDGE: Keeps(closed=14, opened=14),
        Place.FREEZER: Keeps(closed=243, opened=243),
        Place.CUPBOARD: Keeps(closed=14, opened=14),
    },
    Category.MUSHROOMS: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=304, opened=304),
    },
    Category.HERBS: {
        Place.FRIDGE: Keeps(closed=10, opened=10),
        Place.FREEZER: Keeps(closed=30, opened=30),
        Place.CUPBOARD: Keeps(closed=7, opened=7),
    },
    Category.READY_MEALS: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=60, opened=60),
    },
    Category.LEFTOVERS: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=30, opened=30),
    },
    Category.SOUP: {
        Place.FRIDGE: Keeps(closed=3, opened=3),
        Place.FREEZER: Keeps(closed=60, opened=60),
        Place.CUPBOARD: Keeps(closed=730, opened=3),
    },
    Category.FROZEN_VEGETABLES: {
        Place.FRIDGE: Keeps(thawed=3),
        Place.FREEZER: Keeps(closed=304, opened=304),
    },
    Category.FROZEN_MEALS: {
        Place.FRIDGE: Keeps(thawed=3),
        Place.FREEZER: Keeps(closed=365, opened=365),
    },
    Category.ICE_CREAM: {
        Place.FREEZER: Keeps(closed=182, opened=182),
    },
    Category.JUICE: {
        Place.FRIDGE: Keeps(closed=6, opened=6),
        Place.FREEZER: Keeps(closed=243, opened=243),
        Place.CUPBOARD: Keeps(closed=21, opened=7),
    },
    Category.SOFT_DRINKS: {
        Place.FRIDGE: Keeps(closed=365, opened=2),
        Place.CUPBOARD: Keeps(closed=365, opened=2),
    },
    Category.WATER: {
        Place.FRIDGE: Keeps(closed=FOREVER, opened=FOREVER),
        Place.CUPBOARD: Keeps(closed=FOREVER, opened=FOREVER),
    },
    Category.WINE: {
        Place.FRIDGE: Keeps(closed=365, opened=1),
        Place.CUPBOARD: Keeps(closed=365, opened=1),
    },
    Category.COFFEE: {
        Place.FRIDGE: Keeps(closed=91, opened=30),
        Place.FREEZER: Keeps(closed=182, opened=182),
        Place.CUPBOARD: Keeps(closed=91, opened=21),
    },
    Category.TEA: {
        Place.FRIDGE: Keeps(closed=730, opened=182),
        Place.CUPBOARD: Keeps(closed=730, opened=182),
    },
    Category.PASTA: {
        Place.FRIDGE: Keeps(closed=730, opened=365),
        Place.CUPBOARD: Keeps(closed=730, opened=365),
    },
    Category.RICE: {
        Place.FRIDGE: Keeps(closed=365, opened=182),
        Place.CUPBOARD: Keeps(closed=365, opened=365),
    },
    Category.FLOUR: {
        Place.FRIDGE: Keeps(closed=730, opened=182),
        Place.FREEZER: Keeps(closed=730, opened=730),
        Place.CUPBOARD: Keeps(closed=182, opened=182),
    },
    Category.SUGAR: {
        Place.FRIDGE: Keeps(closed=FOREVER, opened=547),
        Place.CUPBOARD: Keeps(closed=FOREVER, opened=547),
    },
    Category.CEREALS: {
        Place.FRIDGE: Keeps(closed=182, opened=60),
        Place.CUPBOARD: Keeps(closed=182, opened=60),
    },
    Category.PULSES: {
        Place.FRIDGE: Keeps(closed=365, opened=365),
        Place.CUPBOARD: Keeps(closed=365, opened=365),
    },
    Category.CANNED: {
        Place.FRIDGE: Keeps(closed=547, opened=3),
        Place.CUPBOARD: Keeps(closed=547, opened=3),
    },
    Category.SAUCES: {
        Place.FRIDGE: Keeps(closed=365, opened=3),
        Place.CUPBOARD: Keeps(closed=365, opened=3),
    },
    Category.CONDIMENTS: {
        Place.FRIDGE: Keeps(closed=365, opened=60),
        Place.CUPBOARD: Keeps(closed=304, opened=60),
    },
    Category.OIL: {
        Place.FRIDGE: Keeps(closed=365, opened=121),
        Place.CUPBOARD: Keeps(closed=365, opened=91),
    },
    Category.VINEGAR: {
        Place.FRIDGE: Keeps(closed=730, opened=730),
        Place.CUPBOARD: Keeps(closed=730, opened=730),
    },
    Category.SPICES: {
        Place.FRIDGE: Keeps(closed=730, opened=730),
        Place.CUPBOARD: Keeps(closed=730, opened=730),
    },
    Category.JAM: {
        Place.FRIDGE: Keeps(closed=182, opened=182),
        Place.CUPBOARD: Keeps(closed=182, opened=182),
    },
    Category.HONEY: {
        Place.FRIDGE: Keeps(closed=730, opened=730),
        Place.CUPBOARD: Keeps(closed=730, opened=730),
    },
    Category.SPREADS: {
        Place.FRIDGE: Keeps(closed=365, opened=21),
        Place.CUPBOARD: Keeps(closed=182, opened=60),
    },
    Category.CHOCOLATE: {
        Place.FRIDGE: Keeps(closed=365, opened=365),
        Place.CUPBOARD: Keeps(closed=365, opened=365),
    },
    Category.SWEETS: {
        Place.FRIDGE: Keeps(closed=182, opened=30),
        Place.CUPBOARD: Keeps(closed=182, opened=30),
    },
    Category.SNACKS: {
        Place.FRIDGE: Keeps(closed=121, opened=91),
        Place.FREEZER: Keeps(closed=91, opened=91),
        Place.CUPBOARD: Keeps(closed=121, opened=7),
    },
    Category.NUTS: {
        Place.FRIDGE: Keeps(closed=365, opened=121),
        Place.FREEZER: Keeps(closed=182, opened=182),
        Place.CUPBOARD: Keeps(closed=365, opened=60),
    },
    Category.BABY_FOOD: {
        Place.FRIDGE: Keeps(opened=2),
        Place.CUPBOARD: Keeps(opened=2),
    },
}
