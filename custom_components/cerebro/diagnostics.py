"""Diagnostics: what a report needs, without what tells who lives here."""

from __future__ import annotations

from typing import Any

from homeassistant.components.diagnostics import async_redact_data
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.device_registry import DeviceEntry

from .const import (
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_PHONE,
    CONF_TARGET,
    CONF_ZONE,
    DOMAIN,
)
from .core.routine.serial import to_json
from .managers import CerebroConfigEntry
from .managers.routine import RoutineManager

TO_REDACT = {
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_PHONE,
    CONF_TARGET,
    CONF_ZONE,
    "actions",
    "media_content_id",
    "media_metadata",
    "message",
    "name",
}
"""What tells who lives here, where, or what the user wrote themselves."""


async def async_get_config_entry_diagnostics(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
) -> dict[str, Any]:
    """Return the diagnostics of everything."""
    return {
        "roles": {role: len(refs) for role, refs in entry.data.get("roles", {}).items()},
        "options": dict(entry.options),
        "subentries": [
            {"type": subentry.subentry_type, "data": async_redact_data(dict(subentry.data), TO_REDACT)}
            for subentry in entry.subentries.values()
        ],
        "routines": [_routine(manager) for manager in _routines(entry).values()],
    }


async def async_get_device_diagnostics(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    device: DeviceEntry,
) -> dict[str, Any]:
    """Return the diagnostics of one routine, or of Cerebro itself."""
    ids = {identifier for domain, identifier in device.identifiers if domain == DOMAIN}
    meant = [manager for key, manager in _routines(entry).items() if ids & {key, entry.entry_id}]
    return {"routines": [_routine(manager) for manager in meant]}


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
