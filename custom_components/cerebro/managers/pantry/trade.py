"""Taking everything out, and bringing it in from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ...const import DOMAIN
from ...core.pantry.errors import PantryError
from ...core.pantry.exchange import archive, tables
from ...core.pantry.exchange.brought import Brought, placed, taken_over
from ...core.pantry.model import Change, ChangeId, Pantry, PantryId
from ...core.pantry.quantity import Amount, Quantity
from ...core.pantry.stock import Stock
from .books import Books, refusal
from .grocy import async_read_grocy
from .measures import quantity


class Trade:
    """Exports and imports."""

    def __init__(
        self, hass: HomeAssistant, books: Books, pantries: Callable[[], Mapping[PantryId, Pantry]]
    ) -> None:
        """Take the books, and where to ask for the pantries there are."""
        self._hass = hass
        self._books = books
        self._pantries = pantries

    async def async_export(self, form: str) -> str:
        """Return the stock as a table (``csv``), or everything that ever was as ``json``."""
        pantries = tuple(self._pantries().values())
        if form == "csv":
            return tables.write(self._books.stock, pantries)
        changes = await self._books.async_changes()
        return await self._hass.async_add_executor_job(archive.write, self._books.stock, changes, pantries)

    async def async_import(
        self,
        form: str,
        *,
        data: str | None = None,
        url: str | None = None,
        api_key: str | None = None,
        by: str | None = None,
    ) -> tuple[Change, ...]:
        """Bring products and stock in: from ``data`` that was exported, or from a Grocy server, once.

        What is here already is not brought again.

        Raises:
            ServiceValidationError: when it cannot be read, or something is missing; nothing was changed.
            HomeAssistantError: when a server does not answer as it should, or nothing can be written.
        """
        try:
            if form == "grocy":
                return await self._async_take_over(await self._async_grocy(url, api_key), by)
            if data is None:
                raise _missing("data")
            if form == "csv":
                read = partial(
                    tables.read,
                    data,
                    pantries=tuple(self._pantries().values()),
                    today=dt_util.now().date(),
                    measuring=_measured,
                )
                return await self._async_take_over(await self._hass.async_add_executor_job(read), by)
            whole = await self._hass.async_add_executor_job(archive.read, data)
        except PantryError as error:
            raise refusal(error) from error

        def restored(stock: Stock) -> tuple[Change, ...]:
            pantries = tuple(self._pantries().values())
            now = dt_util.utcnow()
            return archive.restored(whole, stock, pantries, now=now, new_id=_new_id, by=by)

        return await self._books.async_take_over(restored)

    async def _async_grocy(self, url: str | None, api_key: str | None) -> Brought:
        if url is None:
            raise _missing("url")
        if api_key is None:
            raise _missing("api_key")
        today = dt_util.now().date()
        return await async_read_grocy(self._hass, url, api_key, today=today, measuring=_measured)

    async def _async_take_over(self, brought: Brought, by: str | None) -> tuple[Change, ...]:
        def make(stock: Stock) -> tuple[Change, ...]:
            here = placed(brought, tuple(self._pantries().values()))
            return taken_over(here, stock, now=dt_util.utcnow(), new_id=_new_id, by=by)

        return await self._books.async_take_over(make)


def _missing(field: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key="import_field_missing",
        translation_placeholders={"field": field},
    )


def _new_id() -> ChangeId:
    return ChangeId(ulid_now())


def _measured(amount: Amount) -> Quantity:
    return quantity(amount, None)
