"""Phones: one notification per run, kept up to date, rung when it must be, and answered."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
import logging
from typing import Any, Final, Protocol

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE
from homeassistant.core import CALLBACK_TYPE, Context, Event, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

from ..core.reason import Reason
from ..core.routine.card import Card, Line, PhoneAction, Verb
from ..core.routine.model import StepId
from ..core.routine.state import RunId
from .companion import CLEAR, EVENT_ACTION, NOTIFY, PREFIX, PhoneUnreachable, notify_action, phone_of

_LOGGER = logging.getLogger(__name__)

OPENS: Final = "/"
"""Where a tap on the notification leads: the home's own dashboard."""
CONFIRMED_FOR: Final = 60
"""Seconds after which the last word on a run that is over goes away."""
ICONS: Final[Mapping[Verb, str]] = {
    Verb.UP: "sfsymbols:figure.stand",
    Verb.SNOOZE: "sfsymbols:zzz",
    Verb.SKIP: "sfsymbols:forward.end",
    Verb.PAUSE: "sfsymbols:pause",
    Verb.RESUME: "sfsymbols:play",
    Verb.STOP: "sfsymbols:stop",
}

type OnAnswer = Callable[[RunId, PhoneAction, str], Awaitable[None]]


class PhoneTexts(Protocol):
    """The sentences in the home's language."""

    def text(self, key: str, **values: object) -> str:
        """Return the text of a key with its values filled in."""
        ...

    def render(self, reason: Reason) -> str:
        """Return the sentence of a reason."""
        ...


