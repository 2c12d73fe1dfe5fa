"""Two routines that would need the same room at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time, timedelta
from math import ceil
from typing import Any, Final, NamedTuple

from homeassistant.util import dt as dt_util

from ..const import CONF_OCCUPANTS, CONF_STEPS, CONF_WAKE
from ..core.routine.kinds import KINDS
from ..core.routine.model import StepKind
from ..core.routine.wake import WakeSource

ROOMS: Final = frozenset({"bathroom"})
"""What people stand before: for an appliance, the later one merely waits."""


class Rival(NamedTuple):
    """A routine that is in the way."""

    title: str
    apart: int
    """By how many minutes the two wake-ups must at least differ."""


def rival_of(routine: Mapping[str, Any], others: Mapping[str, Mapping[str, Any]]) -> Rival | None:
    """Return the first routine of other occupants that wants the same room too soon before or after.

    Those who rise at the same moment would stand before the same shower; when they merely come near each
    other, the later one waits while the room is in use.
    """
    ours = _resources(routine)
    for title, other in others.items():
        if set(routine[CONF_OCCUPANTS]) & set(other[CONF_OCCUPANTS]):
            continue
        theirs = _resources(other)
        apart = max((min(ours[one], theirs[one]) for one in ours.keys() & theirs.keys()), default=0.0)
        if apart > 0 and _meet(routine[CONF_WAKE], other[CONF_WAKE], apart):
            return Rival(title=title, apart=ceil(apart / 60))
    return None


def _resources(routine: Mapping[str, Any]) -> dict[str, float]:
    """Return for how many seconds a routine's steps have each room."""
    found: dict[str, float] = {}
    for row in routine[CONF_STEPS]:
        spec = KINDS[StepKind(row["kind"])]
        if spec.resource in ROOMS:
            busy = _given(row.get("ready"), spec.ready) + _given(row.get("use"), spec.use)
            found[spec.resource] = found.get(spec.resource, 0.0) + busy
    return found


def _meet(one: Mapping[str, Any], other: Mapping[str, Any], apart: float) -> bool:
    """Return whether two wake-ups lie closer than so many seconds on any day that both have."""
    ours, theirs = _times(one), _times(other)
    return any(
        abs(_seconds(ours[day]) - _seconds(theirs[day])) < apart for day in ours.keys() & theirs.keys()
    )


def _times(wake: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the wall-clock time of each day, where the clock sets the wake-up at all."""
    found: Mapping[str, str] = wake.get("times", {})
    return found if WakeSource.TIMES in wake.get("sources", (WakeSource.TIMES,)) else {}


def _given(seconds: float | None, usual: timedelta) -> float:
    return usual.total_seconds() if seconds is None else seconds


def _seconds(text: str) -> int:
    at = dt_util.parse_time(text) or time()
    return at.hour * 3600 + at.minute * 60 + at.second
