"""The question on the phones whether a list is to be sent, and its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from enum import StrEnum
import logging
from typing import Any, Final

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant

from ...core.pantry.model import ShopId
from ..companion import CLEAR, EVENT_ACTION, PREFIX, PhoneUnreachable, async_tell_all, phone_of
from ..texts import Texts

_LOGGER = logging.getLogger(__name__)

KIND: Final = "LIST"
OPENS: Final = "/todo"
"""Where a tap on the notification leads."""


class Reply(StrEnum):
    """What can be answered."""

    SEND = "send"
    LATER = "later"


type OnReply = Callable[[ShopId, date, Reply, Context], Awaitable[None]]


class Asking:
    """The phones of the household's occupants."""

    def __init__(
        self,
        hass: HomeAssistant,
        texts: Texts,
        phones: Callable[[], tuple[str, ...]],
        on_reply: OnReply,
    ) -> None:
        """Take the phones' devices, and whom to tell an answer."""
        self._hass = hass
        self._texts = texts
        self._phones = phones
        self._on_reply = on_reply
        self._end: CALLBACK_TYPE | None = None

    def start(self) -> None:
        """Listen for answers."""
        if self._end is None:
            self._end = self._hass.bus.async_listen(EVENT_ACTION, self._async_heard)

    def stop(self) -> None:
        """Stop listening."""
        if self._end is not None:
            self._end()
            self._end = None

    async def async_ask(self, shop_id: ShopId, day: date, title: str, lines: tuple[str, ...]) -> None:
        """Ask whether a list is to be sent, in place of what was said of that shopping day before.

        Raises:
            PhoneUnreachable: when none of the phones could be told.
        """
        actions = [
            {"action": action_id(Reply.SEND, shop_id, day), "title": self._texts.text("list_action_send")},
            {"action": action_id(Reply.LATER, shop_id, day), "title": self._texts.text("list_action_later")},
        ]
        quiet = {"actions": [one | {"activationMode": "background"} for one in actions], "sticky": True}
        await self._async_tell(shop_id, day, title, lines, quiet)

    async def async_say(self, shop_id: ShopId, day: date, title: str, lines: tuple[str, ...]) -> None:
        """Tell quietly what is on a list, in place of what was said of that shopping day before.

        Raises:
            PhoneUnreachable: when none of the phones could be told.
        """
        quiet = {
            "importance": "low",
            "push": {"interruption-level": "passive", "sound": "none"},
        }
        await self._async_tell(shop_id, day, title, lines, quiet)

    async def async_clear(self, shop_id: ShopId, day: date) -> None:
        """Take a question off the phones."""
        if self._end is None:
            return
        told = {ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": _tag(shop_id, day)}}
        try:
            await async_tell_all(self._hass, self._phones(), told)
        except PhoneUnreachable as error:
            _LOGGER.info("The phones may still show a list: %s", error)

    async def _async_tell(
        self, shop_id: ShopId, day: date, title: str, lines: tuple[str, ...], more: dict[str, Any]
    ) -> None:
        if self._end is None:
            return
        data = {
            "tag": _tag(shop_id, day),
            "group": "cerebro",
            "channel": self._texts.text("list_channel"),
            "url": OPENS,
            "clickAction": OPENS,
        }
        told = {ATTR_MESSAGE: "\n".join(lines), ATTR_TITLE: title, ATTR_DATA: data | more}
        await async_tell_all(self._hass, self._phones(), told)

    async def _async_heard(self, event: Event) -> None:
        """Pass an answer on if it is from an occupant's phone."""
        answered = reply_of(event.data.get("action"))
        if answered is None:
            return
        if phone_of(self._hass, event, self._phones()) is None:
            _LOGGER.info("An answer that is not from an occupant’s phone was left aside")
            return
        await self._on_reply(*answered, event.context)


def action_id(reply: Reply, shop_id: ShopId, day: date) -> str:
    """Return the id of an answer, which no other shop and day has."""
    return f"{PREFIX}_{KIND}_{reply.value.upper()}_{day.isoformat()}_{shop_id}"


def reply_of(given: object) -> tuple[ShopId, date, Reply] | None:
    """Return what an action id answers, or nothing when it is no answer to a list."""
    if not isinstance(given, str):
        return None
    match given.split("_", 4):
        case [prefix, kind, reply, day, shop_id] if (prefix, kind) == (PREFIX, KIND) and shop_id:
            try:
                return ShopId(shop_id), date.fromisoformat(day), Reply(reply.lower())
            except ValueError:
                return None
    return None


def _tag(shop_id: ShopId, day: date) -> str:
    return f"cerebro_list_{shop_id}_{day.isoformat()}"
