"""The household's shopping list, kept over a restart."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import date, datetime
from functools import partial
import logging
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ...const import DOMAIN
from ...core.pantry.errors import PantryError
from ...core.pantry.model import Product, ProductId, ShopId
from ...core.pantry.restock import Proposal
from ...core.pantry.shopping.items import Item, ShoppingList, Status
from ...core.pantry.shopping.policy import Standing
from ...core.pantry.shopping.wanted import Wanted, read
from ...core.pantry.shopping.written import from_json, to_json
from ...core.pantry.stock import Stock
from ..kept import async_read
from .books import refusal
from .measures import quantity

_LOGGER = logging.getLogger(__name__)

VERSION: Final = 1
NAME: Final = f"{DOMAIN}.shopping"
SAVE_DELAY: Final = 1.0
"""Seconds that a change may wait for the disk."""

type OnBought = Callable[[Item, str | None], Awaitable[None]]
"""Puts what a user, where known, has bought into the stock; raises ``HomeAssistantError`` when it cannot."""
type OnUnticked = Callable[[Item, str | None], Awaitable[None]]
"""Takes out of the stock what was put away of an item; raises ``HomeAssistantError`` when it cannot."""


class Shopping:
    """The shopping list, and how it stands with each shop."""

    def __init__(
        self,
        hass: HomeAssistant,
        *,
        stock: Callable[[], Stock],
        next_day: Callable[[], date],
        on_bought: OnBought,
        on_unticked: OnUnticked,
    ) -> None:
        """Take the stock, the next shopping day, and who puts away what was bought, or takes it back."""
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, NAME, atomic_writes=True)
        self._hass = hass
        self._stock = stock
        self._next_day = next_day
        self._on_bought = on_bought
        self._on_unticked = on_unticked
        self._closed = False
        self._listeners: set[Callable[[], None]] = set()
        self._standings: dict[ShopId, Standing] = {}
        self.list = ShoppingList()

    async def async_load(self) -> None:
        """Read the list that was kept; one that cannot be read is put aside, and said.

        Raises:
            UnsupportedStorageVersionError: when it was written by a newer Cerebro.
        """
        self.list, self._standings = await async_read(self._hass, self._store, _read)

    @callback
    def subscribe(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener after each change; return what ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    # What doors ask and do.

    @property
    def items(self) -> tuple[Item, ...]:
        """What is on the list, in its order."""
        return self.list.items

    @property
    def needed(self) -> tuple[Item, ...]:
        """What is still to be bought."""
        return tuple(item for item in self.items if item.status is Status.NEEDED)

    @property
    def products(self) -> Mapping[ProductId, Product]:
        """The products that are known."""
        return self._stock().products

    def find(self, text: str) -> Product | None:
        """Return the product that somebody calls so."""
        return self._stock().find(text)

    def find_item(self, uid: str) -> Item:
        """Return an item; raises ``ServiceValidationError`` when it is not there."""
        return self._found(uid)

    def read(self, text: str) -> Wanted | None:
        """Return what a line asks for; nothing when it says nothing."""
        return read(text, self._stock().find, quantity)

    @callback
    def add(
        self,
        summary: str,
        *,
        due: date | None = None,
        description: str | None = None,
        shop_id: ShopId | None = None,
    ) -> None:
        """Put something on the list.

        Raises:
            ServiceValidationError: when it has no name, or the list is full.
        """
        wanted = self._wanted(summary)
        self._change(
            lambda: self.list.add(ulid_now(), wanted, due=due, description=description, shop_id=shop_id)
        )

    @callback
    def remove(self, uid: str) -> None:
        """Take an item off; raises ``ServiceValidationError`` when it is not there."""
        self._change(lambda: self.list.remove(uid, self._next_day()))

    @callback
    def move(self, uid: str, previous_uid: str | None) -> None:
        """Put an item behind another one, or in front of all; raises ``ServiceValidationError``."""
        self._change(lambda: self.list.move(uid, previous_uid))

    async def async_change(
        self,
        uid: str,
        *,
        summary: str | None = None,
        done: bool | None = None,
        due: date | None = None,
        description: str | None = None,
        by: str | None = None,
    ) -> None:
        """Have an item be as somebody wants it, and put away what is ticked.

        Raises:
            ServiceValidationError: when it is not there, has no name, or cannot be put away.
            HomeAssistantError: when the stock cannot be written.
        """
        before = self._found(uid)
        if summary is not None and summary != before.summary:
            self._change(partial(self.list.rename, uid, self._wanted(summary)))
        if due != before.due:
            self._change(partial(self.list.set_due, uid, due))
        if description != before.description:
            self._change(partial(self.list.set_description, uid, description))
        if done is not None:
            await self.async_tick(uid, done=done, by=by)

    async def async_tick(self, uid: str, *, done: bool = True, by: str | None = None) -> None:
        """Tick an item and put it away, or take both back.

        Raises:
            ServiceValidationError: when it is not there, or cannot be put away: then it is not ticked.
            HomeAssistantError: when the stock cannot be written.
        """
        before = self._found(uid)
        if (before.status is Status.BOUGHT) is done:
            return
        if not done:
            self._change(partial(self.list.untick, uid))
            await self._on_unticked(before, by)
            await self.async_flush()
            return
        # Before it is put away: who ticks it meanwhile must not put it away twice.
        self._change(partial(self.list.tick, uid, self.today))
        try:
            await self._on_bought(self.list.find(uid), by)
        except HomeAssistantError:
            if any(item.uid == uid for item in self.items):
                self._change(partial(self.list.untick, uid))
            raise
        await self.async_flush()

    async def async_put_away(self, item: Item) -> None:
        """Put away what was ticked on a shop's list; what cannot be stays ticked there, and is said."""
        try:
            await self._on_bought(item, None)
        except HomeAssistantError as error:
            _LOGGER.warning("%s was bought but cannot be put away: %s", item.summary, error)
        await self.async_flush()

    async def async_take_back(self, item: Item) -> None:
        """Take out of the stock what was unticked on a shop's list; what cannot be stays, and is said."""
        try:
            await self._on_unticked(item, None)
        except HomeAssistantError as error:
            _LOGGER.warning("%s was not bought but cannot be taken back: %s", item.summary, error)
        await self.async_flush()

    @callback
    def propose(self, proposals: Iterable[Proposal]) -> None:
        """Have on the list what should be bought."""
        products = self._stock().products
        self.replace(self.list.propose(proposals, products, self.today, ulid_now))

    # What shops do.

    @property
    def today(self) -> date:
        """The day it is in the home."""
        return dt_util.now().date()

    @property
    def declined_until(self) -> date:
        """The day before which what is taken off now is not proposed again."""
        return self._next_day()

    @callback
    def replace(self, shopping: ShoppingList) -> None:
        """Have the list be as it was brought together."""
        if shopping != self.list:
            self.list = shopping
            self._save()
            for listener in list(self._listeners):
                listener()

    def standing(self, shop_id: ShopId) -> Standing | None:
        """Return how it stands with a shop's list."""
        return self._standings.get(shop_id)

    @callback
    def stand(self, shop_id: ShopId, standing: Standing) -> None:
        """Note how it stands with a shop's list."""
        if self._standings.get(shop_id) != standing:
            self._standings[shop_id] = standing
            self._save()

    @callback
    def forget(self, shop_id: ShopId) -> None:
        """Forget a shop that was removed; what stands on its list is left there."""
        self._standings.pop(shop_id, None)
        self.replace(self.list.without_shop(shop_id))
        self._save()

    # Keeping.

    async def async_flush(self) -> None:
        """Write the list now."""
        if not self._closed:
            await self._store.async_save(self._data())

    @callback
    def close(self) -> None:
        """Write no more: what is still on its way must not overwrite who comes after, nor a clean home."""
        self._closed = True

    def _found(self, uid: str) -> Item:
        try:
            return self.list.find(uid)
        except PantryError as error:
            raise refusal(error) from error

    def _wanted(self, summary: str) -> Wanted:
        wanted = self.read(summary)
        if wanted is None:
            raise refusal(PantryError("name_missing"))
        return wanted

    def _change(self, change: Callable[[], ShoppingList]) -> None:
        try:
            shopping = change()
        except PantryError as error:
            raise refusal(error) from error
        self.replace(shopping)

    def _save(self) -> None:
        if not self._closed:
            self._store.async_delay_save(self._data, SAVE_DELAY)

    def _data(self) -> dict[str, Any]:
        shops = {shop_id: _standing_to(one) for shop_id, one in self._standings.items()}
        return {"list": to_json(self.list), "shops": shops}


def _read(stored: Mapping[str, Any]) -> tuple[ShoppingList, dict[ShopId, Standing]]:
    standings = {ShopId(key): _standing_from(row) for key, row in stored.get("shops", {}).items()}
    return from_json(stored.get("list", {})), standings


def _standing_to(standing: Standing) -> dict[str, Any]:
    return {
        "day": standing.day.isoformat(),
        "done": standing.done,
        "asked": standing.asked,
        "until": None if standing.until is None else standing.until.isoformat(),
        "told": sorted(standing.told),
        "failures": standing.failures,
    }


def _standing_from(row: Mapping[str, Any]) -> Standing:
    return Standing(
        day=date.fromisoformat(row["day"]),
        done=row["done"],
        asked=row["asked"],
        until=None if row["until"] is None else datetime.fromisoformat(row["until"]),
        told=frozenset(row["told"]),
        failures=row.get("failures", 0),
    )
