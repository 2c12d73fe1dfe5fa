"""Measure how long a replan takes: ``python -m benchmarks.planner`` from the top of the repository."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
import gc
from itertools import cycle, pairwise
import random
from statistics import median
import time
from typing import Final

from demo.thought.routine import insight
from demo.thought.routine.kinds import KINDS
from demo.thought.routine.learning import MOST_MORNINGS, MOST_SAMPLES
from demo.thought.routine.model import (
    Anchor,
    DayKind,
    Knowledge,
    Morning,
    Routine,
    RoutineId,
    Seen,
    Situation,
    Step,
    StepId,
    StepKind,
)
from demo.thought.routine.planner import plan
from demo.thought.routine.state import RunId, RunPhase, RunState, StepProgress

from .table import costs_told, print_table

SIZES: Final = (10, 50, 250)
"""How many steps a routine has."""
GOAL_SIZE: Final = 50
GOAL_MS: Final = 1.0
KNOWN: Final = MOST_MORNINGS
"""How many mornings are known: as many as are kept."""
REPLANS: Final = 300
COLD: Final = 3
SEED: Final = 7
WAKE_AT: Final = datetime(2026, 11, 24, 7, tzinfo=UTC)
TIMED: Final = (StepKind.COFFEE, StepKind.SHOWER, StepKind.NEWS, StepKind.LIGHT, StepKind.CLIMATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A routine in the middle of a morning."""

    routine: Routine
    knowledge: Knowledge
    run: RunState

    def replan(self, after: timedelta) -> None:
        """Plan the rest of the morning, so long after the wake-up."""
        plan(
            self.routine,
            self.knowledge,
            Situation(leave_by=WAKE_AT + timedelta(minutes=90)),
            wake_at=WAKE_AT,
            run=self.run,
            now=WAKE_AT + after,
        )


def case(size: int) -> Case:
    """Return a routine of so many steps, each a task of its own, after the person got up."""
    kinds = cycle(TIMED)
    steps = [_step(StepKind.ALARM, 0), *(_step(next(kinds), number) for number in range(1, size))]
    seen = (("bedroom_motion", 6.0), ("hall_motion", 7.5))
    run = RunState(
        run_id=RunId("benchmark"),
        routine_id=RoutineId("benchmark"),
        wake_at=WAKE_AT,
        started_at=WAKE_AT,
        phase=RunPhase.RUNNING,
        woke_at=WAKE_AT,
        steps={step.step_id: StepProgress() for step in steps},
        anchors={Anchor.UP: WAKE_AT + timedelta(minutes=6)},
        seen=tuple((label, WAKE_AT + timedelta(minutes=at)) for label, at in seen),
    )
    routine = Routine(routine_id=RoutineId("benchmark"), name="Benchmark", occupants=(), steps=tuple(steps))
    return Case(routine=routine, knowledge=_known(steps), run=run)


def _step(kind: StepKind, number: int) -> Step:
    """Return a step that takes a second longer than the one before it, and comes after one ten before it."""
    spec = KINDS[kind]
    return Step(
        step_id=StepId(f"step_{number}"),
        kind=kind,
        anchor=spec.anchor,
        after=frozenset({StepId(f"step_{number - 10}")} if number > 10 else ()),
        ready_prior=timedelta(minutes=3, seconds=number),
        use_prior=timedelta(seconds=20),
        costs=spec.costs,
        hazard=spec.hazard,
    )


def _known(steps: Sequence[Step]) -> Knowledge:
    """Return what so many mornings have taught."""
    draw = random.Random(SEED)
    return Knowledge(
        mornings=tuple(_morning(draw, number) for number in range(KNOWN)),
        ready={step.step_id: _samples(draw, step.ready_prior) for step in steps},
        use={step.step_id: _samples(draw, step.use_prior) for step in steps},
    )


def _samples(draw: random.Random, prior: timedelta) -> tuple[timedelta, ...]:
    return tuple(prior * draw.uniform(0.8, 1.2) for _ in range(MOST_SAMPLES))


def _morning(draw: random.Random, number: int) -> Morning:
    marks: list[tuple[str, float]] = []
    at = 0.0
    for label in ("bedroom_motion", "up", "hall_motion", "bathroom", "hall_motion", "bedroom_motion"):
        at += draw.lognormvariate(1.0, 0.6)
        marks.append((label, at))
    moments = dict(marks)
    day = WAKE_AT.date() - timedelta(days=KNOWN - number)
    return Morning(
        day=day.isoformat(),
        kind=DayKind.WORKDAY if day.weekday() < 5 else DayKind.DAY_OFF,
        seen=tuple(
            Seen(label=label, at=timedelta(minutes=at)) for label, at in marks if label.endswith("_motion")
        ),
        anchors={
            Anchor.UP: timedelta(minutes=moments["up"]),
            Anchor.BATHROOM: timedelta(minutes=moments["bathroom"]),
            Anchor.KITCHEN: timedelta(minutes=at + draw.lognormvariate(1.5, 0.4)),
            Anchor.LEAVE: timedelta(minutes=at + 30 + draw.gauss(10, 3)),
        },
    )


def forget() -> None:
    """Empty what is worked out once for each set of mornings."""
    for looked_up in (insight.committee_for, insight.since_event, insight.since_waking):
        looked_up.cache_clear()


def timed_ms(act: Callable[[], None]) -> float:
    """Return how long something takes, in milliseconds."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """How long replans of one size take, in milliseconds."""

    size: int
    replans: tuple[float, ...]
    first: float
    """With nothing looked up yet."""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.replans)

    @property
    def cells(self) -> list[str]:
        """The line as it is printed."""
        return [
            str(self.size),
            f"{self.middle:.2f}",
            f"{max(self.replans):.2f}",
            f"{self.middle / self.size * 1000:.1f}",
            f"{self.first:.0f}",
        ]


def measure(size: int, replans: int = REPLANS, cold: int = COLD) -> Timing:
    """Return how long replans of a routine of so many steps take."""
    subject = case(size)
    firsts = []
    for _ in range(cold):
        forget()
        firsts.append(timed_ms(lambda: subject.replan(timedelta(minutes=8))))
    moments = (timedelta(minutes=8, milliseconds=10 * number) for number in range(replans))
    gc.collect()
    return Timing(
        size=size,
        replans=tuple(timed_ms(partial(subject.replan, moment)) for moment in moments),
        first=median(firsts),
    )


def main() -> None:
    """Measure every size and print it."""
    with costs_told():
        timings = [measure(size) for size in SIZES]
        print(f"A replan in a run, {KNOWN} known mornings, {REPLANS} replans each\n")
        print_table(("steps", "median ms", "max ms", "µs a step", "first ms"), [one.cells for one in timings])
        print()
        for smaller, larger in pairwise(timings):
            print(
                f"{larger.size / smaller.size:.0f} times the steps:"
                f" {larger.middle / smaller.middle:.1f} times the time"
            )
        good = next(one for one in timings if one.size == GOAL_SIZE).middle < GOAL_MS
        print(f"{GOAL_SIZE} steps in less than {GOAL_MS:.0f} ms: {'met' if good else 'missed'}")


if __name__ == "__main__":
    main()
