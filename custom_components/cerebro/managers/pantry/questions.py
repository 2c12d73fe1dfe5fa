"""Questions on the phones: answered by a tap on one of a few choices, or by typing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
import logging
from typing import Any, Final

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError

from ..companion import CLEAR, EVENT_ACTION, PREFIX, PhoneUnreachable, async_tell_all, phone_of
from ..texts import Texts

_LOGGER = logging.getLogger(__name__)

KIND: Final = "ASK"
TYPED: Final = "REPLY"
"""The id by which the companion apps let somebody type."""
OPENS: Final = "/config/repairs"
"""Where a tap leads: the question is answered there as well."""
MOST_CHOICES: Final = 3
"""Android shows no more."""

type OnAnswer = Callable[[str, str, str | None], Awaitable[None]]
"""Takes the question, the key of the choice or what was typed, and the user."""


class Questions:
    """Asks the phones of the household, each question once, and takes the first answer."""

    def __init__(
        self, hass: HomeAssistant, texts: Texts, phones: Callable[[], tuple[str, ...]], on_answer: OnAnswer
    ) -> None:
        """Take the phones (device ids), and whom to tell an answer."""
        self._hass = hass
        self._texts = texts
        self._phones = phones
        self._on_answer = on_answer
        self._open: dict[str, Mapping[str, str] | None] = {}
        self._end: CALLBACK_TYPE | None = None

    @callback
    def start(self) -> None:
        """Listen for answers."""
        if self._end is None:
            self._end = self._hass.bus.async_listen(EVENT_ACTION, self._async_heard)

    @callback
    def stop(self) -> None:
        """Listen no more; what was asked stays on the repairs page."""
        if self._end is not None:
            self._end()
            self._end = None

    async def async_ask(
        self, question_id: str, question: str, choices: Mapping[str, str] | None = None
    ) -> None:
        """Ask: with choices (key to title) to tap, or without any to type; without a phone, nobody."""
        self._open[question_id] = choices
        actions: list[dict[str, Any]]
        if choices is None:
            actions = [{"action": TYPED, "title": self._texts.text("question_type"), "behavior": "textInput"}]
        else:
            actions = [
                {"action": f"{PREFIX}_{KIND}_{question_id}_{key}", "title": title}
                for key, title in list(choices.items())[:MOST_CHOICES]
            ]
        data = {
            "tag": _tag(question_id),
            "action_data": {"question": question_id},
            "group": "cerebro",
            "channel": self._texts.text("list_channel"),
            "url": OPENS,
            "clickAction": OPENS,
            "sticky": True,
            "actions": actions,
        }
        title = self._texts.text("question_title")
        await self._async_tell({ATTR_MESSAGE: question, ATTR_TITLE: title, ATTR_DATA: data})

    async def async_clear(self, question_id: str) -> None:
        """Take a question back, because it was answered here or elsewhere."""
        if question_id in self._open:
            del self._open[question_id]
            await self._async_tell({ATTR_MESSAGE: CLEAR, ATTR_DATA: {"tag": _tag(question_id)}})

    async def _async_tell(self, told: dict[str, Any]) -> None:
        try:
            await async_tell_all(self._hass, self._phones(), told)
        except PhoneUnreachable as error:
            _LOGGER.debug("No phone could be asked: %s", error)

    async def _async_heard(self, event: Event) -> None:
        """Pass an answer on if it is to an open question, and from an occupant's phone."""
        answered = self._answer(event.data)
        if answered is None:
            return
        if phone_of(self._hass, event, self._phones()) is None:
            _LOGGER.info("An answer that is not from an occupant’s phone was left aside")
            return
        question_id, answer = answered
        try:
            await self._on_answer(question_id, answer, event.context.user_id)
        except HomeAssistantError as error:
            # The question stays on the repairs page, where there is room to say why.
            _LOGGER.info("The answer to %s could not be booked: %s", question_id, error)
            return
        await self.async_clear(question_id)

    def _answer(self, data: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return the open question that an event answers, and the answer."""
        action = data.get("action")
        if action == TYPED:
            told = data.get("action_data")
            named = told.get("question") if isinstance(told, Mapping) else None
            found = (one for one in self._open if one == named or _tag(one) == data.get("tag"))
            question_id = next(found, None)
            typed = data.get("reply_text")
            if question_id is None or self._open[question_id] is not None or not isinstance(typed, str):
                return None
            return question_id, typed
        for question_id, choices in self._open.items():
            for key in choices or ():
                if action == f"{PREFIX}_{KIND}_{question_id}_{key}":
                    return question_id, key
        return None


def _tag(question_id: str) -> str:
    return f"cerebro_ask_{question_id}"
