"""What a phone shows of a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.card import Line, PhoneAction, Verb, card
from custom_components.cerebro.core.routine.model import (
    AlarmSettings,
    Anchor,
    Cue,
    Hazard,
    Knowledge,
    Plan,
    Routine,
    RoutineId,
    Situation,
    Step,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.state import (
    AlarmPhase,
    AlarmState,
    AnchorReached,
    BedChanged,
    Command,
    Commanded,
    EffectFailed,
    Ending,
    Input,
    Ring,
    RunId,
    RunPhase,
    RunState,
    StepObserved,
    StepPhase,
    StepProgress,
    StepSign,
    Ticked,
)
from custom_components.cerebro.core.routine.turn import begin, turn

WAKE = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
NOW = WAKE + timedelta(minutes=2)
ALARM, COFFEE, SHOWER, NEWS = map(StepId, ("alarm", "coffee", "shower", "news"))

ROUTINE = Routine(
    routine_id=RoutineId("morning"),
    name="Ada’s morning",
    occupants=(),
    steps=(
        Step(step_id=ALARM, kind=StepKind.ALARM, anchor=Anchor.WAKE, optional=False),
        Step(step_id=COFFEE, kind=StepKind.COFFEE, anchor=Anchor.KITCHEN),
        Step(
            step_id=SHOWER,
            kind=StepKind.SHOWER,
            anchor=Anchor.BATHROOM,
            hazard=Hazard(max_on=timedelta(minutes=15), needs_up=True),
        ),
        Step(step_id=NEWS, kind=StepKind.NEWS, anchor=Anchor.KITCHEN, optional=False),
    ),
    alarm=AlarmSettings(snooze_limit=2),
)


def a_run(
    *,
    phase: RunPhase = RunPhase.WAKING,
    alarm: AlarmState | None = None,
    up: bool = False,
    attention: Reason | None = None,
    alarm_step: StepPhase = StepPhase.PENDING,
    **steps: StepPhase,
) -> RunState:
    phases = {"alarm": alarm_step, **steps}
    return RunState(
        run_id=RunId("01RUN"),
        routine_id=ROUTINE.routine_id,
        wake_at=WAKE,
        started_at=WAKE,
        phase=phase,
        alarm=alarm,
        anchors={Anchor.UP: NOW} if up else {},
        attention=attention,
        steps={
            step.step_id: StepProgress(phase=phases.get(step.step_id, StepPhase.PENDING))
            for step in ROUTINE.steps
        },
    )


def a_plan(**starts: float) -> Plan:
    """Return a plan whose steps start so many minutes after the wake-up."""
    cues = [
        Cue(
            step_id=StepId(step_id),
            start=WAKE + timedelta(minutes=minutes),
            ready=WAKE + timedelta(minutes=minutes + 3),
            arrival=WAKE + timedelta(minutes=minutes + 3),
            reason=Reason(key="habit"),
        )
        for step_id, minutes in starts.items()
    ]
    return Plan(made_at=WAKE, wake_at=WAKE, cues=tuple(cues))


def verbs(run: RunState, plan: Plan | None = None) -> list[str]:
    return [
        action.verb.value if action.step_id is None else f"{action.verb.value} {action.step_id}"
        for action in card(ROUTINE, run, plan, NOW).actions
    ]


RINGING = AlarmState(phase=AlarmPhase.RINGING)


def test_a_ringing_alarm_can_be_snoozed_answered_and_stopped() -> None:
    assert verbs(a_run(alarm=RINGING)) == ["snooze", "up", "stop"]


def test_no_snooze_is_offered_once_all_are_used() -> None:
    assert verbs(a_run(alarm=replace(RINGING, snoozes=2))) == ["up", "stop"]


def test_a_snoozed_alarm_tells_when_it_rings_again_and_offers_no_second_snooze() -> None:
    run = a_run(alarm=AlarmState(phase=AlarmPhase.SNOOZED, since=NOW, snoozes=1))
    shown = card(ROUTINE, run, a_plan(coffee=20), NOW)
    assert shown.counts_to == NOW + timedelta(minutes=9)
    assert shown.lines[0] == Line(key="snoozed", values={"time": shown.counts_to})
    assert [action.verb for action in shown.actions] == [Verb.UP, Verb.SKIP, Verb.STOP]


def test_after_getting_up_the_step_that_comes_next_by_the_plan_can_be_skipped() -> None:
    run = a_run(phase=RunPhase.RUNNING, up=True, alarm=AlarmState(phase=AlarmPhase.WATCHING))
    assert verbs(run, a_plan(shower=4, coffee=9)) == ["skip shower", "pause", "stop"]


def test_a_step_that_must_not_be_dropped_is_never_offered_to_be_skipped() -> None:
    run = a_run(phase=RunPhase.RUNNING, up=True, coffee=StepPhase.DONE, shower=StepPhase.SKIPPED)
    assert verbs(run, a_plan(news=4)) == ["pause", "stop"]


def test_the_last_optional_step_can_still_be_skipped_while_it_is_on() -> None:
    run = a_run(phase=RunPhase.RUNNING, up=True, coffee=StepPhase.DONE, shower=StepPhase.RUNNING)
    assert verbs(run)[0] == "skip shower"


def test_before_the_alarm_one_may_be_up_already() -> None:
    shown = card(ROUTINE, a_run(alarm=AlarmState()), a_plan(coffee=20), NOW)
    assert shown.actions[0] == PhoneAction(verb=Verb.UP)
    assert shown.lines[0] == Line(key="before", values={"time": WAKE})


def test_a_paused_run_can_be_resumed_and_stopped() -> None:
    assert verbs(a_run(phase=RunPhase.PAUSED, up=True)) == ["resume", "stop"]


def test_an_alarm_that_rings_in_a_pause_can_be_answered() -> None:
    assert verbs(a_run(phase=RunPhase.PAUSED, alarm=RINGING)) == ["up", "resume", "stop"]


def test_a_run_that_is_ending_takes_no_answers() -> None:
    shown = card(ROUTINE, replace(a_run(alarm=RINGING), ending=Ending.STOPPED), None, NOW)
    assert (shown.actions, shown.lines, shown.urgent) == ((), (Line(key="ending"),), False)


def test_a_run_that_needs_the_person_says_why_and_offers_to_skip_the_step_at_fault() -> None:
    why = Reason(key="step_failed", values={"step": "coffee"})
    run = a_run(phase=RunPhase.ATTENTION, up=True, attention=why, coffee=StepPhase.STARTING)
    assert verbs(run) == ["resume", "skip coffee", "stop"]
    assert card(ROUTINE, run, None, NOW).reason == why


def test_a_step_that_has_failed_for_good_is_not_offered_to_be_skipped() -> None:
    why = Reason(key="step_failed", values={"step": "coffee"})
    run = a_run(phase=RunPhase.ATTENTION, up=True, attention=why, coffee=StepPhase.FAILED)
    assert verbs(run) == ["resume", "stop"]


def test_an_alarm_that_nobody_answers_still_asks_whether_one_is_up() -> None:
    run = a_run(phase=RunPhase.ATTENTION, alarm=RINGING, attention=Reason(key="no_answer"))
    assert verbs(run) == ["up", "resume", "stop"]


def test_only_an_alarm_that_rings_by_phone_is_critical() -> None:
    assert not card(ROUTINE, a_run(alarm=RINGING), None, NOW).critical
    assert card(ROUTINE, a_run(alarm=replace(RINGING, by_phone=True)), None, NOW).critical
    silent = AlarmState(phase=AlarmPhase.WATCHING, by_phone=True)
    assert not card(ROUTINE, a_run(alarm=silent), None, NOW).critical


def test_small_changes_of_the_plan_do_not_change_the_card() -> None:
    run = a_run(phase=RunPhase.RUNNING, up=True)
    shown = {
        card(ROUTINE, run, a_plan(coffee=minutes), NOW) == card(ROUTINE, run, a_plan(coffee=15), NOW)
        for minutes in (13, 14.2, 16, 17)
    }
    assert shown == {True}


def test_what_is_on_and_what_comes_next_are_told() -> None:
    run = a_run(
        phase=RunPhase.RUNNING, up=True, alarm=AlarmState(phase=AlarmPhase.ENDED), coffee=StepPhase.READY
    )
    shown = card(ROUTINE, run, a_plan(alarm=0, coffee=1, shower=15, news=30), NOW)
    assert [(line.key, line.values.get("step")) for line in shown.lines] == [
        ("step_ready", COFFEE),
        ("next", SHOWER),
    ]
    assert shown.lines[1].values["time"] == WAKE + timedelta(minutes=15)


def test_a_step_whose_time_has_come_starts_soon() -> None:
    run = a_run(phase=RunPhase.RUNNING, up=True)
    assert card(ROUTINE, run, a_plan(coffee=1), NOW).lines == (
        Line(key="next_soon", values={"step": COFFEE}),
    )


def test_back_in_bed_is_said_so() -> None:
    run = a_run(alarm=RINGING, alarm_step=StepPhase.DONE)
    assert card(ROUTINE, run, None, NOW).lines == (Line(key="ringing_again"),)


def test_a_run_that_is_over_offers_nothing() -> None:
    shown = card(ROUTINE, a_run(phase=RunPhase.ENDED, coffee=StepPhase.DONE), None, NOW)
    assert (shown.actions, shown.lines, shown.progress, shown.progress_max) == (
        (),
        (Line(key="ended"),),
        1,
        4,
    )


alarms = st.one_of(
    st.none(),
    st.builds(
        AlarmState,
        phase=st.sampled_from(AlarmPhase),
        snoozes=st.integers(0, 3),
        since=st.one_of(st.none(), st.just(NOW)),
        by_phone=st.booleans(),
    ),
)
runs = st.builds(
    lambda phase, alarm, up, step, phases: a_run(
        phase=phase,
        alarm=alarm,
        up=up,
        attention=Reason(key="step_failed", values={} if step is None else {"step": step}),
        **dict(zip(("coffee", "shower", "news"), phases, strict=True)),
    ),
    st.sampled_from(RunPhase),
    alarms,
    st.booleans(),
    st.one_of(st.none(), st.sampled_from(["coffee", "shower", "news", "gone"])),
    st.tuples(*[st.sampled_from(StepPhase)] * 3),
)


@settings(max_examples=300)
@given(run=runs, minutes=st.tuples(*[st.integers(0, 90)] * 3))
def test_a_card_has_at_most_three_different_actions_and_always_a_way_to_stop(
    run: RunState, minutes: tuple[int, int, int]
) -> None:
    starts = dict(zip(("coffee", "shower", "news"), minutes, strict=True))
    offered = card(ROUTINE, run, a_plan(**starts), NOW).actions
    assert len(offered) <= 3
    assert len(set(offered)) == len(offered)
    assert (PhoneAction(verb=Verb.STOP) in offered) == (run.phase is not RunPhase.ENDED)


@settings(max_examples=300)
@given(run=runs)
def test_a_step_is_offered_to_be_skipped_only_while_it_has_not_ended(run: RunState) -> None:
    for action in card(ROUTINE, run, None, NOW).actions:
        if action.verb is Verb.SKIP:
            assert action.step_id is not None
            assert run.steps[action.step_id].phase not in {
                StepPhase.DONE,
                StepPhase.SKIPPED,
                StepPhase.FAILED,
            }


COMMANDS = {
    Verb.SNOOZE: Command.SNOOZE,
    Verb.SKIP: Command.SKIP_STEP,
    Verb.PAUSE: Command.PAUSE,
    Verb.RESUME: Command.RESUME,
    Verb.STOP: Command.STOP,
}


def asks(action: PhoneAction) -> Input:
    """Return what the run is told when a person answers so."""
    if action.verb is Verb.UP:
        return AnchorReached(anchor=Anchor.UP, source="phone")
    return Commanded(command=COMMANDS[action.verb], step_id=action.step_id)


happenings: st.SearchStrategy[Input | None] = st.one_of(
    st.none(),
    st.just(Ticked()),
    st.builds(AnchorReached, anchor=st.sampled_from(Anchor), source=st.just("motion")),
    st.builds(BedChanged, occupied=st.booleans()),
    st.builds(
        StepObserved,
        step_id=st.sampled_from([COFFEE, SHOWER, NEWS]),
        sign=st.sampled_from(StepSign),
        source=st.just("power"),
    ),
    st.just(EffectFailed(effect=Ring(output=0, volume=0.2, level=0), error="unavailable")),
)


@settings(max_examples=150, deadline=None)
@given(
    morning=st.lists(st.tuples(st.integers(0, 600), happenings, st.integers(0, 2)), min_size=1, max_size=25)
)
def test_the_run_takes_every_answer_that_the_phone_offers_in_any_morning(
    morning: list[tuple[int, Input | None, int]],
) -> None:
    knowledge, situation = Knowledge(), Situation()
    now = WAKE - timedelta(minutes=5)
    made = begin(ROUTINE, knowledge, situation, run_id=RunId("01RUN"), wake_at=WAKE, now=now)
    for seconds, happens, chosen in morning:
        now += timedelta(seconds=seconds)
        offered = card(ROUTINE, made.run, made.plan, now).actions
        # A refusal would be raised; an answer that is taken moves the run.
        answers = [turn(ROUTINE, knowledge, situation, made.run, asks(action), now=now) for action in offered]
        assert all(answer.run != made.run for answer in answers), offered
        if happens is not None:
            made = turn(ROUTINE, knowledge, situation, made.run, happens, now=now)
        elif chosen < len(answers):
            made = answers[chosen]
