"""The restock model: what will be needed, how likely, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from math import ceil, exp
from typing import Final, Protocol

from ..model import Change, Lot, Product, ProductId, Taste
from .backtest import Backtest
from .calibration import Calibration, fit
from .course import Ahead, Course
from .diary import Day, Diaries
from .hazard import bought_by, runs_out_by, still_bought
from .level import GoodUntil, Level, Shelves, phantom, reckon, usable
from .outlook import Outlook, by_weekday
from .pace import KindOf, Pace, pace_of
from .proposal import Forecast, Proposal
from .telling import below_minimum, reason_of
from .trips import next_trip, within

WEEK: Final = timedelta(days=7)
LEAST: Final = 0.05
"""What is less likely is not proposed."""
OTHERS: Final = 0.5
"""What other households do counts by so much for what was bought once, then ever less."""
KEPT_EARLIER: Final = 0.25
"""What is always to be there is proposed earlier by this share of how long a purchase lasts."""
BAND: Final = (0.1, 0.9)
NINE_TENTHS: Final = 1.2816
"""The 90 % quantile of a standard normal distribution."""
TRIP_DAYS: Final = 90
"""How often the household goes shopping is counted over so many days."""
USUAL_TRIPS: Final = 2 / 7
"""How often a household goes shopping at first guess, per day."""
GUESS_DAYS: Final = 14
"""The first guess counts as much as so many days."""


class Known(Shelves, Protocol):
    """What is asked of a stock of all products."""

    @property
    def products(self) -> Mapping[ProductId, Product]:
        """All products that are known."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Past:
    """What the diary of a product comes to on a day."""

    today: date
    product: Product
    days: Sequence[tuple[date, Day]]
    pace: Pace
    level: tuple[float, float]
    """What there was after the last purchase, and what was used since on average."""
    last_bought: date
    purchases: int
    idle: float
    """Since it was bought last, or used: how many times over it would have been used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trips:
    """What the shopping trips come to on a day."""

    today: date
    per_day: float
    """How often the household goes shopping."""
    chances: Mapping[ProductId, float]
    """The chance that each product is bought on the next trip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _View:
    """A product as it stands and as it goes on."""

    past: _Past
    level: Level
    course: Course
    lots: Sequence[Lot]
    """What is there by the ledger, in the order of use."""
    total: int
    good_until: GoodUntil
    on_trip: float
    """The chance that it is bought on the next shopping trip."""
    trips_per_day: float
    calibration: Calibration

    @property
    def off(self) -> bool:
        """Whether there is something, all of it past its date."""
        dates = [self.good_until(lot) for lot in self.lots]
        return bool(dates) and all(last is not None and last < self.past.today for last in dates)

    def runs_out(self, used: float) -> float:
        """Return the chance that it runs out by when so much is used."""
        pace, level = self.past.pace, self.level
        if pace.uses_known:
            return runs_out_by(used, level.left, pace.grain, pace.doubt)
        begun = level.begun
        return bought_by(level.used / begun, (level.used + used) / begun, pace.spread)

    def gone_by(self, days: int) -> float:
        """Return the chance that it is used up or off within so many days."""
        until = self.past.today + timedelta(days=days - 1)
        dates = map(self.good_until, self.lots)
        if not any(last is None or last >= until for last in dates):
            return 1.0
        used = self.course.used_in(days)
        if not self.past.pace.uses_known:
            return self.runs_out(used)
        left = usable(self.lots, self.course.used_by, self.good_until, self.past.today, until)
        return runs_out_by(used, self.believed(left), self.past.pace.grain, self.past.pace.doubt)

    def believed(self, left: float) -> float:
        """Return how much is left above the minimum, without what was never there."""
        most = self.total - phantom(self.past.days, self.total, self.past.pace)
        return max(0.0, min(left, most) - self.past.product.minimum)

    def wanted_by(self, until: date) -> float:
        """Return the chance that it is needed or bought by a day."""
        past = self.past
        product, days = past.product, (until - past.today).days + 1
        floor = max(product.minimum, 1 if product.taste is Taste.KEEP else 0)
        if self.total < floor:
            return 1.0
        if days <= 0:
            return 0.0
        if product.taste is Taste.KEEP:
            days += ceil(KEPT_EARLIER * past.pace.days)
        alive = still_bought(past.idle, past.purchases)
        own = self.gone_by(days) * (1.0 if floor else alive)
        others = within(self.on_trip, 1 + self.trips_per_day * (days - 1))
        share = OTHERS / (1 + past.pace.intervals) ** 2
        return self.calibration.said(float(own ** (1 - share) * others**share))


