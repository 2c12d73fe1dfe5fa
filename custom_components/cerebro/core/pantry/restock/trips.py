"""Whether something is bought on the next shopping trip, from the trips before it.

What was bought often, lately, among few things and far down in the basket is bought again. Only the
household's own trips go in. The weights are those that ranked best what 4,572 households of a public set of
baskets bought next (conditional logit; the chances from it by logistic regression), see
``benchmarks/README.md``.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import exp, log
from typing import Final

RECENT: Final = 30
"""So many of the last trips are looked at."""
SLOW: Final = 0.9
FAST: Final = 0.5
"""What one trip more ago counts less by, when looking far back and at the last few trips."""
BY_OFTEN: Final = 0.35
BY_LATELY: Final = 0.29
BY_CHOSEN: Final = 1.3
"""Each purchase counts by its share of its basket: what is fetched on its own is meant."""
BY_SMALLEST: Final = 0.86
BY_PLACE: Final = 0.09
CHANCE: Final = (-3.492, 1.082, 1.008, -1.207)
"""The logit of the chance: a constant, and the weights of the score, of all scores and of the trips."""


def scores[T: Hashable](trips: Sequence[Sequence[T]]) -> dict[T, float]:
    """Return how strongly the trips speak for each thing, a trip being what was bought in order."""
    trips = [trip for trip in trips if trip][-RECENT:]
    often: dict[T, float] = {}
    lately: dict[T, float] = {}
    chosen: dict[T, float] = {}
    smallest: dict[T, int] = {}
    place: dict[T, float] = {}
    for number, trip in enumerate(trips):
        ago, size = len(trips) - 1 - number, len(trip)
        slow, fast = SLOW**ago, FAST**ago
        for position, thing in enumerate(trip):
            often[thing] = often.get(thing, 0.0) + slow
            lately[thing] = lately.get(thing, 0.0) + fast
            chosen[thing] = chosen.get(thing, 0.0) + 1 / size
            smallest[thing] = min(size, smallest.get(thing, size))
            place[thing] = position / size
    return {
        thing: BY_OFTEN * log(often[thing])
        + BY_LATELY * lately[thing]
        + BY_CHOSEN * log(chosen[thing])
        + BY_SMALLEST * log(smallest[thing])
        + BY_PLACE * place[thing]
        for thing in often
    }


def next_trip[T: Hashable](trips: Sequence[Sequence[T]]) -> dict[T, float]:
    """Return the chance that each thing that was bought before is bought on the next trip."""
    return chances(scores(trips), min(RECENT, sum(1 for trip in trips if trip)))


def chances[T: Hashable](found: Mapping[T, float], trips: int) -> dict[T, float]:
    """Return the chances of things from their scores and the number of trips that were looked at."""
    if not found:
        return {}
    highest = max(found.values())
    together = highest + log(sum(exp(score - highest) for score in found.values()))
    constant, by_score, by_all, by_trips = CHANCE
    rest = constant + by_all * together + by_trips * log(trips)
    return {thing: 1 / (1 + exp(-(rest + by_score * score))) for thing, score in found.items()}


def within(chance: float, trips: float) -> float:
    """Return the chance that it happens on one of several trips."""
    return float(1.0 - (1.0 - chance) ** max(0.0, trips))
