"""Cerebro's sentences in the home's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.reason import Reason

_PREFIX = f"component.{DOMAIN}."
_COMMON = f"{_PREFIX}common."


class Texts:
    """Turns keys and values into sentences; what has no sentence shows as its key."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Take the texts of one language."""
        self._texts = texts

    @classmethod
    async def load(cls, hass: HomeAssistant) -> Texts:
        """Read the texts of the home's language, with English behind it."""
        common = await async_get_translations(hass, hass.config.language, "common", {DOMAIN})
        others = [
            await async_get_translations(hass, hass.config.language, category, {DOMAIN})
            for category in ("exceptions", "selector")
        ]
        return cls(
            {key.removeprefix(_COMMON): text for key, text in common.items() if key.startswith(_COMMON)}
            | {key.removeprefix(_PREFIX): text for texts in others for key, text in texts.items()}
        )

    def text(self, key: str, **values: object) -> str:
        """Return the text of a key with its values filled in."""
        pattern = self._texts.get(key)
        if pattern is None:
            return key
        return pattern.format_map({name: self._shown(value) for name, value in values.items()})

    def render(self, reason: Reason) -> str:
        """Return the sentence of a reason."""
        return self.text(f"reason_{reason.key}", **reason.values)

    def refusal(self, error: HomeAssistantError) -> str:
        """Return the sentence of an error: its own text is English, whatever the home speaks."""
        key = f"exceptions.{error.translation_key}.message"
        return self.text(key, **(error.translation_placeholders or {})) if key in self._texts else str(error)

    def option(self, key: str, value: str) -> str:
        """Return what a selector with that translation key calls one of its options."""
        return self._texts.get(f"selector.{key}.options.{value}", value)

    def _shown(self, value: object) -> str:
        """Return a value as a person reads it: local times, whole minutes, translated words."""
        match value:
            case datetime():
                return dt_util.as_local(value).strftime("%H:%M")
            case timedelta():
                return f"{value.total_seconds() / 60:.0f}"
            case float():
                return f"{value:.0f}" if value == round(value) or abs(value) >= 10 else f"{value:.1f}"  # noqa: PLR2004
            case str():
                return self._texts.get(f"word_{value}", value)
        return str(value)
