"""One routine: its wake-ups, its run while there is one, and what it shows of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import datetime, time
import logging
from typing import TYPE_CHECKING, Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.reason import Reason
from ..core.routine.model import DoneBy, Knowledge, Plan, Routine, Situation, StepId
from ..core.routine.planner import prepare
from ..core.routine.state import Command, Commanded, Happening, Input, RunState
from .answers import Answers
from .audience import Audience, Follower, Listener
from .decisions import Decision
from .hands import can_put_off
from .home import Home
from .needs import missing
from .runner import Runner
from .senses import DANGERS
from .settings import RoutineSetup
from .view import status_of
from .wakeups import Wakeups
from .wishes import Wishes
from .witness import with_witnesses

if TYPE_CHECKING:
    from . import Cerebro

_LOGGER = logging.getLogger(__name__)


class RoutineManager:
    """Keeps one routine going."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, setup: RoutineSetup, cerebro: Cerebro
    ) -> None:
        """Take the routine and what all routines share."""
        self.hass = hass
        self.cerebro = cerebro
        self.home = Home(hass, setup.roles)
        self.setup = with_witnesses(setup, self.home)
        self.routine: Routine = self.setup.routine
        self.audience: Audience[Happening] = cerebro.audience(setup.routine.routine_id)
        self.plan: Plan | None = None
        self.reason: str | None = None
        self._entry = entry
        self.wakeups = Wakeups(self)
        self.wishes = Wishes(self)
        self.answers = Answers(self)
        self.runner = Runner(self)

    # What doors read.

    @property
    def run(self) -> RunState | None:
        """The run that is under way."""
        return self.runner.run

    @property
    def last_run(self) -> RunState | None:
        """The last run that ended."""
        return self.runner.last_run

    @property
    def armed(self) -> bool:
        """Whether its wake-ups ring."""
        return self.wakeups.row.armed

    @property
    def next_wake(self) -> datetime | None:
        """The next wake-up (UTC), while armed."""
        return self.wakeups.at

    @property
    def status(self) -> str:
        """Where the routine is: one of :data:`.view.STATUSES`."""
        return status_of(self.run, armed=self.next_wake is not None)

    @property
    def knowledge(self) -> Knowledge:
        """What is known of its occupant and appliances."""
        return self.cerebro.memory.of(self.routine.occupants[0] if self.routine.occupants else None)

    @property
    def anyone_home(self) -> bool:
        """Whether an occupant is at home, or may be."""
        return self.runner.senses.anyone_home

    @property
    def missing(self) -> dict[StepId, tuple[str, ...]]:
        """The products that each step will have to do without."""
        return missing(self.setup, self.cerebro.pantry)

    def step_name(self, step_id: StepId) -> str:
        """Return a step's name in the home's language."""
        setup = self.setup.steps.get(step_id)
        if setup is None:
            return step_id
        if setup.name != step_id:
            return setup.name
        return self.cerebro.texts.text(f"step_{setup.step.kind.value}")

    def sentence(self, reason: Reason) -> str:
        """Return a reason in the home's language, with steps by their names."""
        values = {
            key: self.step_name(StepId(value))
            if key in {"step", "other"} and isinstance(value, str)
            else value
            for key, value in reason.values.items()
        }
        return self.cerebro.texts.render(Reason(key=reason.key, values=values))

    def subscribe(self, listener: Listener) -> CALLBACK_TYPE:
        """Call a listener after each change; return what ends it."""
        return self.audience.subscribe(listener)

    def follow(self, follower: Follower[Happening]) -> CALLBACK_TYPE:
        """Tell a follower each thing that happens; return what ends it."""
        return self.audience.follow(follower)

    # Coming and going.

    async def async_setup(self) -> None:
        """Resume what was under way, and plan the next wake-up."""
        await self.answers.async_start()
        await self.runner.async_setup()
        await self.wakeups.async_start()

    async def async_prepare(self) -> None:
        """Work out, off the event loop, what the plans of a run that begins now look up."""
        try:
            kind = self.situation(dt_util.utcnow()).day_kind
            await self.hass.async_add_executor_job(prepare, self.routine, self.knowledge, kind)
        # It only saves time later: a run begins without it all the same.
        except Exception:
            _LOGGER.exception("%s could not be prepared", self.routine.name)

    async def async_unload(self) -> None:
        """Put every output that may be on off, and let go."""
        self.wakeups.stop()
        await self.runner.async_unload()
        await self.answers.async_stop()

    async def async_halt(self) -> None:
        """Put every hazardous output off because Home Assistant stops."""
        await self.runner.async_halt()

    # What doors ask.

    async def async_arm(self, *, armed: bool) -> None:
        """Arm or disarm the routine's wake-ups."""
        await self.wishes.async_arm(armed=armed)

    async def async_set_wake_time(self, at: time) -> None:
        """Set the wall-clock time of the next wake-up, once."""
        await self.wishes.async_set_wake_time(at)

    async def async_skip_next(self) -> None:
        """Let the next wake-up go.

        Raises:
            ServiceValidationError: when there is none.
        """
        await self.wishes.async_skip_next()

    async def async_undo(self) -> Decision:
        """Take the last decision back that can be, and return it.

        Raises:
            ServiceValidationError: when there is none.
        """
        return await self.wishes.async_undo()

    async def async_start(self) -> None:
        """Start a run now.

        Raises:
            ServiceValidationError: when one is under way.
        """
        if self.run is not None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="already_running")
        await self.async_begin(dt_util.utcnow())
        self.wakeups.replan()

    async def async_command(self, command: Command, step_id: StepId | None = None) -> None:
        """Give a command to the run.

        Raises:
            ServiceValidationError: when there is no run or it cannot do that now.
        """
        await self.runner.async_input(Commanded(command=command, step_id=step_id))

    async def async_observe(self, event: Input) -> None:
        """Tell the run what was observed.

        Raises:
            ServiceValidationError: when there is no run.
        """
        await self.runner.async_input(event)

    # What the other managers call.

    @callback
    def changed(self) -> None:
        """Tell the listeners and the phones that something changed."""
        self.audience.changed()
        self.answers.follow()
        self.cerebro.changed()

    @callback
    def happened(self, happening: Happening, attributes: dict[str, Any]) -> None:
        """Tell the followers what happened."""
        self.audience.happened(happening, attributes)

    async def async_begin(self, wake_at: datetime) -> None:
        """Start the run of a wake-up, unless one is under way."""
        await self.runner.async_begin(wake_at)

    async def async_abandon(self, why: str) -> None:
        """End the run that is under way because it must not go on; ``why`` is a reason key."""
        await self.runner.async_abandon(why)

    async def async_skip_step(self, step_id: StepId) -> None:
        """Leave a step out of the run; its output is put off.

        Raises:
            ServiceValidationError: when there is no run or the step is over.
        """
        await self.async_command(Command.SKIP_STEP, step_id)

    def situation(self, at: datetime) -> Situation:
        """Return what holds, besides the run itself, on the day of a moment."""
        local = dt_util.as_local(at)
        return Situation(
            day_kind=self.wakeups.almanac.kind_of(local.date()),
            leave_by=_clock(self.setup.leave_by, local),
            busy=self.cerebro.busy_resources(self),
            unavailable=self._unavailable(),
            missing=self.missing,
            home=self.anyone_home,
            quiet_until=_clock(self.setup.quiet_until, local),
        )

    def decide(
        self,
        what: str,
        *,
        reason: str | None = None,
        step: StepId | None = None,
        context: str | None = None,
        undo: dict[str, Any] | None = None,
        values: dict[str, Any] | None = None,
    ) -> None:
        """Write a decision down, with the sentence of its own when it has no reason."""
        sentence = reason or self.cerebro.texts.text(
            f"decision_{what}", routine=self.routine.name, **(values or {})
        )
        self.reason = sentence
        self.cerebro.decisions.add(
            Decision(
                routine=self.routine.routine_id,
                what=what,
                reason=sentence,
                step=step,
                context=context,
                undo=undo,
            )
        )

    def report(self, key: str, step: StepId | None = None, *, lasting: bool = False) -> None:
        """Raise a repair issue about the routine, or about one of its steps.

        A lasting one stays, whatever becomes of the routine, until it is cured.
        """
        placeholders = {"routine": self.routine.name}
        if step is not None:
            placeholders["step"] = self.step_name(step)
        self.cerebro.issues.report(key, *self._subject(step), placeholders=placeholders, lasting=lasting)

    def cure(self, key: str, step: StepId | None = None) -> None:
        """Take a repair issue back."""
        self.cerebro.issues.cure(key, *self._subject(step))

    def create_task(self, job: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Start a task that ends with the entry."""
        return self._entry.async_create_background_task(self.hass, job, f"cerebro {name}")

    # Inside.

    def _subject(self, step: StepId | None) -> tuple[str, ...]:
        routine_id = self.routine.routine_id
        return (routine_id,) if step is None else (routine_id, step)

    def _unavailable(self) -> dict[StepId, str]:
        """Return the steps that cannot be done now, and the reason key why."""
        danger = next((role for role in DANGERS if self.home.is_on(role)), None)
        found: dict[StepId, str] = {}
        for step_id, setup in self.setup.steps.items():
            if danger is not None and setup.step.hazard is not None:
                found[step_id] = f"held_by_{danger}"
            elif not can_put_off(setup, self.home):
                found[step_id] = "unavailable"
            elif setup.actions or setup.step.done_by is not DoneBy.BUILT_IN:
                continue
            elif setup.spec.fault is not None and self.home.is_on(setup.spec.fault):
                found[step_id] = "fault"
            elif any(not self.home.reachable(role) for role in setup.spec.needs):
                found[step_id] = "unavailable"
        return found


def _clock(at: time | None, local: datetime) -> datetime | None:
    """Return a wall-clock time on the day of a local moment, in UTC."""
    return None if at is None else dt_util.as_utc(datetime.combine(local.date(), at, tzinfo=local.tzinfo))
