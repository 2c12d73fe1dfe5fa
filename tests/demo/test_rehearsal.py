"""Mornings can be rehearsed without Home Assistant, and teach Cerebro's memory."""

from __future__ import annotations

from datetime import date
import json

import pytest

from custom_components.cerebro.core.routine.model import Anchor
from custom_components.cerebro.managers.memory import knowledge_from, knowledge_to
from demo.history import kind_of, remembered
from demo.rehearsal import Outcome, live_through
from demo.thought.routine.model import DayKind

LAST = date(2026, 11, 24)


@pytest.fixture(name="outcomes", scope="module")
def lived() -> list[Outcome]:
    return live_through(seed=7, pace=2.0, days=8, kind=DayKind.WORKDAY, last=LAST)[1]


def test_every_step_of_every_morning_is_done_on_evidence(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert {
            step: (progress.phase.value, progress.by_evidence) for step, progress in outcome.run.steps.items()
        } == dict.fromkeys(outcome.run.steps, ("done", True))


def test_the_first_mornings_start_on_arrival(outcomes: list[Outcome]) -> None:
    assert outcomes[0].coffee_late == pytest.approx(4.9, abs=0.2)
    assert outcomes[0].shower_late == pytest.approx(1.0, abs=0.2)


def test_a_shower_that_was_learned_is_warm_within_a_minute_of_the_arrival(outcomes: list[Outcome]) -> None:
    for outcome in outcomes[5:]:
        assert abs(outcome.shower_late or 99) <= 1


def test_no_morning_leaves_anything_on(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        assert all(progress.on_since is None for progress in outcome.run.steps.values())


def test_what_is_remembered_is_what_cerebro_reads_and_writes() -> None:
    kept = remembered(seed=3, pace=2.0, last=LAST, kind=DayKind.WORKDAY, mornings=3)
    known = knowledge_from(json.loads(json.dumps(kept)))
    assert knowledge_to(known) == kept
    assert [morning.day for morning in known.mornings] == ["2026-11-21", "2026-11-22", "2026-11-23"]
    assert set(known.mornings[0].anchors) >= {Anchor.UP, Anchor.BATHROOM, Anchor.KITCHEN}
    assert len(known.ready["coffee"]) == 3


def test_the_pace_scales_what_is_remembered() -> None:
    slow = remembered(seed=3, pace=60.0, last=LAST, kind=DayKind.WORKDAY, mornings=1)
    fast = remembered(seed=3, pace=2.0, last=LAST, kind=DayKind.WORKDAY, mornings=1)
    assert slow["ready"]["coffee"][0] == pytest.approx(30 * fast["ready"]["coffee"][0], rel=0.1)


def test_kinds_of_days_follow_the_calendar() -> None:
    assert kind_of(date(2026, 11, 24)) is DayKind.WORKDAY
    assert kind_of(date(2026, 11, 28)) is DayKind.DAY_OFF
