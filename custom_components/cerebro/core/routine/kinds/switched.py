"""Evidence from an output's own state, and from the time it takes where nothing measures it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..state import StepSign
from .base import Reading

ON_STATES = frozenset({"on", "open", "opening", "playing", "buffering", "heat", "heat_cool", "auto", "cool"})
"""The states that say an output is working, over all domains that a role may have."""


@dataclass(slots=True, kw_only=True)
class SwitchedDetector:
    """Reads ``began`` when the output is on; after that, ``ready`` when the expected time has passed.

    A machine without a sensor shows no more than its switch: its readiness is a time that passed,
    and the run says so.
    """

    role: str
    ready: timedelta
    began_at: datetime | None = None
    over: bool = False

    def read(self, reading: Reading, at: datetime) -> StepSign | None:
        """Take the output's state."""
        if reading.role != self.role or self.over:
            return None
        if reading.state in ON_STATES:
            if self.began_at is not None:
                return None
            self.began_at = at
            return StepSign.BEGAN
        return None

    def check(self, at: datetime) -> StepSign | None:
        """Say whether the expected time has passed."""
        if self.over or self.check_at is None or at < self.check_at:
            return None
        self.over = True
        return StepSign.READY

    @property
    def by_time(self) -> bool:
        """It does: nothing measures this."""
        return True

    @property
    def check_at(self) -> datetime | None:
        """When the expected time will have passed."""
        return None if self.over or self.began_at is None else self.began_at + self.ready
