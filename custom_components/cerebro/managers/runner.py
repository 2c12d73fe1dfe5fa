"""A routine's run: journals each turn, performs its effects, and tells it what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
import contextlib
from dataclasses import replace
from datetime import datetime
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CALLBACK_TYPE, Context, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..const import DOMAIN
from ..core.routine.learning import learn
from ..core.routine.model import Reason, StepId, StepKind
from ..core.routine.run import CannotDo
from ..core.routine.serial import BrokenData, from_json, to_json
from ..core.routine.state import (
    AlarmHeard,
    Announce,
    Command,
    Commanded,
    Effect,
    EffectDone,
    EffectFailed,
    Ending,
    Happening,
    Input,
    Recovered,
    ReleaseStep,
    Ring,
    RingPhone,
    RunId,
    RunPhase,
    RunState,
    Silence,
    StartStep,
    StepPhase,
    Ticked,
)
from ..core.routine.turn import Turn, begin, turn
from .hands import CannotActError, Hands
from .journal import Journal, JournalNewerError, JournalUnwritableError
from .ringer import Ringer
from .senses import Senses

if TYPE_CHECKING:
    from .routine import RoutineManager

_LOGGER = logging.getLogger(__name__)

PUT_BACK_TRIES: Final = 5
"""How often a speaker that does not answer is asked to be quiet again after the run."""
PUT_BACK_PAUSE: Final = 10.0
"""Seconds before the second of those tries; it doubles with each."""
WITHOUT_JOURNAL: Final = (ReleaseStep, Silence, Ring, RingPhone, Announce)
"""What is done even when the journal cannot be written: nothing that would be dangerous done twice."""


class Runner:
    """Drives the run of one routine; one input at a time, in the order they came."""

    def __init__(self, manager: RoutineManager) -> None:
        """Belong to a routine."""
        self._manager = manager
        self._hass = manager.hass
        setup = manager.setup
        self.run: RunState | None = None
        self.last_run: RunState | None = None
        self.journal = Journal(self._hass, setup.routine.routine_id)
        self.hands = Hands(self._hass, manager.home, setup.routine.name)
        alarm = next((one for one in setup.steps.values() if one.step.kind is StepKind.ALARM), None)
        self.ringer = Ringer(
            self._hass, manager.home, self.hands, setup=alarm, on_heard=lambda: self.tell(AlarmHeard())
        )
        self.senses = Senses(self._hass, setup, manager.home, self.tell)
        self.context = Context()
        self._turning = asyncio.Lock()
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._again: CALLBACK_TYPE | None = None

    # Coming and going.

    async def async_setup(self) -> None:
        """Read the journal; what was under way goes on from a safe state."""
        try:
            recalled = await self.journal.async_recall()
        except JournalNewerError:
            await self._hass.async_add_executor_job(self.journal.set_aside)
            self._manager.cerebro.report("journal_newer", routine=self._manager.routine.name)
            return
        if recalled.damaged:
            self._manager.cerebro.report("journal_damaged", routine=self._manager.routine.name)
        line = recalled.line
        if line is None:
            return
        try:
            run = from_json(line["run"])
        except (BrokenData, KeyError) as error:
            _LOGGER.warning("The journal of %s could not be read: %s", self._manager.routine.name, error)
            await self._hass.async_add_executor_job(self.journal.set_aside)
            self._manager.cerebro.report("journal_damaged", routine=self._manager.routine.name)
            await self._async_release_all()
            return
        if not isinstance(run, RunState):
            return
        self.ringer.volumes = dict(line.get("volumes", {}))
        if run.phase is RunPhase.ENDED or set(run.steps) != set(self._manager.setup.steps):
            await self._async_close(run)
            return
        await self._async_release_all()
        self.run = run
        self._begin_watching()
        down_since = line.get("at")
        await self.async_input(
            Recovered(down_since=None if down_since is None else datetime.fromisoformat(down_since))
        )

    async def async_unload(self) -> None:
        """Put every hazardous output off and let go; the journal keeps where the run was."""
        self._end_again()
        self.senses.stop()
        if self.run is not None:
            await self._async_release_all()
            await self._async_put_back(tries=1)
        self.ringer.unload()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.hands.async_unload()

    async def async_halt(self) -> None:
        """Put every hazardous output off because Home Assistant stops."""
        if self.run is not None:
            await self._async_release_all()

    # What doors and senses call.

    async def async_begin(self, wake_at: datetime) -> None:
        """Start a run."""
        manager = self._manager
        now = dt_util.utcnow()
        async with self._turning:
            self.context = Context()
            self.ringer.volumes = {}
            first = begin(
                manager.routine,
                manager.knowledge,
                manager.situation(now),
                run_id=RunId(ulid_now()),
                wake_at=wake_at,
                now=now,
            )
            self._begin_watching()
            await self._async_commit(first, now)
        alarm = manager.routine.alarm
        if any(setup.step.kind is StepKind.ALARM for setup in manager.setup.steps.values()):
            self.ringer.begin_ramp(wake_at, alarm.light_ramp, self.context)

    async def async_input(self, event: Input) -> None:
        """Take an input and go one turn on.

        Raises:
            ServiceValidationError: when there is no run, or it cannot do what a command asks.
        """
        async with self._turning:
            if self.run is None:
                raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_running")
            await self._async_turn(event)

    @callback
    def tell(self, event: Input) -> None:
        """Take an input from the home, as soon as those before it are done with."""
        if self.run is not None:
            self._spawn(self._async_told(event, self.run.run_id), "observes")

    async def async_undo_step(self, step_id: StepId, run_id: str) -> None:
        """Take a started step back: its output off, and left out of the run.

        Raises:
            ServiceValidationError: when the run is over.
        """
        if self.run is None or self.run.run_id != run_id:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="too_late_to_undo")
        await self.async_input(Commanded(command=Command.SKIP_STEP, step_id=step_id))
        await self._async_release(step_id)

    # A turn.

    async def _async_told(self, event: Input, run_id: RunId) -> None:
        async with self._turning:
            if self.run is None or self.run.run_id != run_id:
                return
            try:
                await self._async_turn(event)
            except ServiceValidationError as error:
                _LOGGER.debug("%s could not take %s: %s", self._manager.routine.name, event, error)

    async def _async_turn(self, event: Input) -> None:
        assert self.run is not None  # noqa: S101 - the callers hold the lock and have looked
        manager, now = self._manager, dt_util.utcnow()
        try:
            taken = turn(manager.routine, manager.knowledge, manager.situation(now), self.run, event, now=now)
        except CannotDo as error:
            step = event.step_id if isinstance(event, Commanded) else None
            raise ServiceValidationError(
                translation_domain=DOMAIN,
                translation_key=error.reason_key,
                translation_placeholders={"step": "" if step is None else manager.step_name(step)},
            ) from error
        await self._async_commit(taken, now)

    async def _async_commit(self, taken: Turn, now: datetime) -> None:
        """Write a turn down, then perform what it asks."""
        effects = taken.effects
        for effect in effects:
            if isinstance(effect, Ring):
                self.ringer.remember_volume(effect.output)
        failed: tuple[Effect, ...] = ()
        if effects or self.run is None or taken.run != self.run:
            try:
                await self.journal.async_append(self._line(taken, now))
            except JournalUnwritableError as error:
                _LOGGER.warning("The journal of %s cannot be written: %s", self._manager.routine.name, error)
                self._manager.cerebro.report("journal_unwritable", routine=self._manager.routine.name)
                failed = tuple(effect for effect in effects if not isinstance(effect, WITHOUT_JOURNAL))
        before, self.run = self.run, taken.run
        self._manager.plan = taken.plan
        for effect in effects:
            if effect in failed:
                self.tell(EffectFailed(effect=effect, error="journal_unwritable"))
            else:
                self._perform(effect)
        self._forget_ended(taken.run)
        if taken.run.phase is RunPhase.ENDED:
            self._finish(taken.run)
        else:
            self._look_again(taken.again_at)
        if before != taken.run or effects:
            self._manager.changed()

    def _line(self, taken: Turn, now: datetime) -> dict[str, Any]:
        return {
            "at": now.isoformat(),
            "run": to_json(taken.run),
            "effects": [to_json(effect) for effect in taken.effects],
            "volumes": self.ringer.volumes,
        }

    # Effects.

    def _perform(self, effect: Effect) -> None:
        match effect:
            case Announce():
                self._announce(effect)
            case StartStep(step_id=step_id):
                self._spawn(self._async_effect(effect, f"step {step_id}"), f"starts {step_id}")
            case ReleaseStep(step_id=step_id):
                self._spawn(self._async_effect(effect, f"release {step_id}"), f"releases {step_id}")
            case Ring() | Silence():
                self._spawn(self._async_effect(effect, "alarm"), "rings")
            case RingPhone():
                self._spawn(self._async_effect(effect, "phone"), "rings the phone")

    async def _async_effect(self, effect: Effect, key: str) -> None:
        """Perform one effect after those before it on the same thing, and tell the run."""
        async with self._locks.setdefault(key, asyncio.Lock()):
            try:
                await self._async_act(effect)
            except CannotActError as error:
                self.tell(EffectFailed(effect=effect, error=error.reason))
            else:
                self.tell(EffectDone(effect=effect))

    async def _async_act(self, effect: Effect) -> None:
        match effect:
            case StartStep(step_id=step_id):
                await self._async_start(step_id)
            case ReleaseStep(step_id=step_id):
                await self.hands.async_release(self._manager.setup.steps[step_id], self.context)
            case Ring(output=output, volume=volume):
                await self.ringer.async_ring(output, volume, self.context)
            case Silence():
                await self._async_silence()
            case RingPhone():
                if self.run is not None:
                    await self._manager.answers.async_ring(self.run)

    async def _async_start(self, step_id: StepId) -> None:
        setup = self._manager.setup.steps[step_id]
        self.senses.expect(setup)
        if setup.step.done_by == "automation":
            self.senses.look(setup)
            return
        # A speaker that still rings would pass for the news that it shall play.
        if "speaker" in setup.spec.needs:
            async with self._locks.setdefault("alarm", asyncio.Lock()):
                await self.hands.async_start(setup, self.context)
        else:
            await self.hands.async_start(setup, self.context)
        self.senses.look(setup)

    async def _async_silence(self) -> None:
        try:
            await self.ringer.async_silence(self.context)
        except CannotActError:
            self._spawn(self._async_put_back(tries=PUT_BACK_TRIES), "puts volumes back")
            raise

    def _announce(self, effect: Announce) -> None:
        manager = self._manager
        assert self.run is not None  # noqa: S101 - a turn was just committed
        sentence = None if effect.reason is None else manager.sentence(effect.reason)
        step = effect.step_id
        setup = None if step is None else manager.setup.steps.get(step)
        undo = None
        if effect.event is Happening.STEP_DUE and step is not None:
            undo = {"step": step, "run_id": self.run.run_id}
        manager.decide(
            effect.event.value,
            reason=sentence,
            step=step,
            context=self.context.id,
            undo=undo,
            values={"step": "" if step is None else manager.step_name(step)},
        )
        manager.happened(
            effect.event,
            {
                "step": step,
                "kind": None if setup is None else setup.step.kind.value,
                "name": None if step is None else manager.step_name(step),
                "reason": manager.reason,
                "run_id": self.run.run_id,
            },
        )

    # Endings.

    def _finish(self, run: RunState) -> None:
        """Close a run: learn from it, quieten what is left, and let it go."""
        self._end_again()
        self.senses.stop()
        self.ringer.end_ramp()
        self.run, self.last_run = None, run
        manager = self._manager
        occupant = manager.routine.occupants[0] if manager.routine.occupants else None
        if occupant is not None and run.ending is not Ending.ABANDONED:
            local = dt_util.as_local(run.wake_at)
            kind = manager.situation(dt_util.utcnow()).day_kind
            manager.cerebro.memory.learn(
                occupant, learn(manager.knowledge, run, kind=kind, day=local.date().isoformat())
            )
        if self.ringer.volumes:
            self._spawn(self._async_put_back(tries=PUT_BACK_TRIES), "puts volumes back")
        manager.create_task(manager.async_finished(run), f"finishes {manager.routine.name}")

    async def _async_close(self, run: RunState) -> None:
        """Let go of a run that cannot go on: it had ended, or its routine was edited meanwhile."""
        self.last_run = run
        if run.phase is RunPhase.ENDED:
            if self.ringer.volumes:
                self._spawn(self._async_put_back(tries=PUT_BACK_TRIES), "puts volumes back")
            return
        await self._async_release_all()
        self._spawn(self._async_put_back(tries=PUT_BACK_TRIES), "puts volumes back")
        now = dt_util.utcnow()
        self.last_run = replace(
            run,
            phase=RunPhase.ENDED,
            ending=Ending.ABANDONED,
            ended_at=now,
            reason=Reason(key="routine_changed"),
        )
        self._manager.decide("run_abandoned")
        with contextlib.suppress(JournalUnwritableError):
            await self.journal.async_append(
                {
                    "at": now.isoformat(),
                    "run": to_json(self.last_run),
                    "effects": [],
                    "volumes": self.ringer.volumes,
                }
            )

    async def _async_release_all(self) -> None:
        """Put every hazardous output of the routine off, each whatever becomes of the others."""
        hazards = self._manager.setup.hazards
        await asyncio.gather(*(self._async_release(setup.step.step_id) for setup in hazards))

    async def _async_release(self, step_id: StepId) -> None:
        setup = self._manager.setup.steps[step_id]
        try:
            await self.hands.async_release(setup, self.context)
        except CannotActError as error:
            _LOGGER.warning(
                "%s could not see that %s is off: %s", self._manager.routine.name, setup.name, error.reason
            )
            self._manager.cerebro.report(
                "output_still_on",
                routine=self._manager.routine.name,
                step=self._manager.step_name(step_id),
            )

    async def _async_put_back(self, *, tries: int) -> None:
        """Stop the speakers that rang and put their volumes back, though they may not answer at once."""
        pause = PUT_BACK_PAUSE
        for attempt in range(tries):
            try:
                await self.ringer.async_silence(self.context)
            except CannotActError as error:
                _LOGGER.debug("A speaker of %s does not answer: %s", self._manager.routine.name, error.reason)
            else:
                return
            if attempt + 1 < tries:
                await asyncio.sleep(pause)
                pause *= 2

    # Watching.

    def _begin_watching(self) -> None:
        self.senses.start()
        if self.run is None:
            return
        for step_id, progress in self.run.steps.items():
            if progress.phase in (StepPhase.STARTING, StepPhase.RUNNING, StepPhase.READY):
                setup = self._manager.setup.steps[step_id]
                self.senses.expect(setup)
                self.senses.look(setup)

    def _forget_ended(self, run: RunState) -> None:
        for step_id, progress in run.steps.items():
            if progress.phase in (StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED):
                self.senses.forget(step_id)

    def _look_again(self, at: datetime | None) -> None:
        self._end_again()
        if at is None:
            return

        @callback
        def tick(_: datetime) -> None:
            self._again = None
            self.tell(Ticked())

        self._again = async_track_point_in_utc_time(self._hass, tick, at)

    def _end_again(self) -> None:
        if self._again is not None:
            self._again()
            self._again = None

    def _spawn(self, job: Coroutine[Any, Any, None], what: str) -> None:
        task = self._manager.create_task(
            self._async_guarded(job, what), f"{self._manager.routine.name} {what}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _async_guarded(self, job: Coroutine[Any, Any, None], what: str) -> None:
        """Run a job; an error of ours must be seen, and must not end the run."""
        try:
            await job
        except HomeAssistantError as error:
            _LOGGER.warning("%s %s: %s", self._manager.routine.name, what, error)
        except Exception:
            _LOGGER.exception("%s %s", self._manager.routine.name, what)
