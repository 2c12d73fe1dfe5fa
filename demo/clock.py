"""The demo home's clock: a morning that begins at seven and runs at its own pace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WAKE_CLOCK: Final = timedelta(hours=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """Turns real moments into the home's time."""

    wake_at: datetime
    """The real moment of the wake-up, which is seven o'clock in the home."""
    pace: float
    """Real seconds that a home minute lasts."""

    def minutes(self, at: datetime) -> float:
        """Return the home minutes from the wake-up to a moment."""
        return (at - self.wake_at).total_seconds() / self.pace

    def seconds(self, at: datetime) -> float:
        """Return the real seconds from the wake-up to a moment."""
        return (at - self.wake_at).total_seconds()

    def show(self, at: datetime) -> str:
        """Return the home's time of day at a moment."""
        return show_minutes(self.minutes(at))


def show_minutes(minutes: float) -> str:
    """Return the home's time of day, so many home minutes after the wake-up."""
    total = int((WAKE_CLOCK.total_seconds() + minutes * 60) // 60)
    return f"{total // 60 % 24:02d}:{total % 60:02d}"
