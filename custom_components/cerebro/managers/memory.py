"""What was learned, kept between restarts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store

from ..const import DOMAIN
from ..core.routine.model import Anchor, DayKind, Knowledge, Morning, OccupantId, Seen, StepId
from .kept import async_read, async_remove

VERSION = 1
SAVE_DELAY = 5.0
"""Seconds before a learned morning is on the disk; leaving writes at once."""


class Memory:
    """The knowledge of each occupant."""

    def __init__(self, hass: HomeAssistant) -> None:
        """Prepare the memory."""
        self._hass = hass
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.memory")
        self._knowledge: dict[OccupantId, Knowledge] = {}

    async def async_load(self) -> None:
        """Read what was learned before."""
        self._knowledge = await async_read(self._hass, self._store, _read)

    def of(self, occupant: OccupantId | None) -> Knowledge:
        """Return what is known of an occupant: nothing, at first."""
        return Knowledge() if occupant is None else self._knowledge.get(occupant, Knowledge())

    def learn(self, occupant: OccupantId, knowledge: Knowledge) -> None:
        """Keep what is now known of an occupant."""
        self._knowledge[occupant] = knowledge
        self._store.async_delay_save(self._data, SAVE_DELAY)

    def forget(self, occupant: OccupantId) -> None:
        """Forget an occupant."""
        if self._knowledge.pop(occupant, None) is not None:
            self._store.async_delay_save(self._data, SAVE_DELAY)

    async def async_flush(self) -> None:
        """Write the memory now."""
        await self._store.async_save(self._data())

    async def async_remove(self) -> None:
        """Remove the memory from the disk."""
        await async_remove(self._hass, self._store)

    def _data(self) -> dict[str, Any]:
        return {"occupants": {occupant: knowledge_to(known) for occupant, known in self._knowledge.items()}}


def knowledge_to(knowledge: Knowledge) -> dict[str, Any]:
    """Return knowledge as plain values; durations in seconds."""
    return {
        "mornings": [_morning_to(morning) for morning in knowledge.mornings],
        "ready": {step: [one.total_seconds() for one in taken] for step, taken in knowledge.ready.items()},
        "use": {step: [one.total_seconds() for one in taken] for step, taken in knowledge.use.items()},
    }


def _read(stored: Mapping[str, Any]) -> dict[OccupantId, Knowledge]:
    occupants = stored.get("occupants", {})
    return {OccupantId(occupant): knowledge_from(data) for occupant, data in occupants.items()}


def knowledge_from(data: Mapping[str, Any]) -> Knowledge:
    """Return knowledge from its plain values."""
    return Knowledge(
        mornings=tuple(_morning_from(morning) for morning in data.get("mornings", [])),
        ready=_durations(data.get("ready", {})),
        use=_durations(data.get("use", {})),
    )


def _durations(data: Mapping[str, list[float]]) -> dict[StepId, tuple[timedelta, ...]]:
    return {StepId(step): tuple(timedelta(seconds=one) for one in taken) for step, taken in data.items()}


def _morning_to(morning: Morning) -> dict[str, Any]:
    return {
        "day": morning.day,
        "kind": morning.kind.value,
        "seen": [{"label": seen.label, "at_seconds": seen.at.total_seconds()} for seen in morning.seen],
        "anchors": {anchor.value: at.total_seconds() for anchor, at in morning.anchors.items()},
    }


def _morning_from(data: Mapping[str, Any]) -> Morning:
    return Morning(
        day=data["day"],
        kind=DayKind(data["kind"]),
        seen=tuple(
            Seen(label=seen["label"], at=timedelta(seconds=seen["at_seconds"]))
            for seen in data.get("seen", [])
        ),
        anchors={Anchor(anchor): timedelta(seconds=at) for anchor, at in data.get("anchors", {}).items()},
    )
