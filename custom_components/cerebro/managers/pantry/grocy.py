"""Reads the stock of a Grocy server, once: its address and key are given with the action, and not kept."""

from __future__ import annotations

from datetime import date
from functools import partial
from http import HTTPStatus
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from yarl import URL

from ...const import DOMAIN
from ...core.pantry.exchange.brought import Brought
from ...core.pantry.exchange.grocy import OBJECTS, read
from ...core.pantry.exchange.units import Measuring
from .fetching import Answer, FetchError, Trouble, async_fetch

KEY_HEADER: Final = "GROCY-API-KEY"
MOST_BYTES: Final = 16_000_000
SECONDS: Final = 30.0
"""How long each of its answers may take."""
LONGEST_KEY: Final = 200


async def async_read_grocy(
    hass: HomeAssistant,
    address: str,
    api_key: str,
    *,
    today: date,
    measuring: Measuring,
    seconds: float = SECONDS,
) -> Brought:
    """Return the products and lots of a server, which may well be one in the house.

    Raises:
        ServiceValidationError: when the address or the key cannot be right.
        HomeAssistantError: when the server gives no answer that can be used.
        PantryError: when what it has is too much, or makes no sense.
    """
    base = _base(address)
    headers = {KEY_HEADER: _key(api_key), "Accept": "application/json"}
    data: dict[str, Any] = {}
    for name in OBJECTS:
        data[name] = await _async_objects(hass, base / "objects" / name, headers, seconds)
    return await hass.async_add_executor_job(partial(read, data, today=today, measuring=measuring))


def _base(address: str) -> URL:
    """Return the address of a server's API from that of its pages."""
    try:
        url = URL(address.strip())
    except ValueError as error:
        raise _bad_address() from error
    if url.scheme not in {"http", "https"} or not url.host:
        raise _bad_address()
    path = url.path.rstrip("/").removesuffix("/api").removesuffix("/index.php")
    return url.with_path(f"{path}/api").with_query(None).with_fragment(None).with_user(None)


def _key(api_key: str) -> str:
    key = api_key.strip()
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise _bad_key()
    return key


async def _async_objects(hass: HomeAssistant, url: URL, headers: dict[str, str], seconds: float) -> Any:
    try:
        answer = await async_fetch(hass, url, headers=headers, most_bytes=MOST_BYTES, seconds=seconds)
        _check(answer)
        return await hass.async_add_executor_job(answer.data)
    except FetchError as error:
        # Neither the address nor what went wrong below is told: an address may have a password in it.
        raise _failed(error.trouble) from None


def _check(answer: Answer) -> None:
    """See that a server did answer."""
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise _bad_key()
    if answer.status != HTTPStatus.OK:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="grocy_no_server",
            translation_placeholders={"status": str(answer.status)},
        )


def _bad_address() -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key="grocy_bad_address")


def _bad_key() -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key="grocy_bad_key")


def _failed(trouble: Trouble) -> HomeAssistantError:
    return HomeAssistantError(translation_domain=DOMAIN, translation_key=f"grocy_{trouble.value}")
