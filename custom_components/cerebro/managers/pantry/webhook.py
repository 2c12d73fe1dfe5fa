"""Tells an address that the user gave, and believes nothing of what it answers but its status."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientError, ClientTimeout
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.json import json_bytes

from ...const import DOMAIN

PATIENCE: Final = ClientTimeout(total=10)
MOST_BYTES: Final = 200_000
"""What a list may be as JSON: one of the longest has about half of it."""


async def async_tell(hass: HomeAssistant, address: str, shop: str, told: Mapping[str, Any]) -> None:
    """Send a list to the user's own address, once and nowhere else.

    Raises:
        HomeAssistantError: when it does not take the list, sends us elsewhere, or is not there.
    """
    body = json_bytes(dict(told))
    if len(body) > MOST_BYTES:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="list_too_large",
            translation_placeholders={"shop": shop},
        )
    session = async_get_clientsession(hass)
    headers = {"Content-Type": "application/json"}
    try:
        async with session.post(
            address, data=body, headers=headers, allow_redirects=False, timeout=PATIENCE
        ) as response:
            status = response.status
    except (ClientError, OSError, ValueError) as error:  # TimeoutError is an OSError.
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="shop_unreachable",
            translation_placeholders={"shop": shop},
        ) from error
    # Servers answer with numbers that no standard knows, such as 520.
    if not HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="shop_refused",
            translation_placeholders={"shop": shop, "status": str(status)},
        )
