"""The report: how the stock stands today, what it is worth, and what each month cost and wasted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.cerebro.core.pantry.ledger import replay
from custom_components.cerebro.core.pantry.model import Product, ProductId, Taste
from custom_components.cerebro.core.pantry.report import Month, Tally, glance, is_low, low
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.pantry.value import value

from .kitchen import Kitchen
from .lots import HAM, MILK, TODAY, lot

EGGS = Product(product_id=ProductId("eggs"), name="Eggs")


@pytest.fixture
def kitchen() -> Kitchen:
    """Return an empty kitchen."""
    return Kitchen()


def tally(kitchen: Kitchen, zone: str = "Europe/Paris") -> Tally:
    """Return what a kitchen came to."""
    made = Tally(ZoneInfo(zone))
    replay(kitchen.changes, made.learn)
    return made


def test_nothing_is_said_of_an_empty_stock() -> None:
    seen = glance(Stock(), TODAY)
    assert (seen.products, seen.past_date, seen.soon_off, seen.low) == (0, (), (), ())


def test_what_goes_off_today_is_still_good_and_what_did_yesterday_is_past(kitchen: Kitchen) -> None:
    before = TODAY - timedelta(days=9)
    kitchen.bought("never")
    kitchen.bought("in four days", good_for=4)
    kitchen.bought("in three days", good_for=3)
    kitchen.bought("today", good_for=0)
    kitchen.bought("yesterday", good_for=8, on=before)
    kitchen.bought("long ago", of=HAM, good_for=1, on=before)
    seen = glance(kitchen.stock, TODAY)
    assert seen.products == 2
    assert [one.lot_id for one in seen.past_date] == ["long ago", "yesterday"]
    assert [one.lot_id for one in seen.soon_off] == ["today", "in three days"]


def test_what_warmth_took_counts(kitchen: Kitchen) -> None:
    kitchen.bought("never")
    kitchen.bought("in nine days", good_for=9)
    kitchen.bought("in five days", good_for=5)

    def warmed(one: object) -> date | None:
        return {"in nine days": TODAY + timedelta(days=1), "in five days": TODAY - timedelta(days=1)}.get(
            getattr(one, "lot_id", "")
        )

    seen = glance(kitchen.stock, TODAY, good_until=warmed)
    assert [one.lot_id for one in seen.past_date] == ["in five days"]
    assert [one.lot_id for one in seen.soon_off] == ["in nine days"]


@pytest.mark.parametrize(
    ("product", "amount", "expected"),
    [
        (MILK, 0, False),
        (replace(MILK, minimum=500), 499, True),
        (replace(MILK, minimum=500), 500, False),
        (replace(MILK, taste=Taste.KEEP), 0, True),
        (replace(MILK, taste=Taste.KEEP), 1, False),
        (replace(MILK, taste=Taste.NEVER, minimum=500), 0, False),
    ],
)
def test_a_product_is_low_below_its_minimum(product: Product, amount: int, expected: bool) -> None:
    assert is_low(product, amount) is expected


def test_what_is_low_is_named_in_alphabetical_order(kitchen: Kitchen) -> None:
    kitchen.described(replace(MILK, minimum=1))
    kitchen.described(replace(HAM, minimum=1))
    kitchen.described(EGGS)
    assert [one.name for one in low(kitchen.stock)] == ["Ham", "Milk"]


def test_what_is_left_of_a_lot_is_worth_its_part_of_the_price() -> None:
    assert value(lot("a", amount=1, bought=3, price=100)) == 33
    assert value(lot("a", amount=3, bought=3, price=100)) == 100
    assert value(lot("a", amount=0, bought=3, price=100)) == 0
    assert value(lot("a", amount=0, bought=0, price=100)) == 0
    assert value(lot("a")) == 0


def test_the_stock_is_worth_what_its_lots_are(kitchen: Kitchen) -> None:
    kitchen.bought("milk", price=1999)
    kitchen.bought("ham", of=HAM, price=3500)
    kitchen.used(333)
    kitchen.moved(100)
    kitchen.wasted(250, of=HAM)
    kitchen.counted(900)
    assert tally(kitchen).value == sum(map(value, kitchen.stock.all_there())) > 0


def test_a_month_cost_what_was_bought_in_it_and_wasted_what_was_thrown_away(kitchen: Kitchen) -> None:
    kitchen.bought("milk", 1000, price=2000)
    kitchen.bought("ham", 200, of=HAM, price=3500)
    kitchen.bought("eggs", 6, of=EGGS, price=1800)
    kitchen.bought("gift", 100, of=HAM)
    kitchen.used(500)
    kitchen.wasted(250)
    kitchen.wasted(2, of=EGGS)
    kitchen.wasted(of=HAM)
    assert tally(kitchen).month(TODAY) == Month(
        spent=7300, wasted=500 + 600 + 3500, wasted_mass=550_000, wasted_pieces=2000
    )
    assert tally(kitchen).month(date(2026, 12, 1)) == Month()


def test_what_is_taken_bit_by_bit_costs_the_whole_price(kitchen: Kitchen) -> None:
    kitchen.bought("eggs", 7, of=EGGS, price=1000)
    for _ in range(7):
        kitchen.wasted(1, of=EGGS)
    assert tally(kitchen).month(TODAY).wasted == 1000


def test_what_was_taken_back_is_taken_off_its_own_month_and_put_back_when_done_again(
    kitchen: Kitchen,
) -> None:
    kitchen.bought("milk", 1000, price=2000)
    wasted = kitchen.wasted(500)
    kitchen.at = datetime(2026, 12, 3, 12, tzinfo=UTC)
    back = kitchen.undone(wasted)
    assert tally(kitchen).months == {date(2026, 11, 1): Month(spent=2000)}
    kitchen.undone(back)
    again = Month(spent=2000, wasted=1000, wasted_mass=500_000)
    assert tally(kitchen).months == {date(2026, 11, 1): again}


def test_a_purchase_that_was_taken_back_cost_nothing(kitchen: Kitchen) -> None:
    kitchen.undone(kitchen.bought("milk", 1000, price=2000))
    assert tally(kitchen).month(TODAY) == Month()
    assert tally(kitchen).value == 0


def test_a_month_begins_at_midnight_of_the_home(kitchen: Kitchen) -> None:
    kitchen.bought("milk")
    kitchen.at = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    kitchen.wasted()
    assert tally(kitchen, "Europe/Paris").months.keys() == {date(2026, 12, 1)}
    assert tally(kitchen, "America/New_York").months.keys() == {date(2026, 11, 1)}


def test_what_is_noted_later_cost_the_month_in_which_it_was_bought(kitchen: Kitchen) -> None:
    kitchen.bought("milk", price=2000, on=date(2025, 2, 28))
    assert tally(kitchen).months == {date(2025, 2, 1): Month(spent=2000)}
