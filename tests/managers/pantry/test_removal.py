"""A home is handed over clean."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from ...kitchen import Kitchen


async def test_nothing_of_the_pantries_is_left_once_cerebro_is_removed(
    kitchen: Kitchen, hass_storage: dict[str, Any]
) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    await kitchen.async_act("read_in", text="6 eggs")
    assert await kitchen.hass.config_entries.async_unload(kitchen.entry.entry_id)
    hass_storage["cerebro.shopping"]["data"] = {"list": {"items": [{}]}}
    assert await kitchen.hass.config_entries.async_setup(kitchen.entry.entry_id)
    await kitchen.hass.async_block_till_done()
    folder = Path(kitchen.hass.config.path(".storage"))

    def kept() -> set[str]:
        files = {path.name for path in folder.glob("cerebro*")}
        return files | {key for key in hass_storage if key.startswith("cerebro")}

    before = await kitchen.hass.async_add_executor_job(kept)
    assert before >= {
        "cerebro.drafts",
        "cerebro.ledger",
        "cerebro.open_food_facts",
        "cerebro.pantry",
        "cerebro.shopping",
        "cerebro.shopping_damaged",
    }
    assert await kitchen.hass.config_entries.async_remove(kitchen.entry.entry_id)
    await kitchen.hass.async_block_till_done()
    assert await kitchen.hass.async_add_executor_job(kept) == set()


async def test_what_still_comes_to_the_list_once_cerebro_is_removed_is_not_written(
    kitchen: Kitchen, hass_storage: dict[str, Any]
) -> None:
    shopping = kitchen.pantry.errands.shopping
    assert await kitchen.hass.config_entries.async_remove(kitchen.entry.entry_id)
    shopping.add("milk")
    await shopping.async_flush()
    await kitchen.async_pass(timedelta(minutes=1))
    assert not [key for key in hass_storage if key.startswith("cerebro")]
