"""Events: every cue of a routine and what came of it."""

from __future__ import annotations

from typing import Any, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.routine.state import Happening
from .entity import RoutineEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

HAPPENING = EventEntityDescription(
    key="happening", translation_key="happening", event_types=[happening.value for happening in Happening]
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an event entity for each routine, as they come."""
    entry.runtime_data.each_routine(
        lambda manager: async_add_entities(
            [HappeningEvent(manager, HAPPENING)], config_subentry_id=manager.routine.routine_id
        )
    )


class HappeningEvent(RoutineEntity, EventEntity):
    """What just happened in a routine."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what happens, each thing for itself, as soon as it can be shown: a moment from now."""
        await super().async_added_to_hass()
        self.hass.loop.call_soon(self._follow)

    @callback
    def _follow(self) -> None:
        self.async_on_remove(self.audience.follow(self._happened))

    @callback
    def _happened(self, happening: Happening, attributes: dict[str, Any]) -> None:
        self._trigger_event(happening.value, attributes)
        self.async_write_ha_state()
