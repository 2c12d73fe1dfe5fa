"""A kitchen in which things are bought, used and taken back in a few words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from custom_components.cerebro.core.pantry import book
from custom_components.cerebro.core.pantry.model import Change, ChangeId, Lot, LotId, PantryId, Product
from custom_components.cerebro.core.pantry.quantity import WHOLE, Quantity
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.pantry.wish import Origin, Purchase

from .lots import FREEZER, FRIDGE, MILK, TODAY

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


def amount(whole: float, product: Product = MILK) -> Quantity:
    """Return so many grams, millilitres or pieces of a product."""
    return Quantity(thousandths=round(whole * WHOLE), measure=product.measure)


def state(stock: Stock) -> dict[str, Any]:
    """Return all that can be seen of a stock."""
    return {
        "products": dict(stock.products),
        "lots": dict(stock.lots),
        "there": {one: stock.there(one) for one in stock.products},
        "in order": stock.all_there(),
        "totals": {one: stock.total(one) for one in stock.products},
        "with something": set(stock.products_there()),
        "ever": {one: {lot.lot_id for lot in stock.lots_of(one)} for one in stock.products},
        "found": {one: stock.find(product.name) for one, product in stock.products.items()},
    }


class Kitchen:
    """A stock, and the changes that led to it."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.stock = Stock()
        self.changes: list[Change] = []
        self.at = NOON
        self._made = 0

    def origin(self) -> Origin:
        """Return where the next change comes from: a minute later than the last one."""
        self._made += 1
        self.at += timedelta(minutes=1)
        return Origin(change_id=ChangeId(f"change{self._made:05}"), at=self.at, by="ada", context="action")

    def new_lot(self) -> LotId:
        """Return the id for a lot that the next change may make."""
        return LotId(f"lot{self._made:05}")

    def done(self, change: Change) -> Change:
        """Apply a change."""
        assert self.stock.apply(change)
        self.changes.append(change)
        return change

    def bought(
        self,
        name: str | None = None,
        whole: float = 1000,
        *,
        of: Product = MILK,
        good_for: int | None = None,
        pantry: PantryId = FRIDGE.pantry_id,
        on: date = TODAY,
        **rest: Any,
    ) -> Change:
        """Buy something that is good for so many days."""
        purchase = Purchase(
            lot_id=self.new_lot() if name is None else LotId(name),
            pantry_id=pantry,
            amount=amount(whole, of),
            bought_on=on,
            best_before=None if good_for is None else on + timedelta(days=good_for),
            **rest,
        )
        return self.done(book.buy(self.stock, self.origin(), of, purchase))

    def used(self, whole: float | None = None, *, of: Product = MILK, **where: Any) -> Change:
        """Use some of a product, or all of it."""
        asked = None if whole is None else amount(whole, of)
        return self.done(book.use(self.stock, self.origin(), of.product_id, asked, **where))

    def wasted(self, whole: float | None = None, *, of: Product = MILK, **where: Any) -> Change:
        """Throw some of a product away, or all of it."""
        asked = None if whole is None else amount(whole, of)
        return self.done(book.waste(self.stock, self.origin(), of.product_id, asked, **where))

    def opened(
        self,
        *,
        of: Product = MILK,
        on: date = TODAY,
        after_opening: Callable[[Lot], date | None] = lambda _: None,
        **where: Any,
    ) -> Change:
        """Open what goes off first."""
        return self.done(
            book.open_lot(
                self.stock,
                self.origin(),
                of.product_id,
                opened_on=on,
                after_opening=after_opening,
                rest_id=LotId(f"open{self._made}"),
                **where,
            )
        )

    def moved(
        self,
        whole: float | None = None,
        *,
        of: Product = MILK,
        to: PantryId = FREEZER.pantry_id,
        until: Callable[[Lot], date | None] = lambda lot: lot.best_before,
        **where: Any,
    ) -> Change:
        """Move some of a product, or all of it."""
        return self.done(
            book.move(
                self.stock,
                self.origin(),
                of.product_id,
                to,
                new_best_before=until,
                rest_id=LotId(f"part{self._made}"),
                amount=None if whole is None else amount(whole, of),
                **where,
            )
        )

    def counted(self, whole: float, *, of: Product = MILK, **more: Any) -> Change:
        """Say how much of a product is there."""
        return self.done(
            book.correct(
                self.stock,
                self.origin(),
                of.product_id,
                amount(whole, of),
                counted_on=TODAY,
                lot_id=LotId(f"found{self._made}"),
                **more,
            )
        )

    def described(self, product: Product) -> Change:
        """Say what a product is."""
        return self.done(book.describe(self.stock, self.origin(), product))

    def undone(self, change: Change) -> Change:
        """Take a change back."""
        return self.done(book.undo(self.stock, self.origin(), change))

    def left(self, product: Product = MILK) -> dict[str, float]:
        """Return what is left of each lot, in whole grams, millilitres or pieces, in the order of use."""
        return {lot.lot_id: lot.amount / WHOLE for lot in self.stock.there(product.product_id)}

    def lot(self, name: str) -> Lot:
        """Return a lot."""
        return self.stock.lots[LotId(name)]
