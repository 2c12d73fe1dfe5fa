"""A home that measures otherwise: °F and kW are read, and set, as °C and W."""

from __future__ import annotations

from homeassistant.const import UnitOfTemperature
from homeassistant.core import Context, HomeAssistant, State
from homeassistant.util.unit_system import US_CUSTOMARY_SYSTEM
import pytest
from pytest_homeassistant_custom_component.common import async_mock_service

from custom_components.cerebro.core.routine.kinds import KINDS
from custom_components.cerebro.core.routine.model import StepKind
from custom_components.cerebro.managers.hands import Hands
from custom_components.cerebro.managers.home import Home, reading
from custom_components.cerebro.managers.settings import step_from


@pytest.mark.parametrize(
    ("state", "number"),
    [
        (State("sensor.water", "96.8", {"unit_of_measurement": "°F"}), 36.0),
        (State("sensor.water", "36", {"unit_of_measurement": "°C"}), 36.0),
        (State("sensor.power", "1.1", {"unit_of_measurement": "kW"}), 1100.0),
        (State("sensor.power", "1100", {"unit_of_measurement": "W"}), 1100.0),
        (State("sensor.humidity", "55", {"unit_of_measurement": "%"}), 55.0),
        (State("climate.room", "heat", {"current_temperature": 69.8}), 21.0),
        (State("climate.room", "heat", {"current_temperature": None}), None),
        (State("switch.machine", "on"), None),
    ],
)
def test_what_is_measured_is_read_in_celsius_and_watts(state: State, number: float | None) -> None:
    read = reading("any", state, temperature_unit=UnitOfTemperature.FAHRENHEIT)
    assert read.number == (None if number is None else pytest.approx(number, abs=0.01))


async def test_a_thermostat_is_set_in_the_homes_own_unit(hass: HomeAssistant) -> None:
    hass.config.units = US_CUSTOMARY_SYSTEM
    hass.states.async_set("climate.room", "heat")
    calls = async_mock_service(hass, "climate", "set_temperature")
    hands = Hands(hass, Home(hass, {"thermostat": ("climate.room",)}), "Morning")
    setup = step_from({"id": "climate", "kind": StepKind.CLIMATE.value, "temperature": 21.0})
    await hands.async_start(setup, Context())
    assert KINDS[StepKind.CLIMATE].start
    assert calls[0].data["temperature"] == pytest.approx(69.8)
