"""The stock goes out as a table, and a table comes in: all of it, or none."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange import tables
from custom_components.cerebro.core.pantry.exchange.brought import Brought, taken_over
from custom_components.cerebro.core.pantry.model import Pantry
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.stock import Stock

from ..lots import FRIDGE, HAM, MILK, TODAY
from .homes import HERE, NOW, Household, households, ids, measured, refusal


def imported(text: str, *, into: tuple[Pantry, ...] = HERE) -> Brought:
    return tables.read(text, pantries=into, today=TODAY, measuring=measured)


def refused(text: str, *, into: tuple[Pantry, ...] = HERE) -> tuple[str, dict[str, str]]:
    with pytest.raises(PantryError) as error:
        imported(text, into=into)
    return error.value.key, error.value.values


@given(households())
def test_what_is_there_comes_back_from_the_table(home: Household) -> None:
    brought = imported(tables.write(home.stock, HERE))
    assert {one.product_id: one for one in brought.products} == dict(home.stock.products)
    there = {lot.lot_id: replace(lot, placed_at=None) for lot in home.stock.all_there()}
    assert {lot.lot_id: lot for lot in brought.lots} == there


@given(households())
def test_no_cell_is_a_formula(home: Household) -> None:
    text = tables.write(home.stock, HERE)
    for row in csv.reader(text.splitlines(keepends=True)):
        assert [cell for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}] == []


@given(households())
def test_a_table_brought_twice_counts_once(home: Household) -> None:
    brought = imported(tables.write(home.stock, HERE))
    other = Household()
    other.apply(*taken_over(brought, other.stock, now=NOW, new_id=ids("one")))
    assert taken_over(brought, other.stock, now=NOW, new_id=ids("two")) == ()
    assert {p: other.stock.total(p) for p in other.stock.products} == {
        p: home.stock.total(p) for p in home.stock.products
    }


def test_a_table_made_by_hand_needs_little() -> None:
    brought = imported("product,amount,unit\nMilk,1.5,l\nEggs,6,\n", into=(FRIDGE,))
    milk, eggs = brought.products
    assert (milk.name, milk.measure, milk.unit, milk.category) == ("Milk", Measure.VOLUME, "L", Category.MILK)
    assert (eggs.measure, eggs.unit, eggs.category) == (Measure.COUNT, "piece", Category.EGGS)
    assert [(lot.amount, lot.bought_on, lot.pantry_id) for lot in brought.lots] == [
        (1_500_000, TODAY, "fridge"),
        (6_000, TODAY, "fridge"),
    ]


@pytest.mark.parametrize(
    ("unit", "amount", "shown"),
    [("cl", 330_000, "mL"), ("packs", 33_000, "piece"), ("lb", 14_968_548, "lb"), ("", 33_000, "piece")],
)
def test_an_amount_may_be_in_any_unit(unit: str, amount: int, shown: str) -> None:
    brought = imported(f"product,amount,unit\nThing,33,{unit}\n", into=(FRIDGE,))
    assert (brought.lots[0].amount, brought.products[0].unit) == (amount, shown)


def test_two_rows_that_are_alike_are_two_lots_and_stay_two() -> None:
    text = "product,amount\nTofu,1\nTofu,1\n"
    first, second = (imported(text, into=(FRIDGE,)).lots for _ in range(2))
    assert len({lot.lot_id for lot in first}) == 2
    assert first == second


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_understood() -> None:
    head = "\ufeffProduct;Amount;Unit;Pantry;Price;Best_before\r\n"
    text = f'{head}"Lait; demi";1,500;L;frîdge;"1.234,5";24.12.2026\r\n'
    brought = imported(text)
    (lot,) = brought.lots
    assert brought.products[0].name == "Lait; demi"
    assert (lot.amount, lot.price, lot.pantry_id) == (1_500_000, 1_234_500, "fridge")
    assert lot.best_before == date(2026, 12, 24)


def test_a_number_that_could_be_two_is_not_guessed() -> None:
    assert refused('product,amount,pantry\nFlour,"1,500",Cupboard\n') == (
        "import_bad_cell",
        {"row": "2", "column": "amount", "value": "1,500"},
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("amount", "-1"),
        ("amount", "lots"),
        ("amount", "1e9"),
        ("amount", "99999999999"),
        ("unit", "bushel"),
        ("pantry", "Cellar"),
        ("best_before", "2026-02-30"),
        ("bought_on", "tomorrow"),
        ("price", "free"),
        ("price", "99999999999"),
        ("barcodes", "4006381333932"),
        ("category", "spaceships"),
        ("taste", "sometimes"),
        ("shown_in", "fathom"),
        ("aliases", "x" * 13_000),
    ],
)
def test_a_bad_cell_is_named_and_nothing_comes_in(column: str, value: str) -> None:
    columns = dict.fromkeys(("product", "amount", "unit", "pantry", *tables.COLUMNS), "")
    good = columns | {"product": "Ham", "amount": "1", "unit": "g", "pantry": "Fridge"}
    rows = [",".join(columns), ",".join(good.values()), ",".join((good | {column: value}).values())]
    key, values = refused("\n".join(rows))
    assert key == "import_bad_cell"
    assert (values["row"], values["column"]) == ("3", column)


def test_a_row_without_a_product_is_named() -> None:
    assert refused("product,amount\n,5\n")[1]["column"] == "product"


def test_one_product_is_not_both_weighed_and_counted() -> None:
    key, values = refused("product,amount,unit,pantry\nHam,5,g,Fridge\nham,1,piece,Fridge\n")
    assert (key, values["row"], values["column"]) == ("import_bad_cell", "3", "unit")


def test_one_lot_does_not_stand_in_two_rows() -> None:
    key, values = refused("product,amount,lot_id,pantry\nHam,5,a,Fridge\nHam,1,a,Fridge\n")
    assert (key, values["column"]) == ("import_bad_cell", "lot_id")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "import_no_table"),
        ("\n\n", "import_no_table"),
        ('product\n"open', "import_no_table"),
        ("name,amount\nx,1", "import_column_missing"),
        ("product\n" + "x\n" * (tables.MOST_ROWS + 1), "import_too_many_rows"),
        ("x" * (tables.MOST_BYTES + 1), "import_too_large"),
    ],
)
def test_what_is_no_table_of_ours_is_refused(text: str, key: str) -> None:
    assert refused(text)[0] == key


def test_without_a_pantry_a_lot_has_no_place() -> None:
    assert refused("product,amount\nHam,5\n", into=())[0] == "import_needs_pantry"


@given(st.text(max_size=200) | st.text("product,amount;\n\"'0123456789=\t\r").map("product,amount\n".__add__))
def test_no_text_whatever_brings_it_down(text: str) -> None:
    assert (refusal(lambda: imported(text)) or "import_").startswith("import_")


def test_ten_thousand_lots_go_out_and_in() -> None:
    home = Household()
    for number in range(5000):
        home.buys(MILK, 1_000_000, f"milk{number}")
        home.buys(HAM, 150_000, f"ham{number}")
    brought = imported(tables.write(home.stock, HERE))
    assert len(brought.lots) == 10_000
    assert len(taken_over(brought, Stock(), now=NOW, new_id=ids("x"))) == 2
