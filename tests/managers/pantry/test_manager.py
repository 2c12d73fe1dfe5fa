"""What the pantry keeps is read again, left alone where it is newer, and put aside where it is damaged."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import Store
import pytest

from custom_components.cerebro.managers.pantry.ledger_file import LedgerFile

from ...kitchen import Kitchen

KEPT = ("pantry", "drafts", "open_food_facts", "shopping")
"""The stores of the pantry, besides its ledger."""
READING = Store._async_load
"""How Home Assistant reads a file, before the test core keeps files in memory."""


def issues(kitchen: Kitchen, domain: str) -> set[str]:
    """Return the kinds of issues of a domain that stand."""
    found = ir.async_get(kitchen.hass).issues.values()
    return {str(one.translation_key) for one in found if one.domain == domain and one.active}


@pytest.mark.parametrize("kept", KEPT)
async def test_what_a_newer_cerebro_kept_of_the_pantry_is_left_untouched_and_told(
    hass_storage: dict[str, Any], kitchen: Kitchen, kept: str
) -> None:
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    newer = hass_storage[f"cerebro.{kept}"] | {"version": 99}
    hass_storage[f"cerebro.{kept}"] = dict(newer)
    assert not await kitchen.hass.config_entries.async_setup(kitchen.entry.entry_id)
    assert kitchen.entry.state is ConfigEntryState.SETUP_ERROR
    assert kitchen.entry.error_reason_translation_key == "storage_newer"
    assert issues(kitchen, "cerebro") == {"storage_newer"}
    await kitchen.async_pass(timedelta(days=1))
    assert hass_storage[f"cerebro.{kept}"] == newer
    hass_storage[f"cerebro.{kept}"] = newer | {"version": 1}
    await kitchen.async_reboot()
    assert issues(kitchen, "cerebro") == set()


@pytest.mark.parametrize("kept", KEPT)
async def test_a_file_of_the_pantry_that_was_cut_off_is_kept_aside_and_the_rest_goes_on(
    kitchen: Kitchen, kept: str
) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    path = Path(kitchen.hass.config.path(".storage", f"cerebro.{kept}"))

    def cut_off() -> str:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text := '{"version": 1, "data": {"told"', encoding="utf-8")
        return text

    text = await kitchen.hass.async_add_executor_job(cut_off)
    with patch.object(Store, "_async_load", READING):
        assert await kitchen.hass.config_entries.async_setup(kitchen.entry.entry_id)
        await kitchen.hass.async_block_till_done()
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "1"
    assert issues(kitchen, "homeassistant") == {"storage_corruption"}

    def aside() -> list[str]:
        return [one.read_text("utf-8") for one in path.parent.glob(f"cerebro.{kept}.corrupt.*")]

    assert await kitchen.hass.async_add_executor_job(aside) == [text]


@pytest.mark.parametrize("kept", [*KEPT, "memory", "schedule", "decisions"])
@pytest.mark.parametrize(
    "senseless",
    [
        {"told": 7, "drafts": [{}], "products": {"1": {}}, "list": [], "occupants": [], "routines": 3}
        | {"decisions": [{"x": 1}]},
        {"told": {"low": [[]]}, "warmth": {"a": 5}, "presence": ["x"], "drafts": "abc", "unknown": {"1": 2}}
        | {"list": {"items": [{"uid": 1}]}, "occupants": {"a": 1}, "routines": {"a": {"once": {"x": "y"}}}}
        | {"decisions": 5, "products": []},
    ],
)
async def test_what_is_kept_and_makes_no_sense_is_put_aside_and_stops_nothing(
    hass_storage: dict[str, Any], kitchen: Kitchen, kept: str, senseless: dict[str, Any]
) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    hass_storage[f"cerebro.{kept}"] = {"version": 1, "key": f"cerebro.{kept}", "data": senseless}
    assert await kitchen.hass.config_entries.async_setup(kitchen.entry.entry_id)
    await kitchen.hass.async_block_till_done()
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "1"
    assert issues(kitchen, "cerebro") == {"store_damaged"}
    assert hass_storage[f"cerebro.{kept}_damaged"]["data"] == senseless


async def test_a_pantry_that_cannot_be_set_up_keeps_no_morning_from_going_on(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    with patch.object(LedgerFile, "_rows", side_effect=OSError("the disk is gone")):
        await kitchen.async_reboot()
    assert kitchen.entry.state is ConfigEntryState.LOADED
    assert issues(kitchen, "cerebro") == {"pantry_unusable"}
    with pytest.raises(HomeAssistantError) as refused:
        await kitchen.async_act("add_stock", product="Eggs", amount=1)
    assert refused.value.translation_key == "pantry_unusable"
    await kitchen.async_reboot()
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "1"
    assert issues(kitchen, "cerebro") == set()
