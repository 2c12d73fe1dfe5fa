"""Keeps our list and the shops' own lists together: ticks and deletions both ways, new things when sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
import logging
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.debounce import Debouncer
from homeassistant.helpers.event import async_track_state_change_event

from ...core.pantry.model import ShopId
from ...core.pantry.shopping.items import Item, Pushed, ShoppingList, Status
from ...core.pantry.shopping.merge import Merged, Theirs, merge
from ...core.pantry.shopping.split import Shop, assigned, split
from ..home import resolve
from ..texts import Texts
from .settings import Destination, ShopSetup
from .shopping import Shopping
from .todo_list import TodoList

_LOGGER = logging.getLogger(__name__)

SETTLING: Final = 3.0
"""Seconds in which several changes of a list are read as one."""
PATIENCE: Final = 5.0
"""Seconds for which a list that is being written is waited for in the end."""

type Shops = Callable[[], Mapping[ShopId, ShopSetup]]


class Syncing:
    """The shops' own lists, each for itself: one that fails keeps no other from its turn."""

    def __init__(self, hass: HomeAssistant, shopping: Shopping, texts: Texts, shops: Shops) -> None:
        """Take our list and the shops there are."""
        self._hass = hass
        self._shopping = shopping
        self._texts = texts
        self._shops = shops
        self._turns: dict[ShopId, asyncio.Lock] = {}
        self._watching: dict[ShopId, tuple[str, CALLBACK_TYPE]] = {}
        self._ends: list[CALLBACK_TYPE] = []
        self._seen: ShoppingList | None = None
        self._debouncer = Debouncer(
            hass, _LOGGER, cooldown=SETTLING, immediate=False, function=self._async_sync_all, background=True
        )

    @callback
    def start(self) -> None:
        """Follow our list and theirs."""
        self._ends.append(self._shopping.subscribe(self._changed_here))
        self.follow_shops()

    @callback
    def stop(self) -> None:
        """Follow nothing any more."""
        self._debouncer.async_shutdown()  # One that is only cancelled begins anew after a list is read.
        while self._ends:
            self._ends.pop()()
        for shop_id in list(self._watching):
            self._leave(shop_id)

    async def async_settle(self) -> None:
        """Wait until what was begun on their lists is done: half done, it would look as if done by others."""
        try:
            async with asyncio.timeout(PATIENCE):
                for turn in list(self._turns.values()):
                    async with turn:
                        pass
        except TimeoutError:
            _LOGGER.warning("A shop’s list took too long to be written")

    @callback
    def follow_shops(self) -> None:
        """Follow the lists of the shops there are now."""
        lists = {
            shop_id: found[0]
            for shop_id, shop in self._shops().items()
            if shop.destination is Destination.TODO
            and (found := resolve(er.async_get(self._hass), (shop.target,)))
        }
        for shop_id, (entity_id, _) in list(self._watching.items()):
            if lists.get(shop_id) != entity_id:
                self._leave(shop_id)
        for shop_id, entity_id in lists.items():
            if shop_id not in self._watching:
                end = async_track_state_change_event(self._hass, entity_id, self._changed_there)
                self._watching[shop_id] = (entity_id, end)
        if lists and self._ends:
            self._debouncer.async_schedule_call()

    def items_of(self, shop_id: ShopId) -> tuple[Item, ...]:
        """Return what is to be bought in a shop."""
        shops = [plain(one) for one in self._shops().values()]
        return split(self._shopping.needed, shops, self._shopping.products).get(shop_id, ())

    def waiting(self, shop_id: ShopId) -> tuple[Item, ...]:
        """Return what is to be bought in a shop and was not sent to it."""
        return tuple(item for item in self.items_of(shop_id) if shop_id not in item.pushed)

    async def async_sync(self, shop: ShopSetup, *, adding: bool) -> None:
        """Bring a shop's own list and ours together; nothing new is written on it unless ``adding``.

        Raises:
            HomeAssistantError: when it cannot be read, or not all of it be written: the rest is written
                the next time.
        """
        async with self._turns.setdefault(shop.shop_id, asyncio.Lock()):
            if not self._ends:
                return
            there = TodoList(self._hass, shop, self._shopping, self._texts)
            theirs = await there.async_read()
            if not self._ends:  # Who comes after us reads it again.
                return
            before = self._shopping.list
            merged = self._merge(shop, there, theirs, adding=adding)
            if merged.add:
                # If we are killed before the answer, what we wrote must be known as ours.
                await self._shopping.async_flush()
            error = await self._async_write(shop, there, merged, before, {one.uid: one for one in theirs})
            if merged.add and self._ends:  # Their ids are known only once they are there.
                self._merge(shop, there, await there.async_read(), adding=False)
        if error is not None:
            raise error

    def _merge(self, shop: ShopSetup, there: TodoList, theirs: list[Theirs], *, adding: bool) -> Merged:
        merged = merge(
            self._shopping.list,
            shop.shop_id,
            theirs,
            assigned=assigned(self.items_of(shop.shop_id)),
            written=there.written,
            today=self._shopping.today,
            declined_until=self._shopping.declined_until,
            adding=adding,
        )
        self._seen = merged.shopping
        self._shopping.replace(merged.shopping)
        for item in merged.bought:
            self._hass.async_create_task(self._shopping.async_put_away(item), f"put away {item.uid}")
        for item in merged.unticked:
            self._hass.async_create_task(self._shopping.async_take_back(item), f"take back {item.uid}")
        return merged

    async def _async_write(
        self,
        shop: ShopSetup,
        there: TodoList,
        merged: Merged,
        before: ShoppingList,
        theirs: Mapping[str, Theirs],
    ) -> HomeAssistantError | None:
        """Do to their list what has to be done; what fails is left to be done. Return the first error."""
        first: HomeAssistantError | None = None
        for item in merged.add:
            try:
                await there.async_add(item)
            except HomeAssistantError as error:  # It is not seen there, and so sent again.
                first = first or error
        for uid, item in merged.update.items():
            try:
                await there.async_update(uid, item)
            except HomeAssistantError as error:
                first = first or error
                self._shopping.replace(_left_to_do(self._shopping.list, shop.shop_id, item, theirs[uid]))
        for uid in merged.remove:
            try:
                await there.async_remove(uid)
            except HomeAssistantError as error:
                first = first or error
                self._shopping.replace(_still_there(self._shopping.list, before, shop.shop_id, uid))
        return first

    def _leave(self, shop_id: ShopId) -> None:
        self._watching.pop(shop_id)[1]()

    @callback
    def _changed_here(self) -> None:
        if self._shopping.list is not self._seen and self._watching:
            self._debouncer.async_schedule_call()

    @callback
    def _changed_there(self, _: Event[EventStateChangedData]) -> None:
        self._debouncer.async_schedule_call()

    async def _async_sync_all(self) -> None:
        for shop_id in list(self._watching):
            shop = self._shops().get(shop_id)
            if shop is None or not self._concerned(shop_id):
                continue
            try:
                await self.async_sync(shop, adding=False)
            except HomeAssistantError as error:  # It is read again before the next list is sent.
                _LOGGER.info("The list of %s was not read: %s", shop.name, error)

    def _concerned(self, shop_id: ShopId) -> bool:
        """Return whether anything of ours stands on a shop's list."""
        shopping = self._shopping.list
        return any(shop_id in item.pushed for item in (*shopping.items, *shopping.gone))


