"""What kind of thing a name tells of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
import unicodedata

from ..roles.words import folded
from .categories import Category
from .clean import singular
from .model import Place
from .perishables import PERISHABLE, PERISHABLE_ONCE_OPEN
from .placing import FROZEN
from .shelf_life import lasts
from .word_table import WORDS

FLAVOURS: Final = frozenset(
    {
        Category.BERRIES,
        Category.BUTTER,
        Category.CHOCOLATE,
        Category.COFFEE,
        Category.FISH,
        Category.FRUIT,
        Category.HARD_CHEESE,
        Category.HERBS,
        Category.HONEY,
        Category.LEAFY_GREENS,
        Category.MEAT,
        Category.MUSHROOMS,
        Category.NUTS,
        Category.POULTRY,
        Category.ROOT_VEGETABLES,
        Category.SPICES,
        Category.VEGETABLES,
    }
)
"""What other things taste of."""
ANIMAL: Final = frozenset({Category.FISH, Category.MEAT, Category.POULTRY})
"""Of what is only called by what it tastes of, this goes off first …"""
STARCHES: Final = frozenset({Category.PASTA, Category.PULSES, Category.RICE})
"""… and with it, or cooked, what is kept dry is a dish: it lasts for days, not for years."""
HEADS: Final = frozenset(
    {
        Category.BABY_FOOD,
        Category.CANNED,
        Category.CEREALS,
        Category.CONDIMENTS,
        Category.HOUSEHOLD,
        Category.HYGIENE,
        Category.PET_FOOD,
        Category.SNACKS,
        Category.SWEETS,
    }
)
"""What stays what it is, whatever is named after it."""
_TASTY: Final = HEADS - {Category.CONDIMENTS} | {Category.SOFT_DRINKS}
"""What only tastes of meat or fish that is named before it."""
_PASTA: Final = "pates"


def told(text: str) -> str:
    """Return what a name tells its kind by: folded, but that "pâtes" are pasta and a "pâté" is none."""
    spoken = unicodedata.normalize("NFC", text).casefold().replace("tés", "té")
    return " ".join(word if word == _PASTA else singular(word) for word in folded(spoken).split())


_KINDS: Final[Mapping[str, Category]] = {told(word): kind for kind, words in WORDS.items() for word in words}
_MOST_WORDS: Final = max(len(word.split()) for word in _KINDS)
_FRESH: Final = frozenset(map(told, ("fresh", "frais", "fraîche", "fraîches")))
_COOKED: Final = frozenset(
    map(
        told,
        (
            "cooked",
            "boiled",
            "cuit",
            "cuite",
            "fried",
            "sauté",
            "sautée",
            "stuffed",
            "curry",
            "dhal",
            "chili",
        ),
    )
)
_SALADS: Final = frozenset(map(told, ("salad", "salade")))


def category_of(name: str) -> Category | None:
    """Return what kind of thing a name tells of; nothing when it has none of the words.

    A longer word tells more than the shorter ones in it ("peanut butter"), and what others taste of tells
    less than they do ("strawberry yogurt", "soupe de tomates"). Of several that remain, it is what goes off
    first: a thing is better thought to last too short than too long ("chicken pasta", "riz cuit").
    """
    words = told(name).split()
    kinds = list(_kinds(words))
    if not kinds:
        return None
    heads = [kind for kind in kinds if kind not in FLAVOURS]
    if heads and heads[0] in HEADS:
        return heads[0]
    perishable = [kind for kind in heads if kind in PERISHABLE]
    if _is_dish(words, kinds, heads):
        perishable.insert(0, Category.READY_MEALS)
    if not perishable and not (heads and (kinds[0] is heads[0] is Category.SAUCES or _TASTY & {*heads})):
        perishable = [kind for kind in kinds if kind in ANIMAL]
    once_open = [kind for kind in heads if kind in PERISHABLE_ONCE_OPEN]
    return min(perishable, key=_life, default=(once_open or heads or kinds)[0])


def _is_dish(words: list[str], kinds: list[Category], heads: list[Category]) -> bool:
    """Tell whether something is made of what would last, or not last, by itself."""
    said = {*words}
    if said & _SALADS and len(kinds) > 1:
        return True
    if Category.SOUP in heads:
        return bool(said & _FRESH)
    if heads and heads[0] not in STARCHES | {Category.SAUCES, Category.BREAD, Category.EGGS}:
        return False
    if said & _COOKED and {*kinds} & (STARCHES | {Category.ROOT_VEGETABLES}):
        return True
    if said & _FRESH and {*heads} & {Category.PASTA, Category.RICE, Category.SAUCES}:
        return True
    made_of = ANIMAL | {Category.EGGS, Category.HARD_CHEESE}
    return bool({*heads} & (STARCHES | {Category.BREAD}) and {*kinds} & (made_of | PERISHABLE))


def _life(kind: Category) -> int:
    """Return how many days a kind lasts in the fridge; what is only kept frozen goes before all."""
    days = lasts(kind, Place.FRIDGE)
    return -1 if days is None else 2 * days - (kind in FROZEN)


def _kinds(words: list[str]) -> Iterator[Category]:
    """Return the kinds of the longest known words in some folded words, in their order."""
    start = 0
    while start < len(words):
        for length in range(min(_MOST_WORDS, len(words) - start), 0, -1):
            phrase = " ".join(words[start : start + length])
            # "Pâtes" by themselves are pasta; "pâtes à tartiner" are several of another thing.
            kind = _KINDS.get(phrase) or (_KINDS.get(phrase.replace(_PASTA, "pate")) if length > 1 else None)
            if kind is not None:
                yield kind
                start += length
                break
        else:
            start += 1
