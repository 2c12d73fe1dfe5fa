"""Coffee: a machine that heats, ready when its power has fallen back."""

from __future__ import annotations

from datetime import timedelta

from ..model import Anchor, Hazard, StepKind
from .base import Ask, Demand, Detector, DetectorSettings, KindSpec
from .power import PowerDetector
from .switched import SwitchedDetector


def _detector(settings: DetectorSettings) -> Detector:
    """Return what reads the machine: by its power where that is measured, else by its switch."""
    if "coffee_power" in settings.roles:
        return PowerDetector.of("coffee_power", settings)
    return SwitchedDetector(role="coffee_machine", ready=settings.ready)


SPEC = KindSpec(
    kind=StepKind.COFFEE,
    icon="mdi:coffee",
    anchor=Anchor.KITCHEN,
    needs=("coffee_machine",),
    watches=("coffee_machine", "coffee_power"),
    fault="coffee_fault",
    ready=timedelta(minutes=5),
    use=timedelta(minutes=10),
    # An unattended heater: the usual machines switch themselves off after half an hour to forty minutes.
    hazard=Hazard(max_on=timedelta(minutes=40)),
    start=(Demand(role="coffee_machine", ask=Ask.ON),),
    release=(Demand(role="coffee_machine", ask=Ask.OFF),),
    resource="coffee_machine",
    detector=_detector,
)
