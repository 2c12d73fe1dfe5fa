"""The benchmark of the planner measures what it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from benchmarks import planner
from benchmarks.planner import GOAL_MS, GOAL_SIZE, KNOWN, WAKE_AT, Timing, case, measure
from demo.thought.routine import insight
from demo.thought.routine.model import Situation
from demo.thought.routine.planner import plan


@pytest.mark.parametrize("size", [10, 50])
def test_a_case_is_a_routine_whose_every_timed_step_is_decided(size: int) -> None:
    subject = case(size)
    made = plan(
        subject.routine,
        subject.knowledge,
        Situation(),
        wake_at=WAKE_AT,
        run=subject.run,
        now=WAKE_AT + timedelta(minutes=8),
    )
    assert len(subject.routine.steps) == size
    assert len(subject.knowledge.mornings) == KNOWN
    assert made.dropped.keys() == {"step_0"}
    assert len(made.cues) == size - 1


def test_the_first_plan_assembles_committees_and_the_next_ones_look_them_up() -> None:
    subject = case(6)
    planner.forget()
    subject.replan(timedelta(minutes=8))
    assembled = insight.committee_for.cache_info().misses
    assert assembled > 0
    subject.replan(timedelta(minutes=9))
    assert insight.committee_for.cache_info().misses == assembled


def test_a_measurement_tells_the_middle_and_the_first() -> None:
    found = measure(5, replans=3, cold=1)
    assert (found.size, len(found.replans)) == (5, 3)
    assert found.first > found.middle > 0
    assert Timing(size=50, replans=(1.0, 9.0, 2.0), first=100.4).cells == [
        "50",
        "2.00",
        "9.00",
        "40.0",
        "100",
    ]


def test_the_goal_is_told_with_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def timing(size: int) -> Timing:
        return Timing(size=size, replans=(size * GOAL_MS / (GOAL_SIZE + 1),), first=1.0)

    monkeypatch.setattr(planner, "measure", timing)
    planner.main()
    out = capsys.readouterr().out
    assert "5 times the steps: 5.0 times the time" in out
    assert "50 steps in less than 1 ms: met" in out
