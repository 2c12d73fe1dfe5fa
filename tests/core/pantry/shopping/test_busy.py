"""When nobody can go shopping."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from custom_components.cerebro.core.pantry.shopping.busy import Span, busy_at_once


def _span(begins: int, ends: int) -> Span:
    return datetime(2026, 11, 24, begins, tzinfo=UTC), datetime(2026, 11, 24, ends, tzinfo=UTC)


def test_one_who_lives_alone_is_busy_when_they_are() -> None:
    assert busy_at_once([[_span(9, 12), _span(14, 15)]]) == (_span(9, 12), _span(14, 15))


def test_while_one_of_two_is_free_somebody_can_go() -> None:
    assert busy_at_once([[_span(9, 12)], [_span(11, 14), _span(15, 16)]]) == (_span(11, 12),)
    assert busy_at_once([[_span(9, 12)], []]) == ()


def test_nobody_is_never_busy() -> None:
    assert busy_at_once([]) == ()


SPANS = st.lists(
    st.tuples(st.integers(0, 22), st.integers(1, 23))
    .filter(lambda one: one[0] < one[1])
    .map(lambda one: _span(*one)),
    max_size=4,
)


@given(st.lists(SPANS, min_size=1, max_size=3), st.integers(0, 23))
def test_they_are_busy_at_a_moment_if_each_of_them_is(each: list[list[Span]], hour: int) -> None:
    moment = datetime(2026, 11, 24, hour, 30, tzinfo=UTC)

    def is_in(spans: object) -> bool:
        return any(begins <= moment < ends for begins, ends in spans)  # type: ignore[attr-defined]

    assert is_in(busy_at_once(each)) == all(map(is_in, each))
