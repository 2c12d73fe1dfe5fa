"""How a morning goes on: when each anchor was or will be reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .identity import Same
from .insight import Mornings, since_event, since_waking
from .model import Anchor, DayKind, Knowledge, Routine, Step
from .spread import Spread
from .state import RunState, StepPhase
from .stopping import Event

ENOUGH: Final = 4
"""With fewer mornings than this that show the same, a wider set of mornings is asked."""
ENDED: Final = frozenset({StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When an occupant is at an anchor."""

    at: datetime
    """When they were seen there, or else when they are expected: never before now."""
    reached: bool
    left: Spread | None = None
    """How long from now until they are there, in seconds, as past mornings tell it."""
    mornings: int = 0
    """How many mornings tell it."""


def follow_course(
    routine: Routine,
    knowledge: Knowledge,
    day_kind: DayKind,
    *,
    woke: datetime,
    run: RunState | None,
    now: datetime,
) -> dict[Anchor, Arrival]:
    """Return when each anchor was or will be reached."""
    reached = {} if run is None else run.anchors
    guessed = _guess(routine, woke=woke, run=run, now=now)
    mornings = Same(knowledge.mornings)
    events = events_so_far(run, woke)
    arrivals: dict[Anchor, Arrival] = {}
    for anchor in Anchor:
        if anchor in reached:
            arrivals[anchor] = Arrival(at=reached[anchor], reached=True)
        elif anchor is Anchor.WAKE:
            arrivals[anchor] = Arrival(at=woke, reached=woke <= now and run is not None)
        else:
            left = _left(mornings, anchor, day_kind, events, (now - woke).total_seconds())
            arrivals[anchor] = _expect(left, guess=guessed[anchor], now=now)
    return arrivals


def events_so_far(run: RunState | None, woke: datetime) -> tuple[Event, ...]:
    """Return what was observed so far, in order, in seconds since waking."""
    if run is None:
        return ()
    seen = {((at - woke).total_seconds(), label) for label, at in run.seen}
    seen |= {((at - woke).total_seconds(), anchor.value) for anchor, at in run.anchors.items()}
    return tuple(sorted(seen))


def _left(
    mornings: Mornings, anchor: Anchor, day_kind: DayKind, events: tuple[Event, ...], elapsed: float
) -> Spread | None:
    """Return how long is left until an anchor, in seconds, as the mornings most like this one tell it."""
    for at, label in reversed(events[-1:]):
        since = since_event(mornings, anchor, day_kind, label)
        left = None if since is None else since.beyond(elapsed - at)
        if left is not None and len(left.points) >= ENOUGH:
            return left.earlier(elapsed - at)
    waking = since_waking(mornings, anchor, day_kind)
    left = None if waking is None else waking.beyond(elapsed)
    return None if left is None else left.earlier(elapsed)


def _expect(left: Spread | None, *, guess: datetime, now: datetime) -> Arrival:
    """Return when an anchor is reached: as past mornings tell, or while those are few, as guessed."""
    guess_left = max(0.0, (guess - now).total_seconds())
    if left is None:
        return Arrival(at=now + timedelta(seconds=guess_left), reached=False)
    count = len(left.points)
    expected = left.median if count >= ENOUGH else left.with_one(guess_left).median
    return Arrival(at=now + timedelta(seconds=expected), reached=False, left=left, mornings=count)


def _guess(
    routine: Routine, *, woke: datetime, run: RunState | None, now: datetime
) -> Mapping[Anchor, datetime]:
    """Return when each anchor is reached if the steps are met in their order, each as long as its prior."""
    reached = {} if run is None else run.anchors
    cursor = reached.get(Anchor.UP, max(now, woke + routine.alarm.snooze_length))
    guessed = {Anchor.UP: cursor}
    for step in routine.steps:
        if step.anchor is not Anchor.WAKE and step.anchor not in guessed:
            guessed[step.anchor] = max(cursor, now)
        if step.anchor in reached:
            cursor = max(cursor, reached[step.anchor])
        if not _is_over(step, run):
            cursor = max(cursor, now) + step.use_prior
    for anchor in (Anchor.BATHROOM, Anchor.KITCHEN, Anchor.LEAVE):
        guessed.setdefault(anchor, max(cursor, now))
    return guessed


def _is_over(step: Step, run: RunState | None) -> bool:
    return run is not None and step.step_id in run.steps and run.steps[step.step_id].phase in ENDED
