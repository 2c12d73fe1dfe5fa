"""What a phone shows of a run: where it is, how far, and the three answers that matter now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from ..reason import Reason
from .model import Anchor, Plan, Routine, Step, StepId, StepKind
from .state import AlarmPhase, AlarmState, RunPhase, RunState, StepPhase

MOST_ACTIONS: Final = 3
"""Android shows no more than three."""
CLOCK_STEP: Final = timedelta(minutes=5)
"""Predicted times are shown to the nearest of these, so that a phone is not told of every small change."""
ENDED: Final = frozenset({StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED})


class Verb(StrEnum):
    """What a person can answer on the phone."""

    UP = "up"
    SNOOZE = "snooze"
    SKIP = "skip"
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"


RESTATED: Final[Mapping[Verb, str]] = {Verb.SNOOZE: "snoozed"}
"""The line of a card that says what came of an answer, which need not be said twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneAction:
    """One answer, about a step where it needs one."""

    verb: Verb
    step_id: StepId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text: a translation key below ``common`` without its ``phone_`` prefix, and its values."""

    key: str
    values: Mapping[str, str | int | datetime] = field(default_factory=dict)
    """A value named ``step`` is a step's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """All that a phone shows of a run at a moment."""

    title: str
    """The routine's name."""
    lines: tuple[Line, ...]
    actions: tuple[PhoneAction, ...]
    """What the run would take now, the likeliest first; at most :data:`MOST_ACTIONS`."""
    progress: int = 0
    """How many steps have ended, one way or another."""
    progress_max: int = 0
    reason: Reason | None = None
    """Why the person is needed, told after the lines."""
    counts_to: datetime | None = None
    """The moment that the phone may count down to."""
    urgent: bool = False
    """Whether an answer is wanted now: the alarm rings, or the run needs the person."""
    critical: bool = False
    """Whether the phone is to ring, even when it is silent."""


def card(routine: Routine, run: RunState, plan: Plan | None, now: datetime) -> Card:
    """Return what a phone shows of a run at ``now``."""
    ended = sum(progress.phase in ENDED for progress in run.steps.values())
    return Card(
        title=routine.name,
        lines=tuple(_lines(routine, run, plan, now)),
        actions=actions(routine, run, plan),
        progress=ended,
        progress_max=len(run.steps),
        reason=run.attention if run.phase is RunPhase.ATTENTION else None,
        counts_to=_snoozed_until(routine, run),
        urgent=rings(run) or run.phase is RunPhase.ATTENTION,
        critical=rings(run) and run.alarm is not None and run.alarm.by_phone,
    )


def rings(run: RunState) -> bool:
    """Return whether the alarm rings for the person now: it does in a pause too."""
    return not _is_over(run) and _alarm_phase(run) is AlarmPhase.RINGING


def actions(routine: Routine, run: RunState, plan: Plan | None) -> tuple[PhoneAction, ...]:
    """Return the answers that matter now, the likeliest first, none of which the run would refuse."""
    return tuple(_actions(routine, run, plan))[:MOST_ACTIONS]


def _actions(routine: Routine, run: RunState, plan: Plan | None) -> Iterator[PhoneAction]:
    if _is_over(run):
        return
    match run.phase:
        case RunPhase.PAUSED | RunPhase.ATTENTION:
            yield from _held_actions(routine, run)
        case _ if rings(run):
            if _may_snooze(routine, run.alarm):
                yield PhoneAction(verb=Verb.SNOOZE)
            yield PhoneAction(verb=Verb.UP)
        case _:
            yield from _going_actions(routine, run, plan)
    yield PhoneAction(verb=Verb.STOP)


def _held_actions(routine: Routine, run: RunState) -> Iterator[PhoneAction]:
    """Return the two answers beside *Stop* to a run that is paused or needs the person."""
    if rings(run):
        yield PhoneAction(verb=Verb.UP)
    yield PhoneAction(verb=Verb.RESUME)
    step_id = None if run.attention is None else run.attention.values.get("step")
    if not rings(run) and isinstance(step_id, str) and _may_skip(routine, run, StepId(step_id)):
        yield PhoneAction(verb=Verb.SKIP, step_id=StepId(step_id))


def _going_actions(routine: Routine, run: RunState, plan: Plan | None) -> Iterator[PhoneAction]:
    """Return the two answers beside *Stop* to a run that goes on by itself."""
    if Anchor.UP not in run.anchors:
        yield PhoneAction(verb=Verb.UP)
    step_id = next_optional(routine, run, plan)
    if step_id is not None:
        yield PhoneAction(verb=Verb.SKIP, step_id=step_id)
    if Anchor.UP in run.anchors:
        yield PhoneAction(verb=Verb.PAUSE)


def next_optional(routine: Routine, run: RunState, plan: Plan | None) -> StepId | None:
    """Return the optional step that comes next, or else one that is on; the alarm is none."""
    order = _in_order(routine, plan)
    wanted = [step for step in order if step.optional and step.kind is not StepKind.ALARM]
    for phases in ({StepPhase.PENDING}, {StepPhase.STARTING, StepPhase.RUNNING, StepPhase.READY}):
        for step in wanted:
            if step.step_id in run.steps and run.steps[step.step_id].phase in phases:
                return step.step_id
    return None


