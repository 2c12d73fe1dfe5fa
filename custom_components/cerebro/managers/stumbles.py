"""Turns that go wrong one after the other, of an error of ours: what is done without them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..core.routine.model import StepId
from ..core.routine.state import AlarmPhase, Ring, RingPhone, RunState

if TYPE_CHECKING:
    from .routine import RoutineManager
    from .runner import Runner

AGAIN: Final = timedelta(seconds=5)
"""The pause after a turn that went wrong; it doubles with each."""
AGAIN_MOST: Final = timedelta(minutes=1)
TOO_MANY: Final = 2
"""After so many in a row nobody can rely on the next one."""


class Stumbles:
    """The turns of a run that went wrong in a row."""

    def __init__(self, manager: RoutineManager, runner: Runner) -> None:
        """Begin with none."""
        self._manager = manager
        self._runner = runner
        self._in_a_row = 0
        self._rang = False

    @property
    def too_many(self) -> bool:
        """Whether it is no longer safe to wait for the next turn."""
        return self._in_a_row >= TOO_MANY

    def another(self) -> timedelta:
        """Count one more and return the pause until the next turn is tried."""
        pause: timedelta = AGAIN * 2 ** min(self._in_a_row, 6)
        self._in_a_row += 1
        return min(pause, AGAIN_MOST)

    def over(self) -> None:
        """Forget them: a turn went well, or there is none to come."""
        self._in_a_row = 0
        self._rang = False

    def do_without(self, run: RunState, on: Iterable[StepId], now: datetime) -> None:
        """Tell, put off what may be on, and have an alarm that is due ring everywhere, once."""
        self._manager.report("turn_failed")
        self._runner.tasks.spawn(self._runner.effects.async_release_all(on), "puts all off")
        if self._rang or not self._is_due(run, now):
            return
        self._rang = True
        settings, effects = self._manager.routine.alarm, self._runner.effects
        # The last one asked is the one that is played again: it shall be the first of the user's.
        for output in reversed(range(settings.outputs)):
            effects.ringer.remember_volume(output)
            # Nobody will make it louder by and by.
            effects.perform(Ring(output=output, volume=settings.limit_volume, level=0))
        effects.perform(RingPhone())

    def _is_due(self, run: RunState, now: datetime) -> bool:
        """Return whether an alarm that is silent as yet must ring by now."""
        alarm = run.alarm
        if alarm is None or alarm.since is None:
            return False
        match alarm.phase:
            case AlarmPhase.SILENT:
                return now >= run.wake_at
            case AlarmPhase.SNOOZED:
                return now >= alarm.since + self._manager.routine.alarm.snooze_length
        return False
