"""A morning without Home Assistant: the same home, the same resident, the same decisions, in no time.

It teaches Cerebro's memory what earlier mornings were like, and measures how well the timing does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from .home import SPEECH_MINUTES, STEP, Home
from .resident import Resident, live
from .routine import Row, alarm_limits, steps
from .thought.routine.kinds import KINDS, Detector, DetectorSettings, Reading
from .thought.routine.learning import learn
from .thought.routine.model import (
    AlarmSettings,
    Anchor,
    DayKind,
    Knowledge,
    Routine,
    RoutineId,
    Situation,
    Step,
    StepId,
    StepKind,
)
from .thought.routine.run import CannotDo
from .thought.routine.state import (
    AlarmHeard,
    AnchorReached,
    BedChanged,
    Command,
    Commanded,
    Effect,
    EffectDone,
    Input,
    Noticed,
    ReleaseStep,
    Ring,
    RunId,
    RunPhase,
    RunState,
    Silence,
    StartStep,
    StepObserved,
    StepSign,
    Ticked,
)
from .thought.routine.turn import Turn, begin, turn

LONGEST: Final = 180.0
"""Home minutes after which a morning is given up."""
LEAD: Final = 2.0
"""Home minutes before the wake-up in which a rehearsal begins."""
ROLES: Final = (
    "bathroom_humidity",
    "bathroom_motion",
    "bedroom_motion",
    "coffee_machine",
    "coffee_power",
    "hall_motion",
    "kitchen_motion",
    "shower",
    "shower_temperature",
    "news_speaker",
    "thermostat",
)
MOTION: Final[Mapping[str, Anchor]] = {"kitchen_motion": Anchor.KITCHEN, "bathroom_motion": Anchor.BATHROOM}
NOTICED: Final = ("bedroom_motion", "hall_motion")
EMPTY_SHARE: Final = 0.1
"""A bed counts as left when it stays empty for this share of the asleep-again check, as for the senses."""
WAKE_UP: Final = datetime(2026, 1, 5, 7, tzinfo=UTC)


@dataclass(slots=True)
class Outcome:
    """How a rehearsed morning went."""

    run: RunState
    truth: dict[str, list[float]] = field(default_factory=dict)
    """The home minutes, from the wake-up, in which things happened."""

    def _pair(self, ready: str, arrived: str) -> float | None:
        came = self.truth.get(arrived)
        times = self.truth.get(ready, [])
        if not came or not times:
            return None
        return min(times, key=lambda at: abs(at - came[0])) - came[0]

    @property
    def coffee_late(self) -> float | None:
        """Home minutes from the arrival in the kitchen until the coffee was ready; negative is early."""
        return self._pair("coffee_ready", "at_coffee")

    @property
    def shower_late(self) -> float | None:
        """Home minutes from the arrival in the bathroom until the water was warm; negative is early."""
        return self._pair("water_warm", "at_shower")


def demo_routine(pace: float) -> Routine:
    """Return the demo's routine, at that many seconds for a home minute."""
    alarm: dict[str, Any] = {key: timedelta(seconds=value) for key, value in alarm_limits(pace).items()}
    return Routine(
        routine_id=RoutineId("demo"),
        name="Morning",
        occupants=(),
        steps=tuple(_step(row) for row in steps(pace)),
        alarm=AlarmSettings(**alarm, outputs=2),
    )


def _step(row: Row) -> Step:
    kind = StepKind(row["kind"])
    spec = KINDS[kind]
    lasts = {key: timedelta(seconds=value) for key, value in row.items() if key not in {"id", "kind"}}
    hazard = spec.hazard
    if hazard is not None:
        hazard = replace(
            hazard,
            max_on=lasts["max_on"],
            presence_within=lasts.get("presence_within", hazard.presence_within),
        )
    return Step(
        step_id=StepId(row["id"]),
        kind=kind,
        anchor=spec.anchor,
        ready_prior=lasts.get("ready", spec.ready),
        use_prior=lasts.get("use", spec.use),
        costs=spec.costs,
        hazard=hazard,
        resource=spec.resource,
        optional=kind is not StepKind.ALARM,
        evidence=spec.detector is not None,
        evidence_timeout=lasts["evidence_timeout"],
        ready_timeout=lasts["ready_timeout"],
        backoff=lasts["backoff"],
    )


