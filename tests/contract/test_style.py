"""Rules of the house that no linter knows: short files, honest names, no English in Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from .tree import CEREBRO, Module, called, constant, keyword, modules

LONGEST = 400
"""Lines of a file: beyond it, it is about more than one thing."""
NAMELESS = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "tools", "shared", "base_classes"}
)
"""Names that say nothing of what a module is about."""
ERRORS = frozenset(
    {
        "ConfigEntryAuthFailed",
        "ConfigEntryError",
        "ConfigEntryNotReady",
        "HomeAssistantError",
        "PlatformNotReady",
        "ServiceNotSupported",
        "ServiceValidationError",
        "UpdateFailed",
    }
)
"""The errors whose text a user reads."""
SHOWN = frozenset({"title", "description", "message", "summary", "suggested_object_id"})
"""The arguments by which a text reaches a user."""


def test_there_is_a_house() -> None:
    assert len(modules()) > 50


@pytest.mark.parametrize("module", modules(), ids=lambda one: one.name)
def test_a_file_is_short(module: Module) -> None:
    assert len(module.path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_no_module_hides_what_it_is_about() -> None:
    parts = {part for one in modules() for part in one.path.relative_to(CEREBRO).with_suffix("").parts}
    assert parts & NAMELESS == set()


@pytest.mark.parametrize("module", modules(), ids=lambda one: one.name)
def test_an_error_that_a_user_reads_carries_a_key_and_no_text(module: Module) -> None:
    worded = [f"{module.name}:{call.lineno}" for call in _errors(module) if call.args]
    keyless = [
        f"{module.name}:{call.lineno}"
        for call in _errors(module)
        if keyword(call, "translation_key") is None or keyword(call, "translation_domain") is None
    ]
    assert (worded, keyless) == ([], [])


def test_there_are_errors_that_a_user_reads() -> None:
    assert sum(1 for one in modules() for _ in _errors(one)) > 5


@pytest.mark.parametrize("module", modules(), ids=lambda one: one.name)
def test_no_words_reach_a_user_but_from_the_texts(module: Module) -> None:
    worded = [
        f"{module.name}:{node.lineno}: {text}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and not _is_log(node)
        for argument in node.keywords
        if argument.arg in SHOWN and (text := _words(argument.value)) is not None
    ]
    assert worded == []


def _errors(module: Module) -> Iterator[ast.Call]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and called(node) in ERRORS:
            yield node


def _words(node: ast.expr) -> str | None:
    """Return the words of an expression that is a text with a space in it."""
    match node:
        case ast.Constant():
            text = constant(node)
        case ast.JoinedStr(values=values):
            text = "".join(constant(value) or "" for value in values)
        case _:
            text = None
    return text if text is not None and " " in text.strip() else None


def _is_log(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func).startswith("_LOGGER")
