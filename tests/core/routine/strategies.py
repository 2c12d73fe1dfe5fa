"""Routines, mornings, days and happenings of every kind, for the properties of the core."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from hypothesis import strategies as st

from custom_components.cerebro.core.routine.model import (
    AlarmSettings,
    Anchor,
    Costs,
    DayKind,
    DoneBy,
    Hazard,
    Knowledge,
    Morning,
    Routine,
    RoutineId,
    Seen,
    Situation,
    Step,
    StepId,
    StepKind,
)
from custom_components.cerebro.core.routine.state import (
    AlarmHeard,
    AnchorReached,
    BedChanged,
    Command,
    Commanded,
    Danger,
    Input,
    Noticed,
    StepObserved,
    StepSign,
    Ticked,
)

WAKE: Final = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
LABELS: Final = ("hall_motion", "bedroom_motion", "front_door", "fault_cleared_one")
NAMES: Final = ("one", "two", "three", "four", "five", "six", "seven")
ALARM: Final = StepId("alarm")
WALKED: Final = (Anchor.UP, Anchor.KITCHEN, Anchor.BATHROOM)
"""The anchors that a morning passes before the occupant leaves."""


def minutes(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Durations in whole minutes."""
    return st.integers(least, most).map(lambda number: timedelta(minutes=number))


def seconds(least: int, most: int) -> st.SearchStrategy[timedelta]:
    """Durations in whole seconds."""
    return st.integers(least, most).map(lambda number: timedelta(seconds=number))


hazards = st.builds(
    Hazard,
    max_on=minutes(1, 40),
    needs_up=st.booleans(),
    presence_within=st.none() | minutes(1, 5),
)


@st.composite
def a_step(draw: st.DrawFn, step_id: StepId, before: tuple[StepId, ...]) -> Step:
    """Draw a step that comes after some of those before it."""
    return Step(
        step_id=step_id,
        kind=draw(st.sampled_from([kind for kind in StepKind if kind is not StepKind.ALARM])),
        anchor=draw(st.sampled_from([anchor for anchor in Anchor if anchor is not Anchor.LEAVE])),
        after=draw(st.frozensets(st.sampled_from(before), max_size=2)) if before else frozenset(),
        ready_prior=draw(st.just(timedelta()) | minutes(1, 15)),
        use_prior=draw(st.just(timedelta()) | minutes(1, 15)),
        costs=draw(st.builds(Costs, waiting=st.just(1.0), standing=st.sampled_from([0.0, 0.2, 1.0]))),
        hazard=draw(st.none() | hazards),
        resource=draw(st.none() | st.just("bathroom")),
        optional=draw(st.booleans()),
        done_by=draw(st.sampled_from(DoneBy)),
        evidence=draw(st.booleans()),
        retries=draw(st.integers(0, 2)),
    )


alarm_steps = st.builds(
    Step,
    step_id=st.just(ALARM),
    kind=st.just(StepKind.ALARM),
    anchor=st.just(Anchor.WAKE),
    optional=st.just(value=False),
    done_by=st.sampled_from([DoneBy.BUILT_IN, DoneBy.BUILT_IN, DoneBy.AUTOMATION]),
)

alarm_settings = st.builds(
    AlarmSettings,
    snooze_length=minutes(1, 15),
    snooze_limit=st.integers(0, 3),
    asleep_check_after=minutes(0, 10),
    give_up_after=minutes(1, 60),
    step_every=seconds(20, 300),
    loudness_factor=st.sampled_from([1.0, 1.5, 2.0, 4.0]),
    outputs=st.integers(0, 3),
)


@st.composite
def routines(draw: st.DrawFn, *, most: int = 7, alarm: bool | None = None) -> Routine:
    """Draw a routine of one to seven steps, each after some of those before it."""
    with_alarm = draw(st.booleans()) if alarm is None else alarm
    steps = [draw(alarm_steps)] if with_alarm else []
    for name in NAMES[: draw(st.integers(0 if with_alarm else 1, most - len(steps)))]:
        before = tuple(step.step_id for step in steps)
        steps.append(draw(a_step(StepId(name), before)))
    return Routine(
        routine_id=RoutineId("routine"),
        name="Ada’s morning",
        occupants=(),
        steps=tuple(steps),
        alarm=draw(alarm_settings),
    )


