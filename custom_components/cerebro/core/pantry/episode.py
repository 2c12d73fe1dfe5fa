"""A time in which the food of a place was too warm."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import inf
from typing import Any, Final

from .heat import Toll

MOST_POINTS: Final = 64
"""So finely an episode is kept while it lasts …"""
POINTS_KEPT: Final = 12
"""… and so finely afterwards: what was put there in the middle of it bears its own part alone."""

type Point = tuple[float, Toll]
"""A moment, in seconds since 1970, and what was taken until then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A time in which food was too warm, see :mod:`.heat`."""

    started: datetime
    """When the food became too warm (UTC)."""
    ended: datetime | None
    """When it was cold again (UTC); nothing while it is not."""
    peak_c: float
    """The highest temperature of the food, in °C."""
    toll: Toll
    trail: tuple[Point, ...] = field(repr=False)
    """What was taken until which moment, from the start to the end or to the last one that is known."""

    @property
    def warm(self) -> timedelta:
        """For how long the food was above 5 °C (41 °F)."""
        return timedelta(seconds=self.toll.warm_s)

    @property
    def hot(self) -> timedelta:
        """For how long the air was above 32 °C (90 °F)."""
        return timedelta(seconds=self.toll.hot_s)

    @property
    def until(self) -> datetime:
        """Until when it is known."""
        return datetime.fromtimestamp(self.trail[-1][0], UTC)

    def toll_since(self, moment: datetime) -> Toll:
        """Return what it took from a thing that was there since a moment."""
        return self.toll - _at(self.trail, moment.timestamp())

    def to_json(self) -> dict[str, Any]:
        """Return it for :meth:`from_json`."""
        return {"peak_c": self.peak_c, "trail": [_row(point) for point in self.trail]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Episode:
        """Return an episode that is over."""
        return Running.from_json(data).episode(ended=True)

    def within(self, since: datetime, until: datetime) -> timedelta:
        """Return how much of it lies between two moments."""
        overlap = min(until, self.until) - max(since, self.started)
        return max(overlap, timedelta())


@dataclass(slots=True)
class Running:
    """An episode that goes on."""

    peak_c: float
    trail: list[Point]

    @classmethod
    def at(cls, moment: float) -> Running:
        """Begin an episode at a moment, in seconds since 1970."""
        return cls(peak_c=-inf, trail=[(moment, Toll())])

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Running:
        """Return an episode as :meth:`to_json` gave it."""
        trail = [
            (at, Toll(lost_days=lost, warm_s=warm, hot_s=hot, thawed_s=thawed))
            for at, lost, warm, hot, thawed in (map(float, row) for row in data["trail"])
        ]
        return cls(peak_c=float(data["peak_c"]), trail=trail)

    def to_json(self) -> dict[str, Any]:
        """Return it for :meth:`from_json`."""
        return self.episode(ended=False).to_json()

    def add(self, until: float, toll: Toll, peak_c: float) -> None:
        """Take in what was taken since the last point, until a moment."""
        total = self.trail[-1][1] + toll
        self.peak_c = max(self.peak_c, peak_c)
        self.trail.append((until, total))
        if len(self.trail) > MOST_POINTS:
            self.trail = thinned(self.trail, MOST_POINTS // 2)

    def episode(self, *, ended: bool) -> Episode:
        """Return it as it is now."""
        trail = thinned(self.trail, POINTS_KEPT) if ended else self.trail
        started, until = (datetime.fromtimestamp(trail[at][0], UTC) for at in (0, -1))
        return Episode(
            started=started,
            ended=until if ended else None,
            peak_c=self.peak_c,
            toll=trail[-1][1],
            trail=tuple(trail),
        )


def thinned(trail: Sequence[Point], most: int) -> list[Point]:
    """Return a trail of no more points, spread over its time, with the first and the last."""
    if len(trail) <= most:
        return list(trail)
    apart = (trail[-1][0] - trail[0][0]) / (most - 1)
    kept = [trail[0]]
    for point in trail[1:-1]:
        if point[0] >= kept[-1][0] + apart:
            kept.append(point)
    return [*kept[: most - 1], trail[-1]]


def _row(point: Point) -> list[float]:
    """Return a point as JSON."""
    at, toll = point
    return [at, toll.lost_days, toll.warm_s, toll.hot_s, toll.thawed_s]


def _at(trail: Sequence[Point], moment: float) -> Toll:
    """Return what was taken until a moment."""
    after = bisect_right(trail, moment, key=lambda point: point[0])
    if after == 0:
        return Toll()
    if after == len(trail):
        return trail[-1][1]
    (begins, before), (ends, then) = trail[after - 1], trail[after]
    return before + (then - before) * ((moment - begins) / (ends - begins))
