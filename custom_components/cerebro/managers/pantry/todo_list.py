"""A shop's list that is a todo entity: read and written through Home Assistant's own actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.components.todo import TodoItemStatus, TodoListEntityFeature
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN
from ...core.pantry.shopping.items import Item, Status
from ...core.pantry.shopping.merge import Theirs
from ...core.pantry.shopping.wanted import read_amount
from ..home import is_known, resolve
from ..texts import Texts
from .measures import quantity
from .settings import ShopSetup
from .shopping import Shopping
from .words import amount_of

TODO: Final = "todo"
_LONGEST_ID: Final = 500


class TodoList:
    """One shop's todo entity."""

    def __init__(self, hass: HomeAssistant, shop: ShopSetup, shopping: Shopping, texts: Texts) -> None:
        """Take the shop, and the list that is to stand on its own."""
        self._hass = hass
        self._shop = shop
        self._shopping = shopping
        self._texts = texts

    @property
    def entity_id(self) -> str:
        """The entity as it is called now.

        Raises:
            HomeAssistantError: when it is gone or not available.
        """
        found = resolve(er.async_get(self._hass), (self._shop.target,))
        if not found or not is_known(self._hass.states.get(found[0])):
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="shop_list_missing",
                translation_placeholders={"shop": self._shop.name},
            )
        return found[0]

    async def async_read(self) -> list[Theirs]:
        """Return what stands on it.

        Raises:
            HomeAssistantError: when it cannot be read.
        """
        entity_id = self.entity_id
        answer = await self._async_call(
            "get_items", {"status": [one.value for one in TodoItemStatus]}, answers=True
        )
        rows = answer.get(entity_id, {}).get("items", [])
        found = (self._line(row) for row in rows)
        return [line for line in found if line is not None]

    def written(self, item: Item) -> tuple[str, str | None]:
        """Return the text and the note by which an item stands on it."""
        amount = amount_of(self._texts, item, self._shopping.products)
        if self._features & TodoListEntityFeature.SET_DESCRIPTION_ON_ITEM:
            return item.summary, "\n".join(filter(None, (amount, item.description))) or None
        return (item.summary if amount is None else f"{item.summary} ({amount})"), None

    async def async_add(self, item: Item) -> None:
        """Write an item on it; raises ``HomeAssistantError``."""
        summary, note = self.written(item)
        fields: dict[str, Any] = {"item": summary}
        if note is not None:
            fields["description"] = note
        if item.due is not None and self._features & TodoListEntityFeature.SET_DUE_DATE_ON_ITEM:
            fields["due_date"] = item.due.isoformat()
        await self._async_call("add_item", fields)

    async def async_update(self, uid: str, item: Item) -> None:
        """Change a line of it; raises ``HomeAssistantError``."""
        summary, note = self.written(item)
        bought = item.status is Status.BOUGHT
        status = TodoItemStatus.COMPLETED if bought else TodoItemStatus.NEEDS_ACTION
        fields: dict[str, Any] = {"item": uid, "rename": summary, "status": status.value}
        if self._features & TodoListEntityFeature.SET_DESCRIPTION_ON_ITEM:
            fields["description"] = note
        await self._async_call("update_item", fields)

    async def async_remove(self, uid: str) -> None:
        """Take a line off it; raises ``HomeAssistantError``."""
        await self._async_call("remove_item", {"item": [uid]})

    @property
    def _features(self) -> int:
        state = self._hass.states.get(self.entity_id)
        return 0 if state is None else int(state.attributes.get(ATTR_SUPPORTED_FEATURES) or 0)

    def _line(self, row: Mapping[str, Any]) -> Theirs | None:
        """Return a line as it is read; one without an id or a text is nobody's."""
        uid, summary, note = row.get("uid"), row.get("summary"), row.get("description")
        if not isinstance(uid, str) or not isinstance(summary, str) or len(uid) > _LONGEST_ID:
            return None
        wanted = self._shopping.read(summary)
        if wanted is None:
            return None
        if isinstance(note, str):
            wanted = read_amount(note, wanted, self._shopping.find, quantity)
        bought = row.get("status") == TodoItemStatus.COMPLETED
        description = note if isinstance(note, str) and note else None
        return Theirs(
            uid=uid, summary=summary, description=description, wanted=replace(wanted, bought=bought)
        )

    async def _async_call(
        self, action: str, fields: dict[str, Any], *, answers: bool = False
    ) -> Mapping[str, Any]:
        target = {ATTR_ENTITY_ID: self.entity_id}
        try:
            answer = await self._hass.services.async_call(
                TODO,
                action,
                fields,
                blocking=True,
                target=target,
                return_response=answers,
                context=Context(),
            )
        except HomeAssistantError:
            raise
        except Exception as error:  # A list is another's code: whatever it raises ends with its shop.
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="shop_list_failed",
                translation_placeholders={"shop": self._shop.name},
            ) from error
        return answer or {}
