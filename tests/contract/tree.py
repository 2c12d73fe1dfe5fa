"""The tree that the contract tests look over: files, modules as syntax trees, texts, tables."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
import json
from pathlib import Path
import string
import tomllib
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CEREBRO = ROOT / "custom_components" / "cerebro"
LANGUAGES = ("en", "fr")


@dataclass(frozen=True, slots=True, eq=False)
class Module:
    """A module of Cerebro, read but not run."""

    path: Path
    name: str
    """Its path below the integration, such as ``core/routine/turn.py``."""
    tree: ast.Module

    def calls(self, name: str) -> Iterator[ast.Call]:
        """Return the calls of a function or method of that name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and called(node) == name:
                yield node


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of Cerebro."""
    return tuple(
        Module(path, path.relative_to(CEREBRO).as_posix(), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted(CEREBRO.rglob("*.py"))
    )


def module(name: str) -> Module:
    """Return a module by its path below the integration."""
    return next(one for one in modules() if one.name == name)


def called(call: ast.Call) -> str:
    """Return the last name of what is called: ``ir.async_create_issue`` is ``async_create_issue``."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def keyword(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword argument."""
    return next((one.value for one in call.keywords if one.arg == name), None)


def constant(node: ast.expr | None) -> str | None:
    """Return the text that an expression is, if it is one."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts(language: str) -> dict[str, Any]:
    """Return the texts of a language."""
    return read_json(CEREBRO / "translations" / f"{language}.json")


def flat(table: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    """Return nested texts by their dotted keys."""
    found: dict[str, str] = {}
    for key, value in table.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{prefix}{key}.")
        else:
            found[f"{prefix}{key}"] = value
    return found


def placeholders(text: str) -> set[str]:
    """Return the names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def read_json(path: Path) -> dict[str, Any]:
    """Return what a JSON file holds."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def read_yaml(path: Path) -> dict[str, Any]:
    """Return what a YAML file holds; keys that begin with a dot are anchors."""
    found = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {key: value for key, value in found.items() if not str(key).startswith(".")}


def manifest() -> dict[str, Any]:
    """Return the manifest."""
    return read_json(CEREBRO / "manifest.json")


def project() -> dict[str, Any]:
    """Return ``pyproject.toml``."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def readme() -> str:
    """Return the README."""
    return (ROOT / "README.md").read_text(encoding="utf-8")
