"""Amounts: whole thousandths of a gram, a millilitre or a piece, so that sums are exact."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WHOLE: Final = 1000
"""How many thousandths make one gram, millilitre or piece."""


class Measure(StrEnum):
    """What an amount is an amount of; amounts of different measures never add up."""

    MASS = "mass"
    """Counted in thousandths of a gram."""
    VOLUME = "volume"
    """Counted in thousandths of a millilitre."""
    COUNT = "count"
    """Counted in thousandths of a piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An amount with its measure: what a unit of the user's was turned into."""

    thousandths: int
    measure: Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """An amount as somebody wrote or said it, before its unit is turned into a quantity.

    ``unit`` is one of Home Assistant's units of mass and volume (``g``, ``kg``, ``mL``, ``L``, ``oz``, …),
    ``piece``, ``pack``, or nothing when none was said.
    """

    value: float
    unit: str | None = None


PIECE: Final = "piece"
PACK: Final = "pack"
