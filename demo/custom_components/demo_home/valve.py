"""The water of the demo home."""

from __future__ import annotations

from typing import override

from homeassistant.components.valve import (
    ValveDeviceClass,
    ValveEntity,
    ValveEntityDescription,
    ValveEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.home import Fault

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry

PARALLEL_UPDATES = 0

SHOWER = ValveEntityDescription(
    key="valve", translation_key="valve", device_class=ValveDeviceClass.WATER, reports_position=False
)
GARDEN = ValveEntityDescription(key="valve", device_class=ValveDeviceClass.WATER, reports_position=False)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the valves."""
    simulation = entry.runtime_data
    async_add_entities(
        [ShowerValve(simulation, "shower", SHOWER), GardenValve(simulation, "garden_valve", GARDEN)]
    )


class ShowerValve(DemoEntity, ValveEntity):
    """The motor valve of the shower: it takes some seconds to move."""

    _attr_supported_features = ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE

    @override
    def show(self) -> tuple[bool, bool, bool]:
        """Return whether it opens, closes, is closed."""
        shower, stuck = self.home.shower, Fault.VALVE_STUCK in self.home.faults
        return (
            shower.wanted_open and shower.position < 1 and not stuck,
            not shower.wanted_open and shower.position > 0 and not stuck,
            shower.position == 0,
        )

    @property
    @override
    def is_opening(self) -> bool:
        """Return whether it opens."""
        return self.show()[0]

    @property
    @override
    def is_closing(self) -> bool:
        """Return whether it closes."""
        return self.show()[1]

    @property
    @override
    def is_closed(self) -> bool:
        """Return whether no water runs."""
        return self.show()[2]

    @override
    async def async_open_valve(self) -> None:
        """Let the water run."""
        self.home.shower.wanted_open = True
        self._simulation.changed()

    @override
    async def async_close_valve(self) -> None:
        """Shut the water."""
        self.home.shower.wanted_open = False
        self._simulation.changed()


class GardenValve(DemoEntity, ValveEntity):
    """The valve of the garden hose: no shower."""

    _attr_name = None
    _attr_supported_features = ValveEntityFeature.OPEN | ValveEntityFeature.CLOSE

    @override
    def show(self) -> bool:
        """Return whether it is open."""
        return self.home.garden_valve

    @property
    @override
    def is_closed(self) -> bool:
        """Return whether no water runs."""
        return not self.home.garden_valve

    @override
    async def async_open_valve(self) -> None:
        """Let the water run."""
        self.home.garden_valve = True
        self._simulation.changed()

    @override
    async def async_close_valve(self) -> None:
        """Shut the water."""
        self.home.garden_valve = False
        self._simulation.changed()
