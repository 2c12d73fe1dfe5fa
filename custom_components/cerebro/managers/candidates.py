"""What the registries know of each entity, for guessing what it is for."""

from __future__ import annotations

from collections.abc import Iterator

from homeassistant.components.mobile_app.const import DOMAIN as MOBILE_APP
from homeassistant.components.person import DOMAIN as PERSON
from homeassistant.const import (
    ATTR_DEVICE_CLASS,
    ATTR_FRIENDLY_NAME,
    ATTR_SUPPORTED_FEATURES,
    ATTR_UNIT_OF_MEASUREMENT,
)
from homeassistant.core import HomeAssistant, State, callback
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import label_registry as lr

from ..const import DOMAIN
from ..core.roles import EntityFacts, Guess, Role, guess

NEXT_ALARM = "next_alarm"
"""How the companion app calls the sensor of the phone's alarm clock."""


@callback
def facts_of(hass: HomeAssistant) -> list[EntityFacts]:
    """Return what is known of every entity but our own, by its registry id where it has one."""
    registry = er.async_get(hass)
    found = [_of_entry(hass, entry) for entry in registry.entities.values() if entry.platform != DOMAIN]
    unregistered = (state for state in hass.states.async_all() if state.entity_id not in registry.entities)
    return [*found, *(_of_state(state) for state in unregistered)]


@callback
def guess_roles(hass: HomeAssistant) -> dict[Role, list[Guess]]:
    """Return the entities that may have each role, the likeliest first."""
    return guess(facts_of(hass))


@callback
def phone_of(hass: HomeAssistant, person: str) -> str | None:
    """Return the device id of the phone that tracks a person."""
    state = hass.states.get(person)
    trackers = [] if state is None else state.attributes.get("device_trackers", [])
    registry = er.async_get(hass)
    entries = (registry.async_get(tracker) for tracker in trackers)
    return next(
        (entry.device_id for entry in entries if entry is not None and entry.platform == MOBILE_APP), None
    )


@callback
def next_alarm_of(hass: HomeAssistant, phone: str) -> str | None:
    """Return the sensor of a phone's next alarm."""
    entries = er.async_entries_for_device(er.async_get(hass), phone)
    return next((entry.entity_id for entry in entries if entry.unique_id.endswith(NEXT_ALARM)), None)


@callback
def persons(hass: HomeAssistant) -> list[str]:
    """Return the persons: those at home first, else in the order in which they were created."""
    states = hass.states.async_all(PERSON)
    return [state.entity_id for state in sorted(states, key=lambda state: state.state != "home")]


def _of_entry(hass: HomeAssistant, entry: er.RegistryEntry) -> EntityFacts:
    device = None if entry.device_id is None else dr.async_get(hass).async_get(entry.device_id)
    area_id = er.async_get_effective_area_id(hass, entry)
    area = None if area_id is None else ar.async_get(hass).async_get_area(area_id)
    return EntityFacts(
        ref=entry.id,
        entity_id=entry.entity_id,
        domain=entry.domain,
        name=entry.name or entry.original_name or "",
        device_class=entry.device_class or entry.original_device_class,
        unit=entry.unit_of_measurement,
        platform=entry.platform,
        device_id=entry.device_id,
        device_name="" if device is None else device.name_by_user or device.name or "",
        area_name="" if area is None else area.name,
        aliases=tuple(alias for alias in entry.aliases if isinstance(alias, str)),
        supported_features=entry.supported_features,
        labels=tuple(_labels(hass, entry, device)),
        category=entry.entity_category,
        hidden=entry.hidden,
        disabled=entry.disabled,
    )


def _labels(
    hass: HomeAssistant, entry: er.RegistryEntry, device: dr.DeviceEntry | dr.ChildDeviceEntry | None
) -> Iterator[str]:
    registry = lr.async_get(hass)
    for label_id in entry.labels | (set() if device is None else device.labels):
        if (label := registry.async_get_label(label_id)) is not None:
            yield label.name


def _of_state(state: State) -> EntityFacts:
    return EntityFacts(
        ref=state.entity_id,
        entity_id=state.entity_id,
        domain=state.domain,
        name=str(state.attributes.get(ATTR_FRIENDLY_NAME, "")),
        device_class=state.attributes.get(ATTR_DEVICE_CLASS),
        unit=state.attributes.get(ATTR_UNIT_OF_MEASUREMENT),
        supported_features=state.attributes.get(ATTR_SUPPORTED_FEATURES, 0),
    )
