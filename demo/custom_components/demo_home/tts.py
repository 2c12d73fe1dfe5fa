"""The voice of the demo home: it says nothing, in every language, without any network."""

from __future__ import annotations

import io
from typing import Any, override
import wave

from homeassistant.components.tts import TextToSpeechEntity, TtsAudioType
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .const import DOMAIN
from .simulation import DemoHomeConfigEntry

PARALLEL_UPDATES = 0

RATE = 8000
LANGUAGES = ["en", "fr"]


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
        """Return a tenth of a second of silence."""
        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(bytes(2 * RATE // 10))
        return "wav", sound.getvalue()
