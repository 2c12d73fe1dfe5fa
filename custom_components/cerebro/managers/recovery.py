"""After a restart: what the journal tells of the run that was under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
import logging
from typing import TYPE_CHECKING, Any

from ..core.routine.serial import BrokenData, from_json
from ..core.routine.state import RunState
from .journal import JournalNewerError

if TYPE_CHECKING:
    from .routine import RoutineManager
    from .runner import Runner

_LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A run as the journal tells it."""

    run: RunState
    at: datetime
    """The last moment it was known to be alive."""
    volumes: dict[str, float | None] = field(default_factory=dict)
    """The volume of each speaker that rang, as it was before."""


async def async_find_run(manager: RoutineManager, runner: Runner) -> Found | None:
    """Return the run that the journal tells of.

    Where the journal cannot be relied on, it is kept aside and every hazardous output is put off: nobody
    knows which are on.
    """
    journal = runner.journal
    problem: str | None
    try:
        recalled = await journal.async_recall()
        found = None if recalled.line is None else _found(recalled.line)
    except JournalNewerError:
        problem, found, line = "journal_newer", None, None
    except (BrokenData, KeyError, TypeError, ValueError, OSError) as error:
        _LOGGER.warning("The journal of %s could not be read: %s", manager.routine.name, error)
        problem, found, line = "journal_damaged", None, None
    else:
        problem, line = "journal_damaged" if recalled.damaged else None, recalled.line
    if problem is None:
        for key in ("journal_newer", "journal_damaged"):
            manager.cure(key)
        return found
    await async_distrust(problem, manager, runner, last=line if found is not None else None)
    return found


async def async_distrust(
    problem: str, manager: RoutineManager, runner: Runner, *, last: Mapping[str, Any] | None = None
) -> None:
    """Keep a journal aside, but for its last line where that is whole, and put every hazardous output off."""
    manager.report(problem)
    try:
        await manager.hass.async_add_executor_job(runner.journal.set_aside)
    except OSError as error:
        _LOGGER.warning("The journal of %s could not be kept aside: %s", manager.routine.name, error)
    if last is not None:
        await runner.async_write(last)
    await runner.effects.async_release_all(setup.step.step_id for setup in manager.setup.hazards)


def _found(line: Mapping[str, Any]) -> Found | None:
    run = from_json(line["run"])
    if not isinstance(run, RunState):
        raise BrokenData(type(run).__name__)
    volumes = line.get("volumes", {})
    if not isinstance(volumes, dict):
        raise BrokenData("volumes")
    return Found(run=run, at=datetime.fromisoformat(str(line["at"])), volumes=dict(volumes))
