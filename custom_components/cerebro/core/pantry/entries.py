"""The entries of a change: what it takes from lots, adds to them, and splits off them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from .model import Entry, Lot, LotId
from .stock import FACTS
from .value import price_of_part


def made(lot: Lot) -> Entry:
    """Return the entry that makes a lot."""
    facts = {name: getattr(lot, name) for name in sorted(FACTS)}
    return Entry(lot_id=lot.lot_id, product_id=lot.product_id, delta=lot.amount, now=facts)


def changed(lot: Lot, delta: int = 0, **facts: Any) -> Entry:
    """Return the entry that adds to a lot and replaces those of its facts that differ."""
    now = {name: value for name, value in facts.items() if getattr(lot, name) != value}
    was = {name: getattr(lot, name) for name in now}
    return Entry(lot_id=lot.lot_id, product_id=lot.product_id, delta=delta, now=now, was=was)


def split(lot: Lot, part: int, part_id: LotId, facts: Mapping[str, Any]) -> list[Entry]:
    """Return the entries that give other facts to a lot, or to a part of it that becomes a lot of its own.

    The part takes along its share of what was bought and of the price: what is left of both is worth together
    what the lot was worth.
    """
    if part == lot.amount:
        return [changed(lot, **facts)]
    price = price_of_part(lot, part)
    rest = None if lot.price is None or price is None else lot.price - price
    own = replace(lot, lot_id=part_id, amount=part, bought=part, price=price, **facts)
    return [changed(lot, -part, bought=lot.bought - part, price=rest), made(own)]


def undone(entry: Entry) -> Entry:
    """Return the entry that takes another one back; of one that made a lot, the one that unmakes it."""
    return replace(entry, delta=-entry.delta, now=entry.was, was=entry.now)


def first_out(lots: Iterable[Lot], amount: int) -> Iterator[tuple[Lot, int]]:
    """Return how much of which lot makes up an amount, in their order, as far as they reach."""
    for lot in lots:
        if not amount:
            return
        part = min(lot.amount, amount)
        amount -= part
        yield lot, part
