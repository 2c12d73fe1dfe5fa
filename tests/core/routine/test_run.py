"""The life of a run: evidence, limits, retries, pauses, danger and restarts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.model import (
    Anchor,
    DoneBy,
    Hazard,
    Routine,
    Situation,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.run import CannotDo, Draft, IllegalMoveError
from custom_components.cerebro.core.routine.state import (
    AlarmPhase,
    AnchorReached,
    BedChanged,
    Command,
    Danger,
    EffectDone,
    EffectFailed,
    Ending,
    Happening,
    Noticed,
    Recovered,
    ReleaseStep,
    Ring,
    RunPhase,
    Silence,
    StartStep,
    StepPhase,
    StepSign,
    Ticked,
)
from custom_components.cerebro.core.routine.turn import LONGEST_CLOSING, LONGEST_RUN, turn

from .scene import Scene, routine, step
from .strategies import WAKE, routines

ALARM, COFFEE, SHOWER, NEWS = StepKind.ALARM, StepKind.COFFEE, StepKind.SHOWER, StepKind.NEWS
MORNING = routine(ALARM, COFFEE, SHOWER, NEWS)
COFFEE_ONLY = routine(COFFEE)
SHOWER_ONLY = routine(SHOWER)


def in_the_kitchen(one: Routine = COFFEE_ONLY, **scene: object) -> Scene:
    """Return a run whose occupant got to the kitchen a minute after the wake-up."""
    return Scene(one, **scene).until(1).reaches(Anchor.KITCHEN)  # type: ignore[arg-type]


def in_the_bathroom(one: Routine = SHOWER_ONLY, **scene: object) -> Scene:
    return Scene(one, **scene).until(1).reaches(Anchor.BATHROOM)  # type: ignore[arg-type]


# A step's own life.


def test_a_step_starts_when_the_occupant_gets_there_and_ends_after_its_use() -> None:
    scene = in_the_kitchen()
    assert scene.phase("coffee") is StepPhase.STARTING
    scene.shows("coffee", StepSign.BEGAN)
    assert scene.phase("coffee") is StepPhase.RUNNING
    scene.until(6).shows("coffee", StepSign.READY)
    assert scene.phase("coffee") is StepPhase.READY
    scene.until(15.9)
    assert scene.phase("coffee") is StepPhase.READY
    scene.until(16)
    assert scene.phase("coffee") is StepPhase.DONE
    assert (scene.run.phase, scene.run.ending) == (RunPhase.ENDED, Ending.DONE)
    assert scene.releases("coffee") == 1


def test_only_a_sign_that_was_seen_is_evidence() -> None:
    by_time = in_the_kitchen().shows("coffee", StepSign.BEGAN, StepSign.READY, source="time")
    assert not by_time.progress("coffee").by_evidence
    assert not by_time.progress("coffee").ready_seen
    seen = in_the_kitchen().shows("coffee", StepSign.BEGAN, StepSign.READY, StepSign.ENDED)
    assert seen.progress("coffee").by_evidence
    assert (seen.progress("coffee").ready_seen, seen.progress("coffee").end_seen) == (True, True)


def test_signs_that_say_nothing_new_change_nothing() -> None:
    scene = in_the_kitchen().shows("coffee", StepSign.BEGAN, StepSign.READY)
    before = scene.progress("coffee")
    assert scene.shows("coffee", StepSign.READY, StepSign.BEGAN).progress("coffee") == before
    over = scene.shows("coffee", StepSign.ENDED).progress("coffee")
    assert scene.shows("coffee", StepSign.FAULT).progress("coffee") == over


def test_without_evidence_a_step_is_put_off_and_tried_again_with_longer_pauses_and_then_fails() -> None:
    scene = in_the_kitchen().until(2.9)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.STARTING, 1)
    scene.until(3.1)
    assert (scene.phase("coffee"), scene.releases("coffee")) == (StepPhase.PENDING, 1)
    assert scene.made.plan.held[StepId("coffee")].key == "no_evidence"
    with pytest.raises(CannotDo, match="cannot_start_now"):
        scene.command(Command.START_STEP, "coffee")
    scene.until(3.4)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.STARTING, 2)
    scene.until(5.9)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.PENDING, 2)
    scene.until(6)
    assert scene.starts("coffee") == 3
    scene.until(8)
    assert scene.phase("coffee") is StepPhase.FAILED
    assert len(scene.told(Happening.STEP_RETRIED)) == 2
    assert scene.run.ending is Ending.DONE


def test_an_action_that_could_not_be_performed_is_tried_again_at_once_and_says_why() -> None:
    scene = in_the_kitchen(lazy=True)
    scene.tell(EffectFailed(effect=StartStep(step_id=StepId("coffee"), attempt=1), error="unavailable"))
    assert scene.progress("coffee").reason == Reason(key="unavailable", values={"step": "coffee"})
    assert scene.releases("coffee") == 1


def test_a_step_that_nothing_tells_of_is_done_when_it_was_performed() -> None:
    lights = step(StepKind.ACTION, done_by=DoneBy.SEQUENCE)
    scene = Scene(routine(lights)).until(1).reaches(Anchor.UP)
    assert scene.phase("action") is StepPhase.DONE
    assert not scene.progress("action").by_evidence


def test_a_step_that_is_never_ready_fails() -> None:
    scene = in_the_kitchen().shows("coffee", StepSign.BEGAN).until(15.9)
    assert scene.phase("coffee") is StepPhase.RUNNING
    scene.until(16)
    assert (scene.phase("coffee"), scene.progress("coffee").reason) == (
        StepPhase.FAILED,
        Reason(key="never_ready", values={"step": "coffee"}),
    )


def test_a_step_done_by_an_automation_waits_for_its_word_and_fails_without() -> None:
    by_hand = routine(step(NEWS, done_by=DoneBy.AUTOMATION))
    scene = in_the_kitchen(by_hand).until(15.9)
    assert scene.phase("news") is StepPhase.STARTING
    assert in_the_kitchen(by_hand).command(Command.COMPLETE_STEP, "news").phase("news") is StepPhase.DONE
    scene.until(16)
    assert scene.progress("news").reason == Reason(key="automation_silent", values={"step": "news"})
    assert scene.starts("news") == 1


def test_a_step_the_occupant_waits_for_and_that_cannot_be_done_is_given_up() -> None:
    scene = Scene(COFFEE_ONLY, day=Situation(unavailable={StepId("coffee"): "unavailable"}))
    scene.until(1).reaches(Anchor.KITCHEN).until(15.9)
    assert scene.phase("coffee") is StepPhase.PENDING
    scene.until(16)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.FAILED, 0)


def test_a_fault_that_can_be_mended_is_waited_for() -> None:
    scene = Scene(COFFEE_ONLY, day=Situation(unavailable={StepId("coffee"): "fault"}))
    scene.until(1).reaches(Anchor.KITCHEN).until(60)
    assert scene.phase("coffee") is StepPhase.PENDING
    scene.day = Situation()
    assert scene.tell(Noticed(label="fault_cleared_coffee")).phase("coffee") is StepPhase.STARTING


def test_a_step_never_starts_before_those_it_comes_after() -> None:
    scene = in_the_kitchen(routine(COFFEE, step(NEWS, after=("coffee",)))).shows("coffee", StepSign.BEGAN)
    assert scene.phase("news") is StepPhase.PENDING
    assert scene.made.plan.held[StepId("news")].values["other"] == "coffee"
    with pytest.raises(CannotDo, match="cannot_start_now"):
        scene.command(Command.START_STEP, "news")
    assert scene.command(Command.SKIP_STEP, "coffee").phase("news") is StepPhase.STARTING


# Faults.


def test_a_fault_puts_the_machine_off_calls_the_person_and_starts_again_once_it_is_mended() -> None:
    scene = in_the_kitchen().shows("coffee", StepSign.BEGAN)
    scene.day = Situation(unavailable={StepId("coffee"): "fault"})
    scene.shows("coffee", StepSign.FAULT)
    assert (scene.phase("coffee"), scene.releases("coffee")) == (StepPhase.PENDING, 1)
    assert (scene.run.phase, len(scene.told(Happening.NEEDS_ATTENTION))) == (RunPhase.ATTENTION, 1)
    scene.tell(Noticed(label="fault_cleared_shower"))
    assert scene.run.phase is RunPhase.ATTENTION
    scene.day = Situation()
    scene.tell(Noticed(label="fault_cleared_coffee"))
    assert (scene.run.phase, scene.starts("coffee")) == (RunPhase.RUNNING, 2)


def test_skipping_the_step_at_fault_ends_the_call_for_the_person() -> None:
    scene = in_the_kitchen(routine(COFFEE, NEWS)).shows("coffee", StepSign.BEGAN, StepSign.FAULT)
    scene.command(Command.SKIP_STEP, "coffee")
    assert (scene.run.phase, scene.run.attention) == (RunPhase.RUNNING, None)


def test_water_that_ran_out_with_the_last_cup_brews_no_second_one() -> None:
    scene = in_the_kitchen().shows("coffee", StepSign.BEGAN, StepSign.READY, StepSign.FAULT)
    assert (scene.phase("coffee"), scene.releases("coffee")) == (StepPhase.READY, 1)
    scene.tell(Noticed(label="fault_cleared_coffee")).until(60)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.DONE, 1)


# Limits.


def test_water_waits_for_evidence_that_somebody_is_up() -> None:
    scene = Scene(SHOWER_ONLY).until(30)
    assert (scene.phase("shower"), scene.made.plan.held[StepId("shower")].key) == (
        StepPhase.PENDING,
        "waits_for_up",
    )
    with pytest.raises(CannotDo, match="cannot_start_now"):
        scene.command(Command.START_STEP, "shower")
    assert scene.reaches(Anchor.BATHROOM).phase("shower") is StepPhase.STARTING


def test_water_that_nobody_comes_for_is_shut() -> None:
    scene = Scene(SHOWER_ONLY).until(1).reaches(Anchor.UP).command(Command.START_STEP, "shower")
    scene.shows("shower", StepSign.BEGAN, StepSign.READY).until(3.9)
    assert scene.phase("shower") is StepPhase.READY
    scene.until(4)
    assert (scene.phase("shower"), scene.releases("shower")) == (StepPhase.SKIPPED, 1)


def test_having_been_in_the_bathroom_long_ago_is_not_being_there() -> None:
    scene = in_the_bathroom(routine(NEWS, step(SHOWER, after=("news",)))).until(20)
    scene.reaches(Anchor.KITCHEN).shows("news", StepSign.READY, StepSign.ENDED)
    assert (scene.phase("shower"), scene.progress("shower").met_at) == (StepPhase.STARTING, None)
    scene.shows("shower", StepSign.BEGAN, StepSign.READY).until(24)
    assert scene.phase("shower") is StepPhase.SKIPPED


def test_water_runs_while_it_is_used_and_no_longer_than_it_may() -> None:
    scene = in_the_bathroom().shows("shower", StepSign.BEGAN, StepSign.READY).until(20.9)
    assert (scene.phase("shower"), scene.releases("shower")) == (StepPhase.READY, 0)
    scene.until(21)
    assert (scene.phase("shower"), scene.releases("shower")) == (StepPhase.DONE, 1)


def test_an_output_that_was_never_ready_fails_at_its_limit() -> None:
    short = routine(step(COFFEE, hazard=Hazard(max_on=timedelta(minutes=3))))
    scene = in_the_kitchen(short).shows("coffee", StepSign.BEGAN).until(4)
    assert (scene.phase("coffee"), scene.progress("coffee").reason) == (
        StepPhase.FAILED,
        Reason(key="max_on", values={"step": "coffee"}),
    )


def test_the_limit_counts_over_all_attempts() -> None:
    scene = in_the_bathroom().shows("shower", StepSign.BEGAN, StepSign.READY).until(15)
    scene.command(Command.PAUSE).until(60).command(Command.RESUME)
    assert scene.progress("shower").on_total == timedelta(minutes=14)
    scene.reaches(Anchor.BATHROOM).shows("shower", StepSign.BEGAN, StepSign.READY).until(65.9)
    assert scene.phase("shower") is StepPhase.READY
    assert scene.until(66).phase("shower") is StepPhase.DONE


def test_a_step_whose_time_is_used_up_is_over() -> None:
    scene = in_the_bathroom(stuck=("shower",)).shows("shower", StepSign.BEGAN, StepSign.READY).until(20)
    scene.command(Command.PAUSE).until(25)
    scene.stuck = ()
    scene.until(27)
    assert (scene.phase("shower"), scene.starts("shower")) == (StepPhase.FAILED, 1)
    assert scene.progress("shower").reason == Reason(key="max_on", values={"step": "shower"})


def test_an_output_that_does_not_go_off_is_asked_again_and_the_person_called() -> None:
    scene = in_the_kitchen(stuck=("coffee",)).command(Command.SKIP_STEP, "coffee")
    assert (scene.run.phase, scene.run.attention) == (
        RunPhase.ATTENTION,
        Reason(key="still_on", values={"step": "coffee"}),
    )
    scene.until(30)
    assert scene.releases("coffee") > 20
    scene.stuck = ()
    assert scene.until(32).run.phase is RunPhase.ENDED


def test_an_output_of_which_no_answer_comes_is_asked_again() -> None:
    scene = in_the_kitchen(lazy=True).command(Command.SKIP_STEP, "coffee").until(3.1)
    assert scene.releases("coffee") == 2
    scene.tell(EffectDone(effect=ReleaseStep(step_id=StepId("coffee"))))
    assert scene.run.phase is RunPhase.ENDED


def test_nothing_starts_again_before_its_output_was_seen_off() -> None:
    scene = in_the_bathroom(stuck=("shower",)).command(Command.PAUSE)
    scene.command(Command.RESUME).command(Command.RESUME).until(10)
    assert (scene.phase("shower"), scene.starts("shower")) == (StepPhase.PENDING, 1)
    scene.stuck = ()
    assert scene.until(12).starts("shower") == 2


def test_what_was_switched_on_late_is_put_off_again() -> None:
    scene = in_the_kitchen(routine(COFFEE, NEWS), lazy=True).command(Command.SKIP_STEP, "coffee")
    scene.tell(EffectDone(effect=ReleaseStep(step_id=StepId("coffee"))))
    assert scene.progress("coffee").on_since is None
    scene.tell(EffectDone(effect=StartStep(step_id=StepId("coffee"), attempt=1)))
    assert (scene.progress("coffee").releasing, scene.releases("coffee")) == (True, 2)
    scene.tell(EffectDone(effect=ReleaseStep(step_id=StepId("coffee"))))
    scene.tell(EffectFailed(effect=StartStep(step_id=StepId("coffee"), attempt=1), error="timed_out"))
    assert (scene.progress("coffee").releasing, scene.releases("coffee")) == (True, 3)


def test_an_answer_to_an_old_release_does_not_hide_an_output_that_is_on_again() -> None:
    scene = in_the_bathroom().command(Command.PAUSE).command(Command.RESUME)
    assert scene.phase("shower") is StepPhase.STARTING
    scene.tell(EffectDone(effect=ReleaseStep(step_id=StepId("shower"))))
    assert scene.progress("shower").on_since is not None


def test_an_output_that_an_older_journal_left_on_is_put_off_at_its_limit() -> None:
    scene = Scene(routine(COFFEE, NEWS))
    left_on = replace(scene.progress("coffee"), phase=StepPhase.DONE, on_since=WAKE)
    run = replace(scene.run, steps={**scene.run.steps, StepId("coffee"): left_on})
    made = turn(scene.routine, scene.known, scene.day, run, Ticked(), now=WAKE + timedelta(minutes=40))
    assert ReleaseStep(step_id=StepId("coffee")) in made.effects


def test_an_attempt_that_began_is_not_lost_to_a_late_failure() -> None:
    scene = in_the_kitchen(lazy=True).shows("coffee", StepSign.BEGAN)
    scene.tell(EffectFailed(effect=StartStep(step_id=StepId("coffee"), attempt=1), error="timed_out"))
    assert scene.phase("coffee") is StepPhase.RUNNING


def test_what_comes_of_being_quiet_changes_nothing() -> None:
    scene = Scene(MORNING)
    before = scene.run
    assert scene.tell(EffectDone(effect=Silence())).run == before
    assert scene.tell(EffectFailed(effect=Silence(), error="timed_out")).run == before


# Commands.


def test_a_pause_shuts_the_water_finishes_the_brew_and_starts_nothing() -> None:
    scene = in_the_bathroom(routine(COFFEE, SHOWER, NEWS)).reaches(Anchor.KITCHEN)
    scene.shows("coffee", StepSign.BEGAN).command(Command.SKIP_STEP, "news")
    scene.command(Command.PAUSE)
    assert (scene.phase("shower"), scene.phase("coffee")) == (StepPhase.PENDING, StepPhase.RUNNING)
    scene.until(5)
    assert (scene.phase("shower"), scene.run.phase) == (StepPhase.PENDING, RunPhase.PAUSED)
    with pytest.raises(CannotDo, match="already_paused"):
        scene.command(Command.PAUSE)
    assert scene.command(Command.RESUME).phase("shower") is StepPhase.STARTING
    with pytest.raises(CannotDo, match="not_paused"):
        scene.command(Command.RESUME)


def test_a_pause_takes_over_from_a_call_for_the_person() -> None:
    scene = in_the_kitchen()
    scene.day = Situation(unavailable={StepId("coffee"): "fault"})
    scene.shows("coffee", StepSign.FAULT).command(Command.PAUSE)
    assert (scene.run.phase, scene.run.attention) == (RunPhase.PAUSED, None)
    scene.command(Command.RESUME).command(Command.START_STEP, "coffee").shows("coffee", StepSign.FAULT)
    assert (scene.run.phase, len(scene.told(Happening.NEEDS_ATTENTION))) == (RunPhase.ATTENTION, 2)


def test_a_call_for_the_person_during_a_pause_leads_back_to_it() -> None:
    scene = in_the_kitchen().command(Command.PAUSE)
    scene.day = Situation(unavailable={StepId("coffee"): "fault"})
    scene.shows("coffee", StepSign.FAULT)
    assert scene.run.phase is RunPhase.ATTENTION
    assert scene.command(Command.RESUME).run.phase is RunPhase.PAUSED


def test_the_same_call_for_the_person_is_made_once_and_a_new_one_replaces_it() -> None:
    draft = Draft(MORNING, Scene(MORNING).run, WAKE)
    one, two = Reason(key="fault", values={"step": "coffee"}), Reason(key="alarm_unheard")
    for reason in (one, one, two):
        draft.call_attention(reason)
    assert (len(draft.effects), draft.run.attention) == (2, two)


@pytest.mark.parametrize(
    ("command", "step_id", "refusal"),
    [
        (Command.SKIP_STEP, None, "unknown_step"),
        (Command.SKIP_STEP, "bath", "unknown_step"),
        (Command.SNOOZE, None, "not_ringing"),
        (Command.START_STEP, "alarm", "cannot_start_now"),
        (Command.RESUME, None, "not_paused"),
    ],
)
def test_what_cannot_be_done_is_refused_and_says_why(
    command: Command, step_id: str | None, refusal: str
) -> None:
    scene = Scene(MORNING)
    before = scene.run
    with pytest.raises(CannotDo, match=refusal) as refused:
        scene.command(command, step_id)
    assert (refused.value.reason_key, scene.run) == (refusal, before)


def test_a_step_that_is_over_cannot_be_skipped_and_is_done_only_once() -> None:
    scene = Scene(MORNING).command(Command.COMPLETE_STEP, "coffee")
    with pytest.raises(CannotDo, match="step_is_over"):
        scene.command(Command.SKIP_STEP, "coffee")
    scene.command(Command.COMPLETE_STEP, "coffee")
    assert len(scene.told(Happening.STEP_DONE, "coffee")) == 1


def test_a_step_skipped_while_it_starts_is_put_off() -> None:
    scene = in_the_kitchen().command(Command.SKIP_STEP, "coffee")
    assert (scene.phase("coffee"), scene.releases("coffee")) == (StepPhase.SKIPPED, 1)
    news = in_the_kitchen(routine(NEWS, COFFEE)).command(Command.SKIP_STEP, "news")
    assert news.releases("news") == 1


def test_a_stop_puts_everything_off_and_waits_until_it_is() -> None:
    scene = in_the_kitchen(MORNING, stuck=("coffee",)).command(Command.STOP)
    assert {one.phase for one in scene.run.steps.values()} == {StepPhase.DONE, StepPhase.SKIPPED}
    assert (scene.run.ending, scene.run.phase) == (Ending.STOPPED, RunPhase.ATTENTION)
    with pytest.raises(CannotDo, match="ending"):
        scene.command(Command.START_STEP, "shower")
    assert scene.command(Command.STOP).run.ending is Ending.STOPPED
    for event in (Danger(source="leak"), AnchorReached(anchor=Anchor.BATHROOM, source="motion")):
        assert scene.tell(event).run.ending is Ending.STOPPED
    scene.stuck = ()
    assert scene.until(10).run.phase is RunPhase.ENDED
    with pytest.raises(CannotDo, match="not_running"):
        scene.command(Command.STOP)
    assert scene.tell(Ticked()).made.effects == ()


# Endings.


def test_leaving_home_ends_the_run_and_what_was_used_is_done() -> None:
    scene = in_the_kitchen(MORNING).shows("coffee", StepSign.BEGAN, StepSign.READY).reaches(Anchor.LEAVE)
    assert (scene.phase("coffee"), scene.phase("shower")) == (StepPhase.DONE, StepPhase.SKIPPED)
    assert scene.run.reason == Reason(key="left_home")
    assert scene.run.phase is RunPhase.ENDED


def test_a_phone_that_thinks_it_is_elsewhere_costs_nobody_their_alarm() -> None:
    scene = Scene(MORNING).tell(BedChanged(occupied=True))
    scene.tell(AnchorReached(anchor=Anchor.LEAVE, source="person")).until(0)
    assert scene.run.alarm is not None
    assert scene.run.alarm.phase is AlarmPhase.RINGING


def test_an_output_that_is_never_seen_off_does_not_keep_the_next_run_from_beginning() -> None:
    scene = in_the_kitchen(stuck=("coffee",)).command(Command.STOP)
    last = (LONGEST_RUN + LONGEST_CLOSING) / timedelta(minutes=1)
    assert scene.until(last - 1).run.phase is RunPhase.ATTENTION
    assert scene.until(last).run.phase is RunPhase.ENDED
    assert scene.progress("coffee").on_since is not None


def test_a_run_begins_and_ends_even_with_nothing_to_do() -> None:
    assert Scene(routine()).run.phase is RunPhase.ENDED


def test_the_next_run_goes_on_putting_off_what_the_last_one_left_on() -> None:
    last = in_the_kitchen(stuck=("coffee",)).command(Command.STOP)
    scene = Scene(COFFEE_ONLY, before=last.run, stuck=("coffee",)).until(1).reaches(Anchor.KITCHEN).until(5)
    assert (scene.phase("coffee"), scene.starts("coffee")) == (StepPhase.PENDING, 0)
    scene.stuck = ()
    assert scene.until(7).phase("coffee") is StepPhase.STARTING
    fresh = Scene(COFFEE_ONLY, before=in_the_kitchen().command(Command.STOP).run)
    assert fresh.releases("coffee") == 0


@settings(max_examples=25, deadline=None)
@given(one=routines(), stuck=st.booleans())
def test_a_run_left_alone_rings_in_time_ends_and_does_not_turn_in_circles(one: Routine, stuck: bool) -> None:
    scene = Scene(one, stuck=tuple(step.step_id for step in one.steps) if stuck else ())
    scene.until(0)
    if scene.run.alarm is not None:
        assert scene.run.alarm.phase is AlarmPhase.RINGING
    longest = LONGEST_RUN + (LONGEST_CLOSING if stuck else timedelta())
    scene.until(longest / timedelta(minutes=1))
    assert scene.run.phase is RunPhase.ENDED
    assert scene.turns < longest / timedelta(seconds=2)
    sounds = [effect for effect in scene.effects if isinstance(effect, Ring | Silence)]
    assert not sounds or sounds[-1] == Silence()


# Danger.


def test_danger_ends_the_run_and_puts_everything_off() -> None:
    scene = in_the_bathroom().shows("shower", StepSign.BEGAN).tell(Danger(source="leak"))
    assert (scene.run.ending, scene.run.phase) == (Ending.DANGER, RunPhase.ENDED)
    assert (scene.phase("shower"), scene.releases("shower")) == (StepPhase.SKIPPED, 1)
    assert len(scene.told(Happening.NEEDS_ATTENTION)) == 1


def test_danger_during_a_pause_ends_the_run_too() -> None:
    scene = in_the_kitchen().command(Command.PAUSE).tell(Danger(source="smoke"))
    assert (scene.run.ending, scene.releases("coffee")) == (Ending.DANGER, 1)


def test_danger_starts_nothing_more_but_whoever_sleeps_is_still_woken() -> None:
    scene = Scene(MORNING).tell(Danger(source="leak")).tell(Danger(source="leak"))
    assert scene.phase("coffee") is StepPhase.SKIPPED
    assert scene.run.alarm is not None
    scene.until(0)
    assert isinstance(scene.effects[-1], Ring)
    scene.until(1).reaches(Anchor.KITCHEN).until(30)
    assert (scene.run.ending, scene.run.reason) == (Ending.DANGER, Reason(key="danger_leak"))
    assert scene.starts("coffee") == 0


# Restarts.


def restarted(scene: Scene, *, after: float = 1) -> Scene:
    """Go on after a restart that took some minutes."""
    left = scene.now
    scene.now += timedelta(minutes=after)
    return scene.tell(Recovered(down_since=left))


def test_after_a_restart_nobody_brews_twice() -> None:
    scene = restarted(in_the_kitchen().shows("coffee", StepSign.BEGAN))
    assert (scene.phase("coffee"), scene.progress("coffee").reason) == (
        StepPhase.FAILED,
        Reason(key="interrupted", values={"step": "coffee"}),
    )
    assert scene.starts("coffee") == 1


def test_after_a_restart_coffee_that_stands_ready_is_still_there_and_its_machine_off() -> None:
    scene = restarted(in_the_kitchen().shows("coffee", StepSign.BEGAN, StepSign.READY))
    assert (scene.phase("coffee"), scene.releases("coffee")) == (StepPhase.READY, 1)


def test_after_a_restart_the_shower_starts_again_from_a_safe_state() -> None:
    scene = restarted(in_the_bathroom().shows("shower", StepSign.BEGAN, StepSign.READY))
    assert (scene.starts("shower"), scene.phase("shower"), scene.releases("shower")) == (
        2,
        StepPhase.STARTING,
        1,
    )


def test_after_a_restart_what_was_being_put_off_is_put_off_again() -> None:
    scene = in_the_kitchen(lazy=True).command(Command.SKIP_STEP, "coffee")
    assert restarted(scene).releases("coffee") == 2


def test_after_a_restart_news_that_play_go_on_and_others_start_again() -> None:
    playing = restarted(in_the_kitchen(routine(NEWS)).shows("news", StepSign.READY))
    assert (playing.phase("news"), playing.starts("news")) == (StepPhase.READY, 1)
    starting = restarted(in_the_kitchen(routine(NEWS)))
    assert (starting.phase("news"), starting.starts("news")) == (StepPhase.STARTING, 2)


def test_a_run_found_a_day_later_ends_without_ringing() -> None:
    scene = Scene(MORNING)
    restarted(scene, after=60 * 24)
    assert (scene.run.phase, scene.run.reason) == (RunPhase.ENDED, Reason(key="too_late"))
    assert not [effect for effect in scene.effects if isinstance(effect, Ring)]


# Being up.


def test_any_place_reached_means_being_up() -> None:
    scene = Scene(MORNING).until(1).reaches(Anchor.KITCHEN)
    assert set(scene.run.anchors) == {Anchor.UP, Anchor.KITCHEN}
    assert (scene.run.phase, len(scene.told(Happening.OCCUPANT_UP))) == (RunPhase.RUNNING, 1)
    assert scene.reaches(Anchor.KITCHEN).told(Happening.OCCUPANT_UP) == scene.told(Happening.OCCUPANT_UP)


def test_back_in_bed_soon_the_water_is_shut_and_the_alarm_rings() -> None:
    scene = in_the_bathroom(MORNING).tell(BedChanged(occupied=True))
    assert (scene.run.phase, scene.phase("shower"), scene.releases("shower")) == (
        RunPhase.WAKING,
        StepPhase.PENDING,
        1,
    )
    assert len(scene.told(Happening.ASLEEP_AGAIN)) == 1
    assert Anchor.UP not in scene.run.anchors


def test_back_in_bed_later_only_water_that_nobody_met_is_shut() -> None:
    away = Scene(SHOWER_ONLY).until(1).reaches(Anchor.UP).command(Command.START_STEP, "shower")
    assert away.tell(BedChanged(occupied=True)).phase("shower") is StepPhase.PENDING
    assert away.made.plan.held[StepId("shower")].key == "waits_for_up"
    there = in_the_bathroom().tell(BedChanged(occupied=True))
    assert there.phase("shower") is StepPhase.STARTING


def test_saying_to_be_up_counts_more_than_the_bed() -> None:
    scene = Scene(SHOWER_ONLY).until(1).reaches(Anchor.UP).tell(BedChanged(occupied=True))
    assert scene.reaches(Anchor.UP).run.in_bed is False
    assert scene.tell(BedChanged(occupied=True)).reaches(Anchor.KITCHEN).run.in_bed is False


def test_what_chatters_is_kept_once_and_not_without_end() -> None:
    scene = Scene(MORNING)
    for number in range(500):
        scene.tell(Noticed(label="hall_motion")).tell(Noticed(label=f"door_{number % 2}"))
    assert len(scene.run.seen) == 200
    assert scene.run.seen[:2] == (("hall_motion", scene.now), ("door_0", scene.now))


# The tables.


def test_nothing_goes_past_the_tables() -> None:
    draft = Draft(MORNING, Scene(MORNING).run, WAKE)
    coffee = StepId("coffee")
    with pytest.raises(IllegalMoveError):
        draft.set(phase=RunPhase.ENDED)
    with pytest.raises(IllegalMoveError):
        draft.set_step(coffee, phase=StepPhase.DONE)
    with pytest.raises(IllegalMoveError):
        draft.move_step(coffee, StepPhase.READY)
    draft.move_run(RunPhase.ENDED)
    with pytest.raises(IllegalMoveError):
        draft.move_run(RunPhase.RUNNING)
    with pytest.raises(KeyError):
        MORNING.step(StepId("bath"))


def test_a_clock_put_back_takes_nothing_from_the_time_an_output_was_on() -> None:
    scene = in_the_kitchen(lazy=True).command(Command.SKIP_STEP, "coffee")
    scene.now -= timedelta(hours=1)
    scene.tell(EffectDone(effect=ReleaseStep(step_id=StepId("coffee"))))
    assert scene.progress("coffee").on_total == timedelta()


def test_a_hazard_without_limits_of_presence_is_met_by_whoever_came_before() -> None:
    calm = routine(NEWS, step(SHOWER, after=("news",), hazard=Hazard(max_on=timedelta(minutes=20))))
    scene = in_the_bathroom(calm).until(20).command(Command.SKIP_STEP, "news")
    assert scene.progress("shower").met_at == scene.now
