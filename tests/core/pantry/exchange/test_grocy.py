"""What a Grocy server tells of its stock becomes products and lots."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange.brought import Brought, placed, taken_over
from custom_components.cerebro.core.pantry.exchange.grocy import MOST_ROWS, OBJECTS, read
from custom_components.cerebro.core.pantry.model import Lot, Place, Product
from custom_components.cerebro.core.pantry.quantity import Measure

from ..lots import TODAY
from .grocy_home import as_text, objects
from .homes import HERE, NOW, Household, ids, measured, refusal
from .test_open_food_facts import JSON


def brought(data: Any = None) -> Brought:
    return read(objects() if data is None else data, today=TODAY, measuring=measured)


def product(name: str, of: Brought | None = None) -> Product:
    return next(one for one in (of or brought()).products if one.name == name)


def lots(name: str, of: Brought | None = None) -> list[Lot]:
    of = of or brought()
    return [one for one in of.lots if one.product_id == product(name, of).product_id]


def test_a_product_comes_with_its_unit_minimum_barcode_and_kind() -> None:
    milk = product("Milk")
    assert (milk.measure, milk.unit, milk.minimum) == (Measure.VOLUME, "L", 2_000_000)
    assert (milk.barcodes, milk.category) == (("04006381333931",), Category.MILK)


def test_what_has_no_unit_of_weight_or_volume_is_counted() -> None:
    assert [product(name).measure for name in ("Eggs", "Ice cream")] == [Measure.COUNT] * 2


def test_each_row_of_the_stock_is_a_lot_with_the_price_of_all_of_it() -> None:
    fresh, opened = lots("Milk")
    assert (fresh.amount, fresh.price, fresh.bought_on) == (2_000_000, 2_380, date(2026, 11, 20))
    assert (fresh.best_before, fresh.printed, fresh.opened_on) == (date(2026, 12, 1), True, None)
    assert (opened.amount, opened.opened_on) == (500_000, date(2026, 11, 22))


def test_what_never_goes_off_has_no_date() -> None:
    (rice,) = lots("Rice")
    assert (rice.best_before, rice.printed, rice.price) == (None, False, None)
    assert rice.amount == 1_250_000


def test_what_has_no_price_is_not_free() -> None:
    assert lots("Ice cream")[0].price is None


def test_a_location_is_a_freezer_where_grocy_says_so_and_a_fridge_by_its_name() -> None:
    assert [(one.name, one.place) for one in brought().locations] == [
        ("Fridge", Place.FRIDGE),
        ("Pantry", Place.CUPBOARD),
        ("Chest", Place.FREEZER),
    ]


def test_an_older_server_that_writes_numbers_as_text_says_the_same() -> None:
    assert brought(as_text(objects())) == brought()


def test_it_is_taken_over_once_however_often_it_is_brought() -> None:
    home = Household()
    home.apply(*taken_over(placed(brought(), HERE), home.stock, now=NOW, new_id=ids("one")))
    assert sum(1 for _ in home.stock.all_there()) == 4
    assert {lot.pantry_id for lot in home.stock.all_there()} == {"fridge", "freezer", "cupboard"}
    assert taken_over(placed(brought(), HERE), home.stock, now=NOW, new_id=ids("two")) == ()


def test_a_row_that_makes_no_sense_is_left_out_and_the_rest_comes() -> None:
    data = objects()
    data["products"] += [{"id": 9, "name": 5}, {"id": None, "name": "Nothing"}]
    data["product_barcodes"].append({"id": 3, "product_id": 1, "barcode": [1]})
    data["stock"] += [
        {"id": 8, "product_id": 77, "amount": 1},
        {"id": 9, "product_id": 1, "amount": -4},
        {"id": 10, "product_id": 1, "amount": "1e300"},
    ]
    assert brought(data) == brought()


def test_a_lot_whose_place_is_unknown_goes_where_things_are_kept_anyway() -> None:
    data = objects()
    data["stock"][0]["location_id"] = None
    home = Household()
    home.apply(*taken_over(placed(brought(data), HERE), home.stock, now=NOW, new_id=ids("one")))
    assert len(home.stock.all_there()) == 4


def test_a_date_in_the_time_to_come_is_none_on_which_a_thing_was_bought() -> None:
    data = objects()
    data["stock"][0] |= {"purchased_date": "2031-01-01", "best_before_date": "soon"}
    lot = lots("Milk", brought(data))[0]
    assert (lot.bought_on, lot.best_before) == (TODAY, None)


@pytest.mark.parametrize("name", OBJECTS)
@pytest.mark.parametrize("rows", [None, {}, "x", [5], [None]])
def test_what_is_not_grocys_is_refused_by_name(name: str, rows: Any) -> None:
    with pytest.raises(PantryError) as refused:
        brought(objects() | {name: rows})
    assert (refused.value.key, refused.value.values) == ("grocy_unreadable", {"what": name})


def test_more_rows_than_a_household_has_are_refused() -> None:
    with pytest.raises(PantryError) as refused:
        brought(objects() | {"stock": [{}] * (MOST_ROWS + 1)})
    assert refused.value.key == "import_too_many_rows"


ROWS = st.lists(
    st.dictionaries(
        st.sampled_from(sorted({key for rows in objects().values() for row in rows for key in row})),
        JSON | st.integers(1, 4) | st.sampled_from(["2999-12-31", "Piece", "kg"]),
    ),
    max_size=4,
)


@given(st.fixed_dictionaries(dict.fromkeys(OBJECTS, ROWS)))
def test_no_rows_whatever_bring_it_down(data: dict[str, Any]) -> None:
    found = brought(data)
    home = Household()
    taking = partial(taken_over, placed(found, HERE), home.stock, now=NOW, new_id=ids("one"))
    assert refusal(lambda: home.apply(*taking())) in {None, "measure_differs"}
