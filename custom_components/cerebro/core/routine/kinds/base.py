"""What a step kind is: its defaults, what it asks of the home, and how evidence of it reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from ..model import Anchor, Costs, Hazard, StepKind
from ..state import StepSign


class Ask(StrEnum):
    """What can be asked of an entity, whatever its domain."""

    ON = "on"
    OFF = "off"
    PLAY = "play"
    STOP = "stop"
    WARM = "warm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """Something asked of all entities of a role."""

    role: str
    ask: Ask
    setting: str | None = None
    """The step's setting that goes along (``brightness``, ``temperature``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A state of an entity, by its role."""

    role: str
    state: str
    """The state as text: ``on``, ``open``, ``playing``…"""
    number: float | None = None
    """The measured value: the state's, or for a thermostat the room's temperature in °C."""


class Detector(Protocol):
    """Folds readings into signs about one attempt at a step."""

    def read(self, reading: Reading, at: datetime) -> StepSign | None:
        """Take a reading and say what it proves, if anything."""

    def check(self, at: datetime) -> StepSign | None:
        """Say what the time that passed proves, if anything."""

    @property
    def by_time(self) -> bool:
        """Whether :meth:`check` rests on nothing but the time that passed."""

    @property
    def check_at(self) -> datetime | None:
        """When :meth:`check` should be asked, without another reading."""


class SensorAlone:
    """What detectors share that go by a sensor alone: the time that passes proves nothing to them."""

    __slots__ = ()

    def check(self, at: datetime) -> StepSign | None:  # noqa: ARG002 - as the protocol has it
        """Say nothing."""
        return None

    @property
    def by_time(self) -> bool:
        """It does not: a sensor tells."""
        return False

    @property
    def check_at(self) -> datetime | None:
        """Never."""
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectorSettings:
    """What a detector needs to know of its step."""

    ready: timedelta
    """How long the step is expected to take."""
    roles: frozenset[str]
    """The roles that are bound to entities: a detector without its sensor reads what there is."""
    temperature_c: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindSpec:
    """Everything Cerebro knows of a kind of step before a home taught it better."""

    kind: StepKind
    icon: str
    anchor: Anchor
    needs: tuple[str, ...] = ()
    """The roles that must be bound for the built-in action."""
    watches: tuple[str, ...] = ()
    """The roles that its detector reads."""
    fault: str | None = None
    """The role of a sensor that is on while the appliance cannot work."""
    ready: timedelta = timedelta()
    use: timedelta = timedelta()
    costs: Costs = field(default_factory=Costs)
    hazard: Hazard | None = None
    resource: str | None = None
    start: tuple[Demand, ...] = ()
    release: tuple[Demand, ...] = ()
    """What ends the step's output; harmless when repeated."""
    defaults: Mapping[str, float] = field(default_factory=dict)
    """The settings it takes, with their values when the user gave none."""
    detector: Callable[[DetectorSettings], Detector] | None = None
