"""What the home shows of a run: states turned into anchors, evidence and danger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from homeassistant.const import STATE_HOME, STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..core.routine.kinds import Detector, DetectorSettings
from ..core.routine.model import Anchor, StepId
from ..core.routine.state import AnchorReached, BedChanged, Danger, Input, Noticed, StepObserved, StepSign
from .home import Home, is_known, reading, resolve
from .settings import RoutineSetup, StepSetup

MOTION: Final[Mapping[str, Anchor]] = {"kitchen_motion": Anchor.KITCHEN, "bathroom_motion": Anchor.BATHROOM}
"""The motion that says an anchor was reached."""
FRONT_DOOR: Final = "front_door"
NOTICED: Final[Mapping[str, str]] = {
    "bedroom_motion": "bedroom_motion",
    "hall_motion": "hall_motion",
    FRONT_DOOR: FRONT_DOOR,
}
"""What tells how a morning goes without being an anchor, with its label."""
DANGERS: Final = ("leak", "smoke")
EMPTY_SHARE: Final = 0.1
"""A bed counts as left when it stays empty for this share of the alarm's asleep-again check."""
AWAY_FOR: Final = timedelta(minutes=10)
"""A phone that has been away for this long is no stray: Wi-Fi is given up after three minutes, and a position
that leapt is put right by the next one, which a phone at rest sends some minutes later."""

SOURCE_TIME: Final = "time"
"""The source of a sign that rests on the time that passed: no evidence."""
SOURCE_SETTLED: Final = "settled"
"""The source of a sign that a sensor gave by staying as it was."""

type Tell = Callable[[Input], None]


