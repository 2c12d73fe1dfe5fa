"""Entities as forms name them, by entity id, and as Cerebro keeps them, by registry id.

A registry id survives a rename.
"""

from __future__ import annotations

from collections.abc import Iterable

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from ..managers.home import resolve


@callback
def kept(hass: HomeAssistant, entity_ids: str | Iterable[str] | None) -> list[str]:
    """Return the references to keep of one or more entity ids."""
    registry = er.async_get(hass)
    entries = ((entity_id, registry.async_get(entity_id)) for entity_id in _as_list(entity_ids))
    return [entity_id if entry is None else entry.id for entity_id, entry in entries]


@callback
def kept_one(hass: HomeAssistant, entity_id: str | None) -> str | None:
    """Return the reference to keep of an entity id, or nothing."""
    return next(iter(kept(hass, entity_id)), None)


@callback
def shown(hass: HomeAssistant, references: str | Iterable[str] | None) -> list[str]:
    """Return the entity ids of references, leaving out those that name nothing any more."""
    return list(resolve(er.async_get(hass), _as_list(references)))


@callback
def shown_one(hass: HomeAssistant, reference: str | None) -> str | None:
    """Return the entity id of a reference, or nothing."""
    return next(iter(shown(hass, reference)), None)


@callback
def missing(hass: HomeAssistant, entity_ids: str | Iterable[str] | None) -> bool:
    """Return whether any entity id names nothing in this home."""
    registry = er.async_get(hass)
    return any(
        hass.states.get(entity_id) is None and registry.async_get(entity_id) is None
        for entity_id in _as_list(entity_ids)
    )


@callback
def called(hass: HomeAssistant, entity_id: str) -> str:
    """Return what an entity is called, else its id without its domain."""
    state = hass.states.get(entity_id)
    return entity_id.partition(".")[2] if state is None else state.name


def _as_list(given: str | Iterable[str] | None) -> list[str]:
    if given is None:
        return []
    return [given] if isinstance(given, str) else list(given)
