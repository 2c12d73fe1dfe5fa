"""News: what a speaker plays when the occupant gets there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..model import Anchor, StepKind
from ..state import StepSign
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec, Reading, SensorAlone
from .switched import ON_STATES


@dataclass(slots=True)
class PlayDetector(SensorAlone):
    """Reads ``ready`` when the speaker plays and ``ended`` when it no longer does."""

    playing: bool = False
    over: bool = False

    def read(self, reading: Reading, at: datetime) -> StepSign | None:  # noqa: ARG002
        """Take the speaker's state."""
        if reading.role != "news_speaker" or self.over:
            return None
        if reading.state in ON_STATES and not self.playing:
            self.playing = True
            return StepSign.READY
        if self.playing and reading.state in {"idle", "off", "standby", "paused"}:
            self.over = True
            return StepSign.ENDED
        return None


def _detector(settings: DetectorSettings) -> Detector:  # noqa: ARG001
    return PlayDetector()


SPEC = KindSpec(
    kind=StepKind.NEWS,
    icon="mdi:newspaper-variant-outline",
    anchor=Anchor.KITCHEN,
    needs=("news_speaker",),
    watches=("news_speaker",),
    use=timedelta(minutes=5),
    start=(Demand(role="news_speaker", ask=Ask.PLAY),),
    release=(Demand(role="news_speaker", ask=Ask.STOP),),
    detector=_detector,
)
