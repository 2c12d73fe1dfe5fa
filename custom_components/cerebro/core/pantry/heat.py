"""How warm food gets in air of a temperature, and what that takes from its life.

**Food lags behind the air.** A lump that exchanges heat with the air around it follows it as a first-order
lag (Newton's law of cooling). Its time constant is m·c/(h·A): half a litre in still air (c = 3.6 kJ/kg·K, h =
9 W/m²·K, A = 0.05 m²) has 67 minutes, a pot of yogurt an hour, 100 g of sliced ham 22 minutes. The rule for
the fridge goes by 45. From -18 °C to 4 °C food takes up about 300 kJ/kg, most of it to melt its ice: four
times as much per degree, so that the lag of a freezer is four times as long.

**Life is lost by a Q10 law.** A day at a temperature takes ``q10 ** ((temperature - reference) / 10)`` days
of the life that counts at the reference, and what several temperatures take adds up (Charm et al., 1972;
McMeekin et al., 1988). A Q10 of 3 is the square-root law of fresh fish (DTU Food Spoilage and Safety
Predictor; Dalgaard, 2002: lowest temperature -10 °C) between 4 °C and 14 °C, 2.9 rounded up; that of smoked
salmon is 2.4. It is taken for frozen food as well: 49 to 84 kJ/mol between -5 °C and -15 °C (Tsironi et al.,
2020, three frozen fish) are a Q10 of 2.4 to 4.5. What is colder than the reference gains nothing: dates
reckon with good storage.

**When it is too warm.** FDA's Food Code (3-501.16) holds food at 41 °F (5 °C) or below, measured in the food;
USDA FSIS has the fridge at 40 °F (4.4 °C) or below. Food is too warm from above the first until it is back at
the second, and the hours above the first count against it: those of a fridge that cycles around 4 °C are
none, and after a door was open for a few minutes it is not the slow way back to 4 °C that condemns what is
there. Quick-frozen food is kept at -18 °C, 3 °C warmer for a short while, and never above -12 °C (Council
Directive 89/108/EEC; Codex CXC 8-1976).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil, exp, log
from typing import Final

from .model import Place

WARM_C: Final = 5.0
"""What is perishable may not be warmer for long: 41 °F."""
HOT_C: Final = (90 - 32) * 5 / 9
"""In air that is warmer, it may be out for half as long: 90 °F."""
THAWED_C: Final = -2.0
"""Above it, food has hardly an ice crystal left."""
STEP_S: Final = 300
MOST_STEPS: Final = 288
"""A stretch of time is reckoned in steps of five minutes, of which a long one has no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Climate:
    """What a place is to be like, and how its food follows the air."""

    reference_c: float
    lag: timedelta
    starts_above_c: float
    """The food is too warm from above this …"""
    ends_at_c: float
    """… until it is back at this."""
    q10: float = 3.0

    def excess(self, food_c: float) -> float:
        """Return how many days of life a day at a temperature takes beyond the day itself."""
        return max(0.0, exp(log(self.q10) * (food_c - self.reference_c) / 10) - 1)


CLIMATES: Final[Mapping[Place, Climate]] = {
    Place.FRIDGE: Climate(
        reference_c=4.0, lag=timedelta(minutes=45), starts_above_c=WARM_C, ends_at_c=(40 - 32) * 5 / 9
    ),
    Place.FREEZER: Climate(reference_c=-18.0, lag=timedelta(hours=3), starts_above_c=-12.0, ends_at_c=-15.0),
}
"""The places that are cooled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """What a time that was too warm took."""

    lost_days: float = 0.0
    """Of life at the reference, beyond the time itself."""
    warm_s: float = 0.0
    """Seconds in which the food was above 5 °C (41 °F)."""
    hot_s: float = 0.0
    """Seconds in which the air was above 32 °C (90 °F)."""
    thawed_s: float = 0.0
    """Seconds in which the food was above -2 °C."""

    def __add__(self, other: Toll) -> Toll:
        """Return what both took."""
        return Toll(
            lost_days=self.lost_days + other.lost_days,
            warm_s=self.warm_s + other.warm_s,
            hot_s=self.hot_s + other.hot_s,
            thawed_s=self.thawed_s + other.thawed_s,
        )

    def __mul__(self, share: float) -> Toll:
        """Return a multiple of it."""
        return Toll(
            lost_days=self.lost_days * share,
            warm_s=self.warm_s * share,
            hot_s=self.hot_s * share,
            thawed_s=self.thawed_s * share,
        )

    def __sub__(self, other: Toll) -> Toll:
        """Return what it took more than another."""
        return self + other * -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A few minutes: the air's and the food's temperature at both ends, and the food's in the middle."""

    starts_s: float
    """Seconds since the stretch began."""
    ends_s: float
    air_c: tuple[float, float]
    food_c: tuple[float, float, float]

    def toll(self, climate: Climate, since: float = 0.0, until: float = 1.0) -> Toll:
        """Return what a part of the step took, given as shares of it."""
        seconds = (self.ends_s - self.starts_s) * (until - since)
        first, middle, last = (self._food(at) for at in (since, (since + until) / 2, until))
        # Simpson's rule.
        excess = (climate.excess(first) + 4 * climate.excess(middle) + climate.excess(last)) / 6
        air = tuple(self.air_c[0] + (self.air_c[1] - self.air_c[0]) * at for at in (since, until))
        return Toll(
            lost_days=excess * seconds / 86_400,
            warm_s=seconds * _share_above(WARM_C, first, last),
            hot_s=seconds * _share_above(HOT_C, *air),
            thawed_s=seconds * _share_above(THAWED_C, first, last),
        )

    def moment(self, share: float) -> float:
        """Return when a share of the step is over, in seconds since the stretch began."""
        return self.starts_s + (self.ends_s - self.starts_s) * share

    def crossing(self, limit_c: float) -> float:
        """Return at which share of the step the food passes a temperature."""
        first, last = self.food_c[0], self.food_c[2]
        return 0.0 if first == last else min(1.0, max(0.0, (limit_c - first) / (last - first)))

    def _food(self, share: float) -> float:
        """Return the food's temperature at a share of the step: the parabola through the three."""
        first, middle, last = self.food_c
        bend = 2 * (first + last - 2 * middle)
        return first + share * (last - first - bend * (1 - share))


def steps(climate: Climate, food_c: float, air_c: tuple[float, float], seconds: float) -> Iterator[Step]:
    """Go through a stretch in which the air's temperature goes from one to another in a straight line."""
    first, last = air_c
    lag_s = climate.lag.total_seconds()
    slope = (last - first) / seconds
    gap = food_c - first + slope * lag_s

    def air(at: float) -> float:
        return first + slope * at

    def food(at: float) -> float:
        return air(at) - slope * lag_s + gap * exp(-at / lag_s)

    count = min(MOST_STEPS, ceil(seconds / STEP_S))
    for number in range(count):
        starts, ends = seconds * number / count, seconds * (number + 1) / count
        yield Step(
            starts_s=starts,
            ends_s=ends,
            air_c=(air(starts), air(ends)),
            food_c=(food(starts), food((starts + ends) / 2), food(ends)),
        )


def _share_above(limit_c: float, first: float, last: float) -> float:
    """Return in which share of a straight line a temperature is above a limit."""
    low, high = sorted((first, last))
    if low > limit_c or high <= limit_c:
        return float(low > limit_c)
    return (high - limit_c) / (high - low)
