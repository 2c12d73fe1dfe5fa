"""Climate: a room that is warm when the occupant gets there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..model import Anchor, StepKind
from ..state import StepSign
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec, Reading, SensorAlone
from .switched import ON_STATES

COMFORT_C = 21.0
"""The usual comfort temperature of a living space."""
CLOSE_C = 0.5
"""This near to the target a thermostat counts as there: its own hysteresis is about as wide."""


@dataclass(slots=True, kw_only=True)
class WarmthDetector(SensorAlone):
    """Reads ``began`` when the thermostat works and ``ended`` when the room is warm."""

    target_c: float
    began: bool = False
    over: bool = False

    def read(self, reading: Reading, at: datetime) -> StepSign | None:  # noqa: ARG002
        """Take the thermostat's mode and the room's temperature in °C."""
        if reading.role != "thermostat" or self.over or reading.state not in ON_STATES:
            return None
        if reading.number is not None and reading.number >= self.target_c - CLOSE_C:
            self.over = True
            return StepSign.ENDED
        if self.began:
            return None
        self.began = True
        return StepSign.BEGAN


def _detector(settings: DetectorSettings) -> Detector:
    return WarmthDetector(target_c=settings.temperature_c or COMFORT_C)


SPEC = KindSpec(
    kind=StepKind.CLIMATE,
    icon="mdi:thermostat",
    anchor=Anchor.UP,
    needs=("thermostat",),
    watches=("thermostat",),
    ready=timedelta(minutes=30),
    start=(Demand(role="thermostat", ask=Ask.WARM, setting="temperature"),),
    defaults={"temperature": COMFORT_C},
    detector=_detector,
)
