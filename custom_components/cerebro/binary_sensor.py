"""Binary sensors: a door that is open for too long."""

from __future__ import annotations

from typing import override

from homeassistant.components.binary_sensor import (
    BinarySensorDeviceClass,
    BinarySensorEntity,
    BinarySensorEntityDescription,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import PantryEntity
from .managers import CerebroConfigEntry
from .managers.pantry.settings import PantrySetup

PARALLEL_UPDATES = 0

DOOR = BinarySensorEntityDescription(
    key="door_open_too_long",
    translation_key="door_open_too_long",
    device_class=BinarySensorDeviceClass.PROBLEM,
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a sensor for each pantry whose door tells whether it is open, as they come."""
    cerebro = entry.runtime_data

    def add(setup: PantrySetup) -> None:
        async_add_entities(
            [DoorSensor(cerebro, setup.pantry.pantry_id, setup.pantry.name, DOOR)],
            config_subentry_id=setup.pantry.pantry_id,
        )

    cerebro.pantry.places.each_door.each(add)


class DoorSensor(PantryEntity, BinarySensorEntity):
    """Whether the door of a pantry was left open."""

    @property
    @override
    def is_on(self) -> bool | None:
        """Whether it is open for longer than it should be; unknown while the door tells nothing."""
        return None if self.fridge is None else self.fridge.door_open_too_long

    @property
    @override
    def available(self) -> bool:
        """Whether the door tells anything."""
        return self.fridge is not None and self.fridge.door_open_too_long is not None
