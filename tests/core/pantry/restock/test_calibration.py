"""Chances are said as they came true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.restock.calibration import Calibration, Check, fit

CHECKS = st.lists(
    st.builds(Check, stated=st.floats(0, 1), came=st.booleans(), weight=st.floats(0.1, 4)), max_size=40
)


def checks(stated: float, came: int, of: int) -> list[Check]:
    """Return so many checks of a chance, some of which came."""
    return [Check(stated=stated, came=number < came, weight=1.0) for number in range(of)]


def test_without_checks_the_model_has_its_word() -> None:
    assert fit([]) == Calibration()
    assert fit([]).said(0.37) == pytest.approx(0.37)


def test_what_comes_more_often_than_said_is_said_more_often() -> None:
    line = fit(checks(0.3, 60, 100) + checks(0.6, 90, 100))
    assert line.said(0.3) == pytest.approx(0.6, abs=0.06)
    assert line.said(0.6) == pytest.approx(0.88, abs=0.06)


def test_a_few_checks_change_little() -> None:
    assert fit(checks(0.5, 3, 3)).said(0.5) < 0.7


@given(found=CHECKS, low=st.floats(0, 1), high=st.floats(0, 1))
def test_what_is_likelier_stays_likelier(found: list[Check], low: float, high: float) -> None:
    low, high = sorted((low, high))
    line = fit(found)
    assert 0 <= line.said(low) <= line.said(high) + 1e-12 <= 1 + 1e-9


@given(found=CHECKS)
def test_what_is_certain_stays_certain(found: list[Check]) -> None:
    line = fit(found)
    assert (line.said(0.0), line.said(1.0)) == (0.0, 1.0)