def _in_order(routine: Routine, plan: Plan | None) -> list[Step]:
    """Return the steps as they come next, those without a cue behind them.

    Those that start at about the same time stand in the routine's order: a phone that names now the one and
    now the other tells nothing.
    """
    starts = {} if plan is None else {cue.step_id: _rounded(cue.start) for cue in plan.cues}
    last = max(starts.values(), default=None)
    return sorted(
        routine.steps, key=lambda step: (step.step_id not in starts, starts.get(step.step_id, last))
    )


def _may_skip(routine: Routine, run: RunState, step_id: StepId) -> bool:
    known = {step.step_id for step in routine.steps}
    return step_id in known and step_id in run.steps and not _has_ended(run, step_id)


def _has_ended(run: RunState, step_id: StepId) -> bool:
    return step_id in run.steps and run.steps[step_id].phase in ENDED


def _may_snooze(routine: Routine, alarm: AlarmState | None) -> bool:
    return alarm is not None and alarm.snoozes < routine.alarm.snooze_limit


def _is_over(run: RunState) -> bool:
    """Return whether nothing is left to answer: a run that is ending only sees its outputs off."""
    return run.phase is RunPhase.ENDED or run.ending is not None


def _alarm_phase(run: RunState) -> AlarmPhase | None:
    return None if run.alarm is None else run.alarm.phase


def _snoozed_until(routine: Routine, run: RunState) -> datetime | None:
    alarm = run.alarm
    if alarm is None or alarm.phase is not AlarmPhase.SNOOZED or alarm.since is None:
        return None
    if _is_over(run):
        return None
    return alarm.since + routine.alarm.snooze_length


def _lines(routine: Routine, run: RunState, plan: Plan | None, now: datetime) -> Iterator[Line]:
    if _is_over(run):
        yield Line(key="ended" if run.phase is RunPhase.ENDED else "ending")
        return
    if run.phase in {RunPhase.PAUSED, RunPhase.ATTENTION}:
        yield Line(key=run.phase.value)
    yield from _alarm_lines(routine, run)
    if not rings(run) and run.phase in {RunPhase.WAKING, RunPhase.RUNNING}:
        yield from _step_lines(routine, run)
        yield from _next_lines(routine, run, plan, now)
        yield from _missing_lines(routine, plan)


def _alarm_lines(routine: Routine, run: RunState) -> Iterator[Line]:
    until = _snoozed_until(routine, run)
    if rings(run):
        # The alarm's step is done once somebody got up: if it rings after that, they went back to bed.
        again = any(step.kind is StepKind.ALARM and _has_ended(run, step.step_id) for step in routine.steps)
        yield Line(key="ringing_again") if again else Line(key="ringing", values={"time": run.wake_at})
    elif until is not None:
        yield Line(key="snoozed", values={"time": until})
    elif _alarm_phase(run) is AlarmPhase.SILENT and Anchor.UP not in run.anchors:
        yield Line(key="before", values={"time": run.wake_at})


def _step_lines(routine: Routine, run: RunState) -> Iterator[Line]:
    """Return a line for each step that is on."""
    keys = {
        StepPhase.STARTING: "step_starting",
        StepPhase.RUNNING: "step_running",
        StepPhase.READY: "step_ready",
    }
    for step in routine.steps:
        progress = run.steps.get(step.step_id)
        if step.kind is not StepKind.ALARM and progress is not None and progress.phase in keys:
            yield Line(key=keys[progress.phase], values={"step": step.step_id})


def _next_lines(routine: Routine, run: RunState, plan: Plan | None, now: datetime) -> Iterator[Line]:
    """Return a line for the first step that has not started."""
    for step in _in_order(routine, plan):
        cue = None if plan is None else plan.cue(step.step_id)
        progress = run.steps.get(step.step_id)
        if cue is None or progress is None or progress.phase is not StepPhase.PENDING:
            continue
        if step.kind is StepKind.ALARM:
            continue
        shown = _rounded(cue.start)
        if shown <= now:
            yield Line(key="next_soon", values={"step": cue.step_id})
        else:
            yield Line(key="next", values={"step": cue.step_id, "time": shown})
        return


def _missing_lines(routine: Routine, plan: Plan | None) -> Iterator[Line]:
    """Return a line for each product that a step will have to do without."""
    missing = {} if plan is None else plan.missing
    products = (product for step in routine.steps for product in missing.get(step.step_id, ()))
    for product in dict.fromkeys(products):
        yield Line(key="missing", values={"product": product})


def _rounded(moment: datetime) -> datetime:
    """Return a moment to the nearest :data:`CLOCK_STEP`."""
    excess = timedelta(minutes=moment.minute, seconds=moment.second, microseconds=moment.microsecond)
    whole = round(excess / CLOCK_STEP)
    return moment - excess + whole * CLOCK_STEP
