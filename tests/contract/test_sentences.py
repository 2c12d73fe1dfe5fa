"""Every sentence the code can say is written, with the values it gives, and none is written in vain."""

from __future__ import annotations

from collections.abc import Callable, Mapping
import re

import pytest

from . import spoken
from .tree import LANGUAGES, flat, placeholders, texts

SECTIONS = frozenset(
    {
        "common",
        "conditions",
        "config",
        "config_subentries",
        "entity",
        "exceptions",
        "issues",
        "options",
        "selector",
        "services",
        "system_health",
        "triggers",
    }
)
"""The parts of the texts that Home Assistant reads, besides our own ``common``."""
SHARED_WORDS = frozenset(
    {
        "Actions",
        "Cerebro",
        "Code",
        "Format",
        "L",
        "Message",
        "Minimum",
        "Occupant",
        "Occupants",
        "Options",
        "Pause",
        "Plan",
        "Question",
        "Routine",
        "Routines",
        "Thermostat",
        "g",
        "kg",
        "lots",
        "mL",
        "zone",
    }
)
"""What English and French call the same."""
PARTS: Mapping[str, Callable[[], Mapping[str, set[str]]]] = {
    "common": spoken.common,
    "exceptions": spoken.exceptions,
    "issues": spoken.issues,
}
"""What the code says, by the part of the texts it stands in."""


def test_the_code_says_something_of_every_sort() -> None:
    assert len(spoken.reasons()) > 50
    assert len(spoken.decisions()) > 20
    assert len(spoken.phone_lines()) > 10
    assert len(spoken.exceptions()) > 10
    assert len(spoken.issues()) > 3
    assert len(spoken.commands_refused()) > 5
    assert len(spoken.acts_refused()) > 5
    assert len(spoken.words()) > 10


@pytest.mark.parametrize("part", PARTS)
def test_everything_that_can_be_said_is_written(part: str) -> None:
    assert sorted(PARTS[part]().keys() - texts("en")[part].keys()) == []


@pytest.mark.parametrize("part", PARTS)
def test_nothing_is_written_that_cannot_be_said(part: str) -> None:
    assert sorted(texts("en")[part].keys() - PARTS[part]().keys()) == []


@pytest.mark.parametrize("part", PARTS)
def test_a_sentence_uses_only_values_that_come_with_it(part: str) -> None:
    missing = {
        key: unknown
        for key, text in texts("en")[part].items()
        if (unknown := _used(_without_fix(text)) - PARTS[part]().get(key, set()))
    }
    assert missing == {}


def test_what_fixes_an_issue_uses_only_values_that_come_with_its_step() -> None:
    fixes = [
        (name, step)
        for issue in texts("en")["issues"].values()
        for name, step in issue.get("fix_flow", {}).get("step", {}).items()
    ]
    assert {name for name, _ in fixes} >= spoken.asked().keys() > set()
    missing = {
        name: unknown for name, step in fixes if (unknown := _used(step) - spoken.asked().get(name, set()))
    }
    assert missing == {}


def _without_fix(text: str | Mapping[str, object]) -> str | Mapping[str, object]:
    """Return a text without the flow that fixes it, whose steps come with values of their own."""
    return text if isinstance(text, str) else {key: one for key, one in text.items() if key != "fix_flow"}


def _used(text: str | Mapping[str, object]) -> set[str]:
    return (
        placeholders(text) if isinstance(text, str) else set().union(*map(placeholders, flat(text).values()))
    )


def test_the_texts_have_only_parts_that_are_read() -> None:
    assert texts("en").keys() <= SECTIONS


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    assert flat(texts(language)).keys() == flat(texts("en")).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_uses_the_same_values(language: str) -> None:
    other = flat(texts(language))
    differing = [
        key for key, text in flat(texts("en")).items() if placeholders(text) != placeholders(other[key])
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("flaw", "pattern"),
    [
        ("HTML", r"</?[a-zA-Z][^>]*>"),
        ("an address", r"[a-z]+://|www\."),
        ("a space at an edge", r"^\s|\s$"),
        ("a value in single quotes", r"'\{\w+\}'"),
        ("nothing", r"^$"),
        ("a reference that is not resolved", r"\[%key:"),
        ("a typewriter apostrophe", r"\w'\w"),
    ],
)
def test_no_text_has_a_flaw(language: str, flaw: str, pattern: str) -> None:
    flawed = [key for key, text in flat(texts(language)).items() if re.search(pattern, text)]
    assert flawed == [], flaw


def _same_in_french() -> set[str]:
    french = flat(texts("fr"))
    return {
        text
        for key, text in flat(texts("en")).items()
        if french[key] == text and re.search(r"[A-Za-z]", re.sub(r"\{\w+\}", "", text))
    }


def test_french_is_french() -> None:
    assert _same_in_french() == SHARED_WORDS


def test_french_puts_a_space_before_its_tall_signs() -> None:
    # A colon within a time or a value is none of language; a question mark at an edge is.
    squeezed = {
        key: text for key, text in flat(texts("fr")).items() if re.search(r"[\w»’)][;!?](\s|$)|\w:\s", text)
    }
    assert squeezed == {}
