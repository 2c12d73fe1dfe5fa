"""What pages ask over the websocket."""

from __future__ import annotations

import asyncio
from typing import Any

from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from .kitchen import Kitchen


async def test_a_scanned_code_is_booked_and_answered(
    kitchen: Kitchen, hass_ws_client: WebSocketGenerator
) -> None:
    page = await hass_ws_client(kitchen.hass)
    await page.send_json_auto_id(
        {
            "type": "cerebro/pantry/scan",
            "code": "(01)04006381333931(17)261205(10)K26",
            "name": "Milk",
            "amount": 1,
            "unit": "L",
        }
    )
    answer = await page.receive_json()
    assert answer["success"]
    (milk,) = answer["result"]["products"]
    (lot,) = milk["lots"]
    assert (milk["product"], lot["best_before"], lot["printed"]) == ("Milk", "2026-12-05", True)


async def test_a_code_that_is_not_known_is_refused_with_what_a_page_needs_to_say_why(
    kitchen: Kitchen, hass_ws_client: WebSocketGenerator
) -> None:
    page = await hass_ws_client(kitchen.hass)
    await page.send_json_auto_id({"type": "cerebro/pantry/scan", "code": "4006381333931"})
    answer = await page.receive_json()
    error = answer["error"]
    assert error["code"] == "service_validation_error"
    assert (error["translation_domain"], error["translation_key"]) == ("cerebro", "name_needed")
    assert error["translation_placeholders"] == {"code": "4006381333931"}


async def test_the_stock_is_sent_at_once_and_after_each_change_until_nobody_looks(
    kitchen: Kitchen, hass_ws_client: WebSocketGenerator
) -> None:
    page = await hass_ws_client(kitchen.hass)
    await page.send_json_auto_id({"type": "cerebro/pantry/subscribe"})
    answer = await page.receive_json()
    assert answer["success"]
    assert await _products(page) == []
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    assert await _products(page) == ["Eggs"]
    listeners = len(kitchen.pantry.crier.household._listeners)
    await page.send_json_auto_id({"type": "unsubscribe_events", "subscription": answer["id"]})
    while (await page.receive_json())["type"] != "result":
        pass
    assert len(kitchen.pantry.crier.household._listeners) == listeners - 1


async def test_a_page_that_follows_the_stock_goes_on_when_cerebro_is_set_up_anew(
    kitchen: Kitchen, hass_ws_client: WebSocketGenerator
) -> None:
    page = await hass_ws_client(kitchen.hass)
    await page.send_json_auto_id({"type": "cerebro/pantry/subscribe"})
    answer = await page.receive_json()
    assert await _products(page) == []
    for there in (["Eggs"], ["Eggs", "Ham"]):
        left = kitchen.pantry
        await kitchen.async_reboot()
        assert not left.crier.household._listeners
        await kitchen.async_act("add_stock", product=there[-1], amount=6)
        async with asyncio.timeout(5):
            while await _products(page) != there:
                pass
    listeners = len(kitchen.pantry.crier.household._listeners)
    await page.send_json_auto_id({"type": "unsubscribe_events", "subscription": answer["id"]})
    while (await page.receive_json())["type"] != "result":
        pass
    assert len(kitchen.pantry.crier.household._listeners) == listeners - 1
    await kitchen.async_reboot()
    assert len(kitchen.pantry.crier.household._listeners) == listeners - 1


async def test_while_cerebro_is_not_loaded_a_page_is_told_so(
    kitchen: Kitchen, hass_ws_client: WebSocketGenerator
) -> None:
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    page = await hass_ws_client(kitchen.hass)
    for command in (
        {"type": "cerebro/pantry/subscribe"},
        {"type": "cerebro/pantry/scan", "code": "4006381333931"},
    ):
        await page.send_json_auto_id(command)
        assert (await page.receive_json())["error"]["translation_key"] == "not_loaded"


async def _products(page: Any) -> list[str]:
    """Return the names of the products in the next message."""
    message = await page.receive_json()
    assert message["type"] == "event"
    return [product["product"] for product in message["event"]["products"]]
