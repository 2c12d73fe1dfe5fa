"""The homes in which forms are filled in."""

from __future__ import annotations

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
import pytest

from .forms import async_furnish, async_set_up


@pytest.fixture
async def furnished(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return a home with its appliances and two persons, and without Cerebro."""
    return await async_furnish(hass, freezer)


@pytest.fixture
async def entry(furnished: HomeAssistant) -> ConfigEntry:
    """Return Cerebro as it is set up by accepting what it proposes."""
    return await async_set_up(furnished)
