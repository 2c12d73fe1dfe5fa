"""Light: on when the occupant gets there, done as soon as it shines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ..model import Anchor, StepKind
from ..state import StepSign
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec, Reading, SensorAlone


@dataclass(slots=True, kw_only=True)
class LitDetector(SensorAlone):
    """Reads ``ended`` when the light is on: nothing more is to come."""

    role: str
    over: bool = False

    def read(self, reading: Reading, at: datetime) -> StepSign | None:  # noqa: ARG002
        """Take the light's state."""
        if reading.role != self.role or reading.state != "on" or self.over:
            return None
        self.over = True
        return StepSign.ENDED


def _detector(settings: DetectorSettings) -> Detector:  # noqa: ARG001
    return LitDetector(role="kitchen_light")


SPEC = KindSpec(
    kind=StepKind.LIGHT,
    icon="mdi:lightbulb-on-outline",
    anchor=Anchor.KITCHEN,
    needs=("kitchen_light",),
    watches=("kitchen_light",),
    start=(Demand(role="kitchen_light", ask=Ask.ON, setting="brightness"),),
    defaults={"brightness": 60.0},
    detector=_detector,
)
