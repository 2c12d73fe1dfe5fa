"""When somebody is home, learned by looking once an hour: 168 shares, one for each hour of the week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Self

HOURS: Final = 7 * 24
NEWEST: Final = 0.2
"""What the last look weighs: five weeks ago counts a third of now."""
UNKNOWN: Final = 0.5
"""The chance before anybody ever looked."""


class Presence:
    """How likely somebody is home, by hour of the week."""

    def __init__(self, shares: Iterable[float] = ()) -> None:
        """Begin with what was learned before, or with nothing."""
        known = [min(1.0, max(0.0, float(share))) for share in shares]
        self._shares = known if len(known) == HOURS else [UNKNOWN] * HOURS

    @property
    def shares(self) -> tuple[float, ...]:
        """What was learned, by hour of the week from Monday midnight on."""
        return tuple(self._shares)

    def look(self, local: datetime, *, home: bool) -> Self:
        """Learn from one look at the home, at a moment of the home's own clock."""
        at = local.weekday() * 24 + local.hour
        self._shares[at] += NEWEST * (float(home) - self._shares[at])
        return self

    def __call__(self, weekday: int, hour: int) -> float:
        """Return the chance that somebody is home in an hour of a weekday (0 is Monday)."""
        return self._shares[weekday * 24 + hour]
