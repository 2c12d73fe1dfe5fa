"""When a product is bought again, or runs out: distributions of how much is used until then."""

from __future__ import annotations

from math import erfc, log, sqrt
from typing import Final

GIVEN_UP: Final = 0.02
"""The share of products that a household stops buying after any one purchase."""
GIVEN_UP_AT_ONCE: Final = 0.5
"""The same after the first one."""
LONG: Final = 0.8
"""How far apart, as a standard deviation of logarithms, purchases are when a product is not given up."""
LEAST: Final = 1e-12


def normal(z: float) -> float:
    """Return the share of a standard normal distribution up to a value."""
    return 0.5 * erfc(-z / sqrt(2))


def survival(y: float, sigma: float) -> float:
    """Return the chance that a purchase is not yet followed by another after ``y`` times what it makes do.

    Log-normal around 1.
    """
    return 1.0 if y <= 0 else max(LEAST, normal(-log(y) / sigma))


def bought_by(y_now: float, y_until: float, sigma: float) -> float:
    """Return the chance that it is bought by ``y_until`` given that it was not by ``y_now``."""
    return max(0.0, 1.0 - survival(y_until, sigma) / survival(y_now, sigma))


def still_bought(y_now: float, purchases: int) -> float:
    """Return the chance that the household has not given a product up.

    By Bayes' rule: whoever gave it up does not buy it, whoever did not is late (Schmittlein, Morrison and
    Colombo, *Counting Your Customers*, Management Science 33, 1987, with our own distribution).
    """
    given_up = GIVEN_UP if purchases > 1 else GIVEN_UP_AT_ONCE
    late = survival(y_now, LONG)
    return (1 - given_up) * late / ((1 - given_up) * late + given_up)


def runs_out_by(used: float, left: float, grain: float, doubt: float) -> float:
    """Return the chance that what is used by then, ``used`` on average, is at least what is left.

    Normal: its variance is that of parts of ``grain`` at random, and of the doubt about the average.
    """
    if left <= 0:
        return 1.0
    if used <= 0:
        return 0.0
    return normal((used - left) / sqrt(grain * used + (doubt * used) ** 2))
