"""What is shown of the pantry: in attributes, events and answers, as plain values in the home's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.util import dt as dt_util

from ...core.pantry.draft import Draft, DraftLine
from ...core.pantry.model import Change, Entry, Lot, Pantry, PantryId, Product
from ...core.pantry.quantity import WHOLE
from ...core.pantry.restock import Proposal
from ...core.pantry.shopping.slots import Slot
from ...core.pantry.stock import Stock
from ...core.pantry.use_first import Advice
from ...core.pantry.value import value
from ...core.reason import Reason
from ..texts import Texts
from .measures import shown, text

type Plain = dict[str, Any]


class View:
    """Shows things of the pantry."""

    def __init__(self, texts: Texts, pantries: Mapping[PantryId, Pantry]) -> None:
        """Take the home's language, and how its pantries are called."""
        self._texts = texts
        self._pantries = pantries

    def change(self, change: Change, stock: Stock) -> Plain:
        """Return what a change did, as an action answers it."""
        touched = {entry.product_id for entry in change.entries}
        described = change.product or change.product_was
        if described is not None:
            touched.add(described.product_id)
        return {
            "change": change.change_id,
            "what": change.what.value,
            "products": [
                self.product(stock.products[product_id], stock)
                for product_id in sorted(touched)
                if product_id in stock.products
            ],
        }

    def event(self, change: Change, stock: Stock, pantry_id: PantryId) -> Iterator[Plain]:
        """Return what a change did in one pantry, product by product."""
        for entry in change.entries:
            lot, product = stock.lots.get(entry.lot_id), stock.products.get(entry.product_id)
            if product is None or pantry_id not in _places(entry, lot):
                continue
            amount, unit = shown(abs(entry.delta), product)
            yield {
                "change": change.change_id,
                "product": product.name,
                "amount": amount,
                "unit": unit,
                "best_before": _iso(lot.best_before if lot is not None else None),
                "left": shown(stock.total(product.product_id), product)[0],
                "context": change.context,
            }

    def product(self, product: Product, stock: Stock) -> Plain:
        """Return a product with what is there of it."""
        amount, unit = shown(stock.total(product.product_id), product)
        return {
            "product": product.name,
            "product_id": product.product_id,
            "category": product.category.value,
            "amount": amount,
            "unit": unit,
            "lots": [self.lot(lot, product) for lot in stock.there(product.product_id)],
        }

    def lot(self, lot: Lot, product: Product) -> Plain:
        """Return a lot."""
        amount, unit = shown(lot.amount, product)
        return {
            "lot_id": lot.lot_id,
            "amount": amount,
            "unit": unit,
            "pantry": self.pantry(lot.pantry_id),
            "best_before": _iso(lot.best_before),
            "printed": lot.printed,
            "bought_on": _iso(lot.bought_on),
            "opened_on": _iso(lot.opened_on),
            "value": value(lot) / WHOLE,
        }

    def advice(self, advice: Advice) -> Plain:
        """Return what should be used, and why."""
        return {
            "product": advice.product.name,
            **self.lot(advice.lot, advice.product),
            "good_until": advice.off_on.isoformat(),
            "reason": self._texts.render(advice.reason),
        }

    def proposal(self, proposal: Proposal, product: Product) -> Plain:
        """Return what should be bought, and why."""
        amount, unit = shown(proposal.amount, product)
        return {
            "product": product.name,
            "amount": amount,
            "unit": unit,
            "probability": round(proposal.probability, 3),
            "runs_out_on": _iso(proposal.runs_out_on),
            "reason": self.why(proposal.reason, product),
        }

    def why(self, reason: Reason, product: Product) -> str:
        """Return why something should be bought, with what is left of it in the home's words."""
        left = reason.values.get("left")
        told = {"left": text(self._texts, _roughly(left), product)} if isinstance(left, int) else {}
        return self._texts.text(f"reason_{reason.key}", **{**reason.values, **told})

    def label(self, advice: Advice) -> str:
        """Return a lot as it is called in a list: the product and how much of it."""
        return f"{advice.product.name} ({text(self._texts, advice.lot.amount, advice.product)})"

    def slot(self, shop: str, slot: Slot) -> Plain:
        """Return the next time at a shop, and why it is that one."""
        return {
            "shop": shop,
            "start": dt_util.as_local(slot.start).isoformat(),
            "end": dt_util.as_local(slot.end).isoformat(),
            "reason": self._texts.render(slot.reason),
        }

    def draft(self, draft: Draft) -> Plain:
        """Return what was read and is to be confirmed."""
        return {
            "draft": draft.draft_id,
            "source": draft.source.value,
            "lines": [self._line(line) for line in draft.lines],
        }

    def pantry(self, pantry_id: PantryId) -> str | None:
        """Return what a pantry is called; nothing once it is gone."""
        pantry = self._pantries.get(pantry_id)
        return None if pantry is None else pantry.name

    def _line(self, line: DraftLine) -> Plain:
        return {
            "name": line.name,
            "known": line.product_id is not None,
            "amount": None if line.amount is None else line.amount.value,
            "unit": None if line.amount is None else line.amount.unit,
            "best_before": _iso(line.best_before),
            "price": None if line.price is None else line.price / WHOLE,
            "wish": line.wish.value,
        }


def places_of(change: Change, stock: Stock) -> set[PantryId]:
    """Return the pantries that a change touched."""
    return {place for entry in change.entries for place in _places(entry, stock.lots.get(entry.lot_id))}


def _places(entry: Entry, lot: Lot | None) -> set[PantryId]:
    named = {facts["pantry_id"] for facts in (entry.now, entry.was) if "pantry_id" in facts}
    return named if lot is None else named | {lot.pantry_id}


def _roughly(thousandths: int) -> int:
    """Return an amount to two figures: more would not be true of one that is estimated."""
    return round(float(f"{thousandths:.2g}"))


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())
