"""What a run teaches, and how the morning is expected to go on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.routine.course import events_so_far, follow_course
from custom_components.cerebro.core.routine.haste import SHORTEST, make_haste, usual_use
from custom_components.cerebro.core.routine.learning import MOST_MORNINGS, MOST_SAMPLES, learn
from custom_components.cerebro.core.routine.model import (
    Anchor,
    DayKind,
    Knowledge,
    Routine,
    Step,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.order import in_order
from custom_components.cerebro.core.routine.state import Command, Noticed, RunState, StepSign

from .scene import Scene, routine, step
from .strategies import WAKE, knowledge, minutes, routines

ALARM, COFFEE, NEWS = StepKind.ALARM, StepKind.COFFEE, StepKind.NEWS
ONE = StepId("coffee")


def taught(run: RunState, known: Knowledge | None = None) -> Knowledge:
    return learn(known or Knowledge(), run, kind=DayKind.WORKDAY, day="2026-11-24")


def a_coffee(*signs: StepSign, source: str = "power") -> Scene:
    """Return a run whose coffee begins at minute 5, each further sign three minutes later."""
    scene = Scene(routine(ALARM, COFFEE)).until(5).reaches(Anchor.KITCHEN)
    for sign in signs:
        scene.shows("coffee", sign, source=source).until((scene.now - WAKE) / timedelta(minutes=1) + 3)
    return scene


# What is learned.


def test_a_morning_is_learned_as_it_was_seen_since_waking() -> None:
    scene = Scene(routine(ALARM, COFFEE)).until(2).tell(Noticed(label="hall_motion"))
    morning = taught(scene.until(5).reaches(Anchor.KITCHEN).run).mornings[-1]
    assert (morning.day, morning.kind) == ("2026-11-24", DayKind.WORKDAY)
    assert [(one.label, one.at) for one in morning.seen] == [
        ("hall_motion", timedelta(minutes=2)),
        ("up", timedelta(minutes=5)),
        ("kitchen", timedelta(minutes=5)),
    ]
    assert morning.anchors == {Anchor.UP: timedelta(minutes=5), Anchor.KITCHEN: timedelta(minutes=5)}


def test_nothing_is_learned_from_a_morning_on_which_nobody_was_seen() -> None:
    assert taught(Scene(routine(ALARM, COFFEE)).until(60).run) == Knowledge(ready={}, use={})


def test_how_long_things_took_is_learned_from_what_was_seen() -> None:
    known = taught(a_coffee(StepSign.BEGAN, StepSign.READY, StepSign.ENDED).run)
    assert known.ready == {ONE: (timedelta(minutes=3),)}
    assert known.use == {ONE: (timedelta(minutes=3),)}


def test_nothing_is_learned_from_what_cerebro_timed_itself() -> None:
    by_time = taught(a_coffee(StepSign.BEGAN, StepSign.READY, source="time").until(60).run)
    assert (by_time.ready, by_time.use) == ({}, {})
    ended_by_time = taught(a_coffee(StepSign.BEGAN, StepSign.READY).until(60).run)
    assert (ended_by_time.ready, ended_by_time.use) == ({ONE: (timedelta(minutes=3),)}, {})


def test_being_told_that_a_step_is_done_is_learned_too() -> None:
    scene = a_coffee(StepSign.BEGAN, StepSign.READY).command(Command.COMPLETE_STEP, "coffee")
    assert taught(scene.run).use == {ONE: (timedelta(minutes=3),)}


def test_what_took_no_time_at_all_teaches_nothing() -> None:
    scene = a_coffee().shows("coffee", StepSign.BEGAN, StepSign.READY, StepSign.ENDED)
    known = taught(scene.run)
    assert (known.ready, known.use) == ({}, {})
    unmet = Scene(routine(COFFEE)).command(Command.START_STEP, "coffee")
    unmet.shows("coffee", StepSign.BEGAN).until(3).shows("coffee", StepSign.ENDED)
    assert taught(unmet.run).use == {}


def test_old_mornings_and_samples_are_forgotten() -> None:
    run = a_coffee(StepSign.BEGAN, StepSign.READY, StepSign.ENDED).run
    known = Knowledge()
    for _ in range(MOST_MORNINGS + 5):
        known = taught(run, known)
    assert len(known.mornings) == MOST_MORNINGS
    assert len(known.ready[ONE]) == len(known.use[ONE]) == MOST_SAMPLES


# The course of a morning.


@settings(max_examples=100, deadline=None)
@given(data=st.data(), minute=st.integers(-30, 120), up=st.booleans())
def test_no_anchor_is_expected_in_the_past(data: st.DataObject, minute: int, up: bool) -> None:
    one = data.draw(routines())
    known = data.draw(knowledge(one, most=8))
    scene = Scene(one, start=-40)
    scene.now = WAKE + timedelta(minutes=minute)
    run = scene.reaches(Anchor.UP).run if up else scene.run
    course = follow_course(one, known, DayKind.WORKDAY, woke=run.woke_at or WAKE, run=run, now=scene.now)
    assert set(course) == set(Anchor)
    for anchor, arrival in course.items():
        if anchor is not Anchor.WAKE and not arrival.reached:
            assert arrival.at >= scene.now
            assert (arrival.left is None) == (arrival.mornings == 0)
        if anchor in run.anchors:
            assert arrival.at == run.anchors[anchor]


def test_before_anything_was_learned_the_steps_are_met_in_their_order() -> None:
    one = routine(ALARM, COFFEE, StepKind.SHOWER)
    course = follow_course(one, Knowledge(), DayKind.WORKDAY, woke=WAKE, run=None, now=WAKE)
    expected = {Anchor.UP: 9, Anchor.KITCHEN: 9, Anchor.BATHROOM: 19, Anchor.LEAVE: 27}
    for anchor, minute in expected.items():
        assert course[anchor].at == WAKE + timedelta(minutes=minute)


def test_a_step_that_is_over_takes_no_more_time() -> None:
    scene = Scene(routine(COFFEE, StepKind.SHOWER)).until(5).reaches(Anchor.KITCHEN)
    scene.command(Command.SKIP_STEP, "coffee")
    course = follow_course(
        scene.routine, Knowledge(), DayKind.WORKDAY, woke=WAKE, run=scene.run, now=scene.now
    )
    assert course[Anchor.BATHROOM].at == scene.now


def test_what_was_seen_last_tells_more_than_the_time_since_waking() -> None:
    mornings = []
    for number in range(6):
        scene = Scene(routine(ALARM, COFFEE)).until(5 + 9 * number).tell(Noticed(label="hall_motion"))
        scene.until(7 + 9 * number).reaches(Anchor.KITCHEN)
        mornings.append(taught(scene.run).mornings[0])
    known = Knowledge(mornings=tuple(mornings))
    scene = Scene(routine(ALARM, COFFEE)).until(30)
    blind = follow_course(scene.routine, known, DayKind.WORKDAY, woke=WAKE, run=scene.run, now=scene.now)
    assert (blind[Anchor.KITCHEN].mornings, blind[Anchor.KITCHEN].at > WAKE + timedelta(minutes=33)) == (
        3,
        True,
    )
    scene.tell(Noticed(label="hall_motion"))
    seen = follow_course(scene.routine, known, DayKind.WORKDAY, woke=WAKE, run=scene.run, now=scene.now)
    assert (seen[Anchor.KITCHEN].mornings, seen[Anchor.KITCHEN].at) == (6, WAKE + timedelta(minutes=32))
    assert events_so_far(scene.run, WAKE) == ((1800.0, "hall_motion"),)
    assert events_so_far(None, WAKE) == ()


# Haste.


@settings(max_examples=200, deadline=None)
@given(data=st.data(), spare=minutes(-30, 120))
def test_haste_touches_only_optional_steps_and_names_them(data: st.DataObject, spare: timedelta) -> None:
    one = data.draw(routines())
    known = data.draw(knowledge(one, most=3))
    course = follow_course(one, known, DayKind.WORKDAY, woke=WAKE, run=None, now=WAKE)
    leave_by = WAKE + spare
    haste = make_haste(one, known, course, leave_by=leave_by, run=None, now=WAKE)
    assert not set(haste.dropped) & set(haste.shortened)
    assert set(haste.shortened) == set(haste.uses)
    assert len(haste.shortened) <= 1
    for step_id, reason in {**haste.dropped, **haste.shortened}.items():
        assert one.step(step_id).optional
        assert (reason.values["step"], reason.values["leave_by"]) == (step_id, leave_by)
    for step_id in haste.shortened:
        usual = usual_use(one.step(step_id), known)
        assert usual * SHORTEST <= haste.use_of(one.step(step_id), known) < usual


@pytest.mark.parametrize(
    ("leave_by", "dropped", "shortened"),
    [
        (30, set(), {}),
        (29, set(), {"action": 19}),
        (20, set(), {"action": 10}),
        (19, {"action"}, {}),
        (9, {"action"}, {"coffee": 9}),
        (-99, {"action", "coffee"}, {}),
    ],
)
def test_the_least_that_helps_is_given_up(
    leave_by: float, dropped: set[str], shortened: dict[str, float]
) -> None:
    one = routine(COFFEE, step(StepKind.ACTION, use_prior=timedelta(minutes=20), anchor=Anchor.KITCHEN))
    scene = Scene(one).reaches(Anchor.KITCHEN)
    fresh = replace(scene.run, steps={})
    course = follow_course(one, Knowledge(), DayKind.WORKDAY, woke=WAKE, run=fresh, now=WAKE)
    haste = make_haste(
        one, Knowledge(), course, leave_by=WAKE + timedelta(minutes=leave_by), run=fresh, now=WAKE
    )
    assert set(haste.dropped) == dropped
    assert {one: use / timedelta(minutes=1) for one, use in haste.uses.items()} == shortened


# The order.


@given(one=routines())
def test_each_step_is_looked_at_after_those_before_it(one: Routine) -> None:
    seen: set[StepId] = set()
    ordered = in_order(tuple(reversed(one.steps)))
    assert sorted(step.step_id for step in ordered) == sorted(step.step_id for step in one.steps)
    for found in ordered:
        assert found.after <= seen
        seen.add(found.step_id)


def test_a_circle_stays_as_it_is_listed() -> None:
    circle: tuple[Step, ...] = (step(COFFEE, after=("news",)), step(NEWS, after=("coffee",)))
    assert in_order(circle) == circle
