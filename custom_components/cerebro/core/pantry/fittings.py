"""Which sensors sit in a fridge or a freezer, by what they and their devices are called."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from ..roles import EntityFacts
from ..roles.words import Words, first_word
from .model import Place

NAMES: Final[Mapping[Place, Words]] = {
    Place.FRIDGE: ("fridge", "refrigerator", "réfrigérateur", "frigo", "frigidaire"),
    Place.FREEZER: ("freezer", "deep freeze", "congélateur", "congélo", "surgélateur"),
}
"""The words by which people name a place that is cooled, in English and in French."""
DOOR_CLASSES: Final = ("door", "opening")
TEMPERATURE_UNITS: Final = ("°C", "°F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fittings:
    """The sensors of a place, by entity id."""

    temperature: str | None = None
    door: str | None = None


def fittings(facts: Sequence[EntityFacts], place: Place, *, taken: Collection[str] = ()) -> Fittings:
    """Return the likeliest sensors of a place; ``taken`` are the entity ids that other pantries have."""
    free = [one for one in facts if one.entity_id not in taken and _is_offered(one)]
    return Fittings(
        temperature=_likeliest((one for one in free if _tells_temperature(one)), place),
        door=_likeliest((one for one in free if _tells_door(one)), place),
    )


def _likeliest(facts: Iterable[EntityFacts], place: Place) -> str | None:
    """Return the entity whose own name tells the place, else the first on a device whose name does."""
    ranked = sorted((rank, one.entity_id) for one in facts if (rank := _rank(one, place)) is not None)
    return ranked[0][1] if ranked else None


def _rank(facts: EntityFacts, place: Place) -> int | None:
    """Return by how direct a name an entity is of a place; the nearest name that tells a place decides."""
    own = (facts.name, *facts.aliases)
    for rank, called in enumerate((own, (facts.device_name,), (facts.entity_id.partition(".")[2],))):
        places = {one for one, words in NAMES.items() if first_word(words, *called) is not None}
        if places:
            return rank if place in places else None
    return None


def _is_offered(facts: EntityFacts) -> bool:
    return not (facts.disabled or facts.hidden or facts.category is not None)


def _tells_temperature(facts: EntityFacts) -> bool:
    if facts.domain != "sensor":
        return False
    return facts.device_class == "temperature" or (
        facts.device_class is None and facts.unit in TEMPERATURE_UNITS
    )


def _tells_door(facts: EntityFacts) -> bool:
    return facts.domain == "binary_sensor" and facts.device_class in DOOR_CLASSES
