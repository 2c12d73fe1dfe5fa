"""Texts from outside, made harmless."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.clean import LONGEST, cleaned, fold, singular


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Milk \n\t 1 L ", "Milk 1 L"),
        ("Mi\u200blk\u202e", "Milk"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("e\u0301", "é"),
        ("<b>Milk</b>", "<b>Milk</b>"),
        ("🥚", "🥚"),
        (" \u200b\x07 ", None),
        ("", None),
        ("\ud800", None),
    ],
)
def test_what_is_not_seen_goes(text: str, kept: str | None) -> None:
    assert cleaned(text) == kept


@given(st.text())
def test_what_is_kept_is_one_bounded_line_and_stays_as_it_is(text: str) -> None:
    kept = cleaned(text)
    if kept is not None:
        assert 0 < len(kept) <= LONGEST
        assert kept == " ".join(kept.split())
        assert not any(unicodedata.category(char) in {"Cc", "Cf", "Cs"} for char in kept)
        assert cleaned(kept) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eggs", "egg"),
        ("Œufs", "oeuf"),
        ("pommes", "Pomme"),
        ("Tomatoes", "tomato"),
        ("Berries", "berry"),
        ("eaux", "Eau"),
        ("Radishes", "radish"),
        ("choux", "chou"),
        ("Pommes de terre", "pomme de terre"),
        ("Yaourts nature", "yaourt nature"),
        ("cookies", "cookie"),
        ("Quiches", "quiche"),
        ("pois chiches", "pois chiche"),
        ("peaches", "peach"),
        ("pêches", "pêche"),
        ("pies", "pie"),
        ("boxes", "box"),
        ("aloes", "aloe"),
    ],
)
def test_one_and_several_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["swiss", "hummus", "gas", "7up"])
def test_what_is_no_plural_stays(word: str) -> None:
    assert singular(word) == word


def test_a_picture_is_compared_as_it_is() -> None:
    assert fold("🥚") == "🥚"
    assert fold("🥚") != fold("🥛")
