"""System health: a few figures for the system page."""

from __future__ import annotations

from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import get_system_health_info

from .home import Home


async def test_it_counts_routines_runs_and_mornings(home: Home) -> None:
    assert await async_setup_component(home.hass, "system_health", {})
    await home.async_settle()
    assert await get_system_health_info(home.hass, "cerebro") == {
        "routines": 1,
        "runs_under_way": 0,
        "mornings_known": 0,
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
