"""The scanner: a code that was read by a phone, a tag or a scanner becomes a change of the stock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ...core.pantry.barcode import Scanned, read
from ...core.pantry.errors import PantryError
from ...core.pantry.model import Change, PantryId, Product, What
from ...core.pantry.quantity import WHOLE, Amount
from ...core.pantry.telling import Bought, bought, opened, taken
from .books import Books, refusal
from .keeper import Asked, Keeper
from .open_food_facts import OpenFoodFacts


class Mode(StrEnum):
    """What a scan means."""

    ADD = "add"
    USE = "use"
    OPEN = "open"
    WASTE = "waste"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A code, with what was said along with it."""

    code: str
    mode: Mode = Mode.ADD
    name: str | None = None
    """What the product is called, if it should not be known."""
    pantry_id: PantryId | None = None
    amount: Amount | None = None
    best_before: date | None = None
    price: float | None = None


class Scanner:
    """Reads codes and has booked what they mean."""

    def __init__(self, hass: HomeAssistant, books: Books, keeper: Keeper, facts: OpenFoodFacts) -> None:
        """Take who books, and whom to ask about codes that the household does not know."""
        self._hass = hass
        self._books = books
        self._keeper = keeper
        self._facts = facts

    def product(self, code: str) -> Product | None:
        """Return the product that a code is on, where the household knows one.

        Raises:
            ServiceValidationError: when it is no code of a product.
        """
        gtin = self._read(code).gtin
        return None if gtin is None else self._books.stock.by_barcode(gtin)

    def gtins(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Return the GTINs that codes are, in 14 digits, each once.

        Raises:
            ServiceValidationError: when one is no code of a product.
        """
        found = (self._read(code).gtin for code in codes)
        return tuple(dict.fromkeys(gtin for gtin in found if gtin is not None))

    async def async_scan(self, scan: Scan, asked: Asked) -> Change:
        """Book what a scan means.

        Raises:
            ServiceValidationError: when the code cannot be read, or is of no product that is known and no
                name was given (``name_needed``): once named, it is known.
            HomeAssistantError: when it cannot be written.
        """
        scanned = self._read(scan.code)
        product = None if scanned.gtin is None else self._books.stock.by_barcode(scanned.gtin)
        if scan.mode is Mode.ADD:
            told = await self._async_told(scan, scanned, product)
            return await self._keeper.async_tell(partial(bought, told=told), asked)
        if product is None:
            raise refusal(PantryError("unknown_product", product=scan.code[:100]))
        if scan.mode is Mode.OPEN:
            tell = partial(opened, name=product.product_id, pantry_id=scan.pantry_id)
            return await self._keeper.async_tell(tell, asked)
        what = What.WASTED if scan.mode is Mode.WASTE else What.USED
        amount = scan.amount or scanned.amount
        tell = partial(taken, what=what, name=product.product_id, amount=amount, pantry_id=scan.pantry_id)
        return await self._keeper.async_tell(tell, asked)

    async def _async_told(self, scan: Scan, scanned: Scanned, product: Product | None) -> Bought:
        """Return the purchase that a scan is: of the product it is known by, was named, or is looked up as.

        Raises:
            ServiceValidationError: when none of these tells what it is.
        """
        told = Bought(
            product=scan.name or "" if product is None else product.product_id,
            amount=scan.amount or scanned.amount,
            pantry_id=scan.pantry_id,
            best_before=scan.best_before or scanned.best_before,
            price=scan.price if scanned.price is None else scanned.price / WHOLE,
            batch=scanned.batch,
            barcode=scanned.gtin,
        )
        if told.product or scanned.gtin is None:
            return told
        looked_up = await self._facts.async_find(scanned.gtin, language=self._hass.config.language)
        if (found := looked_up.found) is None:
            raise refusal(PantryError("name_needed", code=scanned.gtin.lstrip("0")))
        return Bought(
            product=found.name,
            amount=told.amount,
            pantry_id=told.pantry_id,
            best_before=told.best_before,
            price=told.price,
            category=found.category,
            batch=told.batch,
            barcode=told.barcode,
            pack=found.amount,
            aliases=found.aliases,
        )

    def _read(self, code: str) -> Scanned:
        try:
            return read(code, dt_util.now().date())
        except PantryError as error:
            raise refusal(error) from error
