"""The actions of the demo home: for the demo, and for tests."""

from __future__ import annotations

from typing import Final

from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from demo.home import Fault, Place

from .const import DOMAIN
from .simulation import Simulation

FAULTS: Final = [fault.value for fault in Fault]
PLACES: Final = [place.value for place in Place]
WHO: Final = ["ada", "alan"]

START_MORNING: Final = vol.Schema({vol.Optional("day"): vol.All(vol.Coerce(int), vol.Range(min=0))})
SET_FAULT: Final = vol.Schema(
    {vol.Required("fault"): vol.In(FAULTS), vol.Optional("active", default=True): cv.boolean}
)
SCAN: Final = vol.Schema({vol.Required("code"): vol.All(cv.string, vol.Length(min=1, max=200))})
NOTHING: Final = vol.Schema({})
PLACE: Final = vol.Schema(
    {vol.Required("place"): vol.In(PLACES), vol.Optional("who", default="ada"): vol.In(WHO)}
)


def register_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    hass.services.async_register(DOMAIN, "start_morning", _start_morning, START_MORNING)
    hass.services.async_register(DOMAIN, "set_fault", _set_fault, SET_FAULT)
    hass.services.async_register(DOMAIN, "place", _place, PLACE)
    hass.services.async_register(DOMAIN, "open_fridge", _open_fridge, NOTHING)
    hass.services.async_register(DOMAIN, "close_fridge", _close_fridge, NOTHING)
    hass.services.async_register(DOMAIN, "scan", _scan, SCAN)


def _simulation(call: ServiceCall) -> Simulation:
    entries = call.hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_home")
    simulation: Simulation = entries[0].runtime_data
    return simulation


async def _start_morning(call: ServiceCall) -> None:
    """Put the resident to bed in the night before a morning: they wake up when an alarm rings."""
    simulation = _simulation(call)
    if not simulation.inhabited:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="nobody_lives_here")
    simulation.begin_morning(call.data.get("day", simulation.resident.day + 1))


async def _set_fault(call: ServiceCall) -> None:
    """Break something, or mend it."""
    simulation = _simulation(call)
    fault = Fault(call.data["fault"])
    if call.data["active"]:
        simulation.home.faults.add(fault)
    else:
        simulation.home.faults.discard(fault)
    simulation.changed()


async def _place(call: ServiceCall) -> None:
    """Put somebody somewhere: into bed, into a room, out of the house."""
    simulation = _simulation(call)
    simulation.home.move(call.data["who"], Place(call.data["place"]))
    simulation.changed()


async def _open_fridge(call: ServiceCall) -> None:
    """Leave the fridge open."""
    simulation = _simulation(call)
    simulation.home.fridge.left_open = True
    simulation.changed()


async def _close_fridge(call: ServiceCall) -> None:
    """Shut the fridge."""
    simulation = _simulation(call)
    simulation.home.fridge.left_open = False
    simulation.home.fridge.open_until = simulation.home.now
    simulation.changed()


async def _scan(call: ServiceCall) -> None:
    """Hold a code before the scanner."""
    _simulation(call).scan(call.data["code"])
