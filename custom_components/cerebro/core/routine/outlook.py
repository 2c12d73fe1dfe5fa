"""What a plan is made from, and the plan in the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from ..reason import Reason
from .course import Arrival
from .haste import Haste
from .model import Anchor, Cue, Knowledge, Routine, Situation, Step, StepId
from .state import RunState, StepProgress
from .stopping import Event

NOT_BEGUN: Final = StepProgress()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a plan is made from."""

    routine: Routine
    knowledge: Knowledge
    situation: Situation
    wake_at: datetime
    run: RunState | None
    now: datetime
    woke: datetime
    course: Mapping[Anchor, Arrival]
    events: tuple[Event, ...]
    """What was seen so far, in seconds since waking."""
    haste: Haste
    ready: Mapping[StepId, float]
    """How long each step takes until it is ready, in seconds."""
    order: Mapping[StepId, int]
    """The place of each step in the routine."""

    def progress(self, step: Step) -> StepProgress:
        """Return how far a step is; one that the run does not know has not begun."""
        return NOT_BEGUN if self.run is None else self.run.steps.get(step.step_id, NOT_BEGUN)

    def arrival(self, step: Step) -> Arrival:
        """Return when the occupant is at a step's anchor."""
        return self.course[step.anchor]


@dataclass(slots=True, kw_only=True)
class Sketch:
    """A plan in the making."""

    cues: list[Cue] = field(default_factory=list)
    dropped: dict[StepId, Reason] = field(default_factory=dict)
    held: dict[StepId, Reason] = field(default_factory=dict)
    endless: set[StepId] = field(default_factory=set)
    """The held steps of which nothing tells when they can start."""
    ends: dict[StepId, datetime] = field(default_factory=dict)
    """When each step is expected to have ended."""
    looks: list[datetime] = field(default_factory=list)
    """When something must be decided again."""
