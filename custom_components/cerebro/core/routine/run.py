"""The run as a state machine: the legal moves, and the one place through which each of them goes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from ..reason import Reason
from .model import Anchor, Routine, Step, StepId, StepKind
from .state import (
    AlarmPhase,
    AlarmState,
    Announce,
    Effect,
    Ending,
    Happening,
    ReleaseStep,
    RunPhase,
    RunState,
    StartStep,
    StepPhase,
    StepProgress,
)

STEP_MOVES: Final[Mapping[StepPhase, frozenset[StepPhase]]] = {
    StepPhase.PENDING: frozenset({StepPhase.STARTING, StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED}),
    StepPhase.STARTING: frozenset(
        {
            StepPhase.PENDING,
            StepPhase.RUNNING,
            StepPhase.READY,
            StepPhase.DONE,
            StepPhase.SKIPPED,
            StepPhase.FAILED,
        }
    ),
    StepPhase.RUNNING: frozenset(
        {StepPhase.PENDING, StepPhase.READY, StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED}
    ),
    StepPhase.READY: frozenset({StepPhase.PENDING, StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED}),
    StepPhase.DONE: frozenset(),
    StepPhase.SKIPPED: frozenset(),
    StepPhase.FAILED: frozenset(),
}
"""Where a step may go. Back to pending goes what is tried again or was put off before it was used."""

RUN_MOVES: Final[Mapping[RunPhase, frozenset[RunPhase]]] = {
    RunPhase.WAKING: frozenset({RunPhase.RUNNING, RunPhase.PAUSED, RunPhase.ATTENTION, RunPhase.ENDED}),
    RunPhase.RUNNING: frozenset({RunPhase.WAKING, RunPhase.PAUSED, RunPhase.ATTENTION, RunPhase.ENDED}),
    RunPhase.PAUSED: frozenset({RunPhase.WAKING, RunPhase.RUNNING, RunPhase.ATTENTION, RunPhase.ENDED}),
    RunPhase.ATTENTION: frozenset({RunPhase.WAKING, RunPhase.RUNNING, RunPhase.PAUSED, RunPhase.ENDED}),
    RunPhase.ENDED: frozenset(),
}
"""Where a run may go."""

OVER: Final = frozenset({StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED})
ACTIVE: Final = frozenset({StepPhase.STARTING, StepPhase.RUNNING, StepPhase.READY})
ASLEEP: Final = frozenset({AlarmPhase.SILENT, AlarmPhase.RINGING, AlarmPhase.SNOOZED})
"""While the alarm is here, nobody has answered it."""
RELEASE_PATIENCE: Final = timedelta(minutes=2)
"""An output that was asked to be off, and of which no answer came in this time, is asked again."""


class IllegalMoveError(Exception):
    """A move that the table does not allow."""


class CannotDo(Exception):  # noqa: N818 - it is an answer more than an error
    """A command that the run cannot carry out now; ``reason_key`` is a key of the exceptions' texts."""

    def __init__(self, reason_key: str) -> None:
        """Take the key."""
        super().__init__(reason_key)
        self.reason_key = reason_key


