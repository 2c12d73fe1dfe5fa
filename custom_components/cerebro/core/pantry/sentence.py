"""A sentence about things, taken apart: how much of what, in English and in French, without any model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
import re
from typing import Final
import unicodedata

from ..roles.words import folded
from .clean import cleaned
from .counting import (
    DOZENS,
    ONE,
    PACKS,
    PIECES,
    SUMS,
    TIMES,
    is_one_of,
    number_at,
    number_of,
    spelt_apart,
    without_and,
)
from .errors import PantryError
from .exchange.units import amount_of
from .openers import without_opener
from .quantity import PACK, PIECE, WHOLE, Amount

LONGEST: Final = 4000
"""Characters of a sentence; a long receipt has about as many."""
ARTICLES: Final = frozenset(
    {"the", "some", "le", "la", "les", "du", "des", "de", "of", "d", "l", "any", "more"}
)
"""What stands before a name and is no part of it."""
REST: Final = (
    ("the", "rest"),
    ("rest",),
    ("what", "is", "left"),
    ("all", "of"),
    ("all", "the"),
    ("le", "reste"),
    ("reste",),
    ("tout", "le"),
    ("toute", "la"),
    ("tous", "les"),
    ("toutes", "les"),
)
"""What says that all that is there is meant."""
_LINES: Final = re.compile(r"[\r\n;•]+")
_COMMAS: Final = re.compile(r",(?![0-9])|(?<![0-9]),|,\s")
_ANDS: Final = re.compile(r"\s(?:and|et|&|plus|puis|ainsi que)\s", re.IGNORECASE)
_PRICE: Final = re.compile(
    r"(?:(?<=\s)|^)(?:[€$£]\s?(?P<before>[0-9]{1,5}[.,][0-9]{2})"
    r"|(?P<after>[0-9]{1,5}[.,][0-9]{2})(?:\s?(?:[€$£]|eur|euros?))?)(?:\s[A-Z])?$",
    re.IGNORECASE,
)
_AT: Final = re.compile(r"\s(?:à|at|for|pour|@)\s*$", re.IGNORECASE)
_TOGETHER: Final = re.compile(r"([0-9]{1,7}(?:[.,][0-9]{1,3})?)-?([^\W\d_]{1,12}|[\u00d7*])", re.IGNORECASE)
_HALF: Final = re.compile(r"\b(demie?|half)-", re.IGNORECASE)
_ELIDED: Final = re.compile(r"^[dl]['’]", re.IGNORECASE)
_TIMES_BEHIND: Final = re.compile(
    r"(?<=[^\W\d_]\s)[x\u00d7]\s?([0-9]{1,4})\b(?![.,][0-9]|\s?[^\W\d_])", re.IGNORECASE
)
_TIMES_BETWEEN: Final = re.compile(r"(?<![^\W\d_])([0-9]{1,4})\s?[x\u00d7*]\s?(?=[0-9])", re.IGNORECASE)
_AND_A_HALF: Final = re.compile(
    r"(?<!\S)(?P<number>\S{1,20})(?P<unit>\s[^\W\d_]{1,20})?\s(?:and\sa\shalf|et\sdemie?)\b(?!-)",
    re.IGNORECASE,
)
_PER_UNIT: Final = re.compile(
    r"(?:\s[x\u00d7*])?\s[0-9]{1,5}[.,][0-9]{2}\s?[€$£]?\s?/\s?[^\W\d_]+", re.IGNORECASE
)
_THOUSANDS: Final = re.compile(r"(?<![0-9.,])([1-9][0-9]{0,2})[ .,]000(?=\s?(?:g|gr|ml)\b)", re.IGNORECASE)
_EACH: Final = re.compile(r"[0-9]{1,5}[.,][0-9]{2}")
_MARKS: Final = ' .,:!?()[]"“”«»-–—*#'


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """One thing that was named."""

    name: str
    amount: Amount | None = None
    rest: bool = False
    """Whether all that is there was meant."""
    price: int | None = None
    """Of all of it, in thousandths of a currency."""


def parse(text: str, known: Callable[[str], bool] = lambda _: False) -> tuple[Spoken, ...]:
    """Return the things that a sentence names, in their order.

    ``known`` tells whether a name with an "and" in it is one thing ("mac and cheese").

    Raises:
        PantryError: ``text_too_long``.
    """
    if len(text) > LONGEST:
        raise PantryError("text_too_long", most=str(LONGEST))
    found = (_spoken(phrase) for line in _LINES.split(text) for phrase in _phrases(line, known))
    return tuple(one for one in found if one is not None)


def _phrases(line: str, known: Callable[[str], bool]) -> Iterator[str]:
    """Return the parts of a line that each name one thing."""
    for phrase in _COMMAS.split(_AND_A_HALF.sub(_and_a_half, without_and(line))):
        whole = _spoken(phrase)
        if whole is not None and known(whole.name):
            yield phrase
        else:
            yield from _ANDS.split(phrase)


def _spoken(phrase: str) -> Spoken | None:
    """Return what a phrase names; nothing when it names nothing."""
    line = cleaned(phrase, LONGEST)
    if line is None:
        return None
    begun = line.lstrip(_MARKS)
    if line[: -len(begun) or None].endswith(".") and begun[:1].isdigit():
        begun = f"0.{begun}"
    line, price = _priced(_PER_UNIT.sub("", begun.rstrip(_MARKS.replace(")", ""))))
    words = without_opener(_words(line))
    words, rest = _without_rest(words)
    words, count, leading = _leading(_counted(words))
    words, trailing = _trailing(words)
    name = cleaned(" ".join(_without_articles(words)).strip(_MARKS))
    if name is None or not any(char.isalpha() or unicodedata.category(char) == "So" for char in name):
        return None
    if price is not None and all(is_one_of(word, SUMS) or not word.isalpha() for word in name.split()):
        return None
    if leading is not None and leading.unit == PACK and trailing is not None:
        count, leading = leading.value, None
    amount = _together(count, leading or trailing)
    return Spoken(name=name, amount=None if rest else amount, rest=rest, price=price)


def _priced(line: str) -> tuple[str, int | None]:
    """Return a line without the price at its end, and that price."""
    found = _PRICE.search(line)
    if found is None or not line[: found.start()].strip():
        return line, None
    written = found["before"] or found["after"]
    return _AT.sub("", line[: found.start()]), round(float(written.replace(",", ".")) * WHOLE)


def _words(line: str) -> list[str]:
    """Return the words of a line, numbers apart from their units."""
    line = _TIMES_BETWEEN.sub(r"\1 x ", _THOUSANDS.sub(r"\g<1>000", line))
    line = _TIMES_BEHIND.sub(r"\1 x", line)
    line = _HALF.sub(r"\1 ", line)
    line = re.sub("([½¼¾])", r" \1 ", line).replace("(", " ").replace(")", " ")
    return [word for written in line.split() for word in _apart(written)]


def _and_a_half(found: re.Match[str]) -> str:
    """Return a number and a half before its unit ("un kilo et demi", "two and a half kilos")."""
    value = number_of(found["number"])
    return found[0] if value is None else f"{value:g} ½{found['unit'] or ''}"


def _apart(word: str) -> tuple[str, ...]:
    """Return a number and its unit apart ("500g", "3x", "6-pack"); any other word as it is ("7up")."""
    found = _TOGETHER.fullmatch(word)
    if found is None:
        return spelt_apart(word)
    unit = found[2]
    return (found[1], unit) if is_one_of(unit, TIMES) or amount_of(1, unit) is not None else (word,)


def _without_rest(words: list[str]) -> tuple[list[str], bool]:
    for phrase in REST:
        begun = words[: len(phrase)]
        if len(words) > len(phrase) and all(
            is_one_of(word, {one}) for word, one in zip(begun, phrase, strict=True)
        ):
            return words[len(phrase) :], True
    return words, False


def _leading(words: list[str]) -> tuple[list[str], float | None, Amount | None]:
    """Return the words behind an amount, how many times it is meant, and the amount, where it is said."""
    count: float | None = None
    amount: Amount | None = None
    at = 0
    while at < len(words) and amount is None:
        if count is not None and _is_price(words[at:]):
            at += 1
            break
        value, used = number_at(words[at:])
        if value is None:
            break
        at += used
        following = words[at] if at < len(words) else ""
        if is_one_of(following, TIMES):
            count, at = value * (count or 1), at + 1
        elif is_one_of(following, DOZENS):
            count, at = value * DOZENS[folded(following).strip()] * (count or 1), at + 1
        else:
            amount, used = _unit(value, words[at:])
            at += used
            if amount is None:
                count = value * (count or 1)
                amount, used = _sized(words[at:])
                at += used
                break
    if at and at < len(words) and is_one_of(words[at], PACKS | PIECES):
        is_pack, at = is_one_of(words[at], PACKS), at + 1
        if amount is None and count is not None and is_pack:
            amount, used = _sized(words[at:])
            if amount is None:
                amount, count = Amount(value=count, unit=PACK), None
            at += used
    return words[at:], count, amount


def _is_price(words: list[str]) -> bool:
    """Tell whether a number is what each costs: "2 x 1,09 LAIT"."""
    return _EACH.fullmatch(words[0]) is not None and _unit(1, words[1:])[0] is None


def _counted(words: list[str]) -> list[str]:
    """Return the words without an article before a number: "les deux litres de lait"."""
    _, *behind = words or [""]
    is_number = len(behind) > 1 and is_one_of(words[0], ARTICLES) and number_of(behind[0]) is not None
    return behind if is_number else words


def _sized(words: list[str]) -> tuple[Amount | None, int]:
    """Return the amount with a unit that comes next, and how many words that took: "(2 tins) of 400 g"."""
    at = 1 if words and is_one_of(words[0], ARTICLES) else 0
    value, used = number_at(words[at:]) if len(words) > at else (None, 0)
    if value is None:
        return None, 0
    amount, more = _unit(value, words[at + used :])
    return (None, 0) if amount is None else (amount, at + used + more)


def _unit(value: float, words: list[str]) -> tuple[Amount | None, int]:
    """Return an amount whose unit the first words are, and how many words that took: "g", "de litre"."""
    for used in (2, 1):
        written = " ".join(words[:used])
        if len(words) >= used and not written.isdigit():
            amount = amount_of(value, written)
            if amount is not None and amount.unit != PACK:
                return amount, used
    if value < 1 and words and is_one_of(words[0], ARTICLES):
        of = 2 if len(words) > 1 and is_one_of(words[1], ONE) else 1
        amount, used = _unit(value, words[of:]) if len(words) > of else (None, 0)
        return (None, 0) if amount is None else (amount, used + of)
    return None, 0


def _trailing(words: list[str]) -> tuple[list[str], Amount | None]:
    """Return the words before an amount at the end, and that amount ("milk 2 x 1 L", "milk 1 L 2 x")."""
    for length in (5, 4, 3, 2):
        start = len(words) - length
        if start < 1:
            continue
        left, count, amount = _leading(words[start:])
        if not left and (amount is not None or (count is not None and is_one_of(words[-1], TIMES))):
            named, each = _trailing(words[:start]) if amount is None else (words, None)
            if each is not None:
                return named, _together(count, each)
            named = (
                words[: start - 1] if start > 1 and is_one_of(words[start - 1], ARTICLES) else words[:start]
            )
            return named, _together(count, amount)
    return words, None


def _together(count: float | None, amount: Amount | None) -> Amount | None:
    """Return so many times an amount; of no amount, so many pieces. One of a thing is as much as is usual."""
    if amount is None:
        return None if count is None or count == 1 else Amount(value=count, unit=PIECE)
    if amount == Amount(value=1, unit=PACK) and count is None:
        return None
    return Amount(value=amount.value * (1 if count is None else count), unit=amount.unit)


def _without_articles(words: list[str]) -> list[str]:
    at = 0
    while at < len(words) - 1 and is_one_of(words[at].strip(_MARKS), ARTICLES):
        at += 1
    return [_ELIDED.sub("", word) if number == 0 else word for number, word in enumerate(words[at:])]
