"""How long things last whose package does not tell."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.keeping import FOREVER
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.pantry.perishables import PERISHABLE
from custom_components.cerebro.core.pantry.shelf_life import (
    INEDIBLE,
    after_move,
    after_opening,
    best_before,
    lasts,
)
from custom_components.cerebro.core.pantry.shelf_table import TABLE

TODAY = date(2026, 11, 24)
UNKNOWN = {Category.BEER, Category.PET_FOOD, Category.OTHER}
"""What FoodKeeper does not have."""
categories = st.sampled_from(Category)
places = st.sampled_from(Place)
spans = st.integers(0, 800)


def in_days(number: int) -> date:
    return TODAY + timedelta(days=number)


@pytest.fixture(scope="module", name="script")
def loaded_script() -> Any:
    """Return the script that makes the table, as a module."""
    path = Path(__file__).parents[3] / "scripts" / "shelf-life"
    loader = SourceFileLoader("shelf_life_script", str(path))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    before = list(sys.path)
    sys.modules[loader.name] = module
    try:
        loader.exec_module(module)
    finally:
        sys.path[:] = before
        del sys.modules[loader.name]
    return module


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1 Day", 1),
        ("3 - 5 Days", 3),
        ("1 - 2 Weeks", 7),
        ("3 Months", 91),
        ("12 Months", 365),
        ("2 - 5 Years", 730),
        ("1 Yea", 365),
        ("2 Hours", 0),
        ("Indefinitely", FOREVER),
        ("Not Recommended", None),
        ("When Ripe", None),
        ("Package use-by date", None),
    ],
)
def test_a_figure_is_read_as_foodkeeper_writes_it(script: Any, text: str, days: int | None) -> None:
    assert script.days(text) == days


@pytest.mark.parametrize("text", ["", "soon", "3 Fortnights", "Days", "3-5 Days"])
def test_a_figure_that_is_written_otherwise_stops_the_script(script: Any, text: str) -> None:
    with pytest.raises(ValueError, match=f"^{text}$"):
        script.days(text)


def test_of_perishable_products_the_shortest_counts_and_of_others_the_middle(script: Any) -> None:
    assert script.chosen([9, 3, None, 5], perishable=True) == 3
    assert script.chosen([9, 3, None, 5], perishable=False) == 5
    assert script.chosen([9, 3], perishable=False) == 3
    assert script.chosen([None], perishable=True) is None


def test_what_is_opened_never_lasts_longer_than_closed(script: Any) -> None:
    assert script.figured(5, 9).opened == 5
    assert script.figured(None, 9).opened == 9
    assert script.figured(5, None).opened == 5


def test_every_kind_that_goes_off_has_a_place_in_the_table() -> None:
    assert set(TABLE) == set(Category) - INEDIBLE - UNKNOWN
    assert all(TABLE.values())


def test_an_opened_thing_lasts_no_longer_than_a_closed_one() -> None:
    for by_place in TABLE.values():
        for found in by_place.values():
            assert found.closed is None or (found.opened is not None and found.opened <= found.closed)


def test_what_is_perishable_lasts_longest_in_the_freezer_and_shortest_uncooled() -> None:
    for category in PERISHABLE:
        frozen, cooled = lasts(category, Place.FREEZER), lasts(category, Place.FRIDGE)
        assert frozen is None or cooled is None or frozen > cooled, category
        assert cooled is None or cooled <= 31, category


def test_figures_that_households_go_by_are_in_the_table() -> None:
    assert lasts(Category.MINCED_MEAT, Place.FRIDGE) == 1
    assert lasts(Category.LEFTOVERS, Place.FRIDGE) == 3
    assert lasts(Category.MILK, Place.FRIDGE, opened=True) == 7
    assert lasts(Category.EGGS, Place.FRIDGE) == 21
    assert lasts(Category.POULTRY, Place.FREEZER) == 273


def test_a_thing_without_a_date_lasts_as_its_kind_does() -> None:
    assert best_before(Category.MEAT, Place.FRIDGE, TODAY) == in_days(3)
    assert best_before(Category.MEAT, Place.FREEZER, TODAY) == in_days(121)


def test_what_there_is_no_figure_for_lasts_as_its_pantry_says() -> None:
    assert best_before(Category.OTHER, Place.FRIDGE, TODAY) is None
    assert best_before(Category.OTHER, Place.FRIDGE, TODAY, pantry_days=10) == in_days(10)
    assert best_before(Category.MEAT, Place.FRIDGE, TODAY, pantry_days=10) == in_days(3)


@pytest.mark.parametrize("category", [*INEDIBLE, Category.WATER])
@pytest.mark.parametrize("place", [Place.FRIDGE, Place.CUPBOARD])
def test_what_never_goes_off_has_no_date(category: Category, place: Place) -> None:
    assert best_before(category, place, TODAY, pantry_days=5) is None
    assert best_before(category, place, TODAY, opened_on=TODAY, pantry_days=5) is None


def test_sugar_has_an_end_only_once_it_is_open() -> None:
    assert best_before(Category.SUGAR, Place.CUPBOARD, TODAY) is None
    assert best_before(Category.SUGAR, Place.CUPBOARD, TODAY, opened_on=TODAY) == in_days(547)


def test_meat_in_a_cupboard_is_good_for_the_day_but_eggs_are_kept_there() -> None:
    assert best_before(Category.MEAT, Place.CUPBOARD, TODAY, pantry_days=90) == TODAY
    assert best_before(Category.EGGS, Place.CUPBOARD, TODAY, pantry_days=20) == in_days(20)


def test_an_opened_jar_lasts_days_and_not_a_year() -> None:
    closed = best_before(Category.SAUCES, Place.CUPBOARD, TODAY)
    assert closed == in_days(365)
    assert after_opening(Category.SAUCES, Place.CUPBOARD, TODAY, closed) == in_days(3)


@given(categories, places, spans, st.none() | spans, st.none() | spans)
def test_opening_never_prolongs_a_life(
    category: Category, place: Place, opened: int, good_for: int | None, pantry_days: int | None
) -> None:
    date_before = None if good_for is None else in_days(good_for)
    after = after_opening(category, place, in_days(opened), date_before)
    assert date_before is None or (after is not None and after <= date_before)
    closed = best_before(category, place, TODAY, pantry_days=pantry_days)
    at_once = best_before(category, place, TODAY, in_days(opened), pantry_days)
    assert closed is None or (at_once is not None and at_once <= closed)


def test_freezing_a_printed_date_gives_a_freezers_life_from_now() -> None:
    moved = after_move(
        Category.POULTRY, Place.FRIDGE, Place.FREEZER, TODAY, best_before=in_days(2), printed=True
    )
    assert moved == in_days(273)


def test_of_a_printed_date_no_share_is_reckoned() -> None:
    moved = after_move(
        Category.YOGURT, Place.FRIDGE, Place.FREEZER, TODAY, best_before=in_days(3), printed=True
    )
    assert moved == in_days(30)


def test_freezing_late_leaves_the_share_of_life_that_was_left() -> None:
    moved = after_move(Category.YOGURT, Place.FRIDGE, Place.FREEZER, TODAY, best_before=in_days(3))
    assert moved == in_days(30 * 3 // 7)


def test_what_is_not_to_be_frozen_gains_nothing() -> None:
    assert after_move(
        Category.EGGS, Place.FRIDGE, Place.FREEZER, TODAY, best_before=in_days(9), printed=True
    ) == in_days(9)


def test_thawed_meat_is_good_for_a_day_and_a_thawed_meal_for_as_long_as_foodkeeper_says() -> None:
    for category, days in ((Category.POULTRY, 1), (Category.FROZEN_MEALS, 3), (Category.BREAD, 14)):
        assert after_move(category, Place.FREEZER, Place.FRIDGE, TODAY, best_before=in_days(90)) == in_days(
            days
        )


def test_ice_cream_out_of_the_freezer_is_good_for_the_same_day() -> None:
    for place in (Place.FRIDGE, Place.CUPBOARD):
        assert after_move(Category.ICE_CREAM, Place.FREEZER, place, TODAY, best_before=in_days(90)) == TODAY


def test_peas_out_of_the_freezer_are_good_for_days_in_the_fridge_and_for_the_day_elsewhere() -> None:
    for place, days in ((Place.FRIDGE, 3), (Place.CUPBOARD, 0)):
        moved = after_move(Category.FROZEN_VEGETABLES, Place.FREEZER, place, TODAY, best_before=in_days(90))
        assert moved == in_days(days)


@pytest.mark.parametrize("category", [Category.OTHER, Category.BABY_FOOD])
@pytest.mark.parametrize(("place", "days"), [(Place.FRIDGE, 1), (Place.CUPBOARD, 0)])
@pytest.mark.parametrize("printed", [True, False])
def test_what_nobody_knows_does_not_keep_its_freezers_date_once_it_is_thawed(
    category: Category, place: Place, days: int, printed: bool
) -> None:
    moved = after_move(category, Place.FREEZER, place, TODAY, best_before=in_days(180), printed=printed)
    assert moved == in_days(days)
    assert after_move(category, Place.FREEZER, place, TODAY, best_before=None) is None


def test_a_printed_date_is_not_put_off_by_the_fridge() -> None:
    moved = after_move(
        Category.BREAD, Place.CUPBOARD, Place.FRIDGE, TODAY, best_before=in_days(1), printed=True
    )
    assert moved == in_days(1)


def test_long_life_milk_keeps_its_printed_date_in_the_fridge() -> None:
    assert after_move(
        Category.MILK, Place.CUPBOARD, Place.FRIDGE, TODAY, best_before=in_days(80), printed=True
    ) == in_days(80)


def test_meat_taken_out_of_the_fridge_is_good_for_the_same_day() -> None:
    assert (
        after_move(Category.MEAT, Place.FRIDGE, Place.CUPBOARD, TODAY, best_before=in_days(3), printed=True)
        == TODAY
    )


def test_what_had_no_date_gets_one_where_its_kind_has_one() -> None:
    assert after_move(Category.MUSHROOMS, Place.CUPBOARD, Place.FRIDGE, TODAY, best_before=None) == in_days(3)
    assert after_move(Category.OTHER, Place.CUPBOARD, Place.FRIDGE, TODAY, best_before=None) is None


@given(categories, places, places, spans, st.booleans())
def test_no_move_makes_good_again_what_is_past_its_date(
    category: Category, source: Place, target: Place, past: int, printed: bool
) -> None:
    before = in_days(-1 - past)
    assert after_move(category, source, target, TODAY, best_before=before, printed=printed) == before


@given(categories, places, places, spans, st.booleans())
def test_only_cold_prolongs_a_life(
    category: Category, source: Place, target: Place, days: int, printed: bool
) -> None:
    before = in_days(days)
    after = after_move(category, source, target, TODAY, best_before=before, printed=printed)
    assert after is not None
    assert after >= TODAY
    colder = [Place.CUPBOARD, Place.FRIDGE, Place.FREEZER]
    if colder.index(target) <= colder.index(source):
        assert after <= before
    else:
        assert after >= before


@given(st.sampled_from(sorted(PERISHABLE)), spans, st.integers(0, 30), st.booleans())
def test_what_was_frozen_and_thawed_is_good_for_a_few_days_at_most(
    category: Category, days: int, frozen_for: int, printed: bool
) -> None:
    frozen = after_move(
        category, Place.FRIDGE, Place.FREEZER, TODAY, best_before=in_days(days), printed=printed
    )
    on = in_days(frozen_for)
    thawed = after_move(category, Place.FREEZER, Place.FRIDGE, on, best_before=frozen)
    assert frozen is not None
    assert thawed is not None
    assert thawed <= frozen
    assert frozen < on or thawed <= on + timedelta(days=3)


@given(categories, spans, st.booleans())
def test_what_stood_uncooled_does_not_gain_by_the_cold(category: Category, days: int, printed: bool) -> None:
    cooled = best_before(category, Place.FRIDGE, TODAY)
    on = in_days(min(days, 3))
    warm = after_move(category, Place.FRIDGE, Place.CUPBOARD, on, best_before=cooled, printed=printed)
    for place in (Place.FRIDGE, Place.FREEZER):
        back = after_move(category, Place.CUPBOARD, place, on, best_before=warm)
        assert lasts(category, Place.CUPBOARD) != 0 or back == warm
