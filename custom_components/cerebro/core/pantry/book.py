"""The book: turns a wish into a change of the stock, or says why it cannot be; applies nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, Final

from .entries import changed, first_out, made, split, undone
from .errors import PantryError
from .model import Change, Entry, Lot, LotId, PantryId, Product, ProductId, What
from .quantity import WHOLE, Quantity
from .stock import Stock
from .wish import Origin, Purchase

MOST_AMOUNT: Final = 1_000_000 * WHOLE
"""The most of one thing at once: a tonne, a cubic metre, a million pieces."""
CRUMB: Final = 3
"""Thousandths that rounding makes: three times 8 oz, or a third of a piece, are what they are meant to be."""
MOST_PRICE: Final = 1_000_000_000
"""The highest price of a purchase, in thousandths of the home's currency: a million."""


def buy(stock: Stock, origin: Origin, product: Product, purchase: Purchase) -> Change:
    """Book a purchase; what is new about the product becomes known with it.

    Raises:
        PantryError: ``amount_not_positive``, ``amount_too_large``, ``measure_differs``,
            ``price_out_of_range``, ``date_in_past``, or what :func:`describe` raises.
    """
    amount = _amount(product, purchase.amount)
    if purchase.price is not None and not 0 <= purchase.price <= MOST_PRICE:
        raise PantryError("price_out_of_range", product=product.name)
    if purchase.best_before is not None and purchase.best_before < purchase.bought_on:
        raise PantryError("date_in_past", product=product.name)
    lot = Lot(
        lot_id=purchase.lot_id,
        product_id=product.product_id,
        pantry_id=purchase.pantry_id,
        amount=amount,
        bought=amount,
        bought_on=purchase.bought_on,
        best_before=purchase.best_before,
        printed=purchase.printed,
        opened_on=purchase.opened_on,
        placed_at=origin.at,
        price=purchase.price,
        batch=purchase.batch,
    )
    was = stock.products.get(product.product_id)
    if was == product:
        return origin.change(What.BOUGHT, [made(lot)])
    _check_description(stock, product)
    return origin.change(What.BOUGHT, [made(lot)], product=product, product_was=was)


def use(
    stock: Stock,
    origin: Origin,
    product_id: ProductId,
    amount: Quantity | None = None,
    *,
    pantry_id: PantryId | None = None,
    lot_id: LotId | None = None,
) -> Change:
    """Use an amount, or all of it, from what goes off first; of one pantry or one lot where it is named.

    Raises:
        PantryError: ``unknown_product``, ``nothing_there``, ``not_enough``, ``amount_not_positive``,
            ``amount_too_large``, ``measure_differs``.
    """
    return origin.change(What.USED, _out(stock, product_id, amount, pantry_id, lot_id))


def waste(
    stock: Stock,
    origin: Origin,
    product_id: ProductId,
    amount: Quantity | None = None,
    *,
    pantry_id: PantryId | None = None,
    lot_id: LotId | None = None,
) -> Change:
    """Throw an amount away, or all of it; raises what :func:`use` raises."""
    return origin.change(What.WASTED, _out(stock, product_id, amount, pantry_id, lot_id))


def open_lot(
    stock: Stock,
    origin: Origin,
    product_id: ProductId,
    *,
    opened_on: date,
    after_opening: Callable[[Lot], date | None],
    rest_id: LotId,
    pantry_id: PantryId | None = None,
) -> Change:
    """Open what goes off first of all that is closed: one pack, where it is known how much is in one.

    ``after_opening`` tells until when a lot lasts once it is open; a later best-before date becomes this one.
    Where a lot is of several packs, the opened one becomes a lot of its own, ``rest_id``.

    Raises:
        PantryError: ``unknown_product``, ``nothing_to_open``.
    """
    product = _known(stock, product_id)
    lots = _in_order(stock, product_id, pantry_id)
    lot = next((one for one in lots if one.opened_on is None), None)
    if lot is None:
        raise PantryError("nothing_to_open", product=product.name)
    facts: dict[str, Any] = {"opened_on": opened_on}
    until = after_opening(lot)
    if until is not None and (lot.best_before is None or until < lot.best_before):
        facts |= {"best_before": until, "printed": False}
    pack = product.pack or lot.amount
    # A pack out of which something was taken without a word is the one that is opened now.
    part = min(lot.amount, lot.amount % pack or pack)
    return origin.change(What.OPENED, split(lot, part, rest_id, facts))


