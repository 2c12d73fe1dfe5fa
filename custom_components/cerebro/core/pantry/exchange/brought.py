"""What another program brings, and the changes by which the household takes it over.

A lot's id is derived from what it is: the same thing brought twice is the same lot, and counts once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Final

from ...roles.words import folded
from ..categories import Category
from ..entries import made
from ..errors import PantryError
from ..model import Change, ChangeId, Entry, Lot, LotId, Pantry, PantryId, Place, Product, ProductId, What
from ..names import Names
from ..perishables import PERISHABLE
from ..shelf_life import best_before
from ..stock import Stock
from ..wish import Origin

CONTEXT: Final = "import"
_DIGEST: Final = 13
"""Bytes of a derived id: enough that no two things ever share one."""
MOST_NAMES: Final = 50
"""Aliases, and barcodes, that a product keeps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place where another program keeps things."""

    key: PantryId
    """What the lots brought along call it."""
    name: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """Products and lots from elsewhere: each lot's product is among the products."""

    products: tuple[Product, ...] = ()
    lots: tuple[Lot, ...] = ()
    locations: tuple[Location, ...] = ()
    """Where the lots are, in the other program's words; nothing when they name the household's own."""


def derived(*parts: object) -> str:
    """Return an id that is the same whenever the parts are."""
    text = "\x1f".join("" if part is None else str(part) for part in parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).hexdigest()


def derived_product(name: str) -> ProductId:
    """Return the id of a product that is known by its name only."""
    return ProductId(derived("product", folded(name)))


def placed(brought: Brought, pantries: Sequence[Pantry]) -> Brought:
    """Return what was brought with each lot in a pantry of the household's.

    That is the one called the same, else the first of the same sort, else the first there is. What is
    perishable and has no date gets the one that its kind has there.

    Raises:
        PantryError: ``import_needs_pantry`` when the household has none.
    """
    here = into(brought.locations, pantries)
    lots = (replace(lot, pantry_id=here.get(lot.pantry_id, lot.pantry_id)) for lot in brought.lots)
    kinds = {product.product_id: product.category for product in brought.products}
    places = {pantry.pantry_id: pantry for pantry in pantries}
    dated = tuple(
        _dated(lot, kinds.get(lot.product_id, Category.OTHER), places.get(lot.pantry_id)) for lot in lots
    )
    return replace(brought, lots=dated, locations=())


def _dated(lot: Lot, kind: Category, pantry: Pantry | None) -> Lot:
    """Return a lot with the date that a perishable thing must have."""
    if lot.best_before is not None or pantry is None or kind not in PERISHABLE:
        return lot
    until = best_before(kind, pantry.place, lot.bought_on, lot.opened_on, pantry.shelf_life_days)
    return replace(lot, best_before=until)


def into(locations: Sequence[Location], pantries: Sequence[Pantry]) -> dict[PantryId, PantryId]:
    """Return which pantry of the household's each location is.

    Raises:
        PantryError: ``import_needs_pantry`` when the household has none.
    """
    if locations and not pantries:
        raise PantryError("import_needs_pantry")
    return {location.key: _fitting(location, pantries) for location in locations}


def taken_over(
    brought: Brought, stock: Stock, *, now: datetime, new_id: Callable[[], ChangeId], by: str | None = None
) -> tuple[Change, ...]:
    """Return the changes that take over what is new of it, one for each product, so that each can be undone.

    What the household knows already stays as it is, but a product gains names and barcodes. A lot that is or
    was there, even used up, is not brought again.

    Raises:
        PantryError: ``measure_differs`` when a product is counted here, and weighed there.
    """
    shelf = _Shelf(stock)
    known = {product.product_id: shelf.take(product) for product in brought.products}
    lots: dict[ProductId, dict[LotId, Lot]] = {}
    for lot in brought.lots:
        product_id = known[lot.product_id]
        if lot.amount > 0 and lot.lot_id not in stock.lots:
            lots.setdefault(product_id, {})[lot.lot_id] = replace(lot, product_id=product_id)
    changes = []
    for product_id, product in shelf.products.items():
        entries = tuple(_entry(lot, now) for lot in lots.get(product_id, {}).values())
        was = stock.products.get(product_id)
        if entries or product != was:
            origin = Origin(change_id=new_id(), at=now, by=by, context=CONTEXT)
            what = What.BOUGHT if entries else What.DESCRIBED
            told = {} if product == was else {"product": product, "product_was": was}
            changes.append(origin.change(what, entries, **told))
    return tuple(changes)


class _Shelf:
    """The products of the household together with those that are brought."""

    def __init__(self, stock: Stock) -> None:
        self._stock = stock
        self._names = Names()
        self.products: dict[ProductId, Product] = {}

    def take(self, brought: Product) -> ProductId:
        """Put a product with the one that it is here; return that one's id."""
        known = self._known(brought)
        if known is None:
            merged = replace(brought, barcodes=self._free(brought, brought.product_id))
        elif known.measure is not brought.measure:
            raise PantryError("measure_differs", product=known.name)
        else:
            merged = self._merged(known, brought)
            if known.product_id in self.products:
                self._names.remove(known)
        self.products[merged.product_id] = merged
        self._names.add(merged)
        return merged.product_id

    def _known(self, brought: Product) -> Product | None:
        """Return which product it is: by its id, else by a barcode, else by its name."""
        for product_id in self._candidates(brought):
            if product_id is not None:
                found = self.products.get(product_id) or self._stock.products.get(product_id)
                if found is not None:
                    return found
        return None

    def _candidates(self, brought: Product) -> Iterator[ProductId | None]:
        yield brought.product_id
        for code in brought.barcodes:
            yield self._holder(code)
        yield self._names.find(brought.name)
        found = self._stock.find(brought.name)
        yield None if found is None else found.product_id

    def _holder(self, code: str) -> ProductId | None:
        here = self._names.by_barcode(code)
        found = self._stock.by_barcode(code) if here is None else None
        return here if found is None else found.product_id

    def _merged(self, known: Product, brought: Product) -> Product:
        """Return a known product with the names and barcodes that it lacks."""
        called = {folded(known.name), *map(folded, known.aliases)}
        names = [one for one in (brought.name, *brought.aliases) if folded(one) not in called]
        codes = self._free(brought, known.product_id)
        return replace(
            known,
            aliases=tuple(dict.fromkeys((*known.aliases, *names)))[:MOST_NAMES],
            barcodes=tuple(dict.fromkeys((*known.barcodes, *codes)))[:MOST_NAMES],
        )

    def _free(self, brought: Product, product_id: ProductId) -> tuple[str, ...]:
        """Return the barcodes that no other product has."""
        return tuple(code for code in brought.barcodes if self._holder(code) in {None, product_id})


def _fitting(location: Location, pantries: Sequence[Pantry]) -> PantryId:
    """Return the pantry that a location is."""
    named = [one for one in pantries if folded(one.name) == folded(location.name)]
    alike = [one for one in pantries if one.place is location.place]
    return (named or alike or list(pantries))[0].pantry_id


def _entry(lot: Lot, now: datetime) -> Entry:
    """Return the entry that makes a lot; where nobody knows since when it is in its place, it is now."""
    return made(lot if lot.placed_at is not None else replace(lot, placed_at=now))
