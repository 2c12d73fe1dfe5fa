"""What is set up at the moment of a call."""

from __future__ import annotations

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError

from ..const import DOMAIN
from ..managers import Cerebro, CerebroConfigEntry


@callback
def loaded(hass: HomeAssistant) -> Cerebro:
    """Return the one that is loaded.

    Raises:
        ServiceValidationError: when none is.
    """
    entries: list[CerebroConfigEntry] = hass.config_entries.async_loaded_entries(DOMAIN)
    if not entries:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_loaded")
    return entries[0].runtime_data
