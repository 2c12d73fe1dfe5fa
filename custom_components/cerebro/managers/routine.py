"""One routine: when it wakes, its run while there is one, and what it shows of itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, time, timedelta
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.routine.model import Knowledge, Plan, Reason, Routine, Situation, StepId
from ..core.routine.planner import plan as make_plan
from ..core.routine.state import Command, Commanded, Happening, Input, RunState
from ..core.routine.wake import Wake, WakeInputs, next_wake
from .almanac import Almanac
from .answers import Answers
from .decisions import Decision
from .home import Home
from .runner import Runner
from .settings import RoutineSetup
from .view import status_of

if TYPE_CHECKING:
    from . import Cerebro

_LOGGER = logging.getLogger(__name__)

LOOK_AGAIN: Final = timedelta(minutes=30)
"""How often calendars are looked up again: a meeting may move without its calendar's state changing."""
LEAD_MARGIN: Final = 1.5
"""A run begins this many ready times before its first cue: the decision may want to start earlier."""

type Follower = Callable[[Happening, dict[str, Any]], None]


class RoutineManager:
    """Keeps one routine going."""

    def __init__(
        self, hass: HomeAssistant, entry: ConfigEntry, setup: RoutineSetup, cerebro: Cerebro
    ) -> None:
        """Take the routine and what all routines share."""
        self.hass = hass
        self.setup = setup
        self.cerebro = cerebro
        self.routine: Routine = setup.routine
        self.home = Home(hass, setup.roles)
        self.wake: Wake | None = None
        self.plan: Plan | None = None
        self.reason: str | None = None
        self._entry = entry
        self._row = cerebro.schedule.of(setup.routine.routine_id)
        self._almanac = Almanac(hass, setup)
        self.answers = Answers(self)
        self._runner = Runner(self)
        self._listeners: set[Callable[[], None]] = set()
        self._followers: set[Follower] = set()
        self._unsubscribes: list[CALLBACK_TYPE] = []
        self._timers: dict[str, CALLBACK_TYPE] = {}
        self._looking = asyncio.Lock()

    # What doors read.

    @property
    def run(self) -> RunState | None:
        """The run that is under way."""
        return self._runner.run

    @property
    def last_run(self) -> RunState | None:
        """The last run that ended."""
        return self._runner.last_run

    @property
    def armed(self) -> bool:
        """Whether its wake-ups ring."""
        return self._row.armed

    @property
    def next_wake(self) -> datetime | None:
        """The next wake-up (UTC), while armed."""
        return self.wake.at if self.wake is not None and self.armed else None

    @property
    def status(self) -> str:
        """Where the routine is: one of :data:`.view.STATUSES`."""
        return status_of(self.run, armed=self.armed and self.wake is not None)

    @property
    def knowledge(self) -> Knowledge:
        """What is known of its occupant and appliances."""
        return self.cerebro.memory.of(self.routine.occupants[0] if self.routine.occupants else None)

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

    @callback
    def subscribe(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener after each change; return what ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    @callback
    def follow(self, follower: Follower) -> CALLBACK_TYPE:
        """Tell a follower each thing that happens; return what ends it."""
        self._followers.add(follower)
        return lambda: self._followers.discard(follower)

    @callback
    def changed(self) -> None:
        """Tell the listeners and the phones that something changed."""
        for listener in list(self._listeners):
            listener()
        self.answers.follow()
        self.cerebro.changed()

    @callback
    def happened(self, happening: Happening, attributes: dict[str, Any]) -> None:
        """Tell the followers what happened."""
        for follower in list(self._followers):
            follower(happening, attributes)

    # Coming and going.

    async def async_setup(self) -> None:
        """Resume what was under way, and plan the next wake-up."""
        await self.answers.async_start()
        await self._runner.async_setup()
        watched = self._almanac.watched
        if watched:
            self._unsubscribes.append(
                async_track_state_change_event(self.hass, list(watched), self._almanac_changed)
            )
        await self._async_catch_up()
        await self.async_look()

    async def async_unload(self) -> None:
        """Put every hazardous output off and let go."""
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()
        for timer in self._timers.values():
            timer()
        self._timers.clear()
        await self._runner.async_unload()
        await self.answers.async_stop()

    async def async_halt(self) -> None:
        """Put every hazardous output off because Home Assistant stops."""
        await self._runner.async_halt()

    async def async_forget(self) -> None:
        """Remove what was kept of a routine that was removed."""
        await self._runner.journal.async_remove()
        self.cerebro.schedule.forget(self.routine.routine_id)

    # The schedule.

    async def async_look(self, *_: object) -> None:
        """Look the coming days up and plan the next wake-up anew."""
        async with self._looking:
            await self._almanac.async_look()
            self.replan()
        self._set_timer("look", dt_util.utcnow() + LOOK_AGAIN, self.async_look)

    @callback
    def replan(self) -> None:
        """Find the next wake-up and make the plan shown beforehand."""
        now = dt_util.utcnow()
        self._row.forget_before(dt_util.as_local(now).date() - timedelta(days=1))
        self.wake = self._next_wake(now)
        pending = None if self.next_wake is None else self.next_wake.isoformat()
        if pending != self._row.pending:
            self._row.pending = pending
            self.cerebro.schedule.changed()
        if self.run is None:
            self._plan_ahead(now)
        self._arm_timer()
        self.changed()

    async def async_arm(self, *, armed: bool) -> None:
        """Arm or disarm the routine's wake-ups."""
        if self._row.armed == armed:
            return
        self._row.armed = armed
        self.cerebro.schedule.changed()
        self.decide("armed" if armed else "disarmed", undo={"armed": not armed})
        self.replan()

    async def async_set_wake_time(self, at: time, *, undoable: bool = True) -> None:
        """Set the wall-clock time of the next wake-up, once.

        A time that is already past today is meant for tomorrow.
        """
        now = dt_util.now()
        day = now.date() if self._is_ahead(at, now) else now.date() + timedelta(days=1)
        before = self._row.once.get(day.isoformat())
        self._row.once[day.isoformat()] = at.isoformat()
        if (key := day.isoformat()) in self._row.skipped:
            self._row.skipped.remove(key)
        self.cerebro.schedule.changed()
        if undoable:
            self.decide("wake_time_set", undo={"once": [key, before]}, values={"time": at.strftime("%H:%M")})
        self.replan()

    async def async_skip_next(self) -> None:
        """Let the next wake-up go.

        Raises:
            ServiceValidationError: when there is none.
        """
        if self.wake is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_wake_up")
        day = self.wake.day.isoformat()
        self._row.skipped.append(day)
        self.cerebro.schedule.changed()
        self.decide("wake_up_skipped", undo={"skipped": day}, values={"time": self.wake.at})
        self.replan()

    async def async_undo(self, decision: Decision) -> None:
        """Take a decision back.

        Raises:
            ServiceValidationError: when it no longer can be.
        """
        undo = decision.undo or {}
        if "armed" in undo:
            self._row.armed = bool(undo["armed"])
        elif "once" in undo:
            day, before = undo["once"]
            if before is None:
                self._row.once.pop(day, None)
            else:
                self._row.once[day] = before
        elif "skipped" in undo:
            if undo["skipped"] in self._row.skipped:
                self._row.skipped.remove(undo["skipped"])
        elif "step" in undo:
            await self._runner.async_undo_step(StepId(undo["step"]), undo["run_id"])
        self.cerebro.decisions.mark_undone(decision)
        self.cerebro.schedule.changed()
        self.replan()

    # The run.

    async def async_start(self, wake_at: datetime | None = None) -> None:
        """Start a run now.

        Raises:
            ServiceValidationError: when one is under way.
        """
        if self.run is not None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="already_running")
        await self._runner.async_begin(wake_at or dt_util.utcnow())
        self.replan()

    async def async_command(self, command: Command, step_id: StepId | None = None) -> None:
        """Give a command to the run.

        Raises:
            ServiceValidationError: when there is no run or it cannot do that now.
        """
        await self._runner.async_input(Commanded(command=command, step_id=step_id))

    async def async_observe(self, event: Input) -> None:
        """Tell the run what was observed.

        Raises:
            ServiceValidationError: when there is no run.
        """
        await self._runner.async_input(event)

    def situation(self, now: datetime) -> Situation:
        """Return what holds now, besides the run itself."""
        local = dt_util.as_local(now)
        return Situation(
            day_kind=self._almanac.kind_of(local.date()),
            leave_by=self._clock(self.setup.leave_by, local),
            busy=self.cerebro.busy_resources(self),
            unavailable=self._unavailable(),
            home=self._runner.senses.anyone_home,
            quiet_until=self._clock(self.setup.quiet_until, local),
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

    async def async_finished(self, run: RunState) -> None:
        """Keep that a run's wake-up is over, and plan the next."""
        self._row.handled = max(run.wake_at, self._row.handled_at or run.wake_at).isoformat()
        self.cerebro.schedule.changed()
        await self.async_look()

    def create_task(self, job: Any, name: str) -> asyncio.Task[Any]:
        """Start a task that ends with the entry."""
        return self._entry.async_create_background_task(self.hass, job, f"cerebro {name}")

    # Inside.

    def _next_wake(self, now: datetime) -> Wake | None:
        after = max(now, self._row.handled_at or now)
        if self.run is not None:
            after = max(after, self.run.wake_at)
        return next_wake(
            self.setup.wake,
            WakeInputs(
                phone_alarm=self._almanac.phone_alarm,
                first_events=self._almanac.first_events,
                day_kinds=self._almanac.day_kinds,
                once=self._row.once_times,
                skipped=self._row.skipped_days,
            ),
            now=after,
            zone=dt_util.get_default_time_zone(),
        )

    def _plan_ahead(self, now: datetime) -> None:
        if (wake_at := self.next_wake) is None:
            self.plan = None
            return
        self.plan = make_plan(
            self.routine, self.knowledge, self.situation(now), wake_at=wake_at, run=None, now=now
        )

    def _arm_timer(self) -> None:
        """Have the run begin in time for its first cue."""
        if self.next_wake is None or self.run is not None:
            self._end_timer("begin")
            return
        begin = self.next_wake
        if self.plan is not None and self.plan.cues:
            first = self.plan.cues[0]
            begin = min(begin, first.start) - (first.ready - first.start) * LEAD_MARGIN
        if any(setup.step.kind == "alarm" for setup in self.setup.steps.values()):
            begin = min(begin, self.next_wake - self.routine.alarm.light_ramp)
        self._set_timer("begin", max(begin, dt_util.utcnow()), self._async_begin)

    async def _async_begin(self, _: datetime) -> None:
        wake_at = self.next_wake
        if wake_at is None or self.run is not None:
            return
        if not self._runner.senses.anyone_home:
            self._row.handled = wake_at.isoformat()
            self.cerebro.schedule.changed()
            self.decide("nobody_home", values={"time": wake_at})
            self.replan()
            return
        await self._runner.async_begin(wake_at)
        self.replan()

    async def _async_catch_up(self) -> None:
        """Ring a wake-up that was missed while Home Assistant was down, if it is young enough."""
        pending, now = self._row.pending_at, dt_util.utcnow()
        if pending is None or pending > now or not self._row.armed or self.run is not None:
            return
        if (self._row.handled_at or pending - timedelta(days=1)) >= pending:
            return
        self._row.handled = pending.isoformat()
        self.cerebro.schedule.changed()
        if now - pending <= self.setup.wake.missed_age:
            self.decide("missed_rings", values={"time": pending})
            await self._runner.async_begin(pending)
        else:
            self.decide("missed_too_old", values={"time": pending})

    def _is_ahead(self, at: time, now: datetime) -> bool:
        """Return whether a clock time is still to come today."""
        return datetime.combine(now.date(), at, tzinfo=now.tzinfo) > now

    def _clock(self, at: time | None, local: datetime) -> datetime | None:
        return None if at is None else dt_util.as_utc(datetime.combine(local.date(), at, tzinfo=local.tzinfo))

    def _unavailable(self) -> dict[StepId, str]:
        found: dict[StepId, str] = {}
        for step_id, setup in self.setup.steps.items():
            if setup.actions or setup.step.done_by != "built_in":
                continue
            if setup.spec.fault is not None and self.home.is_on(setup.spec.fault):
                found[step_id] = "fault"
            elif any(not self.home.reachable(role) for role in setup.spec.needs):
                found[step_id] = "unavailable"
        return found

    @callback
    def _almanac_changed(self, _: Event[EventStateChangedData]) -> None:
        self.create_task(self.async_look(), f"looks the days of {self.routine.name} up")

    def _set_timer(self, name: str, at: datetime, job: Callable[[datetime], Any]) -> None:
        self._end_timer(name)
        self._timers[name] = async_track_point_in_utc_time(self.hass, job, at)

    def _end_timer(self, name: str) -> None:
        if (timer := self._timers.pop(name, None)) is not None:
            timer()
