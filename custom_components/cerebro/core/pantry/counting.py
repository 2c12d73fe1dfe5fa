"""Numbers and containers as people write them, in English and in French."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
import re
from typing import Final

from ..roles.words import folded

MOST: Final = 100_000.0
"""The largest number that is taken for an amount."""
_WRITTEN: Final[Mapping[float, tuple[str, ...]]] = {
    0.25: ("quarter", "quarters", "quart", "quarts", "¼"),
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
    13: ("thirteen", "treize"),
    14: ("fourteen", "quatorze"),
    15: ("fifteen", "quinze"),
    16: ("sixteen", "seize"),
    17: ("seventeen",),
    18: ("eighteen",),
    19: ("nineteen",),
    20: ("twenty", "vingt"),
    30: ("thirty", "trente"),
    40: ("forty", "quarante"),
    50: ("fifty", "cinquante"),
    60: ("sixty", "soixante"),
    70: ("seventy", "septante"),
    80: ("eighty", "huitante"),
    90: ("ninety", "nonante"),
    100: ("hundred", "cent", "cents"),
}
ONE: Final = frozenset({"a", "an", "un", "une"})
"""One, where nothing is counted: "a half" is a half."""
DOZENS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("dizaine", "dizaines"), 10),
    **dict.fromkeys(("dozen", "dozens", "douzaine", "douzaines"), 12),
    **dict.fromkeys(("quinzaine", "quinzaines"), 15),
    **dict.fromkeys(("vingtaine", "vingtaines"), 20),
    **dict.fromkeys(("trentaine", "trentaines"), 30),
    **dict.fromkeys(("cinquantaine", "cinquantaines"), 50),
    **dict.fromkeys(("centaine", "centaines"), 100),
}
"""How many each word for many is."""
_THREE: Final = frozenset({"3", "three", "trois"})
_HUNDREDS: Final = frozenset({"hundred", "cent", "cents"})
_QUARTERS: Final = frozenset({"quarter", "quarters", "quart", "quarts"})
_BELOW: Final[Mapping[str, int]] = {
    **dict.fromkeys(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 10),
    **dict.fromkeys(("vingt", "trente", "quarante", "cinquante", "septante", "nonante"), 10),
    **dict.fromkeys(("soixante", "huitante"), 20),
    **dict.fromkeys(_HUNDREDS, 100),
}
"""Below what a number is added to the one before it: "twenty five", "soixante quinze", "cent vingt"."""
SUMS: Final = frozenset(
    {
        *(
            "total",
            "subtotal",
            "sous",
            "sum",
            "ttc",
            "ht",
            "net",
            "montant",
            "payer",
            "balance",
            "amount",
            "due",
        ),
        *("tva", "vat", "tax", "dont", "cb", "card", "carte", "bancaire", "payment", "paiement", "paid"),
        *(
            "visa",
            "mastercard",
            "cash",
            "especes",
            "change",
            "rendu",
            "remise",
            "discount",
            "eur",
            "amount",
            "due",
        ),
    }
)
"""What the lines of a receipt consist of that name no thing."""
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
_AND: Final = re.compile(
    r"\b(hundred(?=\sand\s)|(?:vingt|trente|quarante|cinquante|soixante)(?=\set\s))\s(?:and|et)\s(?=(\S+))",
    re.IGNORECASE,
)
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


def number_at(words: Sequence[str]) -> tuple[float | None, int]:
    """Return the number that the first words are, and how many they are: "1 1/2", "half a", "une demi"."""
    value, used = number_of(words[0]), 1
    while value is not None and used < len(words) and (more := number_of(words[used])) is not None:
        joined = _joined(value, words[used - 1], more, words[used])
        if joined is None or joined > MOST:
            break
        value, used = joined, used + 1
    return (None, 0) if _is_percent(words[used:]) else (value, used)


def _joined(value: float, word: str, more: float, following: str) -> float | None:
    """Return what a number and the word behind it are together; nothing when they are two numbers."""
    if is_one_of(following, _HUNDREDS) or (is_one_of(following, _QUARTERS) and is_one_of(word, _THREE)):
        return value * more
    if following.isalpha() and more < _BELOW.get(_key(word), 0):
        return value + more
    if more < 1 and not is_one_of(word, ONE):
        return value + more
    return value * more if value < 1 or is_one_of(word, ONE) else None


def without_and(line: str) -> str:
    """Return a line without the "and" in a number: "one hundred and twenty", "vingt et un"."""
    return _AND.sub(lambda found: found[0] if number_of(found[2]) is None else f"{found[1]} ", line)


def _is_percent(words: Sequence[str]) -> bool:
    """Tell whether the words behind a number make it a share, and no amount: "100 % juice"."""
    return [_key(word) for word in words[:2]] == ["pour", "cent"] or words[:1] in (["%"], ["percent"])


def spelt_apart(word: str) -> tuple[str, ...]:
    """Return the parts of a number that is spelt with hyphens ("vingt-cinq"); any other word as it is."""
    parts = tuple(word.split("-"))
    if len(parts) > 1 and _key(parts[0]) == "quatre" and _key(parts[1]) in {"vingt", "vingts"}:
        parts = ("huitante", *parts[2:])
    is_number = len(word.split("-")) > 1 and all(
        _key(part) in _NUMBERS or _key(part) == "et" for part in parts
    )
    return tuple(part for part in parts if _key(part) != "et") if is_number else (word,)


def is_one_of(word: str, words: Iterable[str]) -> bool:
    """Tell whether a word is one of some folded ones."""
    return _key(word) in words
