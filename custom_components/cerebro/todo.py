"""To-do lists: what to buy, and what to use first."""

from __future__ import annotations

from typing import Final, override

from homeassistant.components.todo import (
    TodoItem,
    TodoItemStatus,
    TodoListEntity,
    TodoListEntityFeature,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .entity import HouseholdEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

USE_WITHIN_DAYS: Final = 7
"""What goes off within so many days is on the list of what to use first."""

SHOPPING_LIST = EntityDescription(key="shopping_list", translation_key="shopping_list")
USE_FIRST = EntityDescription(key="use_first", translation_key="use_first")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the lists once there is a pantry."""
    cerebro = entry.runtime_data
    cerebro.pantry.household.each(lambda _: async_add_entities([UseFirstTodo(cerebro, USE_FIRST)]))


class UseFirstTodo(HouseholdEntity, TodoListEntity):
    """What goes off next: ticking it uses it up."""

    _attr_supported_features = TodoListEntityFeature.UPDATE_TODO_ITEM

    @property
    @override
    def todo_items(self) -> list[TodoItem]:
        """What goes off within some days, the most urgent first."""
        return [
            TodoItem(
                uid=advice.lot.lot_id,
                summary=self.pantry.view.label(advice),
                status=TodoItemStatus.NEEDS_ACTION,
                due=advice.off_on,
                description=self.pantry.texts.render(advice.reason),
            )
            for advice in self.pantry.use_first(within_days=USE_WITHIN_DAYS)
        ]

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Book that a lot was used up once it is ticked."""
        if item.status is TodoItemStatus.COMPLETED:
            await self.pantry.async_use_up(item.uid or "")
