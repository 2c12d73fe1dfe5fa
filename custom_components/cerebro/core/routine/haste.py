"""When the time to leave is at risk: which optional steps are shortened or left out, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from ..reason import Reason
from .course import Arrival
from .model import Anchor, Knowledge, Routine, Step, StepId
from .spread import learned_spread
from .state import RunState, StepPhase

SHORTEST: Final = 0.5
"""A step is shortened to no less than this share of its usual time; below that it is left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Haste:
    """What today leaves no time for."""

    dropped: Mapping[StepId, Reason] = field(default_factory=dict)
    shortened: Mapping[StepId, Reason] = field(default_factory=dict)
    uses: Mapping[StepId, timedelta] = field(default_factory=dict)
    """How long each shortened step may take."""

    def use_of(self, step: Step, knowledge: Knowledge) -> timedelta:
        """Return how long the occupant will be busy with a step today."""
        return self.uses.get(step.step_id) or usual_use(step, knowledge)


def usual_use(step: Step, knowledge: Knowledge) -> timedelta:
    """Return how long the occupant is usually busy with a step."""
    spread = learned_spread(knowledge.use.get(step.step_id, ()), step.use_prior)
    return timedelta(seconds=max(0.0, spread.median))


def make_haste(
    routine: Routine,
    knowledge: Knowledge,
    course: Mapping[Anchor, Arrival],
    *,
    leave_by: datetime | None,
    run: RunState | None,
    now: datetime,
) -> Haste:
    """Return what to shorten or leave out so that the occupant can leave in time."""
    if leave_by is None:
        return Haste()
    uses = {step.step_id: usual_use(step, knowledge) for step in routine.steps if _is_pending(step, run)}
    late = _finish(routine, course, uses, now) - leave_by
    spare = {
        step.step_id: uses[step.step_id]
        for step in routine.steps
        if step.optional and uses.get(step.step_id, timedelta()) > timedelta()
    }
    if late <= timedelta() or not spare:
        return Haste()
    dropped: dict[StepId, Reason] = {}
    while spare and late > max(spare.values()):
        step_id = max(spare, key=lambda one: spare[one])
        late -= spare.pop(step_id)
        dropped[step_id] = _reason("dropped_leave_by", step_id, leave_by)
    if late <= timedelta() or not spare:
        return Haste(dropped=dropped)
    step_id = min((one for one in spare if spare[one] >= late), key=lambda one: spare[one])
    longest = max(spare, key=lambda one: spare[one])
    if late <= spare[longest] * (1 - SHORTEST):
        short = spare[longest] - late
        reason = _reason("shortened_leave_by", longest, leave_by, use_min=short.total_seconds() / 60)
        return Haste(dropped=dropped, shortened={longest: reason}, uses={longest: short})
    dropped[step_id] = _reason("dropped_leave_by", step_id, leave_by)
    return Haste(dropped=dropped)


def _finish(
    routine: Routine, course: Mapping[Anchor, Arrival], uses: Mapping[StepId, timedelta], now: datetime
) -> datetime:
    """Return when the occupant is through with every step that is still to come."""
    finish = now
    steps = [step for step in routine.steps if uses.get(step.step_id, timedelta()) > timedelta()]
    for step in sorted(steps, key=lambda one: course[one.anchor].at):
        finish = max(finish, course[step.anchor].at) + uses[step.step_id]
    return finish


def _is_pending(step: Step, run: RunState | None) -> bool:
    return run is None or step.step_id not in run.steps or run.steps[step.step_id].phase is StepPhase.PENDING


def _reason(key: str, step_id: StepId, leave_by: datetime, **more: float) -> Reason:
    values: dict[str, str | float | datetime] = {"step": step_id, "leave_by": leave_by}
    return Reason(key=key, values={**values, **more})
