"""To-do lists: what to buy, and what to use first."""

from __future__ import annotations

from datetime import date, datetime
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
from homeassistant.util import dt as dt_util

from .core.pantry.shopping.items import Item, Status
from .entity import HouseholdEntity
from .managers import CerebroConfigEntry
from .managers.pantry.words import line_of

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
    lists = [ShoppingTodo(cerebro, SHOPPING_LIST), UseFirstTodo(cerebro, USE_FIRST)]
    cerebro.pantry.places.household.each(lambda _: async_add_entities(lists))


class ShoppingTodo(HouseholdEntity, TodoListEntity):
    """What to buy: ticking an item puts it into the stock."""

    _attr_supported_features = (
        TodoListEntityFeature.CREATE_TODO_ITEM
        | TodoListEntityFeature.UPDATE_TODO_ITEM
        | TodoListEntityFeature.DELETE_TODO_ITEM
        | TodoListEntityFeature.MOVE_TODO_ITEM
        | TodoListEntityFeature.SET_DUE_DATE_ON_ITEM
        | TodoListEntityFeature.SET_DESCRIPTION_ON_ITEM
    )

    @property
    @override
    def todo_items(self) -> list[TodoItem]:
        """What is on the list, in its order."""
        return [self._shown(item) for item in self.pantry.errands.shopping.items]

    @override
    async def async_create_todo_item(self, item: TodoItem) -> None:
        """Put something on the list."""
        self.pantry.errands.shopping.add(item.summary or "", due=_day(item.due), description=item.description)

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Change an item; one that is ticked is put away."""
        uid = item.uid or ""
        before = self.pantry.errands.shopping.find_item(uid)
        shown = self._shown(before)
        await self.pantry.errands.shopping.async_change(
            uid,
            summary=None if item.summary == shown.summary else item.summary,
            done=item.status == TodoItemStatus.COMPLETED,
            due=_day(item.due),
            description=before.description if item.description == shown.description else item.description,
            by=self.asked_by,
        )

    @override
    async def async_delete_todo_items(self, uids: list[str]) -> None:
        """Take items off the list."""
        for uid in uids:
            self.pantry.errands.shopping.remove(uid)

    @override
    async def async_move_todo_item(self, uid: str, previous_uid: str | None = None) -> None:
        """Put an item behind another one, or in front of all."""
        self.pantry.errands.shopping.move(uid, previous_uid)

    def _shown(self, item: Item) -> TodoItem:
        """Return an item; what was proposed says why, unless somebody wrote a note."""
        products = self.pantry.books.stock.products
        product = None if item.product_id is None else products.get(item.product_id)
        why = None if product is None or item.reason is None else self.pantry.view.why(item.reason, product)
        bought = item.status is Status.BOUGHT
        return TodoItem(
            uid=item.uid,
            summary=line_of(self.pantry.texts, item, products),
            status=TodoItemStatus.COMPLETED if bought else TodoItemStatus.NEEDS_ACTION,
            due=item.due,
            description=item.description or why,
        )


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
        if item.status == TodoItemStatus.COMPLETED:
            await self.pantry.async_use_up(item.uid or "", by=self.asked_by)


def _day(due: date | datetime | None) -> date | None:
    """Return the day of a due date: a list knows no time of day."""
    return dt_util.as_local(due).date() if isinstance(due, datetime) else due
