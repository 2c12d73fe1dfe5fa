"""Recordings of homes that never were, in the form of the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
import gzip
from pathlib import Path

from benchmarks.morning.mornings import Morning
from benchmarks.recordings import ACTIVITIES, Interval

FIRST = datetime(2026, 3, 2)  # noqa: DTZ001 - recordings are in naive local time


def lasting(day: int, start: str, end: str, label: str) -> Interval:
    """Return something that lasted, on a day, from ``h:mm`` to ``h:mm``."""
    return Interval(start=_clock(day, start), end=_clock(day, end), label=label)


def _clock(day: int, text: str) -> datetime:
    hour, minute = map(int, text.split(":"))
    return FIRST + timedelta(days=day, hours=hour, minutes=minute)


def days(count: int, *, toilet: str = "7:05", kitchen: str = "7:30") -> list[Interval]:
    """Return as many days of a regular home that wakes at seven."""
    return [
        one
        for day in range(count)
        for one in (
            lasting(day, "0:10", "7:00", "Sleeping"),
            lasting(day, toilet, "7:08", "Toileting"),
            lasting(day, kitchen, "7:50", "Breakfast"),
        )
    ]


def record(data: Path, home: str, activities: Sequence[Interval]) -> Path:
    """Write a recording where the benchmarks look for it."""
    path = data / "habits" / home / ACTIVITIES
    path.parent.mkdir(parents=True)
    rows = [f"{one.start.isoformat()},{one.end.isoformat()},{one.label}" for one in activities]
    path.write_bytes(gzip.compress("\n".join(["start,end,label", *rows]).encode()))
    return path


def morning(arrival: float, *events: tuple[float, str], day: int = 0, woke: str = "7:00") -> Morning:
    """Return one morning; times in minutes since waking."""
    return Morning(woke=_clock(day, woke), arrival=arrival, events=events)
