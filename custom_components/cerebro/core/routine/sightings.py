"""What the home shows of the occupants in a run: where they are, whether they lie in bed, and danger."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ..reason import Reason
from . import alarm, steps
from .ending import end_run
from .model import Anchor
from .run import OVER, Draft
from .state import AnchorReached, BedChanged, Danger, Ending, Happening, Noticed, StepPhase

MOST_SEEN: Final = 200
"""How many observations of a run are kept: motion sensors may chatter."""
SEEN_AGAIN: Final = timedelta(seconds=5)
"""Being seen at an anchor again sooner than this tells nothing new: each time would be written down."""
BY_PERSON: Final = "person"
"""The source of an anchor that rests on where a phone says it is."""
BY_SOMEBODY: Final = "somebody"
"""The source of an anchor that rests on movement where no bed tells whose: a cat's, or another's."""


def take(draft: Draft, event: AnchorReached | BedChanged | Noticed | Danger) -> None:
    """Take what the home shows."""
    match event:
        case AnchorReached(anchor=anchor, source=source):
            reach(draft, anchor, source)
        case BedChanged(occupied=occupied):
            _bed(draft, occupied=occupied)
        case Noticed(label=label):
            _notice(draft, label)
        case Danger(source=source):
            _danger(draft, source)


def reach(draft: Draft, anchor: Anchor, source: str) -> None:
    """Note that an occupant is at an anchor, and so is up."""
    if draft.closing or _costs_the_alarm(draft, anchor, source):
        return
    if anchor is not Anchor.UP and Anchor.UP not in draft.run.anchors:
        reach(draft, Anchor.UP, source)
    last = draft.run.last_at.get(anchor)
    if last is None or draft.now - last >= SEEN_AGAIN:
        draft.set(last_at={**draft.run.last_at, anchor: draft.now})
    if draft.run.in_bed:
        draft.set(in_bed=False)
    if anchor in draft.run.anchors:
        steps.reached(draft, anchor)
        return
    if draft.run.woke_at is None:
        draft.set(woke_at=draft.now)
    draft.set(anchors={**draft.run.anchors, anchor: draft.now})
    _see(draft, anchor.value)
    if anchor is Anchor.UP:
        draft.announce(Happening.OCCUPANT_UP, None, Reason(key=f"up_by_{source}"))
        alarm.got_up(draft)
        steps.reached(draft, anchor)
        return
    draft.announce(Happening.ANCHOR_REACHED, None, Reason(key=f"reached_{anchor.value}"))
    steps.reached(draft, anchor)
    if anchor is Anchor.LEAVE:
        _leave(draft)


def _costs_the_alarm(draft: Draft, anchor: Anchor, source: str) -> bool:
    """Return whether an anchor would end an alarm by what may come from somebody or something else."""
    if anchor is Anchor.LEAVE and draft.run.in_bed:
        return True
    if not alarm.unanswered(draft):
        return False
    # A phone that thinks for a moment that it is elsewhere, or somebody else who is about earlier.
    strays = anchor is Anchor.LEAVE and source == BY_PERSON
    return strays or (source == BY_SOMEBODY and draft.now < draft.run.wake_at)


def _leave(draft: Draft) -> None:
    """End the run of somebody who has left: what they used is done, the rest is left out."""
    for step in draft.steps(
        lambda _, progress: progress.phase is StepPhase.READY and progress.met_at is not None
    ):
        draft.end_step(step, StepPhase.DONE)
    end_run(draft, Ending.DONE, Reason(key="left_home"))


def _bed(draft: Draft, *, occupied: bool) -> None:
    lay_all_night = occupied and draft.run.in_bed is None
    draft.set(in_bed=occupied)
    if not lay_all_night:
        _see(draft, "bed_occupied" if occupied else "bed_empty")
    if not occupied:
        return
    asleep = alarm.back_in_bed(draft)
    steps.put_water_off(draft, Reason(key="asleep_again"), unmet_only=not asleep)
    if asleep:
        draft.set(anchors={anchor: at for anchor, at in draft.run.anchors.items() if anchor is not Anchor.UP})


def _notice(draft: Draft, label: str) -> None:
    if label.startswith("fault_cleared_"):
        step_id = label.removeprefix("fault_cleared_")
        if draft.run.attention == Reason(key="fault", values={"step": step_id}):
            draft.end_attention()
        return
    _see(draft, label)


def _see(draft: Draft, label: str) -> None:
    """Keep an observation; the same one again at once tells nothing new."""
    if draft.run.seen and draft.run.seen[-1][0] == label:
        return
    if len(draft.run.seen) < MOST_SEEN:
        draft.set(seen=(*draft.run.seen, (label, draft.now)))


def _danger(draft: Draft, source: str) -> None:
    if draft.closing:
        return
    reason = Reason(key=f"danger_{source}")
    draft.call_attention(reason)
    if not alarm.unanswered(draft):
        end_run(draft, Ending.DANGER, reason)
        return
    # All else ends, but whoever still sleeps is woken all the more.
    draft.set(reason=reason)
    for step in draft.steps(lambda _, progress: progress.phase not in OVER):
        draft.end_step(step, StepPhase.SKIPPED, reason)
