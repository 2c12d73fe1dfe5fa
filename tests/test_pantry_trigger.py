"""The triggers on pantries, run by Home Assistant’s own engine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from pytest_homeassistant_custom_component.common import async_capture_events

from custom_components.cerebro.const import DOMAIN

from .automations import async_automate
from .kitchen import DOOR, Kitchen

PANTRY = "event.cerebro_pantry"
FRIDGE = "event.fridge_change"
TOLD = ("event_type", "product", "best_before", "reason", "since")


async def async_listen(kitchen: Kitchen, key: str, target: str = PANTRY, **options: Any) -> list[Any]:
    """Load an automation with a trigger, and return what will start it."""
    told = {name: f"{{{{ trigger.{name} }}}}" for name in TOLD}
    await async_automate(
        kitchen.hass,
        listener={
            "triggers": [{"trigger": f"{DOMAIN}.{key}", "target": {"entity_id": target}, "options": options}],
            "actions": [{"event": "heard", "event_data": told}],
            "mode": "queued",
        },
    )
    return async_capture_events(kitchen.hass, "heard")


async def async_use_below_the_minimum(kitchen: Kitchen, product: str) -> None:
    """Use more of a product than should be used before it is bought again."""
    await kitchen.async_act("add_stock", product=product, amount=500, unit="g", pantry="Cupboard")
    await kitchen.async_act("set_product", product=product, minimum=250)
    await kitchen.async_act("use_stock", product=product, amount=300)


async def test_a_product_that_becomes_low_tells_once(kitchen: Kitchen) -> None:
    heard = await async_listen(kitchen, "product_became_low")
    await async_use_below_the_minimum(kitchen, "Coffee")
    await kitchen.async_act("use_stock", product="Coffee", amount=50)
    assert [one.data["product"] for one in heard] == ["Coffee"]


async def test_only_the_product_that_is_waited_for_tells(kitchen: Kitchen) -> None:
    heard = await async_listen(kitchen, "product_became_low", product="Tea")
    await async_use_below_the_minimum(kitchen, "Coffee")
    assert heard == []
    await async_use_below_the_minimum(kitchen, "Tea")
    assert [one.data["product"] for one in heard] == ["Tea"]


async def test_two_products_that_go_off_soon_tell_each_for_itself(kitchen: Kitchen) -> None:
    heard = await async_listen(kitchen, "product_goes_off_soon")
    for product in ("Yogurt", "Cream"):
        await kitchen.async_act("add_stock", product=product, amount=1, best_before="2026-11-30")
    await kitchen.async_pass(timedelta(days=4), step=timedelta(hours=1))
    assert sorted(one.data["product"] for one in heard) == ["Cream", "Yogurt"]
    assert {one.data["best_before"] for one in heard} == {"2026-11-30"}
    assert all(one.data["reason"] for one in heard)


async def test_a_door_that_is_left_open_tells_since_when(kitchen: Kitchen) -> None:
    heard = await async_listen(kitchen, "pantry_door_left_open", FRIDGE)
    kitchen.hass.states.async_set(DOOR, "on", {"device_class": "door"})
    await kitchen.hass.async_block_till_done()
    assert heard == []
    await kitchen.async_pass(timedelta(minutes=15), step=timedelta(minutes=1))
    assert [(one.data["event_type"], one.data["since"]) for one in heard] == [
        ("door_left_open", "2026-11-24T09:00:00+01:00")
    ]
