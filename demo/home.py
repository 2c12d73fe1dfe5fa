"""The physics of the demo home: what appliances, water and air do as minutes pass.

Everything is counted in home minutes from the moment the simulation began. Whoever runs it decides how
long a home minute lasts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
import math
from typing import Any, Final

from .approach import towards
from .cold import FREEZER, FRIDGE, Cold

STEP: Final = 0.05
"""The longest stretch, in minutes, over which the physics is computed at once."""

COLD_WATER_C: Final = 15.0
HOT_WATER_C: Final = 39.0
WARM_C: Final = 36.0
"""Water this warm is worth stepping under."""
WATER_TAU: Final = 0.45
"""Time constant of the water getting warm, in minutes: 15 → 36 °C takes 56 seconds."""
PIPE_TAU: Final = 15.0
VALVE_PER_MINUTE: Final = 10.0
"""A motor valve needs six seconds from one end to the other."""
SHOWER_LITRES_PER_MINUTE: Final = 9.0

BREW_MINUTES: Final = 4.8
HEATING_W: Final = 1100.0
STANDBY_W: Final = 2.0
POWER_TAU: Final = 0.05

DRY_AIR: Final = 48.0
WET_AIR: Final = 92.0
WETTING_TAU: Final = 4.0
DRYING_TAU: Final = 8.0

MOTION_HOLD: Final = 0.5
"""A motion sensor stays on this many minutes after the last movement."""
DOOR_OPEN: Final = 0.3
"""Doors are closed again after this many minutes."""

OUTSIDE_C: Final = 8.0
WARMING_PER_MINUTE: Final = 0.25
"""Degrees per minute with the heating on."""
COOLING_TAU: Final = 600.0

FRIDGE_C: Final = 4.0
FREEZER_C: Final = -19.0
SPEECH_MINUTES: Final = 3.0
"""How long a spoken text plays."""
MEDIA_MINUTES: Final = 5.0
"""How long any other medium plays."""


class Place(StrEnum):
    """Where somebody is."""

    BED = "bed"
    BEDROOM = "bedroom"
    HALL = "hall"
    BATHROOM = "bathroom"
    SHOWER = "shower"
    """Under the shower, in the bathroom."""
    KITCHEN = "kitchen"
    AWAY = "away"


ROOM_OF: Final[Mapping[Place, str]] = {
    Place.BEDROOM: "bedroom",
    Place.HALL: "hall",
    Place.BATHROOM: "bathroom",
    Place.SHOWER: "bathroom",
    Place.KITCHEN: "kitchen",
}
"""The room whose motion sensor sees somebody there."""
ROOMS: Final = ("bedroom", "hall", "bathroom", "kitchen")


class Fault(StrEnum):
    """What can be wrong with the home."""

    WATER_EMPTY = "water_empty"
    """The coffee machine has no water: it does not heat."""
    COLD_WATER = "cold_water"
    """The boiler is off: the shower stays cold."""
    VALVE_STUCK = "valve_stuck"
    """The shower valve does not move when asked."""
    LEAK = "leak"
    SMOKE = "smoke"
    FUSE_OUT = "fuse_out"
    """The fridge and the freezer have no power: they get warm."""
    COFFEE_UNREACHABLE = "coffee_unreachable"
    SHOWER_UNREACHABLE = "shower_unreachable"
    BED_UNREACHABLE = "bed_unreachable"
    BEDROOM_SPEAKER_UNREACHABLE = "bedroom_speaker_unreachable"
    KITCHEN_SPEAKER_UNREACHABLE = "kitchen_speaker_unreachable"


UNREACHABLE: Final[Mapping[str, Fault]] = {
    "coffee_machine": Fault.COFFEE_UNREACHABLE,
    "shower": Fault.SHOWER_UNREACHABLE,
    "bed": Fault.BED_UNREACHABLE,
    "bedroom_speaker": Fault.BEDROOM_SPEAKER_UNREACHABLE,
    "kitchen_speaker": Fault.KITCHEN_SPEAKER_UNREACHABLE,
}
"""The fault that takes a device off the network."""


@dataclass(slots=True, kw_only=True)
class CoffeeMachine:
    """A filter machine: it heats, brews, and falls back to standby."""

    on: bool = False
    power_w: float = STANDBY_W
    progress: float = 0.0
    """How far the brewing is, from 0 to 1."""
    brews: int = 0
    """How many pots it has made since it was bought."""

    @property
    def ready(self) -> bool:
        """Whether there is fresh coffee in the pot."""
        return self.progress >= 1.0

    def advance(self, minutes: float, *, water: bool) -> bool:
        """Brew on; tell whether the pot just became ready."""
        heating = self.on and water and not self.ready
        target = HEATING_W if heating else (STANDBY_W if self.on else 0.0)
        self.power_w = towards(self.power_w, target, minutes, POWER_TAU)
        if not heating:
            return False
        self.progress = min(1.0, self.progress + minutes / BREW_MINUTES)
        self.brews += self.ready
        return self.ready

    def switch(self, *, on: bool) -> None:
        """Press the switch; a fresh press after a finished pot starts another one."""
        if on and not self.on:
            self.progress = 0.0
        self.on = on


@dataclass(slots=True, kw_only=True)
class Shower:
    """A motor valve, and the water that comes out of it."""

    wanted_open: bool = False
    position: float = 0.0
    """From 0 (closed) to 1 (open)."""
    water_c: float = COLD_WATER_C
    litres: float = 0.0
    """How much water it has used since it was installed."""

    @property
    def warm(self) -> bool:
        """Whether the water is warm and runs."""
        return self.position > 0 and self.water_c >= WARM_C

    def advance(self, minutes: float, *, stuck: bool, boiler: bool) -> bool:
        """Move the valve and warm the water; tell whether it just became warm."""
        was_warm = self.warm
        if not stuck:
            moved = VALVE_PER_MINUTE * minutes
            goal = 1.0 if self.wanted_open else 0.0
            self.position += max(-moved, min(moved, goal - self.position))
        if self.position > 0:
            self.litres += SHOWER_LITRES_PER_MINUTE * self.position * minutes
            self.water_c = towards(self.water_c, HOT_WATER_C if boiler else COLD_WATER_C, minutes, WATER_TAU)
        else:
            self.water_c = towards(self.water_c, COLD_WATER_C, minutes, PIPE_TAU)
        return self.warm and not was_warm


@dataclass(slots=True, kw_only=True)
class Speaker:
    """A loudspeaker on the network."""

    volume: float = 0.3
    muted: bool = False
    playing: bool = False
    media: str | None = None
    left: float = 0.0
    """Minutes until the medium is over."""

    def play(self, media: str, minutes: float) -> None:
        """Play a medium of that length."""
        self.playing, self.media, self.left = True, media, minutes

    def stop(self) -> None:
        """Fall silent."""
        self.playing, self.media, self.left = False, None, 0.0

    def advance(self, minutes: float) -> None:
        """Play on."""
        if self.playing:
            self.left -= minutes
            if self.left <= 0:
                self.stop()


@dataclass(slots=True, kw_only=True)
class Light:
    """A dimmable light."""

    on: bool = False
    brightness: int = 255
    """From 1 to 255."""


@dataclass(slots=True, kw_only=True)
class Thermostat:
    """The heating of the living space."""

    heating: bool = True
    target_c: float = 17.0
    room_c: float = 18.0

    def advance(self, minutes: float) -> None:
        """Heat, or let the warmth leak out."""
        if self.heating and self.room_c < self.target_c:
            self.room_c = min(self.target_c, self.room_c + WARMING_PER_MINUTE * minutes)
        else:
            self.room_c = towards(self.room_c, OUTSIDE_C, minutes, COOLING_TAU)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """Something that really happened in the home, whatever its sensors say."""

    what: str
    at: float
    """The home minute."""


@dataclass(slots=True, kw_only=True)
class Home:
    """All that the demo home is at one moment."""

    now: float = 0.0
    """The home minute."""
    coffee: CoffeeMachine = field(default_factory=CoffeeMachine)
    shower: Shower = field(default_factory=Shower)
    bedroom_speaker: Speaker = field(default_factory=Speaker)
    kitchen_speaker: Speaker = field(default_factory=Speaker)
    bedroom_light: Light = field(default_factory=Light)
    kitchen_light: Light = field(default_factory=Light)
    hall_light: Light = field(default_factory=Light)
    thermostat: Thermostat = field(default_factory=Thermostat)
    fridge: Cold = field(default_factory=lambda: Cold(inside_c=FRIDGE_C))
    freezer: Cold = field(default_factory=lambda: Cold(inside_c=FREEZER_C))
    humidity: float = DRY_AIR
    """Of the bathroom's air, in %."""
    door_open_until: float = 0.0
    kettle: bool = False
    garden_valve: bool = False
    faults: set[Fault] = field(default_factory=set)
    places: dict[str, Place] = field(default_factory=lambda: {"ada": Place.BED, "alan": Place.AWAY})
    moved: dict[str, float] = field(default_factory=dict)
    """The last minute in which somebody moved in a room."""
    happened: list[Happened] = field(default_factory=list)
    """What happened since this was emptied last."""

    @property
    def bed_occupied(self) -> bool:
        """Whether somebody lies in bed."""
        return Place.BED in self.places.values()

    @property
    def front_door_open(self) -> bool:
        """Whether the front door is open."""
        return self.now < self.door_open_until

    @property
    def fridge_open(self) -> bool:
        """Whether the fridge's door is open."""
        return self.fridge.open_at(self.now)

    @property
    def fuse_in(self) -> bool:
        """Whether the fridge and the freezer have power."""
        return Fault.FUSE_OUT not in self.faults

    @property
    def speakers(self) -> tuple[Speaker, Speaker]:
        """The loudspeakers."""
        return self.bedroom_speaker, self.kitchen_speaker

    def motion(self, room: str) -> bool:
        """Return whether a room's motion sensor is on."""
        return self.now - self.moved.get(room, -math.inf) <= MOTION_HOLD

    def reachable(self, device: str) -> bool:
        """Return whether a device is on the network."""
        return UNREACHABLE.get(device) not in self.faults

    def move(self, who: str, place: Place) -> None:
        """Let somebody go somewhere; the front door opens where they pass it."""
        before = self.places.get(who, Place.AWAY)
        self.places[who] = place
        if Place.AWAY in {before, place} and before is not place:
            self.door_open_until = self.now + DOOR_OPEN
        if (room := ROOM_OF.get(place)) is not None:
            self.moved[room] = self.now

    def open_fridge(self) -> None:
        """Take something out of the fridge."""
        self.fridge.open_until = self.now + DOOR_OPEN

    def note(self, what: str) -> None:
        """Remember that something happened."""
        self.happened.append(Happened(what=what, at=self.now))

    def take_happened(self) -> list[Happened]:
        """Return what happened since the last time, and forget it."""
        happened, self.happened = self.happened, []
        return happened

    def advance(self, minutes: float) -> None:
        """Let at most :data:`STEP` minutes pass."""
        self.now += minutes
        for place in self.places.values():
            if (room := ROOM_OF.get(place)) is not None:
                self.moved[room] = self.now
        if self.coffee.advance(minutes, water=Fault.WATER_EMPTY not in self.faults):
            self.note("coffee_ready")
        if self.shower.advance(
            minutes, stuck=Fault.VALVE_STUCK in self.faults, boiler=Fault.COLD_WATER not in self.faults
        ):
            self.note("water_warm")
        for speaker in self.speakers:
            speaker.advance(minutes)
        self.thermostat.advance(minutes)
        self.fridge.advance(FRIDGE, self.now, minutes, power=self.fuse_in)
        self.freezer.advance(FREEZER, self.now, minutes, power=self.fuse_in)
        steam = self.shower.warm and Place.SHOWER in self.places.values()
        goal, tau = (WET_AIR, WETTING_TAU) if steam else (DRY_AIR, DRYING_TAU)
        self.humidity = towards(self.humidity, goal, minutes, tau)

    def to_dict(self) -> dict[str, Any]:
        """Return the home as plain values."""
        data = asdict(self)
        data["faults"] = sorted(self.faults)
        del data["happened"]
        return data

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Home:
        """Return a home from its plain values."""
        return cls(
            now=data["now"],
            coffee=CoffeeMachine(**data["coffee"]),
            shower=Shower(**data["shower"]),
            bedroom_speaker=Speaker(**data["bedroom_speaker"]),
            kitchen_speaker=Speaker(**data["kitchen_speaker"]),
            bedroom_light=Light(**data["bedroom_light"]),
            kitchen_light=Light(**data["kitchen_light"]),
            hall_light=Light(**data["hall_light"]),
            thermostat=Thermostat(**data["thermostat"]),
            fridge=Cold(**data["fridge"]),
            freezer=Cold(**data["freezer"]),
            humidity=data["humidity"],
            door_open_until=data["door_open_until"],
            kettle=data["kettle"],
            garden_valve=data["garden_valve"],
            faults={Fault(fault) for fault in data["faults"]},
            places={who: Place(place) for who, place in data["places"].items()},
            moved=dict(data["moved"]),
        )
