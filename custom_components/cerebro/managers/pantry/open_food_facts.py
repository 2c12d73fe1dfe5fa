"""What Open Food Facts knows of a barcode: asked for once, only if the user wants it, and kept for good.

Source: the project's API documentation, version 2 (user agent ``AppName/Version (contact)``; 15 product
queries a minute from one address, refused with 429 or 503 beyond that).
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from http import HTTPStatus
import logging
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.loader import async_get_integration
from homeassistant.util import dt as dt_util
from yarl import URL

from ...const import DOMAIN
from ...core.egress import OPEN_FOOD_FACTS
from ...core.pantry.errors import PantryError
from ...core.pantry.exchange.open_food_facts import Found, fields, from_data, read, to_data
from ..kept import async_read, async_remove
from .fetching import Answer, FetchError, async_fetch

_LOGGER = logging.getLogger(__name__)

VERSION: Final = 1
SAVE_DELAY: Final = 10.0
"""Seconds that an answer may wait for the disk: it can be asked for again."""
ORIGIN: Final = URL.build(scheme="https", host=OPEN_FOOD_FACTS)
MOST_BYTES: Final = 256_000
SECONDS: Final = 10.0
"""How long an answer may take."""
EACH: Final = timedelta(minutes=1)
MOST_QUERIES: Final = 10
"""Queries in each minute, fewer than the 15 that are allowed: others in the house may ask too."""
FORGOTTEN: Final = timedelta(days=30)
"""Somebody may have entered an unknown product by then: it is asked for again."""
PAUSE: Final = timedelta(minutes=1)
"""How long nothing is asked after a refusal that does not say for how long."""
PAUSE_MOST: Final = timedelta(hours=1)
MOST_KEPT: Final = 10_000
"""Products kept, and unknown ones: more than a household ever scans."""
_SHORT, _LONG = 8, 13
_BUSY: Final = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


class Outcome(StrEnum):
    """What came of looking a product up."""

    FOUND = "found"
    UNKNOWN = "unknown"
    """It is not known there."""
    OFF = "off"
    """The user did not turn it on."""
    BUSY = "busy"
    """Too much was asked of late."""
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What is known of a product, and why nothing is."""

    outcome: Outcome
    found: Found | None = None


