"""Where things are put away."""

from __future__ import annotations

from datetime import timedelta

import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Pantry, PantryId, Place
from custom_components.cerebro.core.pantry.placing import put_away, usual_place

from .lots import CUPBOARD, FREEZER, FRIDGE, PANTRIES, TODAY, lot


@pytest.mark.parametrize(
    ("category", "pantry"),
    [
        (Category.MILK, FRIDGE),
        (Category.ICE_CREAM, FREEZER),
        (Category.PASTA, CUPBOARD),
        (Category.HOUSEHOLD, CUPBOARD),
    ],
)
def test_a_first_purchase_goes_where_its_kind_belongs(category: Category, pantry: Pantry) -> None:
    assert put_away(category, (), PANTRIES) == pantry.pantry_id


def test_a_purchase_goes_where_the_last_one_went() -> None:
    lots = [
        lot("a", pantry_id=FRIDGE.pantry_id, bought_on=TODAY - timedelta(days=9)),
        lot("c", pantry_id=FREEZER.pantry_id, bought_on=TODAY - timedelta(days=2)),
        lot("b", pantry_id=CUPBOARD.pantry_id, bought_on=TODAY - timedelta(days=5)),
    ]
    assert put_away(Category.MILK, lots, PANTRIES) == FREEZER.pantry_id


def test_a_pantry_that_is_gone_is_left_out() -> None:
    assert put_away(Category.MILK, [lot("a", pantry_id=PantryId("gone"))], PANTRIES) == FRIDGE.pantry_id


def test_what_is_of_no_known_kind_has_to_be_asked_about() -> None:
    assert usual_place(Category.OTHER) is None
    assert put_away(Category.OTHER, (), PANTRIES) is None


def test_with_one_pantry_nothing_has_to_be_asked() -> None:
    assert put_away(Category.OTHER, (), {CUPBOARD.pantry_id: CUPBOARD}) == CUPBOARD.pantry_id


def test_between_two_fridges_somebody_has_to_choose() -> None:
    second = Pantry(pantry_id=PantryId("cellar"), name="Cellar", place=Place.FRIDGE)
    assert put_away(Category.MILK, (), PANTRIES | {second.pantry_id: second}) is None


def test_without_a_pantry_there_is_nowhere_to_go() -> None:
    assert put_away(Category.MILK, (), {}) is None
