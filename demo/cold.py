"""The fridge and the freezer: a compressor keeps them cold, an open door and a power cut warm them up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .approach import towards

ROOM_C: Final = 20.0
OPEN_C: Final = 18.0
"""What the air inside comes to while the door is open: shelves and food keep it below the room's."""
OPEN_TAU: Final = 12.0
"""Time constant, in minutes, of the warmth coming in through an open door."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """How a cold appliance is built."""

    coldest_c: float
    """The compressor stops there, and"""
    warmest_c: float
    """starts again there."""
    evaporator_c: float
    """What a compressor that never stopped would come to."""
    cooling_tau: float
    """Time constant of the cooling, in minutes."""
    leaking_tau: float
    """Time constant of the warmth coming in through the walls, in minutes."""
    running_w: float


FRIDGE: Final = Build(
    coldest_c=3.0, warmest_c=5.0, evaporator_c=-12.0, cooling_tau=130.0, leaking_tau=320.0, running_w=62.0
)
"""It cools for a quarter of an hour, then rests for forty minutes; without power it passes
8 °C in two hours."""
FREEZER: Final = Build(
    coldest_c=-20.0,
    warmest_c=-18.0,
    evaporator_c=-34.0,
    cooling_tau=200.0,
    leaking_tau=1600.0,
    running_w=74.0,
)
"""Without power it holds below -12 °C for some five hours."""
RESTING_W: Final = 3.0
"""What the electronics draw."""


@dataclass(slots=True, kw_only=True)
class Cold:
    """A fridge or a freezer."""

    inside_c: float
    cooling: bool = False
    """Whether the compressor runs."""
    open_until: float = 0.0
    """The home minute until which somebody takes something out."""
    left_open: bool = False
    """Whether the door stays open until somebody closes it."""

    def open_at(self, now: float) -> bool:
        """Return whether the door is open."""
        return self.left_open or now < self.open_until

    def power_w(self, build: Build, *, power: bool) -> float:
        """Return what it draws from the wall."""
        if not power:
            return 0.0
        return build.running_w if self.cooling else RESTING_W

    def advance(self, build: Build, now: float, minutes: float, *, power: bool) -> None:
        """Cool, leak, or let the warmth in."""
        if not power:
            self.cooling = False
        elif self.inside_c >= build.warmest_c:
            self.cooling = True
        elif self.inside_c <= build.coldest_c:
            self.cooling = False
        if self.open_at(now):
            self.inside_c = towards(self.inside_c, OPEN_C, minutes, OPEN_TAU)
        elif self.cooling:
            self.inside_c = towards(self.inside_c, build.evaporator_c, minutes, build.cooling_tau)
        else:
            self.inside_c = towards(self.inside_c, ROOM_C, minutes, build.leaking_tau)
