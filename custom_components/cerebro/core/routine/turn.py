"""One turn of a run: an input is taken, what is due is done, and the rest of the morning planned anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from ..reason import Reason
from . import alarm, sightings, steps
from .ending import end_run
from .model import Anchor, Knowledge, Plan, Routine, Situation, Step, StepId, StepKind
from .needs import tell_missing
from .planner import plan as make_plan
from .run import OVER, CannotDo, Draft
from .state import (
    AlarmHeard,
    AlarmPhase,
    AlarmState,
    AnchorReached,
    BedChanged,
    Command,
    Commanded,
    Danger,
    Effect,
    EffectDone,
    EffectFailed,
    Ending,
    Happening,
    Input,
    Noticed,
    Recovered,
    Ring,
    RingPhone,
    RunId,
    RunPhase,
    RunState,
    Say,
    StepObserved,
    StepPhase,
    StepProgress,
    Ticked,
)

LONGEST_RUN: Final = timedelta(hours=6)
"""A morning is over by then, whatever is still to come."""
LONGEST_CLOSING: Final = timedelta(hours=1)
"""After this much more even a run that could not see its outputs off ends: the next one must begin."""
SHORTEST_WAIT: Final = timedelta(milliseconds=200)
"""No turn asks to be repeated sooner than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a turn made of a run."""

    run: RunState
    plan: Plan
    effects: tuple[Effect, ...]
    """What is to be done, in this order, once the run was written down."""
    again_at: datetime | None
    """When time alone changes something; nothing once the run has ended."""


def begin(
    routine: Routine,
    knowledge: Knowledge,
    situation: Situation,
    *,
    run_id: RunId,
    wake_at: datetime,
    now: datetime,
    before: RunState | None = None,
) -> Turn:
    """Return the first turn of a run that wakes at a time.

    What the run before it, if any, has not seen off goes on being put off, and does not start until it is.
    """
    has_alarm = any(step.kind is StepKind.ALARM for step in routine.steps)
    run = RunState(
        run_id=run_id,
        routine_id=routine.routine_id,
        wake_at=wake_at,
        started_at=now,
        phase=RunPhase.WAKING if has_alarm else RunPhase.RUNNING,
        steps={step.step_id: StepProgress() for step in routine.steps},
        alarm=AlarmState(since=now) if has_alarm else None,
    )
    draft = Draft(routine, run, now)
    for step in routine.steps:
        left = None if before is None else before.steps.get(step.step_id)
        if step.hazard is not None and left is not None and left.on_since is not None:
            draft.set_step(step.step_id, on_since=now)
            draft.release(step)
    draft.announce(Happening.RUN_STARTED, None, Reason(key="run_started", values={"time": wake_at}))
    return _complete(draft, knowledge, situation)


def turn(
    routine: Routine,
    knowledge: Knowledge,
    situation: Situation,
    run: RunState,
    event: Input,
    *,
    now: datetime,
) -> Turn:
    """Return a run after an input.

    Raises:
        CannotDo: when a command asks for what the run cannot do now; nothing has changed then.
    """
    draft = Draft(routine, run, now)
    if run.phase is not RunPhase.ENDED:
        # First: an alarm whose time is long over must not ring before the run ends.
        if now >= run.wake_at + LONGEST_RUN:
            end_run(draft, Ending.DONE, Reason(key="too_late"))
        _take(draft, event)
        return _complete(draft, knowledge, situation)
    if isinstance(event, Commanded):
        raise CannotDo("not_running")
    return _turn_of(draft, make_plan(routine, knowledge, situation, wake_at=run.wake_at, run=run, now=now))


def _take(draft: Draft, event: Input) -> None:
    match event:
        case EffectDone() | EffectFailed() | AlarmHeard():
            _take_answer(draft, event)
        case Commanded():
            _command(draft, event)
        case StepObserved():
            steps.observed(draft, event)
        case Recovered():
            draft.announce(Happening.RUN_RESUMED, None, Reason(key="resumed_after_restart"))
            steps.recovered(draft)
            alarm.recovered(draft)
        case AnchorReached() | BedChanged() | Noticed() | Danger():
            sightings.take(draft, event)
        case Ticked():
            pass


def _take_answer(draft: Draft, event: EffectDone | EffectFailed | AlarmHeard) -> None:
    """Take what came of an effect."""
    match event:
        case AlarmHeard():
            alarm.heard(draft)
        # A speaker that took the call may be silent all the same: only what shows that it plays rings.
        case EffectDone(effect=Ring()):
            pass
        # The phone says it too.
        case EffectDone(effect=Say()) | EffectFailed(effect=Say()):
            pass
        case EffectDone():
            steps.effect_done(draft, event)
        case EffectFailed(effect=Ring() | RingPhone()):
            alarm.failed(draft, event)
        case EffectFailed():
            steps.effect_failed(draft, event)


def _complete(draft: Draft, knowledge: Knowledge, situation: Situation) -> Turn:
    """Do what is due, plan, and start what the plan says."""
    steps.tick(draft, situation)
    alarm.tick(draft)
    plan = _plan(draft, knowledge, situation)
    changed = _leave_out(draft, plan)
    # Of what is left out nothing need be missed, and what starts is missed before it does.
    tell_missing(draft, situation)
    if _start_due(draft, plan) or changed:
        plan = _plan(draft, knowledge, situation)
    steps.mend_attention(draft)
    if draft.run.phase in (RunPhase.WAKING, RunPhase.RUNNING):
        draft.move_run(draft.going_on)
    _settle(draft)
    return _turn_of(draft, plan)


def _plan(draft: Draft, knowledge: Knowledge, situation: Situation) -> Plan:
    return make_plan(
        draft.routine, knowledge, situation, wake_at=draft.run.wake_at, run=draft.run, now=draft.now
    )


def _turn_of(draft: Draft, plan: Plan) -> Turn:
    run = replace(draft.run, seq=draft.run.seq + 1) if draft.changed else draft.run
    if run.phase is RunPhase.ENDED:
        return Turn(run=run, plan=plan, effects=tuple(draft.effects), again_at=None)
    longest = LONGEST_RUN + LONGEST_CLOSING if draft.closing else LONGEST_RUN
    moments = [draft.run.wake_at + longest, *steps.moments(draft)]
    if (rings := alarm.next_moment(draft)) is not None:
        moments.append(rings)
    if _may_begin(draft) and plan.decide_again_at is not None:
        moments.append(plan.decide_again_at)
    again = max(min(moments), draft.now + SHORTEST_WAIT)
    return Turn(run=run, plan=plan, effects=tuple(draft.effects), again_at=again)


def _may_begin(draft: Draft) -> bool:
    """Return whether steps begin by themselves."""
    return not draft.closing and draft.run.phase is not RunPhase.PAUSED


def _leave_out(draft: Draft, plan: Plan) -> bool:
    """Leave out what the time no longer allows; return whether anything was."""
    if not _may_begin(draft):
        return False
    changed = False
    for step_id, reason in plan.dropped.items():
        step = draft.routine.step(step_id)
        if draft.progress(step_id).phase is StepPhase.PENDING and step.kind is not StepKind.ALARM:
            draft.end_step(step, StepPhase.SKIPPED, reason)
            changed = True
    return changed


def _start_due(draft: Draft, plan: Plan) -> bool:
    """Start what is due; return whether anything was started."""
    if not _may_begin(draft):
        return False
    changed = False
    for cue in plan.cues:
        step = draft.routine.step(cue.step_id)
        if cue.start <= draft.now and _may_start(draft, step):
            draft.start(step, cue.reason)
            changed = True
    return changed


def _may_start(draft: Draft, step: Step) -> bool:
    """Return whether a step may start now: the rules that hold whatever a plan says."""
    progress = draft.progress(step.step_id)
    if (
        step.kind is StepKind.ALARM
        or progress.phase is not StepPhase.PENDING
        or progress.on_since is not None
    ):
        return False
    if progress.retry_at is not None and progress.retry_at > draft.now:
        return False
    if any(draft.progress(other).phase not in OVER for other in step.after if other in draft.run.steps):
        return False
    hazard = step.hazard
    if hazard is None:
        return True
    return (draft.is_up or not hazard.needs_up) and progress.on_total < hazard.max_on


def _settle(draft: Draft) -> None:
    """End the run when nothing is left to do and every output was seen off."""
    everything_over = all(progress.phase in OVER for progress in draft.run.steps.values())
    ring = draft.run.alarm
    if everything_over and (ring is None or ring.phase is AlarmPhase.ENDED) and not draft.closing:
        end_run(draft, Ending.DONE, Reason(key="all_done"))
    off = all(progress.on_since is None for progress in draft.run.steps.values())
    if draft.closing and (off or draft.now >= draft.run.wake_at + LONGEST_RUN + LONGEST_CLOSING):
        draft.move_run(RunPhase.ENDED)
        draft.set(ended_at=draft.now, attention=None, resume_phase=None)
        draft.announce(Happening.RUN_ENDED, None, draft.run.reason)


# Commands.


def _command(draft: Draft, event: Commanded) -> None:
    if draft.closing and event.command is not Command.STOP:
        raise CannotDo("ending")
    match event.command:
        case Command.STOP:
            end_run(draft, Ending.STOPPED, Reason(key="stopped"))
        case Command.PAUSE:
            _pause(draft)
        case Command.RESUME:
            _resume(draft)
        case Command.SNOOZE:
            alarm.snooze(draft)
        case Command.DISMISS:
            alarm.dismiss(draft)
        case Command.SKIP_STEP | Command.COMPLETE_STEP | Command.START_STEP:
            _command_step(draft, event.command, event.step_id)


def _pause(draft: Draft) -> None:
    if draft.run.phase is RunPhase.PAUSED:
        raise CannotDo("already_paused")
    draft.move_run(RunPhase.PAUSED)
    draft.set(attention=None, resume_phase=None)
    draft.announce(Happening.PAUSED)
    # Water does not run for somebody who asked for a break; a brew that was begun is finished.
    steps.put_water_off(draft, Reason(key="paused"))


def _resume(draft: Draft) -> None:
    if draft.run.phase is RunPhase.ATTENTION:
        draft.end_attention()
    elif draft.run.phase is RunPhase.PAUSED:
        draft.move_run(draft.going_on)
    else:
        raise CannotDo("not_paused")
    draft.announce(Happening.RESUMED)


def _command_step(draft: Draft, command: Command, step_id: StepId | None) -> None:
    if step_id is None or step_id not in draft.run.steps:
        raise CannotDo("unknown_step")
    step, phase = draft.routine.step(step_id), draft.progress(step_id).phase
    if command is Command.COMPLETE_STEP and phase is StepPhase.DONE:
        return
    if phase in OVER:
        raise CannotDo("step_is_over")
    match command:
        case Command.SKIP_STEP if step.kind is StepKind.ALARM:
            alarm.dismiss(draft)
        case Command.SKIP_STEP:
            draft.end_step(
                step, StepPhase.SKIPPED, Reason(key="skipped_by_request", values={"step": step_id})
            )
        case Command.COMPLETE_STEP if step.kind is StepKind.ALARM:
            sightings.reach(draft, Anchor.UP, "action")
        case Command.COMPLETE_STEP:
            draft.set_step(step_id, end_seen=True)
            draft.end_step(step, StepPhase.DONE, by_evidence=True)
        case Command.START_STEP:
            if not _may_start(draft, step):
                raise CannotDo("cannot_start_now")
            draft.start(step, Reason(key="started_by_request", values={"step": step_id}))


__all__ = ["Turn", "begin", "turn"]
