"""What the user asks of the coming wake-ups: armed or not, another time once, one left out; and the undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Final

from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..const import DOMAIN
from ..core.routine.model import StepId
from ..core.routine.run import OVER
from .decisions import Decision
from .schedule import Row
from .settings import WEEKDAYS

if TYPE_CHECKING:
    from .routine import RoutineManager

UNDO_FOR: Final = timedelta(hours=1)
"""Who asks for the last thing back means none that was decided longer ago, unless in the present run."""


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

        Which day that is, :func:`~..core.routine.wake.day_meant` tells.
        """
        meant = self._manager.wakeups.day_meant(at)
        day = meant.isoformat()
        undo = {"once": [day, self._row.once.get(day)], "skipped_before": day in self._row.skipped}
        self._row.once[day] = at.isoformat()
        if day in self._row.skipped:
            self._row.skipped.remove(day)
        weekday = self._manager.cerebro.texts.option("weekday", WEEKDAYS[meant.weekday()])
        values = {"time": at.strftime("%H:%M"), "day": weekday}
        self._manager.decide("wake_time_set", undo=undo, values=values)
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
        """Return whether a decision can still be taken back: a recent one that nothing has overtaken."""
        undo = decision.undo
        if undo is None or decision.undone or not self._is_recent(decision):
            return False
        if "armed" in undo:
            return decision is next(filter(_arms, self._decisions), None)
        if "once" in undo:
            return self._is_to_come(undo["once"][0])
        if "skipped" in undo:
            return self._is_to_come(undo["skipped"])
        return self._can_leave_out(undo)

    async def async_undo(self) -> Decision:
        """Take the last decision back that can be, and return it.

        Raises:
            ServiceValidationError: when there is none.
        """
        manager = self._manager
        decision = next(filter(self.can_undo, self._decisions), None)
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
    def _decisions(self) -> Iterator[Decision]:
        """The decisions about the routine, the latest first."""
        return self._manager.cerebro.decisions.of(self._manager.routine.routine_id)

    def _is_recent(self, decision: Decision) -> bool:
        made, run = datetime.fromisoformat(decision.at), self._manager.run
        return dt_util.utcnow() - made <= UNDO_FOR or (run is not None and made >= run.started_at)

    def _is_to_come(self, day: str) -> bool:
        """Return whether the wake-up of a day is still to come."""
        return day >= dt_util.now().date().isoformat() and day not in self._row.rung

    def _can_leave_out(self, undo: Mapping[str, Any]) -> bool:
        """Return whether a step that was started can still be left out of the run."""
        run = self._manager.run
        if run is None or run.run_id != undo["run_id"] or run.ending is not None:
            return False
        progress = run.steps.get(StepId(undo["step"]))
        return progress is not None and progress.phase not in OVER

    @property
    def _row(self) -> Row:
        return self._manager.wakeups.row

    def _keep(self) -> None:
        """Have what was asked written down and planned with."""
        self._manager.cerebro.schedule.changed()
        self._manager.wakeups.replan()


def _arms(decision: Decision) -> bool:
    """Return whether a decision that stands armed or disarmed the wake-ups."""
    return decision.undo is not None and "armed" in decision.undo and not decision.undone
