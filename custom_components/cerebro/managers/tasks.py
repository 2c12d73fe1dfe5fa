"""What a run does in the background: seen when it goes wrong, and ended with the routine."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
import logging
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError

_LOGGER = logging.getLogger(__name__)

_within: ContextVar[tuple[asyncio.Task[None], ...]] = ContextVar("within", default=())


class Tasks:
    """The background tasks of one routine's run.

    None of the entry's own: those are cancelled while one of them may be what has the entry loaded anew.
    """

    def __init__(self, hass: HomeAssistant, name: str) -> None:
        """Take the name of the routine."""
        self._hass = hass
        self._name = name
        self._tasks: set[asyncio.Task[None]] = set()

    def spawn(self, job: Coroutine[Any, Any, None], what: str) -> asyncio.Task[None]:
        """Do something in the background."""
        task = self._hass.async_create_background_task(
            self._async_guarded(job, what), f"cerebro {self._name} {what}"
        )
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def async_whole(self, job: Coroutine[Any, Any, None], what: str) -> None:
        """Do something to its end, though whoever asked for it is cancelled meanwhile; raise what it raises.

        An automation that is started anew cancels its own calls: half a turn would be none.
        """
        task = self._hass.async_create_background_task(job, f"cerebro {self._name} {what}")
        # Nobody may be left to hear what it raises.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        # Not a shield: that would report to the loop what a caller who is gone would have been told.
        await asyncio.wait([task])
        task.result()

    async def async_cancel(self) -> None:
        """End them all, but for those that this is part of."""
        tasks = [task for task in self._tasks if not is_within(task)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _async_guarded(self, job: Coroutine[Any, Any, None], what: str) -> None:
        """Run a job; an error of ours must be seen, and must not end the run."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - it is spawned as one
        _within.set((*_within.get(), task))
        try:
            await job
        except HomeAssistantError as error:
            _LOGGER.warning("%s %s: %s", self._name, what, error)
        except Exception:
            _LOGGER.exception("%s %s", self._name, what)


def is_within(task: asyncio.Task[None]) -> bool:
    """Return whether what runs now is part of a task: the user's own actions may act on Cerebro itself.

    Such a task must be neither waited for nor cancelled.
    """
    return task in _within.get()
