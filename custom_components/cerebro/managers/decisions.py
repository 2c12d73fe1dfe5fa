"""The decision log: everything Cerebro did or held back, with its reason and, where possible, its undo."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..const import DOMAIN
from .kept import async_read, async_remove

VERSION = 1
KEPT = 300
"""How many decisions are kept: some weeks of mornings."""
SAVE_DELAY = 10.0
"""Seconds that decisions may wait for the disk: the log explains, it does not guard."""


@dataclass(slots=True, kw_only=True)
class Decision:
    """One thing done or held back."""

    routine: str
    """The routine's subentry id."""
    what: str
    """What happened: a :class:`~..core.routine.state.Happening` or an action's name."""
    reason: str
    """Why, in the home's language."""
    at: str = field(default_factory=lambda: dt_util.utcnow().isoformat())
    decision_id: str = field(default_factory=ulid_now)
    step: str | None = None
    context: str | None = None
    """The id of the context in which the home was acted on."""
    undo: dict[str, Any] | None = None
    """What takes it back, or nothing."""
    undone: bool = False

    @property
    def when(self) -> datetime:
        """When it was decided."""
        return datetime.fromisoformat(self.at)


class DecisionLog:
    """The last decisions, oldest first."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the log."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.decisions")
        self._decisions: deque[Decision] = deque(maxlen=KEPT)

    async def async_load(self) -> None:
        """Read what was decided before."""
        self._decisions.extend(await async_read(self._hass, self._store, _read))

    def add(self, decision: Decision) -> Decision:
        """Write a decision down."""
        self._decisions.append(decision)
        self._save()
        return decision

    def of(self, routine: str) -> Iterator[Decision]:
        """Return the decisions of a routine, newest first."""
        return (one for one in reversed(self._decisions) if one.routine == routine)

    def forget(self, routine: str) -> None:
        """Drop the decisions of a routine that was removed."""
        kept = [one for one in self._decisions if one.routine != routine]
        if len(kept) != len(self._decisions):
            self._decisions = deque(kept, maxlen=KEPT)
            self._save()

    def mark_undone(self, decision: Decision) -> None:
        """Write down that a decision was taken back."""
        decision.undone = True
        self._save()

    async def async_flush(self) -> None:
        """Write the log now."""
        await self._store.async_save(self._data())

    async def async_remove(self) -> None:
        """Remove the log from the disk."""
        await async_remove(self._hass, self._store)

    def _save(self) -> None:
        self._store.async_delay_save(self._data, SAVE_DELAY)

    def _data(self) -> dict[str, Any]:
        return {"decisions": [asdict(decision) for decision in self._decisions]}


def _read(stored: Mapping[str, Any]) -> list[Decision]:
    known = set(Decision.__dataclass_fields__)
    return [
        Decision(**{key: value for key, value in row.items() if key in known})
        for row in stored.get("decisions", [])
    ]
