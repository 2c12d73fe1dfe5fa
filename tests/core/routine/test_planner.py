"""When each step is to start, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.routine.model import (
    Anchor,
    Costs,
    DayKind,
    DoneBy,
    Hazard,
    Knowledge,
    Morning,
    Plan,
    Routine,
    Seen,
    Situation,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.planner import plan
from custom_components.cerebro.core.routine.state import AnchorReached, BedChanged, Noticed, StepPhase
from custom_components.cerebro.core.routine.stopping import Task

from .plans import check_plan
from .scene import Scene, routine, step
from .strategies import WAKE, knowledge, past_mornings, routines, situations

ALARM, COFFEE, SHOWER, NEWS = StepKind.ALARM, StepKind.COFFEE, StepKind.SHOWER, StepKind.NEWS
MORNING = routine(ALARM, COFFEE, SHOWER, NEWS)
NIGHT = WAKE - timedelta(hours=8)


def after(minutes: float) -> datetime:
    return WAKE + timedelta(minutes=minutes)


def tonight(one: Routine, known: Knowledge | None = None, day: Situation | None = None) -> Plan:
    """Return the plan shown the evening before."""
    return plan(one, known or Knowledge(), day or Situation(), wake_at=WAKE, run=None, now=NIGHT)


def a_morning(number: int, *, kitchen: float = 20) -> Morning:
    """Return a morning: up after ten minutes, in the hall before the kitchen."""
    times = {Anchor.UP: 10.0, Anchor.KITCHEN: kitchen, Anchor.BATHROOM: kitchen + 20}
    return Morning(
        day=f"2026-11-{number + 1:02}",
        kind=DayKind.WORKDAY,
        seen=(Seen(label="hall_motion", at=timedelta(minutes=kitchen - 6)),),
        anchors={anchor: timedelta(minutes=at) for anchor, at in times.items()},
    )


REGULAR = Knowledge(mornings=tuple(a_morning(number) for number in range(10)))


def why(made: Plan, step_id: str) -> str:
    cue = made.cue(StepId(step_id))
    assert cue is not None
    return cue.reason.key


# The evening before.


def test_the_alarm_rings_at_the_wake_up_and_the_rest_follows_the_occupant() -> None:
    made = tonight(MORNING)
    assert [cue.step_id for cue in made.cues] == ["alarm", "coffee", "news", "shower"]
    assert (made.cues[0].start, why(made, "alarm")) == (WAKE, "plan_alarm")
    assert why(made, "coffee") == "plan_on_arrival"
    assert made.held[StepId("shower")].key == "waits_for_up"


def test_with_few_mornings_a_step_starts_on_arrival_and_says_how_few() -> None:
    made = tonight(MORNING, Knowledge(mornings=REGULAR.mornings[:3]))
    cue = made.cue(StepId("coffee"))
    assert cue is not None
    assert (cue.reason.key, cue.reason.values["mornings"]) == ("plan_learned_few", 3)
    assert cue.start == cue.arrival


def test_with_enough_mornings_coffee_is_ready_when_the_occupant_gets_there() -> None:
    cue = tonight(MORNING, REGULAR).cue(StepId("coffee"))
    assert cue is not None
    assert (cue.start, cue.ready, cue.arrival, cue.reason.key) == (
        after(15),
        after(20),
        after(20),
        "plan_in_time",
    )


@pytest.mark.parametrize(("waiting", "standing", "ready"), [(1, 0.2, 21), (1, 1, 24), (1, 9, 28), (0, 0, 24)])
def test_the_dearer_it_is_to_stand_ready_the_later_a_step_is_ready(
    waiting: float, standing: float, ready: float
) -> None:
    spread = Knowledge(mornings=tuple(a_morning(number, kitchen=20 + number) for number in range(10)))
    brew = step(COFFEE, costs=Costs(waiting=waiting, standing=standing))
    cue = tonight(routine(brew), spread).cue(StepId("coffee"))
    assert cue is not None
    assert cue.ready == after(ready)


def test_a_room_that_warms_for_the_wake_up_begins_before_it() -> None:
    warm = step(StepKind.CLIMATE, anchor=Anchor.WAKE)
    cue = tonight(routine(ALARM, warm)).cue(StepId("climate"))
    assert cue is not None
    assert (cue.start, cue.ready) == (after(-30), WAKE)


def test_what_was_learned_of_a_machine_moves_its_start() -> None:
    slow = Knowledge(mornings=REGULAR.mornings, ready={StepId("coffee"): tuple([timedelta(minutes=9)] * 5)})
    cue = tonight(MORNING, slow).cue(StepId("coffee"))
    assert cue is not None
    assert cue.start == after(11)


# What holds a step back.


def test_a_step_waits_for_the_last_of_those_before_it() -> None:
    one = routine(COFFEE, SHOWER, step(NEWS, after=("coffee", "shower")))
    made = tonight(one)
    news, shower = made.cue(StepId("news")), made.cue(StepId("shower"))
    assert news is not None
    assert shower is not None
    assert news.start == max(shower.ready, shower.arrival) + timedelta(minutes=8)
    assert made.held[StepId("news")].values["other"] == "shower"


def test_a_step_after_one_that_cannot_be_done_has_no_cue() -> None:
    one = routine(COFFEE, step(NEWS, after=("coffee",)))
    made = tonight(one, day=Situation(unavailable={StepId("coffee"): "unavailable"}))
    assert made.cues == ()
    assert {step_id: reason.key for step_id, reason in made.held.items()} == {
        "coffee": "unavailable",
        "news": "waits_for_step",
    }


def test_steps_that_wait_for_each_other_never_start() -> None:
    one = routine(step(COFFEE, after=("news",)), step(NEWS, after=("coffee",)))
    assert tonight(one).cues == ()
    assert Scene(one).until(5).reaches(Anchor.KITCHEN).until(60).starts("coffee") == 0


def test_a_bathroom_that_is_taken_is_waited_for() -> None:
    until = Situation(busy={"bathroom": after(40)})
    made = tonight(routine(SHOWER), day=until)
    assert (made.held[StepId("shower")].key, made.cues[0].start) == ("waits_for_resource_until", after(40))
    scene = Scene(routine(SHOWER), day=until).until(10).reaches(Anchor.BATHROOM)
    assert scene.phase("shower") is StepPhase.PENDING
    scene.until(39.9)
    assert scene.phase("shower") is StepPhase.PENDING
    scene.day = Situation()
    assert scene.made.again_at == after(40)
    assert scene.until(40).phase("shower") is StepPhase.STARTING


def test_a_bathroom_taken_for_nobody_knows_how_long_is_looked_at_again() -> None:
    scene = Scene(routine(SHOWER), day=Situation(busy={"bathroom": None})).until(10)
    scene.reaches(Anchor.BATHROOM)
    assert scene.made.plan.held[StepId("shower")].key == "waits_for_resource"
    scene.day = Situation()
    assert scene.until(11).phase("shower") is StepPhase.STARTING


def test_no_news_in_quiet_hours_and_coffee_all_the_same() -> None:
    quiet = Situation(quiet_until=after(30))
    made = tonight(routine(COFFEE, NEWS), day=quiet)
    assert set(made.held) == {"news"}
    assert made.cue(StepId("news")) is not None
    scene = Scene(routine(COFFEE, NEWS), day=quiet).until(10).reaches(Anchor.KITCHEN)
    assert (scene.starts("coffee"), scene.starts("news")) == (1, 0)
    assert scene.until(30).starts("news") == 1
    late = tonight(routine(NEWS), day=Situation(quiet_until=WAKE - timedelta(hours=1)))
    assert late.held == {}


def test_news_that_take_long_to_be_ready_do_not_begin_in_quiet_hours() -> None:
    slow = step(NEWS, ready_prior=timedelta(minutes=20))
    made = tonight(routine(slow), REGULAR, Situation(quiet_until=after(15)))
    assert made.cues[0].start >= after(15)


def test_news_that_early_mornings_would_start_in_quiet_hours_wait_for_their_end() -> None:
    mornings = tuple(a_morning(number, kitchen=20 if number < 3 else 40) for number in range(10))
    news = step(NEWS, ready_prior=timedelta(minutes=5), costs=Costs(standing=0.0))
    made = tonight(routine(news), Knowledge(mornings=mornings), Situation(quiet_until=after(25)))
    assert made.cues[0].start == after(25)
    assert made.held[StepId("news")].key == "waits_for_quiet"


def test_nothing_starts_for_somebody_who_is_not_at_home() -> None:
    scene = Scene(routine(COFFEE), day=Situation(home=False)).until(10).reaches(Anchor.KITCHEN).until(20)
    assert (scene.starts("coffee"), scene.made.plan.held[StepId("coffee")].key) == (0, "waits_for_home")
    scene.day = Situation()
    assert scene.until(22).starts("coffee") == 1


# Being up before the alarm, and time that runs short.


def test_who_is_up_before_the_alarm_is_not_woken() -> None:
    scene = Scene(MORNING).reaches(Anchor.UP)
    made = plan(MORNING, Knowledge(), Situation(), wake_at=WAKE, run=scene.run, now=scene.now)
    assert why(made, "coffee") == "plan_on_arrival"
    unknown = routine(ALARM, COFFEE)
    early = Scene(routine(COFFEE)).reaches(Anchor.UP).run
    dropped = plan(unknown, Knowledge(), Situation(), wake_at=WAKE, run=early, now=after(-5)).dropped
    assert dropped[StepId("alarm")].key == "up_before_alarm"


def test_with_a_little_too_little_time_the_longest_optional_step_is_shortened() -> None:
    made = tonight(routine(COFFEE, step(NEWS, optional=False)), day=Situation(leave_by=after(20)))
    usual = tonight(routine(COFFEE, step(NEWS, optional=False)))
    cue = made.cue(StepId("coffee"))
    assert cue is not None
    assert (cue.reason.key, cue.reason.values["step"]) == ("shortened_leave_by", "coffee")
    assert cue.reason.values["use_min"] == pytest.approx(6)
    assert made.dropped == usual.dropped == {}


def test_with_far_too_little_time_optional_steps_are_left_out_and_named() -> None:
    made = tonight(routine(COFFEE, SHOWER, step(NEWS, optional=False)), day=Situation(leave_by=after(12)))
    assert set(made.dropped) == {"coffee", "shower"}
    for step_id, reason in made.dropped.items():
        assert (reason.key, reason.values["step"]) == ("dropped_leave_by", step_id)
        assert reason.values["leave_by"] == after(12)


def test_a_step_left_out_in_a_run_is_skipped_and_those_after_it_go_on() -> None:
    one = routine(COFFEE, SHOWER, step(NEWS, after=("shower",), optional=False))
    scene = Scene(one, day=Situation(leave_by=after(3))).until(1).reaches(Anchor.KITCHEN)
    assert (scene.phase("shower"), scene.phase("news")) == (StepPhase.SKIPPED, StepPhase.STARTING)


# On the way.


def test_in_a_regular_life_coffee_begins_before_the_occupant_comes() -> None:
    scene = Scene(routine(ALARM, COFFEE), known=REGULAR).until(10).reaches(Anchor.UP).until(14)
    assert scene.phase("coffee") is StepPhase.PENDING
    scene.tell(Noticed(label="hall_motion")).until(15.6)
    assert scene.phase("coffee") is StepPhase.STARTING
    reason = scene.progress("coffee").reason
    assert reason is not None
    assert (reason.key, reason.values["mornings"]) == ("plan_in_time", 10)


def test_a_step_under_way_keeps_its_times_in_the_plan() -> None:
    scene = Scene(routine(COFFEE, step(NEWS, after=("coffee",)))).until(5).reaches(Anchor.KITCHEN).until(6)
    cue = scene.made.plan.cue(StepId("coffee"))
    assert cue is not None
    assert (cue.start, cue.ready, cue.reason.key) == (after(5), after(10), "plan_arrived")
    news = scene.made.plan.cue(StepId("news"))
    assert news is not None
    assert news.start == after(20)


def test_who_lies_in_bed_again_is_not_expected_to_start_the_water() -> None:
    scene = Scene(routine(SHOWER)).until(5).reaches(Anchor.UP).tell(BedChanged(occupied=True))
    assert scene.made.plan.held[StepId("shower")].key == "waits_for_up"
    assert scene.reaches(Anchor.BATHROOM).phase("shower") is StepPhase.STARTING


def test_a_plan_knows_what_a_run_does_not() -> None:
    run = Scene(routine(COFFEE)).run
    made = plan(MORNING, Knowledge(), Situation(), wake_at=WAKE, run=run, now=after(-10))
    assert {cue.step_id for cue in made.cues} == {"alarm", "coffee", "shower", "news"}


# Whatever the routine.


@settings(max_examples=200, deadline=None)
@given(data=st.data(), early=st.integers(-30, 600))
def test_no_plan_starts_a_step_before_it_may(data: st.DataObject, early: int) -> None:
    one = data.draw(routines())
    known, day = data.draw(knowledge(one, most=8)), data.draw(situations(one))
    now = WAKE - timedelta(minutes=early)
    made = plan(one, known, day, wake_at=WAKE, run=None, now=now)
    assert made == plan(one, known, day, wake_at=WAKE, run=None, now=now)
    check_plan(one, day, made, None)
    if day.leave_by is None:
        assert made.dropped == {}
    for step_id, reason in made.dropped.items():
        assert one.step(step_id).optional
        assert reason.values["step"] == step_id


def started(known: Knowledge, day: Morning, one: Routine) -> float:
    """Return when a step starts in a run through a past morning, in seconds since the wake-up."""
    scene = Scene(one, start=-20, known=known)
    happens = [(seen.at, Noticed(label=seen.label)) for seen in day.seen] + [
        (at, AnchorReached(anchor=anchor, source="motion")) for anchor, at in day.anchors.items()
    ]
    for at, event in sorted(happens, key=lambda one: one[0]):
        scene.until(at / timedelta(minutes=1)).tell(event)
    asked = scene.progress("news").asked_at
    assert asked is not None
    return (asked - WAKE).total_seconds()


@settings(max_examples=40, deadline=None)
@given(data=st.data(), ready=st.integers(1, 15), standing=st.sampled_from([0.05, 0.2, 1.0]))
def test_over_the_mornings_it_knows_it_never_costs_more_than_starting_on_arrival(
    data: st.DataObject, ready: int, standing: float
) -> None:
    known = Knowledge(mornings=tuple(data.draw(past_mornings(number)) for number in range(12)))
    costs = Costs(standing=standing)
    task = Task(ready=60.0 * ready, lead=60.0 * ready, costs=costs)
    one = routine(
        ALARM,
        step(NEWS, ready_prior=timedelta(minutes=ready), costs=costs, done_by=DoneBy.AUTOMATION),
    )
    kinds = [morning for morning in known.mornings if morning.kind is DayKind.WORKDAY]
    others = [morning for morning in known.mornings if morning.kind is not DayKind.WORKDAY]
    total = 0.0
    for weight, mornings in ((1.0, kinds), (0.5, others)):
        for morning in mornings:
            arrival = morning.anchors[Anchor.KITCHEN].total_seconds()
            cost = task.regret(started(known, morning, one), arrival)
            total += weight * (cost - task.on_arrival)
    assert total <= 1.0 * len(known.mornings)


def test_water_that_only_needs_a_limit_may_run_before_anybody_is_up() -> None:
    fill = step(SHOWER, hazard=Hazard(max_on=timedelta(minutes=5)), anchor=Anchor.WAKE)
    assert Scene(routine(fill)).until(0).starts("shower") == 1
    assert Scene(routine(fill)).made.plan.made_at.tzinfo is UTC
