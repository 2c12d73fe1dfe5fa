"""Amounts in units, through Home Assistant's own converters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from homeassistant.const import UnitOfMass, UnitOfVolume
from homeassistant.util.unit_conversion import BaseUnitConverter, MassConverter, VolumeConverter

from ...core.pantry.errors import PantryError
from ...core.pantry.exchange.units import amount_of
from ...core.pantry.model import Product
from ...core.pantry.quantity import PACK, PIECE, WHOLE, Amount, Measure, Quantity
from ..texts import Texts

CONVERTERS: Final[Mapping[Measure, type[BaseUnitConverter]]] = {
    Measure.MASS: MassConverter,
    Measure.VOLUME: VolumeConverter,
}
BASES: Final[Mapping[Measure, str]] = {
    Measure.MASS: UnitOfMass.GRAMS,
    Measure.VOLUME: UnitOfVolume.MILLILITERS,
    Measure.COUNT: PIECE,
}
"""What the thousandths of a measure are thousandths of."""
LARGER: Final[Mapping[str, str]] = {
    UnitOfMass.GRAMS: UnitOfMass.KILOGRAMS,
    UnitOfVolume.MILLILITERS: UnitOfVolume.LITERS,
}
"""What is shown instead of a thousand of a unit and more."""
SMALLER: Final[Mapping[str, str]] = {large: small for small, large in LARGER.items()}
"""What is shown instead of a small part of a unit."""
SMALL_PART: Final = 0.1
_PLACES: Final = 3


def quantity(amount: Amount, product: Product | None) -> Quantity:
    """Return an amount of a product, or of one that is new, in thousandths of its measure.

    Without a unit it is in the product's. So many packs, or pieces of what is weighed, are so many times what
    is in a pack of the product.

    Raises:
        PantryError: ``unknown_unit``; ``pack_unknown`` when it is not known how much is in a pack;
            ``measure_differs`` when it is measured otherwise than the product is.
    """
    unit = amount.unit or (PIECE if product is None else product.unit)
    found = _measured(amount.value, unit)
    if product is None or (found.measure is product.measure and unit != PACK):
        return found
    if found.measure is Measure.COUNT:
        if product.pack is not None:
            return Quantity(thousandths=round(amount.value * product.pack), measure=product.measure)
        if product.measure is Measure.COUNT:
            return found
        raise PantryError("pack_unknown", product=product.name)
    raise PantryError("measure_differs", product=product.name)


def as_said(amount: Quantity) -> Amount:
    """Return a quantity as an amount that :func:`quantity` makes the same of."""
    return Amount(value=amount.thousandths / WHOLE, unit=BASES[amount.measure])


def shown(thousandths: int, product: Product) -> tuple[float, str]:
    """Return an amount of a product as it is shown: the number, to three places, and its unit.

    It is the product's unit, but one a thousand times larger or smaller where the number reads better.
    """
    if product.unit == PACK and product.pack:
        return round(thousandths / product.pack, _PLACES), PACK
    base = BASES[product.measure]
    converter = CONVERTERS.get(product.measure)
    if converter is None:
        return round(thousandths / WHOLE, _PLACES), base
    written = amount_of(1.0, product.unit)
    unit = product.unit if written is None or written.unit is None else written.unit
    unit = unit if unit in converter.VALID_UNITS else base
    value = converter.convert(thousandths / WHOLE, base, unit)
    if unit in LARGER and value >= WHOLE:
        value, unit = value / WHOLE, LARGER[unit]
    elif unit in SMALLER and 0 < value < SMALL_PART:
        value, unit = value * WHOLE, SMALLER[unit]
    return round(value, _PLACES), str(unit)


def text(texts: Texts, thousandths: int, product: Product) -> str:
    """Return an amount of a product in the home's language, such as ``1.5 L``."""
    value, unit = shown(thousandths, product)
    number = f"{value:.{_PLACES}f}".rstrip("0").rstrip(".").replace(".", texts.text("decimal_mark"))
    if unit == PACK:
        return texts.text("amount_packs", number=number)
    return texts.text("amount_pieces", number=number) if unit == PIECE else f"{number} {unit}"


def _measured(value: float, unit: str) -> Quantity:
    """Return so many of a unit, as Home Assistant or a person writes it.

    Raises:
        PantryError: ``unknown_unit``.
    """
    for measure, converter in CONVERTERS.items():
        if unit in converter.VALID_UNITS:
            base = converter.convert(value, unit, BASES[measure])
            return Quantity(thousandths=round(base * WHOLE), measure=measure)
    if unit in {PIECE, PACK}:
        return Quantity(thousandths=round(value * WHOLE), measure=Measure.COUNT)
    written = amount_of(1.0, unit)
    if written is None or written.unit is None:
        raise PantryError("unknown_unit", unit=unit[:20])
    return _measured(value * written.value, written.unit)