@st.composite
def past_mornings(draw: st.DrawFn, number: int) -> Morning:
    """Draw a morning that was: what was seen and reached, in order."""
    at = timedelta()
    anchors: dict[Anchor, timedelta] = {}
    seen: list[Seen] = []
    for anchor in (Anchor.UP, *draw(st.permutations(WALKED[1:]))):
        at += draw(seconds(10, 1800))
        seen.append(Seen(label=draw(st.sampled_from(LABELS[:3])), at=at))
        at += draw(seconds(1, 600))
        anchors[anchor] = at
    if draw(st.booleans()):
        anchors[Anchor.LEAVE] = at + draw(seconds(60, 1800))
    return Morning(
        day=f"2026-10-{number + 1:02}",
        kind=draw(st.sampled_from([DayKind.WORKDAY, DayKind.DAY_OFF])),
        seen=tuple(seen),
        anchors=anchors,
    )


@st.composite
def knowledge(draw: st.DrawFn, routine: Routine, *, most: int = 12) -> Knowledge:
    """Draw what is known: mornings, and how long some steps took."""
    mornings = [draw(past_mornings(number)) for number in range(draw(st.integers(0, most)))]
    some = st.lists(minutes(1, 20), max_size=4).map(tuple)
    return Knowledge(
        mornings=tuple(mornings),
        ready={step.step_id: draw(some) for step in routine.steps},
        use={step.step_id: draw(some) for step in routine.steps},
    )


@st.composite
def situations(draw: st.DrawFn, routine: Routine) -> Situation:
    """Draw what a day is like."""
    others = [step.step_id for step in routine.steps if step.kind is not StepKind.ALARM]
    reasons = st.sampled_from(["unavailable", "fault"])
    return Situation(
        day_kind=draw(st.sampled_from([DayKind.WORKDAY, DayKind.DAY_OFF])),
        leave_by=draw(st.none() | minutes(10, 120).map(lambda after: WAKE + after)),
        busy=draw(st.just({}) | (st.none() | moments).map(lambda until: {"bathroom": until})),
        unavailable=draw(st.dictionaries(st.sampled_from(others), reasons, max_size=1)) if others else {},
        missing=draw(st.dictionaries(st.sampled_from(others), products, max_size=3)) if others else {},
        home=draw(st.sampled_from([True, True, True, False])),
        quiet_until=draw(st.none() | moments),
    )


products = st.lists(st.sampled_from(["milk", "Milk", "coffee", "sugar"]), max_size=2).map(tuple)
moments = minutes(-10, 90).map(lambda after: WAKE + after)
"""Times around the wake-up."""


def happenings(routine: Routine) -> st.SearchStrategy[Input]:
    """Whatever can happen to a run without its having asked for anything."""
    known = st.sampled_from([step.step_id for step in routine.steps])
    stepwise = [Command.SKIP_STEP, Command.COMPLETE_STEP, Command.START_STEP]
    plain = [command for command in Command if command not in stepwise]
    return st.one_of(
        st.just(Ticked()),
        st.builds(
            AnchorReached,
            anchor=st.sampled_from([*WALKED, Anchor.WAKE, Anchor.LEAVE]),
            source=st.sampled_from(["motion", "button", "person"]),
        ),
        st.builds(BedChanged, occupied=st.booleans()),
        st.builds(Noticed, label=st.sampled_from(LABELS)),
        st.builds(
            StepObserved,
            step_id=known,
            sign=st.sampled_from(StepSign),
            source=st.sampled_from(["power", "time"]),
        ),
        st.just(AlarmHeard()),
        st.builds(Commanded, command=st.sampled_from(plain)),
        st.builds(Commanded, command=st.sampled_from(stepwise), step_id=known),
        st.builds(Danger, source=st.sampled_from(["leak", "smoke"])),
    )
