"""Performing a step, and putting its output off again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
import contextlib
import logging
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_UNAVAILABLE, UnitOfTemperature
from homeassistant.core import Context, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.script import Script, async_validate_actions_config, script_stack_cv
from homeassistant.util.unit_conversion import TemperatureConverter

from ..const import DOMAIN
from ..core.routine.kinds import Ask, Demand
from ..core.routine.kinds.switched import ON_STATES
from ..core.routine.model import DoneBy
from .home import Home, is_known, is_stateless
from .settings import StepSetup

_LOGGER = logging.getLogger(__name__)

CALL_SECONDS: Final = 10.0
"""How long an appliance may take to answer a call."""
STOP_SECONDS: Final = 5.0
"""How long a sequence of actions may take to stop where it is."""
OFF_SECONDS: Final = 10.0
"""How long an output may take to show that it is off: a motor valve needs some seconds."""

SERVICES: Final[Mapping[Ask, Mapping[str, str]]] = {
    Ask.ON: {
        "button": "press",
        "climate": "turn_on",
        "input_boolean": "turn_on",
        "input_button": "press",
        "light": "turn_on",
        "media_player": "turn_on",
        "script": "turn_on",
        "switch": "turn_on",
        "valve": "open_valve",
    },
    Ask.OFF: {
        "climate": "turn_off",
        "input_boolean": "turn_off",
        "light": "turn_off",
        "media_player": "turn_off",
        "script": "turn_off",
        "switch": "turn_off",
        "valve": "close_valve",
    },
    Ask.PLAY: {"media_player": "play_media"},
    Ask.STOP: {"media_player": "media_stop"},
    Ask.WARM: {"climate": "set_temperature"},
}
"""The action that fulfils a demand, by the entity's domain; a domain that is missing cannot."""


class CannotActError(HomeAssistantError):
    """The home could not do what was asked; ``reason`` is a reason key."""

    def __init__(self, reason: str) -> None:
        """Take the reason key."""
        super().__init__(translation_domain=DOMAIN, translation_key="cannot_act")
        self.reason = reason


