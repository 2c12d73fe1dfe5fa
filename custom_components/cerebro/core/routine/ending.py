"""The end of a run: the alarm ends with it, nothing starts any more, and every output is put off."""

from __future__ import annotations

from . import alarm
from .model import Reason
from .run import Draft
from .state import Ending


def end_run(draft: Draft, ending: Ending, reason: Reason) -> None:
    """Begin to end a run; one that a danger had ended before is no other for being done."""
    alarm.end(draft)
    if ending is Ending.DONE and draft.run.reason is not None:
        ending, reason = Ending.DANGER, draft.run.reason
    draft.close(ending, reason)
