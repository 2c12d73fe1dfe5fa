"""What an ended run teaches: the morning as it was seen, and how long things took by evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Final

from .model import DayKind, Knowledge, Morning, Seen, StepId
from .state import RunState, StepProgress

MOST_MORNINGS: Final = 120
"""About four months: older habits are no longer habits."""
MOST_SAMPLES: Final = 60


def learn(knowledge: Knowledge, run: RunState, *, kind: DayKind, day: str) -> Knowledge:
    """Return what is known after a run that ended on a local date, ``YYYY-MM-DD``.

    Only what was observed is learned: nothing from a morning on which nobody was seen.
    """
    return replace(
        knowledge,
        mornings=_with_morning(knowledge.mornings, run, kind, day),
        ready=_with_samples(knowledge.ready, _ready_times(run)),
        use=_with_samples(knowledge.use, _use_times(run)),
    )


def _with_morning(
    mornings: tuple[Morning, ...], run: RunState, kind: DayKind, day: str
) -> tuple[Morning, ...]:
    if not run.anchors and not run.seen:
        return mornings
    woke = run.woke_at or run.wake_at
    morning = Morning(
        day=day,
        kind=kind,
        seen=tuple(Seen(label=label, at=at - woke) for label, at in run.seen),
        anchors={anchor: at - woke for anchor, at in run.anchors.items()},
    )
    return (*mornings, morning)[-MOST_MORNINGS:]


def _ready_times(run: RunState) -> Iterator[tuple[StepId, timedelta]]:
    for step_id, progress in run.steps.items():
        start = progress.began_at
        if not progress.ready_seen or start is None or progress.ready_at is None:
            continue
        if progress.ready_at > start:
            yield step_id, progress.ready_at - start


def _use_times(run: RunState) -> Iterator[tuple[StepId, timedelta]]:
    for step_id, progress in run.steps.items():
        if (used := _use_time(progress)) is not None:
            yield step_id, used


def _use_time(progress: StepProgress) -> timedelta | None:
    """Return how long the occupant was busy with a step, where evidence tells both ends."""
    if not progress.end_seen or progress.met_at is None or progress.ended_at is None:
        return None
    start = max(progress.met_at, progress.ready_at or progress.met_at)
    return progress.ended_at - start if progress.ended_at > start else None


def _with_samples(
    known: Mapping[StepId, tuple[timedelta, ...]], found: Iterator[tuple[StepId, timedelta]]
) -> Mapping[StepId, tuple[timedelta, ...]]:
    samples = dict(known)
    for step_id, taken in found:
        samples[step_id] = (*samples.get(step_id, ()), taken)[-MOST_SAMPLES:]
    return samples
