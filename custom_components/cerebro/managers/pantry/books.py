"""The books: the stock, and every change of it on the disk before anybody is told."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ...const import DOMAIN
from ...core.pantry.book import undo
from ...core.pantry.errors import PantryError
from ...core.pantry.ledger import Learner
from ...core.pantry.model import Change, ChangeId, What
from ...core.pantry.stock import Stock
from ...core.pantry.wish import Origin
from .ledger_file import LedgerFile, LedgerUnwritableError, Loaded

LATEST: Final = 100
"""How many of the last changes are at hand, to be taken back without reading the ledger."""
AT_ONCE: Final = 250
"""How many changes are made before others have a turn: an import may bring tens of thousands."""

type Wish = Callable[[Stock, Origin], Change]
"""Turns what somebody wants into a change of the stock as it is at that moment."""
type Told = Callable[[Change, bool], None]
"""Is told of a change, and whether it was brought from elsewhere, where it happened long ago perhaps."""


class Books:
    """The stock and its ledger. One change after the other: two who write at once lose nothing."""

    def __init__(self, hass: HomeAssistant, learners: tuple[Learner, ...] = ()) -> None:
        """Take who learns from every change that there was and will be."""
        self._hass = hass
        self._file = LedgerFile(hass)
        self._learners = learners
        self._latest: deque[Change] = deque(maxlen=LATEST)
        self._writing = asyncio.Lock()
        self._told: set[Told] = set()
        self._open = False
        self.stock = Stock()

    async def async_load(self) -> Loaded:
        """Read the ledger.

        Raises:
            LedgerNewerError: when it was written by a newer Cerebro.
            OSError: when it cannot be read.
        """
        loaded = await self._file.async_load(*self._learners, self._keep_at_hand)
        self.stock, self._open = loaded.stock, True
        return loaded

    @callback
    def follow(self, told: Told) -> CALLBACK_TYPE:
        """Tell somebody of each change once it was made; return what ends it."""
        self._told.add(told)
        return lambda: self._told.discard(told)

    @property
    def standing_still(self) -> asyncio.Lock:
        """While it is held, no change is made: who holds it may read the stock in another thread."""
        return self._writing

    @property
    def latest(self) -> Iterator[Change]:
        """The last changes, newest first."""
        return reversed(self._latest)

    async def async_changes(self) -> tuple[Change, ...]:
        """Return all changes, oldest first, to take them along."""
        return await self._file.async_changes()

    async def async_book(
        self,
        wish: Wish,
        *,
        context: str,
        by: str | None = None,
        at: datetime | None = None,
        change_id: ChangeId | None = None,
    ) -> Change:
        """Make a change, and return it once it is on the disk.

        One that changes nothing is returned, but not written. ``change_id`` is that of a wish that may be
        uttered twice and must be granted once, see :meth:`.Stock.seen`.

        Raises:
            ServiceValidationError: when it cannot be made. Nothing was changed.
            HomeAssistantError: when it cannot be written. Nothing was changed.
        """

        def make(stock: Stock) -> Change:
            moment = dt_util.utcnow() if at is None else at
            known_by = change_id or ChangeId(ulid_now())
            return wish(stock, Origin(change_id=known_by, at=moment, by=by, context=context))

        (change,) = await self._async_through(lambda stock: (make(stock),))
        return change

    async def async_take_over(self, make: Callable[[Stock], tuple[Change, ...]]) -> tuple[Change, ...]:
        """Make several changes that do not touch the same things, such as an import, and return them.

        Raises:
            ServiceValidationError: when any cannot be made. Nothing was changed.
            HomeAssistantError: when they cannot be written. Nothing was changed.
        """
        return await self._async_through(make, brought=True)

    async def async_undo(self, change_id: ChangeId | None = None, *, by: str | None = None) -> Change:
        """Take a change back: the last one that stands, unless one is named. Return what took it back.

        Raises:
            ServiceValidationError: when there is none, or it cannot be taken back any more.
            HomeAssistantError: when it cannot be written.
        """
        change = self._last_standing() if change_id is None else await self._async_find(change_id)
        if change is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="nothing_to_undo")
        return await self.async_book(lambda stock, origin: undo(stock, origin, change), context="undo", by=by)

    async def async_close(self) -> None:
        """Let the change under way come to its end, and make no other: who comes after reads the ledger."""
        async with self._writing:
            self._open = False

    async def async_remove(self) -> None:
        """Remove the ledger from the disk."""
        await self._file.async_remove()

    def _last_standing(self) -> Change | None:
        undone = {change.undoes for change in self._latest if change.undoes is not None}
        standing = (
            change
            for change in self.latest
            if change.what is not What.UNDONE and change.change_id not in undone
        )
        return next(standing, None)

    async def _async_find(self, change_id: ChangeId) -> Change | None:
        at_hand = next((one for one in self._latest if one.change_id == change_id), None)
        return at_hand or await self._file.async_find(change_id)

    async def _async_through(
        self, make: Callable[[Stock], tuple[Change, ...]], *, brought: bool = False
    ) -> tuple[Change, ...]:
        """See changes through, even if who asked for them is gone meanwhile: what is written counts."""
        task = self._hass.async_create_task(self._async_write(make, brought), "cerebro books a change")
        await asyncio.wait([task])
        return task.result()

    async def _async_write(
        self, make: Callable[[Stock], tuple[Change, ...]], brought: bool
    ) -> tuple[Change, ...]:
        async with self._writing:
            made, new = self._thought_out(make)
            if not new:
                return made
            try:
                await self._file.async_append(*new)
            except LedgerUnwritableError as error:
                raise HomeAssistantError(
                    translation_domain=DOMAIN, translation_key="ledger_unwritable"
                ) from error
            for number, change in enumerate(new, 1):
                self.stock.apply(change)
                for learn in (*self._learners, self._keep_at_hand):
                    learn(change, self.stock)
                if not number % AT_ONCE:
                    await asyncio.sleep(0)
        for change in new:
            for told in list(self._told):
                told(change, brought)
        return made

    def _thought_out(
        self, make: Callable[[Stock], tuple[Change, ...]]
    ) -> tuple[tuple[Change, ...], tuple[Change, ...]]:
        """Return the changes that are wished for, and those of them that are to be written."""
        if not self._open:
            # What is not known must not be added to, nor what somebody else has read.
            raise HomeAssistantError(translation_domain=DOMAIN, translation_key="pantry_unusable")
        try:
            made = make(self.stock)
            new = tuple(filter(self._is_new, made))
            if len(new) == 1:
                self.stock.check(new[0])
        except PantryError as error:
            raise refusal(error) from error
        return made, new

    def _is_new(self, change: Change) -> bool:
        """Tell whether a change does anything, and was not made before."""
        says_something = bool(change.entries or change.product or change.product_was)
        return says_something and not self.stock.seen(change.change_id)

    def _keep_at_hand(self, change: Change, _: Stock) -> None:
        self._latest.append(change)


def refusal(error: PantryError) -> ServiceValidationError:
    """Return what tells the caller why a wish cannot be granted."""
    return ServiceValidationError(
        translation_domain=DOMAIN, translation_key=error.key, translation_placeholders=dict(error.values)
    )
