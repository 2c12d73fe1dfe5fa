"""Durations in forms."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.flows.durations import kept_seconds, shown_duration, too_long


@given(milliseconds=st.integers(min_value=0, max_value=7 * 24 * 3600 * 1000))
def test_a_duration_that_is_shown_is_kept_as_it_was(milliseconds: int) -> None:
    seconds = round(milliseconds / 1000, 3)
    assert kept_seconds(shown_duration(seconds)) == seconds


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (0, {"hours": 0, "minutes": 0, "seconds": 0}),
        (59.9996, {"hours": 0, "minutes": 1, "seconds": 0}),
        (90.25, {"hours": 0, "minutes": 1, "seconds": 30.25}),
        (timedelta(hours=1, minutes=2, seconds=3), {"hours": 1, "minutes": 2, "seconds": 3}),
        (3600 * 30, {"hours": 30, "minutes": 0, "seconds": 0}),
    ],
)
def test_a_duration_is_shown_in_its_parts(seconds: float | timedelta, shown: dict[str, float]) -> None:
    assert shown_duration(seconds) == shown


def test_no_duration_is_none() -> None:
    assert kept_seconds(None) is None
    assert shown_duration(None) is None
    assert not too_long(None)


def test_a_morning_is_over_after_half_a_day() -> None:
    assert not too_long(12 * 3600)
    assert too_long(12 * 3600 + 0.001)
