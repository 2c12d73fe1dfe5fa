"""Sensors: where Cerebro and each routine is, and the next wake-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import SensorDeviceClass, SensorEntity, SensorEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import CerebroEntity, RoutineEntity
from .managers import Cerebro, CerebroConfigEntry
from .managers.routine import RoutineManager
from .managers.view import STATUSES, attributes_of, step_states

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoutineSensorDescription(SensorEntityDescription):
    """A sensor of a routine, with where its value comes from."""

    value: Callable[[RoutineManager], str | datetime | None]
    attributes: Callable[[RoutineManager], Mapping[str, Any] | None] = lambda _: None


MAIN = SensorEntityDescription(
    key="cerebro",
    name=None,
    translation_key="cerebro",
    device_class=SensorDeviceClass.ENUM,
    options=list(STATUSES),
)

ROUTINE_SENSORS: tuple[RoutineSensorDescription, ...] = (
    RoutineSensorDescription(
        key="status",
        translation_key="status",
        device_class=SensorDeviceClass.ENUM,
        options=list(STATUSES),
        value=lambda manager: manager.status,
        attributes=step_states,
    ),
    RoutineSensorDescription(
        key="next_wake",
        translation_key="next_wake",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda manager: manager.next_wake,
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of the entry and, as they come, of its routines."""
    cerebro = entry.runtime_data
    async_add_entities([CerebroSensor(cerebro, MAIN)])
    cerebro.each_routine(
        lambda manager: async_add_entities(
            [RoutineSensor(manager, description) for description in ROUTINE_SENSORS],
            config_subentry_id=manager.routine.routine_id,
        )
    )


class CerebroSensor(CerebroEntity, SensorEntity):
    """The orchestrator: where it is, what comes next, and why."""

    def __init__(self, cerebro: Cerebro, description: SensorEntityDescription) -> None:
        """Show the most urgent routine."""
        super().__init__(cerebro, description)
        self.entity_id = "sensor.cerebro"

    @property
    @override
    def native_value(self) -> str:
        """Where the most urgent routine is."""
        manager = self.cerebro.foremost
        return STATUSES[0] if manager is None else manager.status

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The routine, its step, its next cue, what it waits for, and the reason."""
        return attributes_of(self.cerebro.foremost)


class RoutineSensor(RoutineEntity, SensorEntity):
    """A sensor of a routine."""

    entity_description: RoutineSensorDescription

    @property
    @override
    def native_value(self) -> str | datetime | None:
        """The value, from the routine."""
        return self.entity_description.value(self.manager)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What goes along with the value."""
        return self.entity_description.attributes(self.manager)
