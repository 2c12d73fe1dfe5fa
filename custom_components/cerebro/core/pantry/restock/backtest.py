"""What the model would have said of the last purchases, each from what was known before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from ..model import Product, ProductId
from .calibration import Check
from .diary import Day, Diaries
from .hazard import bought_by, runs_out_by, still_bought
from .level import Level, phantom, reckon
from .pace import KindOf, pace_of, present

LATEST: Final = 150
"""So many of the last purchases are looked at."""
KNOWN_BEFORE: Final = 3
"""A product is looked at once it was bought so often."""
HORIZON: Final = 7
"""Days within which it was to be bought."""
MOST_WEIGHT: Final = 4.0
STRIDE: Final = 31
"""Prime: the day on which one looks falls anywhere between two purchases."""


class Backtest:
    """Checks of the last purchases. Each is made once, and again only when something before it changes."""

    def __init__(self, diaries: Diaries, kind_of: KindOf) -> None:
        """Take what is known."""
        self._diaries = diaries
        self._kind_of = kind_of
        self._products: dict[ProductId, Product] = {}
        self._made: dict[ProductId, dict[date, Check | None]] = {}

    def know(self, product: Product) -> None:
        """Take what a product is now."""
        before = self._products.get(product.product_id)
        self._products[product.product_id] = product
        if before is not None and before.category is not product.category:
            self._made.pop(product.product_id, None)

    def forget(self, product_id: ProductId, day: date) -> None:
        """Forget what was made of a product from a day on."""
        made = self._made.get(product_id, {})
        for one in [one for one in made if one >= day]:
            del made[one]

    def checks(self, today: date) -> Iterator[Check]:
        """Return the checks of the last purchases."""
        last = [
            (product_id, day)
            for day, trip in reversed(self._diaries.trips(today).items())
            for product_id in trip
            if product_id in self._products
        ][:LATEST]
        for product_id, day in last:
            made = self._made.setdefault(product_id, {})
            if day not in made:
                made[day] = self._check(self._products[product_id], day)
            if (check := made[day]) is not None:
                yield check

    def _check(self, product: Product, bought_on: date) -> Check | None:
        """Return what would have been said on some day before a purchase, and whether it came in time."""
        days = self._diaries.products[product.product_id].until(bought_on - timedelta(days=1))
        bought = [day for day, what in days if what.bought > 0]
        if len(bought) < KNOWN_BEFORE:
            return None
        lasted = (bought_on - bought[-1]).days
        looked_on = bought[-1] + timedelta(days=bought_on.toordinal() * STRIDE % lasted)
        known = [one for one in days if one[0] <= looked_on]
        stated = self._stated(product, known, looked_on, len(bought))
        came = (bought_on - looked_on).days <= HORIZON
        return Check(stated=stated, came=came, weight=min(MOST_WEIGHT, lasted / HORIZON))

    def _stated(
        self, product: Product, days: Sequence[tuple[date, Day]], today: date, purchases: int
    ) -> float:
        pace = pace_of(days, today, product.category, self._kind_of)
        if pace is None:
            return 0.0
        had, used = reckon(days, today, pace, self._kind_of)
        total = max(0, sum(what.delta for _, what in days))
        left = max(0.0, total - phantom(days, total, pace) - product.minimum)
        ahead = pace.per_day * present(today, today + timedelta(days=HORIZON), self._kind_of)
        alive = still_bought(0.0, purchases)
        if pace.uses_known:
            return alive * runs_out_by(ahead, left, pace.grain, pace.doubt)
        level = Level(left=min(left, max(0.0, had - used)), used=used, had=had)
        return alive * bought_by(used / level.begun, (used + ahead) / level.begun, pace.spread)
