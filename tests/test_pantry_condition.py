"""The condition on the stock, checked by Home Assistant’s own engine."""

from __future__ import annotations

from homeassistant.core import HomeAssistant
from homeassistant.helpers import condition as conditions
import pytest
import voluptuous as vol

from custom_components.cerebro.const import DOMAIN

from .kitchen import Kitchen


async def async_in_stock(hass: HomeAssistant, product: str) -> bool:
    """Return whether the condition holds, as an automation would find."""
    config = {"condition": f"{DOMAIN}.product_in_stock", "options": {"product": product}}
    validated = await conditions.async_validate_condition_config(hass, config)
    checker = await conditions.async_from_config(hass, validated)
    try:
        return bool(checker.async_check())
    finally:
        checker.async_unload()


async def test_a_product_is_in_stock_from_when_it_is_bought_until_it_is_used_up(kitchen: Kitchen) -> None:
    assert not await async_in_stock(kitchen.hass, "Milk")
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    assert await async_in_stock(kitchen.hass, "milk")
    await kitchen.async_act("use_stock", product="Milk", amount=1, unit="L")
    assert not await async_in_stock(kitchen.hass, "Milk")


@pytest.mark.parametrize("named", ["café", "Cafe", "3017620422003"])
async def test_a_product_is_meant_by_its_alias_or_its_barcode_as_well(kitchen: Kitchen, named: str) -> None:
    await kitchen.async_act("add_stock", product="Coffee", amount=500, unit="g")
    await kitchen.async_act("set_product", product="Coffee", aliases=["café"], barcodes=["3017620422003"])
    assert await async_in_stock(kitchen.hass, named)


async def test_while_cerebro_is_not_set_up_nothing_is_in_stock(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    assert not await async_in_stock(kitchen.hass, "Milk")


async def test_a_product_has_to_be_named(kitchen: Kitchen) -> None:
    with pytest.raises(vol.Invalid):
        await conditions.async_validate_condition_config(
            kitchen.hass, {"condition": f"{DOMAIN}.product_in_stock", "options": {}}
        )
