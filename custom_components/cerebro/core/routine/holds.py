"""What holds a step back, and until when, where something tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ..reason import Reason
from .course import ENDED
from .model import Anchor, Step, StepKind
from .outlook import Outlook, Sketch

LOUD: Final = frozenset({StepKind.NEWS})
"""The kinds that quiet hours hold back; the alarm always rings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Why a step cannot start now, and until when, where something tells."""

    reason: Reason
    until: datetime | None


type Holder = Callable[[Step, Outlook, Sketch], Hold | None]


def hold_of(step: Step, outlook: Outlook, sketch: Sketch) -> Hold | None:
    """Return what holds a step back for longest, if anything does."""
    if step.kind is StepKind.ALARM:
        return None
    holds = [hold for holder in HOLDERS if (hold := holder(step, outlook, sketch)) is not None]
    if not holds:
        return None
    endless = next((hold for hold in holds if hold.until is None), None)
    return endless or max(holds, key=lambda hold: hold.until or outlook.now)


def _unavailable(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    key = outlook.situation.unavailable.get(step.step_id)
    return None if key is None else Hold(reason=Reason(key=key, values={"step": step.step_id}), until=None)


def _away(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    if outlook.situation.home:
        return None
    reason = Reason(key="waits_for_home", values={"step": step.step_id})
    return Hold(reason=reason, until=outlook.arrival(step).at)


def _prerequisites(step: Step, outlook: Outlook, sketch: Sketch) -> Hold | None:
    """Hold a step until those before it have ended; the last one to end is named."""
    open_steps = [
        other
        for place in sorted(outlook.order[other] for other in step.after if other in outlook.order)
        for other in (outlook.routine.steps[place],)
        if other.step_id not in sketch.dropped and outlook.progress(other).phase not in ENDED
    ]
    if not open_steps:
        return None
    unknown = next((other for other in open_steps if other.step_id not in sketch.ends), None)
    last = unknown or max(open_steps, key=lambda other: sketch.ends[other.step_id])
    reason = Reason(key="waits_for_step", values={"step": step.step_id, "other": last.step_id})
    endless = unknown is not None or any(other.step_id in sketch.endless for other in open_steps)
    return Hold(reason=reason, until=None if endless else sketch.ends[last.step_id])


def _needs_up(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    if step.hazard is None or not step.hazard.needs_up:
        return None
    if outlook.run is not None and Anchor.UP in outlook.run.anchors and outlook.run.in_bed is not True:
        return None
    return Hold(
        reason=Reason(key="waits_for_up", values={"step": step.step_id}), until=outlook.course[Anchor.UP].at
    )


def _resource(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    if step.resource is None or step.resource not in outlook.situation.busy:
        return None
    until = outlook.situation.busy[step.resource]
    values: dict[str, str | datetime] = {"step": step.step_id, "resource": f"resource_{step.resource}"}
    if until is None:
        return Hold(reason=Reason(key="waits_for_resource", values=values), until=outlook.arrival(step).at)
    reason = Reason(key="waits_for_resource_until", values=values | {"until": until})
    return Hold(reason=reason, until=until)


def _quiet(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    until = outlook.situation.quiet_until
    if until is None or step.kind not in LOUD or outlook.now >= until:
        return None
    if outlook.run is None and _soonest(step, outlook) >= until:
        return None
    reason = Reason(key="waits_for_quiet", values={"step": step.step_id, "until": until})
    return Hold(reason=reason, until=until)


def _soonest(step: Step, outlook: Outlook) -> datetime:
    """Return when a step would start for the earliest arrival that is known."""
    arrival = outlook.arrival(step)
    soonest = arrival.at
    if arrival.left is not None:
        soonest = min(soonest, outlook.now + timedelta(seconds=arrival.left.points[0]))
    return soonest - timedelta(seconds=outlook.ready[step.step_id])


def _put_off(step: Step, outlook: Outlook, _: Sketch) -> Hold | None:
    """Hold a step that is tried again later, or whose output has not been seen off."""
    progress = outlook.progress(step)
    waits = progress.retry_at is not None and progress.retry_at > outlook.now
    if not waits and progress.on_since is None:
        return None
    reason = progress.reason or Reason(key="still_on", values={"step": step.step_id})
    return Hold(reason=reason, until=progress.retry_at if waits else outlook.now)


HOLDERS: Final[tuple[Holder, ...]] = (
    _unavailable,
    _away,
    _prerequisites,
    _needs_up,
    _resource,
    _quiet,
    _put_off,
)
