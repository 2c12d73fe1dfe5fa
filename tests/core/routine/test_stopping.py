"""Start now or wait: what the stopping rule does with past mornings."""

from __future__ import annotations

from math import inf

from hypothesis import given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.routine.model import Costs
from custom_components.cerebro.core.routine.stopping import (
    ENDED,
    FEW,
    WAKING,
    WAYS,
    Committee,
    Event,
    Past,
    Task,
    assemble,
    fit,
)

MINUTE = 60.0
COFFEE = Task(ready=5 * MINUTE, costs=Costs(waiting=1.0, standing=0.2))
LABELS = ("up", "hall_motion", "shower", "shower_ended", "bedroom_motion")

moments = st.floats(0, 10_000, allow_nan=False)
events = st.lists(st.tuples(moments, st.sampled_from(LABELS)), max_size=6)


@st.composite
def pasts(draw: st.DrawFn) -> Past:
    """Mornings with a few things seen before the arrival."""
    seen = sorted(draw(events))
    arrival = draw(st.floats(1, 12_000))
    return Past(
        events=tuple(event for event in seen if event[0] < arrival),
        arrival=arrival,
        weight=draw(st.sampled_from((0.5, 1.0))),
    )


mornings = st.lists(pasts(), min_size=FEW, max_size=14)
tasks = st.builds(
    Task,
    ready=st.floats(10, 1200),
    costs=st.builds(Costs, waiting=st.floats(0.1, 2), standing=st.floats(0, 2)),
    lead=st.sampled_from((0.0, 300.0)),
)


def past(arrival: float, *seen: Event) -> Past:
    return Past(events=seen, arrival=arrival)


def start_of(committee: Committee, past: Past, lead: float = 0.0) -> float:
    """Show a morning moment by moment; return when it is started, ``inf``: on arrival."""
    now = -lead
    for shown, until in enumerate([*(at for at, _ in past.events), past.arrival]):
        start = max(now, committee.next_start(past.events[:shown]))
        if start < until:
            return start
        now = until
    return inf


def cost_of(committee: Committee, known: list[Past], task: Task) -> float:
    return sum(one.weight * task.regret(start_of(committee, one, task.lead), one.arrival) for one in known)


# What a start costs.


@pytest.mark.parametrize(
    ("start", "regret"),
    [
        (0, 0.2 * 15 * MINUTE),
        (15 * MINUTE, 0),
        (17 * MINUTE, 2 * MINUTE),
        (20 * MINUTE, 5 * MINUTE),
        (25 * MINUTE, 5 * MINUTE),
        (inf, 5 * MINUTE),
    ],
)
def test_a_start_costs_the_wait_or_the_time_it_stands_ready(start: float, regret: float) -> None:
    assert COFFEE.regret(start, 20 * MINUTE) == pytest.approx(regret)


# What is learned.


@given(known=st.lists(pasts(), max_size=FEW - 1), task=tasks)
def test_with_few_mornings_everything_starts_on_arrival(known: list[Past], task: Task) -> None:
    committee = assemble(known, task)
    assert committee.mornings == len(known)
    assert committee.next_start(()) == inf
    assert all(start_of(committee, one, task.lead) == inf for one in known)


def test_what_is_ready_at_once_starts_on_arrival() -> None:
    known = [past(30 * MINUTE)] * FEW
    assert assemble(known, Task(ready=0, costs=Costs())).next_start(()) == inf


@given(known=mornings, task=tasks)
@settings(max_examples=60, deadline=None)
def test_over_its_own_mornings_it_never_costs_more_than_starting_on_arrival(
    known: list[Past], task: Task
) -> None:
    weight = sum(one.weight for one in known)
    assert cost_of(assemble(known, task), known, task) <= weight * task.on_arrival * (1 + 1e-9)


@given(arrival=st.floats(6 * MINUTE, 120 * MINUTE), count=st.integers(FEW, 20))
@settings(deadline=None)
def test_a_perfectly_regular_morning_is_met_within_seconds(arrival: float, count: int) -> None:
    known = [past(arrival)] * count
    assert start_of(assemble(known, COFFEE), known[0]) + COFFEE.ready == pytest.approx(arrival, abs=1)


def test_what_is_seen_tells_when_the_clock_does_not() -> None:
    showers = (3, 31, 8, 55, 20, 42, 12, 26)
    known = [past((at + 12) * MINUTE, (at * MINUTE, "shower")) for at in showers]
    committee = assemble(known, COFFEE)
    assert committee.next_start(()) > 60 * MINUTE
    assert committee.next_start(((90 * MINUTE, "shower"),)) == pytest.approx(97 * MINUTE, abs=1)


