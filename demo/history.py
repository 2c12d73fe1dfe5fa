"""What Cerebro remembers of earlier mornings, in the form in which it keeps it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from .rehearsal import live_through
from .thought.routine.model import DayKind, Knowledge, Morning

MORNINGS: Final = 20

type Json = dict[str, Any]


def remembered(*, seed: int, pace: float, last: date, kind: DayKind, mornings: int = MORNINGS) -> Json:
    """Return what is known after so many mornings of a resident, the last of them the day before a date."""
    knowledge, _ = live_through(seed=seed, pace=pace, days=mornings, kind=kind, last=last)
    return plain(knowledge)


def kind_of(day: date) -> DayKind:
    """Return what sort of day a date is where nothing but the calendar tells."""
    return DayKind.WORKDAY if day.weekday() < 5 else DayKind.DAY_OFF


def plain(knowledge: Knowledge) -> Json:
    """Return knowledge as plain values; durations in seconds."""
    return {
        "mornings": [_plain_morning(morning) for morning in knowledge.mornings],
        "ready": {step: [one.total_seconds() for one in taken] for step, taken in knowledge.ready.items()},
        "use": {step: [one.total_seconds() for one in taken] for step, taken in knowledge.use.items()},
    }


def _plain_morning(morning: Morning) -> Json:
    return {
        "day": morning.day,
        "kind": morning.kind.value,
        "seen": [{"label": seen.label, "at_seconds": seen.at.total_seconds()} for seen in morning.seen],
        "anchors": {anchor.value: at.total_seconds() for anchor, at in morning.anchors.items()},
    }