class Phone:
    """The phones of a routine's occupants.

    What cannot be known: Home Assistant only logs it when a push service refuses a message, so that a phone
    counts as reached once its notification was handed over.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        device_ids: tuple[str, ...],
        on_answer: OnAnswer,
        texts: PhoneTexts,
        *,
        step_name: Callable[[StepId], str] | None = None,
        sentence: Callable[[Reason], str] | None = None,
    ) -> None:
        """Take the phones' devices, whom to tell an answer, and how steps and reasons are called."""
        self._hass = hass
        self._devices = device_ids
        self._on_answer = on_answer
        self._texts = texts
        self._step_name: Callable[[StepId], str] = step_name or str
        self._sentence = sentence or texts.render
        self._cards: dict[RunId, Card] = {}
        self._shown: dict[tuple[RunId, str], Card] = {}
        self._sending = {device_id: asyncio.Lock() for device_id in device_ids}
        self._end: CALLBACK_TYPE | None = None

    async def async_start(self) -> None:
        """Listen for answers."""
        if self._end is None:
            self._end = self._hass.bus.async_listen(EVENT_ACTION, self._async_heard)

    async def async_stop(self) -> None:
        """Stop listening."""
        if self._end is not None:
            self._end()
            self._end = None

    async def async_show(self, card: Card, run_id: RunId, context: Context | None = None) -> None:
        """Show a run on the phones on which it shows differently.

        Raises:
            PhoneUnreachable: when none of those could be told.
        """
        self._cards[run_id] = card
        stale = [device for device in self._devices if self._shown.get((run_id, device)) != card]
        await self._async_tell(card, run_id, stale, context)

    async def async_ring(self, card: Card, run_id: RunId, context: Context | None = None) -> None:
        """Ring the phones, though they may be silent; each call rings anew.

        Raises:
            PhoneUnreachable: when there is none, or none could be told.
        """
        if not self._devices:
            raise PhoneUnreachable(f"{card.title}: no phone")
        self._cards[run_id] = card
        await self._async_tell(card, run_id, self._devices, context, ring=True)

    async def async_confirm(
        self,
        run_id: RunId,
        device_id: str,
        message: str,
        context: Context | None = None,
        *,
        restated: str | None = None,
    ) -> None:
        """Tell on the phone that answered what came of it, until the run next shows differently.

        ``restated`` is the key of the line that says the same as the message.
        """
        card = self._cards.get(run_id)
        if card is not None:
            card = replace(card, lines=tuple(line for line in card.lines if line.key != restated))
        data = {"tag": _tag(run_id), "timeout": CONFIRMED_FOR} if card is None else self._data(card, run_id)
        body = message if card is None else "\n".join((message, *self._body(card)))
        try:
            await self._async_send(device_id, body, None if card is None else card.title, data, context)
        except HomeAssistantError as error:
            _LOGGER.info("An answer could not be confirmed on the phone %s: %s", device_id, error)

    async def async_clear(
        self, run_id: RunId, context: Context | None = None, *, anyway: bool = False
    ) -> None:
        """Take a run off the phones; answers to it are left aside from now on.

        ``anyway`` asks those too on which nothing is known to be shown: nobody knows that after a restart.
        """
        self._cards.pop(run_id, None)
        shown = [one for one in self._devices if self._shown.pop((run_id, one), None) is not None]

        async def clear(device_id: str) -> None:
            try:
                await self._async_send(device_id, CLEAR, None, {"tag": _tag(run_id)}, context)
            except HomeAssistantError as error:
                _LOGGER.info("The phone %s still shows a run that is over: %s", device_id, error)

        await asyncio.gather(*map(clear, self._devices if anyway else shown))

    async def async_say(self, title: str, message: str) -> None:
        """Tell something that is no run's and asks for no answer.

        Raises:
            PhoneUnreachable: when none of the phones could be told.
        """
        data = {"group": "cerebro", "url": OPENS, "clickAction": OPENS} | URGENT
        data["channel"] = self._texts.text("phone_channel_urgent")
        errors: list[HomeAssistantError] = []
        for device_id in self._devices:
            try:
                await self._async_send(device_id, message, title, data, None)
            except HomeAssistantError as error:
                errors.append(error)
                _LOGGER.info("%s could not be told on the phone %s: %s", title, device_id, error)
        if errors and len(errors) == len(self._devices):
            raise PhoneUnreachable("; ".join(map(str, errors))) from errors[0]

    # Telling.

    async def _async_tell(
        self,
        card: Card,
        run_id: RunId,
        devices: Iterable[str],
        context: Context | None,
        *,
        ring: bool = False,
    ) -> None:
        """Tell phones, each whatever becomes of the others."""
        body = "\n".join(self._body(card))
        data = self._data(card, run_id, ring=ring)
        devices = tuple(devices)
        # Before it is: what comes meanwhile must not tell it twice.
        self._shown |= {(run_id, device_id): card for device_id in devices}

        async def tell(device_id: str) -> HomeAssistantError | None:
            try:
                await self._async_send(device_id, body, card.title, data, context)
            except HomeAssistantError as error:
                self._shown.pop((run_id, device_id), None)
                return error
            return None

        outcomes = await asyncio.gather(*map(tell, devices))
        errors = [error for error in outcomes if error is not None]
        if errors and len(errors) == len(outcomes):
            raise PhoneUnreachable("; ".join(map(str, errors))) from errors[0]
        for error in errors:
            _LOGGER.info("%s does not show on every phone: %s", card.title, error)

    async def _async_send(
        self, device_id: str, message: str, title: str | None, data: dict[str, Any], context: Context | None
    ) -> None:
        """Send to one phone, one message at a time and in their order.

        Raises:
            HomeAssistantError: when the phone is not there any more or cannot be told.
        """
        async with self._sending.setdefault(device_id, asyncio.Lock()):
            service = notify_action(self._hass, device_id)
            told = {ATTR_MESSAGE: message, ATTR_DATA: data} | ({} if title is None else {ATTR_TITLE: title})
            await self._hass.services.async_call(NOTIFY, service, told, blocking=True, context=context)

    # Words.

    def _body(self, card: Card) -> list[str]:
        """Return the lines of a card in the home's language."""
        lines = [self._texts.text(f"phone_{line.key}", **self._values(line)) for line in card.lines]
        return lines if card.reason is None else [*lines, self._sentence(card.reason)]

    def _values(self, line: Line) -> dict[str, object]:
        return {
            name: self._step_name(StepId(value)) if name == "step" and isinstance(value, str) else value
            for name, value in line.values.items()
        }

    def _data(self, card: Card, run_id: RunId, *, ring: bool = False) -> dict[str, Any]:
        """Return what tells the phone how to show a card; each app leaves aside what is not for it."""
        data: dict[str, Any] = {
            "tag": _tag(run_id),
            "group": "cerebro",
            "url": OPENS,
            "clickAction": OPENS,
            "sticky": True,
            "actions": [self._action(action, run_id) for action in card.actions],
        }
        if ring:
            return data | CRITICAL
        if card.critical:
            return data | RUNG
        if card.urgent:
            return data | URGENT | {"channel": self._texts.text("phone_channel_urgent")}
        progress = {"live_update": True, "progress": card.progress, "progress_max": card.progress_max}
        if card.counts_to is not None:
            progress |= {"chronometer": True, "when": int(card.counts_to.timestamp())}
        return data | QUIET | progress | {"channel": self._texts.text("phone_channel")}

    def _action(self, action: PhoneAction, run_id: RunId) -> dict[str, Any]:
        values = {} if action.step_id is None else {"step": self._step_name(action.step_id)}
        return {
            "action": action_id(action, run_id),
            "title": self._texts.text(f"phone_action_{action.verb.value}", **values),
            "icon": ICONS[action.verb],
            "activationMode": "background",
            "destructive": action.verb is Verb.STOP,
        }

    # Answers.

    async def _async_heard(self, event: Event) -> None:
        """Pass an answer on if it is to a run shown here and from a phone of ours."""
        answered = action_of(event.data.get("action"))
        if answered is None:
            return
        run_id, action = answered
        if run_id not in self._cards:
            _LOGGER.debug("An answer to a run that is not shown was left aside: %s", event.data["action"])
            return
        device_id = phone_of(self._hass, event, self._devices)
        if device_id is None:
            _LOGGER.info("An answer that is not from an occupant’s phone was left aside: %s", action.verb)
            return
        await self._on_answer(run_id, action, device_id)


