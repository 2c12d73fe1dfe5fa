"""What the user asks of the coming wake-ups: armed or not, another time once, one left out; and the undo."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.routine.model import StepId
from ..core.routine.run import OVER
from .decisions import Decision
from .schedule import Row

if TYPE_CHECKING:
    from .routine import RoutineManager


class Wishes:
    """Takes what is asked of one routine's wake-ups, and takes it back."""

    def __init__(self, manager: RoutineManager) -> None:
        """Belong to a routine."""
        self._manager = manager

    async def async_arm(self, *, armed: bool) -> None:
        """Arm or disarm the wake-ups."""
        if self._row.armed == armed:
            return
        self._row.armed = armed
        self._manager.decide("armed" if armed else "disarmed", undo={"armed": not armed})
        self._keep()

    async def async_set_wake_time(self, at: time) -> None:
        """Set the wall-clock time of the next wake-up, once.

        A time that is already past today is meant for tomorrow.
        """
        now = dt_util.now()
        ahead = datetime.combine(now.date(), at, tzinfo=now.tzinfo) > now
        day = (now.date() if ahead else now.date() + timedelta(days=1)).isoformat()
        undo = {"once": [day, self._row.once.get(day)], "skipped_before": day in self._row.skipped}
        self._row.once[day] = at.isoformat()
        if day in self._row.skipped:
            self._row.skipped.remove(day)
        self._manager.decide("wake_time_set", undo=undo, values={"time": at.strftime("%H:%M")})
        self._keep()

    async def async_skip_next(self) -> None:
        """Let the next wake-up go.

        Raises:
            ServiceValidationError: when there is none.
        """
        wake = self._manager.wakeups.wake
        if wake is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_wake_up")
        day = wake.day.isoformat()
        self._row.skipped.append(day)
        self._manager.decide("wake_up_skipped", undo={"skipped": day}, values={"time": wake.at})
        self._keep()

    def can_undo(self, decision: Decision) -> bool:
        """Return whether a decision can still be taken back."""
        undo = decision.undo
        if undo is None or decision.undone:
            return False
        if "step" not in undo:
            return True
        run = self._manager.run
        if run is None or run.run_id != undo["run_id"] or run.ending is not None:
            return False
        progress = run.steps.get(StepId(undo["step"]))
        return progress is not None and progress.phase not in OVER

    async def async_undo(self) -> Decision:
        """Take the last decision back that can be, and return it.

        Raises:
            ServiceValidationError: when there is none.
        """
        manager = self._manager
        decision = next(filter(self.can_undo, manager.cerebro.decisions.of(manager.routine.routine_id)), None)
        if decision is None:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="nothing_to_undo")
        undo, row = decision.undo or {}, self._row
        if "armed" in undo:
            row.armed = bool(undo["armed"])
        elif "once" in undo:
            day, before = undo["once"]
            if before is None:
                row.once.pop(day, None)
            else:
                row.once[day] = before
            if undo.get("skipped_before") and day not in row.skipped:
                row.skipped.append(day)
        elif "skipped" in undo:
            row.skipped = [day for day in row.skipped if day != undo["skipped"]]
        elif "step" in undo:
            await manager.async_skip_step(StepId(undo["step"]))
        manager.cerebro.decisions.mark_undone(decision)
        self._keep()
        return decision

    @property
    def _row(self) -> Row:
        return self._manager.wakeups.row

    def _keep(self) -> None:
        """Have what was asked written down and planned with."""
        self._manager.cerebro.schedule.changed()
        self._manager.wakeups.replan()
