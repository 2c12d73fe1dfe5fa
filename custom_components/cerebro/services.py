"""The actions."""

from __future__ import annotations

from typing import Final

from homeassistant.core import HomeAssistant, callback

from .actions.pantry import PANTRY_ACTIONS
from .actions.routine import ROUTINE_ACTIONS

ACTIONS: Final = (*ROUTINE_ACTIONS, *PANTRY_ACTIONS)
"""Every action, by its name in ``services.yaml``."""


@callback
def async_setup_services(hass: HomeAssistant) -> None:
    """Register the actions."""
    for action in ACTIONS:
        action.register(hass)
