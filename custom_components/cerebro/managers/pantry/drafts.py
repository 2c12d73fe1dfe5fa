"""What was read and not yet confirmed: kept over a restart, and let go of after a week."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ...const import DOMAIN
from ...core.pantry.draft import Draft, DraftId, DraftLine, Source, from_data, to_data, waiting
from ..kept import async_read, async_remove

VERSION: Final = 1
SAVE_DELAY: Final = 1.0
"""Seconds that a draft may wait for the disk."""
MOST: Final = 20
"""Drafts kept: the oldest goes when there is another one."""
LONGEST: Final = timedelta(days=7)


class Drafts:
    """The drafts that wait for somebody to confirm them."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Begin with none."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.drafts")
        self._drafts: dict[DraftId, Draft] = {}
        self._on_gone: list[Callable[[DraftId], None]] = []

    @callback
    def follow(self, on_gone: Callable[[DraftId], None]) -> None:
        """Call somebody for each draft that cannot be confirmed any more, for whatever reason."""
        self._on_gone.append(on_gone)

    async def async_load(self) -> None:
        """Read the drafts that were kept."""
        self._keep(await async_read(self._hass, self._store, _read))

    @callback
    def look(self) -> None:
        """Let go of the drafts that have waited for too long."""
        self._keep(self._drafts.values())

    @property
    def waiting(self) -> tuple[Draft, ...]:
        """Those that may be confirmed, oldest first."""
        self.look()
        return tuple(self._drafts.values())

    def add(self, source: Source, lines: tuple[DraftLine, ...], draft_id: DraftId | None = None) -> Draft:
        """Keep what was read until somebody confirms it; one of the same id takes the other’s place."""
        draft_id = draft_id or DraftId(ulid_now())
        self._drafts.pop(draft_id, None)
        draft = Draft(draft_id=draft_id, made_at=dt_util.utcnow(), source=source, lines=lines)
        self._keep((*self._drafts.values(), draft))
        self._save()
        return draft

    def find(self, draft_id: str) -> Draft:
        """Return a draft.

        Raises:
            ServiceValidationError: when there is none of that id any more.
        """
        self.look()
        draft = self._drafts.get(DraftId(draft_id))
        if draft is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="draft_unknown")
        return draft

    def discard(self, draft_id: str) -> Draft:
        """Let go of a draft, because it was confirmed or is not wanted, and return it.

        Raises:
            ServiceValidationError: when there is none of that id any more.
        """
        draft = self.find(draft_id)
        self._keep(one for one in self._drafts.values() if one is not draft)
        self._save()
        return draft

    async def async_flush(self) -> None:
        """Write the drafts now."""
        await self._store.async_save(self._data())

    async def async_remove(self) -> None:
        """Remove the drafts from the disk."""
        await async_remove(self._hass, self._store)

    def _keep(self, drafts: Iterable[Draft]) -> None:
        given = {draft.draft_id: draft for draft in drafts}
        kept = waiting(given.values(), now=dt_util.utcnow(), most=MOST, longest=LONGEST)
        before, self._drafts = self._drafts, {draft.draft_id: draft for draft in kept}
        for draft_id in (before | given).keys() - self._drafts.keys():
            for on_gone in self._on_gone:
                on_gone(draft_id)

    def _save(self) -> None:
        self._store.async_delay_save(self._data, SAVE_DELAY)

    def _data(self) -> dict[str, Any]:
        return {"drafts": [to_data(draft) for draft in self._drafts.values()]}


def _read(stored: Mapping[str, Any]) -> tuple[Draft, ...]:
    return tuple(from_data(data) for data in stored.get("drafts", []))