@dataclass(slots=True)
class Draft:
    """A turn being made: the run as it becomes, and what it asks to be done."""

    routine: Routine
    run: RunState
    now: datetime
    effects: list[Effect] = field(default_factory=list)
    _before: RunState = field(init=False)

    def __post_init__(self) -> None:
        """Remember the run as it was."""
        self._before = self.run

    # Reading.

    @property
    def changed(self) -> bool:
        """Whether the turn made anything of the run that must be written down."""
        return bool(self.effects) or self.run != self._before

    def progress(self, step_id: StepId) -> StepProgress:
        """Return how far a step is."""
        return self.run.steps[step_id]

    @property
    def is_up(self) -> bool:
        """Whether there is evidence that an occupant is up."""
        return Anchor.UP in self.run.anchors and self.run.in_bed is not True

    @property
    def closing(self) -> bool:
        """Whether the run is over but for outputs that must be seen off."""
        return self.run.ending is not None

    def steps(self, wanted: Callable[[Step, StepProgress], bool]) -> list[Step]:
        """Return the steps of which something holds, the alarm left out."""
        return [
            step
            for step in self.routine.steps
            if step.kind is not StepKind.ALARM and wanted(step, self.progress(step.step_id))
        ]

    @property
    def alarm_step(self) -> Step | None:
        """The alarm's own step."""
        return next((step for step in self.routine.steps if step.kind is StepKind.ALARM), None)

    # Writing.

    def ask(self, effect: Effect) -> None:
        """Ask for an effect."""
        self.effects.append(effect)

    def announce(self, event: Happening, step_id: StepId | None = None, reason: Reason | None = None) -> None:
        """Tell the home what happened."""
        self.ask(Announce(event=event, step_id=step_id, reason=reason))

    def set(self, **changes: object) -> None:
        """Change the run's plain fields; its phase moves by :meth:`move_run` only."""
        if "phase" in changes:
            raise IllegalMoveError("phase")
        self.run = replace(self.run, **changes)  # type: ignore[arg-type]

    def set_alarm(self, alarm: AlarmState) -> None:
        """Change the alarm."""
        self.set(alarm=alarm)

    def set_step(self, step_id: StepId, **changes: object) -> None:
        """Change a step's plain fields; its phase moves by :meth:`move_step` only."""
        if "phase" in changes:
            raise IllegalMoveError("phase")
        self._put(step_id, replace(self.progress(step_id), **changes))  # type: ignore[arg-type]

    def move_step(self, step_id: StepId, phase: StepPhase, **changes: object) -> None:
        """Move a step.

        Raises:
            IllegalMoveError: when the table does not allow it.
        """
        progress = self.progress(step_id)
        if phase not in STEP_MOVES[progress.phase]:
            raise IllegalMoveError(f"{step_id}: {progress.phase} -> {phase}")
        self._put(step_id, replace(progress, phase=phase, **changes))  # type: ignore[arg-type]

    def move_run(self, phase: RunPhase, **changes: object) -> None:
        """Move the run; staying where it is changes nothing.

        Raises:
            IllegalMoveError: when the table does not allow it.
        """
        if phase is self.run.phase:
            return
        if phase not in RUN_MOVES[self.run.phase]:
            raise IllegalMoveError(f"{self.run.phase} -> {phase}")
        self.run = replace(self.run, phase=phase, **changes)  # type: ignore[arg-type]

    # Moves made of several.

    def start(self, step: Step, reason: Reason | None) -> None:
        """Ask for a step, and note that its output may be on from here."""
        progress = self.progress(step.step_id)
        attempt = progress.attempts + 1
        self.move_step(
            step.step_id,
            StepPhase.STARTING,
            attempts=attempt,
            asked_at=self.now,
            retry_at=None,
            began_at=None,
            ready_at=None,
            ready_seen=False,
            met_at=self.now if self._is_there(step) else None,
            on_since=self.now if step.hazard is not None else None,
            reason=reason,
        )
        self.announce(Happening.STEP_DUE, step.step_id, reason)
        self.ask(StartStep(step_id=step.step_id, attempt=attempt))

    def end_step(
        self, step: Step, phase: StepPhase, reason: Reason | None = None, *, by_evidence: bool | None = None
    ) -> None:
        """End a step, with its hazardous output put off."""
        progress = self.progress(step.step_id)
        evidence = progress.by_evidence if by_evidence is None else by_evidence
        was_active = progress.phase in ACTIVE
        self.move_step(
            step.step_id,
            phase,
            ended_at=self.now,
            by_evidence=evidence,
            retry_at=None,
            reason=reason or progress.reason,
        )
        self.announce(
            {
                StepPhase.DONE: Happening.STEP_DONE,
                StepPhase.SKIPPED: Happening.STEP_SKIPPED,
                StepPhase.FAILED: Happening.STEP_FAILED,
            }[phase],
            step.step_id,
            reason,
        )
        self.release(step, also_harmless=was_active and phase is not StepPhase.DONE)

    def hold_back(self, step: Step, reason: Reason, *, retry_at: datetime | None = None) -> None:
        """Put an active step off and let it start again later."""
        self.move_step(step.step_id, StepPhase.PENDING, retry_at=retry_at, reason=reason)
        self.release(step, also_harmless=True)

    def release(self, step: Step, *, also_harmless: bool = False) -> None:
        """Put a step's output off; a hazardous one stays noted as on until it was seen off."""
        progress = self.progress(step.step_id)
        if step.hazard is None:
            if also_harmless:
                self.ask(ReleaseStep(step_id=step.step_id))
            return
        if progress.on_since is None or progress.releasing:
            return
        self.put_off(step.step_id, tries=1)

    def put_off(self, step_id: StepId, *, tries: int) -> None:
        """Ask for a hazardous output to be off, and to be asked again should no answer come."""
        again = self.now + RELEASE_PATIENCE
        self.set_step(step_id, releasing=True, release_tries=tries, release_again_at=again)
        self.ask(ReleaseStep(step_id=step_id))

    def call_attention(self, reason: Reason) -> None:
        """Say that the person is needed; the other steps go on."""
        if self.run.attention == reason:
            return
        if self.run.phase is not RunPhase.ATTENTION:
            self.set(resume_phase=RunPhase.PAUSED if self.run.phase is RunPhase.PAUSED else None)
            self.move_run(RunPhase.ATTENTION)
        self.set(attention=reason)
        self.announce(Happening.NEEDS_ATTENTION, None, reason)

    def end_attention(self) -> None:
        """Go back to where the run was before it needed the person."""
        self.move_run(self.run.resume_phase or self.going_on)
        self.set(attention=None, resume_phase=None)

    def close(self, ending: Ending, reason: Reason | None = None) -> None:
        """Begin to end the run: nothing starts any more, and every output is put off."""
        if self.closing:
            return
        self.set(ending=ending, reason=reason)
        for step in self.routine.steps:
            progress = self.progress(step.step_id)
            if progress.phase not in OVER:
                self.end_step(step, StepPhase.SKIPPED, reason)
            else:
                self.release(step)

    @property
    def going_on(self) -> RunPhase:
        """The phase of a run that is neither paused nor in need of anybody."""
        alarm = self.run.alarm
        return RunPhase.WAKING if alarm is not None and alarm.phase in ASLEEP else RunPhase.RUNNING

    def _is_there(self, step: Step) -> bool:
        """Return whether the occupant is where a step is used; for water, only if they were seen just now."""
        seen = self.run.last_at.get(step.anchor)
        within = None if step.hazard is None else step.hazard.presence_within
        return seen is not None and (within is None or self.now - seen <= within)

    def _put(self, step_id: StepId, progress: StepProgress) -> None:
        self.run = replace(self.run, steps={**self.run.steps, step_id: progress})


def output_off_by(step: Step, progress: StepProgress) -> datetime | None:
    """Return when a hazardous output has been on for as long as it may, over all attempts."""
    if step.hazard is None or progress.on_since is None:
        return None
    return progress.on_since + max(step.hazard.max_on - progress.on_total, timedelta())


def maybe_on(run: RunState) -> tuple[StepId, ...]:
    """Return the steps of a run whose hazardous output may be on."""
    return tuple(step_id for step_id, progress in run.steps.items() if progress.on_since is not None)
