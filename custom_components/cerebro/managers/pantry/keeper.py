"""The keeper: has what people, scanners and lists tell of things booked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ...const import DOMAIN
from ...core.pantry.clean import fold
from ...core.pantry.errors import PantryError
from ...core.pantry.model import Change, ChangeId, Lot, Pantry, PantryId
from ...core.pantry.stock import Stock
from ...core.pantry.telling import Household
from ...core.pantry.wish import Origin
from .books import Books, refusal
from .measures import quantity

type Tell = Callable[[Stock, Origin, Household], Change]
"""What somebody tells, as one of the functions of ``core.pantry.telling`` turns it into a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a change, how, and when it happened."""

    context: str
    by: str | None = None
    at: datetime | None = None
    """In the past (UTC); nothing: now."""


class Keeper:
    """Knows the household that a change is made in."""

    def __init__(
        self,
        hass: HomeAssistant,
        books: Books,
        pantries: Callable[[], Mapping[PantryId, Pantry]],
        good_until: Callable[[Lot], date | None],
    ) -> None:
        """Take the books, where to ask for the pantries, and what tells until when a lot is good."""
        self._hass = hass
        self._books = books
        self._pantries = pantries
        self._good_until = good_until

    async def async_tell(self, tell: Tell, asked: Asked, change_id: ChangeId | None = None) -> Change:
        """Book what somebody tells; ``change_id`` as :meth:`.Books.async_book` takes it.

        Raises:
            ServiceValidationError: when it makes no sense; nothing was changed.
            HomeAssistantError: when it cannot be written; nothing was changed.
        """
        if asked.at is not None and asked.at > dt_util.utcnow():
            raise refusal(PantryError("moment_in_future"))
        return await self._books.async_book(
            lambda stock, origin: tell(stock, origin, self.household(origin.at)),
            context=asked.context,
            by=asked.by,
            at=asked.at,
            change_id=change_id,
        )

    @callback
    def household(self, at: datetime) -> Household:
        """Return what has to be known around a change at a moment."""
        return Household(
            pantries=self._pantries(),
            measuring=quantity,
            today=dt_util.as_local(at).date(),
            new_id=ulid_now,
            good_until=self._good_until,
        )

    @callback
    def pantry(self, named: str) -> PantryId:
        """Return the pantry that a device, a name or an id means.

        Raises:
            ServiceValidationError: when it means none.
        """
        device = dr.async_get(self._hass).async_get(named)
        ids = set() if device is None else {key for domain, key in device.identifiers if domain == DOMAIN}
        for pantry in self._pantries().values():
            if pantry.pantry_id in {named, *ids} or fold(pantry.name) == fold(named):
                return pantry.pantry_id
        raise refusal(PantryError("unknown_pantry", pantry=named[:100]))
