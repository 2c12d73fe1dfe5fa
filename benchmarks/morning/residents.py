"""Simulated residents: whole mornings lived with Cerebro, from the alarm to the front door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import Final

from demo.rehearsal import Outcome, live_through
from demo.thought.routine.model import DayKind, StepId

from .mornings import Morning
from .score import NOT_SCORED, STANDING, WAITING

SEEDS: Final = (1, 2, 3, 4, 5, 6)
DAYS: Final = 30
PACE: Final = 60.0
"""A minute of the home lasts a minute."""
LAST: Final = date(2026, 11, 24)
MET_AT: Final = {"coffee": "at_coffee", "shower": "at_shower"}
"""The steps that are timed, and what tells that the resident has come for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lived:
    """One step of all mornings of one resident."""

    step: str
    ready: float
    """Minutes from the start until ready."""
    mornings: tuple[Morning, ...]
    costs: tuple[float, ...]
    """What it cost with Cerebro on each scored morning, as it was lived."""


def live_with_cerebro(seed: int, days: int = DAYS) -> Iterator[Lived]:
    """Live a resident's mornings one after the other; yield how each timed step went."""
    knowledge, outcomes = live_through(seed=seed, pace=PACE, days=days, kind=DayKind.WORKDAY, last=LAST)
    for step, met in MET_AT.items():
        ready = median(taken.total_seconds() / PACE for taken in knowledge.ready[StepId(step)])
        yield Lived(
            step=step,
            ready=ready,
            mornings=tuple(_morning(outcome, met, day) for day, outcome in enumerate(outcomes)),
            costs=tuple(_cost(outcome, step) for outcome in outcomes[NOT_SCORED:]),
        )


def _morning(outcome: Outcome, met: str, day: int) -> Morning:
    """Return a morning as the other policies meet it."""
    wake_at, woke = outcome.run.wake_at, outcome.run.woke_at or outcome.run.wake_at
    since_waking = outcome.truth[met][0] - (woke - wake_at).total_seconds() / PACE
    return Morning(woke=woke.replace(tzinfo=None) + timedelta(days=day), arrival=since_waking, events=())


def _cost(outcome: Outcome, step: str) -> float:
    """Return what a step cost as it was lived: with the real machine, and what the sensors showed of it.

    Raises:
        ValueError: when the resident was never there, or it was never ready.
    """
    late = outcome.coffee_late if step == "coffee" else outcome.shower_late
    if late is None:
        raise ValueError(step)
    return WAITING * max(0.0, late) + STANDING * max(0.0, -late)
