"""Numbers of products: GTIN-8, -12, -13 and -14, and UPC-E, with their check digits.

Sources: GS1 General Specifications, sections 7.9.1 (check digit), 5.2.2.4 (UPC-E) and 2.1.11–2.1.12
(restricted circulation numbers).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from .scanned import BarcodeKind, InStore, Scanned, misread, unreadable

LENGTH: Final = 14
LENGTHS: Final = frozenset({8, 12, 13, 14})
_SHORT: Final = 8
_IN_STORE: Final = ("02", *(str(prefix) for prefix in range(20, 30)))
"""The prefixes of GTIN-13 that are given by shops, GS1 General Specifications, figure 1.4.3-1."""
_ARTICLE: Final = slice(1, 8)
_VALUE: Final = slice(8, 13)


def check_digit(digits: str) -> str:
    """Return the check digit of the digits before it: weights 3 and 1 from the right, modulo 10."""
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_number(text: str) -> bool:
    """Return whether a text is digits as scanners write them: 0 to 9 only."""
    return text.isascii() and text.isdigit()


def checks(number: str) -> bool:
    """Return whether the last digit of a number is its check digit."""
    return number[-1] == check_digit(number[:-1])


def gtin14(number: str) -> str:
    """Return a product's number in 14 digits.

    Raises:
        PantryError: when it is no GTIN, or its check digit is wrong.
    """
    if len(number) not in LENGTHS or not is_number(number):
        raise unreadable(number)
    if not checks(number):
        raise misread(number)
    return number.zfill(LENGTH)


def expanded(upc_e: str) -> str:
    """Return the UPC-A of twelve digits that a UPC-E of eight stands for: its zeros are put back."""
    system, short, check = upc_e[0], upc_e[1:7], upc_e[7]
    match short[5]:
        case "0" | "1" | "2" as last:
            body = f"{short[:2]}{last}0000{short[2:5]}"
        case "3":
            body = f"{short[:3]}00000{short[3:5]}"
        case "4":
            body = f"{short[:4]}00000{short[4]}"
        case last:
            body = f"{short[:5]}0000{last}"
    return f"{system}{body}{check}"


def named(number: str) -> Scanned:
    """Return which product a GTIN of 14 digits names.

    What a shop weighs or prices itself carries the shop's prefix, its article, and five digits of weight or
    price. How those are laid out differs by country and shop, so they are never taken for an amount: the
    article with zeros for the value is the product, and the number as printed goes along with it.
    """
    if number[0] != "0" or number[1:3] not in _IN_STORE:
        return Scanned(gtin=number)
    article = f"0{number[_ARTICLE]}00000"
    return Scanned(
        gtin=f"{article}{check_digit(article)}", in_store=InStore(number=number, value=number[_VALUE])
    )


def _recognises(code: str) -> bool:
    return len(code) in LENGTHS and is_number(code)


def _read(code: str, today: date) -> Scanned:  # noqa: ARG001
    """Read a number; of eight digits that begin with 0 or 1, UPC-E is tried too.

    GTIN-8 that begin with 0 are given by shops to themselves, so UPC-E goes first there.
    """
    if len(code) == _SHORT and code[0] in "01":
        upc_a = expanded(code)
        if checks(upc_a) and (code[0] == "0" or not checks(code)):
            return named(gtin14(upc_a))
    return named(gtin14(code))


KIND: Final = BarcodeKind(recognises=_recognises, read=_read)
