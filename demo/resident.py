"""A resident of the demo home: sleeps, snoozes, lingers, showers, drinks, leaves, and minds the home.

A resident is a table of stages. Their durations are drawn from the seed and the day, so that the same
morning can be lived again; what the home does (an alarm that rings, water that is warm) moves them on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
import random
from typing import Any, Final

from .home import STEP, Home, Place

AUDIBLE: Final = 0.03
"""Below this volume (0 to 1) nobody wakes up."""
UNANSWERED: Final = 2.0
"""An alarm that still rings this many minutes after the resident reached for *Snooze* was not snoozed."""
FORGOTTEN: Final = 15.0
"""After this many minutes of silence a dozing resident wakes by themselves."""
PATIENCE: Final = 2.0
"""Minutes a resident stands before a machine that does nothing before they switch it on by hand."""


class Stage(StrEnum):
    """What a resident is doing."""

    ASLEEP = "asleep"
    STIRRING = "stirring"
    """Heard the alarm, has not moved yet."""
    DOZING = "dozing"
    """Asked for a snooze."""
    LINGERING = "lingering"
    """Awake in bed."""
    RISING = "rising"
    TO_BATHROOM = "to_bathroom"
    AT_SHOWER = "at_shower"
    """In the bathroom, waiting for warm water."""
    SHOWERING = "showering"
    TOWEL = "towel"
    TO_BEDROOM = "to_bedroom"
    DRESSING = "dressing"
    TO_KITCHEN = "to_kitchen"
    AT_COFFEE = "at_coffee"
    """In the kitchen, waiting for coffee."""
    DRINKING = "drinking"
    SHOES = "shoes"
    GONE = "gone"


PLACES: Final[Mapping[Stage, Place]] = {
    Stage.ASLEEP: Place.BED,
    Stage.STIRRING: Place.BED,
    Stage.DOZING: Place.BED,
    Stage.LINGERING: Place.BED,
    Stage.RISING: Place.BEDROOM,
    Stage.TO_BATHROOM: Place.HALL,
    Stage.AT_SHOWER: Place.BATHROOM,
    Stage.SHOWERING: Place.SHOWER,
    Stage.TOWEL: Place.BATHROOM,
    Stage.TO_BEDROOM: Place.HALL,
    Stage.DRESSING: Place.BEDROOM,
    Stage.TO_KITCHEN: Place.HALL,
    Stage.AT_COFFEE: Place.KITCHEN,
    Stage.DRINKING: Place.KITCHEN,
    Stage.SHOES: Place.HALL,
    Stage.GONE: Place.AWAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mood:
    """How long a resident takes for everything this morning, in minutes."""

    deaf_for: float
    """How long the alarm rings until it is heard."""
    snoozes: int
    reach: float
    """From waking to reaching for the phone."""
    linger: float
    rise: float
    walk: float
    undress: float
    shower: float
    towel: float
    dress: float
    drink: float
    shoes: float

    @classmethod
    def drawn(cls, seed: int, day: int) -> Mood:
        """Draw a morning: lying in is what differs most, the ways through the home least."""
        # A string seed is hashed the same way in every process.
        draw = random.Random(f"{seed}/{day}")
        return cls(
            deaf_for=_normal(draw, 0.4, 0.1),
            snoozes=draw.choices((0, 1, 2), weights=(4, 5, 1))[0],
            reach=_normal(draw, 0.6, 0.15),
            linger=min(8.0, draw.lognormvariate(1.1, 0.5)),
            rise=_normal(draw, 1.8, 0.2),
            walk=_normal(draw, 0.4, 0.04),
            undress=_normal(draw, 0.4, 0.05),
            shower=_normal(draw, 6.0, 0.7),
            towel=_normal(draw, 1.8, 0.15),
            dress=_normal(draw, 5.4, 0.3),
            drink=_normal(draw, 6.0, 1.0),
            shoes=_normal(draw, 1.2, 0.2),
        )


@dataclass(slots=True, kw_only=True)
class Resident:
    """Somebody who lives in the demo home."""

    seed: int
    day: int = 0
    """Which of their mornings this is: each is different, and always the same."""
    name: str = "ada"
    stage: Stage = Stage.ASLEEP
    since: float = 0.0
    """The home minute in which the stage began."""
    awake: bool = False
    """Whether the morning has begun: a resident who is not awake stays as they are."""
    ringing_since: float | None = None
    silent_since: float = 0.0
    snoozed: int = 0
    mood: Mood = field(init=False)

    def __post_init__(self) -> None:
        """Draw the morning."""
        self.mood = Mood.drawn(self.seed, self.day)

    def begin(self, home: Home) -> None:
        """Lie in bed in the night before this morning."""
        self.awake = True
        self.snoozed = 0
        # Put there, not walked there: no door opens in the night.
        home.places[self.name] = Place.BED
        self._enter(Stage.ASLEEP, home)
        home.coffee.switch(on=False)

    def advance(self, home: Home) -> None:
        """Do what is to be done at the home's present minute."""
        self._listen(home)
        if not self.awake:
            return
        while (following := RULES[self.stage](self, home)) is not None:
            self._enter(following, home)

    def for_minutes(self, home: Home) -> float:
        """Return how long the present stage has lasted."""
        return home.now - self.since

    def _enter(self, stage: Stage, home: Home) -> None:
        self.stage, self.since = stage, home.now
        home.move(self.name, PLACES[stage])
        home.note(stage.value)
        if (act := ON_ENTRY.get(stage)) is not None:
            act(home)
        if stage is Stage.GONE:
            self.awake = False

    def _listen(self, home: Home) -> None:
        heard = any(one.playing and not one.muted and one.volume >= AUDIBLE for one in home.speakers)
        if not heard:
            self.ringing_since, self.silent_since = None, home.now
        elif self.ringing_since is None:
            self.ringing_since = home.now

    def to_dict(self) -> dict[str, Any]:
        """Return the resident as plain values."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.init}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Resident:
        """Return a resident from plain values."""
        return cls(**{**data, "stage": Stage(data["stage"])})


def live(home: Home, resident: Resident, minutes: float) -> None:
    """Let minutes pass in the home and for its resident."""
    while minutes > 0:
        step = min(STEP, minutes)
        minutes -= step
        home.advance(step)
        resident.advance(home)


def _normal(draw: random.Random, mean: float, deviation: float) -> float:
    """Return a normal draw, cut at two deviations."""
    return max(mean - 2 * deviation, min(mean + 2 * deviation, draw.gauss(mean, deviation)))


type Rule = Callable[[Resident, Home], Stage | None]


def _lasts(minutes: Callable[[Mood], float], following: Stage) -> Rule:
    """Return the rule of a stage that takes its time, whatever the home does."""

    def rule(resident: Resident, home: Home) -> Stage | None:
        return following if resident.for_minutes(home) >= minutes(resident.mood) else None

    return rule


def _asleep(resident: Resident, home: Home) -> Stage | None:
    ringing = resident.ringing_since
    return Stage.STIRRING if ringing is not None and home.now - ringing >= resident.mood.deaf_for else None


def _stirring(resident: Resident, home: Home) -> Stage | None:
    if resident.for_minutes(home) < resident.mood.reach:
        return None
    if resident.snoozed >= resident.mood.snoozes:
        return Stage.LINGERING
    resident.snoozed += 1
    home.note("reaches_for_snooze")
    return Stage.DOZING


def _dozing(resident: Resident, home: Home) -> Stage | None:
    if resident.ringing_since is None:
        return Stage.LINGERING if resident.for_minutes(home) >= FORGOTTEN else None
    rang_anew = resident.ringing_since > resident.since
    if rang_anew:
        heard = home.now - resident.ringing_since >= resident.mood.deaf_for
        return Stage.STIRRING if heard else None
    return Stage.LINGERING if resident.for_minutes(home) >= UNANSWERED else None


def _at_shower(resident: Resident, home: Home) -> Stage | None:
    waited = resident.for_minutes(home)
    if home.shower.warm and waited >= resident.mood.undress:
        return Stage.SHOWERING
    if waited >= PATIENCE and not home.shower.wanted_open:
        home.note("opens_the_water_by_hand")
        home.shower.wanted_open = True
    # Cold water that stays cold: wash at the basin.
    return Stage.TOWEL if waited >= 3 * PATIENCE else None


def _at_coffee(resident: Resident, home: Home) -> Stage | None:
    if home.coffee.ready:
        return Stage.DRINKING
    waited = resident.for_minutes(home)
    if waited >= PATIENCE and not home.coffee.on:
        home.note("switches_the_coffee_on_by_hand")
        home.coffee.switch(on=True)
    # A machine that does not brew: leave without coffee.
    return Stage.SHOES if waited >= 5 * PATIENCE else None


RULES: Final[Mapping[Stage, Rule]] = {
    Stage.ASLEEP: _asleep,
    Stage.STIRRING: _stirring,
    Stage.DOZING: _dozing,
    Stage.LINGERING: _lasts(lambda mood: mood.linger, Stage.RISING),
    Stage.RISING: _lasts(lambda mood: mood.rise, Stage.TO_BATHROOM),
    Stage.TO_BATHROOM: _lasts(lambda mood: mood.walk, Stage.AT_SHOWER),
    Stage.AT_SHOWER: _at_shower,
    Stage.SHOWERING: _lasts(lambda mood: mood.shower, Stage.TOWEL),
    Stage.TOWEL: _lasts(lambda mood: mood.towel, Stage.TO_BEDROOM),
    Stage.TO_BEDROOM: _lasts(lambda mood: mood.walk, Stage.DRESSING),
    Stage.DRESSING: _lasts(lambda mood: mood.dress, Stage.TO_KITCHEN),
    Stage.TO_KITCHEN: _lasts(lambda mood: mood.walk, Stage.AT_COFFEE),
    Stage.AT_COFFEE: _at_coffee,
    Stage.DRINKING: _lasts(lambda mood: mood.drink, Stage.SHOES),
    Stage.SHOES: _lasts(lambda mood: mood.shoes, Stage.GONE),
    Stage.GONE: lambda resident, home: None,  # noqa: ARG005
}
"""When each stage is over, and what follows."""


def _shut_the_water(home: Home) -> None:
    home.shower.wanted_open = False


ON_ENTRY: Final[Mapping[Stage, Callable[[Home], None]]] = {
    Stage.TOWEL: _shut_the_water,
    Stage.DRINKING: Home.open_fridge,
}
"""What the resident does to the home when a stage begins."""
