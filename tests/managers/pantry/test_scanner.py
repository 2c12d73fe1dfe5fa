"""Codes become changes of the stock."""

from __future__ import annotations

from homeassistant.exceptions import ServiceValidationError
import pytest

from ...kitchen import Kitchen

CODE = "3017620422003"
GTIN = "03017620422003"
OTHER = "4006381333931"


async def async_named(kitchen: Kitchen, **more: object) -> None:
    """Scan a spread that nobody knew, and say what it is."""
    await kitchen.async_act("scan", code=CODE, name="Hazelnut spread", pantry="Cupboard", **more)


async def test_a_code_is_named_once_and_known_from_then_on(kitchen: Kitchen) -> None:
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("scan", code=CODE)
    assert refused.value.translation_key == "name_needed"
    await async_named(kitchen)
    await kitchen.async_reboot()
    (spread,) = (await kitchen.async_act("scan", code=f"]E0{CODE}"))["products"]
    assert (spread["product"], spread["amount"]) == ("Hazelnut spread", 2)


async def test_a_code_for_a_product_that_is_known_by_name_becomes_its_own(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Hazelnut spread", amount=1, pantry="Cupboard")
    await async_named(kitchen)
    assert len(kitchen.pantry.books.stock.products) == 1
    product = kitchen.pantry.scanner.product(CODE)
    assert product is not None
    assert product.barcodes == (GTIN,)


async def test_the_date_and_the_batch_that_a_code_carries_are_those_of_the_lot(kitchen: Kitchen) -> None:
    await async_named(kitchen)
    answer = await kitchen.async_act("scan", code=f"]C101{GTIN}10L42\x1d17270131")
    dated = [lot for lot in answer["products"][0]["lots"] if lot["best_before"] == "2027-01-31"]
    assert [(lot["printed"], lot["amount"]) for lot in dated] == [(True, 1)]
    assert {lot.batch for lot in kitchen.pantry.books.stock.all_there()} == {None, "L42"}


async def test_a_date_that_is_said_goes_before_the_one_in_the_code(kitchen: Kitchen) -> None:
    await async_named(kitchen, best_before="2027-03-01")
    assert [str(lot.best_before) for lot in kitchen.pantry.books.stock.all_there()] == ["2027-03-01"]


async def test_what_a_code_weighs_and_costs_is_the_amount_and_the_price(kitchen: Kitchen) -> None:
    code = f"(01){GTIN}(3103)000750(3922)450"
    (cheese,) = (await kitchen.async_act("scan", code=code, name="Comté cheese"))["products"]
    assert (cheese["amount"], cheese["unit"]) in {(0.75, "kg"), (750, "g")}
    assert cheese["lots"][0]["value"] == 4.5


@pytest.mark.parametrize(("mode", "left"), [("use", 2), ("waste", 2), ("open", 3)])
async def test_a_scan_uses_wastes_or_opens_one(kitchen: Kitchen, mode: str, left: int) -> None:
    await async_named(kitchen, amount=3)
    answer = await kitchen.async_act("scan", code=CODE, mode=mode)
    (spread,) = answer["products"]
    assert spread["amount"] == left
    assert [lot["opened_on"] for lot in spread["lots"] if lot["opened_on"]] == (
        ["2026-11-24"] if mode == "open" else []
    )


async def test_the_last_one_is_not_used_twice(kitchen: Kitchen) -> None:
    await async_named(kitchen)
    await kitchen.async_act("scan", code=CODE, mode="use")
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("scan", code=CODE, mode="use")
    assert refused.value.translation_key == "nothing_there"


async def test_what_a_shop_weighs_is_the_same_article_at_every_weight(kitchen: Kitchen) -> None:
    await kitchen.async_act("scan", code="2412345012347", name="Ham")
    await kitchen.async_act("scan", code="2412345098761")
    assert len(kitchen.pantry.books.stock.products) == 1


async def test_a_code_of_one_product_is_not_given_to_another(kitchen: Kitchen) -> None:
    await async_named(kitchen)
    await kitchen.async_act("scan", code=OTHER, name="Flour", pantry="Cupboard")
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("set_product", product="Flour", barcodes=[OTHER, CODE])
    assert refused.value.translation_key
    product = kitchen.pantry.scanner.product(CODE)
    assert product is not None
    assert product.name == "Hazelnut spread"
