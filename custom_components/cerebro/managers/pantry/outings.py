"""When the household goes shopping next, or has things brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from homeassistant.util import dt as dt_util

from ...core.pantry.model import ShopId
from ...core.pantry.restock import Proposal
from ...core.pantry.shopping.slots import Busy, Need, Presence, Slot, next_slot
from ...core.pantry.shopping.split import shop_for
from ...core.pantry.shopping.trips import Trips
from ...core.pantry.stock import Stock
from .syncing import Shops, plain


class Outings:
    """The next time at each shop, from the calendars, the household's rhythm and what runs out first."""

    def __init__(
        self,
        *,
        shops: Shops,
        stock: Callable[[], Stock],
        trips: Trips,
        proposals: Callable[[], tuple[Proposal, ...]],
        busy: Callable[[], Busy],
        presence: Presence,
    ) -> None:
        """Take what the next time depends on; ``busy`` is when nobody can go (UTC)."""
        self._shops = shops
        self._stock = stock
        self._trips = trips
        self._proposals = proposals
        self._busy = busy
        self._presence = presence

    def next_slot(self, shop_id: ShopId) -> Slot | None:
        """Return the next time at a shop; nothing when it is gone, or closed for two weeks."""
        setup = self._shops().get(shop_id)
        if setup is None:
            return None
        zone = dt_util.get_default_time_zone()
        return next_slot(
            plain(setup),
            dt_util.utcnow(),
            zone,
            rhythm=self._trips.rhythm(zone),
            busy=self._busy(),
            presence=self._presence,
            need=self._need(shop_id),
        )

    @property
    def next_day(self) -> date:
        """The next shopping day of any shop, from tomorrow on."""
        zone, tomorrow = dt_util.get_default_time_zone(), dt_util.now().date() + timedelta(days=1)
        slots = (self.next_slot(shop_id) for shop_id in self._shops())
        days = (slot.start.astimezone(zone).date() for slot in slots if slot is not None)
        return max(tomorrow, min(days, default=tomorrow))

    def _need(self, shop_id: ShopId) -> Need | None:
        """Return what of a shop's things runs out first."""
        products = self._stock().products
        shops = [plain(setup) for setup in self._shops().values()]
        needs = (
            Need(product=products[one.product_id].name, runs_out_on=one.runs_out_on)
            for one in self._proposals()
            if one.runs_out_on is not None
            and one.product_id in products
            and shop_for(None, products[one.product_id], shops) == shop_id
        )
        return min(needs, key=lambda need: need.runs_out_on, default=None)
