"""The voice of the demo home: it says nothing, in every language, without any network."""

from __future__ import annotations

from typing import Any, Final, override

from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .simulation import DemoHomeConfigEntry

PARALLEL_UPDATES = 0

LANGUAGES: Final = ["en", "fr"]
# A frame of MPEG-1 layer III at 128 kbit/s and 44.1 kHz is 417 bytes, of which the first four are its header;
# without any side information it decodes to silence. In this format nothing needs to be converted.
FRAME: Final = b"\xff\xfb\x90\xc4" + bytes(413)
FRAMES: Final = 8


async def async_setup_entry(
    hass: HomeAssistant,
    entry: DemoHomeConfigEntry,  # noqa: ARG001
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the voice."""
    async_add_entities([DemoVoice(hass.config.language)])


class DemoVoice(TextToSpeechEntity):
    """A voice that speaks silence."""

    _attr_has_entity_name = True
    _attr_translation_key = "voice"
    _attr_unique_id = f"{DOMAIN}_voice"
    _attr_supported_languages = LANGUAGES

    def __init__(self, language: str) -> None:
        """Speak the home's language where it is known."""
        self._attr_default_language = language if language in LANGUAGES else LANGUAGES[0]

    @override
    async def async_get_tts_audio(self, message: str, language: str, options: dict[str, Any]) -> TtsAudioType:
        """Return a fifth of a second of silence."""
        return "mp3", FRAME * FRAMES
