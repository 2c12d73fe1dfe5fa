"""When somebody is home."""

from __future__ import annotations

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.shopping.presence import HOURS, UNKNOWN, Presence

SATURDAY_TEN = datetime(2026, 11, 28, 10, 30)  # noqa: DTZ001 - the home's own clock


def test_before_anybody_looked_nobody_knows() -> None:
    assert Presence()(5, 10) == UNKNOWN


def test_after_some_weeks_it_is_known_and_of_that_hour_only() -> None:
    presence = Presence()
    for _ in range(12):
        presence.look(SATURDAY_TEN, home=True)
    assert presence(5, 10) > 0.95
    assert presence(5, 11) == UNKNOWN


def test_it_follows_a_new_rhythm_within_weeks() -> None:
    presence = Presence([1.0] * HOURS)
    for _ in range(6):
        presence.look(SATURDAY_TEN, home=False)
    assert presence(5, 10) < 0.3


def test_what_was_learned_is_kept_and_what_cannot_be_is_not() -> None:
    presence = Presence().look(SATURDAY_TEN, home=True)
    assert Presence(presence.shares).shares == presence.shares
    assert Presence([0.1, 0.2])(0, 0) == UNKNOWN


@given(st.lists(st.tuples(st.datetimes(), st.booleans()), max_size=60))
def test_it_is_always_a_chance(looks: list[tuple[datetime, bool]]) -> None:
    presence = Presence()
    for moment, home in looks:
        presence.look(moment, home=home)
    assert all(0 <= share <= 1 for share in presence.shares)
    assert presence(6, 23) == pytest.approx(presence.shares[-1])