class Restock:
    """What this household will need, learned from its own ledger."""

    def __init__(self, zone: tzinfo = UTC, kind_of: KindOf = by_weekday) -> None:
        """Begin with nothing, in the home's time zone, with what tells sorts of days apart."""
        self._zone = zone
        self._kind_of = kind_of
        self._diaries = Diaries(zone)
        self._pasts: dict[ProductId, _Past] = {}
        self._trips: _Trips | None = None
        self._backtest = Backtest(self._diaries, kind_of)
        self._calibration: Calibration | None = None

    @property
    def diaries(self) -> Diaries:
        """All that was learned."""
        return self._diaries

    def learn(self, change: Change, stock: Known) -> None:
        """Take in a change that was just applied to a stock. O(1) for each of its entries."""
        for product_id, day, _ in self._diaries.learn(change):
            self._pasts.pop(product_id, None)
            self._trips = self._calibration = None
            self._backtest.forget(product_id, day)
            if (product := stock.products.get(product_id)) is not None:
                self._backtest.know(product)

    def forecast(
        self, product: Product, stock: Shelves, now: datetime, outlook: Outlook, until: date | None = None
    ) -> Forecast | None:
        """Return how a product goes on, by default for a week; nothing when it was never bought."""
        ahead = self._ahead(now, outlook)
        view = self._view(product, stock, ahead, outlook)
        if view is None:
            return None
        pace, early, late = view.past.pace, *BAND
        horizon = until or ahead.today + WEEK
        margin = exp(NINE_TENTHS * pace.doubt)
        return Forecast(
            product_id=product.product_id,
            rate=pace.per_day,
            rate_low=pace.per_day / margin,
            rate_high=pace.per_day * margin,
            left=round(view.level.left),
            usual_days=pace.days,
            last_bought=view.past.last_bought,
            intervals=pace.intervals,
            runs_out_on=view.course.first_day(view.runs_out, 0.5),
            runs_out_earliest=view.course.first_day(view.runs_out, early),
            runs_out_latest=view.course.first_day(view.runs_out, late),
            gone=view.gone_by(max(0, (horizon - ahead.today).days + 1)),
            probability=view.wanted_by(horizon),
        )

    def proposals(
        self, stock: Known, now: datetime, until: date | datetime, outlook: Outlook
    ) -> tuple[Proposal, ...]:
        """Return what is needed or bought by a day, the likeliest first."""
        day = until.astimezone(self._zone).date() if isinstance(until, datetime) else until
        found = sorted(
            self._proposed(stock, self._ahead(now, outlook), day, outlook),
            key=lambda one: (-one.probability, one.product_id),
        )
        return tuple(found)

    def _proposed(self, stock: Known, ahead: Ahead, until: date, outlook: Outlook) -> Iterator[Proposal]:
        for product in stock.products.values():
            if product.taste is Taste.NEVER:
                continue
            view = self._view(product, stock, ahead, outlook)
            if view is None:
                if (missing := product.minimum - stock.total(product.product_id)) > 0:
                    yield _first_purchase(product, missing, stock.total(product.product_id))
                continue
            probability = view.wanted_by(until)
            if probability >= LEAST:
                runs_out_on = view.course.first_day(view.runs_out, 0.5)
                yield Proposal(
                    product_id=product.product_id,
                    amount=_amount(product, view),
                    probability=probability,
                    reason=reason_of(
                        product,
                        view.level,
                        view.past.pace,
                        total=view.total,
                        off=view.off,
                        since=(ahead.today - view.past.last_bought).days,
                        runs_out_on=runs_out_on,
                        today=ahead.today,
                    ),
                    runs_out_on=runs_out_on,
                    left=round(view.level.left),
                )

    def _ahead(self, now: datetime, outlook: Outlook) -> Ahead:
        return Ahead(now.astimezone(self._zone), self._kind_of, outlook)

    def _view(self, product: Product, stock: Shelves, ahead: Ahead, outlook: Outlook) -> _View | None:
        past = self._past(product, ahead.today)
        if past is None:
            return None
        course = Course.of(past.pace, ahead)
        lots = stock.there(product.product_id)
        left = usable(lots, course.used_by, outlook.good_until, ahead.today)
        total = stock.total(product.product_id)
        left = min(left, max(0.0, total - phantom(past.days, total, past.pace)))
        had, used = past.level
        trips = self._trips_until(ahead.today)
        if not past.pace.uses_known:
            left = min(left, max(0.0, had - used))
        return _View(
            past=past,
            level=Level(left=max(0.0, left - product.minimum), used=used, had=had),
            course=course,
            lots=lots,
            total=total,
            good_until=outlook.good_until,
            on_trip=trips.chances.get(product.product_id, 0.0),
            trips_per_day=trips.per_day,
            calibration=self._calibrated(ahead.today),
        )

    def _past(self, product: Product, today: date) -> _Past | None:
        """Return what a product's diary comes to: worked out once a day, or when it has changed."""
        past = self._pasts.get(product.product_id)
        if past is not None and past.today == today and past.product == product:
            return past
        diary = self._diaries.products.get(product.product_id)
        days = [] if diary is None else diary.until(today)
        pace = pace_of(days, today, product.category, self._kind_of)
        if pace is None:
            return None
        bought = [day for day, what in days if what.bought > 0]
        level = reckon(days, today, pace, self._kind_of)
        past = _Past(
            today=today,
            product=product,
            days=days,
            pace=pace,
            level=level,
            last_bought=bought[-1],
            purchases=len(bought),
            idle=pace.per_day * (today - _last_touched(days, pace)).days / max(pace.portion, level[0]),
        )
        self._pasts[product.product_id] = past
        return past

    def _calibrated(self, today: date) -> Calibration:
        """Return how this household's chances are to be read."""
        if self._calibration is None:
            self._calibration = fit(self._backtest.checks(today))
        return self._calibration

    def _trips_until(self, today: date) -> _Trips:
        """Return what the trips come to: worked out once a day, or after a change."""
        if self._trips is None or self._trips.today != today:
            trips = self._diaries.trips(today)
            lately = [day for day in trips if (today - day).days < TRIP_DAYS]
            days = (today - lately[0]).days if lately else 0
            self._trips = _Trips(
                today=today,
                per_day=(max(0, len(lately) - 1) + USUAL_TRIPS * GUESS_DAYS) / (days + GUESS_DAYS),
                chances=next_trip(tuple(trips.values())),
            )
        return self._trips


def _last_touched(days: Sequence[tuple[date, Day]], pace: Pace) -> date:
    """Return when something was bought last, or used where that is known."""
    return max(day for day, what in days if what.bought > 0 or (pace.uses_known and what.used > 0))


def _amount(product: Product, view: _View) -> int:
    """Return how much to buy: what is bought at once, in whole packs, and enough to be above the minimum."""
    return _in_packs(product, max(round(view.past.pace.portion), product.minimum - view.total, 1))


def _in_packs(product: Product, amount: int) -> int:
    return product.pack * ceil(amount / product.pack) if product.pack else amount


def _first_purchase(product: Product, missing: int, total: int) -> Proposal:
    """Return the proposal of what was never bought, but should always be there."""
    return Proposal(
        product_id=product.product_id,
        amount=_in_packs(product, missing),
        probability=1.0,
        reason=below_minimum(total),
        runs_out_on=None,
        left=total,
    )
