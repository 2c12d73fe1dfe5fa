"""What Open Food Facts answers is taken for what it is: anybody's word."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.exchange.open_food_facts import (
    Found,
    fields,
    from_data,
    read,
    to_data,
)
from custom_components.cerebro.core.pantry.quantity import Amount

from .homes import refusal

SPREAD: dict[str, Any] = {
    "code": "3017620422003",
    "status": 1,
    "status_verbose": "product found",
    "product": {
        "code": "3017620422003",
        "product_name": "Nutella",
        "product_name_en": "Hazelnut spread",
        "product_name_fr": "Pâte à tartiner aux noisettes",
        "generic_name": "",
        "brands": "Ferrero, Nutella",
        "quantity": "400 g",
        "product_quantity": "400",
        "product_quantity_unit": "g",
        "categories_tags": ["en:breakfasts", "en:spreads", "xx:never-heard-of"],
    },
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def found(**product: Any) -> Found | None:
    return read({"status": 1, "product": {"product_name": "Thing"} | product})


def amount_of(**product: Any) -> Amount | None:
    one = found(**product)
    assert one is not None
    return one.amount


def test_a_product_is_read_with_its_names_brand_amount_and_category() -> None:
    assert read(SPREAD) == Found(
        name="Nutella",
        names={"en": "Hazelnut spread", "fr": "Pâte à tartiner aux noisettes"},
        brand="Ferrero",
        amount=Amount(value=400.0, unit="g"),
        category=Category.SPREADS,
    )


def test_it_is_called_as_in_the_language_of_the_home_and_otherwise_besides() -> None:
    spread = read(SPREAD, language="fr")
    assert spread is not None
    assert spread.name == "Pâte à tartiner aux noisettes"
    assert spread.aliases == ("Hazelnut spread",)


def test_a_home_of_another_language_has_its_own_name_for_it() -> None:
    assert "product_name_de" in fields("de-CH")
    product = SPREAD["product"] | {"product_name_de": "Brotaufstrich"}
    spread = read(SPREAD | {"product": product}, language="de-CH")
    assert spread is not None
    assert spread.name == "Brotaufstrich"
    assert spread.aliases == ("Hazelnut spread", "Pâte à tartiner aux noisettes")


def test_the_third_version_of_the_api_is_read_as_well() -> None:
    answer = SPREAD | {"status": "success_with_warnings", "result": {"id": "product_found"}}
    assert read(answer) == read(SPREAD)


@pytest.mark.parametrize(
    "answer",
    [
        {"code": "0", "status": 0, "status_verbose": "product not found"},
        {"status": "failure", "result": {"id": "product_not_found"}, "product": {}},
        {"status": 1, "product": {}},
        {"status": 1, "product": {"brands": "Nobody"}},
    ],
)
def test_what_is_not_known_there_is_nothing(answer: dict[str, Any]) -> None:
    assert read(answer) is None


@pytest.mark.parametrize("answer", [None, [], "", 5, {"status": 1, "product": "x"}])
def test_what_is_no_answer_is_refused(answer: Any) -> None:
    with pytest.raises(PantryError) as refused:
        read(answer)
    assert refused.value.key == "open_food_facts_unreadable"


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("500 g", 500, "g"),
        ("1,5 L", 1.5, "L"),
        ("6 x 33 cl", 1980, "mL"),
        ("6\u00d725cl e", 1500, "mL"),
        ("12 fl. oz (355 ml)", 12, "fl. oz."),
        ("net 1.2kg", 1.2, "kg"),
    ],
)
def test_an_amount_is_read_off_the_package(written: str, value: float, unit: str) -> None:
    amount = amount_of(quantity=written)
    assert amount is not None
    assert (amount.value, amount.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize("written", ["", "a box", "0 g", "5 zz", "99999999999 kg", 500, None, ["5 g"]])
def test_what_is_no_amount_is_none(written: Any) -> None:
    assert amount_of(quantity=written) is None


@pytest.mark.parametrize("value", [True, -5, 0, "1e400", float("inf"), float("nan"), "x", {}, 10**400])
def test_an_amount_that_makes_no_sense_is_not_believed(value: Any) -> None:
    assert amount_of(product_quantity=value, product_quantity_unit="g") is None


@pytest.mark.parametrize(
    ("tags", "category"),
    [
        (["en:meats", "en:liver-pates"], Category.COLD_CUTS),
        (["fr:pates-a-tartiner"], Category.SPREADS),
        (["en:pastas", "en:fresh-pastas"], Category.READY_MEALS),
        (["en:meals", "en:pasta-dishes"], Category.READY_MEALS),
        (["en:dairies", "en:milks", "en:semi-skimmed-milks"], Category.MILK),
        (["en:dairies", "en:cheeses", "en:soft-cheeses", "en:camemberts"], Category.SOFT_CHEESE),
        (["en:seafood", "en:fishes", "en:canned-foods", "en:canned-tunas"], Category.CANNED),
        (["en:seafood", "en:frozen-foods", "en:frozen-fishes"], Category.FROZEN_MEALS),
        (["en:frozen-foods", "en:frozen-desserts", "en:ice-creams-and-sorbets"], Category.ICE_CREAM),
        (["en:frozen-foods", "en:frozen-vegetables", "en:garden-peas"], Category.FROZEN_VEGETABLES),
        (["en:beverages", "en:plant-based-milk-alternatives", "en:oat-based-drinks"], Category.PLANT_MILK),
        (["en:sweet-snacks", "en:biscuits", "en:petit-beurre"], Category.SWEETS),
        (["en:dairies", "en:baby-foods", "en:baby-milks"], Category.BABY_FOOD),
        (["xx:unheard-of", 5, None, "en"], None),
        ("en:milks", None),
    ],
)
def test_its_kind_is_how_it_is_kept_else_what_it_is(tags: Any, category: Category | None) -> None:
    one = found(categories_tags=tags)
    assert one is not None
    assert one.category is category


@pytest.mark.parametrize(
    ("brands", "brand"),
    [("A, B", "A"), (["C", "D"], "C"), ([], None), ([5], None), ("", None), (" , x", None)],
)
def test_the_first_brand_is_the_brand(brands: Any, brand: str | None) -> None:
    one = found(brands=brands)
    assert one is not None
    assert one.brand == brand


def test_a_huge_name_is_cut_and_a_huge_list_of_categories_not_gone_through() -> None:
    one = found(product_name="x" * 10**6, categories_tags=["en:thing"] * 10**6 + ["en:spreads"])
    assert one is not None
    assert len(one.name) < 200
    assert one.category is None


@given(JSON)
def test_no_answer_whatever_brings_it_down(answer: Any) -> None:
    assert refusal(lambda: read(answer)) in {None, "open_food_facts_unreadable"}


@given(st.fixed_dictionaries({"product": st.dictionaries(st.sampled_from(fields()), JSON)}))
def test_no_product_whatever_brings_it_down_and_what_is_kept_comes_back(answer: dict[str, Any]) -> None:
    one = read(answer)
    if one is not None:
        assert from_data(to_data(one)) == one
