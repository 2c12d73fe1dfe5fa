"""The ledger: each change as one line, which the stock can be made from again.

A line is an object of JSON's own types. Dates and moments are ISO 8601, amounts and prices whole thousandths;
what has its default is left out. ``v`` is the version of the line's form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any, Final

from .categories import Category
from .model import Change, ChangeId, Entry, Lot, LotId, Product, ProductId, Taste, What
from .quantity import Measure
from .stock import FACTS, Stock

VERSION: Final = 1
"""The version of what is written."""

type Line = Mapping[str, Any]
type Migration = Callable[[Line], Line]
type Learner = Callable[[Change, Stock], None]
"""Takes in a change that was just applied to a stock."""

MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""What makes a line of a version one of the next version. The first version needs none."""


class LedgerNewerError(ValueError):
    """The line was written by a newer Cerebro."""


class LedgerDamagedError(ValueError):
    """The line is none of a ledger."""


def to_json(change: Change) -> dict[str, Any]:
    """Return the line of a change."""
    line: dict[str, Any] = {
        "v": VERSION,
        "id": change.change_id,
        "at": change.at.isoformat(),
        "what": change.what.value,
        "lots": [_from_entry(entry) for entry in change.entries],
        "product": None if change.product is None else _from_product(change.product),
        "product_was": None if change.product_was is None else _from_product(change.product_was),
        "undoes": change.undoes,
        "by": change.by,
        "context": change.context,
    }
    return {key: value for key, value in line.items() if value not in (None, [])}


def from_json(line: Line) -> Change:
    """Return the change of a line of any version up to ours.

    Raises:
        LedgerNewerError: when it was written by a newer version.
        LedgerDamagedError: when it is no line of a ledger.
    """
    try:
        return _change(migrate(line))
    except LedgerNewerError, LedgerDamagedError:
        raise
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise LedgerDamagedError(*error.args) from error


def migrate(line: Line, migrations: Mapping[int, Migration] = MIGRATIONS, version: int = VERSION) -> Line:
    """Return a line in the form of a version, whatever older form it was written in.

    Raises:
        LedgerNewerError: when it was written by a newer version.
        LedgerDamagedError: when it has no version that ever was.
    """
    written = line.get("v")
    if type(written) is not int or written < 1:
        raise LedgerDamagedError(written)
    if written > version:
        raise LedgerNewerError(written)
    for step in range(written, version):
        line = {**migrations[step](line), "v": step + 1}
    return line


def replay(changes: Iterable[Change], *learners: Learner) -> Stock:
    """Return the sum of changes, having shown each to some learners once it was applied.

    Raises:
        PantryError: ``changed_since`` when one does not fit those before it.
    """
    stock = Stock()
    for change in changes:
        take(change, stock, learners)
    return stock


def take(change: Change, stock: Stock, learners: Iterable[Learner]) -> None:
    """Apply a change to a stock, and show it to some learners if it is new.

    Raises:
        PantryError: ``changed_since`` when it does not fit.
    """
    if stock.apply(change):
        for learn in learners:
            learn(change, stock)


def plain(value: Any) -> Any:
    """Return a fact as JSON knows it."""
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
    return value


def _from_product(product: Product) -> dict[str, Any]:
    return {
        one.name: plain(value)
        for one in fields(Product)
        if (value := getattr(product, one.name)) != one.default or one.default is MISSING
    }


def _from_entry(entry: Entry) -> dict[str, Any]:
    whole = not entry.was or not entry.now
    line: dict[str, Any] = {"lot": entry.lot_id, "of": entry.product_id, "add": entry.delta}
    line |= {
        side: {
            name: plain(value)
            for name, value in facts.items()
            # A lot that is made or unmade has all its facts: those with their default need not be said.
            if not whole or value != DEFAULTS.get(name, MISSING)
        }
        for side, facts in (("now", entry.now), ("was", entry.was))
        if facts
    }
    return line


def _change(line: Line) -> Change:
    product, was, undoes = line.get("product"), line.get("product_was"), line.get("undoes")
    return Change(
        change_id=ChangeId(_text(line["id"])),
        at=_moment(line["at"]),
        what=What(line["what"]),
        entries=tuple(_entry(one) for one in line.get("lots", ())),
        product=None if product is None else _product(product),
        product_was=None if was is None else _product(was),
        undoes=None if undoes is None else ChangeId(_text(undoes)),
        by=_text_or_none(line.get("by")),
        context=_text_or_none(line.get("context")),
    )


def _product(line: Line) -> Product:
    return Product(**{name: PRODUCT[name](value) for name, value in line.items()})


def _entry(line: Line) -> Entry:
    now, was = _facts(line.get("now", {})), _facts(line.get("was", {}))
    if now and not was:
        now = DEFAULTS | now
    elif was and not now:
        was = DEFAULTS | was
    return Entry(
        lot_id=LotId(_text(line["lot"])),
        product_id=ProductId(_text(line["of"])),
        delta=_number(line["add"]),
        now=now,
        was=was,
    )


def _facts(line: Line) -> dict[str, Any]:
    return {name: LOT[name](value) for name, value in line.items()}


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError(value)
    return value


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _truth(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(value)
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if type(value) is not list:
        raise TypeError(value)
    return tuple(_text(one) for one in value)


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _or_none[T](read: Callable[[Any], T]) -> Callable[[Any], T | None]:
    return lambda value: None if value is None else read(value)


DEFAULTS: Final[dict[str, Any]] = {
    one.name: one.default for one in fields(Lot) if one.name in FACTS and one.default is not MISSING
}
"""The facts of a lot that may be left out where all of them are meant."""
LOT: Final[Mapping[str, Callable[[Any], Any]]] = {
    "pantry_id": _text,
    "bought": _number,
    "bought_on": date.fromisoformat,
    "best_before": _or_none(date.fromisoformat),
    "printed": _truth,
    "opened_on": _or_none(date.fromisoformat),
    "placed_at": _or_none(_moment),
    "price": _or_none(_number),
    "batch": _text_or_none,
}
"""How each fact of a lot is read."""
PRODUCT: Final[Mapping[str, Callable[[Any], Any]]] = {
    "product_id": _text,
    "name": _text,
    "measure": Measure,
    "unit": _text,
    "pack": _or_none(_number),
    "category": Category,
    "barcodes": _texts,
    "aliases": _texts,
    "minimum": _number,
    "shop": _text_or_none,
    "taste": Taste,
}
"""How each fact of a product is read."""
