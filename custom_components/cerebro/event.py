"""Events: every cue of a routine and what came of it, every change of a pantry, and what is worth telling."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, override

from homeassistant.components.event import EventEntity, EventEntityDescription
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.pantry.model import PantryId
from .core.pantry.notices import Notice, Occurrence
from .core.routine.state import Happening
from .entity import HouseholdEntity, PantryEntity, RoutineEntity
from .managers import CerebroConfigEntry
from .managers.pantry.settings import PantrySetup

PARALLEL_UPDATES = 0

HAPPENING = EventEntityDescription(
    key="happening", translation_key="happening", event_types=[happening.value for happening in Happening]
)
NOTICE = EventEntityDescription(
    key="pantry", translation_key="pantry", event_types=[notice.value for notice in Notice]
)
CHANGE = EventEntityDescription(
    key="change", translation_key="change", event_types=[one.value for one in Occurrence]
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add an event entity for each routine and each pantry, as they come, and one for all pantries."""
    cerebro = entry.runtime_data

    def add(setup: PantrySetup) -> None:
        key, name = setup.pantry.pantry_id, setup.pantry.name
        async_add_entities([ChangeEvent(cerebro, key, name, CHANGE)], config_subentry_id=key)

    cerebro.pantry.places.household.each(lambda _: async_add_entities([NoticeEvent(cerebro, NOTICE)]))
    cerebro.pantry.places.each_pantry.each(add)
    cerebro.each_routine(
        lambda manager: async_add_entities(
            [HappeningEvent(manager, HAPPENING)], config_subentry_id=manager.routine.routine_id
        )
    )


class FollowingEvent(EventEntity):
    """Tells each thing that an audience is told, by itself, as soon as it can be shown: a moment from now."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what happens."""
        await super().async_added_to_hass()
        self.hass.loop.call_soon(lambda: self.async_on_remove(self.follow()))

    def follow(self) -> CALLBACK_TYPE:
        """Begin to follow; return what ends it."""
        raise NotImplementedError

    @callback
    def happened(self, what: StrEnum, attributes: dict[str, Any]) -> None:
        """Show what happened."""
        self._trigger_event(what.value, attributes)
        self.async_write_ha_state()


class HappeningEvent(FollowingEvent, RoutineEntity):
    """What just happened in a routine."""

    @override
    def follow(self) -> CALLBACK_TYPE:
        """Follow the routine."""
        return self.audience.follow(self.happened)


class NoticeEvent(FollowingEvent, HouseholdEntity):
    """What is worth telling of all pantries together."""

    @override
    def follow(self) -> CALLBACK_TYPE:
        """Follow the household."""
        return self.pantry.crier.household.follow(self.happened)


class ChangeEvent(FollowingEvent, PantryEntity):
    """What just changed in a pantry."""

    @override
    def follow(self) -> CALLBACK_TYPE:
        """Follow the pantry."""
        return self.pantry.crier.of(PantryId(self.subentry_id)).follow(self.happened)
