"""Numbers and containers as people write them, in English and in French."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
import re
from typing import Final

from ..roles.words import folded

MOST: Final = 100_000.0
"""The largest number that is taken for an amount."""
_WRITTEN: Final[Mapping[float, tuple[str, ...]]] = {
    0.25: ("quarter", "quart", "¼"),
    0.5: ("half", "demi", "demie", "moitié", "½"),
    0.75: ("¾",),
    1: ("a", "an", "one", "un", "une"),
    2: ("two", "deux", "couple", "pair", "paire"),
    3: ("three", "trois"),
    4: ("four", "quatre"),
    5: ("five", "cinq"),
    6: ("six",),
    7: ("seven", "sept"),
    8: ("eight", "huit"),
    9: ("nine", "neuf"),
    10: ("ten", "dix"),
    11: ("eleven", "onze"),
    12: ("twelve", "douze"),
    15: ("fifteen", "quinze"),
    20: ("twenty", "vingt"),
    30: ("thirty", "trente"),
}
ONE: Final = frozenset({"a", "an", "un", "une"})
"""One, where nothing is counted: "a half" is a half."""
DOZENS: Final = frozenset({"dozen", "dozens", "douzaine", "douzaines"})
TIMES: Final = frozenset({"x", "\u00d7", "*", "fois", "times"})
PACKS: Final = frozenset(
    {
        *("bag", "bags", "bar", "bars", "bottle", "bottles", "box", "boxes", "can", "cans", "carton"),
        *("cartons", "container", "containers", "cup", "cups", "jar", "jars", "pack", "packet", "packets"),
        *("packs", "pot", "pots", "punnet", "punnets", "tin", "tins", "tray", "trays", "tub", "tubs", "tube"),
        *(
            "tubes",
            "barquette",
            "barquettes",
            "bocal",
            "bocaux",
            "boite",
            "boites",
            "bouteille",
            "bouteilles",
        ),
        *("brique", "briques", "canette", "canettes", "filet", "filets", "paquet", "paquets", "plaquette"),
        *("plaquettes", "sachet", "sachets", "tablette", "tablettes"),
    }
)
"""What things are sold in."""
PIECES: Final = frozenset(
    {
        *("bunch", "bunches", "head", "heads", "loaf", "loaves", "piece", "pieces", "roll", "rolls", "slice"),
        *("slices", "stick", "sticks", "botte", "bottes", "rouleau", "rouleaux", "tranche", "tranches"),
    }
)
"""What things are counted by."""
_DIGITS: Final = re.compile(r"[0-9]{1,7}(?:[.,][0-9]{1,3})?")
_FRACTION: Final = re.compile(r"([0-9]{1,3})/([1-9][0-9]{0,2})")


def _key(word: str) -> str:
    return folded(word).strip() or word


_NUMBERS: Final = {_key(word): value for value, words in _WRITTEN.items() for word in words}


def number_of(word: str) -> float | None:
    """Return the number that a word is, in digits or spelt out; nothing when it is none that is sensible."""
    if _DIGITS.fullmatch(word):
        value = float(word.replace(",", "."))
    elif fraction := _FRACTION.fullmatch(word):
        value = int(fraction[1]) / int(fraction[2])
    else:
        return _NUMBERS.get(word if word in _NUMBERS else _key(word))
    return value if 0 < value <= MOST else None


def is_one_of(word: str, words: Iterable[str]) -> bool:
    """Tell whether a word is one of some folded ones."""
    return _key(word) in words
