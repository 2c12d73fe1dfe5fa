"""When the household went shopping, learned from the purchases in its ledger."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, tzinfo
from typing import Final

from ..exchange.brought import CONTEXT as IMPORT
from ..model import Change, ChangeId, What
from ..stock import Stock
from .slots import Rhythm, rhythm_of

MOST: Final = 1000
"""Purchases that count: about a year of them."""


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

    def rhythm(self, zone: tzinfo) -> Rhythm:
        """Return how often it shops on each part of each day of the week."""
        return rhythm_of(self._at.values(), zone)
