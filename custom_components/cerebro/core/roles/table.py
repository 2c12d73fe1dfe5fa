"""Which entities each role is for: one row per role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from . import words as w
from .words import Words


class Role(StrEnum):
    """What an entity is for."""

    COFFEE_MACHINE = "coffee_machine"
    COFFEE_POWER = "coffee_power"
    COFFEE_FAULT = "coffee_fault"
    SHOWER = "shower"
    SHOWER_TEMPERATURE = "shower_temperature"
    BATHROOM_HUMIDITY = "bathroom_humidity"
    SPEAKER = "speaker"
    NEWS_SPEAKER = "news_speaker"
    TTS = "tts"
    BEDROOM_LIGHT = "bedroom_light"
    KITCHEN_LIGHT = "kitchen_light"
    BEDROOM_MOTION = "bedroom_motion"
    BATHROOM_MOTION = "bathroom_motion"
    KITCHEN_MOTION = "kitchen_motion"
    HALL_MOTION = "hall_motion"
    FRONT_DOOR = "front_door"
    THERMOSTAT = "thermostat"
    LEAK = "leak"
    SMOKE = "smoke"
    BED = "bed"
    WORKDAY = "workday"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleSpec:
    """How an entity for a role is recognised."""

    domains: tuple[str, ...]
    classes: tuple[str, ...] = ()
    """The device classes it may have; none: any."""
    units: tuple[str, ...] = ()
    """The units that stand for a device class where none is given."""
    platforms: tuple[str, ...] = ()
    """The integrations that provide it; none: any."""
    names: Words = ()
    """Words in the entity's or its device's name that tell the role."""
    name_weight: float = 0.8
    """How likely a name with such a word is right, from 0 to 1."""
    rooms: tuple[Words, ...] = ()
    """The rooms it stands in, the likeliest first."""
    excluded: Words = ()
    """Words in the name that say it is something else."""
    beside: Role | None = None
    """The role whose device it is usually part of."""
    features: int = 0
    """The supported features it must have, where it tells any."""
    many: bool = False
    """Whether several entities may have the role."""
    diagnostic: bool = False
    """Whether diagnostic entities count."""
    by_kind: bool = False
    """Whether being of this kind is enough, wherever it stands and whatever it is called."""
    sole: bool = False
    """Whether being the only one of this kind is enough."""
    instead: Role | None = None
    """The role whose entities serve where this one has none."""


SWITCHES: Final = ("switch", "input_boolean", "button", "input_button", "script")
PLAY_MEDIA: Final = 512
"""Home Assistant's ``MediaPlayerEntityFeature.PLAY_MEDIA``."""
MOTION_CLASSES: Final = ("motion", "occupancy", "presence")
NOT_A_MACHINE: Final = (*w.LIGHTING, *w.FURNITURE, "grinder", "moulin", "lock", "verrouillage")
NOT_A_HOUSE_DOOR: Final = (
    "garage",
    "fridge",
    "refrigerator",
    "freezer",
    "cupboard",
    "réfrigérateur",
    "frigo",
    "congélateur",
    "placard",
)
NOT_A_SHOWER: Final = (*w.LIGHTING, *w.FURNITURE, *w.OUTSIDE, "fan", "vmc", "radiator", "radiateur", "towel")


def _motion(room: Words, *, excluded: Words = w.BED) -> RoleSpec:
    return RoleSpec(
        domains=("binary_sensor",), classes=MOTION_CLASSES, many=True, rooms=(room,), excluded=excluded
    )


