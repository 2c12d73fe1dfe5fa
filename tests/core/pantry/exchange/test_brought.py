"""What others bring is taken over once, as what it is here, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from custom_components.cerebro.core.pantry.book import undo
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange.brought import (
    Brought,
    Location,
    derived,
    placed,
    taken_over,
)
from custom_components.cerebro.core.pantry.model import Change, Lot, PantryId, Place, Product, ProductId, What
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.shelf_life import best_before

from ..lots import CUPBOARD, FRIDGE, HAM, MILK, lot
from .homes import HERE, NOW, Household, ids

EAN = "04006381333931"


def takes(home: Household, *products: Product, lots: tuple[Lot, ...] = ()) -> tuple[Change, ...]:
    changes = taken_over(Brought(products=products, lots=lots), home.stock, now=NOW, new_id=ids("import"))
    home.apply(*changes)
    return changes


def test_what_is_new_becomes_known_and_there_in_one_change_each() -> None:
    home = Household()
    changes = takes(home, MILK, HAM, lots=(lot("a"), lot("b"), lot("c", of=HAM)))
    assert [(one.what, len(one.entries)) for one in changes] == [(What.BOUGHT, 2), (What.BOUGHT, 1)]
    assert home.stock.total(MILK.product_id) == 2_000_000


def test_a_product_without_lots_becomes_known() -> None:
    home = Household()
    (change,) = takes(home, MILK)
    assert (change.what, change.context) == (What.DESCRIBED, "import")


def test_each_of_its_changes_can_be_taken_back() -> None:
    home = Household()
    for change in takes(home, MILK, HAM, lots=(lot("a"), lot("c", of=HAM))):
        home.apply(undo(home.stock, home.origin(), change))
    assert (dict(home.stock.products), home.stock.all_there()) == ({}, ())


@pytest.mark.parametrize(
    "stranger",
    [
        replace(MILK, product_id=ProductId("other")),
        replace(MILK, product_id=ProductId("other"), name="LÀIT"),
        replace(MILK, product_id=ProductId("other"), name="Brand x", barcodes=(EAN,)),
    ],
)
def test_what_is_known_here_by_a_name_or_barcode_is_that(stranger: Product) -> None:
    home = Household()
    home.buys(replace(MILK, aliases=("lait",), barcodes=(EAN,)), 1_000_000, "own")
    takes(home, stranger, lots=(lot("a", of=stranger),))
    assert list(home.stock.products) == [MILK.product_id]
    assert home.stock.total(MILK.product_id) == 2_000_000


def test_what_is_known_here_stays_as_it_is_but_gains_names_and_barcodes() -> None:
    home = Household()
    home.buys(MILK, 1_000_000, "own")
    takes(home, replace(MILK, name="Whole milk", minimum=5, aliases=("lait",), barcodes=(EAN,)))
    assert home.stock.products[MILK.product_id] == replace(
        MILK, aliases=("Whole milk", "lait"), barcodes=(EAN,)
    )


def test_two_that_are_one_here_are_taken_over_as_one() -> None:
    home = Household()
    home.buys(replace(MILK, aliases=("lait",)), 1_000_000, "own")
    one = replace(MILK, product_id=ProductId("one"))
    two = replace(MILK, product_id=ProductId("two"), name="Lait")
    changes = takes(home, one, two, lots=(lot("a", of=one), lot("b", of=two)))
    assert len(changes) == 1
    assert home.stock.total(MILK.product_id) == 3_000_000


def test_a_barcode_that_another_product_has_stays_with_it() -> None:
    home = Household()
    home.buys(replace(HAM, barcodes=(EAN,)), 1_000, "own")
    home.buys(MILK, 1_000_000, "own too")
    takes(home, replace(MILK, barcodes=(EAN,)))
    assert home.stock.products[MILK.product_id].barcodes == ()


def test_what_is_counted_here_and_weighed_there_is_refused() -> None:
    home = Household()
    home.buys(MILK, 1_000_000, "own")
    with pytest.raises(PantryError) as refused:
        takes(home, replace(MILK, product_id=ProductId("x"), measure=Measure.COUNT))
    assert (refused.value.key, refused.value.values) == ("measure_differs", {"product": "Milk"})


def test_a_lot_that_was_used_up_does_not_come_back() -> None:
    home = Household()
    takes(home, MILK, lots=(lot("a"),))
    home.uses(MILK, 1_000_000)
    assert takes(home, MILK, lots=(lot("a"),)) == ()


def test_a_location_is_the_pantry_called_the_same_else_of_the_same_sort_else_the_first() -> None:
    locations = (
        Location(key=PantryId("1"), name="cupboard", place=Place.FREEZER),
        Location(key=PantryId("2"), name="Garage", place=Place.FREEZER),
        Location(key=PantryId("3"), name="Cellar", place=Place.CUPBOARD),
    )
    brought = Brought(lots=tuple(lot(key, pantry_id=PantryId(key)) for key in "123"), locations=locations)
    assert [one.pantry_id for one in placed(brought, HERE).lots] == ["cupboard", "freezer", "cupboard"]
    assert [one.pantry_id for one in placed(brought, (FRIDGE, CUPBOARD)).lots] == [
        "cupboard",
        "fridge",
        "cupboard",
    ]


def test_a_household_without_a_pantry_can_take_nothing_in() -> None:
    brought = Brought(locations=(Location(key=PantryId("1"), name="x", place=Place.FRIDGE),))
    with pytest.raises(PantryError) as refused:
        placed(brought, ())
    assert refused.value.key == "import_needs_pantry"


def test_an_id_is_made_of_all_its_parts_and_of_nothing_else() -> None:
    assert derived("a", 1, None) == derived("a", 1, None)
    assert len({derived("a", "b"), derived("ab"), derived("b", "a"), derived("a", "b", None)}) == 4


def test_what_is_perishable_and_comes_without_a_date_gets_the_one_of_its_kind() -> None:
    brought = Brought(
        products=(MILK, replace(MILK, product_id=ProductId("salt"), category=Category.SPICES)),
        lots=(lot("a"), lot("b", good_for=3), replace(lot("c"), product_id=ProductId("salt"))),
        locations=(Location(key=FRIDGE.pantry_id, name="Fridge", place=Place.FRIDGE),),
    )
    milk, dated, salt = placed(brought, [FRIDGE, CUPBOARD]).lots
    assert milk.best_before == best_before(Category.MILK, Place.FRIDGE, milk.bought_on)
    assert not milk.printed
    assert dated.best_before == lot("b", good_for=3).best_before
    assert salt.best_before is None
