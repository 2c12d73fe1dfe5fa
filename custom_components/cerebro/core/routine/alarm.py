"""The alarm: rings, rings louder, falls back, and ends only when somebody is up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from ..reason import Reason
from .model import AlarmSettings, DoneBy
from .run import ASLEEP, CannotDo, Draft
from .state import (
    AlarmPhase,
    AlarmState,
    EffectFailed,
    Happening,
    Ring,
    RingPhone,
    RunState,
    Silence,
    StepPhase,
)

ALARM_MOVES: Final[Mapping[AlarmPhase, frozenset[AlarmPhase]]] = {
    AlarmPhase.SILENT: frozenset({AlarmPhase.RINGING, AlarmPhase.WATCHING, AlarmPhase.ENDED}),
    AlarmPhase.RINGING: frozenset({AlarmPhase.SNOOZED, AlarmPhase.WATCHING, AlarmPhase.ENDED}),
    AlarmPhase.SNOOZED: frozenset({AlarmPhase.RINGING, AlarmPhase.WATCHING, AlarmPhase.ENDED}),
    AlarmPhase.WATCHING: frozenset({AlarmPhase.SILENT, AlarmPhase.RINGING, AlarmPhase.ENDED}),
    AlarmPhase.ENDED: frozenset(),
}
"""Where the alarm may go."""
MOST_LOUDER: Final = 100
"""More steps up than any volume needs, and few enough for the arithmetic."""
UNANSWERED: Final = ("alarm_unheard", "alarm_unanswered")
"""Why an alarm needs the person, until they answer it."""


def volume_at(settings: AlarmSettings, level: int) -> float:
    """Return the volume (0 to 1) after so many steps up."""
    steps = min(level, MOST_LOUDER)
    return min(settings.limit_volume, settings.start_volume * settings.loudness_factor**steps)


def tick(draft: Draft) -> None:
    """Let the alarm do what is due."""
    alarm = draft.run.alarm
    if alarm is None or draft.closing:
        return
    due = rings_at(draft.run, draft.routine.alarm)
    match alarm.phase:
        case AlarmPhase.SILENT | AlarmPhase.SNOOZED if due is not None and draft.now >= due:
            _ring(draft, Happening.ALARM_RINGING)
        case AlarmPhase.WATCHING if draft.now >= _watch_until(draft, alarm):
            _move(draft, AlarmPhase.ENDED)
        case AlarmPhase.RINGING:
            _tick_ringing(draft, alarm)


def rings_at(run: RunState, settings: AlarmSettings) -> datetime | None:
    """Return when an alarm that is quiet rings, or nothing when none is to."""
    alarm = run.alarm
    match None if alarm is None else alarm.phase:
        case AlarmPhase.SILENT:
            return run.wake_at
        case AlarmPhase.SNOOZED if alarm is not None:
            return _since(alarm) + settings.snooze_length
    return None


def next_moment(draft: Draft) -> datetime | None:
    """Return when the alarm wants to be asked again."""
    alarm, settings = draft.run.alarm, draft.routine.alarm
    if alarm is None or draft.closing:
        return None
    match alarm.phase:
        case AlarmPhase.SILENT | AlarmPhase.SNOOZED:
            return rings_at(draft.run, settings)
        case AlarmPhase.WATCHING:
            return _watch_until(draft, alarm)
        case AlarmPhase.RINGING:
            moments = [_since(alarm) + settings.step_every * (alarm.level + 1)]
            if _is_awaited(settings, alarm) and alarm.output_since is not None:
                moments.append(alarm.output_since + settings.output_timeout)
            if not alarm.gave_up and alarm.rang_from is not None:
                moments.append(alarm.rang_from + settings.give_up_after)
            return min(moments)
    return None


def unanswered(draft: Draft) -> bool:
    """Return whether there is an alarm that nobody has answered yet."""
    return draft.run.alarm is not None and draft.run.alarm.phase in ASLEEP


def got_up(draft: Draft) -> None:
    """End the ringing because somebody is up; back in bed soon rings again."""
    alarm = draft.run.alarm
    if alarm is None or alarm.phase in (AlarmPhase.WATCHING, AlarmPhase.ENDED):
        return
    _quieten(draft, alarm)
    _move(draft, AlarmPhase.WATCHING)
    _end_step(draft, by_evidence=True)


def back_in_bed(draft: Draft) -> bool:
    """Take note that the bed is occupied again; return whether the occupant counts as asleep."""
    alarm = draft.run.alarm
    if alarm is None or alarm.phase is not AlarmPhase.WATCHING or draft.closing:
        return False
    if draft.now < draft.run.wake_at:
        _move(draft, AlarmPhase.SILENT)
    else:
        draft.announce(Happening.ASLEEP_AGAIN, None, Reason(key="asleep_again"))
        _ring(draft, Happening.ALARM_RINGING)
    return True


def snooze(draft: Draft) -> None:
    """Be quiet for a while.

    Raises:
        CannotDo: when it does not ring, or was snoozed as often as may be.
    """
    alarm, settings = draft.run.alarm, draft.routine.alarm
    if alarm is None or alarm.phase is not AlarmPhase.RINGING:
        raise CannotDo("not_ringing")
    if alarm.snoozes >= settings.snooze_limit:
        raise CannotDo("snooze_limit")
    draft.ask(Silence())
    _move(draft, AlarmPhase.SNOOZED)
    assert draft.run.alarm is not None  # noqa: S101 - just moved
    draft.set_alarm(replace(draft.run.alarm, snoozes=alarm.snoozes + 1))
    until = draft.now + settings.snooze_length
    left = settings.snooze_limit - alarm.snoozes - 1
    draft.announce(
        Happening.ALARM_SNOOZED, None, Reason(key="snoozed", values={"until": until, "left": left})
    )
    _end_attention(draft)


def dismiss(draft: Draft) -> None:
    """End the alarm though nothing shows that anybody is up.

    Raises:
        CannotDo: when there is no alarm to end.
    """
    alarm = draft.run.alarm
    if alarm is None or alarm.phase is AlarmPhase.ENDED:
        raise CannotDo("not_ringing")
    _quieten(draft, alarm)
    _move(draft, AlarmPhase.ENDED)
    _end_step(draft, by_evidence=False)


def end(draft: Draft) -> None:
    """End the alarm with the run."""
    alarm = draft.run.alarm
    if alarm is None or alarm.phase is AlarmPhase.ENDED:
        return
    _quieten(draft, alarm)
    _move(draft, AlarmPhase.ENDED)


def heard(draft: Draft) -> None:
    """Take note that the output that was asked to ring does."""
    alarm = draft.run.alarm
    if alarm is None or alarm.phase is not AlarmPhase.RINGING or alarm.output_confirmed:
        return
    draft.set_alarm(replace(alarm, output_confirmed=True))
    step = draft.alarm_step
    if step is not None and draft.progress(step.step_id).phase is StepPhase.STARTING:
        draft.move_step(step.step_id, StepPhase.RUNNING, began_at=draft.now, by_evidence=True)


def failed(draft: Draft, event: EffectFailed) -> None:
    """Try the next output, and the phone as the last."""
    alarm = draft.run.alarm
    if alarm is None or alarm.phase is not AlarmPhase.RINGING:
        return
    match event.effect:
        case Ring(output=output) if output == alarm.output:
            _next_output(draft, alarm)
        case RingPhone():
            draft.call_attention(Reason(key="alarm_unheard"))


def recovered(draft: Draft) -> None:
    """Ring on after a restart."""
    alarm = draft.run.alarm
    if alarm is not None and alarm.phase is AlarmPhase.RINGING:
        if alarm.by_phone:
            draft.ask(RingPhone())
        _sound(draft, replace(alarm, output_confirmed=False), output=0)


def _tick_ringing(draft: Draft, alarm: AlarmState) -> None:
    settings = draft.routine.alarm
    if (
        not alarm.gave_up
        and alarm.rang_from is not None
        and draft.now >= alarm.rang_from + settings.give_up_after
    ):
        alarm = replace(alarm, gave_up=True, by_phone=True)
        draft.set_alarm(alarm)
        draft.ask(RingPhone())
        draft.call_attention(Reason(key="alarm_unanswered"))
    late = alarm.output_since is not None and draft.now >= alarm.output_since + settings.output_timeout
    if late and _is_awaited(settings, alarm):
        _next_output(draft, alarm)
        return
    if draft.now >= _since(alarm) + settings.step_every * (alarm.level + 1):
        _step_up(draft, alarm)


def _step_up(draft: Draft, alarm: AlarmState) -> None:
    """Ring louder; where every output failed, begin with the first again."""
    settings = draft.routine.alarm
    level = max(alarm.level + 1, (draft.now - _since(alarm)) // settings.step_every)
    louder = volume_at(settings, level) > volume_at(settings, alarm.level)
    alarm = replace(alarm, level=level)
    output = alarm.output if alarm.output < settings.outputs else 0
    _sound(draft, alarm, output=output)
    if louder:
        percent = round(100 * volume_at(settings, alarm.level))
        draft.announce(Happening.ALARM_LOUDER, None, Reason(key="louder", values={"percent": percent}))


def _ring(draft: Draft, event: Happening) -> None:
    _move(draft, AlarmPhase.RINGING)
    alarm = draft.run.alarm
    assert alarm is not None  # noqa: S101 - just moved
    if draft.run.woke_at is None:
        draft.set(woke_at=draft.now)
    alarm = replace(alarm, level=0, gave_up=False, by_phone=False, rang_from=draft.now)
    step = draft.alarm_step
    if step is not None and draft.progress(step.step_id).phase is StepPhase.PENDING:
        draft.move_step(step.step_id, StepPhase.STARTING, attempts=1, asked_at=draft.now)
    draft.announce(
        event, None if step is None else step.step_id, Reason(key="alarm", values={"time": draft.run.wake_at})
    )
    if step is not None and step.done_by is DoneBy.AUTOMATION:
        # The automation rings alone at first; whether it does nobody knows, so the speakers join later.
        draft.set_alarm(replace(alarm, output=0, output_since=None))
        return
    _sound(draft, alarm, output=0)


def _sound(draft: Draft, alarm: AlarmState, *, output: int) -> None:
    """Have an output ring, the phone where there is none left."""
    settings = draft.routine.alarm
    if output >= settings.outputs:
        draft.set_alarm(replace(alarm, output=settings.outputs, output_since=draft.now, by_phone=True))
        draft.ask(RingPhone())
        return
    fresh = output != alarm.output or not alarm.output_confirmed
    draft.set_alarm(
        replace(
            alarm,
            output=output,
            output_since=draft.now if fresh else alarm.output_since,
            output_confirmed=alarm.output_confirmed and not fresh,
        )
    )
    draft.ask(Ring(output=output, volume=volume_at(settings, alarm.level), level=alarm.level))


def _next_output(draft: Draft, alarm: AlarmState) -> None:
    _sound(draft, replace(alarm, output_confirmed=False), output=alarm.output + 1)


def _quieten(draft: Draft, alarm: AlarmState) -> None:
    if alarm.phase is AlarmPhase.RINGING:
        draft.ask(Silence())
        draft.announce(Happening.ALARM_STOPPED)


def _end_step(draft: Draft, *, by_evidence: bool) -> None:
    step = draft.alarm_step
    if step is not None and draft.progress(step.step_id).phase not in (
        StepPhase.DONE,
        StepPhase.SKIPPED,
        StepPhase.FAILED,
    ):
        draft.end_step(step, StepPhase.DONE, by_evidence=by_evidence)
    _end_attention(draft)


def _end_attention(draft: Draft) -> None:
    """Stop asking for the person who has just answered."""
    if draft.run.attention is not None and draft.run.attention.key in UNANSWERED:
        draft.end_attention()


def _is_awaited(settings: AlarmSettings, alarm: AlarmState) -> bool:
    """Return whether a speaker was asked to ring and has not been heard; a phone says nothing."""
    return not alarm.output_confirmed and alarm.output < settings.outputs


def _move(draft: Draft, phase: AlarmPhase) -> None:
    alarm = draft.run.alarm
    if alarm is None or phase not in ALARM_MOVES[alarm.phase]:
        raise IllegalAlarmMoveError(f"{alarm and alarm.phase} -> {phase}")
    draft.set_alarm(replace(alarm, phase=phase, since=draft.now, output_confirmed=False))


class IllegalAlarmMoveError(Exception):
    """A move of the alarm that the table does not allow."""


def _watch_until(draft: Draft, alarm: AlarmState) -> datetime:
    """Return until when going back to bed counts: an early riser is watched past the wake-up too."""
    return max(_since(alarm), draft.run.wake_at) + draft.routine.alarm.asleep_check_after


def _since(alarm: AlarmState) -> datetime:
    assert alarm.since is not None  # noqa: S101 - set by every move
    return alarm.since
