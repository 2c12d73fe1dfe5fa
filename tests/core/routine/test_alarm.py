"""The alarm: rings, rings louder, falls back, and ends only when somebody is up."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.alarm import (
    ALARM_MOVES,
    IllegalAlarmMoveError,
    _move,
    volume_at,
)
from custom_components.cerebro.core.routine.model import AlarmSettings, Anchor, DoneBy, StepKind
from custom_components.cerebro.core.routine.run import CannotDo, Draft
from custom_components.cerebro.core.routine.state import (
    AlarmHeard,
    AlarmPhase,
    AlarmState,
    BedChanged,
    Command,
    EffectDone,
    EffectFailed,
    Happening,
    Recovered,
    Ring,
    RingPhone,
    RunPhase,
    Silence,
    StepPhase,
    StepSign,
)

from .scene import Scene, routine, step
from .strategies import WAKE, alarm_settings

ALARM, COFFEE = StepKind.ALARM, StepKind.COFFEE


def asleep(**alarm: object) -> Scene:
    """Return a run at its wake-up, with hands that have not yet answered."""
    return Scene(routine(ALARM, COFFEE, **alarm), lazy=True).until(0)


def alarm_of(scene: Scene) -> AlarmState:
    assert scene.run.alarm is not None
    return scene.run.alarm


def rings(scene: Scene) -> list[tuple[int, float]]:
    """Return each ring as its output and volume; the phone is output -1."""
    return [
        (one.output, round(one.volume, 3)) if isinstance(one, Ring) else (-1, 1.0)
        for one in scene.effects
        if isinstance(one, Ring | RingPhone)
    ]


def heard(scene: Scene) -> Scene:
    return scene.tell(AlarmHeard())


def test_it_rings_at_the_wake_up_and_louder_every_minute_up_to_its_limit() -> None:
    scene = heard(asleep()).until(4)
    assert rings(scene) == [(0, 0.2), (0, 0.4), (0, 0.8), (0, 0.9), (0, 0.9)]
    assert [one.reason.values["percent"] for one in scene.told(Happening.ALARM_LOUDER) if one.reason] == [
        40,
        80,
        90,
    ]
    assert scene.phase("alarm") is StepPhase.RUNNING


def test_getting_up_ends_it_and_it_is_watched_for_a_while() -> None:
    scene = heard(asleep()).until(1).reaches(Anchor.UP)
    assert (alarm_of(scene).phase, scene.phase("alarm")) == (AlarmPhase.WATCHING, StepPhase.DONE)
    assert scene.progress("alarm").by_evidence
    assert Silence() in scene.effects
    assert scene.until(5.9).run.alarm == alarm_of(scene)
    assert alarm_of(scene.until(6)).phase is AlarmPhase.ENDED


def test_back_in_bed_while_watched_it_rings_again_from_the_start() -> None:
    scene = heard(asleep()).until(2).reaches(Anchor.UP).until(4).tell(BedChanged(occupied=True))
    assert (alarm_of(scene).phase, rings(scene)[-1]) == (AlarmPhase.RINGING, (0, 0.2))
    assert scene.phase("alarm") is StepPhase.DONE
    after = heard(asleep()).until(2).reaches(Anchor.UP).until(8).tell(BedChanged(occupied=True))
    assert alarm_of(after).phase is AlarmPhase.ENDED


def test_an_early_riser_is_not_woken_but_back_in_bed_they_are() -> None:
    scene = Scene(routine(ALARM, COFFEE)).until(-5).reaches(Anchor.UP)
    assert alarm_of(scene).phase is AlarmPhase.WATCHING
    up = Scene(routine(ALARM, COFFEE)).until(-5).reaches(Anchor.UP).until(10)
    assert rings(up) == []
    scene.tell(BedChanged(occupied=True))
    assert (alarm_of(scene).phase, scene.run.phase) == (AlarmPhase.SILENT, RunPhase.WAKING)
    assert alarm_of(scene.until(0)).phase is AlarmPhase.RINGING


# Snoozing.


def test_a_snooze_is_quiet_for_its_length_and_counted() -> None:
    scene = heard(asleep(snooze_limit=1)).command(Command.SNOOZE)
    assert (alarm_of(scene).phase, scene.effects[-2]) == (AlarmPhase.SNOOZED, Silence())
    told = scene.told(Happening.ALARM_SNOOZED)[0].reason
    assert told is not None
    assert dict(told.values) == {"until": WAKE + timedelta(minutes=9), "left": 0}
    assert alarm_of(scene.until(8.9)).phase is AlarmPhase.SNOOZED
    assert alarm_of(scene.until(9)).phase is AlarmPhase.RINGING
    with pytest.raises(CannotDo, match="snooze_limit"):
        scene.command(Command.SNOOZE)


def test_a_snooze_is_an_answer_to_an_alarm_nobody_answered() -> None:
    scene = heard(asleep(give_up_after=timedelta(minutes=2))).until(2)
    assert scene.run.attention == Reason(key="alarm_unanswered")
    snoozed = scene.command(Command.SNOOZE).run
    assert (snoozed.phase, snoozed.attention) == (RunPhase.WAKING, None)
    scene.until(11)
    assert (alarm_of(scene).phase, alarm_of(scene).by_phone) == (AlarmPhase.RINGING, False)


def test_a_snooze_goes_on_through_a_pause_and_a_restart() -> None:
    scene = heard(asleep()).command(Command.SNOOZE).command(Command.PAUSE).until(5)
    scene.tell(Recovered(down_since=scene.now))
    assert alarm_of(scene).phase is AlarmPhase.SNOOZED
    assert alarm_of(scene.until(9)).phase is AlarmPhase.RINGING
    assert scene.run.phase is RunPhase.PAUSED


# Being stopped.


@pytest.mark.parametrize("command", [Command.DISMISS, Command.STOP])
def test_it_can_be_stopped_though_nobody_is_seen_up(command: Command) -> None:
    scene = heard(asleep()).command(command)
    assert alarm_of(scene).phase is AlarmPhase.ENDED
    assert Silence() in scene.effects


def test_a_dismissed_alarm_leaves_the_rest_of_the_morning() -> None:
    scene = heard(asleep()).command(Command.DISMISS)
    assert (scene.run.phase, scene.phase("coffee")) == (RunPhase.RUNNING, StepPhase.PENDING)
    assert (scene.phase("alarm"), scene.progress("alarm").by_evidence) == (StepPhase.DONE, False)
    with pytest.raises(CannotDo, match="not_ringing"):
        scene.command(Command.DISMISS)
    scene.until(1).tell(BedChanged(occupied=True)).until(60)
    assert alarm_of(scene).phase is AlarmPhase.ENDED


def test_skipping_its_step_dismisses_it_and_completing_it_means_being_up() -> None:
    skipped = heard(asleep()).command(Command.SKIP_STEP, "alarm")
    assert (skipped.run.phase, alarm_of(skipped).phase) == (RunPhase.RUNNING, AlarmPhase.ENDED)
    completed = heard(asleep()).command(Command.COMPLETE_STEP, "alarm")
    assert Anchor.UP in completed.run.anchors
    assert completed.phase("alarm") is StepPhase.DONE


def test_a_routine_without_an_alarm_has_none_to_stop() -> None:
    scene = Scene(routine(COFFEE))
    with pytest.raises(CannotDo, match="not_ringing"):
        scene.command(Command.DISMISS)
    assert heard(scene).tell(EffectFailed(effect=RingPhone(), error="timed_out")).run.alarm is None
    assert scene.tell(BedChanged(occupied=True)).run.in_bed


def test_a_dismissed_alarm_in_a_pause_does_not_wake_again_after_it() -> None:
    scene = heard(asleep()).command(Command.PAUSE).command(Command.DISMISS).command(Command.RESUME)
    assert scene.run.phase is RunPhase.RUNNING


def test_no_sign_of_its_step_ends_it() -> None:
    scene = heard(asleep()).shows("alarm", StepSign.ENDED).shows("alarm", StepSign.FAULT)
    assert (alarm_of(scene).phase, scene.phase("alarm")) == (AlarmPhase.RINGING, StepPhase.RUNNING)


# Falling back.


def test_a_speaker_that_fails_hands_over_to_the_next_and_at_last_to_the_phone() -> None:
    scene = asleep(outputs=2)
    for output in (0, 1):
        scene.tell(EffectFailed(effect=Ring(output=output, volume=0.2, level=0), error="unavailable"))
    assert rings(scene) == [(0, 0.2), (1, 0.2), (-1, 1.0)]
    assert alarm_of(scene).by_phone
    scene.tell(EffectFailed(effect=RingPhone(), error="unavailable"))
    assert scene.run.attention == Reason(key="alarm_unheard")
    scene.until(1)
    assert rings(scene)[-1] == (0, 0.4)
    assert scene.reaches(Anchor.UP).run.attention is None


def test_a_speaker_that_is_not_heard_hands_over_in_time() -> None:
    scene = asleep(outputs=1).until(0.2)
    assert rings(scene) == [(0, 0.2), (-1, 1.0)]
    assert rings(heard(asleep(outputs=1)).until(0.9)) == [(0, 0.2)]


def test_a_speaker_that_takes_the_call_and_stays_silent_hands_over_in_time() -> None:
    taken = EffectDone(effect=Ring(output=0, volume=0.2, level=0))
    scene = asleep(outputs=2).tell(taken).until(0.2)
    assert rings(scene) == [(0, 0.2), (1, 0.2)]


def test_news_of_another_speaker_changes_nothing() -> None:
    scene = asleep(outputs=2).tell(
        EffectFailed(effect=Ring(output=0, volume=0.2, level=0), error="unavailable")
    )
    scene.tell(EffectDone(effect=Ring(output=0, volume=0.2, level=0)))
    scene.tell(EffectFailed(effect=Ring(output=0, volume=0.2, level=0), error="unavailable"))
    assert (alarm_of(scene).output, alarm_of(scene).output_confirmed) == (1, False)
    quiet = heard(asleep()).reaches(Anchor.UP)
    heard(quiet).tell(EffectFailed(effect=Ring(output=0, volume=0.2, level=0), error="unavailable"))
    assert alarm_of(quiet).phase is AlarmPhase.WATCHING


def test_without_any_speaker_the_phone_rings_and_rings_again() -> None:
    scene = Scene(routine(ALARM, outputs=0), lazy=True).until(2)
    assert rings(scene) == [(-1, 1.0)] * 3
    assert scene.turns == 4


def test_nobody_answering_for_long_calls_the_phone_in_once_and_rings_on() -> None:
    scene = heard(asleep(give_up_after=timedelta(minutes=3))).until(10)
    assert rings(scene).count((-1, 1.0)) == 1
    assert len(scene.told(Happening.NEEDS_ATTENTION)) == 1
    assert (alarm_of(scene).phase, alarm_of(scene).by_phone) == (AlarmPhase.RINGING, True)


def test_an_automation_rings_alone_at_first_and_the_speakers_join() -> None:
    scene = Scene(routine(step(ALARM, done_by=DoneBy.AUTOMATION)), lazy=True).until(0)
    assert (alarm_of(scene).phase, rings(scene)) == (AlarmPhase.RINGING, [])
    assert rings(scene.until(1)) == [(0, 0.4)]


# Restarts and stalls.


def test_after_a_restart_it_rings_on_and_is_listened_for_anew() -> None:
    scene = heard(asleep()).until(1.5).tell(Recovered(down_since=WAKE))
    assert (rings(scene)[-1], alarm_of(scene).output_confirmed) == ((0, 0.4), False)
    assert rings(scene.until(1.7))[-1] == (-1, 1.0)


def test_after_a_restart_the_phone_that_rang_rings_again() -> None:
    scene = asleep().tell(EffectFailed(effect=Ring(output=0, volume=0.2, level=0), error="unavailable"))
    scene.tell(Recovered(down_since=WAKE))
    assert rings(scene) == [(0, 0.2), (-1, 1.0), (-1, 1.0), (0, 0.2)]


def test_a_wake_up_slept_through_by_the_machine_rings_as_soon_as_it_is_back() -> None:
    scene = Scene(routine(ALARM), lazy=True)
    scene.now = WAKE + timedelta(minutes=5)
    assert rings(scene.tell(Recovered(down_since=WAKE - timedelta(minutes=8)))) == [(0, 0.2)]


def test_after_a_stall_it_is_as_loud_as_it_would_have_been() -> None:
    scene = heard(asleep())
    scene.now += timedelta(minutes=30)
    scene.until(30)
    assert (alarm_of(scene).level, rings(scene)[1:]) == (30, [(0, 0.9)])


def test_an_alarm_moves_only_as_its_table_allows() -> None:
    draft = Draft(routine(ALARM), heard(asleep()).command(Command.DISMISS).run, WAKE)
    for phase in AlarmPhase:
        with pytest.raises(IllegalAlarmMoveError):
            _move(draft, phase)
    assert set(ALARM_MOVES) == set(AlarmPhase)


@given(settings=alarm_settings, level=st.integers(0, 100_000))
def test_no_step_up_is_quieter_than_the_last_or_louder_than_the_limit(
    settings: AlarmSettings, level: int
) -> None:
    volume = volume_at(settings, level)
    assert settings.start_volume <= volume <= settings.limit_volume
    assert volume_at(settings, level + 1) >= volume