CRITICAL: Final[dict[str, Any]] = {
    "channel": "alarm_stream",
    "importance": "max",
    "ttl": 0,
    "priority": "high",
    "push": {
        "sound": {"name": "default", "critical": 1, "volume": 1.0},
        "interruption-level": "critical",
    },
}
"""Sounds on a silent phone: the alarm's own stream on Android, a critical alert on iOS."""
RUNG: Final[dict[str, Any]] = {
    "channel": "alarm_stream",
    "importance": "max",
    "ttl": 0,
    "priority": "high",
    "alert_once": True,
    "push": {"interruption-level": "time-sensitive", "sound": "none"},
}
"""What changed since the phone rang is shown in its place, and does not ring again."""
URGENT: Final[dict[str, Any]] = {
    "importance": "high",
    "ttl": 0,
    "priority": "high",
    "push": {"interruption-level": "time-sensitive"},
}
QUIET: Final[dict[str, Any]] = {
    "importance": "low",
    "alert_once": True,
    "push": {"interruption-level": "passive", "sound": "none"},
}


def action_id(action: PhoneAction, run_id: RunId) -> str:
    """Return the id of an answer, which no other run has."""
    step = () if action.step_id is None else (action.step_id,)
    return "_".join((PREFIX, action.verb.value.upper(), run_id, *step))


def action_of(given: object) -> tuple[RunId, PhoneAction] | None:
    """Return the run and the answer that an action id names, or nothing when it is not one of Cerebro's."""
    if not isinstance(given, str):
        return None
    prefix, _, rest = given.partition("_")
    verb, _, rest = rest.partition("_")
    run_id, _, step_id = rest.partition("_")
    if prefix != PREFIX or not run_id or verb.lower() not in set(Verb):
        return None
    return RunId(run_id), PhoneAction(verb=Verb(verb.lower()), step_id=StepId(step_id) if step_id else None)


def _tag(run_id: RunId) -> str:
    return f"cerebro_{run_id}"
