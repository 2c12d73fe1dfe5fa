"""Run-outs of simulated households: on which day, and which of them were foreseen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from math import inf
from statistics import median
from time import perf_counter
from typing import Final, Protocol

from demo.thought.pantry.model import Change, ProductId, What
from demo.thought.pantry.restock import Outlook, Restock
from demo.thought.pantry.stock import Stock

from ..table import print_table
from .household import AHEAD, DAYS, FIRST, Diligence, Household, Thing, lasts
from .score import Reliability

SEEDS: Final = (11, 12, 13, 14, 15, 16)
TUNING_SEEDS: Final = (1, 2, 3)
"""Households that the model's numbers were chosen on; they are not scored."""
BEGIN: Final = 60
"""So many days are lived before anything is scored."""
EVERY: Final = 3
"""Each so many days every product is looked at."""
WEEK: Final = 7
NEAR: Final = 28
"""The day is scored of what truly runs out within so many days."""
FALSE: Final = 0.2
"""The share of the warnings that may be wrong."""
LATEST: Final = float(AHEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a way to look ahead says of a product in the evening."""

    days: float | None
    """In how many days it runs out; nothing where it cannot tell."""
    alarm: float
    """How loudly it warns that it runs out within a week."""
    wanted: float = 0.0
    """How likely it is bought or runs out within a week, where it says so."""


class Way(Protocol):
    """A way to look ahead."""

    def learn(self, change: Change) -> None:
        """Take a change in."""
        ...

    def guess(self, product_id: ProductId, stock: Stock, now: datetime) -> Guess:
        """Return what it says of a product in the evening."""
        ...


class TotalOverSpan:
    """What was used so far over the time since the first purchase, and what is left by the ledger."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._used: dict[ProductId, int] = {}
        self._first: dict[ProductId, datetime] = {}

    def learn(self, change: Change) -> None:
        """Count what was used."""
        for entry in change.entries:
            self._first.setdefault(entry.product_id, change.at)
            if change.what is What.USED:
                self._used[entry.product_id] = self._used.get(entry.product_id, 0) - entry.delta

    def guess(self, product_id: ProductId, stock: Stock, now: datetime) -> Guess:
        """Return when what is left is used at that rate."""
        first = self._first.get(product_id, now)
        span = max(1.0, (now - first) / timedelta(days=1))
        rate = self._used.get(product_id, 0) / span
        days = stock.total(product_id) / rate if rate > 0 else inf
        return Guess(days=min(days, LATEST), alarm=-days)


class FixedMinimum:
    """A minimum that somebody set: a share of what is bought at once, the same for all products."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._bought: dict[ProductId, list[int]] = {}

    def learn(self, change: Change) -> None:
        """Note what is bought at once."""
        if change.what is What.BOUGHT:
            for entry in change.entries:
                self._bought.setdefault(entry.product_id, []).append(entry.delta)

    def guess(self, product_id: ProductId, stock: Stock, now: datetime) -> Guess:
        """Return how far it is below; the best share is chosen afterwards."""
        del now
        bought = self._bought.get(product_id)
        return Guess(days=None, alarm=-stock.total(product_id) / median(bought) if bought else -inf)


class Cerebro:
    """The restock model itself, with what the calendar says."""

    def __init__(self, home: Household) -> None:
        """Take the household's calendar."""
        self._home = home
        self._model = Restock(UTC, home.kind)
        self._outlook = Outlook(demand=home.demand)
        self.seconds: dict[str, list[float]] = {"learn": [], "forecast": []}

    def learn(self, change: Change) -> None:
        """Take a change in."""
        start = perf_counter()
        self._model.learn(change, self._home.stock)
        self.seconds["learn"].append(perf_counter() - start)

    def guess(self, product_id: ProductId, stock: Stock, now: datetime) -> Guess:
        """Return what it says."""
        start = perf_counter()
        product = stock.products[product_id]
        until = now.date() + timedelta(days=WEEK)
        seen = self._model.forecast(product, stock, now, self._outlook, until)
        self.seconds["forecast"].append(perf_counter() - start)
        if seen is None:
            return Guess(days=None, alarm=0.0)
        days = LATEST if seen.runs_out_on is None else float((seen.runs_out_on - now.date()).days)
        return Guess(days=min(days, LATEST), alarm=seen.gone, wanted=seen.probability)


@dataclass(slots=True)
class Looks:
    """What a way to look ahead said, and what came."""

    title: str
    errors: list[float] = field(default_factory=list)
    """Days between the day that was said and the true one."""
    alarms: list[tuple[float, bool]] = field(default_factory=list)
    """How loudly it warned, and whether it ran out within the week."""

    @property
    def foreseen(self) -> float:
        """The share of run-outs that were warned of, where at most so many warnings are wrong."""
        return foreseen(self.alarms)

    @property
    def cells(self) -> list[str]:
        """The line as it is printed."""
        dated = len(self.errors) > 0
        return [
            self.title,
            f"{median(self.errors):.2f}" if dated else "-",
            f"{sum(self.errors) / len(self.errors):.2f}" if dated else "-",
            f"{self.foreseen:.3f}",
        ]


def foreseen(alarms: Sequence[tuple[float, bool]], false: float = FALSE) -> float:
    """Return the largest share of what came that can be warned of with at most that share of false alarms.

    All that is as loud is warned of together.
    """
    all_true = sum(came for _, came in alarms)
    best = right = 0
    ordered = sorted(alarms, key=lambda one: -one[0])
    for warned, (alarm, came) in enumerate(ordered, start=1):
        right += came
        last = warned == len(ordered) or ordered[warned][0] != alarm
        if last and warned - right <= false * warned:
            best = max(best, right)
    return best / all_true if all_true else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year of several households."""

    looks: Sequence[Looks]
    reliability: Reliability
    learn_us: float
    forecast_us: float


class Promises:
    """What was said of the week to come, and whether it came: that a product is bought or runs out."""

    def __init__(self, reliability: Reliability) -> None:
        """Take what counts it."""
        self._reliability = reliability
        self._open: list[tuple[int, ProductId, float, int | None]] = []
        self._bought: dict[ProductId, int] = {}

    def add(self, product_id: ProductId, day: int, stated: float, runs_out_in: int | None) -> None:
        """Note what was said in the evening of a day."""
        self._open.append((day, product_id, stated, runs_out_in))

    def follow(self, change: Change, day: int) -> None:
        """Note what is bought."""
        if change.what is What.BOUGHT:
            self._bought.update((entry.product_id, day) for entry in change.entries)

    def judge(self, day: int) -> None:
        """Count what was said a week ago: in the evening of its last day."""
        while self._open and self._open[0][0] + WEEK <= day:
            begin, product_id, stated, runs_out_in = self._open.pop(0)
            bought = self._bought.get(product_id, -1) > begin
            self._reliability.add(stated, bought or (runs_out_in is not None and runs_out_in <= WEEK))


LIMIT: Final = "who knows the rates"
OURS: Final = "Cerebro"


def live(seeds: Sequence[int], diligence: Diligence) -> Year:
    """Live a year in each household, and look ahead in every way."""
    looks = {title: Looks(title) for title in ("fixed minimum", "total over span", OURS, LIMIT)}
    seconds: dict[str, list[float]] = {"learn": [], "forecast": []}
    reliability = Reliability()
    for seed in seeds:
        home = Household(seed, diligence)
        minimum, span, cerebro = FixedMinimum(), TotalOverSpan(), Cerebro(home)
        ways: dict[str, Way] = {"fixed minimum": minimum, "total over span": span, OURS: cerebro}
        promises = Promises(reliability)
        for day in range(DAYS):
            for change in home.changes(day):
                promises.follow(change, day)
                for way in ways.values():
                    way.learn(change)
            promises.judge(day)
            if day >= BEGIN and day % EVERY == 0 and day not in home.away:
                _look(home, day, ways, looks, promises)
        for name, taken in cerebro.seconds.items():
            seconds[name].extend(taken)
    return Year(
        looks=tuple(looks.values()),
        reliability=reliability,
        learn_us=1e6 * median(seconds["learn"]),
        forecast_us=1e6 * median(seconds["forecast"]),
    )


def _look(
    home: Household, day: int, ways: Mapping[str, Way], looks: Mapping[str, Looks], promises: Promises
) -> None:
    """Look ahead at everything that is there in the evening of a day."""
    now = datetime.combine(FIRST + timedelta(days=day), time(23), UTC)
    for thing in home.things:
        product_id = thing.brand(day).product_id
        if product_id in home.stock.products and thing.left > 0:
            truth = thing.runs_out_in(day)
            for title, way in ways.items():
                said = way.guess(product_id, home.stock, now)
                _note(looks[title], said, truth)
                if title == OURS:
                    promises.add(product_id, day, said.wanted, truth)
            _note(looks[LIMIT], _knowing(home, thing, day), truth)


def _note(look: Looks, said: Guess, truth: int | None) -> None:
    look.alarms.append((said.alarm, truth is not None and truth <= WEEK))
    if truth is not None and truth <= NEAR and said.days is not None:
        look.errors.append(abs(said.days - truth))


def _knowing(home: Household, thing: Thing, day: int) -> Guess:
    """Return what one would say who knows what is really there and needed on average: the limit."""
    needs = [home.expected(thing, day + ahead) for ahead in range(1, AHEAD)]
    days = lasts(thing.parts, needs, day + 1)
    return Guess(days=LATEST if days is None else days, alarm=-LATEST if days is None else -days)


def show(seeds: Sequence[int] = SEEDS) -> None:
    """Measure and print."""
    titles = ("", "median days off", "mean days off", "run-outs foreseen")
    for diligence in Diligence:
        year = live(seeds, diligence)
        print(f"\nA year of {len(seeds)} simulated households that write down {diligence.value}\n")
        print_table(titles, [one.cells for one in year.looks])
        print(f"\nlearning a change {year.learn_us:.1f} µs, a forecast {year.forecast_us:.0f} µs\n")
        print(f"Bought or run out within a week: chances off by {year.reliability.error:.3f} on average\n")
        print_table(("from", "looks", "stated", "came true"), year.reliability.rows)
