"""What a routine is made of: steps around anchors, for occupants, with what is known about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from ..reason import Reason

RoutineId = NewType("RoutineId", str)
"""The subentry id of a routine."""
OccupantId = NewType("OccupantId", str)
"""The subentry id of an occupant."""
StepId = NewType("StepId", str)
"""The id of a step, unique within its routine (a slug, such as ``coffee``)."""


class StepKind(StrEnum):
    """What a step does."""

    ALARM = "alarm"
    COFFEE = "coffee"
    SHOWER = "shower"
    NEWS = "news"
    LIGHT = "light"
    CLIMATE = "climate"
    ACTION = "action"


class Anchor(StrEnum):
    """A moment of the morning that is predicted, then observed."""

    WAKE = "wake"
    UP = "up"
    KITCHEN = "kitchen"
    BATHROOM = "bathroom"
    LEAVE = "leave"


class DayKind(StrEnum):
    """What sort of day it is: rhythms differ between them."""

    WORKDAY = "workday"
    DAY_OFF = "day_off"
    HOLIDAY = "holiday"
    AWAY = "away"


class DoneBy(StrEnum):
    """Who performs a step when it is due."""

    BUILT_IN = "built_in"
    SEQUENCE = "sequence"
    AUTOMATION = "automation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What a minute costs: of waiting for a step, and of the step standing ready."""

    waiting: float = 1.0
    standing: float = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """The limits of a step that heats, burns or runs water."""

    max_on: timedelta
    """The output is switched off this long after it was switched on, whatever else is known."""
    needs_up: bool = False
    """The output stays off until there is evidence that an occupant is up."""
    presence_within: timedelta | None = None
    """The output is switched off when nobody came this long after it was ready."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do in a routine."""

    step_id: StepId
    kind: StepKind
    anchor: Anchor
    """Where the occupant meets the step: it is to be ready when they get there."""
    after: frozenset[StepId] = frozenset()
    """The steps that must have ended, one way or another, before this one may start."""
    ready_prior: timedelta = timedelta()
    """How long the step takes from its start until it is ready, before anything was learned."""
    use_prior: timedelta = timedelta()
    """How long the occupant is busy with the step once there, before anything was learned."""
    costs: Costs = field(default_factory=Costs)
    hazard: Hazard | None = None
    resource: str | None = None
    """What only one run can have at a time (``bathroom``)."""
    optional: bool = True
    """Whether the step may be dropped when the time to leave is at risk."""
    done_by: DoneBy = DoneBy.BUILT_IN
    evidence: bool = True
    """Whether anything in the home can tell that the step began or ended."""
    evidence_timeout: timedelta = timedelta(minutes=2)
    """How long to wait for evidence that the step began before it is tried again."""
    ready_timeout: timedelta = timedelta(minutes=15)
    """How long a step that began may take until it is ready."""
    retries: int = 2
    backoff: timedelta = timedelta(seconds=20)
    """The pause before the first retry; it doubles with each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmSettings:
    """How the alarm rings."""

    start_volume: float = 0.2
    """The first volume, from 0 to 1."""
    loudness_factor: float = 2.0
    """Each step up multiplies the volume by this."""
    step_every: timedelta = timedelta(minutes=1)
    limit_volume: float = 0.9
    snooze_length: timedelta = timedelta(minutes=9)
    snooze_limit: int = 3
    asleep_check_after: timedelta = timedelta(minutes=5)
    """This long after the occupant got up, being back in bed rings again."""
    give_up_after: timedelta = timedelta(minutes=45)
    """After ringing this long in all without an answer, the run needs attention and stays on the phone."""
    light_ramp: timedelta = timedelta(minutes=10)
    """Lights brighten over this time before the wake-up."""
    outputs: int = 1
    """How many speakers there are, tried in their order before the phone."""
    output_timeout: timedelta = timedelta(seconds=10)
    """An output that shows no sign of ringing this long after it was asked counts as failed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """What the user configured, as the planner and the run need it."""

    routine_id: RoutineId
    name: str
    occupants: tuple[OccupantId, ...]
    steps: tuple[Step, ...]
    alarm: AlarmSettings = field(default_factory=AlarmSettings)

    def step(self, step_id: StepId) -> Step:
        """Return the step of that id.

        Raises:
            KeyError: when the routine has no such step.
        """
        for step in self.steps:
            if step.step_id == step_id:
                return step
        raise KeyError(step_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something observed in a morning, as the stopping rule conditions on it."""

    label: str
    """What was seen, such as ``up``, ``hall_motion``, ``shower_started``."""
    at: timedelta
    """When, since the wake-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """One past morning of an occupant: what was seen, in order, and when each anchor was reached."""

    day: str
    """The local date, ``YYYY-MM-DD``."""
    kind: DayKind
    seen: tuple[Seen, ...]
    anchors: Mapping[Anchor, timedelta]
    """When each anchor that was reached was reached, since the wake-up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What was learned about an occupant and the appliances, oldest first."""

    mornings: tuple[Morning, ...] = ()
    ready: Mapping[StepId, tuple[timedelta, ...]] = field(default_factory=dict)
    """How long each step took from its start until it was ready, in past runs."""
    use: Mapping[StepId, tuple[timedelta, ...]] = field(default_factory=dict)
    """How long the occupant was busy with each step, in past runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What holds today, besides the run itself."""

    day_kind: DayKind = DayKind.WORKDAY
    leave_by: datetime | None = None
    """When the occupant must have left."""
    busy: Mapping[str, datetime | None] = field(default_factory=dict)
    """The resources another run or person has, and until when (``None``: not known)."""
    unavailable: Mapping[StepId, str] = field(default_factory=dict)
    """The steps that cannot be done now, and the reason key why (``unavailable``, ``fault``…)."""
    missing: Mapping[StepId, tuple[str, ...]] = field(default_factory=dict)
    """The products that a step needs and nothing is left of, as the user calls them."""
    home: bool = True
    """Whether an occupant of the routine is at home."""
    quiet_until: datetime | None = None
    """No loud step starts before this moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """When a step is to start, and why."""

    step_id: StepId
    start: datetime
    ready: datetime
    """When the step is expected to be ready."""
    arrival: datetime
    """When the occupant is expected there."""
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Each step with its start, its expected end, and why; and the steps left out, and why."""

    made_at: datetime
    wake_at: datetime
    cues: tuple[Cue, ...]
    """In the order of their starts."""
    dropped: Mapping[StepId, Reason] = field(default_factory=dict)
    held: Mapping[StepId, Reason] = field(default_factory=dict)
    """The steps that cannot start yet, and what they wait for."""
    missing: Mapping[StepId, tuple[str, ...]] = field(default_factory=dict)
    """What each step that is not over will have to do without."""
    decide_again_at: datetime | None = None
    """When the plan must be looked at again though nothing was observed."""

    def cue(self, step_id: StepId) -> Cue | None:
        """Return the cue of a step, or nothing when it has none."""
        return next((cue for cue in self.cues if cue.step_id == step_id), None)
