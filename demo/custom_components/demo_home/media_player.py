"""The loudspeakers of the demo home: they keep silence, but know what they play."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, override

from homeassistant.components import media_source
from homeassistant.components.media_player import (
    ATTR_MEDIA_ANNOUNCE,
    MediaPlayerDeviceClass,
    MediaPlayerEntity,
    MediaPlayerEntityDescription,
    MediaPlayerEntityFeature,
    MediaPlayerState,
    MediaType,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from demo.home import MEDIA_MINUTES, SPEECH_MINUTES, Home, Speaker

from .entity import DemoEntity
from .simulation import DemoHomeConfigEntry, Simulation

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class DemoSpeakerDescription(MediaPlayerEntityDescription):
    """A loudspeaker."""

    device: str
    speaker: Callable[[Home], Speaker]


SPEAKERS = (
    DemoSpeakerDescription(
        key="speaker", device="bedroom_speaker", speaker=lambda home: home.bedroom_speaker
    ),
    DemoSpeakerDescription(
        key="speaker", device="kitchen_speaker", speaker=lambda home: home.kitchen_speaker
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: DemoHomeConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the loudspeakers."""
    async_add_entities(DemoSpeaker(entry.runtime_data, description) for description in SPEAKERS)


class DemoSpeaker(DemoEntity, MediaPlayerEntity):
    """A loudspeaker."""

    entity_description: DemoSpeakerDescription
    _attr_name = None
    _attr_device_class = MediaPlayerDeviceClass.SPEAKER
    _attr_media_content_type = MediaType.MUSIC
    _attr_supported_features = (
        MediaPlayerEntityFeature.PLAY_MEDIA
        | MediaPlayerEntityFeature.MEDIA_ANNOUNCE
        | MediaPlayerEntityFeature.STOP
        | MediaPlayerEntityFeature.VOLUME_SET
        | MediaPlayerEntityFeature.VOLUME_MUTE
    )

    def __init__(self, simulation: Simulation, description: DemoSpeakerDescription) -> None:
        """Take which loudspeaker it is."""
        super().__init__(simulation, description.device, description)

    @property
    def speaker(self) -> Speaker:
        """The loudspeaker at this moment."""
        return self.entity_description.speaker(self.home)

    @override
    def show(self) -> tuple[bool, str | None, float, bool]:
        """Return whether it plays, what, how loudly, and whether it is muted."""
        speaker = self.speaker
        return speaker.playing, speaker.media, speaker.volume, speaker.muted

    @property
    @override
    def state(self) -> MediaPlayerState:
        """Return whether it plays."""
        return MediaPlayerState.PLAYING if self.speaker.playing else MediaPlayerState.IDLE

    @property
    @override
    def volume_level(self) -> float:
        """Return the volume, from 0 to 1."""
        return self.speaker.volume

    @property
    @override
    def is_volume_muted(self) -> bool:
        """Return whether it is muted."""
        return self.speaker.muted

    @property
    @override
    def media_content_id(self) -> str | None:
        """Return what it plays."""
        return self.speaker.media

    @override
    async def async_play_media(self, media_type: MediaType | str, media_id: str, **kwargs: Any) -> None:
        """Play a medium."""
        minutes = SPEECH_MINUTES if kwargs.get(ATTR_MEDIA_ANNOUNCE) else MEDIA_MINUTES
        if media_source.is_media_source_id(media_id):
            media_id = (await media_source.async_resolve_media(self.hass, media_id, self.entity_id)).url
        self.speaker.play(media_id, minutes)
        self._simulation.changed()

    @override
    async def async_media_stop(self) -> None:
        """Fall silent."""
        self.speaker.stop()
        self._simulation.changed()

    @override
    async def async_set_volume_level(self, volume: float) -> None:
        """Set the volume, from 0 to 1."""
        self.speaker.volume = volume
        self._simulation.changed()

    @override
    async def async_mute_volume(self, mute: bool) -> None:
        """Mute it, or let it be heard again."""
        self.speaker.muted = mute
        self._simulation.changed()
