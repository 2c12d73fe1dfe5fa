"""What the same season of the year before tells: whether more of a product is used now than lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from .diary import Day

YEAR: Final = timedelta(days=365)
LATELY: Final = timedelta(days=90)
"""What the pace goes by, mostly."""
SOON: Final = timedelta(days=30)
AROUND: Final = timedelta(days=7)
DOUBT: Final = 6.0
"""So many purchases at an even pace are added on both sides: one year proves little."""
MOST: Final = 1.6


def season(days: Sequence[tuple[date, Day]], today: date, portion: float) -> float:
    """Return how many times as much is used soon as was lately, going by the year before.

    1 where the diary does not reach back that far. It goes by what was used: what was bought comes in lumps,
    and made the forecasts of simulated households worse.
    """
    then = today - YEAR
    begin, end = then - LATELY, then + SOON
    if not days or days[0][0] > begin:
        return 1.0
    lately = soon = 0.0
    for day, what in days:
        amount = what.used + what.missing
        if begin <= day < then:
            lately += amount
        if then - AROUND <= day < end:
            soon += amount
    lately_days, soon_days = float(LATELY.days), float((SOON + AROUND).days)
    usual = (lately + soon) / (lately_days + soon_days)
    if usual <= 0:
        return 1.0
    doubt, doubt_days = DOUBT * portion, DOUBT * portion / usual
    ratio = ((soon + doubt) / (soon_days + doubt_days)) / ((lately + doubt) / (lately_days + doubt_days))
    return min(MOST, max(1 / MOST, ratio))
