"""How others write units, in English and in French."""

from __future__ import annotations

from collections.abc import Callable, Mapping
import math
import re
from typing import Any, Final

from ...roles.words import folded
from ..quantity import PACK, PIECE, Amount, Quantity

type Measuring = Callable[[Amount], Quantity]
"""Turns an amount in a unit of Home Assistant's, or in pieces, into a quantity; raises ``PantryError``."""

LARGEST: Final = 1_000_000.0
"""The largest number believed of an amount, in whatever unit."""
MOST_DIGITS: Final = 20
"""Characters of a number that is written as text."""
_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]*)?|-?\.[0-9]+")
_WRITTEN: Final[Mapping[tuple[float, str], tuple[str, ...]]] = {
    (0.001, "g"): ("mg", "milligram", "milligrams", "milligramme", "milligrammes"),
    (1.0, "g"): ("g", "gr", "gram", "grams", "gramme", "grammes"),
    (1.0, "kg"): ("kg", "kilo", "kilos", "kilogram", "kilograms", "kilogramme", "kilogrammes"),
    (1.0, "mL"): ("ml", "milliliter", "milliliters", "millilitre", "millilitres"),
    (10.0, "mL"): ("cl", "centiliter", "centiliters", "centilitre", "centilitres"),
    (100.0, "mL"): ("dl", "deciliter", "deciliters", "décilitre", "décilitres"),
    (1.0, "L"): ("l", "liter", "liters", "litre", "litres"),
    (1.0, "oz"): ("oz", "ounce", "ounces", "once", "onces"),
    (1.0, "lb"): ("lb", "lbs", "pound", "pounds", "livre", "livres"),
    (1.0, "fl. oz."): ("fl oz", "floz", "fluid ounce", "fluid ounces"),
    (1.0, "gal"): ("gal", "gallon", "gallons"),
    (1.0, PIECE): ("piece", "pieces", "pc", "pcs", "pce", "pièce", "pièces"),
    (1.0, PACK): ("pack", "packs", "package", "packages", "packet", "packets", "paquet", "paquets"),
}
"""The words for so many of a unit."""
_UNITS: Final = {folded(word): unit for unit, words in _WRITTEN.items() for word in words}


def amount_of(value: float, unit: str) -> Amount | None:
    """Return an amount in a unit that somebody wrote; nothing when that is no unit or no sensible number."""
    known = _UNITS.get(folded(unit))
    if known is None or not 0 < value <= LARGEST:
        return None
    factor, name = known
    return Amount(value=value * factor, unit=name)


def number(value: Any) -> float | None:
    """Return a number that another program gave, as such or as text; nothing for anything else."""
    if isinstance(value, str):
        text = value.strip()
        if len(text) > MOST_DIGITS or _NUMBER.fullmatch(text) is None:
            return None
        value = float(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return float(value) if abs(value) <= LARGEST**2 and math.isfinite(value) else None
