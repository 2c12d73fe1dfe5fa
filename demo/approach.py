"""How warmth, moisture and power come to where they go: fast at first, then ever slower."""

from __future__ import annotations

import math


def towards(value: float, goal: float, minutes: float, tau: float) -> float:
    """Return a value after a first-order approach to a goal with that time constant in minutes."""
    return goal + (value - goal) * math.exp(-minutes / tau)
