"""What the warm took from the things in a place, followed reading by reading, and what is no longer safe.

The model is that of :mod:`.heat`. Its rule of safety is that of USDA FSIS ("Danger Zone"; "Keep Your Food
Safe During Emergencies"): what is perishable is thrown away once it was too warm for more than two hours, or
for more than one in air above 90 °F (32 °C). What grew in one episode is still there in the next, so that the
time of several within a day is added up, as in the FDA Food Code (3-501.19), which limits the whole time out
of the cold; an episode that reaches into that day counts whole. What thaws in a freezer may be frozen again
while it still has ice crystals or is as cold as in a fridge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import takewhile
from typing import Any, Final, Self

from ..reason import Reason
from .categories import Category
from .episode import Episode, Running
from .heat import CLIMATES, Climate, Step, Toll, steps
from .model import Lot, LotId, Place, Product, ProductId
from .perishables import HOT_FOR, NOT_TO_THAW, warm_for

VERSION: Final = 1
POSSIBLE_C: Final = (-40.0, 60.0)
"""What a thermometer in a kitchen can show; anything else is a fault of it."""
SILENT_S: Final = 1800.0
"""A thermometer that tells changes only is silent while nothing changes: of a longer silence, only so many
seconds at its end are the change."""
MOST_EPISODES: Final = 100
KEPT_FOR: Final = timedelta(days=730)
"""Nothing that goes off lasts longer in a freezer."""
TOGETHER: Final = timedelta(hours=24)
"""Episodes no farther apart than this are judged by their time together."""


class Warmth:
    """How warm it was in a place; a reading costs O(1).

    Between readings the air's temperature goes in a straight line. While a thermometer tells nothing at all,
    cut off with the power perhaps, nothing is taken to be cold: all of the gap becomes one straight line to
    the first reading after it. What was before the first reading of all is not known, and not held against
    the place.
    """

    def __init__(self, place: Place) -> None:
        """Begin to follow a place; one that is not cooled is never too warm."""
        self._place = place
        self._climate = CLIMATES.get(place)
        self._at: float | None = None
        reference_c = self._climate.reference_c if self._climate is not None else 0.0
        self._air_c = self._food_c = reference_c
        self._blind = False
        self._running: Running | None = None
        self._ended: list[Episode] = []

    @property
    def running(self) -> Episode | None:
        """The episode that goes on, as far as it is known."""
        return None if self._running is None else self._running.episode(ended=False)

    @property
    def is_warming(self) -> bool:
        """Whether food is too warm, or will be if nothing changes: then :meth:`pass_time` is to be called."""
        climate = self._climate
        return climate is not None and (self._running is not None or self._air_c > climate.starts_above_c)

    @property
    def episodes(self) -> tuple[Episode, ...]:
        """All episodes that are remembered, the one that goes on at the end."""
        running = self.running
        return (*self._ended, *(() if running is None else (running,)))

    @property
    def known_until(self) -> datetime | None:
        """Until when it is known how warm it was (UTC)."""
        return None if self._at is None else datetime.fromtimestamp(self._at, UTC)

    def observe(self, at: datetime, temperature_c: float) -> tuple[Episode, ...]:
        """Take in a reading of the air's temperature; return the episodes that are over with it.

        A reading from before the last one, or that cannot be, counts for nothing.
        """
        moment = at.timestamp()
        if self._climate is None or not POSSIBLE_C[0] <= temperature_c <= POSSIBLE_C[1]:
            return ()
        if self._at is None:
            self._at, self._air_c = moment, temperature_c
            self._food_c = min(temperature_c, self._climate.reference_c)
            return ()
        if moment < self._at:
            return ()
        before = datetime.fromtimestamp(self._at, UTC)
        if not self._blind and moment - self._at > SILENT_S:
            self._go(self._climate, moment - SILENT_S, self._air_c)
        self._go(self._climate, moment, temperature_c)
        self._blind = False
        return self._just_ended(before)

    def lose_sight(self, at: datetime) -> None:
        """Note that the thermometer tells nothing from a moment on."""
        self.pass_time(at)
        self._blind = True

    def pass_time(self, now: datetime) -> tuple[Episode, ...]:
        """Note that the air is as it was at the last reading; return the episodes that are over by now.

        Nothing is known, and nothing noted, while the thermometer tells nothing.
        """
        moment = now.timestamp()
        if self._climate is None or self._at is None or self._blind or moment <= self._at:
            return ()
        before = datetime.fromtimestamp(self._at, UTC)
        self._go(self._climate, moment, self._air_c)
        return self._just_ended(before)

    def warm_in(self, since: datetime, until: datetime) -> timedelta:
        """Return for how long food was too warm between two moments, as far as it is known."""
        return sum((one.within(since, until) for one in self.episodes), timedelta())

    def lost(self, lot: Lot) -> timedelta:
        """Return how much life a thing lost here since it was put here."""
        since = _here_since(lot)
        return timedelta(days=sum(one.toll_since(since).lost_days for one in self._after(since)))

    def unsafe(self, lot: Lot, category: Category) -> Reason | None:
        """Return why a thing is no longer safe after the episodes it was here for; nothing when it is."""
        since = _here_since(lot)
        episodes = tuple(self._after(since))
        for number, episode in enumerate(episodes):
            opened = lot.opened_on is not None and lot.opened_on <= episode.until.date()
            near = takewhile(partial(_adds_to, episode), episodes[number:])
            toll = sum((one.toll_since(since) for one in near), Toll())
            reason = _danger(toll, category, opened=opened)
            if reason is not None:
                return reason
        return None

    def to_json(self) -> dict[str, Any]:
        """Return all that is known, for :meth:`from_json`."""
        return {
            "version": VERSION,
            "place": self._place.value,
            "at": self._at,
            "air_c": self._air_c,
            "food_c": self._food_c,
            "running": None if self._running is None else self._running.to_json(),
            "ended": [one.to_json() for one in self._ended],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any], place: Place) -> Self:
        """Return what was known of a place: nothing of another sort of place. What was since then is a gap.

        Raises:
            ValueError: when it was written by a later version, or not by this class.
        """
        warmth = cls(place)
        try:
            if data["version"] != VERSION:
                raise ValueError(data["version"])
            if data["place"] != place:
                return warmth
            warmth._at = None if data["at"] is None else float(data["at"])
            warmth._air_c, warmth._food_c = float(data["air_c"]), float(data["food_c"])
            warmth._running = None if data["running"] is None else Running.from_json(data["running"])
            warmth._ended = [Episode.from_json(one) for one in data["ended"]]
        except (KeyError, TypeError, IndexError) as error:
            raise ValueError(str(error)) from error
        warmth._blind = True
        return warmth

    def _go(self, climate: Climate, until: float, air_c: float) -> None:
        """Go on to a moment, the air's temperature in a straight line to its own then."""
        begun = self._at
        if begun is not None and until > begun:
            for step in steps(climate, self._food_c, (self._air_c, air_c), until - begun):
                self._take(climate, step, begun)
                self._food_c = step.food_c[-1]
        self._at, self._air_c = until, air_c

    def _take(self, climate: Climate, step: Step, begun: float) -> None:
        """Take in a step: food becomes too warm in it, goes on to be so, or is cold again."""
        since, running = 0.0, self._running
        if running is None:
            if step.food_c[-1] <= climate.starts_above_c:
                return
            since = step.crossing(climate.starts_above_c)
            running = self._running = Running.at(begun + step.moment(since))
        is_over = step.food_c[-1] <= climate.ends_at_c
        until = step.crossing(climate.ends_at_c) if is_over else 1.0
        peak_c = max(step.food_c[0] if since == 0.0 else climate.starts_above_c, step.food_c[-1])
        running.add(begun + step.moment(until), step.toll(climate, since, until), peak_c)
        if is_over:
            self._running = None
            self._remember(running.episode(ended=True))

    def _remember(self, episode: Episode) -> None:
        """Keep an episode; forget what is too old, and of too many the one that mattered least."""
        kept = [one for one in self._ended if episode.until - one.until <= KEPT_FOR]
        if len(kept) >= MOST_EPISODES:
            kept.remove(min(kept, key=lambda one: (one.toll.warm_s, one.toll.lost_days)))
        self._ended = [*kept, episode]

    def _just_ended(self, since: datetime) -> tuple[Episode, ...]:
        """Return the episodes that ended after a moment."""
        return tuple(one for one in self._ended if one.until > since)

    def _after(self, since: datetime) -> Iterator[Episode]:
        """Return the episodes that went on after a moment, the last one first."""
        return takewhile(lambda one: one.until > since, reversed(self.episodes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A thing that the warm harmed, and how."""

    lot_id: LotId
    lost: timedelta
    """Of its life."""
    unsafe: bool
    """It is to be thrown away, whatever its date says."""
    reason: Reason


def affected(
    lots: Iterable[Lot], products: Mapping[ProductId, Product], warmth: Warmth
) -> tuple[Affected, ...]:
    """Return which of the lots in a place lost a day or more of their life to the warm or are no longer safe.

    What is unsafe comes first. What never goes off has nothing to lose.
    """
    found = []
    for lot in lots:
        lost = warmth.lost(lot)
        danger = warmth.unsafe(lot, products[lot.product_id].category)
        if danger is not None:
            found.append(Affected(lot_id=lot.lot_id, lost=lost, unsafe=True, reason=danger))
        elif lot.best_before is not None and (days := whole_days(lost)):
            reason = Reason(key="lost_to_warmth", values={"days": days})
            found.append(Affected(lot_id=lot.lot_id, lost=lost, unsafe=False, reason=reason))
    return tuple(sorted(found, key=lambda one: (not one.unsafe, -one.lost, one.lot_id)))


def effective_best_before(lot: Lot, warmth: Warmth | None) -> date | None:
    """Return a lot's best-before date less the days that the warm took, to the nearest day."""
    if lot.best_before is None or warmth is None:
        return lot.best_before
    return lot.best_before - timedelta(days=whole_days(warmth.lost(lot)))


def whole_days(span: timedelta) -> int:
    """Return the nearest number of days; of a half, the higher."""
    return int(span / timedelta(days=1) + 0.5)


def _here_since(lot: Lot) -> datetime:
    """Return since when a lot is where it is; the day on which it was bought where nobody knows better."""
    return lot.placed_at or datetime.combine(lot.bought_on, time(), UTC)


def _adds_to(last: Episode, earlier: Episode) -> bool:
    """Tell whether an episode counts together with a later one, or is that one."""
    return earlier.until > last.started - TOGETHER


def _danger(toll: Toll, category: Category, *, opened: bool) -> Reason | None:
    """Return why what an episode took makes a kind of thing unsafe."""
    limit = warm_for(category, opened=opened)
    if limit is None:
        return None
    if category in NOT_TO_THAW and toll.thawed_s > 0:
        return Reason(key="thawed")
    if toll.warm_s > limit.total_seconds():
        return Reason(key="warm_too_long", values={"hours": toll.warm_s / 3600})
    if toll.hot_s > HOT_FOR.total_seconds():
        return Reason(key="hot_too_long", values={"hours": toll.hot_s / 3600})
    return None
