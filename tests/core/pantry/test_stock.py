"""The stock: the sum of the changes, in the order in which things are to be used."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from custom_components.cerebro.core.pantry import book
from custom_components.cerebro.core.pantry.entries import made, undone
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import (
    Change,
    ChangeId,
    Entry,
    LotId,
    Product,
    ProductId,
    What,
)
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.stock import Stock

from .kitchen import NOON, Kitchen, amount, state
from .lots import FREEZER, HAM, MILK, TODAY, lot


@pytest.fixture
def kitchen() -> Kitchen:
    """Return an empty kitchen."""
    return Kitchen()


MADE = lot("milk", good_for=0, printed=True, placed_at=NOON + timedelta(minutes=2), amount=1)
"""The lot below, as if only a thousandth of it were left."""
EGGS = Product(product_id=ProductId("eggs"), name="Eggs")
SLICED = lot("sliced", of=HAM)


def change(*entries: Entry, **rest: Any) -> Change:
    """Return a change that no wish was turned into."""
    return Change(change_id=ChangeId("strange"), at=NOON, what=What.CORRECTED, entries=entries, **rest)


def entry(lot: str, delta: int = 0, of: Product = MILK, **rest: Any) -> Entry:
    return Entry(lot_id=LotId(lot), product_id=of.product_id, delta=delta, **rest)


def test_an_empty_stock_has_nothing() -> None:
    stock = Stock()
    assert stock.there(MILK.product_id) == stock.all_there() == ()
    assert stock.total(MILK.product_id) == 0
    assert stock.find("milk") is None
    assert stock.by_barcode("4006381333931") is None


def test_what_goes_off_first_comes_first_and_what_never_does_last(kitchen: Kitchen) -> None:
    kitchen.bought("never")
    kitchen.bought("later", good_for=9)
    kitchen.bought("sooner", good_for=2)
    assert list(kitchen.left()) == ["sooner", "later", "never"]


def test_of_equal_dates_an_opened_lot_comes_first_then_the_older_one(kitchen: Kitchen) -> None:
    kitchen.bought("b", good_for=5)
    kitchen.bought("a", good_for=5)
    kitchen.bought("older", good_for=6, on=TODAY - timedelta(days=1))
    kitchen.bought("opened", good_for=5, opened_on=TODAY)
    assert list(kitchen.left()) == ["opened", "older", "a", "b"]


def test_all_that_is_there_is_in_the_order_of_its_dates_across_products(kitchen: Kitchen) -> None:
    kitchen.bought("milk", good_for=5)
    kitchen.bought("ham", of=HAM, good_for=3)
    kitchen.bought("salt", of=HAM)
    kitchen.bought("cream", good_for=4)
    assert [lot.lot_id for lot in kitchen.stock.all_there()] == ["ham", "cream", "milk", "salt"]
    soon = kitchen.stock.off_until(TODAY + timedelta(days=4))
    assert [lot.lot_id for lot in soon] == ["ham", "cream"]


def test_a_used_up_lot_is_no_longer_there_but_known(kitchen: Kitchen) -> None:
    kitchen.bought("milk", good_for=5)
    kitchen.used()
    assert kitchen.left() == {}
    assert list(kitchen.stock.off_until(date.max)) == []
    assert list(kitchen.stock.products_there()) == []
    assert [lot.lot_id for lot in kitchen.stock.lots_of(MILK.product_id)] == ["milk"]


def test_the_same_change_counts_once(kitchen: Kitchen) -> None:
    bought = kitchen.bought("milk")
    assert not kitchen.stock.apply(bought)
    assert kitchen.left() == {"milk": 1000}
    assert kitchen.stock.seen(bought.change_id)


@pytest.mark.parametrize(
    "strange",
    [
        pytest.param(change(entry("milk", -1_000_001)), id="more than there is"),
        pytest.param(change(entry("milk", 1)), id="more than was bought"),
        pytest.param(change(entry("gone", -1)), id="a lot that is not known"),
        pytest.param(change(entry("new", 1, now={"bought": 1})), id="a new lot without all its facts"),
        pytest.param(change(entry("milk", -1, of=HAM)), id="the lot of another product"),
        pytest.param(change(entry("milk", -1), entry("milk", -1)), id="one lot twice"),
        pytest.param(
            change(entry("milk", now={"price": 1}, was={"price": 2})), id="a fact that was something else"
        ),
        pytest.param(change(entry("milk", now={"price": 1})), id="a fact without what it was"),
        pytest.param(
            change(entry("milk", now={"amount": 1}, was={"amount": 1_000_000})), id="an amount as a fact"
        ),
        pytest.param(
            change(entry("milk", -1_000_000, was={"price": None})), id="unmaking a lot that has other facts"
        ),
        pytest.param(change(undone(made(MADE))), id="unmaking a lot of which something is left"),
        pytest.param(change(made(SLICED), product_was=HAM), id="a lot of what is forgotten"),
        pytest.param(change(product=replace(MILK, measure=Measure.MASS), product_was=MILK), id="a measure"),
        pytest.param(change(product=HAM, product_was=MILK), id="one product in the place of another"),
        pytest.param(change(product=MILK), id="making a known product known"),
        pytest.param(change(product=None, product_was=MILK), id="forgetting what there are lots of"),
        pytest.param(change(product_was=replace(HAM, name="Speck")), id="forgetting what is another by now"),
        pytest.param(
            change(product_was=replace(HAM, product_id=ProductId("eggs"))),
            id="forgetting what was never known",
        ),
        pytest.param(change(undoes=ChangeId("never")), id="undoing what never happened"),
        pytest.param(
            change(entry("milk", -1), undoes=ChangeId("change00002")), id="undoing what was not last"
        ),
    ],
)
def test_a_change_that_does_not_fit_changes_nothing(kitchen: Kitchen, strange: Change) -> None:
    kitchen.described(HAM)
    kitchen.bought("milk", good_for=5)
    kitchen.counted(1000, best_before=TODAY)
    before = state(kitchen.stock)
    with pytest.raises(PantryError) as caught:
        kitchen.stock.apply(strange)
    assert caught.value.key == "changed_since"
    assert state(kitchen.stock) == before
    assert not kitchen.stock.seen(strange.change_id)


def test_a_change_with_one_entry_that_does_not_fit_leaves_the_others_out_too(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    kitchen.bought("cream")
    before = state(kitchen.stock)
    with pytest.raises(PantryError):
        kitchen.stock.apply(change(entry("milk", -1), entry("cream", -2_000_000)))
    assert state(kitchen.stock) == before


def test_a_lot_of_a_product_that_is_not_known_is_refused(kitchen: Kitchen) -> None:
    bought = kitchen.bought("milk")
    with pytest.raises(PantryError):
        Stock().apply(replace(bought, product=None))


@pytest.mark.parametrize(
    "text",
    ["Œufs frais", "oeufs FRAIS", " œufs  frais ", "eggs", "Éggs", "eggs-id", "96385074", "00000096385074"],
)
def test_a_product_is_found_by_name_alias_id_and_barcode(kitchen: Kitchen, text: str) -> None:
    eggs = Product(
        product_id=ProductId("eggs-id"),
        name="Œufs frais",
        aliases=("Eggs", "éggs"),
        barcodes=("00000096385074",),
    )
    kitchen.described(eggs)
    assert kitchen.stock.find(text) == eggs
    assert kitchen.stock.by_barcode("96385074") == eggs


def test_a_name_goes_before_an_alias_and_the_lowest_id_before_others(kitchen: Kitchen) -> None:
    kitchen.described(replace(HAM, product_id=ProductId("b"), name="Speck"))
    kitchen.described(replace(HAM, product_id=ProductId("a"), name="Bacon", aliases=("Speck",)))
    kitchen.described(replace(HAM, product_id=ProductId("c"), name="Speck"))
    found = kitchen.stock.find("speck")
    assert found is not None
    assert found.product_id == "b"


def test_a_name_that_is_only_a_picture_is_found_by_it_alone(kitchen: Kitchen) -> None:
    kitchen.described(replace(HAM, name="🍕"))
    assert kitchen.stock.find("🍕") is not None
    assert kitchen.stock.find("🍺") is None


def test_a_product_is_no_longer_found_by_what_it_was_called(kitchen: Kitchen) -> None:
    kitchen.described(replace(MILK, aliases=("Lait", "laït"), barcodes=("00000096385074",)))
    kitchen.described(replace(MILK, name="Whole milk"))
    for text in ("Milk", "lait", "96385074"):
        assert kitchen.stock.find(text) is None
    assert kitchen.stock.by_barcode("96385074") is None
    assert kitchen.stock.find("whole milk") == replace(MILK, name="Whole milk")


def test_two_changes_made_of_the_same_stock_both_count_where_they_do_not_meet(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    here = book.use(kitchen.stock, kitchen.origin(), MILK.product_id, amount(300))
    there = book.use(kitchen.stock, kitchen.origin(), MILK.product_id, amount(500))
    kitchen.done(there)
    kitchen.done(here)
    assert kitchen.left() == {"milk": 200}


def test_of_two_changes_that_contradict_each_other_the_second_is_refused_whole(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    used = book.use(kitchen.stock, kitchen.origin(), MILK.product_id, amount(700))
    again = book.use(kitchen.stock, kitchen.origin(), MILK.product_id, amount(700))
    frozen = book.move(
        kitchen.stock,
        kitchen.origin(),
        MILK.product_id,
        FREEZER.pantry_id,
        new_best_before=lambda _: None,
        rest_id=LotId("rest"),
        amount=amount(500),
    )
    kitchen.done(used)
    before = state(kitchen.stock)
    for late in (again, frozen):
        with pytest.raises(PantryError):
            kitchen.stock.apply(late)
        assert state(kitchen.stock) == before
