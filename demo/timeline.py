"""What a morning looks like: each thing that happens, as it happens, on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
import json
import sys
from typing import Any, Final, TextIO

from .api import Json
from .clock import Clock
from .phone import Notification
from .process import ROOT

COLOURS: Final[Mapping[str, str]] = {
    "home": "32",
    "Cerebro": "1;35",
    "Ada": "1;36",
    "phone": "33",
}

TELLS: Final[Mapping[str, str]] = {
    "asleep": "sleeps",
    "stirring": "hears the alarm",
    "reaches_for_snooze": "reaches for the phone: snooze",
    "dozing": "dozes",
    "lingering": "lies awake",
    "rising": "gets up",
    "to_bathroom": "walks through the hall",
    "at_shower": "is in the bathroom",
    "showering": "showers",
    "towel": "dries off",
    "to_bedroom": "walks back",
    "dressing": "dresses",
    "to_kitchen": "walks through the hall",
    "at_coffee": "is in the kitchen",
    "drinking": "drinks coffee",
    "shoes": "puts shoes on",
    "gone": "leaves",
    "coffee_ready": "the coffee is ready",
    "water_warm": "the shower is warm",
    "opens_the_water_by_hand": "opens the water by hand",
    "switches_the_coffee_on_by_hand": "switches the coffee machine on by hand",
}
BY_THE_HOME: Final = frozenset({"coffee_ready", "water_warm"})

HEATING_W: Final = 150.0
IDLE_W: Final = 20.0
EVENTS_FILE: Final = ROOT / "custom_components" / "cerebro" / "translations" / "en.json"


@dataclass(slots=True)
class Seen:
    """What the timeline collected for the summary."""

    truth: dict[str, list[float]] = field(default_factory=dict)
    """The home minutes in which things really happened, by what happened."""
    happenings: list[Json] = field(default_factory=list)
    """What Cerebro told, with the moment in ``at``."""
    notifications: int = 0

    def last(self, what: str, before: float | None = None) -> float | None:
        """Return the last home minute in which something happened, before another if one is given."""
        times = [at for at in self.truth.get(what, ()) if before is None or at <= before]
        return times[-1] if times else None


class Timeline:
    """Prints what happens."""

    def __init__(self, clock: Clock, *, out: TextIO | None = None, colour: bool | None = None) -> None:
        """Take the clock; colours only where a person looks."""
        self.seen = Seen()
        self.on_happened: Callable[[str], None] = lambda _: None
        """Called with each thing that happens to the resident or the home."""
        self.on_told: Callable[[Json], None] = lambda _: None
        """Called with each thing that Cerebro tells."""
        self._clock = clock
        self._out = out or sys.stdout
        self._colour = self._out.isatty() if colour is None else colour
        self._names = _event_names()
        self._power_high = False

    def happened(self, event: Json) -> None:
        """Take what really happened in the home."""
        data, at = event["data"], datetime.fromisoformat(event["time_fired"])
        what = data["what"]
        self.seen.truth.setdefault(what, []).append(data["minute"])
        who = "home" if what in BY_THE_HOME else "Ada"
        self.line(at, who, TELLS.get(what, what))
        self.on_happened(what)

    def changed(self, event: Json) -> None:
        """Take a change of a state."""
        data = event["data"]
        new, old = data.get("new_state"), data.get("old_state")
        if new is None:
            return
        at = datetime.fromisoformat(event["time_fired"])
        if new["entity_id"].startswith("event.") and "run_id" in new["attributes"]:
            if old is None or old["state"] != new["state"]:
                self._told(at, new["attributes"])
        elif (shown := self._evidence(new, old)) is not None:
            self.line(at, "home", shown)

    def notified(self, whose: str, notification: Notification) -> None:
        """Take a notification that arrived on a phone."""
        self.seen.notifications += 1
        if notification.message == "clear_notification":
            self.line(notification.at, "phone", f"{whose}: cleared")
            return
        buttons = " ".join(f"[{action['title']}]" for action in notification.actions)
        message = " ".join(notification.message.split())
        self.line(notification.at, "phone", f"{whose} shows: {message} {buttons}".rstrip())

    def tapped(self, whose: str, button: str, at: datetime) -> None:
        """Take a tap on a button."""
        self.line(at, "phone", f"{whose}: taps [{button}]")

    def line(self, at: datetime, who: str, what: str) -> None:
        """Print a line."""
        seconds = self._clock.seconds(at)
        shown = f"{who:<8}"
        if self._colour:
            shown = f"\x1b[{COLOURS.get(who, '0')}m{shown}\x1b[0m"
        print(f"{self._clock.show(at)}  {seconds:+6.1f} s  {shown} {what}", file=self._out, flush=True)

    def _told(self, at: datetime, attributes: Json) -> None:
        told = {**attributes, "at": at}
        self.seen.happenings.append(told)
        name = self._names.get(attributes["event_type"], attributes["event_type"].replace("_", " "))
        self.line(at, "Cerebro", attributes.get("reason") or name)
        self.on_told(told)

    def _evidence(self, new: Json, old: Json | None) -> str | None:
        """Return what a change of the home's own entities tells, if it is worth a line."""
        entity_id, state = new["entity_id"], new["state"]
        before = None if old is None else old["state"]
        name = new["attributes"].get("friendly_name", entity_id)
        if entity_id == "sensor.coffee_machine_power":
            return self._power(name, state)
        if entity_id.startswith("media_player."):
            return _speaker(name, new, old)
        if before == state or before in {None, "unknown"}:
            return None
        if entity_id in WATCHED:
            return f"{name}: {state}"
        return None

    def _power(self, name: str, state: str) -> str | None:
        try:
            watts = float(state)
        except ValueError:
            return None
        if watts >= HEATING_W and not self._power_high:
            self._power_high = True
            return f"{name}: rises"
        if watts <= IDLE_W and self._power_high:
            self._power_high = False
            return f"{name}: falls back"
        return None


WATCHED: Final = frozenset(
    {
        "binary_sensor.bathroom_motion",
        "binary_sensor.bedroom_bed_occupancy",
        "binary_sensor.coffee_machine_water_empty",
        "binary_sensor.front_door",
        "binary_sensor.kitchen_motion",
        "light.bedroom_light",
        "light.kitchen_light",
        "person.ada",
        "switch.coffee_machine",
        "valve.shower_valve",
    }
)


def _speaker(name: str, new: Mapping[str, Any], old: Mapping[str, Any] | None) -> str | None:
    volume = new["attributes"].get("volume_level")
    louder = old is not None and volume != old["attributes"].get("volume_level")
    if old is None or (new["state"] == old["state"] and not (louder and new["state"] == "playing")):
        return None
    return f"{name}: {new['state']} at {volume:.0%}" if new["state"] == "playing" else f"{name}: silent"


def _event_names() -> Mapping[str, str]:
    """Return what Cerebro calls the things that happen, in English."""
    texts = json.loads(EVENTS_FILE.read_text())
    for key in ("entity", "event", "happening", "state_attributes", "event_type", "state"):
        texts = texts.get(key, {})
    return {str(key): str(name) for key, name in texts.items()}
