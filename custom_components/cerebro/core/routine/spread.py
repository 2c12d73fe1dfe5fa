"""How long something takes, or when something happens: weighted samples, with a prior behind them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Final

from .identity import Same

PRIOR_WEIGHT: Final = 1.0
"""A prior counts as much as this many samples: one real day is worth as much as a guess."""
RECENT: Final = 30
"""Only this many of the last samples count: appliances and people change."""
MOST_LEARNED: Final = 1024
"""Distributions kept: they are asked for at every replan, and change once a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A distribution in seconds: sorted points and the weight up to each of them."""

    points: tuple[float, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, points: Sequence[float], weights: Iterable[float] | None = None) -> Spread:
        """Return the distribution of points in seconds, each with its weight (1 by default).

        Raises:
            ValueError: when there is no point.
        """
        if not points:
            raise ValueError
        pairs = sorted(zip(points, weights or (1.0,) * len(points), strict=True))
        return cls(
            points=tuple(point for point, _ in pairs),
            cumulative=tuple(accumulate(weight for _, weight in pairs)),
        )

    @property
    def weight(self) -> float:
        """The weight of all points."""
        return self.cumulative[-1]

    def quantile(self, share: float) -> float:
        """Return the least point, in seconds, with at least that share of the weight at or below it."""
        rank = bisect_left(self.cumulative, share * self.weight * (1 - 1e-12))
        return self.points[min(rank, len(self.points) - 1)]

    @property
    def median(self) -> float:
        """The middle, in seconds."""
        return self.quantile(0.5)

    def beyond(self, least: float) -> Spread | None:
        """Return the distribution given that it exceeds a value in seconds; nothing when it never did."""
        first = bisect_right(self.points, least)
        if first == len(self.points):
            return None
        below = self.cumulative[first - 1] if first else 0.0
        return Spread(
            points=self.points[first:],
            cumulative=tuple(weight - below for weight in self.cumulative[first:]),
        )

    def earlier(self, by: float) -> Spread:
        """Return the distribution moved down by a value in seconds."""
        return Spread(points=tuple(point - by for point in self.points), cumulative=self.cumulative)

    def with_one(self, point: float, weight: float = PRIOR_WEIGHT) -> Spread:
        """Return the distribution with one more point."""
        weights = [high - low for low, high in pairwise((0.0, *self.cumulative))]
        return Spread.of([*self.points, point], [*weights, weight])


def learned_spread(samples: tuple[timedelta, ...], prior: timedelta) -> Spread:
    """Return how long something takes: the last samples, and the prior as one more."""
    return _learned(Same(samples), prior)


@lru_cache(maxsize=MOST_LEARNED)
def _learned(samples: Same[tuple[timedelta, ...]], prior: timedelta) -> Spread:
    recent = [sample.total_seconds() for sample in samples.value[-RECENT:]]
    return Spread.of([*recent, prior.total_seconds()], [*(1.0 for _ in recent), PRIOR_WEIGHT])
