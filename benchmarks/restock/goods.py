"""What a simulated household keeps: how much of each thing it uses, in what parts, and how it is sold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from demo.thought.pantry.categories import Category


@dataclass(frozen=True, slots=True)
class Good:
    """Something that is used, in whole grams, millilitres or pieces."""

    name: str
    category: Category
    per_day: float
    """How much is used on a workday, on average, at the height between the seasons."""
    part: float
    """How much is used at once."""
    pack: float
    weekend: float = 1.0
    """How many times as much is used on a day off."""
    summer: float = 0.0
    """How much more is used in July, and less in January, as a share; negative: the other way round."""
    keeps: int = 400
    """Days until it is off."""
    habit: float = 0.0
    """The share of it that is used by habit, every day alike, rather than by chance."""


GOODS: Final = (
    Good("milk", Category.MILK, 450, 150, 1000, 1.3, 0.0, 10, habit=0.7),
    Good("oat drink", Category.PLANT_MILK, 120, 120, 1000, 1.0, 0.0, 12, habit=0.8),
    Good("eggs", Category.EGGS, 1.6, 1, 10, 2.0, 0.0, 28, habit=0.3),
    Good("butter", Category.BUTTER, 22, 11, 250, 1.4, -0.1, 50, habit=0.7),
    Good("yogurt", Category.YOGURT, 160, 80, 500, 0.9, 0.2, 21, habit=0.7),
    Good("cream", Category.CREAM, 25, 50, 200, 1.6, -0.2, 21),
    Good("soft cheese", Category.SOFT_CHEESE, 20, 40, 150, 1.5, 0.0, 25),
    Good("hard cheese", Category.HARD_CHEESE, 35, 35, 400, 1.2, 0.0, 60),
    Good("ham", Category.COLD_CUTS, 30, 30, 150, 0.8, 0.0, 14, habit=0.5),
    Good("bread", Category.BREAD, 140, 70, 500, 1.2, 0.0, 7, habit=0.7),
    Good("apples", Category.FRUIT, 1.4, 1, 6, 0.9, -0.3, 30, habit=0.5),
    Good("tomatoes", Category.VEGETABLES, 110, 110, 500, 1.2, 0.6, 10),
    Good("salad", Category.LEAFY_GREENS, 0.3, 0.5, 1, 1.2, 0.5, 7),
    Good("carrots", Category.ROOT_VEGETABLES, 60, 120, 1000, 1.0, -0.3, 30),
    Good("potatoes", Category.ROOT_VEGETABLES, 180, 600, 2000, 1.2, -0.2, 60),
    Good("orange juice", Category.JUICE, 130, 200, 1000, 2.2, 0.2, 30, habit=0.5),
    Good("soft drink", Category.SOFT_DRINKS, 180, 330, 1500, 2.0, 0.5, 200),
    Good("water", Category.WATER, 900, 250, 9000, 1.1, 0.4, habit=0.8),
    Good("beer", Category.BEER, 180, 500, 3000, 3.0, 0.4, 200),
    Good("coffee", Category.COFFEE, 26, 13, 500, 1.3, -0.1, habit=0.9),
    Good("tea bags", Category.TEA, 1.5, 1, 25, 1.0, -0.6, habit=0.7),
    Good("cereals", Category.CEREALS, 55, 55, 500, 0.7, habit=0.9),
    Good("pasta", Category.PASTA, 90, 250, 500, 1.0, -0.1),
    Good("rice", Category.RICE, 45, 200, 1000, 1.0),
    Good("flour", Category.FLOUR, 25, 250, 1000, 2.5, -0.3),
    Good("sugar", Category.SUGAR, 15, 30, 1000, 1.8, -0.1, habit=0.5),
    Good("oil", Category.OIL, 12, 20, 750, 1.2),
    Good("chocolate", Category.CHOCOLATE, 20, 25, 100, 1.6, -0.4),
    Good("ice cream", Category.ICE_CREAM, 35, 100, 900, 2.0, 0.9),
    Good("crisps", Category.SNACKS, 20, 50, 175, 2.5, 0.1),
    Good("frozen peas", Category.FROZEN_VEGETABLES, 40, 200, 750, 1.0, -0.3),
    Good("toilet paper", Category.HYGIENE, 0.45, 1, 8, 1.1, habit=0.7),
    Good("dish soap", Category.HOUSEHOLD, 7, 7, 500, 1.2, habit=0.7),
    Good("cat food", Category.PET_FOOD, 2, 1, 12, 1.0, habit=1.0),
)