def move(
    stock: Stock,
    origin: Origin,
    product_id: ProductId,
    to_pantry: PantryId,
    *,
    new_best_before: Callable[[Lot], date | None],
    rest_id: LotId,
    amount: Quantity | None = None,
    pantry_id: PantryId | None = None,
) -> Change:
    """Move an amount, or all that is elsewhere (in one pantry where it is named), to a pantry.

    ``new_best_before`` tells until when a lot lasts there. A part of a lot becomes a lot of its own,
    ``rest_id``, with its share of the price.

    Raises:
        PantryError: what :func:`use` raises.
    """
    product = _known(stock, product_id)
    lots = (lot for lot in _in_order(stock, product_id, pantry_id) if lot.pantry_id != to_pantry)
    entries: list[Entry] = []
    for lot, part in _taken(product, lots, amount):
        facts: dict[str, Any] = {"pantry_id": to_pantry, "placed_at": origin.at}
        if (until := new_best_before(lot)) != lot.best_before:
            facts |= {"best_before": until, "printed": False}
        entries += split(lot, part, rest_id, facts)
    return origin.change(What.MOVED, entries)


def correct(
    stock: Stock,
    origin: Origin,
    product_id: ProductId,
    counted: Quantity,
    *,
    counted_on: date,
    lot_id: LotId,
    pantry_id: PantryId | None = None,
    best_before: date | None = None,
) -> Change:
    """Set how much is there, in one pantry or everywhere, to what was counted.

    What is missing is taken from what goes off first. What is more is added to what was bought last, or
    becomes the lot ``lot_id`` when there is nothing. A best-before date that was read is that of all that was
    counted; where some of it is open and some closed, what is open does not last longer by it. The change has
    no entries when the count was right.

    Raises:
        PantryError: ``unknown_product``, ``amount_not_positive``, ``amount_too_large``, ``measure_differs``;
            ``which_pantry`` when something new was found and no pantry is named.
    """
    product = _known(stock, product_id)
    amount = _amount(product, counted, least=0)
    lots = list(_in_order(stock, product_id, pantry_id))
    if amount and not lots:
        if pantry_id is None:
            raise PantryError("which_pantry", product=product.name)
        lot = Lot(
            lot_id=lot_id,
            product_id=product_id,
            pantry_id=pantry_id,
            amount=amount,
            bought=amount,
            bought_on=counted_on,
            best_before=best_before,
            printed=best_before is not None,
            placed_at=origin.at,
        )
        return origin.change(What.CORRECTED, [made(lot)])
    return origin.change(What.CORRECTED, _corrections(lots, amount, best_before))


def _corrections(lots: list[Lot], amount: int, best_before: date | None) -> Iterator[Entry]:
    """Return the entries after which lots add up to an amount and have a date."""
    surplus = amount - sum(lot.amount for lot in lots)
    missing = {lot.lot_id: part for lot, part in first_out(lots, max(0, -surplus))}
    newest = max(lots, key=lambda lot: (lot.bought_on, lot.lot_id), default=None)
    is_any_closed = any(lot.opened_on is None for lot in lots)
    for lot in lots:
        delta = max(0, surplus) if lot is newest else 0
        delta -= missing.get(lot.lot_id, 0)
        left = lot.amount + delta
        # More than was bought: it was miscounted then, and all of it cost what was paid.
        facts: dict[str, Any] = {"bought": max(lot.bought, left)}
        if best_before is not None and left and not (is_any_closed and _lasts_less(lot, best_before)):
            facts |= {"best_before": best_before, "printed": True}
        entry = changed(lot, delta, **facts)
        if entry.delta or entry.now:
            yield entry


