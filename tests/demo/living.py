"""Lets tests live in the demo home: import this module before Home Assistant looks for integrations."""

from __future__ import annotations

from pathlib import Path

from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.common import MockConfigEntry

import custom_components

DEMO_COMPONENTS = str(Path(__file__).parents[2] / "demo" / "custom_components")
if DEMO_COMPONENTS not in custom_components.__path__:
    custom_components.__path__.append(DEMO_COMPONENTS)


async def async_move_in(
    hass: HomeAssistant, *, pace: float = 60.0, seed: int = 7, resident: bool = False
) -> MockConfigEntry:
    """Set the demo home up; without its resident nobody moves unless the test places them."""
    entry = MockConfigEntry(
        domain="demo_home",
        title="Demo home",
        options={"seed": seed, "pace": pace, "resident": resident},
    )
    entry.add_to_hass(hass)
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    return entry
