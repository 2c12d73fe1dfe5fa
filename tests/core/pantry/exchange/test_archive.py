"""Everything goes out as one document, and comes back the same."""

from __future__ import annotations

from dataclasses import replace
import json
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.book import undo
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange import archive
from custom_components.cerebro.core.pantry.model import Change, Pantry, PantryId, Place, What
from custom_components.cerebro.core.pantry.stock import Stock

from ..lots import FREEZER, FRIDGE, MILK
from .homes import HERE, NOW, Household, households, ids, refusal


def exported(home: Household) -> str:
    return archive.write(home.stock, home.changes, HERE)


def imported(
    text: str, stock: Stock, *, into: tuple[Pantry, ...] = HERE, prefix: str = "import"
) -> tuple[Change, ...]:
    return archive.restored(archive.read(text), stock, into, now=NOW, new_id=ids(prefix), by="ada")


def with_milk() -> Household:
    home = Household()
    home.buys(MILK, 2_000_000, "carton")
    home.uses(MILK, 500_000)
    return home


def refused(text: str) -> str:
    with pytest.raises(PantryError) as error:
        archive.read(text)
    return error.value.key


@given(households())
def test_a_household_comes_back_with_its_whole_history(home: Household) -> None:
    other = Household()
    other.apply(*imported(exported(home), other.stock))
    assert other.changes == home.changes
    assert dict(other.stock.products) == dict(home.stock.products)
    assert dict(other.stock.lots) == dict(home.stock.lots)
    assert other.stock.all_there() == home.stock.all_there()


@given(households(), households())
def test_what_was_taken_over_is_not_taken_over_again(home: Household, other: Household) -> None:
    assume(refusal(lambda: imported(exported(home), other.stock)) != "measure_differs")
    other.apply(*imported(exported(home), other.stock))
    assert imported(exported(home), other.stock, prefix="again") == ()


def test_into_a_home_that_has_something_comes_what_is_there_now() -> None:
    home = with_milk()
    other = Household()
    other.buys(MILK, 1_000_000, "bottle")
    changes = imported(exported(home), other.stock)
    assert [(one.what, one.context, one.by) for one in changes] == [(What.BOUGHT, "import", "ada")]
    other.apply(*changes)
    assert other.stock.total(MILK.product_id) == 2_500_000


def test_what_was_taken_over_can_be_taken_back_and_taken_over_once_more() -> None:
    home = with_milk()
    other = Household()
    other.buys(replace(MILK, name="Oat drink", product_id=MILK.product_id), 1_000_000, "bottle")
    (change,) = imported(exported(home), other.stock)
    other.apply(change)
    other.apply(undo(other.stock, other.origin(), change))
    assert other.stock.total(MILK.product_id) == 1_000_000
    other.apply(*imported(exported(home), other.stock, prefix="again"))
    assert other.stock.total(MILK.product_id) == 2_500_000


def test_what_was_used_up_since_does_not_come_back() -> None:
    home = with_milk()
    text = exported(home)
    home.uses(MILK, 1_500_000)
    assert imported(text, home.stock) == ()


def test_in_another_home_things_go_where_it_is_called_or_is_the_same() -> None:
    home = with_milk()
    home.buys(MILK, 1_000_000, "frozen", pantry_id=FREEZER.pantry_id)
    other = Household()
    cold = Pantry(pantry_id=PantryId("cold"), name="Cold", place=Place.FREEZER)
    kitchen = Pantry(pantry_id=PantryId("kitchen"), name="fridge", place=Place.CUPBOARD)
    other.apply(*imported(exported(home), other.stock, into=(cold, kitchen)))
    places = {lot.lot_id: lot.pantry_id for lot in other.stock.all_there()}
    assert places == {"carton": "kitchen", "frozen": "cold"}


def test_without_a_pantry_nothing_can_be_put_anywhere() -> None:
    with pytest.raises(PantryError) as error:
        imported(exported(with_milk()), Stock(), into=())
    assert error.value.key == "import_needs_pantry"


def test_it_says_what_there_is_to_whoever_reads_it() -> None:
    document = json.loads(exported(with_milk()))
    assert document["pantries"][0] == {"id": "fridge", "name": "Fridge", "place": "fridge"}
    assert document["products"][0]["name"] == "Milk"
    assert document["lots"][0]["amount"] == 1_500_000
    assert len(document["changes"]) == 2


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"format": "other", "version": 1}', "[" * 100_000])
def test_what_is_no_archive_is_refused(text: str) -> None:
    assert refused(text) == "import_no_archive"


def test_what_a_newer_cerebro_wrote_is_refused() -> None:
    document = json.loads(exported(with_milk()))
    assert refused(json.dumps(document | {"version": 2})) == "import_newer"
    document["changes"][0]["v"] = 99
    assert refused(json.dumps(document)) == "import_newer"


def test_what_is_too_large_is_not_even_read() -> None:
    assert refused("[" + " " * archive.MOST_BYTES) == "import_too_large"


@pytest.mark.parametrize(
    "harm",
    [
        {"changes": None},
        {"changes": [{"v": 1}]},
        {"changes": [[]]},
        {"changes": ["x"] * 3},
    ],
)
def test_what_is_damaged_is_refused(harm: dict[str, Any]) -> None:
    document = json.loads(exported(with_milk()))
    assert refused(json.dumps(document | harm)) == "import_damaged"


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("lots", 0, "add"), 10**400),
        (("lots", 0, "now", "bought"), -1),
        (("lots", 0, "now", "bought"), 10**30),
        (("lots", 0, "now", "price"), 10**30),
        (("product", "name"), "x" * 100_000),
        (("product", "name"), "Milk\u0000"),
        (("product", "minimum"), -3),
        (("product", "pack"), 0),
        (("product", "aliases"), ["x"] * 10_000),
    ],
)
def test_a_change_that_is_out_of_all_bounds_is_refused(where: tuple[Any, ...], value: Any) -> None:
    document = json.loads(exported(with_milk()))
    spot = document["changes"][0]
    for key in where[:-1]:
        spot = spot[key]
    spot[where[-1]] = value
    assert refused(json.dumps(document)) == "import_damaged"


def test_a_history_with_a_hole_is_refused() -> None:
    document = json.loads(exported(with_milk()))
    del document["changes"][0]
    assert refused(json.dumps(document)) == "import_damaged"


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=10))
def test_no_document_whatever_brings_it_down(changes: Any) -> None:
    text = json.dumps({"format": archive.FORMAT, "version": 1, "changes": changes, "pantries": changes})
    assert refusal(lambda: archive.read(text)) in {None, "import_damaged"}


def test_a_pantry_that_is_gone_goes_into_the_first_of_its_sort() -> None:
    home = Household()
    home.buys(MILK, 1_000_000, "carton", pantry_id=PantryId("gone"))
    other = Household()
    other.apply(*imported(exported(home), other.stock, into=(FRIDGE,)))
    assert other.stock.all_there()[0].pantry_id == FRIDGE.pantry_id