def test_mornings_that_tell_nothing_start_on_arrival() -> None:
    known = [past(at * MINUTE) for at in (1, 170, 4, 95, 2, 140, 30, 60)]
    assert assemble(known, COFFEE).rules == ()


def test_a_long_enough_lead_readies_what_is_met_at_the_wake_up() -> None:
    known = [past(1 * MINUTE)] * 12
    ahead = Task(ready=5 * MINUTE, costs=Costs(), lead=5 * MINUTE)
    assert assemble(known, ahead).next_start(()) == pytest.approx(-4 * MINUTE)
    assert assemble(known, COFFEE).next_start(()) == pytest.approx(0)


def test_one_morning_alone_decides_nothing() -> None:
    seldom = past(40 * MINUTE, (10 * MINUTE, "front_door"))
    known = [past(at * MINUTE) for at in (1, 170, 4, 95, 2, 140, 30, 60)]
    committee = assemble([*known, seldom], COFFEE)
    assert committee.next_start(seldom.events) == inf


def test_dear_standing_starts_later() -> None:
    known = [past(at * MINUTE) for at in (20, 21, 22, 23, 24, 25, 26, 27, 28, 29)]
    cheap, dear = (
        assemble(known, Task(ready=5 * MINUTE, costs=Costs(standing=standing))).next_start(())
        for standing in (0.1, 1.0)
    )
    assert cheap < dear


def test_an_odd_morning_does_not_decide_alone() -> None:
    known = [past(30 * MINUTE)] * 9
    odd = [*known[:4], past(2 * MINUTE), *known[4:]]
    assert assemble(odd, COFFEE).next_start(()) == assemble(known, COFFEE).next_start(())


def test_a_rule_knows_how_long_to_wait_in_each_state_it_saw() -> None:
    known = [past(30 * MINUTE, (10 * MINUTE, "up"))] * FEW
    rule = fit(known, COFFEE, WAYS[0])
    assert set(rule.waits) == {WAKING, "up"}
    assert rule.waits["up"] == pytest.approx(15 * MINUTE)
    assert rule.start(known[0]) == pytest.approx(25 * MINUTE)


def test_what_was_never_seen_before_says_nothing() -> None:
    known = [past(30 * MINUTE, (10 * MINUTE, "up"))] * FEW
    committee = assemble(known, COFFEE)
    up = ((10 * MINUTE, "up"),)
    assert committee.next_start((*up, (12 * MINUTE, "front_door"))) == committee.next_start(up)


def test_the_ways_to_read_a_morning_leave_out_what_repeats_ends_or_all() -> None:
    seen: tuple[Event, ...] = ((1.0, "hall"), (2.0, "tv"), (3.0, f"tv{ENDED}"), (4.0, "hall"))
    assert [tuple(way(seen)) for way in WAYS] == [
        seen,
        seen[:3],
        (seen[0], seen[1], seen[3]),
        (),
    ]


# How it decides.


@given(known=mornings, task=tasks, today=pasts(), later=pasts())
@settings(max_examples=60, deadline=None)
def test_a_decision_depends_on_nothing_that_happens_later(
    known: list[Past], task: Task, today: Past, later: Past
) -> None:
    committee = assemble(known, task)
    start = start_of(committee, today, task.lead)
    moment = min(start, today.arrival)
    before = tuple(event for event in today.events if event[0] <= moment)
    another = tuple((moment + 1 + at, label) for at, label in later.events)
    other = Past(events=before + another, arrival=moment + 12_000)
    restarted = start_of(committee, other, task.lead)
    assert restarted == start if start < inf else restarted >= moment


@given(known=mornings, task=tasks)
@settings(max_examples=30, deadline=None)
def test_the_same_mornings_make_the_same_committee(known: list[Past], task: Task) -> None:
    assert assemble(known, task) == assemble(list(known), task)


@given(known=mornings, task=tasks, factor=st.sampled_from((0.03125, 2.0, 64.0)))
@settings(max_examples=40, deadline=None)
def test_a_faster_clock_changes_nothing_but_the_clock(known: list[Past], task: Task, factor: float) -> None:
    scaled = [
        Past(
            events=tuple((at * factor, label) for at, label in one.events),
            arrival=one.arrival * factor,
            weight=one.weight,
        )
        for one in known
    ]
    faster = Task(ready=task.ready * factor, costs=task.costs, lead=task.lead * factor)
    assert assemble(scaled, faster).next_start(()) == pytest.approx(
        assemble(known, task).next_start(()) * factor
    )
