"""The errands: what should be bought, on which list, where and when, and the lists that are sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from ...const import DOMAIN
from ...core.autonomy import Autonomy
from ...core.pantry.model import Lot, ShopId
from ...core.pantry.restock import Outlook, Proposal, Restock
from ...core.pantry.shopping.items import Item
from ...core.pantry.shopping.policy import WANTED
from ...core.pantry.shopping.slots import HORIZON, Slot
from ...core.pantry.shopping.trips import Trips
from ..texts import Texts
from .books import Books
from .crier import Crier
from .notebook import Notebook
from .outings import Outings
from .places import Places
from .sending import Sending
from .settings import PantryOptions
from .shopping import OnBought, OnUnticked, Shopping
from .surroundings import Surroundings
from .syncing import Syncing
from .view import Plain, View

if TYPE_CHECKING:
    from .. import Cerebro


class Errands:
    """Has the list written, and sent when it is time."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: ConfigEntry,
        texts: Texts,
        cerebro: Cerebro,
        *,
        books: Callable[[], Books],
        restock: Restock,
        trips: Trips,
        places: Places,
        notebook: Notebook,
        crier: Crier,
        options: Callable[[], PantryOptions],
        good_until: Callable[[Lot], date | None],
        put_away: OnBought,
        take_back: OnUnticked,
    ) -> None:
        """Take what is known of the household, and who puts away what was bought, or takes it back."""
        self._hass = hass
        self._entry = entry
        self._texts = texts
        self._books = books
        self._restock = restock
        self._trips = trips
        self._places = places
        self._options = options
        self._good_until = good_until
        self._on_thought = crier.household.changed
        self._ahead: tuple[Proposal, ...] = ()
        """What will be needed within the time that shopping is planned for, the likeliest first."""
        self._thinking = asyncio.Lock()
        self._think_again = False
        self._ends: list[CALLBACK_TYPE] = []
        self.surroundings = Surroundings(hass, entry, notebook)
        self.shopping = Shopping(
            hass,
            stock=lambda: books().stock,
            next_day=lambda: self._outings.next_day,
            on_bought=put_away,
            on_unticked=take_back,
        )
        self._outings = Outings(
            shops=lambda: places.shops,
            stock=lambda: books().stock,
            trips=trips,
            proposals=lambda: self._ahead,
            busy=lambda: self.surroundings.busy,
            presence=self.surroundings.home_at,
        )
        self._syncing = Syncing(hass, self.shopping, texts, lambda: places.shops)
        self._sending = Sending(
            hass,
            texts,
            self.shopping,
            self._syncing,
            shops=lambda: places.shops,
            autonomy=lambda: options().autonomy,
            phones=lambda: self.surroundings.phones,
            slot=self._outings.next_slot,
            decisions=cerebro.decisions,
            issues=cerebro.issues,
            happened=crier.household.happened,
        )

    # What doors ask.

    @property
    def slots(self) -> dict[ShopId, Slot]:
        """The next time at each shop."""
        found = {shop_id: self._outings.next_slot(shop_id) for shop_id in self._places.shops}
        return {shop_id: slot for shop_id, slot in found.items() if slot is not None}

    @property
    def next_start(self) -> datetime | None:
        """When the household shops next."""
        return min((slot.start for slot in self.slots.values()), default=None)

    def start_at(self, shop_id: ShopId) -> datetime | None:
        """Return when the household is next at a shop, or is brought things from it."""
        slot = self._outings.next_slot(shop_id)
        return None if slot is None else slot.start

    def items_of(self, shop_id: ShopId) -> tuple[Item, ...]:
        """Return what is to be bought in a shop."""
        return self._syncing.items_of(shop_id)

    # What doors have done.

    async def async_propose(self, view: View) -> Plain:
        """Put on the list what should be bought, and return it.

        Where it is asked before a list is sent, it is asked now: somebody is looking at it.
        """
        await self.surroundings.async_look()
        proposals, products = await self._async_think(), self._books().stock.products
        self.shopping.propose(proposals)
        await self._sending.async_offer()
        slots = self.slots.items()
        return {
            "products": [view.proposal(one, products[one.product_id]) for one in proposals],
            "shops": [view.slot(self._places.shops[shop_id].name, slot) for shop_id, slot in slots],
        }

    async def async_send(self, shop_id: ShopId | None) -> Plain:
        """Send the list to one shop or to all, and return to which.

        Raises:
            ServiceValidationError: when there is no shop.
            HomeAssistantError: when it could be sent to none.
        """
        meant = list(self._places.shops) if shop_id is None else [shop_id]
        if not meant:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_shop")
        sent: dict[str, int] = {}
        errors: list[HomeAssistantError] = []
        for one in meant:
            try:
                sent[self._places.shops[one].name] = await self._sending.async_send(one)
            except HomeAssistantError as error:
                errors.append(error)
        if errors and not sent:
            raise errors[0]
        return {"sent": sent, "failed": [self._texts.refusal(error) for error in errors]}

    # Coming and going.

    @callback
    def start(self, on_changed: Callable[[], None]) -> None:
        """Begin to look after the list; ``on_changed`` is called when something new is known."""
        self._ends += [self.shopping.subscribe(self._on_thought), self.surroundings.start()]
        self._syncing.start()
        self._sending.start()
        self.look_ahead(on_changed)

    @callback
    def stop(self) -> None:
        """Look after it no more."""
        while self._ends:
            self._ends.pop()()
        for part in (self._sending, self._syncing):
            part.stop()

    async def async_settle(self) -> None:
        """Wait until what was begun at the shops is done."""
        await self._syncing.async_settle()

    @callback
    def look_ahead(self, on_changed: Callable[[], None]) -> None:
        """Look up what the coming days hold, in the background."""

        async def look() -> None:
            await self.surroundings.async_look()
            on_changed()

        self._entry.async_create_background_task(self._hass, look(), "cerebro looks ahead")

    @callback
    def follow_shops(self) -> None:
        """Follow the lists of the shops there are now."""
        self._syncing.follow_shops()

    @callback
    def think(self) -> None:
        """Have the list written anew, because the stock or the day has changed; once for all that comes."""
        if self._think_again:
            return
        self._think_again = True
        self._entry.async_create_task(self._hass, self._async_write_list(), "cerebro writes the list")

    async def _async_write_list(self) -> None:
        wanted = await self._async_think()
        if self._options().autonomy is not Autonomy.OBSERVE:
            self.shopping.propose(wanted)

    async def _async_think(self) -> tuple[Proposal, ...]:
        """Return what should be bought on the next shopping day: what is needed before the one after it."""
        async with self._thinking:
            self._think_again = False
            today = dt_util.now().date()
            self._ahead = await self._async_proposals(today + timedelta(days=HORIZON))
            gap = self._trips.gap(dt_util.get_default_time_zone())
            proposals = await self._async_proposals(self._outings.next_day + timedelta(days=gap))
        self._on_thought()
        return tuple(one for one in proposals if one.probability >= WANTED)

    async def _async_proposals(self, until: date) -> tuple[Proposal, ...]:
        """Return what will be needed by a day: for a large household, that is much to reckon.

        In the executor, while no change of the stock is made.
        """
        outlook = Outlook(demand=self.surroundings.demand, good_until=self._good_until)
        books = self._books()
        async with books.standing_still:
            return await self._hass.async_add_executor_job(
                self._restock.proposals, books.stock, dt_util.utcnow(), until, outlook
            )
