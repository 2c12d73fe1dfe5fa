"""What people, scanners and lists tell of things, as changes of the stock: what is left out is filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

from . import book
from .categories import Category
from .clean import cleaned
from .errors import PantryError
from .model import Change, Lot, LotId, Pantry, PantryId, Place, Product, ProductId, ShopId, Taste, What
from .newcomer import newcomer
from .placing import put_away
from .portion import one_purchase, one_use
from .quantity import PACK, WHOLE, Amount, Quantity
from .shelf_life import after_move, after_opening, best_before, was_misplaced
from .stock import Stock
from .wish import Origin, Purchase

type Measuring = Callable[[Amount, Product | None], Quantity]
"""Turns an amount of a product (of one that is new: nothing) into a quantity; raises ``PantryError``."""

FURTHEST: Final = timedelta(days=50 * 366)
"""No date on a package lies further ahead: tins and honey last for some years."""
MOST_NAMES: Final = 30
"""Aliases, and barcodes, that a product may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """What has to be known around a change."""

    pantries: Mapping[PantryId, Pantry]
    measuring: Measuring
    today: date
    """In the home's time zone, when the change happened."""
    new_id: Callable[[], str]
    good_until: Callable[[Lot], date | None] = lambda lot: lot.best_before
    """Until when a lot is good, with what it lost in the warm: moved, it does not get it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bought:
    """A purchase as somebody tells of it."""

    product: str
    """A name, an alias, a barcode or an id."""
    amount: Amount | None = None
    pantry_id: PantryId | None = None
    place: Place | None = None
    """What sort of pantry it goes to, where none is named."""
    best_before: date | None = None
    bought_on: date | None = None
    price: float | None = None
    """Of all of it, in the home's currency."""
    category: Category | None = None
    batch: str | None = None
    barcode: str | None = None
    """A GTIN of 14 digits that the product has from now on."""
    pack: Amount | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What somebody says of a product; nothing: it stays as it is."""

    product: str
    name: str | None = None
    category: Category | None = None
    unit: str | None = None
    pack: Amount | None = None
    barcodes: tuple[str, ...] | None = None
    """GTINs of 14 digits."""
    aliases: tuple[str, ...] | None = None
    minimum: float | None = None
    """In the product's unit."""
    shop: ShopId | None = None
    taste: Taste | None = None


def bought(stock: Stock, origin: Origin, home: Household, told: Bought) -> Change:
    """Return the change of a purchase: what is not said is as usual for the product, or for its kind.

    Raises:
        PantryError: ``which_pantry`` when nothing tells where it goes, ``date_in_future`` when it was not
            bought yet, ``date_too_far``, ``how_much``, or what :func:`.book.buy` raises.
    """
    product = _named(stock, home, told)
    lots = stock.lots_of(product.product_id)
    amount = one_purchase(product, lots) if told.amount is None else home.measuring(told.amount, product)
    pantry_id = (
        told.pantry_id or _of_sort(told.place, home) or put_away(product.category, lots, home.pantries)
    )
    pantry = None if pantry_id is None else home.pantries.get(pantry_id)
    if pantry is None:
        raise PantryError("which_pantry", product=product.name)
    bought_on = told.bought_on or home.today
    if bought_on > home.today:
        raise PantryError("date_in_future", product=product.name)
    until = _believed(told.best_before, home.today)
    if until is None:
        until = best_before(product.category, pantry.place, bought_on, None, pantry.shelf_life_days)
    purchase = Purchase(
        lot_id=LotId(home.new_id()),
        pantry_id=pantry.pantry_id,
        amount=amount,
        bought_on=bought_on,
        best_before=until,
        printed=told.best_before is not None,
        price=None if told.price is None else round(told.price * WHOLE),
        batch=told.batch,
    )
    return book.buy(stock, origin, product, purchase)


def taken(
    stock: Stock,
    origin: Origin,
    home: Household,
    what: What,
    name: str,
    *,
    amount: Amount | None = None,
    pantry_id: PantryId | None = None,
) -> Change:
    """Return the change of a use, or of a waste: without an amount, of one piece or the rest of a pack.

    Raises:
        PantryError: what :func:`.book.use` raises.
    """
    product = known(stock, name)
    there = [lot for lot in stock.there(product.product_id) if pantry_id in {None, lot.pantry_id}]
    meant = one_use(product, there) if amount is None else home.measuring(amount, product)
    take = book.waste if what is What.WASTED else book.use
    return take(stock, origin, product.product_id, meant, pantry_id=pantry_id)


def opened(
    stock: Stock, origin: Origin, home: Household, name: str, *, pantry_id: PantryId | None = None
) -> Change:
    """Return the change of a pack that was opened: it does not last as long from now on.

    Raises:
        PantryError: what :func:`.book.open_lot` raises.
    """
    product = known(stock, name)

    def until(lot: Lot) -> date | None:
        pantry = home.pantries.get(lot.pantry_id)
        if pantry is None:
            return lot.best_before
        return after_opening(product.category, pantry.place, home.today, lot.best_before)

    return book.open_lot(
        stock,
        origin,
        product.product_id,
        opened_on=home.today,
        after_opening=until,
        rest_id=LotId(home.new_id()),
        pantry_id=pantry_id,
    )


