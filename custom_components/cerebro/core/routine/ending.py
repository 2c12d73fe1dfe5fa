"""The end of a run: the alarm ends with it, nothing starts any more, and every output is put off.

After a restart a run may be over, too: its routine is another one by now, or the morning has gone on.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from ..reason import Reason
from . import alarm
from .model import StepId
from .run import Draft
from .state import AlarmPhase, Ending, RunState


def end_run(draft: Draft, ending: Ending, reason: Reason) -> None:
    """Begin to end a run; one that a danger had ended before is no other for being done."""
    alarm.end(draft)
    if ending is Ending.DONE and draft.run.reason is not None:
        ending, reason = Ending.DANGER, draft.run.reason
    draft.close(ending, reason)


def why_over(
    run: RunState, steps: Collection[StepId], *, alive_at: datetime, patience: timedelta, now: datetime
) -> str | None:
    """Return the reason key why a run cannot go on after a restart, or nothing when it can.

    It goes on with the steps that its routine has now, when it was last known to be alive no longer ago than
    a missed wake-up may be; one whose alarm never rang waits since its wake-up.
    """
    if set(run.steps) != set(steps):
        return "routine_changed"
    waits = run.alarm is not None and run.alarm.phase is AlarmPhase.SILENT
    silent_since = max(alive_at, run.wake_at) if waits else alive_at
    return "down_too_long" if now - silent_since > patience else None
