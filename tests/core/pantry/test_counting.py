"""Numbers as people write them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.counting import MOST, PACKS, TIMES, is_one_of, number_of


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *[("2", 2), ("1.5", 1.5), ("1,5", 1.5), ("3/4", 0.75), ("½", 0.5), ("¼", 0.25)],
        *[("Deux", 2), ("demie", 0.5), ("moitié", 0.5), ("twelve", 12), ("vingt", 20)],
        *[("0", None), ("9999999", None), ("1/0", None), ("milk", None), ("", None), ("-2", None)],
    ],
)
def test_a_number_is_read_in_digits_or_spelt_out(word: str, number: float | None) -> None:
    assert number_of(word) == number


@given(st.text(max_size=12))
def test_any_word_is_a_sensible_number_or_none(word: str) -> None:
    number = number_of(word)
    assert number is None or 0 < number <= MOST


def test_accents_and_capitals_do_not_matter_in_what_things_are_sold_in() -> None:
    assert is_one_of("Boîtes", PACKS)
    assert is_one_of("\u00d7", TIMES)
    assert not is_one_of("milk", PACKS)
