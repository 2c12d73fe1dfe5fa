"""Temporary."""

from homeassistant.config_entries import ConfigFlow

from .const import DOMAIN


class CerebroFlow(ConfigFlow, domain=DOMAIN):
    """Temporary."""
