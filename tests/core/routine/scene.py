"""A run on a stage: time that passes in its own steps, and hands that do what is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from custom_components.cerebro.core.routine.kinds import KINDS
from custom_components.cerebro.core.routine.model import (
    AlarmSettings,
    Anchor,
    Knowledge,
    Routine,
    RoutineId,
    Situation,
    Step,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.state import (
    AnchorReached,
    Announce,
    Command,
    Commanded,
    Effect,
    EffectDone,
    EffectFailed,
    Happening,
    Input,
    ReleaseStep,
    RunId,
    RunState,
    StartStep,
    StepObserved,
    StepPhase,
    StepProgress,
    StepSign,
    Ticked,
)
from custom_components.cerebro.core.routine.turn import Turn, begin, turn

from .strategies import WAKE

MOST_TURNS = 12_000


def step(
    kind: StepKind, step_id: str | None = None, *, after: tuple[str, ...] = (), **changes: object
) -> Step:
    """Return a step of a kind with the kind's own values."""
    spec = KINDS[kind]
    made = Step(
        step_id=StepId(step_id or kind.value),
        kind=kind,
        anchor=spec.anchor,
        after=frozenset(map(StepId, after)),
        ready_prior=spec.ready,
        use_prior=spec.use,
        costs=spec.costs,
        hazard=spec.hazard,
        resource=spec.resource,
        optional=kind is not StepKind.ALARM,
        evidence=spec.detector is not None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def routine(*steps: Step | StepKind, **alarm: object) -> Routine:
    """Return a routine of steps, or of kinds of steps, with an alarm that rings so."""
    return Routine(
        routine_id=RoutineId("morning"),
        name="Ada’s morning",
        occupants=(),
        steps=tuple(one if isinstance(one, Step) else step(one) for one in steps),
        alarm=AlarmSettings(**alarm),  # type: ignore[arg-type]
    )


@dataclass
class Scene:
    """A run, told what happens at minutes before or after the wake-up."""

    routine: Routine
    start: float = -10.0
    known: Knowledge = field(default_factory=Knowledge)
    day: Situation = field(default_factory=Situation)
    stuck: tuple[str, ...] = ()
    """The steps whose output does not go off."""
    lazy: bool = False
    """Whether what is asked is left undone until :meth:`perform`."""
    before: RunState | None = None
    made: Turn = field(init=False)
    now: datetime = field(init=False)
    effects: list[Effect] = field(default_factory=list)
    turns: int = 0

    def __post_init__(self) -> None:
        """Begin."""
        self.now = WAKE + timedelta(minutes=self.start)
        self.take(
            begin(
                self.routine,
                self.known,
                self.day,
                run_id=RunId("01RUN"),
                wake_at=WAKE,
                now=self.now,
                before=self.before,
            )
        )

    @property
    def run(self) -> RunState:
        return self.made.run

    def progress(self, step_id: str) -> StepProgress:
        return self.run.steps[StepId(step_id)]

    def phase(self, step_id: str) -> StepPhase:
        return self.progress(step_id).phase

    def tell(self, event: Input) -> Scene:
        """Go one turn on."""
        self.take(turn(self.routine, self.known, self.day, self.run, event, now=self.now))
        return self

    def take(self, made: Turn) -> None:
        self.made = made
        self.turns += 1
        self.effects += made.effects
        if not self.lazy:
            for effect in made.effects:
                self.perform(effect)

    def perform(self, effect: Effect) -> None:
        """Do what was asked, and tell the run."""
        if isinstance(effect, Announce):
            return
        if isinstance(effect, ReleaseStep) and effect.step_id in self.stuck:
            self.tell(EffectFailed(effect=effect, error="still_on"))
        else:
            self.tell(EffectDone(effect=effect))

    def until(self, minute: float) -> Scene:
        """Let time pass, with a turn whenever the run asks for one."""
        end = WAKE + timedelta(minutes=minute)
        while self.made.again_at is not None and self.made.again_at <= end:
            assert self.turns < MOST_TURNS, "it turns in circles"
            self.now = max(self.now, self.made.again_at)
            self.tell(Ticked())
        self.now = max(self.now, end)
        return self

    def reaches(self, *anchors: Anchor) -> Scene:
        for anchor in anchors:
            self.tell(AnchorReached(anchor=anchor, source="motion"))
        return self

    def shows(self, step_id: str, *signs: StepSign, source: str = "power") -> Scene:
        for sign in signs:
            self.tell(StepObserved(step_id=StepId(step_id), sign=sign, source=source))
        return self

    def command(self, command: Command, step_id: str | None = None) -> Scene:
        return self.tell(Commanded(command=command, step_id=None if step_id is None else StepId(step_id)))

    def starts(self, step_id: str) -> int:
        """Return how often a step was asked for."""
        return sum(isinstance(one, StartStep) and one.step_id == step_id for one in self.effects)

    def releases(self, step_id: str) -> int:
        """Return how often a step's output was asked to be off."""
        return self.effects.count(ReleaseStep(step_id=StepId(step_id)))

    def told(self, event: Happening, step_id: str | None = None) -> list[Announce]:
        """Return what the home was told of a kind."""
        return [
            one
            for one in self.effects
            if isinstance(one, Announce) and one.event is event and step_id in (None, one.step_id)
        ]
