"""Switches: whether a routine wakes."""

from __future__ import annotations

from typing import Any, override

from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import RoutineEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

ARMED = SwitchEntityDescription(key="armed", translation_key="armed", entity_category=EntityCategory.CONFIG)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a switch for each routine, as they come."""
    entry.runtime_data.each_routine(
        lambda manager: async_add_entities(
            [ArmedSwitch(manager, ARMED)], config_subentry_id=manager.routine.routine_id
        )
    )


class ArmedSwitch(RoutineEntity, SwitchEntity):
    """Whether the routine's wake-ups ring."""

    @property
    @override
    def is_on(self) -> bool:
        """Whether it is armed."""
        return self.manager.armed

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Arm the routine."""
        await self.manager.async_arm(armed=True)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Disarm the routine; a run that is under way goes on."""
        await self.manager.async_arm(armed=False)
