"""A run as data: its state, what can happen to it, and what it asks to be done.

Everything here is plain data with a faithful JSON form (:mod:`.journal`), because the state is
written down before any effect is performed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NewType

from ..reason import Reason
from .model import Anchor, OccupantId, RoutineId, StepId

RunId = NewType("RunId", str)


class RunPhase(StrEnum):
    """Where a run is."""

    WAKING = "waking"
    RUNNING = "running"
    PAUSED = "paused"
    ATTENTION = "attention"
    ENDED = "ended"


class Ending(StrEnum):
    """How a run ended."""

    DONE = "done"
    STOPPED = "stopped"
    DANGER = "danger"
    ABANDONED = "abandoned"
    """It could not be resumed after a restart."""


class StepPhase(StrEnum):
    """Where a step is."""

    PENDING = "pending"
    STARTING = "starting"
    """Asked for, no evidence yet."""
    RUNNING = "running"
    """Began, by evidence; not ready yet."""
    READY = "ready"
    """Ready, by evidence; the occupant has not finished with it."""
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"


class AlarmPhase(StrEnum):
    """Where the alarm is."""

    SILENT = "silent"
    """Not rung yet."""
    RINGING = "ringing"
    SNOOZED = "snoozed"
    WATCHING = "watching"
    """Answered by getting up; back in bed rings again."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmState:
    """The alarm of a run."""

    phase: AlarmPhase = AlarmPhase.SILENT
    level: int = 0
    """How many times the volume was stepped up in this ringing."""
    output: int = 0
    """Which of the outputs rings: an index into the ordered list, the phone being the last."""
    snoozes: int = 0
    since: datetime | None = None
    """When the present phase began."""
    output_since: datetime | None = None
    """When the present output was asked to ring."""
    output_confirmed: bool = False
    rang_from: datetime | None = None
    """When it rang first."""
    gave_up: bool = False
    """Whether it rang for so long that the phone was called in."""
    by_phone: bool = False
    """Whether the phone rings along, as the last way left or after giving up on the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepProgress:
    """How far a step is."""

    phase: StepPhase = StepPhase.PENDING
    attempts: int = 0
    asked_at: datetime | None = None
    """When the present attempt was asked for."""
    retry_at: datetime | None = None
    """When a failed attempt is tried again."""
    began_at: datetime | None = None
    ready_at: datetime | None = None
    met_at: datetime | None = None
    """When the occupant got to it."""
    ended_at: datetime | None = None
    on_since: datetime | None = None
    """When its hazardous output was switched on, while it may still be on."""
    on_total: timedelta = timedelta()
    """How long it was on before that, over all attempts."""
    releasing: bool = False
    """Whether the output was asked to be off and has not yet been seen off."""
    release_tries: int = 0
    release_again_at: datetime | None = None
    """When an output that did not show that it is off is put off again."""
    by_evidence: bool = False
    """Whether it rests on evidence where it is, not on a time that passed."""
    ready_seen: bool = False
    """Whether a sign told that it was ready: how long that took can be learned."""
    end_seen: bool = False
    """Whether a sign or a person told that it ended: how long it was used can be learned."""
    reason: Reason | None = None
    """Why it is where it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunState:
    """One execution of a routine."""

    run_id: RunId
    routine_id: RoutineId
    wake_at: datetime
    """The planned wake-up."""
    started_at: datetime
    phase: RunPhase
    steps: Mapping[StepId, StepProgress]
    seq: int = 0
    """Grows by one with each turn that changed anything."""
    woke_at: datetime | None = None
    """When the alarm rang first or the occupant was seen up, whichever came first: the morning's minute 0."""
    anchors: Mapping[Anchor, datetime] = field(default_factory=dict)
    """When each anchor was reached first."""
    last_at: Mapping[Anchor, datetime] = field(default_factory=dict)
    """When an occupant was last seen at each anchor."""
    seen: tuple[tuple[str, datetime], ...] = ()
    """What was observed, in order, with labels as in :class:`.model.Seen`."""
    alarm: AlarmState | None = None
    in_bed: bool | None = None
    resume_phase: RunPhase | None = None
    """Paused, when that is where the run goes back to once it no longer needs the person."""
    missing_told: frozenset[str] = frozenset()
    """The products of which it was told that nothing is left."""
    missing_said: frozenset[str] = frozenset()
    """Those of which it was said aloud."""
    attention: Reason | None = None
    ending: Ending | None = None
    ended_at: datetime | None = None
    reason: Reason | None = None
    """Why the run is where it is."""


