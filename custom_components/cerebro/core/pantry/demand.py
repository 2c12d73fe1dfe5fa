"""How much is used on days that are not as others: with guests, and away."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Final

from ..roles.words import Words, folded

GUESTS: Final = 1.5
"""How much more is used on a day with guests than on others: a meal of the day for twice as many."""
GUEST_WORDS: Final[Words] = (
    "guest",
    "guests",
    "visitors",
    "dinner party",
    "party",
    "barbecue",
    "brunch",
    "sleepover",
    "invité",
    "invités",
    "fête",
    "anniversaire",
    "birthday",
    "apéro",
    "raclette",
    "repas de famille",
    "family dinner",
)
"""What the title of an appointment says when people come."""


def brings_guests(title: str) -> bool:
    """Tell whether an appointment brings guests to the home, by its title."""
    said = folded(title)
    return any(folded(word) in said for word in GUEST_WORDS)


def demand(occupants: int, away: Mapping[date, int], guests: Collection[date]) -> Callable[[date], float]:
    """Return how much is used on a day, as a share of a usual one.

    ``away`` is how many of the occupants are away on each day, ``guests`` the days on which people come.
    """

    def on(day: date) -> float:
        share = 1.0 if occupants == 0 else 1 - min(away.get(day, 0), occupants) / occupants
        return share * (GUESTS if day in guests else 1.0)

    return on
