"""Nothing leaves the house but to a host that ``core/egress.py`` names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
import re

import pytest

from custom_components.cerebro.core.egress import HOSTS

from .test_imports import imported
from .tree import CEREBRO, Module, modules

EGRESS = "core/egress.py"
ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s{}]", re.IGNORECASE)
HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|cloud|info|eu|uk|fr|de|be|ch|ca|gov|edu)\b", re.IGNORECASE
)
CLIENTS = frozenset(
    {"aiohttp", "httpx", "httpx2", "requests", "urllib", "urllib3", "http", "socket", "ftplib", "smtplib"}
)
"""The modules by which a program talks to others."""
SESSIONS = frozenset({"homeassistant.helpers.aiohttp_client", "homeassistant.helpers.httpx_client"})
"""What Home Assistant offers for it."""


def addresses(module: Module) -> Iterator[str]:
    """Return every address and every host that a module writes down."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found = ADDRESS.search(node.value) or HOST.search(node.value)
            if found is not None:
                yield f"{module.name}:{node.lineno}: {found.group()}"


def test_an_address_would_be_found() -> None:
    tree = ast.parse('"""See https://example.org/x."""\nHOST = "feeds.example.com"\nPATH = "/cerebro_static"')
    assert len(list(addresses(Module(CEREBRO / "x.py", "x.py", tree)))) == 2


@pytest.mark.parametrize("module", [one for one in modules() if one.name != EGRESS], ids=lambda one: one.name)
def test_a_module_writes_no_address_down(module: Module) -> None:
    assert list(addresses(module)) == []


@pytest.mark.skipif(bool(HOSTS), reason="there are hosts to talk to")
@pytest.mark.parametrize("module", modules(), ids=lambda one: one.name)
def test_while_no_host_is_named_no_module_can_talk_to_one(module: Module) -> None:
    talks = [
        f"{module.name}:{line}: {name}"
        for line, name in imported(module)
        if name.split(".")[0] in CLIENTS or any(name.startswith(session) for session in SESSIONS)
    ]
    assert talks == []


def test_every_host_says_what_it_is_asked_for() -> None:
    assert [host for host, purpose in HOSTS.items() if not purpose or not HOST.fullmatch(host)] == []
