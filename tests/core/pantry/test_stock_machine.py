"""Whatever is done to a stock, in any order and from two places at once, the ledger and the stock agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, timedelta
import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from custom_components.cerebro.core.pantry import book
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.fefo import rank
from custom_components.cerebro.core.pantry.ledger import from_json, replay, to_json
from custom_components.cerebro.core.pantry.model import Change, Lot, LotId, PantryId, Product
from custom_components.cerebro.core.pantry.quantity import Measure, Quantity
from custom_components.cerebro.core.pantry.report import Tally
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.pantry.value import value
from custom_components.cerebro.core.pantry.wish import Purchase

from .kitchen import Kitchen, state
from .lots import CUPBOARD, FREEZER, FRIDGE, HAM, MILK, TODAY

PANTRIES = (FRIDGE.pantry_id, FREEZER.pantry_id, CUPBOARD.pantry_id)
products = st.sampled_from([replace(MILK, pack=3), HAM])
pantries = st.sampled_from(PANTRIES)
dates = st.none() | st.integers(0, 5).map(lambda days: TODAY + timedelta(days=days))
amounts = st.integers(1, 9)
some = st.none() | amounts


def quantity(product: Product, thousandths: int) -> Quantity:
    return Quantity(thousandths=thousandths, measure=product.measure)


class Household(RuleBasedStateMachine):
    """Somebody who does things, of whom some are wished for now and done later."""

    def __init__(self) -> None:
        """Begin with an empty kitchen."""
        super().__init__()
        self.kitchen = Kitchen()
        self.tally = Tally(UTC)
        self.late: list[Change] = []
        self.before: list[dict[str, Any]] = []
        """How everything stood before each change."""

    @initialize(lots=st.lists(st.tuples(products, pantries, amounts, dates, some), min_size=3, max_size=6))
    def stock_up(self, lots: list[tuple[Product, PantryId, int, date | None, int | None]]) -> None:
        for product, pantry, amount, until, price in lots:
            self.buy(
                product=product,
                pantry=pantry,
                amount=amount,
                until=until,
                price=price,
                opened=False,
                late=False,
            )

    def wish(self, make: Callable[[], Change], *, late: bool = False) -> Change | None:
        """Do something, now or later; whatever is refused changes nothing."""
        before = state(self.kitchen.stock)
        try:
            change = make()
        except PantryError:
            assert state(self.kitchen.stock) == before
            return None
        assert state(self.kitchen.stock) == before
        if late:
            self.late.append(change)
            return None
        self.do(change)
        return change

    def do(self, change: Change) -> None:
        self.before.append(state(self.kitchen.stock))
        self.kitchen.done(change)
        self.tally.learn(change, self.kitchen.stock)

    @rule(
        product=products,
        pantry=pantries,
        amount=amounts,
        until=dates,
        price=some,
        opened=st.booleans(),
        late=st.booleans(),
    )
    def buy(
        self,
        *,
        product: Product,
        pantry: PantryId,
        amount: int,
        until: date | None,
        price: int | None,
        opened: bool,
        late: bool,
    ) -> None:
        origin = self.kitchen.origin()
        purchase = Purchase(
            lot_id=self.kitchen.new_lot(),
            pantry_id=pantry,
            amount=quantity(product, amount),
            bought_on=TODAY,
            best_before=until,
            price=price,
            opened_on=TODAY if opened else None,
        )
        known = self.kitchen.stock.products.get(product.product_id, product)
        self.wish(lambda: book.buy(self.kitchen.stock, origin, known, purchase), late=late)

    @rule(
        product=products,
        amount=some,
        pantry=st.none() | pantries,
        take=st.sampled_from([book.use, book.waste]),
        late=st.booleans(),
    )
    def take(
        self,
        *,
        product: Product,
        amount: int | None,
        pantry: PantryId | None,
        take: Callable[..., Change],
        late: bool,
    ) -> None:
        stock = self.kitchen.stock
        meant = [lot for lot in stock.there(product.product_id) if pantry in {None, lot.pantry_id}]
        asked = None if amount is None else quantity(product, amount)
        done = self.wish(
            lambda: take(stock, self.kitchen.origin(), product.product_id, asked, pantry_id=pantry), late=late
        )
        if done is not None:
            self.nothing_older_was_left(meant, done)

    def nothing_older_was_left(self, meant: list[Lot], done: Change) -> None:
        """See that all lots before the last one that was touched are used up."""
        touched = {entry.lot_id for entry in done.entries}
        in_order = sorted(meant, key=rank)
        last = max(number for number, lot in enumerate(in_order) if lot.lot_id in touched)
        assert all(self.kitchen.stock.lots[lot.lot_id].amount == 0 for lot in in_order[:last])
        assert touched == {lot.lot_id for lot in in_order[: last + 1]}

    @rule(product=products, until=dates, pantry=st.none() | pantries, late=st.booleans())
    def open_one(self, product: Product, until: date | None, pantry: PantryId | None, late: bool) -> None:
        self.wish(
            lambda: book.open_lot(
                self.kitchen.stock,
                self.kitchen.origin(),
                product.product_id,
                opened_on=TODAY,
                after_opening=lambda _: until,
                rest_id=self.kitchen.new_lot(),
                pantry_id=pantry,
            ),
            late=late,
        )

    @rule(
        product=products,
        to=pantries,
        amount=some,
        pantry=st.none() | pantries,
        until=dates,
        late=st.booleans(),
    )
    def move(
        self,
        *,
        product: Product,
        to: PantryId,
        amount: int | None,
        pantry: PantryId | None,
        until: date | None,
        late: bool,
    ) -> None:
        held = self.kitchen.stock.total(product.product_id)
        worth = self.tally.value
        done = self.wish(
            lambda: book.move(
                self.kitchen.stock,
                self.kitchen.origin(),
                product.product_id,
                to,
                new_best_before=lambda _: until,
                rest_id=self.kitchen.new_lot(),
                amount=None if amount is None else quantity(product, amount),
                pantry_id=pantry,
            ),
            late=late,
        )
        if done is not None:
            assert self.kitchen.stock.total(product.product_id) == held
            assert self.tally.value == worth

    @rule(
        product=products,
        amount=st.integers(0, 15),
        pantry=st.none() | pantries,
        until=dates,
        late=st.booleans(),
    )
    def count(
        self, product: Product, amount: int, pantry: PantryId | None, until: date | None, late: bool
    ) -> None:
        stock = self.kitchen.stock
        done = self.wish(
            lambda: book.correct(
                stock,
                self.kitchen.origin(),
                product.product_id,
                quantity(product, amount),
                counted_on=TODAY,
                lot_id=self.kitchen.new_lot(),
                pantry_id=pantry,
                best_before=until,
            ),
            late=late,
        )
        if done is not None:
            meant = [lot for lot in stock.there(product.product_id) if pantry in {None, lot.pantry_id}]
            assert sum(lot.amount for lot in meant) == amount

    @rule(product=products, name=st.sampled_from(["Lait", "Milk"]), measure=st.sampled_from(Measure))
    def describe(self, product: Product, name: str, measure: Measure) -> None:
        known = self.kitchen.stock.products.get(product.product_id, product)
        told = replace(known, name=name, measure=measure)
        had_lots = bool(self.kitchen.stock.lots_of(product.product_id))
        done = self.wish(lambda: book.describe(self.kitchen.stock, self.kitchen.origin(), told))
        assert done is None or known.measure is measure or not had_lots

    @rule(data=st.data(), late=st.booleans())
    def undo_any(self, data: st.DataObject, late: bool) -> None:
        change = data.draw(st.sampled_from(self.kitchen.changes))
        self.wish(lambda: book.undo(self.kitchen.stock, self.kitchen.origin(), change), late=late)

    @rule()
    def undo_the_last(self) -> None:
        last, before = self.kitchen.changes[-1], self.before[-1]
        done = self.wish(lambda: book.undo(self.kitchen.stock, self.kitchen.origin(), last))
        assert done is not None
        assert state(self.kitchen.stock) == before

    @precondition(lambda self: self.late)
    @rule(data=st.data())
    def do_late(self, data: st.DataObject) -> None:
        change = self.late.pop(data.draw(st.integers(0, len(self.late) - 1)))
        before = state(self.kitchen.stock)
        try:
            self.do(change)
        except PantryError:
            self.before.pop()
            assert state(self.kitchen.stock) == before
            assert not self.kitchen.stock.seen(change.change_id)

    @rule(data=st.data())
    def hear_twice(self, data: st.DataObject) -> None:
        before = state(self.kitchen.stock)
        assert not self.kitchen.stock.apply(data.draw(st.sampled_from(self.kitchen.changes)))
        assert state(self.kitchen.stock) == before

    @invariant()
    def the_stock_is_the_sum_of_the_ledger(self) -> None:
        lots: defaultdict[LotId, int] = defaultdict(int)
        totals: defaultdict[str, int] = defaultdict(int)
        for change in self.kitchen.changes:
            for entry in change.entries:
                lots[entry.lot_id] += entry.delta
                totals[entry.product_id] += entry.delta
        stock = self.kitchen.stock
        assert {lot_id: lot.amount for lot_id, lot in stock.lots.items() if lot.amount} == {
            lot_id: amount for lot_id, amount in lots.items() if amount
        }
        assert {one: stock.total(one) for one in stock.products} == {
            one: totals[one] for one in stock.products
        }

    @invariant()
    def nothing_is_negative_or_more_than_was_bought(self) -> None:
        assert all(0 <= lot.amount <= lot.bought for lot in self.kitchen.stock.lots.values())
        assert all((lot.price or 0) >= 0 for lot in self.kitchen.stock.lots.values())

    @invariant()
    def everything_there_is_in_its_order(self) -> None:
        stock = self.kitchen.stock
        there = sorted((lot for lot in stock.lots.values() if lot.amount), key=rank)
        assert list(stock.all_there()) == there
        for product_id in stock.products:
            assert list(stock.there(product_id)) == [lot for lot in there if lot.product_id == product_id]

    @invariant()
    def it_is_worth_what_its_lots_are(self) -> None:
        assert self.tally.value == sum(map(value, self.kitchen.stock.lots.values()))

    def teardown(self) -> None:
        """See that the written ledger comes to the same."""
        lines = [json.loads(json.dumps(to_json(one))) for one in self.kitchen.changes]
        tally = Tally(UTC)
        stock = replay(map(from_json, lines), tally.learn)
        assert state(stock) == state(self.kitchen.stock)
        assert (tally.value, tally.months) == (self.tally.value, self.tally.months)


Household.TestCase.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
TestHousehold = Household.TestCase


@given(
    here=st.lists(st.sampled_from(["bread", "butter"]), max_size=4),
    there=st.lists(st.sampled_from(["jam", "ham"]), max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_two_places_that_touch_different_things_come_to_the_same_in_any_order(
    here: list[str], there: list[str], order: Any
) -> None:
    kitchen = Kitchen()
    for name in ("bread", "butter", "jam", "ham"):
        kitchen.bought(name, 100)
    common = list(kitchen.changes)

    def used(name: str) -> Change:
        return kitchen.used(1, lot_id=LotId(name))

    one, other = [used(name) for name in here], [used(name) for name in there]
    mixed = [*one, *other]
    order.shuffle(mixed)
    stock = Stock()
    for change in [*common, *mixed]:
        assert stock.apply(change)
    assert state(stock) == state(kitchen.stock)
