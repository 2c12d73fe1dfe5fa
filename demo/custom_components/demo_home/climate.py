"""The heating of the demo home."""

from __future__ import annotations

from typing import Any, Final, override

from homeassistant.components.climate import (
    ATTR_TEMPERATURE,
    ClimateEntity,
    ClimateEntityDescription,
    ClimateEntityFeature,
    HVACAction,
    HVACMode,
)
from homeassistant.const import UnitOfTemperature
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0

# Home Assistant 2026.11 gave these attributes new names, and complains of the old ones.
NATIVE: Final = "native_" if hasattr(ClimateEntity, "native_current_temperature") else ""


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the thermostat."""
    async_add_entities([DemoThermostat(entry.runtime_data)])


class DemoThermostat(DemoEntity, ClimateEntity):
    """The thermostat of the living room."""

    _attr_target_temperature_step = 0.5
    _attr_min_temp = 7
    _attr_max_temp = 28
    _attr_supported_features = (
        ClimateEntityFeature.TARGET_TEMPERATURE | ClimateEntityFeature.TURN_ON | ClimateEntityFeature.TURN_OFF
    )

    def __init__(self, simulation: Simulation) -> None:
        """Prepare the thermostat."""
        super().__init__(simulation, "thermostat", ClimateEntityDescription(key="climate"))
        self._attr_hvac_modes = [HVACMode.OFF, HVACMode.HEAT]
        setattr(self, f"_attr_{NATIVE}temperature_unit", UnitOfTemperature.CELSIUS)
        self._measure()

    @override
    def show(self) -> tuple[bool, float, float]:
        """Return whether it heats, up to what, and how warm it is."""
        thermostat = self.home.thermostat
        return thermostat.heating, thermostat.target_c, round(thermostat.room_c, 1)

    @property
    @override
    def hvac_mode(self) -> HVACMode:
        """Return whether the heating is on."""
        return HVACMode.HEAT if self.show()[0] else HVACMode.OFF

    @property
    @override
    def hvac_action(self) -> HVACAction:
        """Return whether it heats at this moment."""
        heating, target, room = self.show()
        if not heating:
            return HVACAction.OFF
        return HVACAction.HEATING if room < target else HVACAction.IDLE

    @override
    @callback
    def _follow(self) -> None:
        self._measure()
        super()._follow()

    def _measure(self) -> None:
        _, target, room = self.show()
        setattr(self, f"_attr_{NATIVE}target_temperature", target)
        setattr(self, f"_attr_{NATIVE}current_temperature", room)

    @override
    async def async_set_temperature(self, **kwargs: Any) -> None:
        """Heat up to a temperature in °C."""
        if (target := kwargs.get(ATTR_TEMPERATURE)) is not None:
            self.home.thermostat.target_c = target
        self._simulation.changed()

    @override
    async def async_set_hvac_mode(self, hvac_mode: HVACMode) -> None:
        """Switch the heating on or off."""
        self.home.thermostat.heating = hvac_mode is HVACMode.HEAT
        self._simulation.changed()

    @override
    async def async_turn_on(self) -> None:
        """Switch the heating on."""
        await self.async_set_hvac_mode(HVACMode.HEAT)

    @override
    async def async_turn_off(self) -> None:
        """Switch the heating off."""
        await self.async_set_hvac_mode(HVACMode.OFF)
