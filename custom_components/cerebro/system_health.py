"""System health: a few figures for the system page."""

from __future__ import annotations

from typing import Any

from homeassistant.components.system_health import SystemHealthRegistration
from homeassistant.core import HomeAssistant, callback

from .const import DOMAIN


@callback
def async_register(hass: HomeAssistant, register: SystemHealthRegistration) -> None:  # noqa: ARG001
    """Offer the figures."""
    register.async_register_info(_async_info)


async def _async_info(hass: HomeAssistant) -> dict[str, Any]:
    entries = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        return {"routines": 0}
    cerebro = entries[0].runtime_data
    pantry = cerebro.pantry
    return {
        "routines": len(cerebro.routines),
        "runs_under_way": sum(manager.run is not None for manager in cerebro.routines.values()),
        "mornings_known": sum(len(manager.knowledge.mornings) for manager in cerebro.routines.values()),
        "pantries": len(pantry.pantries),
        "products_in_stock": pantry.glance.products,
        "lots_in_stock": len(pantry.books.stock.all_there()),
        "pantry_changes": pantry.books.stock.changes,
        "open_food_facts": pantry.options.open_food_facts,
    }
