"""When the household went shopping, learned from the purchases in its ledger."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, tzinfo
from itertools import pairwise
from statistics import median
from typing import Final

from ..exchange.brought import CONTEXT as IMPORT
from ..model import Change, ChangeId, What
from ..stock import Stock
from .slots import Rhythm, rhythm_of

MOST: Final = 1000
"""Purchases that count: about a year of them."""
WEEK: Final = 7
MOST_DAYS: Final = 14
FEW: Final = 3
"""Gaps between trips that tell something."""
RECENT: Final = 20
"""Gaps that are asked: the rhythm of some months."""


class Trips:
    """The moments of the last purchases; what was taken back or imported is none."""

    def __init__(self) -> None:
        """Begin with none."""
        self._at: OrderedDict[ChangeId, datetime] = OrderedDict()

    def learn(self, change: Change, _stock: Stock) -> None:
        """Take in a change, in O(1)."""
        if change.what is What.BOUGHT and change.context != IMPORT:
            self._at[change.change_id] = change.at
            if len(self._at) > MOST:
                self._at.popitem(last=False)
        elif change.undoes is not None:
            self._at.pop(change.undoes, None)

    def gap(self, zone: tzinfo) -> int:
        """Return how many days usually lie between two shopping days: a week where that is not known."""
        days = sorted({at.astimezone(zone).date() for at in self._at.values()})
        gaps = [(after - before).days for before, after in pairwise(days)][-RECENT:]
        return WEEK if len(gaps) < FEW else min(MOST_DAYS, max(1, round(median(gaps))))

    def rhythm(self, zone: tzinfo) -> Rhythm:
        """Return how often it shops on each part of each day of the week."""
        return rhythm_of(self._at.values(), zone)
