"""What plans look up is worked out beforehand."""

from __future__ import annotations

from datetime import date, timedelta

from custom_components.cerebro.core.routine.insight import committee_for
from custom_components.cerebro.core.routine.model import (
    Anchor,
    DayKind,
    Knowledge,
    Morning,
    Routine,
    RoutineId,
    Seen,
    Situation,
    StepKind,
)
from custom_components.cerebro.core.routine.planner import prepare
from custom_components.cerebro.core.routine.state import AnchorReached, RunId
from custom_components.cerebro.core.routine.turn import begin, turn

from .scene import step
from .strategies import WAKE


def _mornings() -> tuple[Morning, ...]:
    """Return three weeks of mornings: up after five minutes, in the kitchen after half an hour."""
    return tuple(
        Morning(
            day=(date(2026, 11, 1) + timedelta(days=number)).isoformat(),
            kind=DayKind.WORKDAY,
            seen=(Seen(label="up", at=timedelta(minutes=5)),),
            anchors={Anchor.UP: timedelta(minutes=5), Anchor.KITCHEN: timedelta(minutes=30 + number % 3)},
        )
        for number in range(21)
    )


def test_a_run_that_was_prepared_assembles_no_committee() -> None:
    routine = Routine(
        routine_id=RoutineId("morning"),
        name="Morning",
        occupants=(),
        steps=(step(StepKind.ALARM), step(StepKind.COFFEE), step(StepKind.SHOWER)),
    )
    known = Knowledge(mornings=_mornings())
    prepare(routine, known, DayKind.WORKDAY)
    before = committee_for.cache_info()
    made = begin(routine, known, Situation(), run_id=RunId("run"), wake_at=WAKE, now=WAKE)
    up = AnchorReached(anchor=Anchor.UP, source="bed")
    turn(routine, known, Situation(), made.run, up, now=WAKE + timedelta(minutes=6))
    after = committee_for.cache_info()
    assert after.misses == before.misses
    assert after.hits > before.hits
