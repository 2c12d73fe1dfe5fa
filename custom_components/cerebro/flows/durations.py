"""Durations as forms show them (hours, minutes, seconds) and as Cerebro keeps them (seconds)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.selector import DurationSelector, DurationSelectorConfig

LONGEST: Final = 12 * 3600.0
"""Nothing of a morning takes longer than this many seconds."""
DECIMALS: Final = 3
"""Durations are kept to the millisecond."""


def duration_selector() -> DurationSelector:
    """Return the selector of a duration of at least nothing."""
    return DurationSelector(DurationSelectorConfig(enable_day=False, allow_negative=False))


def kept_seconds(given: Mapping[str, float] | None) -> float | None:
    """Return a duration in seconds, or nothing when none was given."""
    if given is None:
        return None
    duration: timedelta = cv.time_period_dict(given)
    return round(duration.total_seconds(), DECIMALS)


def shown_duration(seconds: float | timedelta | None) -> dict[str, Any] | None:
    """Return a duration as its form field takes it, or nothing."""
    if seconds is None:
        return None
    total = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
    minutes, left = divmod(round(total, DECIMALS), 60)
    hours, rest = divmod(int(minutes), 60)
    whole = round(left, DECIMALS)
    return {"hours": hours, "minutes": rest, "seconds": int(whole) if whole == int(whole) else whole}


def too_long(seconds: float | None) -> bool:
    """Return whether a duration is longer than anything of a morning."""
    return seconds is not None and seconds > LONGEST
