"""What is kept of a routine, shown in its form and kept again stays what it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
import voluptuous as vol

from custom_components.cerebro.core.routine.model import AlarmSettings, DoneBy, StepKind
from custom_components.cerebro.core.routine.wake import HolidayRule, WakeSource
from custom_components.cerebro.flows import alarm, steps, wake
from custom_components.cerebro.flows.routine import (
    Surroundings,
    routine_data,
    routine_schema,
    routine_values,
)
from custom_components.cerebro.managers.settings import WEEKDAYS
from custom_components.cerebro.managers.texts import Texts

from .forms import texts

OCCUPANTS = {"ada": {"person": "person.ada"}, "grace": {"person": "person.grace"}}
AROUND = Surroundings(
    texts=Texts(texts("en")["common"]),
    roles=frozenset(),
    occupants=OCCUPANTS,
    names={"ada": "Ada", "grace": "Grace"},
)
LONGEST_MS = 12 * 3600 * 1000

milliseconds = st.integers(min_value=0, max_value=LONGEST_MS)
seconds = milliseconds.map(lambda ms: round(ms / 1000, 3))
clock = st.times().map(lambda at: at.replace(microsecond=0).isoformat())
words = st.text(alphabet="aé –’1", max_size=12)


def _some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return any of the fields, each with a value of its own."""
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def _durations(draw: st.DrawFn) -> dict[str, float]:
    """Return a duration as somebody enters it, in whatever parts."""
    left = draw(milliseconds)
    hours, left = divmod(left, 3_600_000)
    minutes, left = divmod(left, 60_000)
    return draw(
        st.sampled_from(
            [
                {"hours": hours, "minutes": minutes, "seconds": left / 1000},
                {"minutes": minutes, "seconds": left // 1000, "milliseconds": left % 1000},
                {"hours": hours + minutes / 60},
            ]
        )
    )


rows = st.fixed_dictionaries(
    {"kind": st.sampled_from([kind.value for kind in StepKind])},
    optional={
        "name": words,
        "done_by": st.sampled_from([one.value for one in DoneBy]),
        "actions": st.sampled_from([[], [{"delay": 1}], {"action": "light.turn_on"}]),
        "needs": st.lists(st.text(alphabet="aÉ ,’", max_size=8), max_size=4),
        "after_previous": st.booleans(),
        "essential": st.booleans(),
        **dict.fromkeys(steps.DURATIONS, _durations()),
        "brightness": st.integers(1, 100) | st.integers(1, 100).map(str),
        "temperature": st.floats(5, 45),
        "media": st.sampled_from(
            [
                {"media_content_id": "birds", "media_content_type": "audio/mp3"},
                {
                    "media_content_id": "media-source://radio/1",
                    "media_content_type": "audio/aac",
                    "metadata": {"title": "Radio"},
                },
            ]
        ),
        "message": words,
    },
)


@st.composite
def _other_times(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: dict[str, list[str]] = {}
    for day in draw(st.sets(st.sampled_from(WEEKDAYS))):
        found.setdefault(draw(clock), []).append(day)
    return [{"time": at, "days": days} for at, days in found.items()]


forms = st.fixed_dictionaries(
    {
        "name": st.just("Morning"),
        "occupants": st.permutations(list(OCCUPANTS)).map(list),
        "sources": st.lists(st.sampled_from([source.value for source in WakeSource]), min_size=1),
        "steps": st.lists(rows, max_size=8),
        "wake": _some(
            other_times=_other_times(),
            holidays=st.sampled_from([rule.value for rule in HolidayRule]),
            leave_by=clock,
            quiet_until=clock,
            **dict.fromkeys(wake.BOUNDS, clock),
            **dict.fromkeys(wake.DURATIONS, _durations()),
        ),
        "alarm": _some(
            snooze_limit=st.integers(0, alarm.MOST_SNOOZES),
            **dict.fromkeys(alarm.VOLUMES, st.floats(1, 100)),
            **dict.fromkeys(alarm.DURATIONS, _durations()),
        ),
    },
    optional={"time": clock, "days": st.lists(st.sampled_from(WEEKDAYS))},
)


def _given(schema: vol.Schema, values: Mapping[str, Any]) -> dict[str, Any]:
    taken: dict[str, Any] = schema(values)
    return taken


@settings(deadline=None)
@given(entered=forms)
def test_what_is_kept_shown_and_kept_again_is_the_same(entered: dict[str, Any]) -> None:
    schema = routine_schema(AROUND, ask_whom=True)
    first = routine_data(AROUND, _given(schema, entered))
    shown = routine_values(AROUND, "Morning", first)
    again = routine_data(AROUND, _given(schema, shown), first)
    assert {**first, "alarm": {}, "wake": {}} == {**again, "alarm": {}, "wake": {}}
    # What was left at its default is written out by the form that showed it, and stays so.
    assert first["alarm"].items() <= again["alarm"].items()
    assert first["wake"].items() <= again["wake"].items()
    assert routine_values(AROUND, "Morning", again) == shown
    assert routine_data(AROUND, _given(schema, routine_values(AROUND, "Morning", again)), again) == again


@settings(deadline=None)
@given(before=st.lists(rows, max_size=6), after=st.lists(rows, max_size=6))
def test_ids_are_never_shared_and_known_steps_keep_theirs(
    before: list[dict[str, Any]], after: list[dict[str, Any]]
) -> None:
    selector = steps.steps_selector(AROUND.texts)
    first = steps.kept_steps(AROUND.texts, selector(before))
    second = steps.kept_steps(AROUND.texts, selector(after), first)
    ids = [step["id"] for step in second]
    assert len(ids) == len(set(ids))
    for kind in StepKind:
        had = {step["id"] for step in first if step["kind"] == kind}
        has = {step["id"] for step in second if step["kind"] == kind}
        # As many as may be are the steps they were.
        assert len(had & has) == min(len(had), len(has))
    earlier: set[str] = set()
    for step in second:
        assert set(step.get("after", ())) <= earlier
        earlier.add(step["id"])


def test_the_alarm_shows_its_usual_settings() -> None:
    usual = AlarmSettings()
    shown = alarm.shown_alarm({})
    assert shown["start_volume"] == usual.start_volume * 100
    assert alarm.kept_alarm(shown)["snooze_length"] == usual.snooze_length.total_seconds()


def test_a_wake_up_that_was_never_set_shows_the_usual_one() -> None:
    foremost, section = wake.shown_wake({})
    assert foremost == {"sources": ["times"], "time": "07:00:00", "days": []}
    assert section["holidays"] == "same"
    assert section["preparation"] == {"hours": 1, "minutes": 0, "seconds": 0}


def test_media_without_a_type_is_music() -> None:
    (shown,) = steps.shown_steps(AROUND.texts, [{"id": "news", "kind": "news", "media_content_id": "birds"}])
    assert shown["media"] == {"media_content_id": "birds", "media_content_type": "music"}
