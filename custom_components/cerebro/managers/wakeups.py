"""The wake-ups of a routine: the next one, the run that begins in time for it, and the missed ones."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
import logging
from typing import TYPE_CHECKING, Any, Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE
from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, callback
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..core.reason import Reason
from ..core.routine.model import Anchor, StepKind
from ..core.routine.planner import plan as make_plan
from ..core.routine.state import Ending, RunState
from ..core.routine.wake import Wake, WakeInputs, day_meant, next_wake, rings_late
from .almanac import Almanac

if TYPE_CHECKING:
    from .routine import RoutineManager

_LOGGER = logging.getLogger(__name__)

LOOK_AGAIN: Final = timedelta(minutes=30)
"""How often calendars are looked up again: a meeting may move without its calendar's state changing."""
FIRST_LOOK_SECONDS: Final = 1.0
"""How long a routine that is set up waits for the first look: what answers at once is shown at once."""
LEAD_MARGIN: Final = 1.5
"""A run begins this many ready times before its first cue: the decision may want to start earlier."""
ONCE: Final = "once"
"""The source of a wake-up that was set for its date alone."""


class Wakeups:
    """Finds the next wake-up of one routine and has its run begin."""

    def __init__(self, manager: RoutineManager) -> None:
        """Belong to a routine."""
        self._manager = manager
        self._hass = manager.hass
        self.row = manager.cerebro.schedule.of(manager.routine.routine_id)
        self.almanac = Almanac(manager.hass, manager.setup)
        self.wake: Wake | None = None
        """The next wake-up, whether or not the routine is armed."""
        self._unsubscribes: list[CALLBACK_TYPE] = []
        self._timers: dict[str, CALLBACK_TYPE] = {}
        self._looking = asyncio.Lock()
        self._look_waits = False
        self._looks: set[asyncio.Task[None]] = set()
        self._stopped = False

    @property
    def at(self) -> datetime | None:
        """The next wake-up (UTC), while armed."""
        return self.wake.at if self.wake is not None and self.row.armed else None

    async def async_start(self) -> None:
        """Ring what was missed, and plan the next wake-up."""
        watched = self.almanac.watched
        if watched:
            self._unsubscribes.append(async_track_state_change_event(self._hass, watched, self._look_soon))
        if where := self._manager.runner.senses.whereabouts:
            self._unsubscribes.append(async_track_state_change_event(self._hass, where, self._moved))
        self._unsubscribes.append(self._hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, self._look_soon))
        await self._async_catch_up()
        # Before anything is looked up: what answers slowly must hold back neither the alarm nor the set-up.
        self.replan()
        self._look_soon()
        if self._looks:
            await asyncio.wait(self._looks, timeout=FIRST_LOOK_SECONDS)

    @callback
    def stop(self) -> None:
        """Let go of everything that waits: another may keep the same row from now on."""
        self._stopped = True
        for look in self._looks:
            look.cancel()
        for unsubscribe in self._unsubscribes:
            unsubscribe()
        self._unsubscribes.clear()
        for name in list(self._timers):
            self._end_timer(name)

    async def async_look(self) -> None:
        """Look the coming days up and plan the next wake-up anew.

        One that waits for the look under way stands for all that are asked for meanwhile.
        """
        if self._look_waits or self._stopped:
            return
        self._look_waits = True
        try:
            # What changes together is looked up together.
            await asyncio.sleep(0)
            await self._looking.acquire()
        finally:
            self._look_waits = False
        try:
            # Before it begins: a look that fails must not be the last.
            self._set_timer("look", dt_util.utcnow() + LOOK_AGAIN, self._look_soon)
            await self.almanac.async_look()
            if self._stopped:
                return
            await self._async_catch_up()
            self.replan()
        finally:
            self._looking.release()

    @callback
    def replan(self) -> None:
        """Find the next wake-up and make the plan shown beforehand."""
        if self._stopped:
            return
        manager, now = self._manager, dt_util.utcnow()
        self.row.forget_before(dt_util.as_local(now).date() - timedelta(days=1))
        self.wake = self._next_wake(now)
        self._note_pending()
        if manager.run is None:
            self._plan_ahead(now)
        elif self._was_changed(manager.run, now):
            manager.create_task(self._async_withdraw(manager.run), f"withdraws {manager.routine.name}")
        self._arm_timer(now)
        manager.changed()

    def day_meant(self, at: time) -> date:
        """Return the date that a wall-clock time set once is meant for."""
        wake, zone = self._manager.setup.wake, dt_util.get_default_time_zone()
        return day_meant(wake, self._inputs, at, now=dt_util.utcnow(), zone=zone)

    @callback
    def rang(self, run: RunState) -> None:
        """Keep that the wake-up of a run is over: it rang, or the occupant was up before."""
        self.row.let_go(run.wake_at, self.row.running_day)
        self._manager.cerebro.schedule.changed()
        self.replan()

    @callback
    def finished(self, run: RunState) -> None:
        """Keep that a run is over, and plan the next wake-up."""
        # What cuts a run off before its wake-up must not let anybody oversleep.
        if run.ending is not Ending.ABANDONED or not self._is_early(run, dt_util.utcnow()):
            self.row.let_go(run.wake_at, self.row.running_day)
        self.row.running_day = None
        if _was_taken_for_gone(run):
            self._manager.answers.tell(self._manager.sentence(Reason(key="left_home")))
        self._manager.cerebro.schedule.changed()
        self._look_soon()

    # Inside.

    def _next_wake(self, now: datetime) -> Wake | None:
        return next_wake(
            self._manager.setup.wake,
            self._inputs,
            now=max(now, self.row.handled_at or now),
            zone=dt_util.get_default_time_zone(),
        )

    @property
    def _inputs(self) -> WakeInputs:
        return WakeInputs(
            phone_alarm=self.almanac.phone_alarm,
            first_events=self.almanac.first_events,
            day_kinds=self.almanac.day_kinds,
            once=self.row.once_times,
            skipped=self.row.skipped_days,
            rung=self.row.rung_days,
        )

    def _note_pending(self) -> None:
        """Have the planned wake-up written down, so that it is known to be missed when it was."""
        at = None if self.at is None else self.at.isoformat()
        day = None if self.at is None or self.wake is None else self.wake.day.isoformat()
        if (at, day) != (self.row.pending, self.row.pending_day):
            self.row.pending, self.row.pending_day = at, day
            self._manager.cerebro.schedule.changed()

    def _plan_ahead(self, now: datetime) -> None:
        manager = self._manager
        manager.plan = (
            None
            if self.at is None
            else make_plan(
                manager.routine,
                manager.knowledge,
                manager.situation(self.at),
                wake_at=self.at,
                run=None,
                now=now,
            )
        )

    def _arm_timer(self, now: datetime) -> None:
        """Have the run begin in time for its first cue; one that is under way has until the wake-up."""
        manager, run = self._manager, self._manager.run
        if self.at is None or (run is not None and run.wake_at == self.at):
            self._end_timer("begin")
            return
        begin = self.at
        # Where nobody is, nothing begins before the wake-up, but they may come home or be there all along.
        if run is None and manager.anyone_home:
            if manager.plan is not None and manager.plan.cues:
                first = manager.plan.cues[0]
                begin = min(begin, first.start - (first.ready - first.start) * LEAD_MARGIN)
            if any(step.kind is StepKind.ALARM for step in manager.routine.steps):
                begin = min(begin, self.at - manager.routine.alarm.light_ramp)
        self._set_timer("begin", max(begin, now), self._async_begin)

    async def _async_begin(self, _: datetime) -> None:
        manager, wake, run = self._manager, self.wake, self._manager.run
        if self._stopped or wake is None or self.at is None:
            return
        if run is not None and run.wake_at == wake.at:
            return
        if run is not None:
            if wake.source != ONCE and _is_up(run):
                self._let_go(wake, "already_up")
                return
            await manager.async_abandon("next_wake_up")
            if self._stopped:
                return
        if not manager.anyone_home and dt_util.utcnow() < wake.at:
            self.replan()
            return
        if manager.runner.senses.is_away:
            self._let_go(wake, "nobody_home")
            manager.answers.tell(manager.reason or "")
            return
        await self._async_run(wake.at, wake.day.isoformat())

    async def _async_run(self, at: datetime, day: str | None) -> None:
        self.row.running_day = day
        self._manager.cerebro.schedule.changed()
        await self._manager.async_begin(at)
        self.replan()

    def _let_go(self, wake: Wake, why: str) -> None:
        self.row.let_go(wake.at, wake.day.isoformat())
        self._manager.cerebro.schedule.changed()
        self._manager.decide(why, values={"time": wake.at})
        self.replan()

    async def _async_catch_up(self) -> None:
        """Ring a wake-up that was missed, Home Assistant or its clock being away, if it is young enough."""
        row, manager = self.row, self._manager
        pending, now = row.pending_at, dt_util.utcnow()
        if pending is None or pending > now or not row.armed or manager.run is not None:
            return
        if row.handled_at is not None and row.handled_at >= pending:
            return
        if not rings_late(pending, now, manager.setup.wake.missed_age):
            # Its day stays open: another source may still ring on it.
            row.let_go(pending, None)
            manager.cerebro.schedule.changed()
            manager.decide("missed_too_old", values={"time": pending})
        elif manager.anyone_home:
            manager.decide("missed_rings", values={"time": pending})
            await self._async_run(pending, row.pending_day)
        else:
            row.let_go(pending, row.pending_day)
            manager.cerebro.schedule.changed()
            manager.decide("nobody_home", values={"time": pending})
            manager.answers.tell(manager.reason or "")

    def _is_early(self, run: RunState, now: datetime) -> bool:
        """Return whether a run is for a wake-up that is still to come."""
        return self.row.running_day is not None and run.woke_at is None and now < run.wake_at

    def _was_changed(self, run: RunState, now: datetime) -> bool:
        """Return whether the wake-up that a run waits for was disarmed, skipped or moved.

        One that no source tells of any more still rings: a phone that went silent took nothing back.
        """
        if not self._is_early(run, now):
            return False
        day = self.row.running_day
        moved = self.wake is not None and self.wake.day.isoformat() == day and self.wake.at != run.wake_at
        return not self.row.armed or day in self.row.skipped or moved

    async def _async_withdraw(self, run: RunState) -> None:
        if self._manager.run is not None and self._manager.run.run_id == run.run_id:
            await self._manager.async_abandon("wake_up_changed")

    @callback
    def _look_soon(self, *_: object) -> None:
        if self._look_waits or self._stopped:
            return
        look = self._manager.create_task(
            self.async_look(), f"looks the days of {self._manager.routine.name} up"
        )
        self._looks.add(look)
        look.add_done_callback(self._looks.discard)

    @callback
    def _moved(self, event: Event[EventStateChangedData]) -> None:
        """Begin in time for the first cue once somebody is at home, and no sooner."""
        new, old = event.data["new_state"], event.data["old_state"]
        if new is not None and old is not None and new.state != old.state and self._manager.run is None:
            self.replan()

    def _set_timer(self, name: str, at: datetime, job: Callable[[datetime], Any]) -> None:
        self._end_timer(name)
        if self._stopped:
            return
        self._timers[name] = async_track_point_in_utc_time(self._hass, job, at)

    def _end_timer(self, name: str) -> None:
        if (timer := self._timers.pop(name, None)) is not None:
            timer()


def _was_taken_for_gone(run: RunState) -> bool:
    """Return whether a run ended because everybody had left though nobody had been seen up."""
    return Anchor.LEAVE in run.anchors and run.anchors[Anchor.LEAVE] == run.anchors.get(Anchor.UP)


def _is_up(run: RunState) -> bool:
    """Return whether a run that goes on knows its occupant to be up."""
    return run.ending is None and Anchor.UP in run.anchors and run.in_bed is not True
