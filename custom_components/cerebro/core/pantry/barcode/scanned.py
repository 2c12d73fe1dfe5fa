"""What a code said, and what is wrong with one that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..errors import PantryError
from ..quantity import Amount

LONGEST: Final = 1024
"""Characters of a code: beyond it, it is no product that was scanned."""
_SHOWN: Final = 40
"""Characters of a bad code that are said back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InStore:
    """A number that one shop gave: it means nothing anywhere else."""

    number: str
    """The GTIN as printed, in 14 digits, with whatever was weighed or priced in it."""
    value: str
    """The five digits in which shops put a weight or a price: which, and in what, is theirs to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What is known of a thing by its code alone."""

    gtin: str | None = None
    """Which product it is, in 14 digits; for what was weighed in a shop, the shop's number of the article."""
    batch: str | None = None
    serial: str | None = None
    best_before: date | None = None
    """The use-by date, else the best-before date, else the last day of its sale."""
    produced_on: date | None = None
    packed_on: date | None = None
    amount: Amount | None = None
    """What was weighed or counted, always more than nothing."""
    price: int | None = None
    """Thousandths of a currency."""
    currency: str | None = None
    """The three digits of ISO 4217, where the code says what the price is in."""
    in_store: InStore | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarcodeKind:
    """A way in which codes are written."""

    recognises: Callable[[str], bool]
    """Tells by its form alone whether a code is meant to be of this kind."""
    read: Callable[[str, date], Scanned]
    """Reads a recognised code on a day; raises :class:`PantryError`."""


def unreadable(code: str) -> PantryError:
    """Return the error for a code that is none, with its printable beginning."""
    return PantryError("bad_barcode", code=_begins(code))


def misread(code: str) -> PantryError:
    """Return the error for a number whose check digit is not its own."""
    return PantryError("wrong_check_digit", code=_begins(code))


def _begins(code: str) -> str:
    shown = "".join(char if char.isascii() and char.isprintable() else "?" for char in code[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
