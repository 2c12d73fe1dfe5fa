"""The companion app: by which action a phone is told something, and from whose phone an answer came."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping
import logging
from typing import Any, Final

from homeassistant.components.mobile_app.util import get_notify_service, webhook_id_from_device_id
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import Context, Event, HomeAssistant
from homeassistant.exceptions import HomeAssistantError

_LOGGER = logging.getLogger(__name__)

MOBILE_APP: Final = "mobile_app"
NOTIFY: Final = "notify"
EVENT_ACTION: Final = "mobile_app_notification_action"
CLEAR: Final = "clear_notification"
PREFIX: Final = "CEREBRO"
"""What the ids of all answers to Cerebro begin with."""


class PhoneUnreachable(HomeAssistantError):  # noqa: N818 - says what is the case, and is caught by that name
    """None of the phones could be told."""


def notify_action(hass: HomeAssistant, device_id: str) -> str:
    """Return the notify action of a phone, as it is called at this moment.

    Raises:
        PhoneUnreachable: when the phone is gone, takes no notifications, or is not set up yet.
    """
    webhook_id = webhook_id_from_device_id(hass, device_id)
    try:
        service = None if webhook_id is None else get_notify_service(hass, webhook_id)
    except (AttributeError, KeyError) as error:  # Home Assistant has not set up the phones' actions yet.
        raise PhoneUnreachable(f"{device_id}: not set up yet") from error
    if service is None:
        raise PhoneUnreachable(f"{device_id}: no notifications")
    return service


async def async_tell_all(hass: HomeAssistant, device_ids: Collection[str], told: Mapping[str, Any]) -> None:
    """Tell phones something, each whatever becomes of the others.

    Raises:
        PhoneUnreachable: when none of them could be told.
    """

    async def tell(device_id: str) -> HomeAssistantError | None:
        try:
            action = notify_action(hass, device_id)
            await hass.services.async_call(NOTIFY, action, dict(told), blocking=True, context=Context())
        except HomeAssistantError as error:
            return error
        return None

    outcomes = await asyncio.gather(*map(tell, device_ids))
    errors = [error for error in outcomes if error is not None]
    if len(errors) == len(device_ids):
        raise PhoneUnreachable("; ".join(map(str, errors)) or "no phone")
    for error in errors:
        _LOGGER.info("Not every phone could be told: %s", error)


def phone_of(hass: HomeAssistant, event: Event, device_ids: Iterable[str]) -> str | None:
    """Return which of some phones an answer came from: its user's, and of several the one it names."""
    ours = {device_id: _registration(hass, device_id) for device_id in device_ids}
    user_id = event.context.user_id
    able = {
        device_id: entry
        for device_id, entry in ours.items()
        if user_id is not None and entry is not None and entry.data["user_id"] == user_id
    }
    named = event.data.get("device_id")
    for device_id, entry in able.items():
        if named in {device_id, entry.data["device_id"]}:
            return device_id
    return next(iter(able), None)


def _registration(hass: HomeAssistant, device_id: str) -> ConfigEntry | None:
    """Return what a phone registered itself with."""
    webhook_id = webhook_id_from_device_id(hass, device_id)
    entries = hass.config_entries.async_loaded_entries(MOBILE_APP)
    return next((entry for entry in entries if entry.data["webhook_id"] == webhook_id), None)
