"""Evidence from the power that an appliance draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..state import StepSign
from .base import DetectorSettings, Reading

HEATING_W = 150.0
"""Above this an appliance that heats is at work: its standby and its lamp stay well below."""
FALLEN_BACK = 0.15
"""Below this share of its peak the heating is over: pumps and keep-warm pulses draw less."""
SETTLE_SHARE = 1 / 20
"""How long the power must stay low, as a share of the expected duration: heaters cycle."""
SETTLE_MOST = timedelta(seconds=20)


@dataclass(slots=True, kw_only=True)
class PowerDetector:
    """Reads ``began`` when the power rises to heating, ``ready`` when it has fallen back and stays so."""

    role: str
    settle: timedelta
    peak_w: float = 0.0
    low_since: datetime | None = None
    over: bool = False

    @classmethod
    def of(cls, role: str, settings: DetectorSettings) -> PowerDetector:
        """Return a detector for a step that is expected to take that long."""
        return cls(role=role, settle=min(settings.ready * SETTLE_SHARE, SETTLE_MOST))

    def read(self, reading: Reading, at: datetime) -> StepSign | None:
        """Take a power reading in W."""
        if reading.role != self.role or reading.number is None or self.over:
            return None
        began = self.peak_w < HEATING_W <= reading.number
        self.peak_w = max(self.peak_w, reading.number)
        if self.peak_w < HEATING_W:
            return None
        if reading.number > self.peak_w * FALLEN_BACK:
            self.low_since = None
            return StepSign.BEGAN if began else None
        self.low_since = self.low_since or at
        return self.check(at)

    def check(self, at: datetime) -> StepSign | None:
        """Say whether the power has been low for long enough."""
        if self.over or self.low_since is None or at - self.low_since < self.settle:
            return None
        self.over = True
        return StepSign.READY

    @property
    def by_time(self) -> bool:
        """It does not: a sensor tells."""
        return False

    @property
    def check_at(self) -> datetime | None:
        """When the power will have been low for long enough."""
        return None if self.over or self.low_since is None else self.low_since + self.settle
