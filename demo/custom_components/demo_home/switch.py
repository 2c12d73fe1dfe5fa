"""What is switched on and off in the demo home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.home import Home

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DemoSwitchDescription(SwitchEntityDescription):
    """A switch of a device."""

    device: str
    is_on: Callable[[Home], bool]
    turn: Callable[[Home, bool], None]


def _turn_kettle(home: Home, on: bool) -> None:
    home.kettle = on


SWITCHES = (
    DemoSwitchDescription(
        key="switch",
        device="coffee_machine",
        is_on=lambda home: home.coffee.on,
        turn=lambda home, on: home.coffee.switch(on=on),
    ),
    DemoSwitchDescription(key="switch", device="kettle", is_on=lambda home: home.kettle, turn=_turn_kettle),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the switches."""
    async_add_entities(DemoSwitch(entry.runtime_data, description) for description in SWITCHES)


class DemoSwitch(DemoEntity, SwitchEntity):
    """A switch."""

    entity_description: DemoSwitchDescription

    def __init__(self, simulation: Simulation, description: DemoSwitchDescription) -> None:
        """Take what it switches."""
        super().__init__(simulation, description.device, description)

    @override
    def show(self) -> bool:
        """Return whether it is on."""
        return self.entity_description.is_on(self.home)

    @property
    @override
    def is_on(self) -> bool:
        """Return whether it is on."""
        return self.show()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Switch it on."""
        self.entity_description.turn(self.home, True)
        self._simulation.changed()

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Switch it off."""
        self.entity_description.turn(self.home, False)
        self._simulation.changed()
