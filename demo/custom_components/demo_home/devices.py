"""The devices of the demo home: who made them, and in which room they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import floor_registry as fr
from homeassistant.helpers.device_registry import DeviceInfo

from .const import DOMAIN


class Make(NamedTuple):
    """What is known of a device."""

    area: str
    manufacturer: str
    model: str


DEVICES: Final[Mapping[str, Make]] = {
    "coffee_machine": Make("kitchen", "Moka & Fils", "Filter 12"),
    "shower": Make("bathroom", "Aquadotto", "Valve 15"),
    "bathroom_air": Make("bathroom", "Klima Kind", "TH-2"),
    "bathroom_leak": Make("bathroom", "Sentinella", "Drop"),
    "bed": Make("bedroom", "Sentinella", "Under the mattress"),
    "bedroom_motion": Make("bedroom", "Sentinella", "Eye"),
    "bathroom_motion": Make("bathroom", "Sentinella", "Eye"),
    "kitchen_motion": Make("kitchen", "Sentinella", "Eye"),
    "hall_motion": Make("hall", "Sentinella", "Eye"),
    "hall_smoke": Make("hall", "Sentinella", "Ember"),
    "front_door": Make("hall", "Sentinella", "Reed"),
    "bedroom_light": Make("bedroom", "Lumen", "A60"),
    "kitchen_light": Make("kitchen", "Lumen", "Panel"),
    "hall_light": Make("hall", "Lumen", "A60"),
    "bedroom_speaker": Make("bedroom", "Sonora", "Uno"),
    "kitchen_speaker": Make("kitchen", "Sonora", "Due"),
    "thermostat": Make("living_room", "Klima Kind", "R-1"),
    "fridge": Make("kitchen", "Polaris", "320"),
    "freezer": Make("kitchen", "Polaris", "90"),
    "scanner": Make("kitchen", "Lettore", "GM-1"),
    "kettle": Make("kitchen", "Moka & Fils", "Bollitore"),
    "garden_valve": Make("garden", "Aquadotto", "Valve 25"),
    "weather_mast": Make("garden", "Klima Kind", "Mast"),
}

AREAS: Final[Mapping[str, tuple[str, str | None]]] = {
    "kitchen": ("Kitchen", "ground"),
    "living_room": ("Living room", "ground"),
    "hall": ("Hall", "ground"),
    "bedroom": ("Bedroom", "first"),
    "bathroom": ("Bathroom", "first"),
    "garden": ("Garden", None),
}
FLOORS: Final[Mapping[str, tuple[str, int]]] = {"ground": ("Ground floor", 0), "first": ("First floor", 1)}

FRENCH: Final[Mapping[str, str]] = {
    "Kitchen": "Cuisine",
    "Living room": "Salon",
    "Hall": "Couloir",
    "Bedroom": "Chambre",
    "Bathroom": "Salle de bains",
    "Garden": "Jardin",
    "Ground floor": "Rez-de-chaussée",
    "First floor": "Premier étage",
}
"""What a French family calls its rooms: areas and floors are named by people, not by integrations."""


def device_info(key: str) -> DeviceInfo:
    """Return what an entity tells of its device."""
    make = DEVICES[key]
    return DeviceInfo(
        identifiers={(DOMAIN, key)}, translation_key=key, manufacturer=make.manufacturer, model=make.model
    )


def furnish(hass: HomeAssistant, entry: ConfigEntry) -> None:
    """Put the new devices into their rooms, as their owner does after they were found."""
    devices = dr.async_get(hass)
    for device in dr.async_entries_for_config_entry(devices, entry.entry_id):
        key = next(identifier for domain, identifier in device.identifiers if domain == DOMAIN)
        if device.area_id is None:
            devices.async_update_device(device.id, area_id=_area(hass, DEVICES[key].area).id)


def _area(hass: HomeAssistant, key: str) -> ar.AreaEntry:
    areas = ar.async_get(hass)
    english, floor = AREAS[key]
    name = _called(hass, english)
    if (area := areas.async_get_area_by_name(name)) is None:
        floor_id = None if floor is None else _floor(hass, floor).floor_id
        area = areas.async_create(name, floor_id=floor_id)
    return area


def _floor(hass: HomeAssistant, key: str) -> fr.FloorEntry:
    floors = fr.async_get(hass)
    english, level = FLOORS[key]
    name = _called(hass, english)
    return floors.async_get_floor_by_name(name) or floors.async_create(name, level=level)


def _called(hass: HomeAssistant, english: str) -> str:
    return FRENCH[english] if hass.config.language.startswith("fr") else english
