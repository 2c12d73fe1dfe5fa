"""The stock as a table: one row for each lot, with its product’s columns; a product without lots has one.

Amounts are in the product's smallest unit (grams, millilitres or pieces), prices in the home's currency.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
import csv
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Final, Never

from ...roles.words import folded
from ..barcode.gtin import gtin14
from ..book import MOST_AMOUNT, MOST_PRICE
from ..categories import Category
from ..clean import cleaned
from ..errors import PantryError
from ..model import Lot, LotId, Pantry, PantryId, Product, ProductId, ShopId, Taste
from ..quantity import PACK, PIECE, WHOLE, Amount, Measure, Quantity
from ..stock import FACTS, Stock
from ..words import category_of
from .brought import MOST_NAMES, Brought, derived, derived_product
from .cells import day, decimal, delimiter_of, joined, parted, rows_of, table, thousandths
from .units import Measuring, amount_of

COLUMNS: Final = (
    "product",
    "amount",
    "unit",
    "pantry",
    "best_before",
    "printed",
    "bought_on",
    "opened_on",
    "price",
    "bought",
    "batch",
    "category",
    "barcodes",
    "aliases",
    "minimum",
    "pack",
    "shown_in",
    "taste",
    "shop",
    "product_id",
    "lot_id",
)
NEEDED: Final = ("product",)
MOST_BYTES: Final = 10_000_000
MOST_ROWS: Final = 50_000
MOST_ID: Final = 64
"""Characters of an id."""
MOST_CELL: Final = 12_000
"""Characters of a cell."""
BASE: Final[Mapping[Measure, str]] = {Measure.MASS: "g", Measure.VOLUME: "mL", Measure.COUNT: PIECE}
"""The unit of which an amount is thousandths."""
_YES: Final = frozenset({"1", "true", "yes", "x", "vrai", "oui"})


def write(stock: Stock, pantries: Sequence[Pantry]) -> str:
    """Return all products and all that is there as CSV."""
    names = {pantry.pantry_id: pantry.name for pantry in pantries}
    return table([COLUMNS, *_rows(stock, names)])


def _rows(stock: Stock, pantries: Mapping[PantryId, str]) -> Iterator[list[str]]:
    for product in sorted(stock.products.values(), key=lambda one: (folded(one.name), one.product_id)):
        facts = {
            "product": product.name,
            "unit": BASE[product.measure],
            "category": product.category.value,
            "barcodes": joined(product.barcodes),
            "aliases": joined(product.aliases),
            "minimum": thousandths(product.minimum) if product.minimum else "",
            "pack": thousandths(product.pack) if product.pack else "",
            "shown_in": product.unit,
            "taste": product.taste.value,
            "shop": product.shop or "",
            "product_id": product.product_id,
        }
        lots = [_lot(lot, pantries) for lot in stock.there(product.product_id)]
        for row in [facts | lot for lot in lots] or [facts]:
            yield [row.get(column, "") for column in COLUMNS]


def _lot(lot: Lot, pantries: Mapping[PantryId, str]) -> dict[str, str]:
    return {
        "amount": thousandths(lot.amount),
        "bought": thousandths(lot.bought),
        "pantry": pantries.get(lot.pantry_id, lot.pantry_id),
        "best_before": lot.best_before.isoformat() if lot.best_before else "",
        "printed": "1" if lot.printed else "",
        "bought_on": lot.bought_on.isoformat(),
        "opened_on": lot.opened_on.isoformat() if lot.opened_on else "",
        "price": "" if lot.price is None else thousandths(lot.price),
        "batch": lot.batch or "",
        "lot_id": lot.lot_id,
    }


def read(text: str, *, pantries: Sequence[Pantry], today: date, measuring: Measuring) -> Brought:
    """Return the products and lots of a table; all of its rows, or none.

    Raises:
        PantryError: ``import_too_large``, ``import_too_many_rows``, ``import_no_table``,
            ``import_column_missing``, ``import_needs_pantry`` or, for a row, ``import_bad_cell``.
    """
    if len(text) > MOST_BYTES:
        raise PantryError("import_too_large", most=str(MOST_BYTES // 1_000_000))
    delimiter = delimiter_of(text)
    try:
        rows = list(rows_of(text, delimiter))
    except csv.Error as error:
        raise PantryError("import_no_table") from error
    if not rows:
        raise PantryError("import_no_table")
    if len(rows) > MOST_ROWS:
        raise PantryError("import_too_many_rows", most=str(MOST_ROWS))
    columns = [cell.strip().lower() for cell in rows[0]]
    if missing := [column for column in NEEDED if column not in columns]:
        raise PantryError("import_column_missing", column=missing[0])
    reader = _Reader(pantries=pantries, today=today, measuring=measuring, delimiter=delimiter)
    for number, cells in enumerate(rows[1:], start=2):
        reader.add(_Row(number=number, cells=dict(zip(columns, cells, strict=False))))
    return Brought(products=tuple(reader.products.values()), lots=tuple(reader.lots.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A row and its number, the head being the first."""

    number: int
    cells: Mapping[str, str]

    def refuse(self, column: str) -> Never:
        raise PantryError(
            "import_bad_cell", row=str(self.number), column=column, value=self.cells.get(column, "")[:40]
        )

    def get(self, column: str) -> str:
        cell = self.cells.get(column, "")
        if len(cell) > MOST_CELL:
            self.refuse(column)
        return cell

    def parse[T](self, column: str, parser: Callable[[str], T | None]) -> T | None:
        """Return what a cell says: nothing when it is empty, and no guess when it makes no sense."""
        cell = self.get(column)
        if not cell:
            return None
        found = parser(cell)
        if found is None:
            self.refuse(column)
        return found


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads row after row."""

    pantries: Sequence[Pantry]
    today: date
    measuring: Measuring
    delimiter: str
    products: dict[ProductId, Product] = field(default_factory=dict)
    lots: dict[LotId, Lot] = field(default_factory=dict)

    def add(self, row: _Row) -> None:
        """Take a row in."""
        product = self._product(row)
        known = self.products.setdefault(product.product_id, product)
        if known.measure is not product.measure:
            row.refuse("unit")
        amount = self._part(row, "amount")
        if amount:
            lot = self._lot(row, known, amount)
            if lot.lot_id in self.lots:
                row.refuse("lot_id")
            self.lots[lot.lot_id] = lot

    def _product(self, row: _Row) -> Product:
        name = row.parse("product", cleaned)
        if name is None:
            row.refuse("product")
        measure = self._quantity(row, "unit", 1.0).measure
        minimum, pack = (self._part(row, column) for column in ("minimum", "pack"))
        return Product(
            product_id=ProductId(row.get("product_id")[:MOST_ID]) or derived_product(name),
            name=name,
            measure=measure,
            unit=self._shown(row, measure),
            pack=pack or None,
            category=row.parse("category", _category) or category_of(name) or Category.OTHER,
            barcodes=row.parse("barcodes", _barcodes) or (),
            aliases=row.parse("aliases", _aliases) or (),
            minimum=minimum,
            shop=ShopId(row.get("shop")[:MOST_ID]) if row.get("shop") else None,
            taste=row.parse("taste", _taste) or Taste.NEUTRAL,
        )

    def _lot(self, row: _Row, product: Product, amount: int) -> Lot:
        lot = Lot(
            lot_id=LotId(row.get("lot_id")[:MOST_ID]),
            product_id=product.product_id,
            pantry_id=self._pantry(row),
            amount=amount,
            bought=max(self._part(row, "bought"), amount),
            bought_on=row.parse("bought_on", day) or self.today,
            best_before=row.parse("best_before", day),
            printed=row.get("printed").lower() in _YES,
            opened_on=row.parse("opened_on", day),
            price=row.parse("price", self._price),
            batch=row.parse("batch", cleaned),
        )
        return lot if lot.lot_id else self._identified(lot)

    def _identified(self, lot: Lot) -> Lot:
        """Return a lot with an id that is made of what it is; of several alike, the first is the first."""
        facts = [lot.product_id, *(getattr(lot, name) for name in sorted(FACTS))]
        ids = (LotId(derived("table", number, *facts)) for number in count())
        return replace(lot, lot_id=next(one for one in ids if one not in self.lots))

    def _pantry(self, row: _Row) -> PantryId:
        """Return the pantry of a name or id; the only one where none is named."""
        named = row.get("pantry")
        if not self.pantries:
            raise PantryError("import_needs_pantry")
        if not named and len(self.pantries) == 1:
            return self.pantries[0].pantry_id
        by_name = {folded(pantry.name): pantry.pantry_id for pantry in reversed(self.pantries)}
        found = {pantry.pantry_id: pantry.pantry_id for pantry in self.pantries}.get(PantryId(named))
        found = found or by_name.get(folded(named))
        return found if found is not None else row.refuse("pantry")

    def _shown(self, row: _Row, measure: Measure) -> str:
        """Return the unit in which a product's amounts are shown: one of its own measure."""
        if row.get("shown_in").strip().lower() == PACK and row.get("pack"):
            return PACK
        for column in ("shown_in", "unit"):
            unit = _amount(1.0, row.get(column)).unit
            if unit and self._quantity(row, column, 1.0).measure is measure:
                return unit
        return BASE[measure]

    def _part(self, row: _Row, column: str) -> int:
        """Return an amount in thousandths, or nothing where there is none."""
        value = row.parse(column, self._decimal)
        if not value:
            return 0
        amount = self._quantity(row, column, value).thousandths
        if not 0 < amount <= MOST_AMOUNT:
            row.refuse(column)
        return amount

    def _quantity(self, row: _Row, column: str, value: float) -> Quantity:
        """Return a number in the row's unit, or one of the unit that the column names."""
        written = row.get("shown_in" if column == "shown_in" else "unit")
        try:
            return self.measuring(_amount(value, written))
        except PantryError:
            row.refuse(column if column == "shown_in" else "unit")

    def _decimal(self, cell: str) -> float | None:
        return decimal(cell, self.delimiter)

    def _price(self, cell: str) -> int | None:
        value = decimal(cell, self.delimiter)
        price = None if value is None else round(value * WHOLE)
        return price if price is not None and price <= MOST_PRICE else None


def _amount(value: float, written: str) -> Amount:
    """Return an amount in a unit as it is written: whatever is sold in packs is counted in them."""
    known = amount_of(value, written) or Amount(value=value, unit=written or PIECE)
    return replace(known, unit=PIECE) if known.unit == PACK else known


def _category(cell: str) -> Category | None:
    name = cell.strip().lower()
    return Category(name) if name in set(Category) else category_of(cell)


def _taste(cell: str) -> Taste | None:
    name = cell.strip().lower()
    return Taste(name) if name in set(Taste) else None


def _barcodes(cell: str) -> tuple[str, ...] | None:
    try:
        return tuple(dict.fromkeys(gtin14(code.strip()) for code in parted(cell)[:MOST_NAMES]))
    except PantryError:
        return None


def _aliases(cell: str) -> tuple[str, ...] | None:
    names = [cleaned(name) for name in parted(cell)[:MOST_NAMES]]
    return tuple(dict.fromkeys(name for name in names if name is not None)) or None
