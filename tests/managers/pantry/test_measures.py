"""Amounts in all units a household uses."""

from __future__ import annotations

from dataclasses import replace

from homeassistant.core import HomeAssistant
from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import Product, ProductId
from custom_components.cerebro.core.pantry.quantity import PACK, PIECE, Amount, Measure, Quantity
from custom_components.cerebro.managers.pantry.measures import as_said, quantity, shown, text
from custom_components.cerebro.managers.texts import Texts

from ...core.pantry.lots import HAM, MILK

EGGS = Product(product_id=ProductId("eggs"), name="Eggs")


@pytest.mark.parametrize(
    ("value", "unit", "product", "thousandths"),
    [
        (1.5, "L", MILK, 1_500_000),
        (250, "mL", MILK, 250_000),
        (20, "cl", MILK, 200_000),
        (2, None, MILK, 2_000_000),
        (1, "kg", HAM, 1_000_000),
        (1, "lb", HAM, 453_592),
        (3, PIECE, EGGS, 3_000),
        (2, PACK, replace(MILK, pack=1_000_000), 2_000_000),
        (2, PACK, replace(EGGS, pack=6_000), 12_000),
    ],
)
def test_an_amount_is_in_thousandths_of_what_its_product_is_measured_in(
    value: float, unit: str | None, product: Product, thousandths: int
) -> None:
    assert quantity(Amount(value=value, unit=unit), product).thousandths == thousandths


@pytest.mark.parametrize(
    ("unit", "product", "key"),
    [
        ("parsec", MILK, "unknown_unit"),
        ("kg", MILK, "measure_differs"),
        (PACK, HAM, "pack_unknown"),
        ("L", EGGS, "measure_differs"),
    ],
)
def test_an_amount_that_fits_no_product_is_refused(unit: str, product: Product, key: str) -> None:
    with pytest.raises(PantryError) as refused:
        quantity(Amount(value=1, unit=unit), product)
    assert refused.value.key == key


@pytest.mark.parametrize(
    ("thousandths", "product", "seen"),
    [
        (1_500_000, MILK, (1.5, "L")),
        (50_000, MILK, (50, "mL")),
        (1_500_000, HAM, (1.5, "kg")),
        (200_000, HAM, (200, "g")),
        (0, MILK, (0, "L")),
        (6_000, EGGS, (6, PIECE)),
    ],
)
def test_an_amount_is_shown_in_the_unit_that_reads_best(
    thousandths: int, product: Product, seen: tuple[float, str]
) -> None:
    assert shown(thousandths, product) == seen


@given(thousandths=st.integers(0, 10**9), measure=st.sampled_from(Measure))
def test_what_is_said_of_a_quantity_is_that_quantity(thousandths: int, measure: Measure) -> None:
    amount = Quantity(thousandths=thousandths, measure=measure)
    assert quantity(as_said(amount), None) == amount


@pytest.mark.parametrize(
    ("thousandths", "product", "written"),
    [
        (1_000_000_000, EGGS, "1000000 pieces"),
        (1_234_567_000, EGGS, "1234567 pieces"),
        (1_234_567, HAM, "1.235 kg"),
        (1_500, EGGS, "1.5 pieces"),
        (0, EGGS, "0 pieces"),
    ],
)
async def test_a_large_number_is_written_out(
    hass: HomeAssistant, thousandths: int, product: Product, written: str
) -> None:
    assert text(await Texts.load(hass), thousandths, product) == written


@pytest.mark.parametrize(
    ("unit", "thousandths", "seen"),
    [("fl oz", 236_588, (8, "fl. oz.")), ("litres", 1_500_000, (1.5, "L")), ("cl", 250_000, (250, "mL"))],
)
def test_an_amount_is_shown_in_the_unit_its_product_is_known_by_however_that_is_written(
    unit: str, thousandths: int, seen: tuple[float, str]
) -> None:
    assert shown(thousandths, replace(MILK, unit=unit)) == seen
