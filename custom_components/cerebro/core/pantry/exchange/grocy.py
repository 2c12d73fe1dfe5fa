"""What a Grocy server tells of its stock: the objects of its REST API, version 3 and newer.

Older servers wrote every number as text; both are read. One product is kept in its stock unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ...roles.words import first_word, folded
from ..barcode.gtin import gtin14
from ..book import MOST_AMOUNT, MOST_PRICE
from ..categories import Category
from ..clean import cleaned
from ..errors import PantryError
from ..fittings import NAMES
from ..model import Lot, LotId, PantryId, Place, Product, ProductId
from ..quantity import PACK, PIECE, WHOLE, Measure, Quantity
from ..words import category_of
from .brought import Brought, Location, derived, derived_product
from .units import Measuring, amount_of, number

OBJECTS: Final = ("products", "locations", "quantity_units", "product_barcodes", "stock")
"""What is asked for, below ``/api/objects/``."""
MOST_ROWS: Final = 20_000
"""The most rows of a kind: beyond it, it is no household's."""
NEVER: Final = date(2999, 12, 31)
"""How Grocy writes that something never goes off."""
_NOWHERE: Final = PantryId("")

type Rows = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unit:
    """A unit of Grocy's: how much one is."""

    one: Quantity
    shown: str


def read(data: Mapping[str, Any], *, today: date, measuring: Measuring) -> Brought:
    """Return the products and lots of a server's objects, by their names in :data:`OBJECTS`.

    A row that makes no sense is left out: the rest of the household is not lost for it.

    Raises:
        PantryError: ``grocy_unreadable`` when the objects are not Grocy's, ``import_too_many_rows``.
    """
    rows = {name: _rows(data.get(name), name) for name in OBJECTS}
    units = {key: _unit(row, measuring) for key, row in rows["quantity_units"].items()}
    codes = _codes(rows["product_barcodes"])
    products: dict[int, Product] = {}
    for key, row in rows["products"].items():
        product = _product(row, units, codes.get(key, ()))
        if product is not None:
            products[key] = product
    locations = {key: _location(key, row) for key, row in rows["locations"].items()}
    one_of = {key: _one_of(rows["products"][key], units) for key in products}
    lots = tuple(_lots(rows["stock"], products, one_of, locations, today))
    nowhere = any(lot.pantry_id == _NOWHERE for lot in lots)
    return Brought(
        products=tuple(products.values()),
        lots=lots,
        locations=(
            *locations.values(),
            *((Location(key=_NOWHERE, name="", place=Place.CUPBOARD),) if nowhere else ()),
        ),
    )


def _rows(rows: Any, name: str) -> Rows:
    """Return rows by their id."""
    if not isinstance(rows, list):
        raise PantryError("grocy_unreadable", what=name)
    if len(rows) > MOST_ROWS:
        raise PantryError("import_too_many_rows", most=str(MOST_ROWS))
    found = {}
    for row in rows:
        if not isinstance(row, Mapping):
            raise PantryError("grocy_unreadable", what=name)
        if (key := _id(row.get("id"))) is not None:
            found[key] = row
    return found


def _id(value: Any) -> int | None:
    found = number(value)
    return int(found) if found is not None and found > 0 and found == int(found) else None


def _unit(row: Mapping[str, Any], measuring: Measuring) -> _Unit:
    """Return what one of a unit is: whatever is no unit of weight or volume is counted."""
    for key in ("name", "name_plural"):
        written = row.get(key)
        amount = amount_of(1.0, written[:40]) if isinstance(written, str) else None
        if amount is not None and amount.unit not in {PIECE, PACK, None}:
            shown = amount.unit or PIECE
            return _Unit(one=measuring(amount), shown=shown)
    return _PIECE


_PIECE: Final = _Unit(one=Quantity(thousandths=WHOLE, measure=Measure.COUNT), shown=PIECE)


def _one_of(row: Mapping[str, Any], units: Mapping[int, _Unit]) -> _Unit:
    """Return the unit in which a product's stock is counted."""
    return units.get(_id(row.get("qu_id_stock")) or 0, _PIECE)


def _codes(rows: Rows) -> Mapping[int, tuple[str, ...]]:
    """Return the barcodes of each product that are numbers of products: Grocy takes any text for one."""
    found: dict[int, dict[str, None]] = {}
    for row in rows.values():
        product, code = _id(row.get("product_id")), row.get("barcode")
        if product is None or not isinstance(code, str | int):
            continue
        try:
            found.setdefault(product, {})[gtin14(str(code).strip()[:20])] = None
        except PantryError:
            continue
    return {product: tuple(codes) for product, codes in found.items()}


def _product(row: Mapping[str, Any], units: Mapping[int, _Unit], barcodes: tuple[str, ...]) -> Product | None:
    name = cleaned(row["name"]) if isinstance(row.get("name"), str) else None
    if name is None:
        return None
    unit = _one_of(row, units)
    minimum = number(row.get("min_stock_amount")) or 0.0
    return Product(
        product_id=derived_product(name),
        name=name,
        measure=unit.one.measure,
        unit=unit.shown,
        category=category_of(name) or Category.OTHER,
        barcodes=barcodes,
        minimum=min(max(round(minimum * unit.one.thousandths), 0), MOST_AMOUNT),
    )


def _location(key: int, row: Mapping[str, Any]) -> Location:
    name = cleaned(row["name"]) if isinstance(row.get("name"), str) else None
    name = name or str(key)
    told = next((place for place, words in NAMES.items() if first_word(words, name) is not None), None)
    frozen = number(row.get("is_freezer")) or row.get("is_freezer") is True
    place = Place.FREEZER if frozen else told or Place.CUPBOARD
    return Location(key=PantryId(str(key)), name=name, place=place)


def _lots(
    rows: Rows,
    products: Mapping[int, Product],
    units: Mapping[int, _Unit],
    locations: Mapping[int, Location],
    today: date,
) -> Iterator[Lot]:
    """Return the lots: a row of the stock is one purchase of one product in one place."""
    for key, row in rows.items():
        product_key = _id(row.get("product_id")) or 0
        product, count = products.get(product_key), number(row.get("amount")) or 0.0
        if product is None:
            continue
        amount = round(count * units[product_key].one.thousandths)
        if not 0 < amount <= MOST_AMOUNT:
            continue
        best_before = _date(row.get("best_before_date"))
        bought_on = _date(row.get("purchased_date")) or today
        place = locations.get(_id(row.get("location_id")) or 0)
        yield Lot(
            # Its own id tells one row from another; the rest, one server from another.
            lot_id=LotId(derived("grocy", key, row.get("stock_id"), folded(product.name))),
            product_id=ProductId(product.product_id),
            pantry_id=_NOWHERE if place is None else place.key,
            amount=amount,
            bought=amount,
            bought_on=min(bought_on, today),
            best_before=None if best_before is not None and best_before >= NEVER else best_before,
            printed=best_before is not None and best_before < NEVER,
            opened_on=_opened(row, today),
            price=_price(row.get("price"), count),
        )


def _opened(row: Mapping[str, Any], today: date) -> date | None:
    """Return since when it is open; today where only that it is open is known."""
    if not number(row.get("open")) and row.get("open") is not True:
        return None
    return min(_date(row.get("opened_date")) or today, today)


def _price(price: Any, count: float) -> int | None:
    """Return the price of all of it: Grocy keeps that of one stock unit."""
    one = number(price)
    if one is None or one <= 0:
        return None
    whole = round(one * count * WHOLE)
    return whole if whole <= MOST_PRICE else None


def _date(value: Any) -> date | None:
    """Return a date, which may have a time behind it."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
