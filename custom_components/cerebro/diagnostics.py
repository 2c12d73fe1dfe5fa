"""Diagnostics: what a report needs, without what tells who lives here."""

from __future__ import annotations

from collections import Counter
from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .const import (
    CONF_AI_TASK,
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_DOOR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_PHONE,
    CONF_SCANNERS,
    CONF_TARGET,
    CONF_TEMPERATURE,
    CONF_ZONE,
    DOMAIN,
)
from .core.routine.serial import to_json
from .managers import CerebroConfigEntry
from .managers.pantry.manager import PantryManager
from .managers.routine import RoutineManager

TO_REDACT = {
    CONF_AI_TASK,
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_DOOR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_PHONE,
    CONF_SCANNERS,
    CONF_TARGET,
    CONF_TEMPERATURE,
    CONF_ZONE,
    "actions",
    "media_content_id",
    "media_metadata",
    "message",
    "name",
    "needs",
}
"""What tells who lives here, where, or what the user wrote themselves."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
) -> dict[str, Any]:
    """Return the diagnostics of everything."""
    return {
        "roles": {role: len(refs) for role, refs in entry.data.get("roles", {}).items()},
        "options": async_redact_data(dict(entry.options), TO_REDACT),
        "subentries": [
            {"type": subentry.subentry_type, "data": async_redact_data(dict(subentry.data), TO_REDACT)}
            for subentry in entry.subentries.values()
        ],
        "routines": [_routine(manager) for manager in _routines(entry).values()],
        "pantry": _pantry(entry.runtime_data.pantry) if entry.state is ConfigEntryState.LOADED else None,
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    device: DeviceEntry,
) -> dict[str, Any]:
    """Return the diagnostics of one routine, of the pantries, or of all that Cerebro does."""
    ids = {identifier for domain, identifier in device.identifiers if domain == DOMAIN}
    told: dict[str, Any] = {
        "routines": [
            _routine(manager) for key, manager in _routines(entry).items() if ids & {key, entry.entry_id}
        ]
    }
    if entry.state is ConfigEntryState.LOADED:
        pantry = entry.runtime_data.pantry
        if ids & {entry.entry_id, *pantry.places.pantries, *pantry.places.shops}:
            told["pantry"] = _pantry(pantry)
    return told


def _routines(entry: CerebroConfigEntry) -> dict[str, RoutineManager]:
    """Return the routines of an entry; one that is not loaded has none, and is what a report is about."""
    return entry.runtime_data.routines if entry.state is ConfigEntryState.LOADED else {}


def _routine(manager: RoutineManager) -> dict[str, Any]:
    knowledge, plan = manager.knowledge, manager.plan
    return {
        "status": manager.status,
        "next_wake": None if manager.next_wake is None else manager.next_wake.isoformat(),
        "run": None if manager.run is None else to_json(manager.run),
        "last_run": None if manager.last_run is None else to_json(manager.last_run),
        "plan": None
        if plan is None
        else [
            {"step": cue.step_id, "start": cue.start.isoformat(), "why": cue.reason.key} for cue in plan.cues
        ],
        "unavailable": {role: not manager.home.reachable(role) for role in sorted(manager.home.bound)},
        "mornings_known": len(knowledge.mornings),
        "ready_known": {step: len(taken) for step, taken in knowledge.ready.items()},
    }


def _pantry(manager: PantryManager) -> dict[str, Any]:
    """Return how the pantries stand: how many of each, never which, nor what they cost."""
    stock, glance, items = manager.books.stock, manager.glance, manager.errands.shopping.items
    there = stock.all_there()
    return {
        "changes": stock.changes,
        "products": {"known": len(stock.products), "in_stock": glance.products, "low": len(glance.low)},
        "lots": {
            "ever": len(stock.lots),
            "in_stock": len(there),
            "dated": sum(lot.best_before is not None for lot in there),
            "soon_off": len(glance.soon_off),
            "past_date": len(glance.past_date),
        },
        "categories": dict(sorted(Counter(stock.products[lot.product_id].category for lot in there).items())),
        "drafts_waiting": len(manager.drafts.waiting),
        "list": dict(sorted(Counter(f"{item.status}_by_{item.origin}" for item in items).items())),
        "pantries": [
            {
                "place": setup.pantry.place,
                "lots": sum(lot.pantry_id == pantry_id for lot in there),
                "warm_hours": None if fridge is None else fridge.warm_hours,
                "door_open_too_long": None if fridge is None else fridge.door_open_too_long,
            }
            for pantry_id, setup in manager.places.pantries.items()
            for fridge in (manager.fridges[pantry_id],)
        ],
        "shops": [
            {
                "destination": shop.destination,
                "items": len(manager.errands.items_of(shop_id)),
                "has_slot": shop_id in manager.errands.slots,
            }
            for shop_id, shop in manager.places.shops.items()
        ],
    }