class Senses:
    """Watches the entities of a routine and tells what they mean."""

    def __init__(self, hass: HomeAssistant, setup: RoutineSetup, home: Home, tell: Tell) -> None:
        """Take what to watch and whom to tell."""
        self._hass = hass
        self._setup = setup
        self._home = home
        self._tell = tell
        self._detectors: dict[StepId, Detector] = {}
        self._checks: dict[StepId, CALLBACK_TYPE] = {}
        self._unsubscribe: CALLBACK_TYPE | None = None
        self._bed_timer: CALLBACK_TYPE | None = None
        self._away_timer: CALLBACK_TYPE | None = None
        self._door_opened_at: datetime | None = None
        self._handlers: dict[str, list[Callable[[State], None]]] = {}
        """Who is told of the states of an entity, whatever it reports along with them."""
        self._readers: dict[str, list[Callable[[State], None]]] = {}
        """Who is told of its attributes too: a speaker's volume, a thermostat's temperature."""

    @callback
    def start(self) -> None:
        """Begin to watch: the entities as they are called now."""
        self.stop()
        for role in (*MOTION, *NOTICED):
            self._handle(self._home.entities(role), partial(self._moved, role))
        for role in DANGERS:
            self._handle(self._home.entities(role), partial(self._danger, role))
        self._handle(self._beds(), self._bed)
        self._handle(self._persons(), self._person)
        for setup in self._setup.steps.values():
            for role in setup.spec.watches:
                for entity_id in self._home.entities(role):
                    read = partial(self._read, setup.step.step_id, role)
                    self._readers.setdefault(entity_id, []).append(read)
            if setup.spec.fault is not None:
                self._handle(self._home.entities(setup.spec.fault), partial(self._fault, setup.step.step_id))
        if (since := self.away_since) is not None and not self.is_away:
            self._wait_for_absence(since)
        if watched := self._handlers.keys() | self._readers.keys():
            self._unsubscribe = async_track_state_change_event(self._hass, watched, self._changed)

    @callback
    def stop(self) -> None:
        """Stop watching."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None
        self._end_bed_timer()
        self._end_away_timer()
        self._door_opened_at = None
        for step_id in list(self._detectors):
            self.forget(step_id)
        self._handlers.clear()
        self._readers.clear()

    @property
    def bed_occupied(self) -> bool | None:
        """Whether an occupant lies in bed, or nothing where no bed tells."""
        states = [state for state in map(self._hass.states.get, self._beds()) if state and is_known(state)]
        return any(state.state == STATE_ON for state in states) if states else None

    @property
    def anyone_home(self) -> bool:
        """Whether an occupant is at home.

        A person whose place is not known counts as at home, and so does one who lies in bed: phones stray.
        """
        if self.bed_occupied:
            return True
        states = [state for state in map(self._hass.states.get, self._persons()) if state and is_known(state)]
        return not states or any(state.state == STATE_HOME for state in states)

    @property
    def away_since(self) -> datetime | None:
        """When the last occupant came to a place away from home (UTC); nothing while one may be at home."""
        if self.anyone_home:
            return None
        states = [state for state in map(self._hass.states.get, self._persons()) if state and is_known(state)]
        return max(state.last_changed for state in states)

    @property
    def is_away(self) -> bool:
        """Whether every occupant has been away for too long to be a phone that strays."""
        since = self.away_since
        return since is not None and dt_util.utcnow() - since >= AWAY_FOR

    @property
    def whereabouts(self) -> tuple[str, ...]:
        """The entities that tell whether an occupant is at home."""
        return (*self._persons(), *self._beds())

    def expect(self, setup: StepSetup) -> None:
        """Begin to look for evidence of an attempt at a step."""
        self.forget(setup.step.step_id)
        if setup.spec.detector is None:
            return
        temperature = setup.settings.get("temperature")
        self._detectors[setup.step.step_id] = setup.spec.detector(
            DetectorSettings(
                ready=setup.step.ready_prior,
                roles=self._home.telling,
                temperature_c=float(temperature) if temperature is not None else None,
            )
        )

    def look(self, setup: StepSetup) -> None:
        """Read what the entities of a step show at this moment."""
        for role in setup.spec.watches:
            if (state := self._home.foremost(role)) is not None:
                self._read(setup.step.step_id, role, state)

    def look_at_bed(self, known: bool | None) -> None:
        """Tell what a run does not know of the bed: a bed that was left before is no news to anybody."""
        occupied = self.bed_occupied
        if occupied and not known:
            self._tell(BedChanged(occupied=True))
        elif occupied is False and known:
            self._wait_for_empty_bed()

    def look_at_motion(self) -> None:
        """Tell what moves at this moment: a sensor that is on already tells nothing by itself."""
        for role in MOTION:
            for state in self._home.states(role):
                self._moved(role, state)

    def forget(self, step_id: StepId) -> None:
        """Stop looking for evidence of a step."""
        self._detectors.pop(step_id, None)
        if (check := self._checks.pop(step_id, None)) is not None:
            check()

    def _handle(self, entities: tuple[str, ...], handler: Callable[[State], None]) -> None:
        for entity_id in entities:
            self._handlers.setdefault(entity_id, []).append(handler)

    @callback
    def _changed(self, event: Event[EventStateChangedData]) -> None:
        new, old = event.data["new_state"], event.data["old_state"]
        if new is None or not is_known(new):
            return
        if old is None or old.state != new.state:
            for handler in self._handlers.get(new.entity_id, ()):
                handler(new)
        elif old.attributes == new.attributes:
            return
        for read in self._readers.get(new.entity_id, ()):
            read(new)

    def _moved(self, role: str, state: State) -> None:
        if state.state != STATE_ON:
            return
        # Somebody moves while the occupant lies in bed: it is somebody else.
        if self.bed_occupied:
            return
        if (anchor := MOTION.get(role)) is not None:
            source = "somebody" if self.bed_occupied is None else "motion"
            self._tell(AnchorReached(anchor=Anchor.UP, source=source))
            self._tell(AnchorReached(anchor=anchor, source=source))
            return
        self._tell(Noticed(label=NOTICED[role]))
        if role == FRONT_DOOR:
            self._door_opened_at = dt_util.utcnow()
            if not self.anyone_home:
                self._left(self._door_opened_at)

    def _danger(self, role: str, state: State) -> None:
        if state.state == STATE_ON:
            self._tell(Danger(source=role))

    def _bed(self, _: State) -> None:
        occupied = self.bed_occupied
        if occupied is not False:
            self._end_bed_timer()
        if occupied:
            self._tell(BedChanged(occupied=True))
        elif occupied is False and self._bed_timer is None:
            self._wait_for_empty_bed()

    def _wait_for_empty_bed(self) -> None:
        empty_for = self._setup.routine.alarm.asleep_check_after * EMPTY_SHARE
        self._bed_timer = async_track_point_in_utc_time(
            self._hass, self._bed_stayed_empty, dt_util.utcnow() + empty_for
        )

    @callback
    def _bed_stayed_empty(self, _: datetime) -> None:
        self._bed_timer = None
        self._tell(BedChanged(occupied=False))
        self._tell(AnchorReached(anchor=Anchor.UP, source="bed"))

    def _end_bed_timer(self) -> None:
        if self._bed_timer is not None:
            self._bed_timer()
            self._bed_timer = None

    def _person(self, _: State) -> None:
        if self.anyone_home:
            self._end_away_timer()
            return
        self._tell(AnchorReached(anchor=Anchor.LEAVE, source="person"))
        now = dt_util.utcnow()
        if self._door_opened_at is not None and now - self._door_opened_at < AWAY_FOR:
            self._left(now)
        elif self._away_timer is None:
            self._wait_for_absence(now)

    def _wait_for_absence(self, since: datetime) -> None:
        self._away_timer = async_track_point_in_utc_time(self._hass, self._left, since + AWAY_FOR)

    @callback
    def _left(self, _: datetime) -> None:
        """Tell that everybody has left: the front door opened for it, or they have been away for long."""
        self._end_away_timer()
        self._tell(AnchorReached(anchor=Anchor.LEAVE, source="absence"))

    def _end_away_timer(self) -> None:
        if self._away_timer is not None:
            self._away_timer()
            self._away_timer = None

    def _fault(self, step_id: StepId, state: State) -> None:
        if state.state == STATE_ON and step_id in self._detectors:
            self._tell(StepObserved(step_id=step_id, sign=StepSign.FAULT, source="fault"))
        elif state.state == STATE_OFF:
            self._tell(Noticed(label=f"fault_cleared_{step_id}"))

    def _read(self, step_id: StepId, role: str, state: State) -> None:
        detector = self._detectors.get(step_id)
        foremost = self._home.foremost(role)
        # A second speaker that is silent says nothing of the one that plays.
        if detector is None or foremost is None or foremost.entity_id != state.entity_id:
            return
        now = dt_util.utcnow()
        read = reading(role, state, temperature_unit=self._hass.config.units.temperature_unit)
        if (sign := detector.read(read, now)) is not None:
            self._tell(StepObserved(step_id=step_id, sign=sign, source=role))
        self._schedule_check(step_id, detector, now)

    def _schedule_check(self, step_id: StepId, detector: Detector, now: datetime) -> None:
        if (check := self._checks.pop(step_id, None)) is not None:
            check()
        if (at := detector.check_at) is None:
            return

        @callback
        def ask(moment: datetime) -> None:
            self._checks.pop(step_id, None)
            if self._detectors.get(step_id) is not detector:
                return
            if (sign := detector.check(moment)) is not None:
                source = SOURCE_TIME if detector.by_time else SOURCE_SETTLED
                self._tell(StepObserved(step_id=step_id, sign=sign, source=source))
            else:
                self._schedule_check(step_id, detector, moment)

        self._checks[step_id] = async_track_point_in_utc_time(
            self._hass, ask, max(at, now + timedelta(milliseconds=10))
        )

    def _beds(self) -> tuple[str, ...]:
        refs = [ref for occupant in self._setup.occupants for ref in occupant.bed]
        return resolve(er.async_get(self._hass), refs)

    def _persons(self) -> tuple[str, ...]:
        refs = [occupant.person for occupant in self._setup.occupants if occupant.person is not None]
        return resolve(er.async_get(self._hass), refs)
