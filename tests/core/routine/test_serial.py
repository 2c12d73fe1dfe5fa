"""The plain form of a run: faithful both ways, and picky about what it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime, timedelta
import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine import model, state
from custom_components.cerebro.core.routine.model import Anchor, StepKind
from custom_components.cerebro.core.routine.serial import BrokenData, from_json, to_json
from custom_components.cerebro.core.routine.state import (
    AlarmState,
    EffectDone,
    RunState,
    StepProgress,
    Ticked,
)

from .scene import Scene, routine

CLASSES = [
    value
    for module in (model, state)
    for value in vars(module).values()
    if isinstance(value, type) and is_dataclass(value)
]
TIMES = st.datetimes(timezones=st.just(UTC))
DURATIONS = st.timedeltas(timedelta(days=-3650), timedelta(days=3650))
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["type", "$at", "step_id", "run"]), inner, max_size=3)
    ),
    max_leaves=8,
)


@pytest.fixture(scope="module", autouse=True)
def known_types() -> None:
    """Draw only times with a zone, and numbers that equal themselves."""
    st.register_type_strategy(datetime, TIMES)
    st.register_type_strategy(timedelta, DURATIONS)
    st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def needs(cls: type) -> list[str]:
    """Return the fields that a dataclass has no default for."""
    return [one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING]


def through_text(value: Any) -> Any:
    return from_json(json.loads(json.dumps(to_json(value))))


@pytest.mark.parametrize("cls", CLASSES)
def test_whatever_a_dataclass_holds_is_read_as_it_was_written(cls: type) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(value=st.from_type(cls))
    def check(value: object) -> None:
        assert through_text(value) == value

    check()


def a_run() -> RunState:
    """Return a run in the middle of a morning."""
    scene = Scene(routine(StepKind.ALARM, StepKind.COFFEE, StepKind.SHOWER), lazy=True)
    return scene.until(1).reaches(Anchor.BATHROOM, Anchor.KITCHEN).run


def test_a_run_in_the_middle_of_a_morning_is_read_as_it_was_written() -> None:
    assert through_text(a_run()) == a_run()


def test_fields_that_are_missing_take_their_defaults_and_unknown_ones_are_passed_over() -> None:
    plain = to_json(StepProgress(attempts=2))
    del plain["phase"]
    assert from_json(plain | {"from_tomorrow": 1}) == StepProgress(attempts=2)


@pytest.mark.parametrize("cls", [cls for cls in CLASSES if needs(cls)])
def test_a_field_without_a_default_must_be_there(cls: type) -> None:
    with pytest.raises(BrokenData, match=f"{cls.__name__}.{needs(cls)[0]}"):
        from_json({"type": cls.__name__})


@pytest.mark.parametrize(
    ("change"),
    [
        {"type": "Nothing"},
        {"steps": []},
        {"steps": {"coffee": to_json(AlarmState())}},
        {"steps": {"coffee": {"type": "StepProgress", "phase": "boiling"}}},
        {"alarm": to_json(Ticked())},
        {"alarm": 3},
        {"seen": {"one": 1}},
        {"seen": [["hall_motion"]]},
        {"seen": [["hall_motion", {"$at": "2026-11-24T07:00:00"}]]},
        {"wake_at": {"$at": "2026-11-24T07:00:00"}},
        {"wake_at": "2026-11-24T07:00:00+00:00"},
        {"wake_at": None},
        {"seq": "1"},
        {"seq": True},
        {"run_id": 5},
        {"in_bed": 0},
        {"anchors": {"balcony": {"$at": "2026-11-24T07:00:00+00:00"}}},
        {"reason": {"type": "Reason", "key": "x", "values": {"one": True}}},
    ],
)
def test_a_run_with_anything_wrong_in_it_is_broken(change: Mapping[str, Any]) -> None:
    with pytest.raises(BrokenData):
        from_json(to_json(a_run()) | change)


@pytest.mark.parametrize(
    "plain", [{"type": "StepProgress", "on_total": 1e300}, {"type": "Step", "after": {}}, [], None, 3, {}]
)
def test_what_is_no_plain_form_is_broken(plain: Any) -> None:
    with pytest.raises(BrokenData):
        from_json(plain)


def test_an_effect_must_be_one() -> None:
    with pytest.raises(BrokenData):
        from_json({"type": "EffectDone", "effect": to_json(Ticked())})
    with pytest.raises(BrokenData):
        from_json({"type": "EffectDone", "effect": 5})
    done = EffectDone(effect=state.StartStep(step_id=model.StepId("coffee"), attempt=1))
    assert through_text(done) == done


def test_a_whole_number_passes_for_a_fraction() -> None:
    ring = from_json({"type": "Ring", "output": 0, "volume": 1, "level": 0})
    assert isinstance(ring.volume, float)
    assert through_text(Reason(key="x", values={"at": datetime(2026, 1, 1, tzinfo=UTC), "n": 1})).values == {
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "n": 1,
    }


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from([cls.__name__ for cls in CLASSES]), plain=PLAIN, where=st.text(max_size=3))
def test_nonsense_is_broken_and_nothing_worse(name: str, plain: Any, where: str) -> None:
    for nonsense in (plain, {"type": name, where: plain}, {"type": name, "step_id": plain, "effect": plain}):
        try:
            found = from_json(nonsense)
        except BrokenData:
            continue
        assert type(found) in CLASSES
