"""What is taken for granted of a product that is new."""

from __future__ import annotations

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import ProductId
from custom_components.cerebro.core.pantry.newcomer import newcomer
from custom_components.cerebro.core.pantry.quantity import PACK, PIECE, Amount, Measure, Quantity

NEW = ProductId("new")
LITRE = Quantity(thousandths=1_000_000, measure=Measure.VOLUME)


def test_a_name_is_enough_and_tells_its_kind() -> None:
    milk, gadget = newcomer(NEW, "Milk"), newcomer(NEW, "Gadget")
    assert (milk.category, milk.measure) == (Category.MILK, Measure.COUNT)
    assert (gadget.category, gadget.barcodes) == (Category.OTHER, ())


def test_what_is_said_of_its_kind_goes_before_its_name() -> None:
    assert newcomer(NEW, "Milk", category=Category.OTHER).category is Category.OTHER


def test_it_is_measured_as_it_was_bought() -> None:
    milk = newcomer(NEW, "Milk", amount=Amount(value=1, unit="L"), quantity=LITRE)
    assert (milk.measure, milk.unit, milk.pack) == (Measure.VOLUME, "L", None)


def test_what_is_in_a_pack_tells_how_packs_of_it_are_measured() -> None:
    milk = newcomer(NEW, "Milk", amount=Amount(value=2, unit=PACK), pack=LITRE)
    assert (milk.measure, milk.unit, milk.pack) == (Measure.VOLUME, PIECE, 1_000_000)


def test_its_own_name_is_no_alias() -> None:
    assert newcomer(NEW, "Milk", aliases=("Milk", "Lait")).aliases == ("Lait",)
