"""Turns that go wrong one after the other, of an error of ours: what is done without them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from ..core.routine.alarm import rings_at
from ..core.routine.model import StepId
from ..core.routine.state import Ring, RingPhone, RunState

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
        settings, effects = self._manager.routine.alarm, self._runner.effects
        due = rings_at(run, settings)
        if self._rang or due is None or now < due:
            return
        self._rang = True
        # The last one asked is the one that is played again: it shall be the first of the user's.
        for output in reversed(range(settings.outputs)):
            effects.ringer.remember_volume(output)
            # Nobody will make it louder by and by.
            effects.perform(Ring(output=output, volume=settings.limit_volume, level=0))
        effects.perform(RingPhone())
