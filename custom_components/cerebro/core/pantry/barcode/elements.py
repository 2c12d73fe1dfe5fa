"""What the elements of a GS1 code say of a thing, however they were carried."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from ..quantity import PACK, PIECE, WHOLE, Amount
from .gtin import checks, gtin14, named
from .scanned import Scanned, misread, unreadable

_CENTURY: Final = 100
_WINDOW: Final = range(-49, 51)
"""How far the two digits of a year may lie from this year's to be of its century."""
_SIZES: Final[Mapping[str, tuple[str, float]]] = {
    "310": ("kg", 1),
    "315": ("L", 1),
    "316": ("m³", 1),
    "320": ("lb", 1),
    "356": ("g", 31.1034768),
    "357": ("oz", 1),
    "360": ("gal", 0.25),
    "361": ("gal", 1),
}
"""What is weighed or measured, by the first three digits: a unit, and how many of it make one."""
_ITEM: Final = slice(0, 14)
_DATE: Final = slice(0, 6)


def told(elements: Mapping[str, str], code: str, today: date) -> Scanned:
    """Return what elements say, by their identifiers; their forms were checked before.

    Raises:
        PantryError: when a check digit is wrong or a date is none.
    """
    price, currency = _price(elements)
    return replace(
        _product(elements, code),
        batch=elements.get("10"),
        serial=elements.get("21"),
        best_before=_first_date(elements, ("17", "7003", "15", "16"), code, today),
        produced_on=_first_date(elements, ("11",), code, today),
        packed_on=_first_date(elements, ("13",), code, today),
        amount=_amount(elements),
        price=price,
        currency=currency,
    )


def day(digits: str, today: date) -> date | None:
    """Return the day of six digits YYMMDD, if there is one.

    The century is the one that puts the year from 49 before to 50 after this one, and a day of 00 is the last
    of its month: GS1 General Specifications, section 7.12 and the notes to AI (11) to (17).
    """
    year, month, number = (int(digits[place : place + 2]) for place in (0, 2, 4))
    distance = year - today.year % _CENTURY
    century = today.year - today.year % _CENTURY
    if distance > _WINDOW[-1]:
        century -= _CENTURY
    elif distance < _WINDOW[0]:
        century += _CENTURY
    try:
        return date(century + year, month, number or monthrange(century + year, month)[1])
    except ValueError:
        return None


def _product(elements: Mapping[str, str], code: str) -> Scanned:
    """Return the product: itself, a piece of it, or what a case of it contains."""
    for identifier in ("01", "8006", "02"):
        if identifier in elements:
            return named(gtin14(elements[identifier][_ITEM]))
    if "00" in elements and not checks(elements["00"]):
        raise misread(code)
    return Scanned()


def _first_date(
    elements: Mapping[str, str], identifiers: tuple[str, ...], code: str, today: date
) -> date | None:
    for identifier in identifiers:
        if identifier in elements:
            found = day(elements[identifier][_DATE], today)
            if found is None:
                raise unreadable(code)
            return found
    return None


def _amount(elements: Mapping[str, str]) -> Amount | None:
    """Return what was weighed, else what was counted: (30) are pieces, (37) are items in a case."""
    for identifier, value in elements.items():
        if identifier[:3] in _SIZES and int(value):
            unit, factor = _SIZES[identifier[:3]]
            return Amount(value=int(value) * factor / 10 ** int(identifier[3]), unit=unit)
    for identifier, unit in (("30", PIECE), ("37", PACK)):
        if count := int(elements.get(identifier, 0)):
            return Amount(value=float(count), unit=unit)
    return None


def _price(elements: Mapping[str, str]) -> tuple[int | None, str | None]:
    """Return the price in thousandths, rounded half up, and its currency where it is said."""
    for identifier, value in elements.items():
        family, currency = identifier[:3], None
        if family in {"391", "393"}:
            currency, value = value[:3], value[3:]  # noqa: PLW2901
        elif family not in {"390", "392"}:
            continue
        one = 10 ** int(identifier[3])
        return (2 * int(value) * WHOLE + one) // (2 * one), currency
    return None, None
