"""What the pantry has told and seen, kept over a restart: nothing is told twice, no warmth forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ...const import DOMAIN
from ...core.pantry.model import LotId, PantryId, ProductId
from ...core.pantry.notices import Standing
from ..kept import async_read, async_remove

VERSION: Final = 1
SAVE_DELAY: Final = 60.0
"""Seconds that a reading of a fridge may wait for the disk."""


class Notebook:
    """What stands told, and what each fridge went through."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with nothing."""
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.pantry")
        self._hass = hass
        self._notes: list[Callable[[], None]] = []
        self.told = Standing()
        self.warmth: dict[PantryId, dict[str, Any]] = {}
        """What each fridge went through, as :class:`~...core.pantry.warmth.Warmth` writes it."""

        self.presence: tuple[float, ...] = ()
        """How likely somebody is home, by hour of the week."""

    async def async_load(self) -> None:
        """Read what was noted."""
        self.told, self.presence, self.warmth = await async_read(self._hass, self._store, _read)

    def before_writing(self, note: Callable[[], None]) -> None:
        """Have something noted each time before it is written."""
        self._notes.append(note)

    def changed(self) -> None:
        """Have it written soon."""
        self._store.async_delay_save(self._data, SAVE_DELAY)

    def forget(self, pantry_id: PantryId) -> None:
        """Forget a pantry that was removed."""
        if self.warmth.pop(pantry_id, None) is not None:
            self.changed()

    async def async_flush(self) -> None:
        """Write it now."""
        await self._store.async_save(self._data())

    async def async_remove(self) -> None:
        """Remove it from the disk."""
        await async_remove(self._hass, self._store)

    def _data(self) -> dict[str, Any]:
        for note in self._notes:
            note()
        return {
            "told": {
                "low": sorted(self.told.low),
                "soon_off": sorted(self.told.soon_off),
                "past_date": sorted(self.told.past_date),
            },
            "warmth": self.warmth,
            "presence": list(self.presence),
        }


def _read(
    stored: Mapping[str, Any],
) -> tuple[Standing, tuple[float, ...], dict[PantryId, dict[str, Any]]]:
    told = stored.get("told", {})
    standing = Standing(
        low=frozenset(map(ProductId, told.get("low", ()))),
        soon_off=frozenset(map(LotId, told.get("soon_off", ()))),
        past_date=frozenset(map(LotId, told.get("past_date", ()))),
    )
    warmth = {PantryId(key): dict(data) for key, data in stored.get("warmth", {}).items()}
    return standing, tuple(map(float, stored.get("presence", ()))), warmth
