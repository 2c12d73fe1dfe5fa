"""Cerebro: one orchestrator for all the connected objects of a home."""

from __future__ import annotations

from pathlib import Path

from homeassistant.components.http import StaticPathConfig
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .const import DOMAIN, STATIC_URL
from .managers import Cerebro, CerebroConfigEntry
from .managers.decisions import DecisionLog
from .managers.memory import Memory
from .managers.schedule import Schedule
from .managers.texts import Texts
from .services import async_setup_services

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = (
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:  # noqa: ARG001
    """Offer the actions, and the alarm's sound to speakers."""
    async_setup_services(hass)
    sounds = Path(__file__).parent / "sounds"
    await hass.http.async_register_static_paths(
        [StaticPathConfig(STATIC_URL, str(sounds), cache_headers=True)]
    )
    return True


async def async_setup_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> bool:
    """Bring Cerebro up."""
    cerebro = Cerebro(hass, entry, await Texts.load(hass))
    await cerebro.async_setup()
    entry.runtime_data = cerebro
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(entry.add_update_listener(_async_updated))

    async def halt(_: Event) -> None:
        await cerebro.async_halt()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, halt))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> bool:
    """Bring Cerebro to a safe end."""
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    await entry.runtime_data.async_unload()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:  # noqa: ARG001
    """Remove everything that was kept: the home is handed over clean."""
    for kept in (Schedule(hass), Memory(hass), DecisionLog(hass)):
        await kept.async_remove()


async def _async_updated(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:  # noqa: ARG001
    """Follow what was added, edited and removed."""
    await entry.runtime_data.async_follow_entry()
