"""What a start costs, and what a policy costs in a home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import inf
import random
from statistics import fmean
from typing import TYPE_CHECKING, Final

from .mornings import Morning

if TYPE_CHECKING:
    from .policies import Decide, Policy

WAITING: Final = 1.0
"""What a minute of waiting costs."""
STANDING: Final = 0.2
"""What a minute of standing ready costs."""
NOT_SCORED: Final = 5
"""The first mornings of a home teach, and are not scored."""
DRAWS: Final = 2000
SEED: Final = 20261124
LEVEL: Final = 0.95


def regret(start: float, arrival: float, ready: float) -> float:
    """Return what a start costs; times in minutes since waking; what is not started by then is on arrival."""
    ready_at = min(start, arrival) + ready
    return WAITING * max(0.0, ready_at - arrival) + STANDING * max(0.0, arrival - ready_at)


def clairvoyant(morning: Morning, ready: float) -> float:
    """Return the least that a start after waking can cost."""
    return regret(max(0.0, morning.arrival - ready), morning.arrival, ready)


def start_of(decide: Decide, morning: Morning) -> float:
    """Show a morning event by event; return when it was started, ``inf``: not before the arrival.

    A start is set before the next event is shown: it cannot know what comes after it.
    """
    now = -inf
    for shown, until in enumerate((*(at for at, _ in morning.events), morning.arrival)):
        start = max(now, decide(morning.events[:shown]))
        if start < until:
            return start
        now = until
    return inf


def regrets(policy: Policy, mornings: Sequence[Morning], ready: float) -> list[float]:
    """Return what a policy costs on each scored morning; it is given the mornings before it alone."""
    found = []
    for place, today in enumerate(mornings[NOT_SCORED:], NOT_SCORED):
        decide = policy(tuple(mornings[:place]), today.day, today.clock, ready)
        found.append(regret(start_of(decide, today), today.arrival, ready))
    return found


def interval(homes: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the bootstrap interval of the mean over homes, each mean over mornings drawn anew."""
    draw = random.Random(SEED)
    means = sorted(_drawn(homes, draw))
    cut = round((1 - LEVEL) / 2 * DRAWS)
    return means[cut], means[-1 - cut]


def _drawn(homes: Sequence[Sequence[float]], draw: random.Random) -> Iterator[float]:
    for _ in range(DRAWS):
        yield fmean(fmean(draw.choices(costs, k=len(costs))) for costs in homes)
