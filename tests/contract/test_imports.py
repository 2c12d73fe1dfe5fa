"""Imports go one way: doors, managers, core; and core touches nothing but what it is given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from .tree import CEREBRO, Module, called, modules

PACKAGE = ("custom_components", "cerebro")
CORE, NAMES, MANAGERS, DOORS = range(4)
CORE_MAY_IMPORT = frozenset(
    {
        "__future__",
        "bisect",
        "calendar",
        "collections",
        "csv",
        "dataclasses",
        "datetime",
        "enum",
        "functools",
        "graphlib",
        "hashlib",
        "itertools",
        "json",
        "math",
        "operator",
        "re",
        "statistics",
        "types",
        "typing",
        "unicodedata",
    }
)
"""What has no clock, no randomness, no files and no network."""
CLOCKS_AND_FILES = frozenset(
    {"now", "utcnow", "today", "open", "input", "print", "exec", "eval", "__import__"}
)


def floor(name: str) -> int:
    """Return the floor of a module by its path: what lies higher may import what lies lower."""
    match name.split("/"):
        case ["core", *_]:
            return CORE
        case ["const.py"]:
            return NAMES
        case ["managers", *_]:
            return MANAGERS
    return DOORS


each_of_core = pytest.mark.parametrize(
    "module", [one for one in modules() if floor(one.name) == CORE], ids=lambda one: one.name
)


def imported(module: Module) -> Iterator[tuple[int, str]]:
    """Return what a module imports: line and dotted name, wherever in it the import stands."""
    package = (*PACKAGE, *module.path.relative_to(CEREBRO).parts[:-1])
    for node in ast.walk(module.tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, one.name) for one in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                base = package[: len(package) - level + 1] if level else ()
                source = ".".join((*base, *((name,) if name else ())))
                yield node.lineno, source
                yield from ((node.lineno, f"{source}.{one.name}") for one in names)


def modules_imported(module: Module) -> Iterator[tuple[int, str]]:
    """Return which modules of Cerebro a module imports: line and path."""
    paths = {one.name for one in modules()}
    for line, name in imported(module):
        parts = tuple(name.split("."))
        if parts[:2] != PACKAGE:
            continue
        path = "/".join(parts[2:])
        yield from ((line, one) for one in (f"{path}.py", f"{path}/__init__.py".lstrip("/")) if one in paths)


def test_every_floor_has_modules() -> None:
    assert {floor(one.name) for one in modules()} == {CORE, NAMES, MANAGERS, DOORS}


def test_the_import_graph_was_found() -> None:
    steps = [step for one in modules() for step in modules_imported(one)]
    assert len(steps) > len(modules())


@pytest.mark.parametrize("module", modules(), ids=lambda one: one.name)
def test_a_module_imports_nothing_from_a_higher_floor(module: Module) -> None:
    upwards = [
        f"{module.name}:{line} imports {path}"
        for line, path in modules_imported(module)
        if floor(path) > floor(module.name)
    ]
    assert upwards == []


@pytest.mark.parametrize(
    "module", [one for one in modules() if floor(one.name) == CORE], ids=lambda one: one.name
)
def test_core_imports_only_itself_and_what_computes(module: Module) -> None:
    foreign = [
        f"{module.name}:{line} imports {name}"
        for line, name in imported(module)
        if name.split(".")[0] not in CORE_MAY_IMPORT and tuple(name.split(".")[:3]) != (*PACKAGE, "core")
    ]
    assert foreign == []


@pytest.mark.parametrize(
    "module", [one for one in modules() if floor(one.name) == CORE], ids=lambda one: one.name
)
def test_core_reads_no_clock_and_no_file(module: Module) -> None:
    reads = [
        f"{module.name}:{node.lineno} calls {ast.unparse(node.func)}"
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and called(node) in CLOCKS_AND_FILES
    ]
    assert reads == []


@pytest.mark.parametrize(
    "module", [one for one in modules() if floor(one.name) == CORE], ids=lambda one: one.name
)
def test_core_awaits_nothing(module: Module) -> None:
    waits = [
        f"{module.name}:{node.lineno}"
        for node in ast.walk(module.tree)
        if isinstance(node, (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith))
    ]
    assert waits == []
