"""What the user set about coming wake-ups, kept between restarts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from .kept import async_read, async_remove

VERSION = 1
SAVE_DELAY = 1.0
"""Seconds before a change is on the disk; a pending wake-up is written at once."""


@dataclass(slots=True)
class Row:
    """What is kept of one routine."""

    armed: bool = True
    once: dict[str, str] = field(default_factory=dict)
    """The wall-clock time set for one date: ``YYYY-MM-DD`` → ``HH:MM:SS``."""
    skipped: list[str] = field(default_factory=list)
    """The dates without a wake-up."""
    rung: list[str] = field(default_factory=list)
    """The dates whose wake-up is over: no other source rings on them again."""
    pending: str | None = None
    """The wake-up that is planned (UTC): found in the past, it was missed."""
    pending_day: str | None = None
    """The date that the planned wake-up belongs to."""
    running_day: str | None = None
    """The date whose wake-up the run under way is for; a run started by hand is for none."""
    handled: str | None = None
    """The last wake-up that rang or was let go (UTC)."""

    @property
    def once_times(self) -> dict[date, time]:
        """The times set for one date."""
        return {date.fromisoformat(day): time.fromisoformat(at) for day, at in self.once.items()}

    @property
    def skipped_days(self) -> frozenset[date]:
        """The dates without a wake-up."""
        return frozenset(date.fromisoformat(day) for day in self.skipped)

    @property
    def rung_days(self) -> frozenset[date]:
        """The dates whose wake-up is over."""
        return frozenset(date.fromisoformat(day) for day in self.rung)

    @property
    def pending_at(self) -> datetime | None:
        """The wake-up that is planned."""
        return None if self.pending is None else datetime.fromisoformat(self.pending)

    @property
    def handled_at(self) -> datetime | None:
        """The last wake-up that rang or was let go."""
        return None if self.handled is None else datetime.fromisoformat(self.handled)

    def check(self) -> None:
        """See that what is kept as text can be read.

        Raises:
            ValueError: when it cannot.
            TypeError: the same.
        """
        _ = (self.once_times, self.skipped_days, self.rung_days, self.pending_at, self.handled_at)

    def let_go(self, at: datetime, day: str | None) -> None:
        """Note that a wake-up is over: that of a day, or of none."""
        self.handled = max(at, self.handled_at or at).isoformat()
        if day is not None and day not in self.rung:
            self.rung.append(day)

    def forget_before(self, day: date) -> None:
        """Drop what was set for days that are over."""
        self.once = {key: at for key, at in self.once.items() if key >= day.isoformat()}
        self.skipped = [key for key in self.skipped if key >= day.isoformat()]
        self.rung = [key for key in self.rung if key >= day.isoformat()]


class Schedule:
    """The rows of all routines."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the schedule."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.schedule", atomic_writes=True)
        self._rows: dict[str, Row] = {}

    async def async_load(self) -> None:
        """Read what was set before."""
        self._rows = await async_read(self._hass, self._store, _read)

    def of(self, routine_id: str) -> Row:
        """Return the row of a routine, made when there is none."""
        return self._rows.setdefault(routine_id, Row())

    def changed(self) -> None:
        """Have the rows written soon."""
        self._store.async_delay_save(self._data, SAVE_DELAY)

    async def async_flush(self) -> None:
        """Write the rows now."""
        await self._store.async_save(self._data())

    def forget(self, routine_id: str) -> None:
        """Drop the row of a routine that was removed."""
        if self._rows.pop(routine_id, None) is not None:
            self.changed()

    async def async_remove(self) -> None:
        """Remove the schedule from the disk."""
        await async_remove(self._hass, self._store)

    def _data(self) -> dict[str, Any]:
        return {"routines": {routine: asdict(row) for routine, row in self._rows.items()}}


def _read(stored: Mapping[str, Any]) -> dict[str, Row]:
    rows = {routine: _row_from(row) for routine, row in stored.get("routines", {}).items()}
    for row in rows.values():
        row.check()
    return rows


def _row_from(data: Mapping[str, Any]) -> Row:
    return Row(**{key: value for key, value in data.items() if key in Row.__dataclass_fields__})
