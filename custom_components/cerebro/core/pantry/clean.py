"""Texts from outside, made harmless: what is shown, spoken and compared of what people and programs write."""

from __future__ import annotations

from typing import Final
import unicodedata

from ..roles.words import folded

LONGEST: Final = 100
"""Characters of a name: what is longer is cut."""
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
"""The Unicode categories of what is not seen: controls, overrides of direction, joiners, lone halves."""
_SHORTEST_PLURAL: Final = 3


def cleaned(text: str, longest: int = LONGEST) -> str | None:
    """Return a text on one line, without what is not seen, and cut to its bound; nothing when empty."""
    # Normal form C may grow a text, and what is far too long need not be looked at whole.
    begun = text[: longest * 8]
    seen = "".join(" " if char.isspace() else char for char in unicodedata.normalize("NFC", begun))
    kept = "".join(char for char in seen if unicodedata.category(char) not in _UNSEEN)
    return " ".join(kept.split())[:longest].strip() or None


def fold(text: str) -> str:
    """Return what a name is compared by: without capitals, accents and signs, each word in its singular.

    One without letters and digits (a picture) is compared as it is.
    """
    words = [singular(word) for word in folded(text).split()]
    return " ".join(words) or text.strip().casefold()


def singular(word: str) -> str:
    """Return a folded word without the ending of an English or French plural, where it seems to have one."""
    if len(word) <= _SHORTEST_PLURAL or not word.isalpha():
        return word
    if word in _SHORT:
        return word[:-1]
    for ending, instead in _ENDINGS:
        if word.endswith(ending):
            return word[: -len(ending)] + instead
    return word


_ENDINGS: Final = (
    ("ss", "ss"),
    ("us", "us"),
    ("ies", "y"),
    ("ie", "y"),
    ("oes", "o"),
    ("oe", "o"),
    ("ches", "ch"),
    ("che", "ch"),
    ("shes", "sh"),
    ("she", "sh"),
    ("xes", "x"),
    ("xe", "x"),
    ("eaux", "eau"),
    ("eux", "eu"),
    ("oux", "ou"),
    ("s", ""),
)
"""Endings of plurals and what their singulars end in; the first that fits counts, those of no plural first.

Both languages share one list: what matters is that a name folds to one thing, whichever number it is in. So
the singulars that end in "-che" or "-ie" do so too ("quiche", "cookie").
"""
_SHORT: Final = frozenset({"pies", "ties"})
"""Plurals of words that are too short for their ending to be looked at."""
