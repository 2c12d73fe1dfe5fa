"""What ``quality_scale.yaml`` promises: every rule of the scale, and kept where that can be seen."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from pathlib import Path

import homeassistant.components
import pytest

from custom_components.cerebro import PLATFORMS
from custom_components.cerebro.config_flow import CerebroConfigFlow

from .test_doors import DESCRIPTIONS
from .test_readme import CHAPTERS
from .tree import CEREBRO, ROOT, Module, manifest, module, modules, project, read_yaml, readme, texts

RULES: Mapping[str, str | Mapping[str, str]] = read_yaml(CEREBRO / "quality_scale.yaml")["rules"]
MODEL = Path(homeassistant.components.__path__[0]) / "habitica" / "quality_scale.yaml"
"""The same file of an integration of Home Assistant's own: it has all the rules there are."""
REFUSING = ("actions/loaded.py", "managers/runner.py", "managers/pantry/books.py")
"""The modules that refuse what an action asked for."""
PLATFORM_MODULES = tuple(module(f"{platform.value}.py") for platform in PLATFORMS)


def status(rule: str) -> str:
    """Return what is promised of a rule."""
    promised = RULES[rule]
    return promised if isinstance(promised, str) else promised["status"]


def test_it_has_every_rule_there_is() -> None:
    rules = read_yaml(MODEL)["rules"]
    assert len(rules) == 54
    assert sorted(RULES) == sorted(rules)


def test_it_promises_only_what_can_be_promised() -> None:
    assert {status(rule) for rule in RULES} <= {"done", "todo", "exempt"}


def test_an_exemption_says_why() -> None:
    exempt = [rule for rule in RULES if status(rule) == "exempt"]
    assert exempt
    assert [rule for rule in exempt if not RULES[rule].get("comment")] == []  # type: ignore[union-attr]


# What can be seen to be kept.


def _functions(one: Module) -> set[str]:
    return {
        node.name for node in ast.walk(one.tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def _assigned(one: Module, name: str) -> bool:
    return any(
        isinstance(target, ast.Name) and target.id == name
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
    )


def _calls(one: Module, function: str, name: str) -> bool:
    """Return whether a function calls another by name."""
    return any(
        isinstance(node, ast.Call) and name in ast.unparse(node.func)
        for outer in ast.walk(one.tree)
        if isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) and outer.name == function
        for node in ast.walk(outer)
    )


def _fields_described() -> bool:
    steps = texts("en")["config"]["step"]
    return bool(steps) and all(
        part.get("data", {}).keys() == part.get("data_description", {}).keys()
        for step in steps.values()
        for part in (step, *step.get("sections", {}).values())
    )


def _runtime_data_is_typed() -> bool:
    return any(
        isinstance(node, ast.TypeAlias) and ast.unparse(node.value).startswith("ConfigEntry[")
        for one in modules()
        for node in ast.walk(one.tree)
    )


def _documented(rule: str) -> Callable[[], bool]:
    return lambda: CHAPTERS[rule] in readme()


KEPT: Mapping[str, Callable[[], bool]] = {
    "action-exceptions": lambda: all(
        "ServiceValidationError(" in module(name).path.read_text("utf-8") for name in REFUSING
    ),
    "action-setup": lambda: _calls(module("__init__.py"), "async_setup", "async_setup_services"),
    "brands": (CEREBRO / "brand" / "icon.png").is_file,
    "common-modules": (CEREBRO / "entity.py").is_file,
    "config-entry-unloading": lambda: "async_unload_entry" in _functions(module("__init__.py")),
    "config-flow": lambda: manifest()["config_flow"] is True and _fields_described(),
    "config-flow-test-coverage": (ROOT / "tests" / "test_config_flow.py").is_file,
    "devices": lambda: "DeviceEntryType.SERVICE" in module("entity.py").path.read_text("utf-8"),
    "diagnostics": lambda: "async_get_config_entry_diagnostics" in _functions(module("diagnostics.py")),
    "entity-event-setup": lambda: _calls(module("entity.py"), "async_added_to_hass", "async_on_remove"),
    "entity-translations": lambda: texts("en")["entity"].keys() == DESCRIPTIONS.keys(),
    "entity-unique-id": lambda: "_attr_unique_id" in module("entity.py").path.read_text("utf-8"),
    "exception-translations": lambda: bool(texts("en")["exceptions"]),
    "has-entity-name": lambda: "_attr_has_entity_name = True" in module("entity.py").path.read_text("utf-8"),
    "icon-translations": (CEREBRO / "icons.json").is_file,
    "inject-websession": lambda: _calls(
        module("managers/pantry/fetching.py"), "async_fetch", "async_get_clientsession"
    ),
    "integration-owner": lambda: bool(manifest()["codeowners"]),
    "parallel-updates": lambda: all(_assigned(one, "PARALLEL_UPDATES") for one in PLATFORM_MODULES),
    "reconfiguration-flow": lambda: hasattr(CerebroConfigFlow, "async_step_reconfigure"),
    "repair-issues": lambda: "async_create_fix_flow" in _functions(module("repairs.py")),
    "runtime-data": _runtime_data_is_typed,
    "strict-typing": lambda: (
        project()["tool"]["mypy"]["strict"] is True
        and "mypy" in (ROOT / "scripts" / "lint").read_text("utf-8")
    ),
    "test-before-setup": lambda: any("ConfigEntryError" in ast.unparse(one.tree) for one in modules()),
    "test-coverage": lambda: project()["tool"]["coverage"]["report"]["fail_under"] >= 95,
    "unique-config-entry": lambda: manifest()["single_config_entry"] is True,
} | {rule: _documented(rule) for rule in CHAPTERS}
"""How to see that a rule is kept."""


@pytest.mark.parametrize("rule", [rule for rule in KEPT if status(rule) == "done"])
def test_what_is_said_to_be_done_is_done(rule: str) -> None:
    assert KEPT[rule]()


def test_most_promises_can_be_seen_to_be_kept() -> None:
    done = {rule for rule in RULES if status(rule) == "done"}
    assert len(done & KEPT.keys()) > 30


def test_every_platform_of_the_integration_was_looked_at() -> None:
    files = {one.name for one in modules() if _assigned(one, "PARALLEL_UPDATES")}
    assert files == {one.name for one in PLATFORM_MODULES}


def test_nothing_is_required_that_the_exemptions_say_is_not() -> None:
    exempt = {rule for rule in RULES if status(rule) == "exempt"}
    assert ({"dependency-transparency", "async-dependency"} <= exempt) == (manifest()["requirements"] == [])


def test_every_entity_has_a_category_or_is_for_everybody() -> None:
    settings = {"switch"}
    categories = {
        platform: {one.entity_category for one in found} for platform, found in DESCRIPTIONS.items()
    }
    assert {platform for platform, found in categories.items() if found != {None}} == settings


def test_a_sensor_says_what_it_measures() -> None:
    """By its class; a count of things, by what is counted."""
    counted = {key for key, one in texts("en")["entity"]["sensor"].items() if "unit_of_measurement" in one}
    assert counted == {one.translation_key for one in DESCRIPTIONS["sensor"] if one.device_class is None}
