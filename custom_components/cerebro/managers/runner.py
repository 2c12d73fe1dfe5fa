"""A routine's run: takes what happens to it, turn by turn, each written down before its effects."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.core import CALLBACK_TYPE, Context, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.event import async_track_point_in_utc_time
from homeassistant.util import dt as dt_util
from homeassistant.util.ulid import ulid_now

from ..const import DOMAIN
from ..core.reason import Reason
from ..core.routine.ending import why_over
from ..core.routine.learning import learn
from ..core.routine.run import CannotDo, maybe_on
from ..core.routine.serial import to_json
from ..core.routine.state import (
    Announce,
    Command,
    Commanded,
    Effect,
    EffectFailed,
    Ending,
    Happening,
    Input,
    Recovered,
    Ring,
    RunId,
    RunPhase,
    RunState,
    StepPhase,
    Ticked,
)
from ..core.routine.turn import LONGEST_CLOSING, LONGEST_RUN, Turn, begin, turn
from .effects import WITHOUT_JOURNAL, Effects
from .journal import Journal, JournalUnwritableError
from .recovery import async_distrust, async_find_run
from .senses import Senses
from .stumbles import Stumbles
from .tasks import Tasks
from .view import ACTIVE

if TYPE_CHECKING:
    from .routine import RoutineManager

_LOGGER = logging.getLogger(__name__)

HEARTBEAT: Final = timedelta(minutes=5)
"""A run is written down at least this often: after a restart the last line tells how long it was away."""


class Runner:
    """Drives the run of one routine; one input at a time, in the order they came."""

    def __init__(self, manager: RoutineManager) -> None:
        """Belong to a routine."""
        self._manager = manager
        self._hass = manager.hass
        self.run: RunState | None = None
        self.last_run: RunState | None = None
        self.coming: RunState | None = None
        """The run as the turn that is being written down makes it."""
        self.context = Context()
        self.tasks = Tasks(self._hass, manager.routine.name)
        self.journal = Journal(self._hass, manager.routine.routine_id)
        self.effects = Effects(manager, self)
        self.senses = Senses(self._hass, manager.setup, manager.home, self.tell)
        self._stumbles = Stumbles(manager, self)
        self._run_id: RunId | None = None
        self._shut = False
        self._written_at: datetime | None = None
        self._turning = asyncio.Lock()
        self._again: CALLBACK_TYPE | None = None

    # Coming and going.

    async def async_setup(self) -> None:
        """Read the journal; what was under way goes on from a safe state, or not at all."""
        try:
            await self._async_resume()
        # Whatever a journal holds must not keep the routine from waking anybody ever again.
        except Exception:
            _LOGGER.exception("The run of %s could not go on", self._manager.routine.name)
            self._end_again()
            self.senses.stop()
            self.run, self._run_id = None, None
            self.effects.put_back_later()
            await async_distrust("journal_damaged", self._manager, self)

    async def _async_resume(self) -> None:
        found = await async_find_run(self._manager, self)
        if found is None:
            return
        self.effects.ringer.volumes = dict(found.volumes)
        if found.run.phase is RunPhase.ENDED:
            self.last_run = found.run
            self._let_go_of(found.run)
            return
        setup = self._manager.setup
        why = why_over(
            found.run, setup.steps, alive_at=found.at, patience=setup.wake.missed_age, now=dt_util.utcnow()
        )
        known = {step for step in maybe_on(found.run) if step in self._manager.setup.steps}
        await self.effects.async_release_all(known)
        await self._manager.async_prepare()
        self.run, self._run_id = found.run, found.run.run_id
        if why is not None:
            self._manager.answers.forget(found.run.run_id)
            await self.async_abandon(why)
            return
        self._begin_watching()
        await self.async_input(Recovered(down_since=found.at))
        self.senses.look_at_bed(found.run.in_bed)
        self.senses.look_at_motion()
        self._begin_ramp(found.run.wake_at)

    async def async_unload(self) -> None:
        """Put every output that may be on off and let go; the journal keeps where the run was."""
        await self._async_shut()
        if self.run is not None:
            await self.effects.async_release_all(maybe_on(self.run))
            await self.effects.async_put_back(tries=1)
        await self.effects.async_stop()
        await self.tasks.async_cancel()

    async def async_halt(self) -> None:
        """Put every output that may be on off because Home Assistant stops; nothing starts any more."""
        await self._async_shut()
        if self.run is not None:
            await self.effects.async_release_all(maybe_on(self.run))

    async def _async_shut(self) -> None:
        """Take nothing in any more, and end what is under way: a late start must not follow a release."""
        self._shut = True
        self.senses.stop()
        async with self._turning:
            self._end_again()
            await self.tasks.async_cancel()

    # What doors and senses call.

    async def async_begin(self, wake_at: datetime) -> None:
        """Start a run, unless one is under way."""
        await self.tasks.async_whole(self._async_begin(wake_at), "begins")

    async def async_input(self, event: Input) -> None:
        """Take an input and go one turn on.

        Raises:
            ServiceValidationError: when there is no run, or it cannot do what a command asks.
        """
        await self.tasks.async_whole(self._async_input(event), "takes an input")

    async def async_abandon(self, why: str) -> None:
        """End the run though it is not over; what may be on is put off in the background."""
        await self.tasks.async_whole(self._async_abandon(why), "is abandoned")

    @callback
    def tell(self, event: Input) -> None:
        """Take an input from the home, as soon as those before it are done with."""
        if self._run_id is not None and not self._shut:
            self.tasks.spawn(self._async_told(event, self._run_id), "observes")

    # Beginning, going on, ending: one after the other, each to its end.

    async def _async_begin(self, wake_at: datetime) -> None:
        manager = self._manager
        async with self._turning:
            if self.run is not None or self._shut:
                return
            await manager.async_prepare()
            now = dt_util.utcnow()
            self.context = Context()
            manager.cure("turn_failed")
            self._run_id = RunId(ulid_now())
            first = begin(
                manager.routine,
                manager.knowledge,
                manager.situation(now),
                run_id=self._run_id,
                wake_at=wake_at,
                now=now,
                before=self.last_run,
            )
            self._begin_watching()
            await self._async_commit(first, now)
            self._begin_ramp(wake_at)
            self.senses.look_at_bed(None)

    async def _async_input(self, event: Input) -> None:
        async with self._turning:
            if self.run is None or self._shut:
                raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_running")
            await self._async_turn(event)

    async def _async_abandon(self, why: str) -> None:
        async with self._turning:
            if self.run is not None:
                await self._async_end(self.run, why)

    async def _async_end(self, run: RunState, why: str) -> None:
        """End a run without a turn."""
        reason, now = Reason(key=why), dt_util.utcnow()
        ended = replace(
            run, seq=run.seq + 1, phase=RunPhase.ENDED, ending=Ending.ABANDONED, ended_at=now, reason=reason
        )
        await self.async_write(self._line(ended, (), now))
        self._perform(Announce(event=Happening.RUN_ENDED, reason=reason), written=True)
        self._finish(ended)
        self._surely(self._manager.changed)

    # A turn.

    async def _async_told(self, event: Input, run_id: RunId) -> None:
        async with self._turning:
            if self.run is None or self.run.run_id != run_id or self._shut:
                return
            try:
                await self._async_turn(event)
            except ServiceValidationError as error:
                _LOGGER.debug("%s could not take %s: %s", self._manager.routine.name, event, error)

    async def _async_turn(self, event: Input) -> None:
        """Go one turn on; whatever goes wrong in it, what is on stays watched."""
        try:
            await self._async_take(event)
        except ServiceValidationError:
            raise
        except Exception:
            await self._async_stumble(event)
            if self.run is not None:
                raise
            _LOGGER.exception("%s ended by %s", self._manager.routine.name, event)
        else:
            self._stumbles.over()

    async def _async_stumble(self, event: Input) -> None:
        """Look again soon after a turn that went wrong; after one more, do what matters without."""
        run, now = self.run, dt_util.utcnow()
        if run is None:
            return
        self._look_again(now + self._stumbles.another(), now)
        if isinstance(event, Commanded) and event.command is Command.STOP:
            await self._async_end(run, "stopped")
        elif now >= run.wake_at + LONGEST_RUN + LONGEST_CLOSING:
            await self._async_end(run, "too_late")
        elif self._stumbles.too_many:
            self._stumbles.do_without(run, maybe_on(run), now)

    async def _async_take(self, event: Input) -> None:
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
        manager, before = self._manager, self.run
        for effect in taken.effects:
            if isinstance(effect, Ring):
                self.effects.ringer.remember_volume(effect.output)
        changed = bool(taken.effects) or taken.run != before
        written = True
        if changed or self._written_at is None or now - self._written_at >= HEARTBEAT:
            self.coming = taken.run
            try:
                written = await self.async_write(self._line(taken.run, taken.effects, now))
            finally:
                self.coming = None
            self._written_at = now
        self.run, manager.plan = taken.run, taken.plan
        for effect in taken.effects:
            self._perform(effect, written=written)
        self._forget_ended(taken.run)
        if taken.run.phase is RunPhase.ENDED:
            self._finish(taken.run)
        else:
            self._look_again(taken.again_at, now)
            if taken.run.woke_at is not None and (before is None or before.woke_at is None):
                manager.wakeups.rang(taken.run)
        if changed:
            self._surely(manager.changed)

    def _perform(self, effect: Effect, *, written: bool) -> None:
        """Perform an effect; one that goes wrong must not keep those after it from being performed."""
        if not written and not isinstance(effect, WITHOUT_JOURNAL):
            self.tell(EffectFailed(effect=effect, error="journal_unwritable"))
            return
        self._surely(partial(self.effects.perform, effect))

    def _surely(self, act: Callable[[], None]) -> None:
        """Do something; when it goes wrong, what comes after it is done all the same."""
        try:
            act()
        except Exception:
            _LOGGER.exception("%s: %s", self._manager.routine.name, act)

    async def async_write(self, line: Mapping[str, Any]) -> bool:
        """Write a line into the journal; return whether it is on the disk."""
        try:
            await self.journal.async_append(line)
        except JournalUnwritableError as error:
            _LOGGER.warning("The journal of %s cannot be written: %s", self._manager.routine.name, error)
            self._manager.report("journal_unwritable")
            return False
        self._manager.cure("journal_unwritable")
        return True

    def _line(self, run: RunState, effects: tuple[Effect, ...], now: datetime) -> dict[str, Any]:
        return {
            "at": now.isoformat(),
            "run": to_json(run),
            "effects": [to_json(effect) for effect in effects],
            "volumes": self.effects.ringer.volumes,
        }

    # Endings.

    def _finish(self, run: RunState) -> None:
        """Let go of a run that ended, and learn from it."""
        self._end_again()
        self.senses.stop()
        self.effects.ringer.end_ramp()
        self.run, self.last_run, self._run_id = None, run, None
        self._stumbles.over()
        self._let_go_of(run)
        self._surely(partial(self._learn_from, run))
        self._manager.wakeups.finished(run)

    def _learn_from(self, run: RunState) -> None:
        manager = self._manager
        occupant = manager.routine.occupants[0] if manager.routine.occupants else None
        if occupant is not None and run.ending is not Ending.ABANDONED:
            kind = manager.situation(run.wake_at).day_kind
            day = dt_util.as_local(run.wake_at).date().isoformat()
            manager.cerebro.memory.learn(occupant, learn(manager.knowledge, run, kind=kind, day=day))

    def _let_go_of(self, run: RunState) -> None:
        """Put back, in the background, what a run that is over left changed."""
        self.effects.put_back_later()
        for step_id in maybe_on(run):
            if step_id in self._manager.setup.steps:
                self.tasks.spawn(self.effects.async_keep_off(step_id), f"keeps {step_id} off")

    # Watching.

    def _begin_watching(self) -> None:
        self.senses.start()
        if self.run is None:
            return
        for step_id, progress in self.run.steps.items():
            if progress.phase in ACTIVE:
                setup = self._manager.setup.steps[step_id]
                self.senses.expect(setup)
                self.senses.look(setup)

    def _begin_ramp(self, wake_at: datetime) -> None:
        alarm = self._manager.setup.alarm
        if alarm is not None and self.run is not None:
            self.effects.ringer.begin_ramp(wake_at, self._manager.routine.alarm.light_ramp, self.context)

    def _forget_ended(self, run: RunState) -> None:
        for step_id, progress in run.steps.items():
            if progress.phase in (StepPhase.DONE, StepPhase.SKIPPED, StepPhase.FAILED):
                self.senses.forget(step_id)

    def _look_again(self, at: datetime | None, now: datetime) -> None:
        self._end_again()

        @callback
        def tick(_: datetime) -> None:
            self._again = None
            self.tell(Ticked())

        latest = now + HEARTBEAT
        again = latest if at is None else min(at, latest)
        self._again = async_track_point_in_utc_time(self._hass, tick, again)

    def _end_again(self) -> None:
        if self._again is not None:
            self._again()
            self._again = None
