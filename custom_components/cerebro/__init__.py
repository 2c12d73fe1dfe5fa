"""Cerebro: one orchestrator for all the connected objects of a home."""

from __future__ import annotations

from pathlib import Path

from homeassistant.components.http import StaticPathConfig
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, HassJob, HomeAssistant
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.typing import ConfigType

from .const import CONF_INSTALL_BLUEPRINTS, DOMAIN, STATIC_URL
from .managers import Cerebro, CerebroConfigEntry
from .managers.blueprints import Blueprints
from .managers.decisions import DecisionLog
from .managers.issues import forget_all
from .managers.journal import async_remove_journals
from .managers.memory import Memory
from .managers.pantry.removal import async_remove_pantries
from .managers.schedule import Schedule
from .managers.texts import Texts
from .services import async_setup_services
from .websocket import async_setup_websocket

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)

PLATFORMS = (
    Platform.BINARY_SENSOR,
    Platform.BUTTON,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.SWITCH,
    Platform.TIME,
    Platform.TODO,
)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:  # noqa: ARG001
    """Offer the actions, the websocket commands, and the alarm's sound to speakers."""
    async_setup_services(hass)
    async_setup_websocket(hass)
    sounds = Path(__file__).parent / "sounds"
    # Automations name its address, so that it can tell no version: a speaker must not keep an old sound.
    await hass.http.async_register_static_paths(
        [StaticPathConfig(STATIC_URL, str(sounds), cache_headers=False)]
    )
    return True


async def async_setup_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> bool:
    """Bring Cerebro up."""
    cerebro = Cerebro(hass, entry, await Texts.load(hass))
    await cerebro.async_setup()
    entry.runtime_data = cerebro
    try:
        await _async_open(hass, entry)
    except BaseException:
        # Home Assistant unloads nothing that could not be set up: a run would go on that nobody can stop.
        await cerebro.async_unload()
        raise
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> bool:
    """Bring Cerebro to a safe end."""
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    await entry.runtime_data.async_unload()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:  # noqa: ARG001
    """Remove everything that was kept: the home is handed over clean."""
    forget_all(hass)
    await async_remove_journals(hass)
    await async_remove_pantries(hass)
    for kept in (Schedule(hass), Memory(hass), DecisionLog(hass), Blueprints(hass)):
        await kept.async_remove()


async def _async_open(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:
    """Show what was brought up, and follow the entry and the end of Home Assistant."""
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    entry.async_on_unload(entry.add_update_listener(_async_updated))

    async def halt(_: Event | None = None) -> None:
        await entry.runtime_data.async_halt()

    # First while every other integration still works, and once more for what did not show that it is off.
    entry.async_on_unload(hass.async_add_shutdown_job(HassJob(halt)))
    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, halt))
    await _async_offer_blueprints(hass, entry)


async def _async_updated(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:
    """Follow what was added, edited and removed."""
    await entry.runtime_data.async_follow_entry()
    await _async_offer_blueprints(hass, entry)


async def _async_offer_blueprints(hass: HomeAssistant, entry: CerebroConfigEntry) -> None:
    """Put the blueprints in place where the user wants them."""
    if entry.options.get(CONF_INSTALL_BLUEPRINTS):
        await Blueprints(hass).async_install()
