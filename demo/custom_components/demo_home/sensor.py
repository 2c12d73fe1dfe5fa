"""What the demo home measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import PERCENTAGE, EntityCategory, UnitOfPower, UnitOfTemperature, UnitOfVolume
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.cold import FREEZER, FRIDGE
from demo.home import DRY_AIR, OUTSIDE_C, Home

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DemoSensorDescription(SensorEntityDescription):
    """A sensor of a device."""

    device: str
    value: Callable[[Home], float]


def _to(value: float, step: float) -> float:
    """Return a value as a sensor of that resolution tells it."""
    return round(round(value / step) * step, 2)


def _temperature(
    key: str, device: str, value: Callable[[Home], float], *, name: str | None = None
) -> DemoSensorDescription:
    return DemoSensorDescription(
        key=key,
        device=device,
        value=value,
        translation_key=name,
        device_class=SensorDeviceClass.TEMPERATURE,
        native_unit_of_measurement=UnitOfTemperature.CELSIUS,
        state_class=SensorStateClass.MEASUREMENT,
    )


def _power(device: str, value: Callable[[Home], float]) -> DemoSensorDescription:
    return DemoSensorDescription(
        key="power",
        device=device,
        value=value,
        device_class=SensorDeviceClass.POWER,
        native_unit_of_measurement=UnitOfPower.WATT,
        state_class=SensorStateClass.MEASUREMENT,
    )


SENSORS = (
    _power("coffee_machine", lambda home: float(round(home.coffee.power_w))),
    DemoSensorDescription(
        key="brews",
        device="coffee_machine",
        value=lambda home: home.coffee.brews,
        translation_key="brews",
        state_class=SensorStateClass.TOTAL_INCREASING,
        entity_category=EntityCategory.DIAGNOSTIC,
    ),
    _temperature(
        "water_temperature", "shower", lambda home: _to(home.shower.water_c, 0.5), name="water_temperature"
    ),
    DemoSensorDescription(
        key="water_used",
        device="shower",
        value=lambda home: _to(home.shower.litres, 1),
        translation_key="water_used",
        device_class=SensorDeviceClass.WATER,
        native_unit_of_measurement=UnitOfVolume.LITERS,
        state_class=SensorStateClass.TOTAL_INCREASING,
    ),
    DemoSensorDescription(
        key="humidity",
        device="bathroom_air",
        value=lambda home: _to(home.humidity, 0.5),
        device_class=SensorDeviceClass.HUMIDITY,
        native_unit_of_measurement=PERCENTAGE,
        state_class=SensorStateClass.MEASUREMENT,
    ),
    _temperature("temperature", "bathroom_air", lambda home: _to(20.5 + (home.humidity - DRY_AIR) / 15, 0.5)),
    _temperature("temperature", "fridge", lambda home: _to(home.fridge.inside_c, 0.1)),
    _power("fridge", lambda home: home.fridge.power_w(FRIDGE, power=home.fuse_in)),
    _temperature("temperature", "freezer", lambda home: _to(home.freezer.inside_c, 0.1)),
    _power("freezer", lambda home: home.freezer.power_w(FREEZER, power=home.fuse_in)),
    _power("kettle", lambda home: 1950.0 if home.kettle else 0.0),
    _temperature("temperature", "weather_mast", lambda home: OUTSIDE_C),  # noqa: ARG005
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors."""
    async_add_entities(DemoSensor(entry.runtime_data, description) for description in SENSORS)


class DemoSensor(DemoEntity, SensorEntity):
    """A sensor."""

    entity_description: DemoSensorDescription

    def __init__(self, simulation: Simulation, description: DemoSensorDescription) -> None:
        """Take what it measures."""
        super().__init__(simulation, description.device, description)

    @override
    def show(self) -> float:
        """Return the measured value."""
        return self.entity_description.value(self.home)

    @property
    @override
    def native_value(self) -> float:
        """Return the measured value."""
        return self.show()
