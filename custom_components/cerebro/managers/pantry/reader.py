"""Reads a sentence, a receipt or the inside of a fridge: with the user's own AI provider, else by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
import logging
from typing import Any, Final

from homeassistant.components import ai_task
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.selector import ObjectSelector, ObjectSelectorConfig, ObjectSelectorField
import voluptuous as vol

from ...const import DOMAIN
from ...core.pantry.draft import ITEMS, DraftLine, Source, Wish, read_answer, read_sentence
from ...core.pantry.errors import PantryError
from ...core.pantry.model import Place
from ...core.pantry.sentence import LONGEST
from ..texts import Texts

_LOGGER = logging.getLogger(__name__)

TASK_NAME: Final = f"{DOMAIN}_read_in"
SECONDS: Final = 120.0
"""How long a provider may look at a picture."""
UNITS: Final = ("g", "kg", "mL", "L", "piece", "pack")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was read, and how."""

    source: Source
    lines: tuple[DraftLine, ...]
    by_provider: bool = False
    fell_back: bool = False
    """Whether the provider was asked, and failed."""


class Reader:
    """Reads what people write, say and photograph."""

    def __init__(self, hass: HomeAssistant, texts: Texts, provider: str | None) -> None:
        """Take the entity id of the provider that the user chose, if one."""
        self._hass = hass
        self._texts = texts
        self._provider = provider

    @property
    def provider(self) -> str | None:
        """The entity that can be asked now."""
        return self._provider if ai_task.DOMAIN in self._hass.config.components else None

    async def async_read_text(
        self,
        text: str,
        *,
        today: date,
        context: Context | None = None,
        known: Callable[[str], bool] = lambda _: False,
    ) -> Reading:
        """Return what a sentence says: the provider's answer, else what can be told without one.

        ``known`` tells whether the household has a product of a name with an "and" in it.

        Raises:
            PantryError: ``nothing_read``, ``text_too_long``.
        """
        said = text.strip()
        if len(said) > LONGEST:
            raise PantryError("text_too_long", most=str(LONGEST))
        if self.provider is None or not said:
            return Reading(source=Source.SENTENCE, lines=read_sentence(said, known))
        try:
            instructions = self._texts.text(
                "reader_sentence", text=said, today=today.isoformat(), currency=self._hass.config.currency
            )
            lines = read_answer(await self._async_ask(instructions, None, context), today=today)
        except (HomeAssistantError, PantryError, TimeoutError) as error:
            _LOGGER.warning("%s could not read a sentence: %s", self._provider, error)
            lines = read_sentence(said, known)
            return Reading(source=Source.SENTENCE, lines=lines, fell_back=True)
        return Reading(source=Source.SENTENCE, lines=lines, by_provider=True)

    async def async_read_image(
        self, image: Mapping[str, Any], *, today: date, context: Context | None = None
    ) -> Reading:
        """Return what a picture shows; ``image`` is what a media selector gives.

        Raises:
            ServiceValidationError: when no provider was chosen.
            HomeAssistantError: when the provider fails.
            PantryError: when there is nothing in it.
        """
        if self.provider is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="reader_no_provider")
        attachment = {key: image[key] for key in ("media_content_id", "media_content_type") if key in image}
        try:
            instructions = self._texts.text(
                "reader_picture", today=today.isoformat(), currency=self._hass.config.currency
            )
            answer = await self._async_ask(instructions, [attachment], context)
        except (HomeAssistantError, TimeoutError) as error:
            raise HomeAssistantError(
                translation_domain=DOMAIN,
                translation_key="reader_failed",
                translation_placeholders={"provider": self._provider or ""},
            ) from error
        return Reading(source=Source.RECEIPT, lines=read_answer(answer, today=today), by_provider=True)

    async def _async_ask(
        self, instructions: str, attachments: list[dict[str, Any]] | None, context: Context | None
    ) -> Any:
        async with asyncio.timeout(SECONDS):
            result = await ai_task.async_generate_data(
                self._hass,
                task_name=TASK_NAME,
                entity_id=self._provider,
                instructions=instructions,
                structure=self._structure(),
                attachments=attachments,
                context=context,
            )
        return result.data

    def _structure(self) -> vol.Schema:
        """Return the form that an answer shall have."""
        items = ObjectSelector(ObjectSelectorConfig(fields=FIELDS, multiple=True))
        return vol.Schema({vol.Required(ITEMS, description=self._texts.text("reader_items")): items})


def _choice(options: Iterable[str]) -> ObjectSelectorField:
    return ObjectSelectorField(selector={"select": {"options": list(options)}})


_TEXT: Final = ObjectSelectorField(selector={"text": {}})
_NUMBER: Final = ObjectSelectorField(selector={"number": {"min": 0, "step": "any"}})
# Providers are told of these as they are written: not as selectors that were made of them.
FIELDS: Final[dict[str, ObjectSelectorField]] = {
    "name": ObjectSelectorField(selector={"text": {}}, required=True),
    "amount": _NUMBER,
    "unit": _choice(UNITS),
    "best_before": _TEXT,
    "price": _NUMBER,
    "place": _choice(one.value for one in Place),
    "wish": _choice(one.value for one in Wish),
}
"""What is asked of each thing."""
