"""Nothing leaves the house but to a host that ``core/egress.py`` names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
import re

import pytest

from custom_components.cerebro.core.egress import HOSTS, OPEN_FOOD_FACTS
from custom_components.cerebro.managers.pantry.open_food_facts import ORIGIN

from .test_imports import imported
from .tree import CEREBRO, LANGUAGES, Module, flat, keyword, modules, texts
from .tree import module as find

EGRESS = "core/egress.py"
ADDRESS = re.compile(r"\b[a-z][a-z0-9+.-]*://[^\s{}]", re.IGNORECASE)
HOST = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|app|cloud|info|eu|uk|fr|de|be|ch|ca|gov|edu)\b", re.IGNORECASE
)
CLIENTS = frozenset(
    {
        "aiohttp",
        "ftplib",
        "http.client",
        "httpx",
        "httpx2",
        "requests",
        "smtplib",
        "socket",
        "urllib",
        "urllib3",
    }
)
"""The modules by which a program talks to others."""
SESSIONS = frozenset({"homeassistant.helpers.aiohttp_client", "homeassistant.helpers.httpx_client"})
"""What Home Assistant offers for it."""
TALKERS = ("managers/pantry/fetching.py", "managers/pantry/webhook.py")
"""The modules that talk to others."""
FETCH = "async_fetch"
ASKERS = frozenset({"managers/pantry/grocy.py", "managers/pantry/open_food_facts.py"})
"""The modules that have a server asked: one that is named, and the user's own."""
VERBS = ("delete", "get", "head", "patch", "post", "put", "request", "ws_connect")


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


def talks(module: Module) -> list[str]:
    """Return where a module takes what one talks to others with."""
    return [
        f"{module.name}:{line}: {name}"
        for line, name in imported(module)
        if any(f"{name}.".startswith(f"{client}.") for client in CLIENTS | SESSIONS)
    ]


@pytest.mark.parametrize(
    "module", [one for one in modules() if one.name not in TALKERS], ids=lambda one: one.name
)
def test_no_module_but_those_that_are_named_can_talk_to_anybody(module: Module) -> None:
    assert talks(module) == []


@pytest.mark.parametrize("name", TALKERS)
def test_a_module_that_may_talk_does(name: str) -> None:
    assert talks(find(name)) != []


@pytest.mark.parametrize("module", [one for one in modules() if one.name != EGRESS], ids=lambda one: one.name)
def test_only_what_is_named_for_it_asks_a_server(module: Module) -> None:
    asked = bool(list(module.calls(FETCH)))
    assert asked is (module.name in ASKERS)


@pytest.mark.parametrize("module", [find(name) for name in TALKERS], ids=lambda one: one.name)
def test_a_redirect_is_never_followed_unseen(module: Module) -> None:
    requests = [call for verb in VERBS for call in module.calls(verb) if _on_session(call)]
    assert requests
    assert [ast.unparse(call) for call in requests if not _follows_nothing(call)] == []


def _on_session(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value).endswith("session")


def _follows_nothing(call: ast.Call) -> bool:
    follows = keyword(call, "allow_redirects")
    return isinstance(follows, ast.Constant) and follows.value is False


def test_open_food_facts_is_asked_over_a_line_that_nobody_else_reads() -> None:
    assert (ORIGIN.scheme, ORIGIN.host, ORIGIN.port) == ("https", OPEN_FOOD_FACTS, 443)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_user_is_told_of_every_host_and_what_it_is_asked_for(language: str) -> None:
    told = flat(texts(language))
    assert [host for host in HOSTS if not HOST.fullmatch(host)] == []
    assert [host for host, purpose in HOSTS.items() if "{host}" not in told[purpose]] == []
