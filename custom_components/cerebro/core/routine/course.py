"""How a morning goes on: when each anchor was or will be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from .model import Anchor, DayKind, Knowledge, Morning, Routine, Step
from .spread import PRIOR_WEIGHT, Spread
from .state import RunState, StepPhase

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
    """Return when each anchor of a routine's steps was or will be reached."""
    reached = {} if run is None else run.anchors
    guessed = _guess(routine, woke=woke, run=run, now=now)
    mornings = _alike(knowledge.mornings, day_kind)
    events = _events(run, woke)
    arrivals: dict[Anchor, Arrival] = {}
    for anchor in Anchor:
        if anchor in reached:
            arrivals[anchor] = Arrival(at=reached[anchor], reached=True)
        elif anchor is Anchor.WAKE:
            arrivals[anchor] = Arrival(at=woke, reached=woke <= now and run is not None)
        else:
            arrivals[anchor] = _expect(anchor, mornings, events, guess=guessed[anchor], woke=woke, now=now)
    return arrivals


def _alike(mornings: tuple[Morning, ...], day_kind: DayKind) -> tuple[Morning, ...]:
    """Return the mornings of the same kind of day, or all where those are too few."""
    same = tuple(morning for morning in mornings if morning.kind is day_kind)
    return same if len(same) >= ENOUGH else mornings


def _events(run: RunState | None, woke: datetime) -> tuple[tuple[str, timedelta], ...]:
    """Return what was observed so far, the last first, in time since waking."""
    if run is None:
        return ()
    seen = [(label, at - woke) for label, at in run.seen]
    seen += [(anchor.value, at - woke) for anchor, at in run.anchors.items()]
    return tuple(sorted(seen, key=lambda one: (one[1], one[0]), reverse=True))


def _expect(
    anchor: Anchor,
    mornings: tuple[Morning, ...],
    events: tuple[tuple[str, timedelta], ...],
    *,
    guess: datetime,
    woke: datetime,
    now: datetime,
) -> Arrival:
    """Return when an anchor will be reached, from past mornings on the same footing as this one."""
    elapsed = (now - woke).total_seconds()
    spread = _since_event(anchor, mornings, events, elapsed) or _since_waking(anchor, mornings, elapsed)
    guess_left = max(0.0, (guess - now).total_seconds())
    if spread is None:
        return Arrival(at=now + timedelta(seconds=guess_left), reached=False)
    blended = Spread.of([*spread.points, guess_left], [*_weights(spread), PRIOR_WEIGHT])
    expected = blended.median if len(spread.points) < ENOUGH else spread.median
    return Arrival(
        at=now + timedelta(seconds=expected), reached=False, left=spread, mornings=len(spread.points)
    )


def _weights(spread: Spread) -> Iterator[float]:
    last = 0.0
    for weight in spread.cumulative:
        yield weight - last
        last = weight


def _since_event(
    anchor: Anchor, mornings: tuple[Morning, ...], events: tuple[tuple[str, timedelta], ...], elapsed: float
) -> Spread | None:
    """Return how long is left, told by the mornings that showed the last thing seen."""
    if not events:
        return None
    label, at = events[0]
    since = elapsed - at.total_seconds()
    left = [
        reached.total_seconds() - seen - since
        for morning in mornings
        if (reached := morning.anchors.get(anchor)) is not None
        and (seen := _last(morning, label, reached)) is not None
    ]
    left = [one for one in left if one > 0]
    return Spread.of(left) if len(left) >= ENOUGH else None


def _last(morning: Morning, label: str, before: timedelta) -> float | None:
    """Return when a thing was last seen before a moment, in seconds since waking."""
    times = [seen.at for seen in morning.seen if seen.label == label and seen.at < before]
    times += [at for anchor, at in morning.anchors.items() if anchor.value == label and at < before]
    return max(times).total_seconds() if times else None


def _since_waking(anchor: Anchor, mornings: tuple[Morning, ...], elapsed: float) -> Spread | None:
    """Return how long is left, told by the mornings that took longer than this one so far."""
    left = [
        reached.total_seconds() - elapsed
        for morning in mornings
        if (reached := morning.anchors.get(anchor)) is not None
    ]
    left = [one for one in left if one > 0]
    return Spread.of(left) if left else None


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