def plain(setup: ShopSetup) -> Shop:
    """Return a shop without where its list goes."""
    return Shop(shop_id=setup.shop_id, carries=setup.carries, times=setup.times, delivery=setup.delivery)


def _left_to_do(shopping: ShoppingList, shop_id: ShopId, item: Item, line: Theirs) -> ShoppingList:
    """Return the list with a line known as it still is: ours differs from it, and is to be written."""
    held = next((one for one in shopping.items if one.uid == item.uid), None)
    if held is None:
        return shopping
    pushed = Pushed(uid=line.uid, summary=line.summary, description=line.description, wanted=line.wanted)
    return shopping.with_item(replace(held, pushed={**held.pushed, shop_id: pushed}))


def _still_there(shopping: ShoppingList, before: ShoppingList, shop_id: ShopId, uid: str) -> ShoppingList:
    """Return the list with a line being known that should have been taken off theirs and was not."""
    for item in before.gone:
        if shop_id in item.pushed and item.pushed[shop_id].uid in {uid, None}:
            rest = tuple(one for one in shopping.gone if one.uid != item.uid)
            return replace(shopping, gone=(*rest, item))
    for item in before.items:
        pushed = item.pushed.get(shop_id)
        held = next((one for one in shopping.items if one.uid == item.uid), None)
        if pushed is not None and pushed.uid == uid and held is not None and held.status is Status.NEEDED:
            return shopping.with_item(replace(held, pushed={**held.pushed, shop_id: pushed}))
    return shopping
