"""When to go shopping, or to have things brought: the next good time at a shop, and why it is that one.

Each hour in which a shop is open, or each span in which it delivers, within two weeks is worth::

    USUAL * how often the household shops then, of 1 at most
    + HOME * the chance that somebody is home     (deliveries only)
    - LATE * days past the day on which the first thing runs out
    - BUSY where the household is busy
    - WAITING * days until then

and the best is taken; of several as good, the soonest. Times are those of the home's own clock: a shop that
opens at nine does so in summer and in winter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Final

from ...reason import Reason
from ..model import ShopId
from .split import Shop
from .times import OpeningTime

HORIZON: Final = 14
"""Days that are looked ahead."""
TRIP: Final = timedelta(hours=1)
"""How long shopping takes."""
USUAL: Final = 1.0
HOME: Final = 2.0
LATE: Final = 1.0
BUSY: Final = 10.0
WAITING: Final = 0.08
"""A week's waiting costs about half of what a usual day is worth."""
ALWAYS: Final = tuple(OpeningTime(weekday=day, begins=time(9), ends=time(20)) for day in range(7))
"""When a shop is taken to be open whose times are not known."""
NOON: Final = 12
EVENING: Final = 17
LIKELY: Final = 0.5

type Presence = Callable[[int, int], float]
"""The chance that somebody is home, by weekday (0 is Monday) and hour."""
type Busy = Sequence[tuple[datetime, datetime]]
"""When nobody can go or open the door, in UTC."""
type Rhythm = Mapping[tuple[int, Part], int]
"""On how many days the household shopped, by weekday and part of the day."""


class Part(StrEnum):
    """A part of the day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A time to shop or to be brought things."""

    shop_id: ShopId
    start: datetime
    """In UTC."""
    end: datetime
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What runs out first, and on which day of the home."""

    product: str
    runs_out_on: date


def rhythm_of(bought_at: Iterable[datetime], zone: tzinfo) -> Rhythm:
    """Return when the household shops, from the moments of its purchases; each part of a day counts once."""
    local = (moment.astimezone(zone) for moment in bought_at)
    return Counter(
        (day.weekday(), part) for day, part in {(one.date(), part_of(one.time())) for one in local}
    )


def part_of(moment: time) -> Part:
    """Return the part of the day that a time on the clock is in."""
    if moment.hour < NOON:
        return Part.MORNING
    return Part.AFTERNOON if moment.hour < EVENING else Part.EVENING


def next_slot(
    shop: Shop,
    now: datetime,
    zone: tzinfo,
    *,
    rhythm: Rhythm,
    busy: Busy = (),
    presence: Presence = lambda _weekday, _hour: 1.0,
    need: Need | None = None,
    after: datetime | None = None,
) -> Slot | None:
    """Return the best time at a shop that is yet to come; nothing when it is closed for two weeks.

    ``after`` leaves out what begins before, because it was put off.
    """
    earliest = now if after is None else max(now, after)
    scored = [
        _Scored.of(start, end, shop, now, zone, rhythm=rhythm, busy=busy, presence=presence, need=need)
        for start, end in _candidates(shop, earliest, zone)
    ]
    if not scored:
        return None
    best = max(scored, key=lambda one: (one.worth, -one.start.timestamp()))
    return Slot(shop_id=shop.shop_id, start=best.start, end=best.end, reason=best.reason(shop, zone, need))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scored:
    start: datetime
    end: datetime
    usual: float
    home: float
    late: int
    busy: bool
    waiting: float
    delivery: bool

    @classmethod
    def of(
        cls,
        start: datetime,
        end: datetime,
        shop: Shop,
        now: datetime,
        zone: tzinfo,
        *,
        rhythm: Rhythm,
        busy: Busy,
        presence: Presence,
        need: Need | None,
    ) -> _Scored:
        local = start.astimezone(zone)
        most = max(rhythm.values(), default=0)
        return cls(
            start=start,
            end=end,
            usual=rhythm.get((local.weekday(), part_of(local.time())), 0) / most if most else 0.0,
            home=_home(start, end, zone, presence) if shop.delivery else 0.0,
            late=0 if need is None else max(0, (local.date() - need.runs_out_on).days),
            busy=any(begins < end and start < ends for begins, ends in busy),
            waiting=(start - now) / timedelta(days=1),
            delivery=shop.delivery,
        )

    @property
    def worth(self) -> float:
        return (
            USUAL * self.usual
            + HOME * self.home
            - LATE * self.late
            - (BUSY if self.busy else 0.0)
            - WAITING * self.waiting
        )

    def reason(self, shop: Shop, zone: tzinfo, need: Need | None) -> Reason:
        weekday = f"weekday_{self.start.astimezone(zone).weekday()}"
        if self.busy:
            return Reason(key="slot_busy", values={"weekday": weekday})
        if need is not None and self.late:
            return Reason(key="slot_late", values={"product": need.product, "days": self.late})
        if need is not None and (need.runs_out_on - self.start.astimezone(zone).date()).days <= 1:
            out = f"weekday_{need.runs_out_on.weekday()}"
            return Reason(key="slot_in_time", values={"product": need.product, "weekday": out})
        if shop.delivery and self.home >= LIKELY:
            return Reason(key="slot_home", values={"percent": round(100 * self.home)})
        if self.usual >= LIKELY:
            return Reason(key="slot_usual", values={"weekday": weekday})
        return Reason(key="slot_soonest", values={"weekday": weekday})


def _candidates(shop: Shop, earliest: datetime, zone: tzinfo) -> Iterator[tuple[datetime, datetime]]:
    """Return the spans that begin from a moment on, in UTC: an hour each, or a delivery's whole span."""
    today = earliest.astimezone(zone).date()
    for ahead in range(HORIZON):
        day = today + timedelta(days=ahead)
        for one in shop.times or ALWAYS:
            if one.weekday == day.weekday():
                start, end = _moment(day, one.begins, zone), _moment(day, one.ends, zone)
                yield from _spans(start, end, earliest, delivery=shop.delivery)


def _spans(
    start: datetime, end: datetime, earliest: datetime, *, delivery: bool
) -> Iterator[tuple[datetime, datetime]]:
    if delivery:
        if start >= earliest and start < end:
            yield start, end
        return
    at = start
    while at < end:
        if at >= earliest:
            yield at, min(at + TRIP, end)
        at += TRIP


def _moment(day: date, clock: time, zone: tzinfo) -> datetime:
    """Return when a clock in the home shows a time, or would if it were not put forward just then."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _home(start: datetime, end: datetime, zone: tzinfo, presence: Presence) -> float:
    """Return the chance that somebody is home, on average over a span."""
    chances = []
    at = start
    while at < end:
        local = at.astimezone(zone)
        chances.append(presence(local.weekday(), local.hour))
        at += TRIP
    return sum(chances) / len(chances)
