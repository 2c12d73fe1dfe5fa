"""How often what was said came true in this household, and what must therefore be said.

Platt scaling: the logit of what is said is a line in the logit of what the model says, shrunk to the model's
own word (J. Platt, *Probabilistic Outputs for Support Vector Machines*, 1999).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log
from typing import Final

SURE: Final = 1e-4
"""Chances are kept so far from 0 and 1."""
LEVEL_TRUST: Final = 4.0
SLOPE_TRUST: Final = 16.0
"""How strongly the line is held to the model's own word: the inverse of a variance."""
STEPS: Final = 8
FLATTEST: Final = 0.4
"""The line always rises: what is likelier stays likelier."""
STEEPEST: Final = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """What would have been said once, and whether it came."""

    stated: float
    came: bool
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """A line from the logit of what the model says to that of what is said."""

    level: float = 0.0
    slope: float = 1.0

    def said(self, stated: float) -> float:
        """Return what is to be said; what is certain, or impossible, stays so."""
        if not 0 < stated < 1:
            return stated
        return _chance(self.level + self.slope * logit(stated))


def logit(chance: float) -> float:
    """Return the logarithm of the odds, of what is neither certain nor impossible."""
    kept = min(1 - SURE, max(SURE, chance))
    return log(kept / (1 - kept))


def fit(checks: Iterable[Check]) -> Calibration:
    """Return the line that fits best, by Newton's method."""
    points = [(logit(one.stated), float(one.came), one.weight) for one in checks]
    level, slope = 0.0, 1.0
    for _ in range(STEPS):
        by_level, by_slope = LEVEL_TRUST * level, SLOPE_TRUST * (slope - 1)
        both, level_level, slope_slope = 0.0, LEVEL_TRUST, SLOPE_TRUST
        for at, came, weight in points:
            chance = _chance(level + slope * at)
            gap, curve = weight * (chance - came), weight * chance * (1 - chance)
            by_level += gap
            by_slope += gap * at
            level_level += curve
            both += curve * at
            slope_slope += curve * at * at
        scale = level_level * slope_slope - both * both
        level -= (by_level * slope_slope - by_slope * both) / scale
        slope -= (by_slope * level_level - by_level * both) / scale
        slope = min(STEEPEST, max(FLATTEST, slope))
    return Calibration(level=level, slope=slope)


def _chance(at: float) -> float:
    return 1 / (1 + exp(-max(-40.0, min(40.0, at))))