class Rehearsal:
    """One morning."""

    def __init__(
        self, routine: Routine, knowledge: Knowledge, *, seed: int, day: int, pace: float, kind: DayKind
    ) -> None:
        """Take the routine, what is known, and which of the resident's mornings it is."""
        self.home = Home()
        self.resident = Resident(seed=seed, day=day)
        self._routine = routine
        self._knowledge = knowledge
        self._pace = pace
        self._situation = Situation(day_kind=kind)
        self._detectors: dict[StepId, Detector] = {}
        self._told: dict[str, object] = {}
        self._inputs: list[Input] = []
        self._bed_empty_since: float | None = None
        self._turn: Turn | None = None

    def live(self) -> Outcome:
        """Live the morning until the run has ended."""
        self.resident.begin(self.home)
        outcome: Outcome | None = None
        truth: dict[str, list[float]] = {}
        self._sense()
        self._inputs.clear()
        first = begin(
            self._routine,
            self._knowledge,
            self._situation,
            run_id=RunId("rehearsal"),
            wake_at=WAKE_UP,
            now=self._now,
        )
        self._commit(first)
        while outcome is None:
            live(self.home, self.resident, STEP)
            for happened in self.home.take_happened():
                truth.setdefault(happened.what, []).append(happened.at - LEAD)
                if happened.what == "reaches_for_snooze":
                    self._inputs.append(Commanded(command=Command.SNOOZE))
            self._sense()
            self._go_on()
            if self._run.phase is RunPhase.ENDED or self.home.now > LONGEST:
                outcome = Outcome(run=self._run, truth=truth)
        return outcome

    # The run.

    @property
    def _run(self) -> RunState:
        assert self._turn is not None  # noqa: S101 - begun before anything else
        return self._turn.run

    @property
    def _now(self) -> datetime:
        return WAKE_UP + timedelta(seconds=(self.home.now - LEAD) * self._pace)

    def _go_on(self) -> None:
        assert self._turn is not None  # noqa: S101 - begun before anything else
        again = self._turn.again_at
        if not self._inputs and again is not None and self._now >= again:
            self._inputs.append(Ticked())
        while self._inputs and self._run.phase is not RunPhase.ENDED:
            event = self._inputs.pop(0)
            try:
                taken = turn(self._routine, self._knowledge, self._situation, self._run, event, now=self._now)
            except CannotDo:
                continue
            self._commit(taken)

    def _commit(self, taken: Turn) -> None:
        self._turn = taken
        for effect in taken.effects:
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:
        speaker = self.home.bedroom_speaker
        match effect:
            case StartStep(step_id=step_id):
                self._expect(step_id)
                STARTS[step_id](self.home)
                self._inputs.append(EffectDone(effect=effect))
            case ReleaseStep(step_id=step_id):
                if (release := RELEASES.get(step_id)) is not None:
                    release(self.home)
                self._inputs.append(EffectDone(effect=effect))
            case Ring(volume=volume):
                speaker.volume = volume
                speaker.play("alarm", LONGEST)
                self._inputs += [EffectDone(effect=effect), AlarmHeard()]
            case Silence():
                speaker.stop()

    # The senses.

    def _expect(self, step_id: StepId) -> None:
        step = self._routine.step(step_id)
        spec = KINDS[step.kind]
        if spec.detector is not None:
            self._detectors[step_id] = spec.detector(
                DetectorSettings(
                    ready=step.ready_prior,
                    roles=frozenset(ROLES),
                    temperature_c=spec.defaults.get("temperature"),
                )
            )
        # What the step's sensors show at this moment is read by its detector, too.
        for role in spec.watches:
            self._told.pop(role, None)

    def _sense(self) -> None:
        self._sense_bed()
        for reading in readings(self.home):
            shown = (reading.state, reading.number)
            if self._told.get(reading.role) == shown:
                continue
            self._told[reading.role] = shown
            self._inputs += self._meaning(reading)
            for step_id, detector in self._detectors.items():
                if reading.role in KINDS[self._routine.step(step_id).kind].watches:
                    self._sign(step_id, detector.read(reading, self._now), reading.role)
        for step_id, detector in self._detectors.items():
            if detector.check_at is not None and self._now >= detector.check_at:
                self._sign(step_id, detector.check(self._now), "settled")

    def _sense_bed(self) -> None:
        occupied = self.home.bed_occupied
        if self._told.get("bed") != occupied:
            self._told["bed"] = occupied
            self._bed_empty_since = None if occupied else self.home.now
            if occupied:
                self._inputs.append(BedChanged(occupied=True))
        enough = self._routine.alarm.asleep_check_after.total_seconds() * EMPTY_SHARE / self._pace
        if self._bed_empty_since is not None and self.home.now - self._bed_empty_since >= enough:
            self._bed_empty_since = None
            self._inputs += [
                BedChanged(occupied=False),
                AnchorReached(anchor=Anchor.UP, source="bed"),
            ]

    def _meaning(self, reading: Reading) -> Iterator[Input]:
        """Yield what motion means; somebody who lies in bed moves nowhere else."""
        if reading.state != "on" or self.home.bed_occupied:
            return
        if (anchor := MOTION.get(reading.role)) is not None:
            yield AnchorReached(anchor=Anchor.UP, source="motion")
            yield AnchorReached(anchor=anchor, source="motion")
        elif reading.role in NOTICED:
            yield Noticed(label=reading.role)

    def _sign(self, step_id: StepId, sign: StepSign | None, source: str) -> None:
        if sign is not None:
            self._inputs.append(StepObserved(step_id=step_id, sign=sign, source=source))


