"""Start now or wait: optimal stopping on the arrivals of past mornings (DESIGN §3).

Waiting keeps the right to start on arrival, which costs the whole time until ready. Starting now costs the
wait that is left on arrival, or the time that the step stands ready.
"""

from __future__ import annotations

from dataclasses import dataclass

from .model import Costs
from .spread import Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to do now, and what it is expected to cost in cost units times seconds."""

    start: bool
    regret_started: float
    """Expected when starting now."""
    regret_waited: float
    """Expected when waiting now and deciding as well as possible afterwards."""
    regret_on_arrival: float
    """Expected when waiting until the arrival, whatever happens."""


def choose(left: Spread, ready: float, costs: Costs, *, grid: float) -> Choice:
    """Decide by backward induction.

    Args:
        left: how long, in seconds from now, until the occupant arrives (all above 0).
        ready: how long the step takes until it is ready, in seconds.
        costs: what waiting and standing cost.
        grid: how often, in seconds, will be decided again.
    """
    value = 0.0
    started = waited = 0.0
    alive: list[tuple[float, float]] = []
    before = 0.0
    weighted = [
        (point, weight - last)
        for point, weight, last in zip(left.points, left.cumulative, (before, *left.cumulative), strict=False)
    ]
    moment = _last_moment(left.points[-1], grid)
    rest = len(weighted)
    while moment >= 0:
        now = moment * grid
        arriving = 0.0
        while rest and weighted[rest - 1][0] > now:
            rest -= 1
            alive.append(weighted[rest])
            arriving += weighted[rest][1]
        waited = value + arriving * costs.waiting * ready
        started = sum(weight * _regret(point - now - ready, costs) for point, weight in alive)
        value = min(started, waited)
        moment -= 1
    return Choice(
        start=started < waited,
        regret_started=started / left.weight,
        regret_waited=waited / left.weight,
        regret_on_arrival=costs.waiting * ready,
    )


def _last_moment(furthest: float, grid: float) -> int:
    """Return the last moment of the grid before the furthest arrival."""
    return max(0, -int(-furthest // grid) - 1)


def _regret(standing: float, costs: Costs) -> float:
    """Return the cost of a step that stands ready that long, in seconds; negative is waiting."""
    return costs.standing * standing if standing >= 0 else -costs.waiting * standing
