"""System health: a few figures for the system page."""

from __future__ import annotations

from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import get_system_health_info

from .home import Home
from .kitchen import Kitchen


async def test_it_counts_routines_runs_and_mornings(home: Home) -> None:
    assert await async_setup_component(home.hass, "system_health", {})
    await home.async_settle()
    assert await get_system_health_info(home.hass, "cerebro") == {
        "routines": 1,
        "runs_under_way": 0,
        "mornings_known": 0,
        "pantries": 0,
        "products_in_stock": 0,
        "lots_in_stock": 0,
        "pantry_changes": 0,
        "open_food_facts": False,
    }
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert (await get_system_health_info(home.hass, "cerebro"))["runs_under_way"] == 1
    await home.async_act("stop")
    await home.async_pass(1)
    assert (await get_system_health_info(home.hass, "cerebro"))["mornings_known"] == 1
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert await get_system_health_info(home.hass, "cerebro") == {"routines": 0}


async def test_it_counts_what_is_in_the_pantries_and_says_whether_codes_are_looked_up(
    new_kitchen: Kitchen,
) -> None:
    new_kitchen.options = {"open_food_facts": True}
    kitchen = await new_kitchen.async_move_in()
    assert await async_setup_component(kitchen.hass, "system_health", {})
    for day in ("2026-11-26", "2026-11-28"):
        await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before=day)
    await kitchen.async_act("use_stock", product="Milk", amount=250, unit="mL")
    told = await get_system_health_info(kitchen.hass, "cerebro")
    assert {
        key: told[key] for key in told if key not in {"routines", "runs_under_way", "mornings_known"}
    } == {
        "pantries": 3,
        "products_in_stock": 1,
        "lots_in_stock": 2,
        "pantry_changes": 3,
        "open_food_facts": True,
    }
