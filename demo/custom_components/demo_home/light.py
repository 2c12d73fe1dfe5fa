"""The lights of the demo home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.light import ATTR_BRIGHTNESS, ColorMode, LightEntity, LightEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.home import Home, Light

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DemoLightDescription(LightEntityDescription):
    """A light."""

    device: str
    light: Callable[[Home], Light]


LIGHTS = (
    DemoLightDescription(key="light", device="bedroom_light", light=lambda home: home.bedroom_light),
    DemoLightDescription(key="light", device="kitchen_light", light=lambda home: home.kitchen_light),
    DemoLightDescription(key="light", device="hall_light", light=lambda home: home.hall_light),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the lights."""
    async_add_entities(DemoLight(entry.runtime_data, description) for description in LIGHTS)


class DemoLight(DemoEntity, LightEntity):
    """A dimmable light."""

    entity_description: DemoLightDescription
    _attr_color_mode = ColorMode.BRIGHTNESS

    def __init__(self, simulation: Simulation, description: DemoLightDescription) -> None:
        """Take which light it is."""
        super().__init__(simulation, description.device, description)
        self._attr_supported_color_modes = {ColorMode.BRIGHTNESS}

    @override
    def show(self) -> tuple[bool, int]:
        """Return whether it shines, and how brightly."""
        light = self.entity_description.light(self.home)
        return light.on, light.brightness

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it shines."""
        return self.show()[0]

    @property
    @override
    def brightness(self) -> int:
        """Return how brightly it shines, from 1 to 255."""
        return self.show()[1]

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let it shine."""
        light = self.entity_description.light(self.home)
        light.on, light.brightness = True, kwargs.get(ATTR_BRIGHTNESS, light.brightness)
        self._simulation.changed()

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Put it out."""
        self.entity_description.light(self.home).on = False
        self._simulation.changed()