def _lasts_less(lot: Lot, best_before: date) -> bool:
    """Tell whether a lot is open and goes off before the date that stands on a closed one."""
    return lot.opened_on is not None and lot.best_before is not None and lot.best_before < best_before


def describe(stock: Stock, origin: Origin, product: Product) -> Change:
    """Make a product known, or replace what is known of it.

    Raises:
        PantryError: ``measure_fixed`` when its measure would change though there were lots of it;
            ``barcode_taken`` when another product has one of its barcodes.
    """
    _check_description(stock, product)
    was = stock.products.get(product.product_id)
    return origin.change(What.DESCRIBED, product=product, product_was=was)


def undo(stock: Stock, origin: Origin, change: Change) -> Change:
    """Take a change back; to take an undoing change back is to do it again.

    Raises:
        PantryError: ``unknown_change`` when it never happened; ``changed_since`` when anything it touched was
            touched again, or when a product that it made known has other lots by now.
    """
    if not stock.seen(change.change_id):
        raise PantryError("unknown_change")
    back = origin.change(
        What.UNDONE,
        map(undone, change.entries),
        product=change.product_was,
        product_was=change.product,
        undoes=change.change_id,
    )
    stock.check(back)
    return back


def _out(
    stock: Stock,
    product_id: ProductId,
    amount: Quantity | None,
    pantry_id: PantryId | None,
    lot_id: LotId | None,
) -> Iterator[Entry]:
    """Return what takes an amount out of the stock."""
    product = _known(stock, product_id)
    lots = _in_order(stock, product_id, pantry_id)
    if lot_id is not None:
        lots = (lot for lot in lots if lot.lot_id == lot_id)
    return (changed(lot, -part) for lot, part in _taken(product, lots, amount))


def _known(stock: Stock, product_id: ProductId) -> Product:
    product = stock.products.get(product_id)
    if product is None:
        raise PantryError("unknown_product", product=product_id)
    return product


def _in_order(stock: Stock, product_id: ProductId, pantry_id: PantryId | None) -> Iterator[Lot]:
    """Return the lots that are there, in one pantry where it is named, first what is to be used first."""
    return (lot for lot in stock.in_order(product_id) if pantry_id is None or lot.pantry_id == pantry_id)


def _amount(product: Product, amount: Quantity, least: int = 1) -> int:
    """Return an amount of a product, in thousandths of its measure."""
    if amount.measure is not product.measure:
        raise PantryError("measure_differs", product=product.name)
    if amount.thousandths < least:
        raise PantryError("amount_not_positive", product=product.name)
    if amount.thousandths > MOST_AMOUNT:
        raise PantryError("amount_too_large", product=product.name)
    return amount.thousandths


def _taken(product: Product, lots: Iterable[Lot], amount: Quantity | None) -> list[tuple[Lot, int]]:
    """Return how much of which lot makes up an amount, or all of it; looks at no more lots than it takes.

    A crumb that rounding leaves of a lot goes with it, and one that it lacks is not missed.
    """
    if amount is None:
        taken = [(lot, lot.amount) for lot in lots]
        missing = 0
    else:
        asked = _amount(product, amount)
        taken = list(first_out(lots, asked))
        missing = asked - sum(part for _, part in taken)
        if asked > missing and missing <= CRUMB * len(taken):
            missing = 0
        if taken and asked > CRUMB and taken[-1][0].amount - taken[-1][1] <= CRUMB:
            taken[-1] = (taken[-1][0], taken[-1][0].amount)
    if not taken:
        raise PantryError("nothing_there", product=product.name)
    if missing:
        raise PantryError("not_enough", product=product.name)
    return taken


def _check_description(stock: Stock, product: Product) -> None:
    was = stock.products.get(product.product_id)
    if was is not None and was.measure is not product.measure and stock.lots_of(product.product_id):
        raise PantryError("measure_fixed", product=product.name)
    for code in product.barcodes:
        other = stock.by_barcode(code)
        if other is not None and other.product_id != product.product_id:
            raise PantryError("barcode_taken", product=other.name)
