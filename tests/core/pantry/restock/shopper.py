"""A household whose purchases and uses the model follows, in a few words."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from custom_components.cerebro.core.pantry.model import Change, Product
from custom_components.cerebro.core.pantry.restock import Forecast, Outlook, Proposal, Restock

from ..kitchen import Kitchen
from ..lots import MILK, TODAY

PARIS = ZoneInfo("Europe/Paris")
PLAIN = Outlook()


class Shopper(Kitchen):
    """A kitchen with the model that learns from it."""

    def __init__(self, model: Restock | None = None) -> None:
        """Begin with nothing."""
        super().__init__()
        self.model = Restock(PARIS) if model is None else model

    def done(self, change: Change) -> Change:
        """Apply a change and learn it."""
        super().done(change)
        self.model.learn(change, self.stock)
        return change

    def on(self, ago: int) -> Shopper:
        """Go to noon of a day, so many days before today."""
        self.at = noon(TODAY - timedelta(days=ago))
        return self

    def bought_ago(self, *days: int, whole: float = 1000, of: Product = MILK, **more: Any) -> Shopper:
        """Buy something on some days, so many days before today."""
        for ago in sorted(days, reverse=True):
            self.on(ago).bought(whole=whole, of=of, on=TODAY - timedelta(days=ago), **more)
        return self

    def used_daily(self, whole: float, *, since: int, of: Product = MILK) -> Shopper:
        """Use so much on each day since so many days before today, until yesterday."""
        for ago in range(since, 0, -1):
            self.on(ago).used(whole, of=of)
        return self

    def forecast(
        self, product: Product = MILK, *, today: date = TODAY, outlook: Outlook = PLAIN, **more: Any
    ) -> Forecast:
        """Return how a product goes on from noon of a day."""
        found = self.model.forecast(product, self.stock, noon(today), outlook, **more)
        assert found is not None
        return found

    def proposals(
        self, *, within: int = 7, today: date = TODAY, outlook: Outlook = PLAIN
    ) -> tuple[Proposal, ...]:
        """Return what is proposed at noon of a day for so many days."""
        until = today + timedelta(days=within)
        return self.model.proposals(self.stock, noon(today), until, outlook)


def noon(day: date) -> datetime:
    """Return noon of a day in Paris."""
    return datetime.combine(day, time(12), PARIS)