class OpenFoodFacts:
    """Looks products up."""

    def __init__(self, hass: HomeAssistant, *, enabled: bool, origin: URL = ORIGIN) -> None:
        """Ask only if enabled."""
        self._hass = hass
        self.enabled = enabled
        self._origin = origin
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.open_food_facts")
        self._found: dict[str, Found] = {}
        self._unknown: dict[str, datetime] = {}
        self._asked: deque[datetime] = deque(maxlen=MOST_QUERIES)
        self._quiet_until: datetime | None = None
        self._one_at_a_time = asyncio.Lock()
        self._reached = True

    async def async_load(self) -> None:
        """Read what was found before."""
        self._found, self._unknown = await async_read(self._hass, self._store, _read_kept)

    async def async_find(self, gtin: str, *, language: str | None = None) -> Lookup:
        """Return what is known of a GTIN of 14 digits; only what was never asked before is asked for."""
        if (kept := self._kept(gtin)) is not None:
            return kept
        if not self.enabled:
            return Lookup(outcome=Outcome.OFF)
        async with self._one_at_a_time:
            # Who waited may want what the one before him asked for.
            if (kept := self._kept(gtin)) is not None:
                return kept
            if not self._may_ask():
                return Lookup(outcome=Outcome.BUSY)
            return await self._async_ask(gtin, language)

    async def async_flush(self) -> None:
        """Write what was found now."""
        await self._store.async_save(self._data())

    async def async_remove(self) -> None:
        """Remove what was found from the disk."""
        await async_remove(self._hass, self._store)

    def _kept(self, gtin: str) -> Lookup | None:
        """Return what is known without asking."""
        if (found := self._found.get(gtin)) is not None:
            return Lookup(outcome=Outcome.FOUND, found=found)
        asked = self._unknown.get(gtin)
        if asked is not None and dt_util.utcnow() - asked < FORGOTTEN:
            return Lookup(outcome=Outcome.UNKNOWN)
        return None

    def _may_ask(self) -> bool:
        """Return whether it is not too soon for another query."""
        now = dt_util.utcnow()
        if self._quiet_until is not None and now < self._quiet_until:
            return False
        return len(self._asked) < MOST_QUERIES or now - self._asked[0] >= EACH

    async def _async_ask(self, gtin: str, language: str | None) -> Lookup:
        self._asked.append(dt_util.utcnow())
        url = (self._origin / "api/v2/product" / f"{_written(gtin)}.json").with_query(
            fields=",".join(fields(language))
        )
        headers = {"User-Agent": await self._async_user_agent(), "Accept": "application/json"}
        try:
            answer = await async_fetch(
                self._hass, url, headers=headers, most_bytes=MOST_BYTES, seconds=SECONDS
            )
            if answer.status in _BUSY:
                return self._pause(answer)
            found = self._read(answer, language)
        except (FetchError, PantryError) as error:
            self._note_reached(error)
            return Lookup(outcome=Outcome.UNREACHABLE)
        self._note_reached(None)
        self._keep(gtin, found)
        return Lookup(outcome=Outcome.UNKNOWN if found is None else Outcome.FOUND, found=found)

    def _read(self, answer: Answer, language: str | None) -> Found | None:
        """Return the product of an answer; what is not found has its own JSON, with status 404.

        Raises:
            FetchError: when it is no JSON.
            PantryError: when it is none of Open Food Facts'.
        """
        if answer.status not in {HTTPStatus.OK, HTTPStatus.NOT_FOUND}:
            raise PantryError("open_food_facts_unreadable")
        return read(answer.data(), language=language)

    def _keep(self, gtin: str, found: Found | None) -> None:
        if found is None:
            self._unknown[gtin] = dt_util.utcnow()
        else:
            self._unknown.pop(gtin, None)
            self._found[gtin] = found
        for kept in (self._found, self._unknown):
            if len(kept) > MOST_KEPT:
                del kept[next(iter(kept))]
        self._store.async_delay_save(self._data, SAVE_DELAY)

    def _pause(self, answer: Answer) -> Lookup:
        """Ask nothing for as long as the server says, within reason."""
        now = dt_util.utcnow()
        pause = min(max(_pause_of(answer.retry_after, now), timedelta(seconds=1)), PAUSE_MOST)
        self._quiet_until = now + pause
        _LOGGER.info("Open Food Facts wants to be left alone for %d s", pause.total_seconds())
        return Lookup(outcome=Outcome.BUSY)

    def _note_reached(self, error: Exception | None) -> None:
        """Log once that it cannot be reached, and once that it can be again."""
        reached = error is None
        if reached is not self._reached:
            self._reached = reached
            if reached:
                _LOGGER.info("Open Food Facts answers again")
            else:
                _LOGGER.warning("Open Food Facts does not answer: %s", error)

    async def _async_user_agent(self) -> str:
        integration = await async_get_integration(self._hass, DOMAIN)
        return f"{integration.name}/{integration.version} ({integration.documentation})"

    def _data(self) -> dict[str, Any]:
        return {
            "products": {code: to_data(found) for code, found in self._found.items()},
            "unknown": {code: asked.isoformat() for code, asked in self._unknown.items()},
        }


def _written(gtin: str) -> str:
    """Return a number as it stands on packages: 8, 13 or 14 digits."""
    digits = gtin.lstrip("0")
    return digits.zfill(_SHORT if len(digits) <= _SHORT else _LONG)


def _pause_of(retry_after: str | None, now: datetime) -> timedelta:
    """Return for how long a head says to wait: seconds or a date, RFC 9110 section 10.2.3."""
    if retry_after is None:
        return PAUSE
    if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < len("1000000"):
        return timedelta(seconds=int(retry_after))
    try:
        return parsedate_to_datetime(retry_after) - now
    except ValueError, TypeError:
        return PAUSE


def _read_kept(stored: Mapping[str, Any]) -> tuple[dict[str, Found], dict[str, datetime]]:
    found = {code: from_data(data) for code, data in stored.get("products", {}).items()}
    asked = stored.get("unknown", {}).items()
    return found, {code: datetime.fromisoformat(at) for code, at in asked}
