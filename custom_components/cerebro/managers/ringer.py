"""The alarm's outputs: speakers that ring, a light that rises, and volumes put back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
import logging
from typing import Final

from homeassistant.components.media_player import (
    ATTR_MEDIA_VOLUME_LEVEL,
    MediaPlayerEntityFeature,
    async_process_play_media_url,
)
from homeassistant.const import ATTR_ENTITY_ID, ATTR_SUPPORTED_FEATURES
from homeassistant.core import CALLBACK_TYPE, Context, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.util import dt as dt_util

from ..const import ALARM_SOUND_URL
from .hands import CannotActError, Hands
from .home import Home, is_known, volume_of
from .ramp import Ramp
from .settings import StepSetup

_LOGGER = logging.getLogger(__name__)

PLAYING: Final = frozenset({"playing", "buffering"})


class Ringer:
    """Rings the speakers of a home in the order the user gave."""

    def __init__(
        self,
        hass: HomeAssistant,
        home: Home,
        hands: Hands,
        *,
        setup: StepSetup | None,
        on_heard: Callable[[], None],
        asleep: Callable[[], bool],
        others: Callable[[], Iterable[Ringer]],
    ) -> None:
        """Take the home, the alarm step, whom to tell when it rings, whether it waits, and who else rings."""
        self._hass = hass
        self._home = home
        self._hands = hands
        self._setup = setup
        self._on_heard = on_heard
        self._others = others
        self._watch: CALLBACK_TYPE | None = None
        self._ramp = Ramp(hass, home, hands, asleep)
        self._replays: set[asyncio.Task[None]] = set()
        self.volumes: dict[str, float | None] = {}
        """The volume that each speaker that rang had before, from 0 to 1, until it is put back."""
        self.ringing: set[str] = set()
        """The speakers that ring now, or were asked to."""

    async def async_ring(self, output: int, volume: float, context: Context) -> None:
        """Ring an output at a volume from 0 to 1.

        Raises:
            CannotActError: when there is no such output or it does not take the call.
        """
        entity_id = self._output(output)
        self.ringing.add(entity_id)
        await self.async_set_volume(entity_id, volume, context)
        state = self._hass.states.get(entity_id)
        if state is not None and state.state in PLAYING and self._watch is not None:
            self._on_heard()
            return
        self._listen(entity_id, context)
        await self._async_play(entity_id, context)

    def remember_volume(self, output: int) -> None:
        """Remember the volume of an output as it is before the alarm touches it."""
        try:
            entity_id = self._output(output)
        except CannotActError:
            return
        state = self._hass.states.get(entity_id)
        before = None if state is None else volume_of(state)
        # What another routine rings already is as loud as its alarm: before that, it was as that one says.
        for other in self._others():
            before = other.volumes.get(entity_id, before)
        self.volumes.setdefault(entity_id, before)

    async def async_set_volume(self, entity_id: str, volume: float, context: Context) -> None:
        """Set a speaker's volume, where it has one."""
        state = self._hass.states.get(entity_id)
        features = 0 if state is None else state.attributes.get(ATTR_SUPPORTED_FEATURES, 0)
        if features & MediaPlayerEntityFeature.VOLUME_SET:
            data = {ATTR_ENTITY_ID: entity_id, ATTR_MEDIA_VOLUME_LEVEL: round(volume, 3)}
            await self._hands.async_call("media_player", "volume_set", data, context)

    async def async_silence(self, context: Context) -> None:
        """Stop ringing on all outputs and put their volumes back.

        Raises:
            CannotActError: when a speaker does not take a call; the others are put back all the same.
        """
        self._stop_listening()
        self.end_ramp()
        self.ringing.clear()
        failed: CannotActError | None = None
        for entity_id in list(self.volumes):
            # What rings for somebody else too is put back with the last of the alarms.
            if any(entity_id in other.ringing & other.volumes.keys() for other in self._others()):
                del self.volumes[entity_id]
                continue
            try:
                await self._async_put_back(entity_id, context)
            except CannotActError as error:
                failed = error
                continue
            del self.volumes[entity_id]
        if failed is not None:
            raise failed

    async def _async_put_back(self, entity_id: str, context: Context) -> None:
        # Home Assistant passes over what is unavailable without a word: the call alone would prove nothing.
        if not is_known(self._hass.states.get(entity_id)):
            raise CannotActError("unavailable")
        await self._hands.async_call("media_player", "media_stop", {ATTR_ENTITY_ID: entity_id}, context)
        if (before := self.volumes[entity_id]) is not None:
            await self.async_set_volume(entity_id, before, context)

    def begin_ramp(self, wake_at: datetime, length: timedelta, context: Context) -> None:
        """Let the bedroom light rise until the wake-up, from where it is in time now."""
        self._ramp.begin(wake_at, length, context, dt_util.utcnow())

    def end_ramp(self) -> None:
        """Leave the light as it is."""
        self._ramp.end()

    @callback
    def unload(self) -> None:
        """Let go of everything that waits."""
        self._stop_listening()
        self.end_ramp()
        self.ringing.clear()
        for task in self._replays:
            task.cancel()

    def _output(self, output: int) -> str:
        speakers = self._home.entities("speaker")
        if output >= len(speakers) or not is_known(self._hass.states.get(speakers[output])):
            raise CannotActError("unavailable")
        return speakers[output]

    def _listen(self, entity_id: str, context: Context) -> None:
        """Tell when the speaker is heard, and play again when it fell silent though it should ring."""
        self._stop_listening()
        heard = False

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            nonlocal heard
            state = event.data["new_state"]
            if state is None:
                return
            if state.state in PLAYING:
                heard = True
                self._on_heard()
            elif heard and is_known(state):
                heard = False
                task = self._hass.async_create_task(self._async_replay(entity_id, context), eager_start=False)
                self._replays.add(task)
                task.add_done_callback(self._replays.discard)

        self._watch = async_track_state_change_event(self._hass, [entity_id], changed)

    def _stop_listening(self) -> None:
        if self._watch is not None:
            self._watch()
            self._watch = None

    async def _async_replay(self, entity_id: str, context: Context) -> None:
        if self._watch is None:
            return
        try:
            await self._async_play(entity_id, context)
        except CannotActError as error:
            # The alarm's own step up comes soon and falls back to the next output when it fails too.
            _LOGGER.debug("The speaker %s does not ring again: %s", entity_id, error.reason)

    async def _async_play(self, entity_id: str, context: Context) -> None:
        settings: Mapping[str, object] = {} if self._setup is None else self._setup.settings
        content = settings.get("media_content_id")
        if content is None:
            content = self._own_sound()
        data = {
            ATTR_ENTITY_ID: entity_id,
            "media_content_id": content,
            "media_content_type": settings.get("media_content_type", "music"),
        }
        await self._hands.async_call("media_player", "play_media", data, context)

    def _own_sound(self) -> str:
        """Return where speakers fetch Cerebro's own sound."""
        try:
            return async_process_play_media_url(self._hass, ALARM_SOUND_URL, allow_relative_url=True)
        except NoURLAvailableError:
            return ALARM_SOUND_URL
