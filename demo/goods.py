"""What the demo household eats and drinks: how it is sold, how much of it goes in a day, where it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from .thought.pantry.categories import Category
from .thought.pantry.model import PantryId, Place, Product, ProductId
from .thought.pantry.quantity import WHOLE, Measure

LANGUAGES: Final = ("en", "fr")
EURO: Final = 1000
"""Prices are in thousandths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """Something the household buys again and again."""

    key: str
    names: tuple[str, str]
    """In English and in French."""
    category: Category
    place: Place
    measure: Measure
    unit: str
    pack: int
    """In g, ml or pieces; so is the following."""
    daily: float
    """How much goes in a day."""
    gtin: str
    """Of 13 digits, from the range that GS1 keeps for demonstrations."""
    cents: int
    """What a pack costs."""
    keeps: int | None = None
    """The date on its package lies so many days after the purchase."""

    def name(self, language: str) -> str:
        """Return what it is called in a language."""
        return self.names[LANGUAGES.index(language)]

    def product(self, language: str) -> Product:
        """Return the product that the household knows it as: in the other language, too."""
        own = self.name(language)
        return Product(
            product_id=ProductId(f"demo_{self.key}"),
            name=own,
            measure=self.measure,
            unit=self.unit,
            pack=self.pack * WHOLE,
            category=self.category,
            barcodes=(self.gtin.zfill(14),),
            aliases=tuple(name for name in self.names if name != own),
        )


def _good(
    key: str,
    names: tuple[str, str],
    category: Category,
    place: Place,
    sold: tuple[int, str],
    *,
    daily: float,
    number: int,
    cents: int,
    keeps: int | None = None,
) -> Good:
    pack, unit = sold
    measure = {"g": Measure.MASS, "mL": Measure.VOLUME, "piece": Measure.COUNT}[unit]
    return Good(
        key=key,
        names=names,
        category=category,
        place=place,
        measure=measure,
        unit=unit,
        pack=pack,
        daily=daily,
        gtin=_gtin(number),
        cents=cents,
        keeps=keeps,
    )


def _gtin(number: int) -> str:
    """Return the GTIN-13 of an item: the last digit checks the others."""
    digits = f"950600001{number:03d}"
    weighed = sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits))
    return f"{digits}{-weighed % 10}"


FRIDGE, FREEZER, CUPBOARD = Place.FRIDGE, Place.FREEZER, Place.CUPBOARD
GOODS: Final[Mapping[str, Good]] = {
    good.key: good
    for good in (
        _good(
            "milk",
            ("Milk", "Lait"),
            Category.MILK,
            FRIDGE,
            (1000, "mL"),
            daily=260,
            number=1,
            cents=125,
            keeps=9,
        ),
        _good(
            "coffee", ("Coffee", "Café"), Category.COFFEE, CUPBOARD, (250, "g"), daily=28, number=2, cents=420
        ),
        _good(
            "sugar", ("Sugar", "Sucre"), Category.SUGAR, CUPBOARD, (500, "g"), daily=26, number=3, cents=110
        ),
        _good("eggs", ("Eggs", "Œufs"), Category.EGGS, FRIDGE, (6, "piece"), daily=1.4, number=4, cents=240),
        _good(
            "yogurt",
            ("Yogurt", "Yaourts"),
            Category.YOGURT,
            FRIDGE,
            (4, "piece"),
            daily=1.2,
            number=5,
            cents=180,
            keeps=18,
        ),
        _good(
            "butter",
            ("Butter", "Beurre"),
            Category.BUTTER,
            FRIDGE,
            (250, "g"),
            daily=22,
            number=6,
            cents=260,
            keeps=40,
        ),
        _good(
            "ham",
            ("Ham", "Jambon"),
            Category.COLD_CUTS,
            FRIDGE,
            (120, "g"),
            daily=30,
            number=7,
            cents=290,
            keeps=6,
        ),
        _good(
            "bread", ("Bread", "Pain"), Category.BREAD, CUPBOARD, (500, "g"), daily=150, number=8, cents=190
        ),
        _good(
            "pasta", ("Pasta", "Pâtes"), Category.PASTA, CUPBOARD, (500, "g"), daily=55, number=9, cents=135
        ),
        _good(
            "apples",
            ("Apples", "Pommes"),
            Category.FRUIT,
            FRIDGE,
            (6, "piece"),
            daily=1.6,
            number=10,
            cents=270,
        ),
        _good(
            "peas",
            ("Frozen peas", "Petits pois surgelés"),
            Category.FROZEN_VEGETABLES,
            FREEZER,
            (450, "g"),
            daily=24,
            number=11,
            cents=230,
        ),
    )
}
SHELVES: Final[Mapping[Place, PantryId]] = {place: PantryId(f"demo_{place.value}") for place in Place}
"""What the pantries are called in what is exported; brought in, they are known by what sort they are."""