def readings(home: Home) -> Iterator[Reading]:
    """Yield what the home's sensors show."""
    for room in ("bedroom", "hall", "bathroom", "kitchen"):
        yield Reading(role=f"{room}_motion", state="on" if home.motion(room) else "off")
    yield Reading(role="coffee_machine", state="on" if home.coffee.on else "off")
    yield Reading(role="coffee_power", state="", number=float(round(home.coffee.power_w)))
    yield Reading(role="shower", state="open" if home.shower.position > 0 else "closed")
    yield Reading(role="shower_temperature", state="", number=round(home.shower.water_c * 2) / 2)
    yield Reading(role="bathroom_humidity", state="", number=round(home.humidity * 2) / 2)
    yield Reading(role="news_speaker", state="playing" if home.kitchen_speaker.playing else "idle")
    yield Reading(role="thermostat", state="heat", number=round(home.thermostat.room_c, 1))


def _start_coffee(home: Home) -> None:
    home.coffee.switch(on=True)


def _stop_coffee(home: Home) -> None:
    home.coffee.switch(on=False)


def _open_shower(home: Home) -> None:
    home.shower.wanted_open = True


def _shut_shower(home: Home) -> None:
    home.shower.wanted_open = False


def _warm(home: Home) -> None:
    home.thermostat.target_c = 21.0


def _speak(home: Home) -> None:
    home.kitchen_speaker.play("news", SPEECH_MINUTES)


STARTS: Final[Mapping[str, Callable[[Home], None]]] = {
    "climate": _warm,
    "coffee": _start_coffee,
    "news": _speak,
    "shower": _open_shower,
}
RELEASES: Final[Mapping[str, Callable[[Home], None]]] = {
    "coffee": _stop_coffee,
    "shower": _shut_shower,
}


def live_through(
    *, seed: int, pace: float, days: int, kind: DayKind, last: date
) -> tuple[Knowledge, list[Outcome]]:
    """Live mornings one after the other, learning from each; return what is known then, and how they went."""
    routine = demo_routine(pace)
    knowledge = Knowledge()
    outcomes = []
    for day in range(days):
        outcome = Rehearsal(routine, knowledge, seed=seed, day=day, pace=pace, kind=kind).live()
        outcomes.append(outcome)
        when = last - timedelta(days=days - day)
        knowledge = learn(knowledge, outcome.run, kind=kind, day=when.isoformat())
    return knowledge, outcomes
