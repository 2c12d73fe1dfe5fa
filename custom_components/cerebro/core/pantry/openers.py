"""How a sentence begins that asks for things or tells of what was bought, in English and in French."""

from __future__ import annotations

from typing import Final

from ..roles.words import folded

OPENERS: Final = tuple(
    folded(phrase).strip()
    for phrase in (
        "i bought",
        "we bought",
        "i have bought",
        "we have bought",
        "bought",
        "i need",
        "we need",
        "need",
        "buy",
        "add",
        "please add",
        "j’ai acheté",
        "on a acheté",
        "nous avons acheté",
        "j’ai pris",
        "on a pris",
        "acheté",
        "acheter",
        "achète",
        "ajoute",
        "ajouter",
        "il faut",
        "il nous faut",
        "il me faut",
        "il manque",
    )
)
"""What stands before the first thing and names none."""
_LONGEST: Final = 3


def without_opener(words: list[str]) -> list[str]:
    """Return the words of a phrase without those it is opened with, where something is named behind them."""
    for used in range(min(_LONGEST, len(words) - 1), 0, -1):
        if " ".join(folded(word).strip() for word in words[:used]) in OPENERS:
            return words[used:]
    return words
