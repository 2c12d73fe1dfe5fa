"""The light that rises before the alarm rings, for those who are still asleep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_BRIGHTNESS_PCT,
    ATTR_SUPPORTED_COLOR_MODES,
    brightness_supported,
)
from homeassistant.const import ATTR_ENTITY_ID, STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Context, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_state_change_event
from homeassistant.util import dt as dt_util

from .hands import CannotActError, Hands
from .home import Home

_LOGGER = logging.getLogger(__name__)

STEPS: Final = 20
"""A light rises in this many steps: 5 % each, about the smallest an eye still sees."""
FULL: Final = 255
"""The brightness of a light that is wholly on."""


class Ramp:
    """Lets the bedroom light rise until the wake-up.

    It never fights a person: it waits while somebody is up, dims nothing, and lets go of a light that
    somebody switched off.
    """

    def __init__(self, hass: HomeAssistant, home: Home, hands: Hands, asleep: Callable[[], bool]) -> None:
        """Take the home, and what tells whether nobody has answered the alarm yet."""
        self._hass = hass
        self._home = home
        self._hands = hands
        self._asleep = asleep
        self._next: CALLBACK_TYPE | None = None
        self._watch: CALLBACK_TYPE | None = None
        self._let_go: set[str] = set()

    def begin(self, wake_at: datetime, length: timedelta, context: Context, now: datetime) -> None:
        """Rise, from where it is in time now."""
        lights = self._home.entities("bedroom_light")
        if length <= timedelta() or not lights or self._next is not None or now >= wake_at:
            return
        self._let_go.clear()
        self._watch = async_track_state_change_event(self._hass, lights, self._changed_by(context))
        self._wait(wake_at, length, context, _steps_by(now, wake_at, length) + 1)

    def end(self) -> None:
        """Leave the lights as they are."""
        for unsubscribe in (self._next, self._watch):
            if unsubscribe is not None:
                unsubscribe()
        self._next = self._watch = None

    def _wait(self, wake_at: datetime, length: timedelta, context: Context, step: int) -> None:
        """Wait for a step, counted from 1; one that comes late goes as far as the light should be by then."""
        if step > STEPS:
            self.end()
            return

        async def rise(_: datetime) -> None:
            reached = max(step, _steps_by(dt_util.utcnow(), wake_at, length))
            self._wait(wake_at, length, context, reached + 1)
            if self._asleep():
                for entity_id in self._home.entities("bedroom_light"):
                    await self._async_light(entity_id, reached / STEPS, context)

        at = wake_at - length * (STEPS - step) / STEPS
        self._next = async_track_point_in_utc_time(self._hass, rise, at)

    async def _async_light(self, entity_id: str, share: float, context: Context) -> None:
        """Bring a light to a share of its brightness; one that knows only on and off is on at the wake-up."""
        state = self._hass.states.get(entity_id)
        if state is None or entity_id in self._let_go:
            return
        dims = brightness_supported(state.attributes.get(ATTR_SUPPORTED_COLOR_MODES))
        if not dims and share < 1:
            return
        if state.state == STATE_ON and (state.attributes.get(ATTR_BRIGHTNESS) or 0) >= share * FULL:
            return
        data = {ATTR_ENTITY_ID: entity_id} | (
            {ATTR_BRIGHTNESS_PCT: max(1, round(100 * share))} if dims else {}
        )
        try:
            await self._hands.async_call("light", "turn_on", data, context)
        except CannotActError as error:
            _LOGGER.debug("The light %s does not rise: %s", entity_id, error.reason)

    def _changed_by(self, context: Context) -> Callable[[Event[EventStateChangedData]], None]:
        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            """Let go of a light that somebody switched off."""
            before, after = event.data["old_state"], event.data["new_state"]
            if before is None or after is None or after.context.id == context.id:
                return
            if (before.state, after.state) == (STATE_ON, STATE_OFF):
                self._let_go.add(after.entity_id)

        return changed


def _steps_by(moment: datetime, wake_at: datetime, length: timedelta) -> int:
    """Return how many steps a light that rises until the wake-up has behind it."""
    return min(STEPS, max(0, (moment - (wake_at - length)) * STEPS // length))