def moved(
    stock: Stock,
    origin: Origin,
    home: Household,
    name: str,
    to_pantry: PantryId,
    *,
    amount: Amount | None = None,
    pantry_id: PantryId | None = None,
) -> Change:
    """Return the change of a move: it lasts as such a thing does there.

    Raises:
        PantryError: what :func:`.book.move` raises.
    """
    product = known(stock, name)
    to_place = home.pantries[to_pantry].place

    def until(lot: Lot) -> date | None:
        here, good_until = home.pantries.get(lot.pantry_id), home.good_until(lot)
        if here is None or here.place is to_place:
            return good_until
        if was_misplaced(product.category, here.place, lot, origin.at, home.today):
            return best_before(product.category, to_place, lot.bought_on, lot.opened_on)
        return after_move(
            product.category,
            here.place,
            to_place,
            home.today,
            best_before=good_until,
            # A date that the warm moved is no longer the one on the package.
            printed=lot.printed and good_until == lot.best_before,
            opened_on=lot.opened_on,
        )

    return book.move(
        stock,
        origin,
        product.product_id,
        to_pantry,
        new_best_before=until,
        rest_id=LotId(home.new_id()),
        amount=None if amount is None else home.measuring(amount, product),
        pantry_id=pantry_id,
    )


def counted(
    stock: Stock,
    origin: Origin,
    home: Household,
    name: str,
    amount: Amount,
    *,
    pantry_id: PantryId | None = None,
    until: date | None = None,
) -> Change:
    """Return the change that sets right how much there is, and until when it is good.

    Raises:
        PantryError: what :func:`.book.correct` raises.
    """
    product = known(stock, name)
    where = pantry_id
    if where is None and not stock.there(product.product_id):
        where = put_away(product.category, stock.lots_of(product.product_id), home.pantries)
    return book.correct(
        stock,
        origin,
        product.product_id,
        home.measuring(amount, product),
        counted_on=home.today,
        lot_id=LotId(home.new_id()),
        pantry_id=where,
        best_before=_believed(until, home.today),
    )


def described(stock: Stock, origin: Origin, home: Household, told: Described) -> Change:
    """Return the change of what is known of a product, which is made known where it is new.

    Raises:
        PantryError: ``too_many_names``, what :func:`called` and :func:`.book.describe` raise.
    """
    product = stock.find(told.product) or newcomer(
        ProductId(home.new_id()),
        called(told.product),
        amount=told.pack if told.unit is None else Amount(value=1, unit=told.unit),
        quantity=None if told.unit is None else home.measuring(Amount(value=1, unit=told.unit), None),
        pack=None if told.pack is None else home.measuring(told.pack, None),
    )
    if told.unit is not None:
        product = replace(
            product, unit=told.unit, measure=home.measuring(Amount(value=1, unit=told.unit), None).measure
        )
    if max(len(told.aliases or ()), len(told.barcodes or ())) > MOST_NAMES:
        raise PantryError("too_many_names", most=str(MOST_NAMES))
    facts: dict[str, Any] = {
        "name": None if told.name is None else called(told.name),
        "category": told.category,
        "barcodes": told.barcodes,
        "aliases": None if told.aliases is None else tuple(called(one) for one in told.aliases),
        "shop": told.shop,
        "taste": told.taste,
        "pack": None if told.pack is None else home.measuring(told.pack, product).thousandths,
    }
    product = replace(product, **{name: value for name, value in facts.items() if value is not None})
    if told.minimum is not None:
        least = home.measuring(Amount(value=told.minimum, unit=product.unit), product).thousandths
        product = replace(product, minimum=least if told.minimum else 0)
    return book.describe(stock, origin, product)


def called(name: str) -> str:
    """Return a name as it is kept.

    Raises:
        PantryError: ``name_missing`` when there is nothing in it to be seen.
    """
    kept = cleaned(name)
    if kept is None:
        raise PantryError("name_missing")
    return kept


def known(stock: Stock, name: str) -> Product:
    """Return the product that a name, an alias, a barcode or an id means.

    Raises:
        PantryError: ``unknown_product`` when there is none.
    """
    product = stock.find(name)
    if product is None:
        raise PantryError("unknown_product", product=name[:100])
    return product


def _named(stock: Stock, home: Household, told: Bought) -> Product:
    """Return the product that was bought, as it is known from now on."""
    product = None if told.barcode is None else stock.by_barcode(told.barcode)
    product = product or stock.find(told.product)
    if product is None:
        measured = told.amount is not None and told.amount.unit != PACK
        return newcomer(
            ProductId(home.new_id()),
            called(told.product),
            amount=told.amount or told.pack,
            quantity=home.measuring(told.amount, None) if measured and told.amount is not None else None,
            pack=None if told.pack is None else home.measuring(told.pack, None),
            category=told.category,
            barcode=told.barcode,
            aliases=told.aliases,
        )
    if told.barcode is not None and told.barcode not in product.barcodes:
        product = replace(product, barcodes=(*product.barcodes, told.barcode)[-MOST_NAMES:])
    return product if told.category is None else replace(product, category=told.category)


def _of_sort(place: Place | None, home: Household) -> PantryId | None:
    """Return the first pantry of a sort."""
    return next((key for key, pantry in home.pantries.items() if pantry.place is place), None)


def _believed(day: date | None, today: date) -> date | None:
    """Return a date that somebody read on a package.

    Raises:
        PantryError: ``date_too_far`` when it lies so far ahead that it was misread.
    """
    if day is not None and day - today > FURTHEST:
        raise PantryError("date_too_far")
    return day
