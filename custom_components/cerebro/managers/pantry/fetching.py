"""Asks a server for JSON and believes nothing of it: not its size, nor its speed, nor where it sends us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, Final

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, hdrs
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.util.json import JSON_DECODE_EXCEPTIONS, json_loads
from yarl import URL

MOST_REDIRECTS: Final = 3
"""All on the same server."""
_REDIRECTS: Final = frozenset(
    {
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    }
)


class Trouble(StrEnum):
    """Why there is no answer."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    NOT_JSON = "not_json"
    ELSEWHERE = "elsewhere"
    """The server sends us to another one, or in circles."""


class FetchError(Exception):
    """There is no answer that can be used."""

    def __init__(self, trouble: Trouble) -> None:
        """Say why."""
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server answered."""

    status: int
    retry_after: str | None
    """What it says of when to ask again, as it stands in its head."""
    body: bytes

    def data(self) -> Any:
        """Return its JSON.

        Raises:
            FetchError: when it is none.
        """
        try:
            return json_loads(self.body)
        except JSON_DECODE_EXCEPTIONS as error:
            raise FetchError(Trouble.NOT_JSON) from error


async def async_fetch(
    hass: HomeAssistant, url: URL, *, headers: Mapping[str, str], most_bytes: int, seconds: float
) -> Answer:
    """Return what is at an address, following it only within its own server.

    Raises:
        FetchError: when there is no whole answer of that size within that time.
    """
    session = async_get_clientsession(hass)
    patience = ClientTimeout(total=seconds)
    try:
        for _ in range(MOST_REDIRECTS + 1):
            answer = await _async_get(session, url, headers, most_bytes, patience)
            if isinstance(answer, Answer):
                return answer
            if answer.origin() != url.origin():
                break
            url = answer
    except TimeoutError as error:
        raise FetchError(Trouble.SLOW) from error
    except (ClientError, OSError, ValueError) as error:
        raise FetchError(Trouble.UNREACHABLE) from error
    raise FetchError(Trouble.ELSEWHERE)


async def _async_get(
    session: ClientSession, url: URL, headers: Mapping[str, str], most_bytes: int, patience: ClientTimeout
) -> Answer | URL:
    """Return an answer, or the address that it sends us to."""
    async with session.get(url, headers=headers, allow_redirects=False, timeout=patience) as response:
        target = response.headers.get(hdrs.LOCATION)
        if response.status in _REDIRECTS and target is not None:
            return url.join(URL(target))
        return Answer(
            status=response.status,
            retry_after=response.headers.get(hdrs.RETRY_AFTER),
            body=await _async_body(response, most_bytes),
        )


async def _async_body(response: ClientResponse, most_bytes: int) -> bytes:
    """Return the body, however it was packed, and stop reading where it is too large."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(1 << 16):
        body += chunk
        if len(body) > most_bytes:
            raise FetchError(Trouble.TOO_LARGE)
    return bytes(body)
