"""Turns that go wrong one after the other, of an error of ours: how soon the next is tried."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

AGAIN: Final = timedelta(seconds=5)
"""The pause after a turn that went wrong; it doubles with each."""
AGAIN_MOST: Final = timedelta(minutes=1)
TOO_MANY: Final = 2
"""After so many in a row nobody can rely on the next one to put off what is on."""


class Stumbles:
    """The turns of a run that went wrong in a row."""

    def __init__(self) -> None:
        """Begin with none."""
        self._in_a_row = 0

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
        """Forget them: a turn went well."""
        self._in_a_row = 0
