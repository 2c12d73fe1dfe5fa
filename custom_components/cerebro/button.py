"""Buttons: saying that one is up."""

from __future__ import annotations

from typing import override

from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.routine.model import Anchor
from .core.routine.state import AnchorReached
from .entity import RoutineEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

I_AM_UP = ButtonEntityDescription(key="i_am_up", translation_key="i_am_up")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a button for each routine, as they come."""
    entry.runtime_data.each_routine(
        lambda manager: async_add_entities(
            [UpButton(manager, I_AM_UP)], config_subentry_id=manager.routine.routine_id
        )
    )


class UpButton(RoutineEntity, ButtonEntity):
    """Says that the occupant is up, as the bed, the phone and the voice do."""

    @property
    @override
    def available(self) -> bool:
        """Whether there is a run to tell."""
        return super().available and self.manager.run is not None

    @override
    async def async_press(self) -> None:
        """Tell the run."""
        await self.manager.async_observe(AnchorReached(anchor=Anchor.UP, source="button"))
