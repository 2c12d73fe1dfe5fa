"""Shower: water that warms up, runs only when somebody is up, and is shut when they are done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..model import Anchor, Costs, Hazard, StepKind
from ..state import StepSign
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec, Reading
from .switched import ON_STATES, SwitchedDetector

WARM_C = 36.0
"""Water this warm feels warm to most people: skin is at about 33 °C."""
USED_RISE = 4.0
"""Percentage points of humidity above the least seen that tell somebody is showering."""
USED_FALL = 3.0
"""Percentage points below the peak that tell they have stopped."""


@dataclass(slots=True, kw_only=True)
class ShowerDetector:
    """Reads ``began`` from the valve, ``ready`` from the water, ``ended`` from the air or the valve."""

    warm_c: float
    timed: SwitchedDetector
    """The valve's state, and the readiness by time where no thermometer is."""
    measured: bool
    warm: bool = False
    least: float | None = None
    peak: float | None = None
    over: bool = False

    def read(self, reading: Reading, at: datetime) -> StepSign | None:
        """Take a reading of the valve, the water in °C or the humidity in %."""
        if self.over:
            return None
        match reading.role:
            case "shower":
                return self._read_valve(reading, at)
            case "shower_temperature":
                return self._read_water(reading)
            case "bathroom_humidity":
                return self._read_air(reading)
        return None

    def _read_valve(self, reading: Reading, at: datetime) -> StepSign | None:
        if self.timed.began_at is not None and reading.state in {"off", "closed"}:
            self.over = True
            return StepSign.ENDED
        return self.timed.read(reading, at) if reading.state in ON_STATES else None

    def _read_water(self, reading: Reading) -> StepSign | None:
        if self.warm or self.timed.began_at is None or reading.number is None or reading.number < self.warm_c:
            return None
        self.warm = True
        return StepSign.READY

    def _read_air(self, reading: Reading) -> StepSign | None:
        if reading.number is None or self.timed.began_at is None:
            return None
        self.least = reading.number if self.least is None else min(self.least, reading.number)
        self.peak = reading.number if self.peak is None else max(self.peak, reading.number)
        if self.peak - self.least >= USED_RISE and reading.number <= self.peak - USED_FALL:
            self.over = True
            return StepSign.ENDED
        return None

    def check(self, at: datetime) -> StepSign | None:
        """Say whether the water must be warm by now, where nothing measures it."""
        return None if self.measured or self.over else self.timed.check(at)

    @property
    def by_time(self) -> bool:
        """It does: nothing measures this."""
        return True

    @property
    def check_at(self) -> datetime | None:
        """When the water must be warm, where nothing measures it."""
        return None if self.measured or self.over else self.timed.check_at


def _detector(settings: DetectorSettings) -> Detector:
    return ShowerDetector(
        warm_c=settings.temperature_c or WARM_C,
        timed=SwitchedDetector(role="shower", ready=settings.ready),
        measured="shower_temperature" in settings.roles,
    )


SPEC = KindSpec(
    kind=StepKind.SHOWER,
    icon="mdi:shower-head",
    anchor=Anchor.BATHROOM,
    needs=("shower",),
    watches=("shower", "shower_temperature", "bathroom_humidity"),
    ready=timedelta(minutes=1),
    use=timedelta(minutes=8),
    # Running water is dearer than cold coffee (DESIGN §3).
    costs=Costs(waiting=1.0, standing=1.0),
    hazard=Hazard(max_on=timedelta(minutes=20), needs_up=True, presence_within=timedelta(minutes=3)),
    resource="bathroom",
    start=(Demand(role="shower", ask=Ask.ON),),
    release=(Demand(role="shower", ask=Ask.OFF),),
    defaults={"temperature": WARM_C},
    detector=_detector,
)