ROLES: Final[Mapping[Role, RoleSpec]] = {
    Role.COFFEE_MACHINE: RoleSpec(domains=SWITCHES, names=w.COFFEE, excluded=NOT_A_MACHINE),
    Role.COFFEE_POWER: RoleSpec(
        domains=("sensor",),
        classes=("power",),
        units=("W", "kW"),
        names=w.COFFEE,
        excluded=NOT_A_MACHINE,
        beside=Role.COFFEE_MACHINE,
        diagnostic=True,
    ),
    Role.COFFEE_FAULT: RoleSpec(
        domains=("binary_sensor",),
        classes=("problem",),
        names=w.COFFEE,
        beside=Role.COFFEE_MACHINE,
        many=True,
        diagnostic=True,
    ),
    Role.SHOWER: RoleSpec(
        domains=("valve", "switch", "input_boolean"),
        classes=("water", "switch", "outlet"),
        names=w.SHOWER,
        excluded=NOT_A_SHOWER,
    ),
    Role.SHOWER_TEMPERATURE: RoleSpec(
        domains=("sensor",),
        classes=("temperature",),
        units=("°C", "°F"),
        names=w.SHOWER,
        excluded=w.FURNITURE,
        beside=Role.SHOWER,
    ),
    Role.BATHROOM_HUMIDITY: RoleSpec(
        domains=("sensor",), classes=("humidity",), rooms=(w.BATHROOM,), excluded=w.OUTSIDE
    ),
    Role.SPEAKER: RoleSpec(
        domains=("media_player",),
        classes=("speaker", "receiver"),
        names=w.SPEAKER,
        # Where a speaker stands tells more than what it is called: the bedroom's must come first.
        name_weight=0.5,
        rooms=(w.BEDROOM, w.KITCHEN, w.LIVING),
        excluded=w.OTHER_ROOMS,
        features=PLAY_MEDIA,
        many=True,
        sole=True,
    ),
    Role.NEWS_SPEAKER: RoleSpec(
        domains=("media_player",),
        classes=("speaker", "receiver"),
        names=w.SPEAKER,
        # The news is heard over breakfast: whatever stands in a bedroom is for the alarm.
        name_weight=0.2,
        rooms=(w.KITCHEN, w.LIVING),
        excluded=(*w.OTHER_ROOMS, *w.BEDROOM),
        features=PLAY_MEDIA,
        many=True,
        instead=Role.SPEAKER,
    ),
    Role.TTS: RoleSpec(domains=("tts",), names=w.VOICE, by_kind=True),
    Role.BEDROOM_LIGHT: RoleSpec(domains=("light",), rooms=(w.BEDROOM,), excluded=w.OTHER_ROOMS, many=True),
    Role.KITCHEN_LIGHT: RoleSpec(domains=("light",), rooms=(w.KITCHEN,), many=True),
    Role.BEDROOM_MOTION: _motion(w.BEDROOM, excluded=(*w.BED, *w.OTHER_ROOMS)),
    Role.BATHROOM_MOTION: _motion(w.BATHROOM),
    Role.KITCHEN_MOTION: _motion(w.KITCHEN),
    Role.HALL_MOTION: _motion(w.HALL),
    Role.FRONT_DOOR: RoleSpec(
        domains=("binary_sensor",),
        classes=("door", "opening"),
        names=w.FRONT_DOOR,
        rooms=(w.HALL,),
        excluded=NOT_A_HOUSE_DOOR,
        many=True,
    ),
    Role.THERMOSTAT: RoleSpec(
        domains=("climate",), names=w.THERMOSTAT, rooms=(w.LIVING,), excluded=w.OUTSIDE, sole=True
    ),
    Role.LEAK: RoleSpec(
        domains=("binary_sensor",), classes=("moisture",), many=True, by_kind=True, excluded=w.OUTSIDE
    ),
    Role.SMOKE: RoleSpec(
        domains=("binary_sensor",), classes=("smoke", "gas", "carbon_monoxide"), many=True, by_kind=True
    ),
    Role.BED: RoleSpec(
        domains=("binary_sensor", "input_boolean"),
        classes=("occupancy", "presence"),
        names=w.BED,
        excluded=w.OTHER_ROOMS,
        many=True,
    ),
    Role.WORKDAY: RoleSpec(domains=("binary_sensor",), platforms=("workday",), by_kind=True),
}

PERSONAL_ROLES: Final = (Role.BED, Role.WORKDAY)
"""What belongs to an occupant."""
HOME_ROLES: Final = tuple(role for role in Role if role not in PERSONAL_ROLES)
"""What belongs to the home."""


def served(roles: Iterable[str]) -> frozenset[str]:
    """Return the roles that are served where those have an entity: they, and whose place they take."""
    having = frozenset(roles)
    return having | {role.value for role, spec in ROLES.items() if spec.instead in having}
