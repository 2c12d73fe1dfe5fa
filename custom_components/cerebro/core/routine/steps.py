"""The life of a step in a run: evidence, time limits, retries and faults."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ..reason import Reason
from .model import Anchor, DoneBy, Situation, Step, StepId, StepKind
from .run import ACTIVE, Draft, output_off_by
from .state import (
    EffectDone,
    EffectFailed,
    Happening,
    ReleaseStep,
    StartStep,
    StepObserved,
    StepPhase,
    StepProgress,
    StepSign,
)

BY_TIME: Final = "time"
"""The source of a sign that rests on nothing but the time that passed."""
RELEASE_AGAIN: Final = timedelta(seconds=5)
"""The pause before an output that does not show it is off is put off again; it doubles with each try."""
RELEASE_AGAIN_MOST: Final = timedelta(minutes=1)
ONCE_ONLY: Final = frozenset({StepKind.COFFEE, StepKind.ACTION})
"""What must not be done twice when nobody knows whether it was done."""


def observed(draft: Draft, event: StepObserved) -> None:
    """Take evidence about a step."""
    step = draft.routine.step(event.step_id)
    progress = draft.progress(step.step_id)
    # The alarm ends by what :mod:`.alarm` says, never by a sign of its step.
    if progress.phase not in ACTIVE or step.kind is StepKind.ALARM:
        return
    evidence = event.source != BY_TIME
    match event.sign:
        case StepSign.FAULT if progress.phase is StepPhase.READY:
            # It has done its work (the water ran out with the last cup): it is put off, not done again.
            draft.release(step, also_harmless=True)
        case StepSign.FAULT:
            reason = Reason(key="fault", values={"step": step.step_id})
            draft.hold_back(step, reason)
            draft.call_attention(reason)
        case StepSign.BEGAN if progress.phase is StepPhase.STARTING:
            draft.move_step(step.step_id, StepPhase.RUNNING, began_at=draft.now, by_evidence=evidence)
            draft.announce(Happening.STEP_BEGAN, step.step_id)
        case StepSign.READY if progress.phase is not StepPhase.READY:
            draft.move_step(
                step.step_id, StepPhase.READY, ready_at=draft.now, by_evidence=evidence, ready_seen=evidence
            )
            draft.announce(Happening.STEP_READY, step.step_id)
        case StepSign.ENDED:
            draft.set_step(step.step_id, end_seen=evidence)
            draft.end_step(step, StepPhase.DONE, by_evidence=evidence)


def reached(draft: Draft, anchor: Anchor) -> None:
    """Note that the occupant is where some steps are used."""
    for step in draft.steps(lambda step, progress: step.anchor is anchor and progress.phase in ACTIVE):
        if draft.progress(step.step_id).met_at is None:
            draft.set_step(step.step_id, met_at=draft.now)


def effect_done(draft: Draft, event: EffectDone) -> None:
    """Take note that an effect was performed."""
    match event.effect:
        case ReleaseStep(step_id=step_id):
            progress = draft.progress(step_id)
            # An answer to a release that nobody waits for any more tells nothing of an output put on since.
            if progress.on_since is None or not progress.releasing:
                return
            total = progress.on_total + max(draft.now - progress.on_since, timedelta())
            draft.set_step(
                step_id,
                on_since=None,
                on_total=total,
                releasing=False,
                release_tries=0,
                release_again_at=None,
            )
            if draft.run.attention == _still_on(step_id):
                draft.end_attention()
        case StartStep(step_id=step_id, attempt=attempt):
            step, progress = draft.routine.step(step_id), draft.progress(step_id)
            if progress.attempts != attempt or progress.phase not in ACTIVE:
                _started_late(draft, step)
                return
            # Nothing in the home tells of it: that it was performed is all there is to know.
            if not step.evidence and step.done_by is not DoneBy.AUTOMATION:
                draft.end_step(step, StepPhase.DONE, by_evidence=False)


def effect_failed(draft: Draft, event: EffectFailed) -> None:
    """Take note that an effect could not be performed."""
    match event.effect:
        case ReleaseStep(step_id=step_id):
            progress = draft.progress(step_id)
            if progress.on_since is not None and progress.releasing:
                draft.set_step(step_id, release_again_at=draft.now + _release_pause(progress))
                draft.call_attention(_still_on(step_id))
        case StartStep(step_id=step_id, attempt=attempt):
            step, progress = draft.routine.step(step_id), draft.progress(step_id)
            if progress.attempts != attempt or progress.phase not in ACTIVE:
                _started_late(draft, step)
            elif progress.phase is StepPhase.STARTING:
                _try_again(draft, step, Reason(key=event.error, values={"step": step_id}))


def tick(draft: Draft, situation: Situation) -> None:
    """Let every step do what is due: limits first, because they guard the home."""
    for step in draft.routine.steps:
        if step.kind is StepKind.ALARM:
            continue
        _tick_output(draft, step)
        match draft.progress(step.step_id).phase:
            case StepPhase.STARTING:
                _tick_starting(draft, step)
            case StepPhase.RUNNING:
                _tick_running(draft, step)
            case StepPhase.READY:
                _tick_ready(draft, step)
            case StepPhase.PENDING if not draft.closing:
                _tick_pending(draft, step, situation)


def moments(draft: Draft) -> list[datetime]:
    """Return when the steps want to be asked again."""
    found: list[datetime | None] = []
    for step in draft.steps(lambda *_: True):
        progress = draft.progress(step.step_id)
        found.append(progress.release_again_at if progress.releasing else output_off_by(step, progress))
        found.append(_next_of(draft, step, progress))
    return [moment for moment in found if moment is not None]


def mend_attention(draft: Draft) -> None:
    """Stop asking for the person when the step that needed them goes on, or is over."""
    attention = draft.run.attention
    if attention is None or attention.key != "fault":
        return
    if draft.progress(StepId(str(attention.values["step"]))).phase is not StepPhase.PENDING:
        draft.end_attention()


def recovered(draft: Draft) -> None:
    """Go on after a restart, in which every hazardous output was put off."""
    # Whatever was asked before the restart was not seen to its end: it is asked again.
    on = draft.steps(lambda _, progress: progress.on_since is not None)
    for step in on:
        draft.set_step(step.step_id, releasing=False)
    for step in draft.steps(lambda _, progress: progress.phase in ACTIVE):
        progress = draft.progress(step.step_id)
        interrupted = Reason(key="interrupted", values={"step": step.step_id})
        once = step.kind in ONCE_ONLY or step.done_by is not DoneBy.BUILT_IN
        if progress.phase is StepPhase.READY and (once or step.hazard is None):
            continue
        if once:
            draft.end_step(step, StepPhase.FAILED, interrupted, by_evidence=False)
        else:
            draft.hold_back(step, interrupted)
    for step in on:
        draft.release(step)


def put_water_off(draft: Draft, reason: Reason, *, unmet_only: bool = False) -> None:
    """Put off what needs somebody up, to start again later."""
    for step in draft.steps(
        lambda step, progress: step.hazard is not None and step.hazard.needs_up and progress.phase in ACTIVE
    ):
        if not unmet_only or draft.progress(step.step_id).met_at is None:
            draft.hold_back(step, reason)


def _tick_output(draft: Draft, step: Step) -> None:
    """Enforce the maximum on-time, and put off again what did not show that it is off."""
    progress = draft.progress(step.step_id)
    if progress.on_since is None:
        return
    if progress.releasing:
        if progress.release_again_at is not None and draft.now >= progress.release_again_at:
            draft.put_off(step.step_id, tries=progress.release_tries + 1)
        return
    limit = output_off_by(step, progress)
    if limit is None or draft.now < limit:
        return
    if progress.phase not in ACTIVE:
        draft.release(step)
    elif progress.met_at is not None and progress.phase is StepPhase.READY:
        draft.end_step(step, StepPhase.DONE, Reason(key="max_on", values={"step": step.step_id}))
    else:
        draft.end_step(step, StepPhase.FAILED, Reason(key="max_on", values={"step": step.step_id}))


def _tick_starting(draft: Draft, step: Step) -> None:
    progress = draft.progress(step.step_id)
    limit = _starting_limit(step, progress)
    if limit is not None and draft.now >= limit:
        key = "automation_silent" if step.done_by is DoneBy.AUTOMATION else "no_evidence"
        _try_again(draft, step, Reason(key=key, values={"step": step.step_id}))


def _tick_running(draft: Draft, step: Step) -> None:
    progress = draft.progress(step.step_id)
    if progress.began_at is not None and draft.now >= progress.began_at + step.ready_timeout:
        draft.end_step(step, StepPhase.FAILED, Reason(key="never_ready", values={"step": step.step_id}))


def _tick_ready(draft: Draft, step: Step) -> None:
    progress = draft.progress(step.step_id)
    limit = _ready_limit(step, progress)
    if limit is None or draft.now < limit:
        return
    if progress.met_at is not None:
        draft.end_step(step, StepPhase.DONE)
    else:
        draft.end_step(step, StepPhase.SKIPPED, Reason(key="nobody_came", values={"step": step.step_id}))


def _tick_pending(draft: Draft, step: Step, situation: Situation) -> None:
    """Give up on a step that may not be on any longer, or that is waited for and cannot be done."""
    progress = draft.progress(step.step_id)
    if step.hazard is not None and progress.on_since is None and progress.on_total >= step.hazard.max_on:
        draft.end_step(step, StepPhase.FAILED, Reason(key="max_on", values={"step": step.step_id}))
        return
    why = situation.unavailable.get(step.step_id)
    arrived = draft.run.anchors.get(step.anchor)
    if why is None or arrived is None or why == "fault":
        return
    if draft.now >= arrived + step.ready_timeout:
        draft.end_step(step, StepPhase.FAILED, Reason(key=why, values={"step": step.step_id}))


def _next_of(draft: Draft, step: Step, progress: StepProgress) -> datetime | None:
    match progress.phase:
        case StepPhase.PENDING:
            arrived = draft.run.anchors.get(step.anchor)
            late = None if arrived is None else arrived + step.ready_timeout
            ahead = (at for at in (progress.retry_at, late) if at is not None and at > draft.now)
            return min(ahead, default=None)
        case StepPhase.STARTING:
            return _starting_limit(step, progress)
        case StepPhase.RUNNING:
            return None if progress.began_at is None else progress.began_at + step.ready_timeout
        case StepPhase.READY:
            return _ready_limit(step, progress)
    return None


def _ready_limit(step: Step, progress: StepProgress) -> datetime | None:
    """Return when a step that is ready ends: through with it, or nobody came."""
    if progress.met_at is not None:
        begins = max(progress.ready_at or progress.met_at, progress.met_at)
        return None if _ends_by_sign(step) else begins + step.use_prior
    within = None if step.hazard is None else step.hazard.presence_within
    return None if within is None or progress.ready_at is None else progress.ready_at + within


def _starting_limit(step: Step, progress: StepProgress) -> datetime | None:
    """Return until when a step must have shown that it began, where anything can show it."""
    by_automation = step.done_by is DoneBy.AUTOMATION
    if progress.asked_at is None or not (by_automation or step.evidence):
        return None
    return progress.asked_at + (step.ready_timeout if by_automation else step.evidence_timeout)


def _ends_by_sign(step: Step) -> bool:
    """Return whether water runs while it is used: only a sign, or its limit, ends that."""
    return step.hazard is not None and step.hazard.needs_up


def _try_again(draft: Draft, step: Step, reason: Reason) -> None:
    progress = draft.progress(step.step_id)
    if progress.attempts > step.retries or step.done_by is DoneBy.AUTOMATION:
        draft.end_step(step, StepPhase.FAILED, reason)
        return
    pause = step.backoff * 2 ** (progress.attempts - 1)
    draft.hold_back(step, reason, retry_at=draft.now + pause)
    draft.announce(Happening.STEP_RETRIED, step.step_id, reason)


def _started_late(draft: Draft, step: Step) -> None:
    """Put off the output of an attempt that was performed only after it had been put off."""
    progress = draft.progress(step.step_id)
    if step.hazard is None or progress.phase in ACTIVE or progress.on_since is not None:
        return
    draft.set_step(step.step_id, on_since=draft.now)
    draft.release(step)


def _release_pause(progress: StepProgress) -> timedelta:
    doubled: timedelta = RELEASE_AGAIN * 2 ** min(progress.release_tries, 6)
    return min(doubled, RELEASE_AGAIN_MOST)


def _still_on(step_id: str) -> Reason:
    return Reason(key="still_on", values={"step": step_id})
