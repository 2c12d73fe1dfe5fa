"""When a list is told, asked about or sent: once for each shopping day and shop, and never at night."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from ...autonomy import Autonomy
from .slots import Slot

EVENING_BEFORE: Final = time(18)
"""On the home's clock: when one still knows what is missing, and can think of more."""
MORNING: Final = time(7)
NIGHT: Final = time(22)
LATER: Final = timedelta(hours=2)
FAILURES: Final = 3
"""From so many attempts in a row that failed on, a list needs the user."""
WANTED: Final = 0.5
"""From this chance on that a thing is needed before the next trip but one, it is put on the list."""


class Push(StrEnum):
    """What is to be done with a shop's list now."""

    NOTHING = "nothing"
    SHOW = "show"
    """Tell what is on it; it is sent by hand."""
    ASK = "ask"
    SEND = "send"


BY_AUTONOMY: Final = {
    Autonomy.OBSERVE: Push.NOTHING,
    Autonomy.SUGGEST: Push.SHOW,
    Autonomy.ASK: Push.ASK,
    Autonomy.ACT: Push.SEND,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How it stands with a shop's list for its next shopping day."""

    day: date
    """The shopping day, on the home's calendar."""
    done: bool = False
    """Whether it was sent, or told as far as it may be."""
    asked: bool = False
    """Whether a question about it waits for its answer."""
    until: datetime | None = None
    """Before when it is not asked about again (UTC)."""
    told: frozenset[str] = frozenset()
    """The ids of the items that were told and are sent by hand: they are not told again."""
    failures: int = 0
    """How many times in a row it could not be sent."""


def push_of(
    autonomy: Autonomy,
    slot: Slot | None,
    standing: Standing | None,
    now: datetime,
    zone: tzinfo,
    *,
    items: int,
) -> Push:
    """Return what is to be done now with a list of so many items that are to be bought."""
    if slot is None or not items or now < tell_at(slot, zone) or now >= slot.end or is_night(now, zone):
        return Push.NOTHING
    if standing is not None and standing.day == day_of(slot, zone):
        if standing.done or standing.asked:
            return Push.NOTHING
        if standing.until is not None and now < standing.until:
            return Push.NOTHING
    return BY_AUTONOMY[autonomy]


def tell_at(slot: Slot, zone: tzinfo) -> datetime:
    """Return from when on a list is told: the evening before."""
    return datetime.combine(day_of(slot, zone) - timedelta(days=1), EVENING_BEFORE, zone)


def day_of(slot: Slot, zone: tzinfo) -> date:
    """Return the shopping day."""
    return slot.start.astimezone(zone).date()


def is_night(now: datetime, zone: tzinfo) -> bool:
    """Tell whether people are left alone now."""
    clock = now.astimezone(zone).time()
    return not MORNING <= clock < NIGHT


def postponed(standing: Standing, now: datetime) -> Standing:
    """Return how it stands once somebody said "later"."""
    return replace(standing, asked=False, until=now + LATER)


def failed(standing: Standing, now: datetime) -> Standing:
    """Return how it stands once a list could not be sent: it is tried again later."""
    again = replace(standing, asked=False, done=False, until=now + LATER)
    return replace(again, failures=standing.failures + 1)


def is_stale(standing: Standing, now: datetime, zone: tzinfo, *, items: int) -> bool:
    """Tell whether a question waits in vain: nothing is left to buy, or its shopping day is over."""
    return standing.asked and (not items or standing.day < now.astimezone(zone).date())
