"""What all entities of the demo home have in common."""

from __future__ import annotations

from typing import override

from homeassistant.core import callback
from homeassistant.helpers.entity import Entity, EntityDescription

from demo.home import Home

from .const import DOMAIN
from .devices import device_info
from .simulation import Simulation


class DemoEntity(Entity):
    """An entity of a device of the home, shown again whenever what it shows has changed."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, simulation: Simulation, device: str, description: EntityDescription) -> None:
        """Take the home, the device, and what kind of entity it is."""
        self.entity_description = description
        self._simulation = simulation
        self._device = device
        self._shown: object = None
        self._attr_unique_id = f"{DOMAIN}_{device}_{description.key}"
        self._attr_device_info = device_info(device)
        if description.translation_key is None and description.device_class is None:
            self._attr_name = None

    @property
    def home(self) -> Home:
        """The home at this moment."""
        return self._simulation.home

    @property
    @override
    def available(self) -> bool:
        """Return whether the device is on the network."""
        return self.home.reachable(self._device)

    def show(self) -> object:
        """Return all that the entity shows: it is written again when that changed."""
        raise NotImplementedError

    @override
    async def async_added_to_hass(self) -> None:
        """Follow the home."""
        self._shown = (self.available, self.show())
        self.async_on_remove(self._simulation.listen(self._follow))

    @callback
    def _follow(self) -> None:
        shown = (self.available, self.show())
        if shown != self._shown:
            self._shown = shown
            self.async_write_ha_state()
