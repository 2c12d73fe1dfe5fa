"""The plan: when each step of a routine starts, and why (DESIGN §3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Final

from .course import ENDED, Arrival, events_so_far, follow_course
from .haste import Haste, make_haste
from .identity import Same
from .insight import committee_for
from .model import Anchor, Cue, Knowledge, Plan, Reason, Routine, Situation, Step, StepId, StepKind
from .order import in_order
from .spread import learned_spread
from .state import RunState, StepPhase, StepProgress
from .stopping import FEW, Event, Task

LATEST: Final = datetime.max.replace(tzinfo=UTC)
LOOKS: Final = 10
"""What is expected of a step is looked at this many times in the time that it takes."""
LEAST_GRID: Final = timedelta(seconds=1)
MOST_GRID: Final = timedelta(minutes=1)
NOT_BEGUN: Final = StepProgress()
LOUD: Final = frozenset({StepKind.NEWS})
"""The kinds that quiet hours hold back; the alarm always rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
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
class _Draft:
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
    view = _View(
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
    draft = _Draft()
    for step in in_order(routine.steps):
        _place(step, view, draft)
    return Plan(
        made_at=now,
        wake_at=wake_at,
        cues=tuple(sorted(draft.cues, key=lambda cue: (cue.start, view.order[cue.step_id]))),
        dropped=draft.dropped,
        held=draft.held,
        decide_again_at=min((look for look in draft.looks if look > now), default=None),
    )


def _place(step: Step, view: _View, draft: _Draft) -> None:
    """Put one step into the plan: as it went, left out, or as it is to start."""
    progress = view.progress(step)
    if progress.phase is not StepPhase.PENDING:
        _keep(step, progress, view, draft)
    elif (reason := _why_dropped(step, view)) is not None:
        draft.dropped[step.step_id] = reason
        draft.ends[step.step_id] = view.now
    else:
        _schedule(step, view, draft)


def _keep(step: Step, progress: StepProgress, view: _View, draft: _Draft) -> None:
    """Keep the real times of a step that has begun, or leave out one that never did."""
    start = progress.asked_at or progress.began_at
    if start is None:
        draft.dropped[step.step_id] = progress.reason or Reason(
            key=f"step_{progress.phase.value}", values={"step": step.step_id}
        )
        draft.ends[step.step_id] = progress.ended_at or view.now
        return
    ready_time = timedelta(seconds=view.ready[step.step_id])
    ready = progress.ready_at or max(start + ready_time, view.now)
    arrival = progress.met_at or view.arrival(step).at
    draft.cues.append(
        Cue(
            step_id=step.step_id,
            start=start,
            ready=ready,
            arrival=arrival,
            reason=progress.reason
            or Reason(key="plan_started", values={"step": step.step_id, "start": start}),
        )
    )
    end = progress.ended_at or max(ready, arrival) + view.haste.use_of(step, view.knowledge)
    draft.ends[step.step_id] = end if progress.phase in ENDED else max(end, view.now)


def _why_dropped(step: Step, view: _View) -> Reason | None:
    """Return why a step is left out today."""
    if step.kind is StepKind.ALARM:
        up = view.run is not None and Anchor.UP in view.run.anchors and view.run.in_bed is not True
        return Reason(key="up_before_alarm", values={"step": step.step_id}) if up else None
    return view.haste.dropped.get(step.step_id)


def _schedule(step: Step, view: _View, draft: _Draft) -> None:
    """Give a step that has not begun its cue, unless nothing tells when it can start."""
    hold = _hold(step, view, draft)
    if view.run is not None and step.kind is not StepKind.ALARM:
        # Nothing tells of an appliance that can be reached again, or of time that runs short.
        draft.looks.append(view.now + _grid(step, view))
    if hold is not None:
        draft.held[step.step_id] = hold.reason
        if hold.until is None:
            draft.endless.add(step.step_id)
            draft.ends[step.step_id] = view.now
            return
    cue = _start_with(step, view) if step.kind is StepKind.ALARM else _decide(step, view, draft)
    if hold is not None and hold.until is not None:
        cue = _no_earlier(cue, max(hold.until, view.now + _grid(step, view)))
        draft.looks.append(hold.until)
    elif step.anchor is Anchor.WAKE:
        draft.looks.append(cue.start)
    draft.cues.append(cue)
    draft.ends[step.step_id] = max(cue.ready, cue.arrival) + view.haste.use_of(step, view.knowledge)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hold:
    """Why a step cannot start now, and until when, where something tells."""

    reason: Reason
    until: datetime | None


type _Holder = Callable[[Step, _View, _Draft], _Hold | None]


def _hold(step: Step, view: _View, draft: _Draft) -> _Hold | None:
    """Return what holds a step back for longest, if anything does."""
    if step.kind is StepKind.ALARM:
        return None
    holds = [hold for holder in _HOLDERS if (hold := holder(step, view, draft)) is not None]
    if not holds:
        return None
    endless = next((hold for hold in holds if hold.until is None), None)
    return endless or max(holds, key=lambda hold: hold.until or view.now)


def _unavailable(step: Step, view: _View, _: _Draft) -> _Hold | None:
    key = view.situation.unavailable.get(step.step_id)
    return None if key is None else _Hold(reason=Reason(key=key, values={"step": step.step_id}), until=None)


def _away(step: Step, view: _View, _: _Draft) -> _Hold | None:
    if view.situation.home:
        return None
    reason = Reason(key="waits_for_home", values={"step": step.step_id})
    return _Hold(reason=reason, until=view.arrival(step).at)


def _prerequisites(step: Step, view: _View, draft: _Draft) -> _Hold | None:
    """Hold a step until those before it have ended; the last one to end is named."""
    open_steps = [
        other
        for place in sorted(view.order[other] for other in step.after if other in view.order)
        for other in (view.routine.steps[place],)
        if other.step_id not in draft.dropped and view.progress(other).phase not in ENDED
    ]
    if not open_steps:
        return None
    unknown = next((other for other in open_steps if other.step_id not in draft.ends), None)
    last = unknown or max(open_steps, key=lambda other: draft.ends[other.step_id])
    reason = Reason(key="waits_for_step", values={"step": step.step_id, "other": last.step_id})
    endless = unknown is not None or any(other.step_id in draft.endless for other in open_steps)
    return _Hold(reason=reason, until=None if endless else draft.ends[last.step_id])


def _needs_up(step: Step, view: _View, _: _Draft) -> _Hold | None:
    if step.hazard is None or not step.hazard.needs_up:
        return None
    if view.run is not None and Anchor.UP in view.run.anchors and view.run.in_bed is not True:
        return None
    return _Hold(
        reason=Reason(key="waits_for_up", values={"step": step.step_id}), until=view.course[Anchor.UP].at
    )


def _resource(step: Step, view: _View, _: _Draft) -> _Hold | None:
    if step.resource is None or step.resource not in view.situation.busy:
        return None
    until = view.situation.busy[step.resource]
    values: dict[str, str | datetime] = {"step": step.step_id, "resource": f"resource_{step.resource}"}
    if until is None:
        return _Hold(reason=Reason(key="waits_for_resource", values=values), until=view.arrival(step).at)
    reason = Reason(key="waits_for_resource_until", values=values | {"until": until})
    return _Hold(reason=reason, until=until)


def _quiet(step: Step, view: _View, _: _Draft) -> _Hold | None:
    until = view.situation.quiet_until
    if until is None or step.kind not in LOUD or view.now >= until:
        return None
    ahead = timedelta(seconds=view.ready[step.step_id])
    if view.run is None and view.arrival(step).at - ahead >= until:
        return None
    reason = Reason(key="waits_for_quiet", values={"step": step.step_id, "until": until})
    return _Hold(reason=reason, until=until)


def _put_off(step: Step, view: _View, _: _Draft) -> _Hold | None:
    """Hold a step that is tried again later, or whose output has not been seen off."""
    progress = view.progress(step)
    waits = progress.retry_at is not None and progress.retry_at > view.now
    if not waits and progress.on_since is None:
        return None
    reason = progress.reason or Reason(key="still_on", values={"step": step.step_id})
    return _Hold(reason=reason, until=progress.retry_at if waits else view.now)


_HOLDERS: Final[tuple[_Holder, ...]] = (
    _unavailable,
    _away,
    _prerequisites,
    _needs_up,
    _resource,
    _quiet,
    _put_off,
)


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


def _start_with(step: Step, view: _View) -> Cue:
    """Return the cue of the alarm: the wake-up."""
    return Cue(
        step_id=step.step_id,
        start=view.wake_at,
        ready=view.wake_at,
        arrival=view.wake_at,
        reason=Reason(key="plan_alarm", values={"step": step.step_id, "start": view.wake_at}),
    )


def _decide(step: Step, view: _View, draft: _Draft) -> Cue:
    """Return when a step that nothing holds back starts."""
    arrival = view.arrival(step)
    ready = view.ready[step.step_id]
    if arrival.reached and view.run is not None and arrival.at <= view.now:
        return _cue(step, view, start=view.now, ready=ready, key="plan_arrived")
    if ready <= 0:
        return _cue(step, view, start=_later(arrival.at, step, view), ready=0.0, key="plan_on_arrival")
    if arrival.left is None or arrival.mornings < FEW:
        return _decide_untaught(step, arrival, ready, view)
    if view.run is None:
        start = _ahead(step, arrival, ready, view)
        return _cue(step, view, start=start, ready=ready, key="plan_in_time")
    return _decide_taught(step, arrival, ready, view, draft)


def _decide_untaught(step: Step, arrival: Arrival, ready: float, view: _View) -> Cue:
    """Return when a step starts while too few mornings are known: on arrival, unless that is the wake-up."""
    if step.anchor is Anchor.WAKE:
        start = arrival.at - timedelta(seconds=ready)
        return _cue(step, view, start=start, ready=ready, key="plan_in_time")
    key = "plan_learned_few" if arrival.mornings else "plan_on_arrival"
    return _cue(step, view, start=_later(arrival.at, step, view), ready=ready, key=key)


def _decide_taught(step: Step, arrival: Arrival, ready: float, view: _View, draft: _Draft) -> Cue:
    """Return when a step starts in a run, by the optimal stopping rule."""
    start = _stopped(step, ready, view)
    if start <= view.now:
        return _cue(step, view, start=view.now, ready=ready, key="plan_in_time")
    # Unless something is seen, the rule will not decide otherwise before then.
    draft.looks.append(start)
    key = "plan_in_time" if start < arrival.at else "plan_on_arrival"
    start = _later(min(start, arrival.at), step, view)
    return _cue(step, view, start=start, ready=ready, key=key)


def _ahead(step: Step, arrival: Arrival, ready: float, view: _View) -> datetime:
    """Return the best start chosen in advance: readiness at the s/(w+s) quantile of the arrival."""
    total = step.costs.waiting + step.costs.standing
    share = step.costs.standing / total if total > 0 else 0.5
    left = 0.0 if arrival.left is None else arrival.left.quantile(share)
    return view.now + timedelta(seconds=left - ready)


def _stopped(step: Step, ready: float, view: _View) -> datetime:
    """Return when the optimal stopping rule starts a step if nothing more is seen."""
    task = Task(ready=ready, costs=step.costs, lead=ready)
    committee = committee_for(Same(view.knowledge.mornings), step.anchor, view.situation.day_kind, task)
    seconds = committee.next_start(view.events)
    return LATEST if seconds == inf else view.woke + timedelta(seconds=seconds)


def _later(moment: datetime, step: Step, view: _View) -> datetime:
    """Return a moment, or the next look at the step where that is already past."""
    return max(moment, view.now + _grid(step, view)) if view.run is not None else moment


def _cue(step: Step, view: _View, *, start: datetime, ready: float, key: str) -> Cue:
    arrival = view.arrival(step)
    ready_at = start + timedelta(seconds=ready)
    return Cue(
        step_id=step.step_id,
        start=start,
        ready=ready_at,
        arrival=arrival.at,
        reason=view.haste.shortened.get(step.step_id)
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


def _grid(step: Step, view: _View) -> timedelta:
    """Return how often what is expected of a step is looked at."""
    lasts = timedelta(seconds=view.ready[step.step_id]) + step.use_prior
    return min(max(lasts / LOOKS, LEAST_GRID), MOST_GRID) if lasts else MOST_GRID
