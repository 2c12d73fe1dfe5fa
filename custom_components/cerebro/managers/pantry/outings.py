"""When the household goes shopping next, or has things brought."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
import logging
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ...core.pantry.model import ShopId
from ...core.pantry.restock import Proposal
from ...core.pantry.shopping.slots import HORIZON, Need, Presence, Slot, next_slot
from ...core.pantry.shopping.split import shop_for
from ...core.pantry.shopping.trips import Trips
from .shopping import Shopping
from .syncing import Shops, plain

_LOGGER = logging.getLogger(__name__)

LOOKS: Final = timedelta(minutes=30)
"""How often the calendars are read."""


class Outings:
    """The next time at each shop, from the calendars, the household's rhythm and what runs out first."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        shops: Shops,
        shopping: Callable[[], Shopping],
        trips: Trips,
        proposals: Callable[[], tuple[Proposal, ...]],
        calendars: Callable[[], tuple[str, ...]],
        presence: Presence,
    ) -> None:
        """Take what the next time depends on; ``calendars`` are entity ids."""
        self._hass = hass
        self._shops = shops
        self._shopping = shopping
        self._trips = trips
        self._proposals = proposals
        self._calendars = calendars
        self._presence = presence
        self._busy: list[tuple[datetime, datetime]] = []
        self._end: CALLBACK_TYPE | None = None

    async def async_start(self) -> None:
        """Read the calendars now and from time to time."""
        self._end = async_track_time_interval(self._hass, self._async_read, LOOKS)
        await self._async_read(dt_util.utcnow())

    def stop(self) -> None:
        """Read them no more."""
        if self._end is not None:
            self._end()
            self._end = None

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
            busy=self._busy,
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
        products = self._shopping().products
        shops = [plain(setup) for setup in self._shops().values()]
        needs = (
            Need(product=products[one.product_id].name, runs_out_on=one.runs_out_on)
            for one in self._proposals()
            if one.runs_out_on is not None
            and one.product_id in products
            and shop_for(None, products[one.product_id], shops) == shop_id
        )
        return min(needs, key=lambda need: need.runs_out_on, default=None)

    async def _async_read(self, now: datetime) -> None:
        """Read when the household is busy; a calendar that cannot be read says nothing."""
        busy: list[tuple[datetime, datetime]] = []
        for entity_id in self._calendars():
            try:
                answer = await self._hass.services.async_call(
                    "calendar",
                    "get_events",
                    {"start_date_time": now, "end_date_time": now + timedelta(days=HORIZON)},
                    blocking=True,
                    target={ATTR_ENTITY_ID: entity_id},
                    return_response=True,
                )
            except HomeAssistantError as error:
                _LOGGER.info("The calendar %s cannot be read: %s", entity_id, error)
                continue
            rows = (answer or {}).get(entity_id)
            if isinstance(rows, Mapping):
                busy += _spans(rows.get("events"))
        self._busy = busy


def _spans(events: Any) -> Iterable[tuple[datetime, datetime]]:
    """Return when events take place; one that lasts whole days leaves time to shop."""
    for event in events if isinstance(events, list) else ():
        begins = dt_util.parse_datetime(str(event.get("start")))
        ends = dt_util.parse_datetime(str(event.get("end")))
        if begins is not None and ends is not None and "T" in str(event.get("start")):
            yield dt_util.as_utc(begins), dt_util.as_utc(ends)
