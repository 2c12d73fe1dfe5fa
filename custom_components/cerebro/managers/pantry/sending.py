"""Sends the shops their lists: when it is time, as far as the user lets it, and once a shopping day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, tzinfo
import logging
from typing import Any, Final

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.util import dt as dt_util

from ...core.autonomy import Autonomy
from ...core.pantry.model import ShopId
from ...core.pantry.notices import Notice
from ...core.pantry.shopping.items import Item
from ...core.pantry.shopping.policy import (
    FAILURES,
    LATER,
    Push,
    Standing,
    day_of,
    failed,
    is_stale,
    postponed,
    push_of,
)
from ...core.pantry.shopping.slots import Slot
from ...core.reason import Reason
from ..companion import PhoneUnreachable
from ..decisions import Decision, DecisionLog
from ..issues import Issues
from ..texts import Texts
from .asking import Asking, Reply
from .settings import Destination, ShopSetup
from .shopping import Shopping
from .shops import Parcel, async_take
from .syncing import Shops, Syncing
from .words import amount_of, line_of

_LOGGER = logging.getLogger(__name__)

LOOKS: Final = timedelta(minutes=5)
"""How often it is looked whether it is time."""
MOST_LINES: Final = 20
"""Lines of a list that a phone shows."""

type SlotOf = Callable[[ShopId], Slot | None]
type Happened = Callable[[Notice, dict[str, Any]], None]


class Sending:
    """Sends lists, each shop's for itself."""

    def __init__(
        self,
        hass: HomeAssistant,
        texts: Texts,
        shopping: Shopping,
        syncing: Syncing,
        *,
        shops: Shops,
        autonomy: Callable[[], Autonomy],
        phones: Callable[[], tuple[str, ...]],
        slot: SlotOf,
        decisions: DecisionLog,
        issues: Issues,
        happened: Happened,
    ) -> None:
        """Take the list, the shops, and the phones (device ids) of the household's occupants."""
        self._hass = hass
        self._texts = texts
        self._shopping = shopping
        self._syncing = syncing
        self._shops = shops
        self._autonomy = autonomy
        self._slot = slot
        self._decisions = decisions
        self._issues = issues
        self._happened = happened
        self._asking = Asking(hass, texts, phones, self._async_answered)
        self._looking = asyncio.Lock()
        self._end: CALLBACK_TYPE | None = None

    def start(self) -> None:
        """Look from time to time whether it is time, and listen for answers."""
        self._asking.start()
        self._end = async_track_time_interval(self._hass, self._async_tick, LOOKS)

    def stop(self) -> None:
        """Leave it."""
        self._asking.stop()
        if self._end is not None:
            self._end()
            self._end = None

    async def async_look(self) -> None:
        """Do for each shop what it is time for; who looks meanwhile waits, so that nothing is told twice."""
        async with self._looking:
            await self._async_look()

    async def _async_look(self) -> None:
        now = dt_util.utcnow()
        for shop in list(self._shops().values()):
            if self._end is None:  # Who comes after us looks again.
                return
            slot = self._slot(shop.shop_id)
            standing = self._shopping.standing(shop.shop_id)
            waiting = self._waiting(shop, standing)
            if standing is not None and is_stale(standing, now, self._zone, items=len(waiting)):
                # Before it is taken back: who answers meanwhile answers nothing.
                standing = replace(standing, asked=False)
                self._shopping.stand(shop.shop_id, standing)
                await self._asking.async_clear(shop.shop_id, standing.day)
            push = push_of(self._autonomy(), slot, standing, now, self._zone, items=len(waiting))
            if slot is None or push is Push.NOTHING:
                continue
            if standing is not None and standing.asked:
                await self._asking.async_clear(shop.shop_id, standing.day)
            if self._end is None:
                return
            await self._async_push(shop, slot, push, self._fresh(shop.shop_id, slot))

    async def async_offer(self) -> None:
        """Ask now whether the lists are to be sent, where that is asked: somebody is looking at them."""
        if self._autonomy() is not Autonomy.ASK:
            return
        async with self._looking:
            for shop in list(self._shops().values()):
                slot = self._slot(shop.shop_id)
                if self._end is not None and slot is not None and self._syncing.waiting(shop.shop_id):
                    await self._async_push(shop, slot, Push.ASK, self._fresh(shop.shop_id, slot))

    async def async_send(self, shop_id: ShopId, *, reason: Reason | None = None) -> int:
        """Send a shop its list now, and return how many things are on it.

        Raises:
            HomeAssistantError: when it cannot be sent; it is said, and tried again the next time.
        """
        shop = self._shops()[shop_id]
        items = self._syncing.items_of(shop_id)
        try:
            if shop.destination is Destination.TODO:
                await self._syncing.async_sync(shop, adding=True)
            elif items:
                await async_take(self._hass, shop, self._parcel(shop, items))
                sent = self._shopping.list.sent(shop_id, frozenset(item.uid for item in items))
                self._shopping.replace(sent)
        except HomeAssistantError as error:
            self._failed(shop, error)
            raise
        self._issues.cure("list_not_sent", shop_id)
        await self._done(shop_id)
        sent_now = Reason(key="list_sent", values={"shop": shop.name, "count": len(items)})
        self._log(shop, "list_sent", reason or sent_now)
        self._happened(Notice.LIST_SENT, {"shop": shop.name, "items": [item.summary for item in items]})
        return len(items)

    # Telling.

    def _fresh(self, shop_id: ShopId, slot: Slot) -> Standing:
        """Return how it stands for a shopping day of which nothing was said yet."""
        day, before = day_of(slot, self._zone), self._shopping.standing(shop_id)
        if before is None:
            return Standing(day=day)
        return Standing(day=day, told=before.told, failures=before.failures)

    async def _async_push(self, shop: ShopSetup, slot: Slot, push: Push, standing: Standing) -> None:
        items = self._syncing.items_of(shop.shop_id)
        lines = self._lines(items, slot)
        title = self._texts.text("list_title", shop=shop.name, count=len(items))
        # Before it is told: what comes meanwhile must not tell it twice.
        self._shopping.stand(shop.shop_id, replace(standing, asked=push is Push.ASK, done=push is Push.SHOW))
        self._happened(Notice.LIST_READY, {"shop": shop.name, "items": [item.summary for item in items]})
        try:
            match push:
                case Push.SHOW:
                    told = standing.told | {item.uid for item in items}
                    self._shopping.stand(shop.shop_id, replace(standing, done=True, told=told))
                    await self._asking.async_say(shop.shop_id, standing.day, title, lines)
                case Push.ASK:
                    await self._asking.async_ask(shop.shop_id, standing.day, title, lines)
                    self._log(shop, "list_asked", slot.reason)
                case Push.SEND:
                    await self.async_send(shop.shop_id, reason=slot.reason)
                    await self._asking.async_say(shop.shop_id, standing.day, title, lines)
        except PhoneUnreachable as error:
            # What was sent is sent; what was to be asked or shown is tried again.
            if push is not Push.SEND:
                until = dt_util.utcnow() + LATER
                self._shopping.stand(shop.shop_id, replace(standing, until=until))
            _LOGGER.info("No phone could be told of the list of %s: %s", shop.name, error)
        except HomeAssistantError as error:
            _LOGGER.info("The list of %s was not sent: %s", shop.name, error)

    async def _async_answered(self, shop_id: ShopId, day: date, reply: Reply, context: Context) -> None:
        """Do what was answered, if the question still stands."""
        shop, standing = self._shops().get(shop_id), self._shopping.standing(shop_id)
        if shop is None or standing is None or standing.day != day or not standing.asked:
            _LOGGER.debug("An answer to a list that is not asked about was left aside")
            return
        if reply is Reply.LATER:
            self._shopping.stand(shop_id, postponed(standing, dt_util.utcnow()))
            self._log(shop, "list_postponed", Reason(key="list_postponed"), context)
            await self._asking.async_clear(shop_id, day)
            return
        self._shopping.stand(shop_id, replace(standing, asked=False, done=True))
        await self._asking.async_clear(shop_id, day)
        try:
            await self.async_send(shop_id)
        except HomeAssistantError as error:
            _LOGGER.info("The list of %s was not sent: %s", shop.name, error)

    async def _async_tick(self, _: datetime) -> None:
        await self.async_look()

    # What was done.

    async def _done(self, shop_id: ShopId) -> None:
        """Note that a list was sent for its next shopping day, and take back a question about it."""
        slot, standing = self._slot(shop_id), self._shopping.standing(shop_id)
        if standing is not None and standing.asked:
            await self._asking.async_clear(shop_id, standing.day)
        if standing is not None and standing.day >= self._shopping.today:
            self._shopping.stand(shop_id, replace(standing, asked=False, done=True, until=None, failures=0))
        elif slot is not None:
            self._shopping.stand(shop_id, Standing(day=day_of(slot, self._zone), done=True))

    def _failed(self, shop: ShopSetup, error: HomeAssistantError) -> None:
        """Write down that a list was not sent, have it tried again, and say so where that does not help."""
        why = self._texts.refusal(error)
        self._log(shop, "list_not_sent", Reason(key="list_not_sent", values={"shop": shop.name, "why": why}))
        slot, standing = self._slot(shop.shop_id), self._shopping.standing(shop.shop_id)
        if standing is None:
            day = self._shopping.today if slot is None else day_of(slot, self._zone)
            standing = Standing(day=day)
        standing = failed(standing, dt_util.utcnow())
        self._shopping.stand(shop.shop_id, standing)
        if standing.failures >= FAILURES:
            about = {"shop": shop.name, "reason": why}
            self._issues.report("list_not_sent", shop.shop_id, placeholders=about)

    def _log(self, shop: ShopSetup, what: str, reason: Reason, context: Context | None = None) -> None:
        self._decisions.add(
            Decision(
                routine=shop.shop_id,
                what=what,
                reason=self._texts.render(reason),
                context=None if context is None else context.id,
            )
        )

    # What is told.

    def _waiting(self, shop: ShopSetup, standing: Standing | None) -> tuple[Item, ...]:
        """Return what is worth telling: what was not sent, nor told where it is sent by hand."""
        waiting = self._syncing.waiting(shop.shop_id)
        if standing is None or self._autonomy() is not Autonomy.SUGGEST:
            return waiting
        return tuple(item for item in waiting if item.uid not in standing.told)

    def _lines(self, items: tuple[Item, ...], slot: Slot) -> tuple[str, ...]:
        """Return what a phone shows: the items, as many as fit, and why it is said now."""
        products = self._shopping.products
        lines = [line_of(self._texts, item, products) for item in items[:MOST_LINES]]
        if len(items) > MOST_LINES:
            lines.append(self._texts.text("list_more", count=len(items) - MOST_LINES))
        return (*lines, self._texts.render(slot.reason))

    def _parcel(self, shop: ShopSetup, items: tuple[Item, ...]) -> Parcel:
        products = self._shopping.products
        return Parcel(
            title=self._texts.text("list_title", shop=shop.name, count=len(items)),
            lines=tuple(line_of(self._texts, item, products) for item in items),
            items=tuple(
                {
                    "name": item.summary,
                    "amount": amount_of(self._texts, item, products),
                    "note": item.description,
                    "due": None if item.due is None else item.due.isoformat(),
                }
                for item in items
            ),
        )

    @property
    def _zone(self) -> tzinfo:
        return dt_util.get_default_time_zone()
