"""Times: when the next wake-up is, to be set once."""

from __future__ import annotations

from datetime import time
from typing import override

from homeassistant.components.time import TimeEntity, TimeEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .entity import RoutineEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

WAKE_TIME = TimeEntityDescription(key="wake_time", translation_key="wake_time")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a time for each routine, as they come."""
    entry.runtime_data.each_routine(
        lambda manager: async_add_entities(
            [WakeTime(manager, WAKE_TIME)], config_subentry_id=manager.routine.routine_id
        )
    )


class WakeTime(RoutineEntity, TimeEntity):
    """The wall-clock time of the next wake-up; setting it counts for that one only."""

    @property
    @override
    def native_value(self) -> time | None:
        """The next wake-up on the clock at home."""
        wake = self.manager.next_wake
        return None if wake is None else dt_util.as_local(wake).time().replace(tzinfo=None)

    @override
    async def async_set_value(self, value: time) -> None:
        """Set the next wake-up once."""
        await self.manager.async_set_wake_time(value)
