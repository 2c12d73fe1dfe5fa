"""Durations as forms show them (hours, minutes, seconds) and as Cerebro keeps them (seconds)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from homeassistant.helpers.selector import DurationSelector, DurationSelectorConfig


def duration_selector() -> DurationSelector:
    """Return the selector of a duration of at least nothing and less than a day."""
    return DurationSelector(DurationSelectorConfig(enable_day=False, allow_negative=False))


def kept_seconds(given: Mapping[str, float] | None) -> float | None:
    """Return a duration in seconds, or nothing when none was given."""
    return None if given is None else timedelta(**given).total_seconds()


def shown_duration(seconds: float | timedelta | None) -> dict[str, Any] | None:
    """Return a duration as its form field takes it, or nothing."""
    if seconds is None:
        return None
    total = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
    hours, rest = divmod(total, 3600)
    minutes, left = divmod(rest, 60)
    whole = round(left, 3)
    return {
        "hours": int(hours),
        "minutes": int(minutes),
        "seconds": int(whole) if whole == int(whole) else whole,
    }
