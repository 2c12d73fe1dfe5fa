"""What people tell of things, with what they leave out filled in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import Change, ChangeId, Lot, Place, Product, Taste, What
from custom_components.cerebro.core.pantry.quantity import Amount, Measure
from custom_components.cerebro.core.pantry.shelf_life import after_opening, best_before
from custom_components.cerebro.core.pantry.stock import Stock
from custom_components.cerebro.core.pantry.telling import (
    Bought,
    Described,
    Household,
    bought,
    counted,
    described,
    moved,
    opened,
    taken,
)
from custom_components.cerebro.core.pantry.wish import Origin
from custom_components.cerebro.managers.pantry.measures import quantity

from .lots import CUPBOARD, FREEZER, FRIDGE, PANTRIES, TODAY

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
GTIN = "04006381333931"


class Teller:
    """Somebody who tells things of a household, one after the other."""

    def __init__(self, pantries: dict[Any, Any] | None = None) -> None:
        """Begin with nothing in stock."""
        self.stock = Stock()
        self._ids = count(1)
        self.at = NOW
        self.good_until: Callable[[Lot], date | None] = lambda lot: lot.best_before
        self._pantries = PANTRIES if pantries is None else pantries

    def tell(self, function: Callable[..., Change], *args: Any, **kwargs: Any) -> Change:
        """Tell something, and have it come true."""
        home = Household(
            pantries=self._pantries,
            measuring=quantity,
            today=TODAY,
            new_id=lambda: f"id{next(self._ids):04}",
            good_until=self.good_until,
        )
        origin = Origin(change_id=ChangeId(f"change{next(self._ids):04}"), at=self.at)
        change = function(self.stock, origin, home, *args, **kwargs)
        self.stock.apply(change)
        return change

    def buy(self, product: str, value: float | None = None, unit: str | None = None, **more: Any) -> Product:
        """Buy something, and return the product."""
        amount = None if value is None else Amount(value=value, unit=unit)
        change = self.tell(bought, Bought(product=product, amount=amount, **more))
        return self.stock.products[change.entries[0].product_id]

    def lots(self, product: str) -> tuple[Lot, ...]:
        """Return the lots of a product."""
        found = self.stock.find(product)
        assert found is not None
        return self.stock.there(found.product_id)


def refused(key: str) -> Any:
    """Expect a refusal."""
    return pytest.raises(PantryError, match=key)


def test_a_new_product_is_measured_as_it_is_bought_and_goes_where_its_kind_belongs() -> None:
    home = Teller()
    milk = home.buy("Milk", 1, "L")
    assert (milk.measure, milk.unit, milk.category) == (Measure.VOLUME, "L", Category.MILK)
    (lot,) = home.lots("milk")
    assert (lot.pantry_id, lot.printed) == (FRIDGE.pantry_id, False)
    assert lot.best_before == best_before(Category.MILK, Place.FRIDGE, TODAY)


def test_a_known_product_is_found_by_its_barcode_and_gains_one() -> None:
    home = Teller()
    home.buy("Milk", 1, "L")
    milk = home.buy("milk", barcode=GTIN)
    assert milk.barcodes == (GTIN,)
    assert home.buy("whatever it is called", barcode=GTIN).product_id == milk.product_id
    assert len(home.stock.products) == 1


def test_what_was_looked_up_is_known_by_its_pack_and_its_other_names() -> None:
    home = Teller()
    milk = home.buy("Lait", barcode=GTIN, pack=Amount(value=1, unit="L"), aliases=("Milk", "Lait"))
    assert (milk.pack, milk.aliases, home.stock.total(milk.product_id)) == (1_000_000, ("Milk",), 1_000_000)
    home.buy("Milk", 2, "pack")
    assert home.stock.total(milk.product_id) == 3_000_000


def test_it_goes_to_the_sort_of_pantry_that_is_named() -> None:
    home = Teller()
    home.buy("Bread", place=Place.FREEZER)
    assert home.lots("bread")[0].pantry_id == FREEZER.pantry_id


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ({"product": "Gadget"}, "which_pantry"),
        ({"product": "Gadget", "pantry_id": "gone"}, "which_pantry"),
        ({"product": "Milk", "bought_on": TODAY + timedelta(days=1)}, "date_in_future"),
        ({"product": "Milk", "best_before": date(2099, 1, 1)}, "date_too_far"),
        ({"product": " \u200b"}, "name_missing"),
        ({"product": "Milk", "amount": Amount(value=-1, unit="L")}, "amount_not_positive"),
        ({"product": "Milk", "amount": Amount(value=1e9, unit="L")}, "amount_too_large"),
        ({"product": "Milk", "amount": Amount(value=1, unit="parsec")}, "unknown_unit"),
        ({"product": "Milk", "price": -1}, "price_out_of_range"),
    ],
)
def test_a_purchase_that_makes_no_sense_is_refused(told: dict[str, Any], key: str) -> None:
    home = Teller()
    with refused(key):
        home.tell(bought, Bought(**told))
    assert not home.stock.products


def test_without_any_pantry_nothing_can_be_put_away() -> None:
    with refused("which_pantry"):
        Teller({}).buy("Milk", 1, "L")


def test_how_much_has_to_be_said_of_what_is_weighed_and_new_to_the_home() -> None:
    home = Teller()
    home.tell(described, Described(product="Flour", unit="g"))
    with refused("how_much"):
        home.buy("Flour")
    home.buy("Flour", 500)
    home.buy("Flour")
    assert home.stock.total(home.lots("flour")[0].product_id) == 1_000_000


def test_what_is_opened_lasts_as_an_open_one_does() -> None:
    home = Teller()
    home.buy("Milk", 1, "L", best_before=TODAY + timedelta(days=90))
    home.tell(opened, "milk")
    (lot,) = home.lots("milk")
    until = TODAY + timedelta(days=90)
    assert lot.best_before == after_opening(Category.MILK, Place.FRIDGE, TODAY, until)
    assert lot.opened_on == TODAY


def test_what_was_too_warm_takes_its_loss_along_when_it_is_moved() -> None:
    cool, warm = Teller(), Teller()
    warm.good_until = lambda lot: None if lot.best_before is None else lot.best_before - timedelta(days=2)
    for home in (cool, warm):
        home.buy("Chicken", 500, "g")
        home.tell(moved, "chicken", FREEZER.pantry_id)
    (kept,), (lost,) = cool.lots("chicken"), warm.lots("chicken")
    assert kept.best_before is not None
    assert lost.best_before is not None
    assert lost.best_before < kept.best_before


def test_a_printed_date_that_the_warm_moved_gets_no_whole_life_in_the_freezer() -> None:
    cool, warm = Teller(), Teller()
    warm.good_until = lambda lot: None if lot.best_before is None else lot.best_before - timedelta(days=9)
    for home in (cool, warm):
        home.buy("Ham", 500, "g", best_before=TODAY + timedelta(days=10))
        home.tell(moved, "ham", FREEZER.pantry_id)
    (kept,), (lost,) = cool.lots("ham"), warm.lots("ham")
    assert kept.best_before is not None
    assert lost.best_before is not None
    assert (kept.best_before - lost.best_before).days >= 14


def test_what_was_counted_is_what_there_is_and_what_is_found_is_put_where_the_last_one_was() -> None:
    home = Teller()
    home.buy("Eggs", 10)
    home.tell(counted, "eggs", Amount(value=3))
    home.tell(taken, What.USED, "eggs", amount=Amount(value=3))
    assert home.lots("egg") == ()
    home.tell(counted, "eggs", Amount(value=4))
    assert [(lot.amount, lot.pantry_id) for lot in home.lots("eggs")] == [(4000, FRIDGE.pantry_id)]


def test_only_what_is_said_of_a_product_changes() -> None:
    home = Teller()
    home.buy("Coffee", 500, "g")
    home.tell(described, Described(product="coffee", minimum=250, taste=Taste.KEEP, aliases=("Café",)))
    home.tell(described, Described(product="café", name="Coffee beans"))
    coffee = home.stock.find("coffee beans")
    assert coffee is not None
    assert (coffee.minimum, coffee.taste, coffee.aliases, coffee.category) == (
        250_000,
        Taste.KEEP,
        ("Café",),
        Category.COFFEE,
    )
    home.tell(described, Described(product="coffee beans", minimum=0))
    assert home.stock.products[coffee.product_id].minimum == 0


def test_how_a_product_is_measured_stays_while_there_were_lots_of_it() -> None:
    home = Teller()
    home.buy("Eggs", 6)
    with refused("measure_fixed"):
        home.tell(described, Described(product="eggs", unit="g"))


@pytest.mark.parametrize("function", [opened, taken, moved, counted])
def test_of_what_nobody_knows_nothing_can_be_told(function: Any) -> None:
    more: dict[Any, tuple[Any, ...]] = {
        opened: ("Caviar",),
        taken: (What.USED, "Caviar"),
        moved: ("Caviar", FRIDGE.pantry_id),
        counted: ("Caviar", Amount(value=1)),
    }
    with refused("unknown_product"):
        Teller().tell(function, *more[function])


@given(st.lists(st.tuples(st.integers(1, 999), st.sampled_from(["mL", "L", "cl"])), min_size=1, max_size=6))
def test_purchases_in_any_units_add_up_to_the_thousandth(amounts: list[tuple[int, str]]) -> None:
    home, factor = Teller(), {"mL": 1000, "L": 1_000_000, "cl": 10_000}
    for value, unit in amounts:
        milk = home.buy("Milk", value, unit, pantry_id=CUPBOARD.pantry_id)
    assert home.stock.total(milk.product_id) == sum(value * factor[unit] for value, unit in amounts)


def test_what_was_put_away_wrongly_is_put_right_within_two_hours_and_not_later() -> None:
    home = Teller()
    for name, since, days in (("chicken", timedelta(), 1), ("turkey", timedelta(hours=3), 0)):
        home.buy(name, 500, "g", pantry_id=CUPBOARD.pantry_id)
        home.at = NOW + since
        home.tell(moved, name, FRIDGE.pantry_id)
        (lot,) = home.lots(name)
        assert lot.best_before == TODAY + timedelta(days=days)
