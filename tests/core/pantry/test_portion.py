"""How much is meant when nobody says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.portion import one_purchase, one_use
from custom_components.cerebro.core.pantry.quantity import Measure, Quantity

from .lots import MILK, TODAY, lot

EGGS = replace(MILK, name="Eggs", measure=Measure.COUNT, unit="piece")
LITRE = 1_000_000


def _millilitres(amount: int) -> Quantity:
    return Quantity(thousandths=amount, measure=Measure.VOLUME)


def test_a_purchase_is_a_pack() -> None:
    assert one_purchase(replace(MILK, pack=LITRE), [lot("a", bought=5)]) == _millilitres(LITRE)


def test_a_purchase_without_a_pack_is_as_much_as_last_time() -> None:
    lots = [lot("b", bought=2 * LITRE), lot("a", bought=LITRE, bought_on=TODAY - timedelta(days=8))]
    assert one_purchase(MILK, lots) == _millilitres(2 * LITRE)


def test_a_purchase_of_what_is_counted_is_a_piece() -> None:
    assert one_purchase(EGGS, [lot("a", bought=12_000)]).thousandths == 1000


def test_how_much_has_to_be_said_the_first_time() -> None:
    with pytest.raises(PantryError, match="how_much"):
        one_purchase(MILK, [])


def test_a_use_is_what_is_left_of_the_first_pack() -> None:
    assert one_use(MILK, [lot("a", amount=400_000), lot("b")]) == _millilitres(400_000)


@given(st.integers(1, 5 * LITRE))
def test_a_use_of_several_packs_in_one_lot_finishes_the_one_that_is_begun(amount: int) -> None:
    used = one_use(replace(MILK, pack=LITRE), [lot("a", amount=amount)])
    assert used is not None
    assert 0 < used.thousandths <= min(amount, LITRE)
    assert (amount - used.thousandths) % LITRE == 0


def test_a_use_of_what_is_counted_is_a_piece_or_what_is_left_of_it() -> None:
    assert one_use(EGGS, [lot("a", amount=6000)]) == Quantity(thousandths=1000, measure=Measure.COUNT)
    assert one_use(EGGS, [lot("a", amount=500)]) == Quantity(thousandths=500, measure=Measure.COUNT)


def test_nothing_is_used_where_nothing_is() -> None:
    assert one_use(MILK, []) is None