# What can happen to a run.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticked:
    """Time passed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorReached:
    """An occupant was seen to reach an anchor."""

    anchor: Anchor
    source: str
    """What tells it: ``bed``, ``motion``, ``phone``, ``button``, ``voice``, ``door``, ``action``."""
    occupant: OccupantId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BedChanged:
    """The bed was found occupied or empty."""

    occupied: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """Something else was seen that tells how the morning goes (``hall_motion``, ``shower_started``)."""

    label: str


class StepSign(StrEnum):
    """What evidence says about a step."""

    BEGAN = "began"
    READY = "ready"
    ENDED = "ended"
    """The occupant finished with it, or it finished by itself."""
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepObserved:
    """Evidence about a step."""

    step_id: StepId
    sign: StepSign
    source: str


class Command(StrEnum):
    """What a person, or an automation for them, asks."""

    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"
    DISMISS = "dismiss"
    """Stop the alarm without evidence of being up."""
    SKIP_STEP = "skip_step"
    COMPLETE_STEP = "complete_step"
    START_STEP = "start_step"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commanded:
    """A command was given."""

    command: Command
    step_id: StepId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectFailed:
    """An effect could not be performed."""

    effect: Effect
    error: str
    """A reason key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectDone:
    """An effect was performed (an action sequence ran to its end, an output took the call)."""

    effect: Effect


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmHeard:
    """The present alarm output was seen to ring."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """A safety sensor spoke, or what guards a hazard was lost."""

    source: str
    """``leak`` or ``smoke``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """Home Assistant is back, and hazardous outputs have been switched off."""

    down_since: datetime | None
    """The last moment the run was known to be alive."""


type Input = (
    Ticked
    | AnchorReached
    | BedChanged
    | Noticed
    | StepObserved
    | Commanded
    | EffectFailed
    | EffectDone
    | AlarmHeard
    | Danger
    | Recovered
)


# What a run asks to be done. The order matters and is kept.


@dataclass(frozen=True, slots=True, kw_only=True)
class StartStep:
    """Perform the step's action."""

    step_id: StepId
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStep:
    """Put the step's output off (hazards, media), by a direct action call; harmless when repeated."""

    step_id: StepId


@dataclass(frozen=True, slots=True, kw_only=True)
class Ring:
    """Ring on an output at a volume; the first time in a run, remember the output's own volume."""

    output: int
    volume: float
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Stop ringing everywhere and put the volumes back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RingPhone:
    """Ring the occupants' phones by a critical notification."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """Say aloud that nothing is left of some products."""

    products: tuple[str, ...]
    role: str
    """The role of the speakers, the first of which says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """Tell the home: an event entity, triggers, the decision log and the phone follow it."""

    event: Happening
    step_id: StepId | None = None
    reason: Reason | None = None


class Happening(StrEnum):
    """What a routine's event entity can tell."""

    RUN_STARTED = "run_started"
    RUN_RESUMED = "run_resumed"
    RUN_ENDED = "run_ended"
    ALARM_RINGING = "alarm_ringing"
    ALARM_LOUDER = "alarm_louder"
    ALARM_SNOOZED = "alarm_snoozed"
    ALARM_STOPPED = "alarm_stopped"
    OCCUPANT_UP = "occupant_up"
    ASLEEP_AGAIN = "asleep_again"
    ANCHOR_REACHED = "anchor_reached"
    STEP_DUE = "step_due"
    STEP_BEGAN = "step_began"
    STEP_READY = "step_ready"
    STEP_DONE = "step_done"
    STEP_SKIPPED = "step_skipped"
    STEP_FAILED = "step_failed"
    STEP_RETRIED = "step_retried"
    PRODUCT_MISSING = "product_missing"
    NEEDS_ATTENTION = "needs_attention"
    PAUSED = "paused"
    RESUMED = "resumed"


type Effect = StartStep | ReleaseStep | Ring | Silence | RingPhone | Say | Announce