class Hands:
    """Acts on the home for one routine."""

    def __init__(self, hass: HomeAssistant, home: Home, name: str) -> None:
        """Take the home to act on and the name to act under."""
        self._hass = hass
        self._home = home
        self._name = name
        self._scripts: dict[str, Script] = {}

    async def async_start(self, setup: StepSetup, context: Context) -> None:
        """Perform a step's action: the user's own sequence, or the built-in demands.

        Raises:
            CannotActError: when an entity is missing, does not answer, or the sequence failed, and when
                the output could not be put off again.
        """
        if not can_put_off(setup, self._home):
            raise CannotActError("unavailable")
        if setup.actions:
            await self._async_run_sequence(setup, context)
            return
        for demand in setup.spec.start:
            await self._async_demand(demand, setup, context)

    async def async_release(self, setup: StepSetup, context: Context) -> None:
        """Put a step's output off and see that it is.

        Direct calls only: a sequence is refused while Home Assistant stops.

        Raises:
            CannotActError: when an output does not show that it is off.
        """
        await self.async_stop_sequence(setup)
        if not can_put_off(setup, self._home):
            # What was switched on is gone, or was never known: nobody can say that it is off.
            raise CannotActError("unavailable")
        for demand in setup.spec.release:
            entities = self._home.entities(demand.role)
            putting_off = (self._async_put_off(demand, entity_id, context) for entity_id in entities)
            outcomes = await asyncio.gather(*putting_off, return_exceptions=True)
            for outcome in outcomes:
                if isinstance(outcome, BaseException):
                    raise outcome

    async def async_say(self, role: str, message: str, context: Context) -> str:
        """Speak on the first speaker of a role that can be reached, and return which it was.

        Raises:
            CannotActError: when there is none, no voice, or it fails.
        """
        if (speaker := self._home.foremost(role)) is None:
            raise CannotActError("unavailable")
        await self._async_speak(speaker.entity_id, message, context)
        return speaker.entity_id

    async def async_hear_out(self, speaker: str) -> None:
        """Wait until a speaker has finished, for as long as a sentence takes."""
        with contextlib.suppress(CannotActError):
            await self._async_until(speaker, lambda state: not _plays(state), otherwise="still_on")

    async def async_stop_sequence(self, setup: StepSetup) -> None:
        """Stop the step's sequence where it is."""
        if (script := self._scripts.get(setup.step.step_id)) is not None:
            await self._async_end(script, script.async_stop)

    async def async_unload(self) -> None:
        """Let go of all sequences."""
        for script in self._scripts.values():
            await self._async_end(script, script.async_unload)
        self._scripts.clear()

    async def _async_end(self, script: Script, end: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """End a sequence, unless this is part of it: what it asked for would be cancelled half-way."""
        if script.unique_id in (script_stack_cv.get() or ()):
            return
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await end()
        except TimeoutError:
            _LOGGER.warning("%s: a sequence of actions does not end", self._name)

    async def async_call(self, domain: str, service: str, data: Mapping[str, Any], context: Context) -> None:
        """Call an action and wait for it, for as long as an appliance may take.

        Raises:
            CannotActError: when it fails or takes too long.
        """
        try:
            async with asyncio.timeout(CALL_SECONDS):
                await self._hass.services.async_call(
                    domain, service, dict(data), blocking=True, context=context
                )
        except TimeoutError as error:
            raise CannotActError("timed_out") from error
        # An integration's action may raise anything; whatever it is, the step failed and says so.
        except Exception as error:
            _LOGGER.warning("%s: %s.%s failed: %s", self._name, domain, service, error)
            raise CannotActError("action_failed") from error

    async def _async_run_sequence(self, setup: StepSetup, context: Context) -> None:
        step_id = setup.step.step_id
        try:
            script = self._scripts.get(step_id) or await self._async_script(setup)
            self._scripts[step_id] = script
            await script.async_run({"step": step_id, "kind": setup.step.kind.value}, context=context)
        # The user's actions may raise anything; the run goes on and says what happened.
        except Exception as error:
            _LOGGER.warning("%s: the actions of step %s failed: %s", self._name, step_id, error)
            raise CannotActError("sequence_failed") from error

    async def _async_script(self, setup: StepSetup) -> Script:
        sequence = await async_validate_actions_config(self._hass, cv.SCRIPT_SCHEMA(list(setup.actions)))
        return Script(self._hass, sequence, f"{self._name} {setup.name}", DOMAIN, logger=_LOGGER)

    async def _async_demand(self, demand: Demand, setup: StepSetup, context: Context) -> None:
        entities = self._home.entities(demand.role)
        if demand.ask is Ask.PLAY:
            if (speaker := self._home.foremost(demand.role)) is None:
                raise CannotActError("unavailable")
            await self._async_play(speaker.entity_id, setup, context)
            return
        if not entities:
            raise CannotActError("unavailable")
        for entity_id in entities:
            if not is_known(self._hass.states.get(entity_id)) and not is_stateless(entity_id):
                raise CannotActError("unavailable")
            domain = entity_id.split(".", 1)[0]
            service = SERVICES[demand.ask].get(domain)
            if service is None:
                raise CannotActError("unable")
            data = {ATTR_ENTITY_ID: entity_id, **self._setting(demand, domain, setup)}
            await self.async_call(domain, service, data, context)

    def _setting(self, demand: Demand, domain: str, setup: StepSetup) -> dict[str, Any]:
        """Return the data that goes along with a demand, in the units of this home."""
        if demand.setting is None or (value := setup.settings.get(demand.setting)) is None:
            return {}
        if demand.setting == "brightness":
            return {"brightness_pct": value} if domain == "light" else {}
        if demand.setting == "temperature":
            unit = self._hass.config.units.temperature_unit
            value = round(TemperatureConverter.convert(value, UnitOfTemperature.CELSIUS, unit), 1)
        return {demand.setting: value}

    async def _async_play(self, entity_id: str, setup: StepSetup, context: Context) -> None:
        """Play the step's media, or speak its message where there is a voice."""
        settings = setup.settings
        if content := settings.get("media_content_id"):
            await self.async_call(
                "media_player",
                "play_media",
                {
                    ATTR_ENTITY_ID: entity_id,
                    "media_content_id": content,
                    "media_content_type": settings.get("media_content_type", "music"),
                },
                context,
            )
            return
        await self._async_speak(entity_id, settings.get("message") or setup.name, context)

    async def _async_speak(self, entity_id: str, message: str, context: Context) -> None:
        voices = self._home.entities("tts")
        if not voices:
            raise CannotActError("nothing_to_play")
        await self.async_call(
            "tts",
            "speak",
            {ATTR_ENTITY_ID: voices[0], "media_player_entity_id": entity_id, "message": message},
            context,
        )

    async def _async_put_off(self, demand: Demand, entity_id: str, context: Context) -> None:
        """Put one output off; what counts is that it shows it, whatever became of the call.

        Raises:
            CannotActError: when it does not, or says nothing.
        """
        domain = entity_id.split(".", 1)[0]
        service = SERVICES[demand.ask].get(domain)
        if service is None:
            return
        if demand.ask is Ask.OFF:
            # After a restart it may come later than the run that left it on: nobody would take the call.
            await self._async_until(entity_id, _is_there, otherwise="unavailable")
        try:
            await self.async_call(domain, service, {ATTR_ENTITY_ID: entity_id}, context)
        except CannotActError:
            if demand.ask is not Ask.OFF:
                raise
        if demand.ask is Ask.OFF:
            await self._async_until(entity_id, _is_off, otherwise="still_on")

    async def _async_until(
        self, entity_id: str, shown: Callable[[State | None], bool], *, otherwise: str
    ) -> None:
        settled = asyncio.Event()

        @callback
        def changed(_: Event[EventStateChangedData] | None = None) -> None:
            if shown(self._hass.states.get(entity_id)):
                settled.set()

        unsubscribe = async_track_state_change_event(self._hass, [entity_id], changed)
        changed()
        try:
            async with asyncio.timeout(OFF_SECONDS):
                await settled.wait()
        except TimeoutError as error:
            raise CannotActError(otherwise) from error
        finally:
            unsubscribe()


def can_put_off(setup: StepSetup, home: Home) -> bool:
    """Return whether Cerebro can put a step's output off, where it must: an automation does it itself."""
    if setup.step.hazard is None or setup.step.done_by is DoneBy.AUTOMATION:
        return True
    return all(home.entities(demand.role) for demand in setup.spec.release)


def _plays(state: State | None) -> bool:
    return state is not None and state.state in ON_STATES


def _is_there(state: State | None) -> bool:
    return state is not None and state.state != STATE_UNAVAILABLE


def _is_off(state: State | None) -> bool:
    return state is not None and is_known(state) and state.state not in ON_STATES and state.state != "closing"
