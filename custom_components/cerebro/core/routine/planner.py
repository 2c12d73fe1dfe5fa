"""The plan: when each step of a routine starts, and why (DESIGN §3)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from ..reason import Reason
from .course import ENDED, Arrival, events_so_far, follow_course
from .haste import make_haste
from .holds import hold_of
from .identity import Same
from .insight import committee_for
from .model import (
    Anchor,
    Cue,
    DayKind,
    Knowledge,
    Plan,
    Routine,
    Situation,
    Step,
    StepId,
    StepKind,
)
from .order import in_order
from .outlook import Outlook, Sketch
from .spread import learned_spread
from .state import RunState, StepPhase, StepProgress
from .stopping import FEW, Committee, Task

LATEST: Final = datetime.max.replace(tzinfo=UTC)
LOOKS: Final = 10
"""What is expected of a step is looked at this many times in the time that it takes."""
LEAST_GRID: Final = timedelta(seconds=1)
MOST_GRID: Final = timedelta(minutes=1)


def plan(
    routine: Routine,
    knowledge: Knowledge,
    situation: Situation,
    *,
    wake_at: datetime,
    run: RunState | None,
    now: datetime,
) -> Plan:
    """Return when each step starts, and why.

    A cue whose start is not after ``now`` means *start now*; during a run a step that must not start yet is
    held, and its cue, if it has one, lies after ``now``.
    """
    woke = wake_at if run is None or run.woke_at is None else run.woke_at
    course = follow_course(routine, knowledge, situation.day_kind, woke=woke, run=run, now=now)
    haste = make_haste(routine, knowledge, course, leave_by=situation.leave_by, run=run, now=now)
    outlook = Outlook(
        routine=routine,
        knowledge=knowledge,
        situation=situation,
        wake_at=wake_at,
        run=run,
        now=now,
        woke=woke,
        course=course,
        events=events_so_far(run, woke),
        haste=haste,
        ready={step.step_id: _ready(step, knowledge) for step in routine.steps},
        order={step.step_id: place for place, step in enumerate(routine.steps)},
    )
    sketch = Sketch()
    for step in in_order(routine.steps):
        _place(step, outlook, sketch)
    return Plan(
        made_at=now,
        wake_at=wake_at,
        cues=tuple(sorted(sketch.cues, key=lambda cue: (cue.start, outlook.order[cue.step_id]))),
        dropped=sketch.dropped,
        held=sketch.held,
        missing={
            step_id: products
            for step_id, products in situation.missing.items()
            if products and step_id in outlook.order and not _is_over(step_id, run)
        },
        decide_again_at=min((look for look in sketch.looks if look > now), default=None),
    )


def _is_over(step_id: StepId, run: RunState | None) -> bool:
    return run is not None and run.steps[step_id].phase in ENDED


def prepare(routine: Routine, knowledge: Knowledge, day_kind: DayKind) -> None:
    """Work out what the plans of a run will look up.

    That takes some hundredths of a second: too long for an event loop, which a plan made after it spares.
    """
    for step in routine.steps:
        _committee(step, _ready(step, knowledge), knowledge, day_kind)


def _place(step: Step, outlook: Outlook, sketch: Sketch) -> None:
    """Put one step into the plan: as it went, left out, or as it is to start."""
    progress = outlook.progress(step)
    if progress.phase is not StepPhase.PENDING:
        _keep(step, progress, outlook, sketch)
    elif (reason := _why_dropped(step, outlook)) is not None:
        sketch.dropped[step.step_id] = reason
        sketch.ends[step.step_id] = outlook.now
    else:
        _schedule(step, outlook, sketch)


def _keep(step: Step, progress: StepProgress, outlook: Outlook, sketch: Sketch) -> None:
    """Keep the real times of a step that has begun, or leave out one that never did."""
    start = progress.asked_at or progress.began_at
    if start is None:
        sketch.dropped[step.step_id] = progress.reason or Reason(
            key=f"step_{progress.phase.value}", values={"step": step.step_id}
        )
        sketch.ends[step.step_id] = progress.ended_at or outlook.now
        return
    ready_time = timedelta(seconds=outlook.ready[step.step_id])
    ready = progress.ready_at or max(start + ready_time, outlook.now)
    arrival = progress.met_at or outlook.arrival(step).at
    sketch.cues.append(
        Cue(
            step_id=step.step_id,
            start=start,
            ready=ready,
            arrival=arrival,
            reason=progress.reason
            or Reason(key="plan_started", values={"step": step.step_id, "start": start}),
        )
    )
    end = progress.ended_at or max(ready, arrival) + outlook.haste.use_of(step, outlook.knowledge)
    sketch.ends[step.step_id] = end if progress.phase in ENDED else max(end, outlook.now)


def _why_dropped(step: Step, outlook: Outlook) -> Reason | None:
    """Return why a step is left out today."""
    if step.kind is StepKind.ALARM:
        up = outlook.run is not None and Anchor.UP in outlook.run.anchors and outlook.run.in_bed is not True
        return Reason(key="up_before_alarm", values={"step": step.step_id}) if up else None
    return outlook.haste.dropped.get(step.step_id)


def _schedule(step: Step, outlook: Outlook, sketch: Sketch) -> None:
    """Give a step that has not begun its cue, unless nothing tells when it can start."""
    hold = hold_of(step, outlook, sketch)
    if outlook.run is not None and step.kind is not StepKind.ALARM:
        # Nothing tells of an appliance that can be reached again, or of time that runs short.
        sketch.looks.append(outlook.now + _grid(step, outlook))
    if hold is not None:
        sketch.held[step.step_id] = hold.reason
        if hold.until is None:
            sketch.endless.add(step.step_id)
            sketch.ends[step.step_id] = outlook.now
            return
    cue = _start_with(step, outlook) if step.kind is StepKind.ALARM else _decide(step, outlook, sketch)
    if hold is not None and hold.until is not None:
        cue = _no_earlier(cue, max(hold.until, outlook.now + _grid(step, outlook)))
        sketch.looks.append(hold.until)
    elif step.anchor is Anchor.WAKE:
        sketch.looks.append(cue.start)
    sketch.cues.append(cue)
    sketch.ends[step.step_id] = max(cue.ready, cue.arrival) + outlook.haste.use_of(step, outlook.knowledge)


def _no_earlier(cue: Cue, earliest: datetime) -> Cue:
    """Return a cue moved to a moment if it was to start before."""
    if cue.start >= earliest:
        return cue
    later = earliest - cue.start
    return Cue(
        step_id=cue.step_id,
        start=earliest,
        ready=cue.ready + later,
        arrival=cue.arrival,
        reason=cue.reason,
    )


def _start_with(step: Step, outlook: Outlook) -> Cue:
    """Return the cue of the alarm: the wake-up."""
    return Cue(
        step_id=step.step_id,
        start=outlook.wake_at,
        ready=outlook.wake_at,
        arrival=outlook.wake_at,
        reason=Reason(key="plan_alarm", values={"step": step.step_id, "start": outlook.wake_at}),
    )


def _decide(step: Step, outlook: Outlook, sketch: Sketch) -> Cue:
    """Return when a step that nothing holds back starts."""
    arrival = outlook.arrival(step)
    ready = outlook.ready[step.step_id]
    if arrival.reached and outlook.run is not None and arrival.at <= outlook.now:
        return _cue(step, outlook, start=outlook.now, ready=ready, key="plan_arrived")
    if ready <= 0:
        return _cue(step, outlook, start=_later(arrival.at, step, outlook), ready=0.0, key="plan_on_arrival")
    if arrival.left is None or arrival.mornings < FEW:
        return _decide_untaught(step, arrival, ready, outlook)
    if outlook.run is None:
        start = _ahead(step, arrival, ready, outlook)
        return _cue(step, outlook, start=start, ready=ready, key="plan_in_time")
    return _decide_taught(step, arrival, ready, outlook, sketch)


def _decide_untaught(step: Step, arrival: Arrival, ready: float, outlook: Outlook) -> Cue:
    """Return when a step starts while too few mornings are known: on arrival, unless that is the wake-up."""
    if step.anchor is Anchor.WAKE:
        start = arrival.at - timedelta(seconds=ready)
        return _cue(step, outlook, start=start, ready=ready, key="plan_in_time")
    key = "plan_learned_few" if arrival.mornings else "plan_on_arrival"
    return _cue(step, outlook, start=_later(arrival.at, step, outlook), ready=ready, key=key)


def _decide_taught(step: Step, arrival: Arrival, ready: float, outlook: Outlook, sketch: Sketch) -> Cue:
    """Return when a step starts in a run, by the optimal stopping rule."""
    start = _stopped(step, ready, outlook)
    if start <= outlook.now:
        return _cue(step, outlook, start=outlook.now, ready=ready, key="plan_in_time")
    # Unless something is seen, the rule will not decide otherwise before then.
    sketch.looks.append(start)
    key = "plan_in_time" if start < arrival.at else "plan_on_arrival"
    start = _later(min(start, arrival.at), step, outlook)
    return _cue(step, outlook, start=start, ready=ready, key=key)


def _ahead(step: Step, arrival: Arrival, ready: float, outlook: Outlook) -> datetime:
    """Return the best start chosen in advance: readiness at the s/(w+s) quantile of the arrival."""
    total = step.costs.waiting + step.costs.standing
    share = step.costs.standing / total if total > 0 else 0.5
    left = 0.0 if arrival.left is None else arrival.left.quantile(share)
    return outlook.now + timedelta(seconds=left - ready)


def _stopped(step: Step, ready: float, outlook: Outlook) -> datetime:
    """Return when the optimal stopping rule starts a step if nothing more is seen."""
    committee = _committee(step, ready, outlook.knowledge, outlook.situation.day_kind)
    seconds = committee.next_start(outlook.events)
    return LATEST if seconds == inf else outlook.woke + timedelta(seconds=seconds)


def _committee(step: Step, ready: float, knowledge: Knowledge, day_kind: DayKind) -> Committee:
    task = Task(ready=ready, costs=step.costs, lead=ready)
    return committee_for(Same(knowledge.mornings), step.anchor, day_kind, task)


def _later(moment: datetime, step: Step, outlook: Outlook) -> datetime:
    """Return a moment, or the next look at the step where that is already past."""
    return max(moment, outlook.now + _grid(step, outlook)) if outlook.run is not None else moment


def _cue(step: Step, outlook: Outlook, *, start: datetime, ready: float, key: str) -> Cue:
    arrival = outlook.arrival(step)
    ready_at = start + timedelta(seconds=ready)
    return Cue(
        step_id=step.step_id,
        start=start,
        ready=ready_at,
        arrival=arrival.at,
        reason=outlook.haste.shortened.get(step.step_id)
        or Reason(
            key=key,
            values={
                "step": step.step_id,
                "start": start,
                "ready": ready_at,
                "place": f"place_{step.anchor.value}",
                "arrival": arrival.at,
                "mornings": arrival.mornings,
            },
        ),
    )


def _ready(step: Step, knowledge: Knowledge) -> float:
    """Return how long a step takes until it is ready, in seconds."""
    return learned_spread(knowledge.ready.get(step.step_id, ()), step.ready_prior).median


def _grid(step: Step, outlook: Outlook) -> timedelta:
    """Return how often what is expected of a step is looked at."""
    lasts = timedelta(seconds=outlook.ready[step.step_id]) + step.use_prior
    return min(max(lasts / LOOKS, LEAST_GRID), MOST_GRID) if lasts else MOST_GRID
