"""What must hold of every plan."""

from __future__ import annotations

from custom_components.cerebro.core.routine.model import Anchor, Plan, Routine, Situation, Step, StepKind
from custom_components.cerebro.core.routine.run import OVER
from custom_components.cerebro.core.routine.state import RunState, StepPhase


def check_plan(routine: Routine, day: Situation, plan: Plan, run: RunState | None) -> None:
    """Check that every step is told of, and that none starts before it may."""
    now = plan.made_at
    starts = [cue.start for cue in plan.cues]
    assert starts == sorted(starts)
    assert plan.decide_again_at is None or plan.decide_again_at > now
    for step in routine.steps:
        if phase_of(step, run) is StepPhase.PENDING:
            cue = plan.cue(step.step_id)
            assert (cue is not None) != (step.step_id in plan.dropped) or step.step_id in plan.held
            assert cue is None or cue.ready >= cue.start
            check_cue(step, routine, day, plan, run)


def check_cue(step: Step, routine: Routine, day: Situation, plan: Plan, run: RunState | None) -> None:
    """Check that a step that has not begun starts no earlier than it may."""
    cue, now = plan.cue(step.step_id), plan.made_at
    if cue is None or step.kind is StepKind.ALARM:
        return
    assert step.step_id not in day.unavailable
    assert day.home or cue.start > now
    until = day.busy.get(step.resource) if step.resource is not None else None
    assert until is None or cue.start >= until
    if step.kind is StepKind.NEWS and day.quiet_until is not None and now < day.quiet_until:
        assert cue.start >= day.quiet_until
    if step.hazard is not None and step.hazard.needs_up:
        up = run is not None and Anchor.UP in run.anchors and run.in_bed is not True
        assert up or cue.start > now
    for other in routine.steps:
        if other.step_id in step.after and other.step_id not in plan.dropped:
            before = plan.cue(other.step_id)
            if phase_of(other, run) not in OVER:
                assert before is not None, "it cannot be known when it may start"
                assert cue.start > now
                assert cue.start >= before.start
    if step.step_id in plan.held:
        assert cue.start > now


def phase_of(step: Step, run: RunState | None) -> StepPhase:
    return StepPhase.PENDING if run is None else run.steps[step.step_id].phase
