"""The book: what a wish comes to, what cannot be granted, and that every change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry import book
from custom_components.cerebro.core.pantry.book import MOST_AMOUNT, MOST_PRICE
from custom_components.cerebro.core.pantry.entries import split
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import LotId, PantryId, Product, ProductId, What
from custom_components.cerebro.core.pantry.quantity import Measure, Quantity
from custom_components.cerebro.core.pantry.value import value

from .kitchen import Kitchen, amount, state
from .lots import FREEZER, FRIDGE, HAM, MILK, TODAY, lot

EGGS = Product(product_id=ProductId("eggs"), name="Eggs", pack=6000)
CARTONS = replace(MILK, pack=1_000_000)


@pytest.fixture
def kitchen() -> Kitchen:
    """Return an empty kitchen."""
    return Kitchen()


def refused(kitchen: Kitchen, wish: Callable[[], object]) -> str:
    """Return why a wish is not granted, having seen that nothing changed."""
    before = state(kitchen.stock)
    with pytest.raises(PantryError) as caught:
        wish()
    assert state(kitchen.stock) == before
    return caught.value.key


# Buying.


def test_a_purchase_is_a_lot_of_its_own_and_makes_its_product_known(kitchen: Kitchen) -> None:
    bought = kitchen.bought("milk", 2000, good_for=7, price=2500, printed=True, batch="L1")
    assert (bought.what, bought.product, bought.product_was) == (What.BOUGHT, MILK, None)
    assert kitchen.stock.products == {MILK.product_id: MILK}
    assert kitchen.lot("milk") == lot(
        "milk",
        good_for=7,
        amount=2_000_000,
        bought=2_000_000,
        printed=True,
        price=2500,
        batch="L1",
        placed_at=bought.at,
    )


def test_a_second_purchase_says_nothing_of_the_product_unless_it_is_new(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    assert kitchen.bought("more").product is None
    scanned = replace(MILK, barcodes=("04006381333931",))
    again = kitchen.bought("coded", of=scanned)
    assert (again.product, again.product_was) == (scanned, MILK)
    assert kitchen.stock.by_barcode("4006381333931") == scanned


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("amount_not_positive", {"whole": 0}),
        ("amount_not_positive", {"whole": -1}),
        ("amount_too_large", {"whole": MOST_AMOUNT / 1000 + 1}),
        ("date_in_past", {"good_for": -1}),
        ("price_out_of_range", {"price": -1}),
        ("price_out_of_range", {"price": MOST_PRICE + 1}),
    ],
)
def test_a_purchase_that_cannot_be_is_refused(kitchen: Kitchen, key: str, wrong: dict[str, Any]) -> None:
    assert refused(kitchen, lambda: kitchen.bought("milk", **wrong)) == key


def test_the_most_that_can_be_bought_can_be(kitchen: Kitchen) -> None:
    kitchen.bought("milk", MOST_AMOUNT / 1000, good_for=0, price=MOST_PRICE)
    assert kitchen.stock.total(MILK.product_id) == MOST_AMOUNT
    assert value(kitchen.lot("milk")) == MOST_PRICE


def test_a_measure_is_fixed_once_there_was_a_lot(kitchen: Kitchen) -> None:
    kitchen.described(MILK)
    by_mass = replace(MILK, measure=Measure.MASS)
    kitchen.described(by_mass)
    kitchen.bought("milk", of=by_mass)
    kitchen.used(of=by_mass)
    assert refused(kitchen, lambda: kitchen.described(MILK)) == "measure_fixed"
    assert refused(kitchen, lambda: kitchen.bought("more", of=MILK)) == "measure_fixed"


def test_a_barcode_belongs_to_one_product(kitchen: Kitchen) -> None:
    kitchen.described(replace(MILK, barcodes=("04006381333931",)))
    other = replace(HAM, barcodes=("04006381333931",))
    assert refused(kitchen, lambda: kitchen.described(other)) == "barcode_taken"


@pytest.mark.parametrize("what", ["buy", "use", "waste", "move", "correct"])
def test_an_amount_of_another_measure_is_refused(kitchen: Kitchen, what: str) -> None:
    kitchen.bought("milk")
    grams = Quantity(thousandths=1, measure=Measure.MASS)
    stock, origin = kitchen.stock, kitchen.origin()
    asked: dict[str, Callable[[], object]] = {
        "buy": lambda: kitchen.bought("ham", of=replace(MILK, measure=Measure.COUNT)),
        "use": lambda: book.use(stock, origin, MILK.product_id, grams),
        "waste": lambda: book.waste(stock, origin, MILK.product_id, grams),
        "move": lambda: book.move(
            stock,
            origin,
            MILK.product_id,
            FREEZER.pantry_id,
            new_best_before=lambda _: None,
            rest_id=LotId("rest"),
            amount=grams,
        ),
        "correct": lambda: book.correct(
            stock, origin, MILK.product_id, grams, counted_on=TODAY, lot_id=LotId("found")
        ),
    }
    assert refused(kitchen, asked[what]) == ("measure_fixed" if what == "buy" else "measure_differs")


# Using and wasting.


def test_the_oldest_lot_is_used_first(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9)
    kitchen.bought("old", good_for=2)
    kitchen.used(1500)
    assert kitchen.left() == {"new": 500}


def test_all_of_it_is_used_when_no_amount_is_said(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9)
    kitchen.bought("old", good_for=2)
    used = kitchen.used()
    assert used.what is What.USED
    assert kitchen.left() == {}


def test_only_what_is_in_the_named_pantry_is_used(kitchen: Kitchen) -> None:
    kitchen.bought("fridge", good_for=2)
    kitchen.bought("freezer", good_for=1, pantry=FREEZER.pantry_id)
    kitchen.used(400, pantry_id=FRIDGE.pantry_id)
    assert kitchen.left() == {"freezer": 1000, "fridge": 600}
    assert refused(kitchen, lambda: kitchen.used(700, pantry_id=FRIDGE.pantry_id)) == "not_enough"


def test_one_named_lot_is_wasted_though_another_goes_off_before(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9)
    kitchen.bought("old", good_for=2)
    wasted = kitchen.wasted(lot_id=LotId("new"))
    assert wasted.what is What.WASTED
    assert kitchen.left() == {"old": 1000}


def test_what_rounding_leaves_is_neither_missing_nor_left(kitchen: Kitchen) -> None:
    for name in ("one", "two", "three"):
        kitchen.bought(name, 226.796)
    kitchen.used(680.389)
    assert kitchen.left() == {}
    kitchen.bought("third", 1)
    for _ in range(3):
        kitchen.used(0.333)
    assert kitchen.left() == {}


def test_what_is_not_there_cannot_be_used(kitchen: Kitchen) -> None:
    assert refused(kitchen, kitchen.used) == "unknown_product"
    kitchen.bought("milk")
    assert refused(kitchen, lambda: kitchen.used(1000.004)) == "not_enough"
    assert refused(kitchen, lambda: kitchen.used(0)) == "amount_not_positive"
    assert refused(kitchen, lambda: kitchen.used(lot_id=LotId("other"))) == "nothing_there"
    kitchen.used()
    assert refused(kitchen, kitchen.wasted) == "nothing_there"


# Opening.


def test_the_first_closed_lot_is_opened_and_lasts_no_longer_than_an_open_one(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9, printed=True)
    kitchen.bought("old", good_for=8, printed=True)
    until = TODAY + timedelta(days=3)
    for name in ("old", "new"):
        kitchen.opened(after_opening=lambda _: until)
        opened = kitchen.lot(name)
        assert (opened.opened_on, opened.best_before, opened.printed) == (TODAY, until, False)
    assert refused(kitchen, kitchen.opened) == "nothing_to_open"


def test_a_date_that_is_nearer_than_the_days_after_opening_stays(kitchen: Kitchen) -> None:
    kitchen.bought("milk", good_for=1, printed=True)
    kitchen.opened(after_opening=lambda _: TODAY + timedelta(days=3))
    assert (kitchen.lot("milk").best_before, kitchen.lot("milk").printed) == (TODAY + timedelta(days=1), True)


def test_what_never_went_off_does_once_it_is_open(kitchen: Kitchen) -> None:
    kitchen.bought("jam")
    kitchen.opened(after_opening=lambda _: TODAY + timedelta(days=30))
    assert kitchen.lot("jam").best_before == TODAY + timedelta(days=30)


def test_of_several_packs_one_is_opened(kitchen: Kitchen) -> None:
    kitchen.bought("milk", 3000, of=CARTONS, good_for=90, price=3001)
    kitchen.opened(after_opening=lambda _: TODAY + timedelta(days=4))
    assert kitchen.left() == {"open2": 1000, "milk": 2000}
    assert kitchen.lot("milk").opened_on is None
    assert value(kitchen.lot("milk")) + value(kitchen.lot("open2")) == 3001


def test_the_pack_that_is_no_longer_full_is_the_one_that_is_opened(kitchen: Kitchen) -> None:
    kitchen.bought("milk", 3000, of=CARTONS, good_for=90)
    kitchen.used(250)
    kitchen.opened()
    assert kitchen.left() == {"open3": 750, "milk": 2000}


# Moving.


def test_a_lot_that_is_moved_whole_stays_the_same_lot(kitchen: Kitchen) -> None:
    kitchen.bought("milk", good_for=3, printed=True)
    until = TODAY + timedelta(days=90)
    moved = kitchen.moved(until=lambda _: until)
    frozen = kitchen.lot("milk")
    assert (frozen.pantry_id, frozen.placed_at) == (FREEZER.pantry_id, moved.at)
    assert (frozen.best_before, frozen.printed) == (until, False)


def test_a_part_that_is_moved_becomes_a_lot_of_its_own(kitchen: Kitchen) -> None:
    kitchen.bought("old", 1000, good_for=3)
    kitchen.bought("new", 1000, good_for=5, price=1999, printed=True)
    kitchen.moved(1200)
    assert kitchen.left() == {"old": 1000, "new": 800, "part3": 200}
    rest, part = kitchen.lot("new"), kitchen.lot("part3")
    assert (part.pantry_id, part.best_before, part.printed) == (FREEZER.pantry_id, rest.best_before, True)
    assert (rest.pantry_id, rest.bought, part.bought) == (FRIDGE.pantry_id, 800_000, 200_000)
    assert value(rest) + value(part) == 1999


def test_what_is_already_there_cannot_be_moved_there(kitchen: Kitchen) -> None:
    kitchen.bought("milk", pantry=FREEZER.pantry_id)
    assert refused(kitchen, kitchen.moved) == "nothing_there"
    kitchen.bought("fresh")
    elsewhere = PantryId("cupboard")
    assert refused(kitchen, lambda: kitchen.moved(pantry_id=elsewhere)) == "nothing_there"
    assert refused(kitchen, lambda: kitchen.moved(1500)) == "not_enough"


@given(data=st.data())
def test_a_split_lot_is_worth_what_it_was_and_cost_what_it_did(data: st.DataObject) -> None:
    bought = data.draw(st.integers(2, 5000))
    left = data.draw(st.integers(2, bought))
    part = data.draw(st.integers(1, left - 1))
    price = data.draw(st.none() | st.integers(0, 10_000))
    whole = lot("whole", amount=left, bought=bought, price=price)
    kept, made = split(whole, part, LotId("part"), {})
    rest = replace(whole, amount=left + kept.delta, **kept.now)
    own = replace(whole, lot_id=LotId("part"), amount=made.delta, **made.now)
    assert value(rest) + value(own) == value(whole)
    assert rest.amount + own.amount == left
    assert rest.bought + own.bought == bought
    assert (rest.price or 0) + (own.price or 0) == (price or 0)
    assert min(rest.price or 0, own.price or 0) >= 0
    assert value(own) - (price or 0) * part // bought in {0, 1}


# Correcting.


def test_what_is_missing_is_taken_from_what_goes_off_first(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9)
    kitchen.bought("old", good_for=2)
    counted = kitchen.counted(700)
    assert counted.what is What.CORRECTED
    assert kitchen.left() == {"new": 700}


def test_what_is_more_is_added_to_what_was_bought_last(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9, price=1000)
    kitchen.bought("old", good_for=2, on=TODAY - timedelta(days=1))
    kitchen.counted(2500)
    assert kitchen.left() == {"old": 1000, "new": 1500}
    assert (kitchen.lot("new").bought, value(kitchen.lot("new"))) == (1_500_000, 1000)


def test_what_was_used_by_mistake_comes_back_at_its_price(kitchen: Kitchen) -> None:
    kitchen.bought("milk", price=1000)
    kitchen.used(400)
    kitchen.counted(800)
    assert (kitchen.lot("milk").bought, value(kitchen.lot("milk"))) == (1_000_000, 800)


def test_only_one_pantry_is_counted_when_one_is_named(kitchen: Kitchen) -> None:
    kitchen.bought("fridge", good_for=2)
    kitchen.bought("freezer", pantry=FREEZER.pantry_id)
    kitchen.counted(0, pantry_id=FREEZER.pantry_id)
    assert kitchen.left() == {"fridge": 1000}


def test_what_is_found_where_there_was_nothing_is_a_new_lot(kitchen: Kitchen) -> None:
    kitchen.bought("milk", good_for=2)
    until = TODAY + timedelta(days=30)
    kitchen.counted(500, pantry_id=FREEZER.pantry_id, best_before=until)
    found = kitchen.lot("found2")
    assert kitchen.left() == {"milk": 1000, "found2": 500}
    assert (found.pantry_id, found.best_before, found.printed) == (FREEZER.pantry_id, until, True)
    assert (found.bought_on, found.price) == (TODAY, None)


def test_where_something_was_found_must_be_said_when_there_was_nothing(kitchen: Kitchen) -> None:
    kitchen.described(MILK)
    assert refused(kitchen, lambda: kitchen.counted(1)) == "which_pantry"
    assert refused(kitchen, lambda: kitchen.counted(-1)) == "amount_not_positive"
    assert kitchen.counted(0).entries == ()


def test_a_date_that_was_read_is_that_of_all_that_was_counted(kitchen: Kitchen) -> None:
    kitchen.bought("new", good_for=9)
    kitchen.bought("old", good_for=2)
    kitchen.counted(500, best_before=TODAY - timedelta(days=1))
    assert (kitchen.lot("new").best_before, kitchen.lot("new").printed) == (TODAY - timedelta(days=1), True)
    assert kitchen.lot("old").best_before == TODAY + timedelta(days=2)


def test_a_date_that_was_read_on_a_closed_one_does_not_put_off_that_of_an_open_one(kitchen: Kitchen) -> None:
    kitchen.bought("open", good_for=20)
    kitchen.opened(after_opening=lambda _: TODAY + timedelta(days=3))
    kitchen.bought("closed", good_for=30)
    kitchen.counted(2000, best_before=TODAY + timedelta(days=90))
    assert kitchen.lot("open").best_before == TODAY + timedelta(days=3)
    assert (kitchen.lot("closed").best_before, kitchen.lot("closed").printed) == (
        TODAY + timedelta(days=90),
        True,
    )


def test_a_count_that_was_right_changes_nothing(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    assert kitchen.counted(1000).entries == ()


# Taking back.


def _buys(kitchen: Kitchen) -> object:
    return kitchen.bought("more", of=replace(CARTONS, minimum=1), good_for=4, price=77)


WISHES: dict[str, Callable[[Kitchen], object]] = {
    "buy": _buys,
    "make known": lambda kitchen: kitchen.bought("ham", of=HAM),
    "use": lambda kitchen: kitchen.used(2500),
    "use all": lambda kitchen: kitchen.used(),
    "waste": lambda kitchen: kitchen.wasted(100),
    "open a pack": lambda kitchen: kitchen.opened(after_opening=lambda _: TODAY),
    "move a part": lambda kitchen: kitchen.moved(2500, until=lambda _: None),
    "move all": lambda kitchen: kitchen.moved(),
    "count less": lambda kitchen: kitchen.counted(100, best_before=date(2027, 1, 1)),
    "count more": lambda kitchen: kitchen.counted(9000),
    "find": lambda kitchen: kitchen.counted(5, pantry_id=PantryId("cupboard")),
    "describe": lambda kitchen: kitchen.described(replace(CARTONS, name="Lait", aliases=("Milch",))),
}


@pytest.mark.parametrize("wish", WISHES)
def test_every_change_can_be_taken_back_and_done_again(kitchen: Kitchen, wish: str) -> None:
    kitchen.bought("new", 2000, of=CARTONS, good_for=9, price=1999)
    kitchen.bought("old", 2000, of=CARTONS, good_for=2, price=2222)
    kitchen.used(100)
    before = state(kitchen.stock)
    WISHES[wish](kitchen)
    after, done = state(kitchen.stock), kitchen.changes[-1]
    assert after != before
    back = kitchen.undone(done)
    assert (back.what, back.undoes) == (What.UNDONE, done.change_id)
    assert state(kitchen.stock) == before
    again = kitchen.undone(back)
    assert state(kitchen.stock) == after
    kitchen.undone(again)
    assert state(kitchen.stock) == before


def test_changes_are_taken_back_one_after_the_other_and_done_again_in_their_order(kitchen: Kitchen) -> None:
    states = [state(kitchen.stock)]
    done = [kitchen.bought("milk", good_for=5)]
    states.append(state(kitchen.stock))
    for _ in range(3):
        done.append(kitchen.used(100))
        states.append(state(kitchen.stock))
    backs = []
    for one, before in zip(reversed(done), reversed(states[:-1]), strict=True):
        backs.append(kitchen.undone(one))
        assert state(kitchen.stock) == before
    for back, after in zip(reversed(backs), states[1:], strict=True):
        kitchen.undone(back)
        assert state(kitchen.stock) == after


def test_a_change_is_not_taken_back_once_its_lot_was_touched_again(kitchen: Kitchen) -> None:
    bought = kitchen.bought("milk")
    first = kitchen.used(100)
    second = kitchen.used(200)
    for earlier in (bought, first):
        assert refused(kitchen, lambda earlier=earlier: kitchen.undone(earlier)) == "changed_since"
    kitchen.undone(second)
    kitchen.undone(first)
    assert kitchen.left() == {"milk": 1000}


def test_a_change_is_taken_back_though_other_lots_were_touched_since(kitchen: Kitchen) -> None:
    kitchen.bought("old", good_for=2)
    used = kitchen.used(100)
    kitchen.bought("new", good_for=9)
    kitchen.used(300, lot_id=LotId("new"))
    kitchen.undone(used)
    assert kitchen.left() == {"old": 1000, "new": 700}


def test_a_change_is_taken_back_once(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    used = kitchen.used(100)
    kitchen.undone(used)
    assert refused(kitchen, lambda: kitchen.undone(used)) == "changed_since"


def test_what_was_taken_back_is_not_done_again_after_something_new(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    back = kitchen.undone(kitchen.used(100))
    kitchen.used(500)
    assert refused(kitchen, lambda: kitchen.undone(back)) == "changed_since"


def test_a_product_that_other_lots_need_stays_known(kitchen: Kitchen) -> None:
    first = kitchen.bought("milk")
    second = kitchen.bought("more")
    assert refused(kitchen, lambda: kitchen.undone(first)) == "changed_since"
    kitchen.undone(second)
    kitchen.undone(first)
    assert kitchen.stock.products == {}
    assert kitchen.stock.find("milk") is None


def test_what_never_happened_cannot_be_taken_back(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    imagined = book.use(kitchen.stock, kitchen.origin(), MILK.product_id, amount(1))
    assert refused(kitchen, lambda: kitchen.undone(imagined)) == "unknown_change"
