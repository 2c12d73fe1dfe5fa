"""The crier: tells what happens in the pantries and what is worth telling of the stock, each thing once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from homeassistant.core import callback
from homeassistant.util import dt as dt_util

from ...core.pantry.episode import Episode
from ...core.pantry.model import Change, LotId, PantryId, ProductId, What
from ...core.pantry.notices import Notice, Occurrence, Standing, news
from ...core.pantry.report import Glance
from ...core.pantry.stock import Stock
from ...core.pantry.use_first import Advice
from ..audience import Audience
from ..texts import Texts
from .fridges import Fridges
from .measures import text
from .notebook import Notebook
from .view import View, places_of


class Crier:
    """Tells the followers of the household and of each pantry."""

    def __init__(self, texts: Texts, notebook: Notebook, view: Callable[[], View]) -> None:
        """Take the home's language, what was told before, and how things are shown."""
        self._texts = texts
        self._notebook = notebook
        self._view = view
        self.household = Audience[Notice]()
        self._pantries: dict[PantryId, Audience[Occurrence]] = {}

    def of(self, pantry_id: PantryId) -> Audience[Occurrence]:
        """Return who follows a pantry."""
        return self._pantries.setdefault(pantry_id, Audience())

    def forget(self, pantry_id: PantryId) -> None:
        """Forget a pantry that was removed."""
        self._pantries.pop(pantry_id, None)

    @callback
    def booked(self, change: Change, stock: Stock) -> None:
        """Tell each pantry that a change touched."""
        if change.what is What.DESCRIBED:
            return
        for pantry_id in places_of(change, stock):
            for told in self._view().event(change, stock, pantry_id):
                self.of(pantry_id).happened(Occurrence(change.what.value), told)

    @callback
    def look(self, glance: Glance, stock: Stock, advice: Collection[Advice]) -> None:
        """Tell what is low, goes off soon or is past its date, and was not told yet."""
        standing = Standing(
            low=frozenset(product.product_id for product in glance.low),
            soon_off=frozenset(lot.lot_id for lot in glance.soon_off),
            past_date=frozenset(lot.lot_id for lot in glance.past_date),
        )
        new = news(self._notebook.told, standing)
        if standing != self._notebook.told:
            self._notebook.told = standing
            self._notebook.changed()
        for product_id in new.low:
            self.household.happened(Notice.PRODUCT_LOW, self._low(product_id, stock))
        for told in self._off(new.soon_off, advice):
            self.household.happened(Notice.PRODUCT_SOON_OFF, told)
        for told in self._off(new.past_date, advice):
            self.household.happened(Notice.PRODUCT_PAST_DATE, told)

    @callback
    def door_left_open(self, pantry_id: PantryId, since: datetime) -> None:
        """Tell that a door was open for too long."""
        told = {"since": dt_util.as_local(since).isoformat(), "pantry": self._view().pantry(pantry_id)}
        self.of(pantry_id).happened(Occurrence.DOOR_LEFT_OPEN, told)

    @callback
    def too_warm(self, pantry_id: PantryId, episode: Episode, stock: Stock, fridges: Fridges) -> None:
        """Tell what an episode of warmth harmed; one that harmed nothing is nobody's concern."""
        fridge = fridges[pantry_id]
        lots = [lot for lot in stock.all_there() if lot.pantry_id == pantry_id]
        harmed = () if fridge is None else fridge.affected(lots, stock.products)
        if not harmed:
            return
        told = {
            "since": dt_util.as_local(episode.started).isoformat(),
            "pantry": self._view().pantry(pantry_id),
            "products": [
                {
                    "product": stock.products[stock.lots[one.lot_id].product_id].name,
                    "lost_days": round(one.lost.total_seconds() / 86400, 1),
                    "unsafe": one.unsafe,
                    "reason": self._texts.render(one.reason),
                }
                for one in harmed
            ],
        }
        self.of(pantry_id).happened(Occurrence.TOO_WARM, told)

    def _low(self, product_id: ProductId, stock: Stock) -> dict[str, Any]:
        product = stock.products[product_id]
        left = stock.total(product_id)
        return {
            "product": product.name,
            "left": text(self._texts, left, product),
            "minimum": text(self._texts, product.minimum, product),
        }

    def _off(self, lots: Collection[LotId], advice: Iterable[Advice]) -> Iterator[dict[str, Any]]:
        for one in advice:
            if one.lot.lot_id in lots:
                yield self._view().advice(one) | {"best_before": one.off_on.isoformat()}
