"""Two routines that would need the same room at the same time."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from custom_components.cerebro.flows.rivals import Rival, rival_of

SHOWER = {"id": "shower", "kind": "shower"}


def _routine(whom: str, at: str, *steps: dict[str, Any], days: tuple[str, ...] = ("mon",)) -> dict[str, Any]:
    """Return a routine as little as it may be kept: what is not given has its default."""
    return {
        "occupants": [whom],
        "wake": {"times": dict.fromkeys(days, at)},
        "steps": list(steps or (SHOWER,)),
    }


def test_a_shower_takes_its_usual_time_where_none_is_given() -> None:
    ada, grace = _routine("ada", "07:00:00"), _routine("grace", "07:00:00")
    assert rival_of(grace, {"Ada’s": ada}) == Rival(title="Ada’s", apart=9)


def test_the_shorter_of_two_showers_tells_how_far_apart_they_must_be() -> None:
    ada = _routine("ada", "07:00:00", SHOWER | {"ready": 30.0, "use": 170.0})
    assert rival_of(_routine("grace", "07:03:19"), {"Ada’s": ada}) == Rival(title="Ada’s", apart=4)
    assert rival_of(_routine("grace", "07:03:20"), {"Ada’s": ada}) is None


def test_two_showers_of_one_routine_take_twice_as_long() -> None:
    twice = _routine("ada", "07:00:00", SHOWER, SHOWER | {"id": "shower_2"})
    assert rival_of(twice, {"Grace’s": _routine("grace", "07:00:00", *twice["steps"])}) == Rival(
        title="Grace’s", apart=18
    )


def test_a_shower_of_no_time_is_in_nobodys_way() -> None:
    none = _routine("ada", "07:00:00", SHOWER | {"ready": 0.0, "use": 0.0})
    assert rival_of(_routine("grace", "07:00:00"), {"Ada’s": none}) is None


def test_a_machine_is_shared_by_waiting_and_nobody_stands_before_it() -> None:
    ada = _routine("ada", "07:00:00", {"id": "coffee", "kind": "coffee"})
    assert rival_of(_routine("grace", "07:00:00", *ada["steps"]), {"Ada’s": ada}) is None


def test_whoever_is_woken_by_their_phone_alone_has_no_time_to_fight_about() -> None:
    ada = _routine("ada", "07:00:00")
    ada["wake"]["sources"] = ["phone_alarm"]
    assert rival_of(_routine("grace", "07:00:00"), {"Ada’s": ada}) is None


def test_a_routine_without_times_is_in_nobodys_way() -> None:
    ada = _routine("ada", "07:00:00")
    ada["wake"] = {}
    assert rival_of(_routine("grace", "07:00:00"), {"Ada’s": ada}) is None


def test_whoever_shares_an_occupant_takes_turns() -> None:
    both = _routine("ada", "07:00:00")
    both["occupants"] = ["grace", "ada"]
    assert rival_of(_routine("grace", "07:00:00"), {"Both": both}) is None


minutes = st.integers(0, 24 * 60 - 1).map(lambda one: f"{one // 60:02}:{one % 60:02}:00")
days = st.sets(st.sampled_from(("mon", "tue", "wed"))).map(tuple)


@given(one=minutes, other=minutes, ours=days, theirs=days)
def test_if_one_is_in_the_others_way_the_other_is_in_the_ones(
    one: str, other: str, ours: tuple[str, ...], theirs: tuple[str, ...]
) -> None:
    ada, grace = _routine("ada", one, days=ours), _routine("grace", other, days=theirs)
    there, back = rival_of(ada, {"": grace}), rival_of(grace, {"": ada})
    assert there == back
