"""What the demo home notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.home import ROOMS, Fault, Home

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DemoBinarySensorDescription(BinarySensorEntityDescription):
    """A binary sensor of a device."""

    device: str
    is_on: Callable[[Home], bool]
    alone: bool = False
    """Whether it is all that its device is: it bears the device's name."""


def _motion(room: str) -> DemoBinarySensorDescription:
    return DemoBinarySensorDescription(
        key="motion",
        device=f"{room}_motion",
        is_on=lambda home: home.motion(room),
        device_class=BinarySensorDeviceClass.MOTION,
        alone=True,
    )


BINARY_SENSORS = (
    DemoBinarySensorDescription(
        key="occupancy",
        device="bed",
        is_on=lambda home: home.bed_occupied,
        translation_key="bed_occupancy",
        device_class=BinarySensorDeviceClass.OCCUPANCY,
    ),
    *(_motion(room) for room in ROOMS),
    DemoBinarySensorDescription(
        key="door",
        device="front_door",
        is_on=lambda home: home.front_door_open,
        device_class=BinarySensorDeviceClass.DOOR,
        alone=True,
    ),
    DemoBinarySensorDescription(
        key="door",
        device="fridge",
        is_on=lambda home: home.fridge_open,
        device_class=BinarySensorDeviceClass.DOOR,
    ),
    DemoBinarySensorDescription(
        key="water_empty",
        device="coffee_machine",
        is_on=lambda home: Fault.WATER_EMPTY in home.faults,
        translation_key="water_empty",
        device_class=BinarySensorDeviceClass.PROBLEM,
    ),
    DemoBinarySensorDescription(
        key="leak",
        device="bathroom_leak",
        is_on=lambda home: Fault.LEAK in home.faults,
        device_class=BinarySensorDeviceClass.MOISTURE,
        alone=True,
    ),
    DemoBinarySensorDescription(
        key="smoke",
        device="hall_smoke",
        is_on=lambda home: Fault.SMOKE in home.faults,
        device_class=BinarySensorDeviceClass.SMOKE,
        alone=True,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the binary sensors."""
    async_add_entities(DemoBinarySensor(entry.runtime_data, description) for description in BINARY_SENSORS)


class DemoBinarySensor(DemoEntity, BinarySensorEntity):
    """A binary sensor."""

    entity_description: DemoBinarySensorDescription

    def __init__(self, simulation: Simulation, description: DemoBinarySensorDescription) -> None:
        """Take what it notices."""
        super().__init__(simulation, description.device, description)
        if description.alone:
            self._attr_name = None

    @override
    def show(self) -> bool:
        """Return whether it is on."""
        return self.entity_description.is_on(self.home)

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it is on."""
        return self.show()
