"""What a pantry is made of: places, products, the lots that are there, and the changes that led to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NewType

from .categories import Category
from .quantity import PIECE, Measure

PantryId = NewType("PantryId", str)
"""The subentry id of a pantry."""
ShopId = NewType("ShopId", str)
"""The subentry id of a shop."""
ProductId = NewType("ProductId", str)
LotId = NewType("LotId", str)
ChangeId = NewType("ChangeId", str)
"""Sorts by when the change was made."""


class Place(StrEnum):
    """What sort of place a pantry is: things last differently there."""

    FRIDGE = "fridge"
    FREEZER = "freezer"
    CUPBOARD = "cupboard"


class Taste(StrEnum):
    """What the household thinks of a product."""

    NEUTRAL = "neutral"
    KEEP = "keep"
    """Always to be there."""
    NEVER = "never"
    """Never again: it is used up, not bought."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pantry:
    """A place where things are kept."""

    pantry_id: PantryId
    name: str
    place: Place
    shelf_life_days: int | None = None
    """How long a thing lasts here when nothing better is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """Something the household buys."""

    product_id: ProductId
    name: str
    measure: Measure = Measure.COUNT
    unit: str = PIECE
    """The unit that its amounts are shown in, see :class:`~.quantity.Amount`."""
    pack: int | None = None
    """How much is in a pack, in thousandths of its measure."""
    category: Category = Category.OTHER
    barcodes: tuple[str, ...] = ()
    """GTINs of 14 digits."""
    aliases: tuple[str, ...] = ()
    """Other names, in any language of the household."""
    minimum: int = 0
    """What should always be there, in thousandths of its measure."""
    shop: ShopId | None = None
    """Where it is bought by preference."""
    taste: Taste = Taste.NEUTRAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """One purchase of a product, as far as it is still there."""

    lot_id: LotId
    product_id: ProductId
    pantry_id: PantryId
    amount: int
    """What is left, in thousandths of the product's measure; nothing once it is used up."""
    bought: int
    """What there was at first: the part of its price that is left goes by it."""
    bought_on: date
    best_before: date | None = None
    printed: bool = False
    """Whether the date stands on the package, rather than being estimated."""
    opened_on: date | None = None
    placed_at: datetime | None = None
    """Since when it is in its pantry (UTC): warmth before that was not its own."""
    price: int | None = None
    """What it cost, in thousandths of the home's currency."""
    batch: str | None = None
    """The maker's own number of it, for a recall."""


class What(StrEnum):
    """What a change did."""

    BOUGHT = "bought"
    USED = "used"
    OPENED = "opened"
    MOVED = "moved"
    WASTED = "wasted"
    CORRECTED = "corrected"
    DESCRIBED = "described"
    """A product was made known, or what is known of it changed."""
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a change did to one lot: what it added or took, and which of its facts it replaced."""

    lot_id: LotId
    product_id: ProductId
    delta: int = 0
    """Thousandths of the product's measure."""
    now: Mapping[str, Any] = field(default_factory=dict)
    """Fields of :class:`Lot` by name, as they are since. For a new lot: all of them but its amount."""
    was: Mapping[str, Any] = field(default_factory=dict)
    """The same fields as they were before; empty for a new lot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Something that happened to the stock: one line of the ledger, whole or not at all."""

    change_id: ChangeId
    at: datetime
    """When it happened (UTC)."""
    what: What
    entries: tuple[Entry, ...] = ()
    product: Product | None = None
    """What a product is since, for :attr:`What.DESCRIBED` and when a purchase made it known."""
    product_was: Product | None = None
    undoes: ChangeId | None = None
    """The change that this one takes back."""
    by: str | None = None
    """The user who asked for it, where one did."""
    context: str | None = None
    """Where it came from: ``scan``, ``list``, ``receipt``, ``sentence``, ``import``, ``action``, …"""
