"""What Open Food Facts answers about a barcode: the documented JSON of its product API, versions 2 and 3.

Anybody may write into that database: nothing of it is believed beyond its type and a bounded length.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
import re
from typing import Any, Final

from ..categories import Category
from ..clean import cleaned
from ..errors import PantryError
from ..quantity import Amount
from ..words import category_of
from .units import amount_of, number

FIELDS: Final = (
    "code",
    "product_name",
    "generic_name",
    "brands",
    "quantity",
    "product_quantity",
    "product_quantity_unit",
    "categories_tags",
)
"""What is asked for besides its names: nothing else of a product is of use here."""
LANGUAGES: Final = ("en", "fr")
"""The languages whose names are kept, besides that of the home."""
MOST_TAGS: Final = 50
"""Categories looked at: a product has a dozen."""
KEPT_DIFFERENTLY: Final[tuple[tuple[str, Category], ...]] = (
    ("baby-foods", Category.BABY_FOOD),
    ("canned-", Category.CANNED),
    ("ice-creams", Category.ICE_CREAM),
    ("frozen-vegetables", Category.FROZEN_VEGETABLES),
    ("frozen-", Category.FROZEN_MEALS),
    ("plant-based-milk-alternatives", Category.PLANT_MILK),
    ("biscuits", Category.SWEETS),
)
"""Beginnings of tags that tell how a thing is kept, and so more than what it is made of: take tinned tuna.

The tags stand from general to special.
"""
_QUANTITY: Final = re.compile(
    r"(?:(?P<times>\d{1,3})\s*[x\u00d7*]\s*)?"
    r"(?P<value>\d{1,7}(?:[.,]\d{1,4})?)\s*(?P<unit>fl\.? ?oz|[a-z]{1,3})\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A product as others know it: what a household may take over as its own."""

    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    """Its names by language."""
    brand: str | None = None
    amount: Amount | None = None
    """What is in a package."""
    category: Category | None = None

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        others = dict.fromkeys(one for one in self.names.values() if one != self.name)
        return tuple(others)


def fields(language: str | None = None) -> tuple[str, ...]:
    """Return the fields to ask for in a home of some language."""
    named = (f"{name}_{one}" for one in _languages(language) for name in ("product_name", "generic_name"))
    return (*FIELDS, *named)


def read(answer: Any, *, language: str | None = None) -> Found | None:
    """Return what an answer tells of a product, or nothing when it is not known there.

    Raises:
        PantryError: when it is no answer of that API.
    """
    if not isinstance(answer, Mapping):
        raise PantryError("open_food_facts_unreadable")
    product = answer.get("product")
    if _denies(answer) or product in ({}, [], None):
        return None
    if not isinstance(product, Mapping):
        raise PantryError("open_food_facts_unreadable")
    names = dict(_names(product, _languages(language)))
    name = names.get(_code(language)) or _first(product, ("product_name", "generic_name"))
    name = name or next(iter(names.values()), None)
    if name is None:
        return None
    return Found(
        name=name,
        names=names,
        brand=_brand(product.get("brands")),
        amount=_amount(product),
        category=_category(product.get("categories_tags")),
    )


def to_data(found: Found) -> dict[str, Any]:
    """Return what was found as plain values, to be kept."""
    return {
        "name": found.name,
        "names": dict(found.names),
        "brand": found.brand,
        "amount": None if found.amount is None else [found.amount.value, found.amount.unit],
        "category": None if found.category is None else found.category.value,
    }


def from_data(data: Mapping[str, Any]) -> Found:
    """Return what was kept."""
    amount, category = data["amount"], data["category"]
    return Found(
        name=data["name"],
        names=data["names"],
        brand=data["brand"],
        amount=None if amount is None else Amount(value=amount[0], unit=amount[1]),
        category=Category(category) if category in set(Category) else None,
    )


def _denies(answer: Mapping[str, Any]) -> bool:
    """Return whether the answer says that there is no such product, in either version."""
    result = answer.get("result")
    outcome = result.get("id") if isinstance(result, Mapping) else None
    return answer.get("status") in (0, "0", "failure") or outcome == "product_not_found"


def _languages(language: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in (_code(language), *LANGUAGES) if code))


def _code(language: str | None) -> str:
    """Return the two letters of a language without its country, or nothing."""
    code = (language or "")[:2].lower()
    return code if code.isascii() and code.isalpha() else ""


def _names(product: Mapping[str, Any], languages: Iterable[str]) -> Iterator[tuple[str, str]]:
    for language in languages:
        name = _first(product, (f"product_name_{language}", f"generic_name_{language}"))
        if name is not None:
            yield language, name


def _first(product: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    return next((text for key in keys if (text := _text(product.get(key))) is not None), None)


def _text(value: Any) -> str | None:
    return cleaned(value) if isinstance(value, str) else None


def _brand(brands: Any) -> str | None:
    """Return the first brand: version 2 joins them with commas."""
    if isinstance(brands, list):
        brands = brands[0] if brands else None
    return _text(brands.split(",", 1)[0]) if isinstance(brands, str) else None


def _amount(product: Mapping[str, Any]) -> Amount | None:
    """Return the amount as the database reckons it, else as it stands on the package."""
    value, unit = number(product.get("product_quantity")), product.get("product_quantity_unit")
    if value is not None and isinstance(unit, str) and (reckoned := amount_of(value, unit[:20])) is not None:
        return reckoned
    written = product.get("quantity")
    match = _QUANTITY.search(written[:80].lower()) if isinstance(written, str) else None
    if match is None:
        return None
    value = float(match["value"].replace(",", ".")) * int(match["times"] or 1)
    return amount_of(value, match["unit"])


def _category(tags: Any) -> Category | None:
    """Return the kind of what is kept in its own way, else of the most specific tag with a word for one."""
    texts = [tag[:80] for tag in tags[:MOST_TAGS] if isinstance(tag, str)] if isinstance(tags, list) else []
    # In English tags, "pates" are what is French for "pâtés".
    names = [re.sub(r"^en:(.*)pates\b", r"en:\1pate", text).partition(":")[2] for text in texts]
    for begins, category in KEPT_DIFFERENTLY:
        if any(name.startswith(begins) for name in names):
            return category
    found = (category_of(name.replace("-", " ")) for name in reversed(names))
    return next((category for category in found if category is not None), None)
