"""Everything as one JSON document: what there is, for whoever reads it, and every change that led to it.

Read into an empty household, it is the same stock again, with its whole history. Read into one that has
something, what is there now is taken over, each lot once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
import json
from typing import Any, Final

from ..book import MOST_AMOUNT, MOST_PRICE
from ..clean import cleaned
from ..errors import PantryError
from ..ledger import LedgerDamagedError, LedgerNewerError, from_json, plain, replay, to_json
from ..model import Change, ChangeId, Entry, Lot, Pantry, PantryId, Place, Product
from ..stock import Stock
from .brought import MOST_NAMES, Brought, Location, into, taken_over

FORMAT: Final = "cerebro_pantry"
VERSION: Final = 1
MOST_BYTES: Final = 50_000_000
"""Ten times what five years of a busy household come to."""
MOST_CHANGES: Final = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a document holds."""

    changes: tuple[Change, ...]
    stock: Stock
    """What the changes come to."""
    locations: tuple[Location, ...] = ()
    """The pantries it was written in."""


def write(stock: Stock, changes: Iterable[Change], pantries: Sequence[Pantry]) -> str:
    """Return everything as JSON."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "pantries": [{"id": one.pantry_id, "name": one.name, "place": one.place.value} for one in pantries],
        "products": [_plain_fields(product) for product in stock.products.values()],
        "lots": [_plain_fields(lot) for lot in stock.all_there()],
        "changes": [to_json(change) for change in changes],
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Archive:
    """Return what a document holds.

    Raises:
        PantryError: ``import_too_large``, ``import_no_archive``, ``import_newer`` or ``import_damaged``.
    """
    if len(text) > MOST_BYTES:
        raise PantryError("import_too_large", most=str(MOST_BYTES // 1_000_000))
    document = _document(text)
    if type(document["version"]) is not int or document["version"] > VERSION:
        raise PantryError("import_newer")
    lines = document.get("changes")
    if not isinstance(lines, list) or len(lines) > MOST_CHANGES:
        raise PantryError("import_damaged")
    try:
        changes = tuple(_checked(from_json(line)) for line in lines)
        stock = replay(changes)
    except LedgerNewerError as error:
        raise PantryError("import_newer") from error
    except (LedgerDamagedError, PantryError) as error:
        raise PantryError("import_damaged") from error
    return Archive(changes=changes, stock=stock, locations=_locations(document.get("pantries")))


def restored(
    archive: Archive,
    stock: Stock,
    pantries: Sequence[Pantry],
    *,
    now: datetime,
    new_id: Callable[[], ChangeId],
    by: str | None = None,
) -> tuple[Change, ...]:
    """Return the changes that bring an archive in: its history where nothing is known yet, else what is new.

    Raises:
        PantryError: ``import_needs_pantry``, or what :func:`.brought.taken_over` raises.
    """
    elsewhere = _elsewhere(archive, pantries)
    fresh = not stock.products and not any(stock.seen(change.change_id) for change in archive.changes)
    if fresh:
        return tuple(_moved(change, elsewhere) for change in archive.changes)
    brought = Brought(
        products=tuple(archive.stock.products.values()),
        lots=tuple(
            replace(lot, pantry_id=elsewhere.get(lot.pantry_id, lot.pantry_id))
            for lot in archive.stock.all_there()
        ),
    )
    return taken_over(brought, stock, now=now, new_id=new_id, by=by)


def _document(text: str) -> Mapping[str, Any]:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise PantryError("import_no_archive") from error
    if (
        not isinstance(document, dict)
        or document.get("format") != FORMAT
        or not isinstance(document.get("version"), int)
    ):
        raise PantryError("import_no_archive")
    return document


def _elsewhere(archive: Archive, pantries: Sequence[Pantry]) -> dict[PantryId, PantryId]:
    """Return which pantry here each is that is not one of this home."""
    here = {pantry.pantry_id for pantry in pantries}
    told = {location.key: location for location in archive.locations}
    used = {lot.pantry_id for lot in archive.stock.lots.values()}
    for change in archive.changes:
        used |= {entry.now["pantry_id"] for entry in change.entries if "pantry_id" in entry.now}
    unknown = tuple(
        told.get(one) or Location(key=one, name=one, place=Place.CUPBOARD) for one in sorted(used - here)
    )
    return into(unknown, pantries)


def _moved(change: Change, elsewhere: Mapping[PantryId, PantryId]) -> Change:
    entries = tuple(
        replace(entry, now=_here(entry.now, elsewhere), was=_here(entry.was, elsewhere))
        for entry in change.entries
    )
    return replace(change, entries=entries)


def _here(facts: Mapping[str, Any], elsewhere: Mapping[PantryId, PantryId]) -> Mapping[str, Any]:
    here = elsewhere.get(facts.get("pantry_id", PantryId("")))
    return facts if here is None else {**facts, "pantry_id": here}


def _locations(rows: Any) -> tuple[Location, ...]:
    found = []
    for row in rows if isinstance(rows, list) else ():
        match row:
            case {"id": str(key), "name": str(name), "place": str(place)} if place in set(Place):
                found.append(Location(key=PantryId(key), name=name, place=Place(place)))
    return tuple(found)


def _checked(change: Change) -> Change:
    """Return a change whose figures and names are as ours are."""
    described = [one for one in (change.product, change.product_was) if one is not None]
    if not all(map(_sound, described)) or not all(map(_bounded, change.entries)):
        raise PantryError("import_damaged")
    return change


def _sound(product: Product) -> bool:
    names = (product.name, *product.aliases)
    return (
        all(cleaned(name) == name for name in names)
        and len(product.aliases) <= MOST_NAMES
        and len(product.barcodes) <= MOST_NAMES
        and 0 <= product.minimum <= MOST_AMOUNT
        and (product.pack is None or 0 < product.pack <= MOST_AMOUNT)
    )


def _bounded(entry: Entry) -> bool:
    for facts in (entry.now, entry.was):
        if not 0 <= facts.get("bought", 0) <= MOST_AMOUNT or not 0 <= (facts.get("price") or 0) <= MOST_PRICE:
            return False
    return abs(entry.delta) <= MOST_AMOUNT


def _plain_fields(thing: Product | Lot) -> dict[str, Any]:
    return {
        one.name: plain(value) for one in fields(thing) if (value := getattr(thing, one.name)) is not None
    }
