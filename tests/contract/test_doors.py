"""What Home Assistant shows of Cerebro: each thing in its table, in the code, with its texts and its icon."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import voluptuous as vol

from custom_components.cerebro import (
    PLATFORMS,
    binary_sensor,
    button,
    calendar,
    event,
    sensor,
    switch,
    time,
    todo,
)
from custom_components.cerebro.actions.pantry import PANTRY_ACTIONS
from custom_components.cerebro.condition import CONDITIONS
from custom_components.cerebro.core.routine.state import Happening
from custom_components.cerebro.managers.view import STATUSES, attributes_of
from custom_components.cerebro.services import ACTIONS
from custom_components.cerebro.trigger import OUTCOMES, TRIGGERS

from .tree import CEREBRO, called, constant, keyword, modules, read_json, read_yaml, texts

ICONS = read_json(CEREBRO / "icons.json")
DESCRIPTIONS = {
    "binary_sensor": (binary_sensor.DOOR,),
    "button": (button.I_AM_UP,),
    "calendar": (calendar.PLAN, calendar.BEST_BEFORE),
    "event": (event.HAPPENING, event.NOTICE, event.CHANGE),
    "sensor": (
        sensor.MAIN,
        *sensor.ROUTINE_SENSORS,
        *sensor.HOUSEHOLD_SENSORS,
        *sensor.PANTRY_SENSORS,
        *sensor.SHOP_SENSORS,
    ),
    "switch": (switch.ARMED,),
    "time": (time.WAKE_TIME,),
    "todo": (todo.SHOPPING_LIST, todo.USE_FIRST),
}
"""The entities, by their platform."""
OFFERED = {
    "services": ("services.yaml", "service", [action.name for action in ACTIONS]),
    "triggers": ("triggers.yaml", "trigger", list(TRIGGERS)),
    "conditions": ("conditions.yaml", "condition", list(CONDITIONS)),
}
"""What automations are made of: its table, its kind of icon, and its names in the code."""
HOUSEHOLD = {action.name for action in PANTRY_ACTIONS} | {"product_in_stock"}
"""What has no target: there is but one stock."""


def test_there_is_something_of_every_kind() -> None:
    assert len(ACTIONS) > 10
    assert len(TRIGGERS) > 3
    assert len(CONDITIONS) > 2
    assert set(DESCRIPTIONS) == {platform.value for platform in PLATFORMS}
    assert sum(len(found) for found in DESCRIPTIONS.values()) > len(PLATFORMS)


# Actions, triggers and conditions.


@pytest.mark.parametrize("kind", OFFERED)
def test_its_table_lists_what_the_code_offers(kind: str) -> None:
    table, _, names = OFFERED[kind]
    assert sorted(read_yaml(CEREBRO / table)) == sorted(names)


@pytest.mark.parametrize("kind", OFFERED)
def test_it_has_a_name_and_a_description(kind: str) -> None:
    written = texts("en")[kind]
    assert sorted(written) == sorted(OFFERED[kind][2])
    assert [name for name, text in written.items() if not {"name", "description"} <= text.keys()] == []


@pytest.mark.parametrize("kind", OFFERED)
def test_it_has_an_icon(kind: str) -> None:
    _, icon, names = OFFERED[kind]
    assert sorted(ICONS[kind]) == sorted(names)
    assert [name for name, found in ICONS[kind].items() if not found[icon].startswith("mdi:")] == []


@pytest.mark.parametrize("kind", OFFERED)
def test_its_fields_have_texts_and_no_field_is_described_that_is_not_there(kind: str) -> None:
    written = {name: sorted(text.get("fields", {})) for name, text in texts("en")[kind].items()}
    tabled = {name: sorted(fields) for name, fields in _fields(kind).items()}
    assert written == tabled
    assert any(tabled.values())


@pytest.mark.parametrize("kind", OFFERED)
def test_every_field_has_a_selector(kind: str) -> None:
    bare = [
        f"{name}.{field}"
        for name, fields in _fields(kind).items()
        for field, row in fields.items()
        if "selector" not in row
    ]
    assert bare == []


def test_the_fields_of_the_actions_are_those_their_schemas_take() -> None:
    tabled = {name: set(fields) for name, fields in _fields("services").items()}
    assert tabled == {action.name: {str(marker) for marker in action.fields} for action in ACTIONS}


def test_the_fields_that_an_action_needs_are_marked_as_needed() -> None:
    tabled = {
        (name, field): bool(row.get("required"))
        for name, fields in _fields("services").items()
        for field, row in fields.items()
    }
    needed = {
        (action.name, str(marker)): isinstance(marker, vol.Required)
        for action in ACTIONS
        for marker in action.fields
    }
    assert tabled == needed


@pytest.mark.parametrize("kind", OFFERED)
def test_it_takes_entities_of_cerebro_as_its_target_unless_it_is_about_the_household(
    kind: str,
) -> None:
    table = read_yaml(CEREBRO / OFFERED[kind][0])
    targets = {name: _entity_filter(row) for name, row in table.items() if name not in HOUSEHOLD}
    assert targets
    assert {name for name, found in targets.items() if found.get("integration") != "cerebro"} == set()


def _fields(kind: str) -> dict[str, dict[str, Any]]:
    table = read_yaml(CEREBRO / OFFERED[kind][0])
    return {name: (row or {}).get("fields") or {} for name, row in table.items()}


def _entity_filter(row: Mapping[str, Any] | None) -> Mapping[str, Any]:
    entity = ((row or {}).get("target") or {}).get("entity") or {}
    return entity[0] if isinstance(entity, list) else entity


# Selectors.


def test_every_choice_that_a_selector_offers_has_its_text() -> None:
    offered = dict(_choices())
    assert offered
    written = texts("en")["selector"]
    missing = {
        key: sorted(options - set(written.get(key, {}).get("options", {})))
        for key, options in offered.items()
    }
    assert {key: options for key, options in missing.items() if options} == {}


def test_no_selector_is_translated_that_is_not_there() -> None:
    used = {key for key, _ in _choices()} | _literals()
    assert sorted(texts("en")["selector"].keys() - used) == []


def test_every_selector_in_the_code_is_translated() -> None:
    assert sorted(set(_translated_in_code()) - texts("en")["selector"].keys()) == []


def _choices() -> Iterator[tuple[str, set[str]]]:
    """Return the choices of the tables' selectors, by their translation key."""
    for kind in OFFERED:
        for fields in _fields(kind).values():
            for row in fields.values():
                select = row["selector"].get("select") or {}
                if "translation_key" in select:
                    yield select["translation_key"], set(select["options"])


def _literals() -> set[str]:
    """Return every text that stands in the code: a selector may be made by a function of its own."""
    return {
        node.value
        for one in modules()
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def _translated_in_code() -> Iterator[str]:
    """Return the translation keys of the selectors that the code makes."""
    for one in modules():
        for node in ast.walk(one.tree):
            if isinstance(node, ast.Call) and called(node).endswith("SelectorConfig"):
                key = constant(keyword(node, "translation_key"))
                if key is not None:
                    yield key


def test_a_trigger_offers_the_outcomes_that_a_step_can_have() -> None:
    options = _fields("triggers")["step_ended"]["outcome"]["selector"]["select"]["options"]
    assert sorted(options) == sorted(OUTCOMES.values())


# Entities.


def _entity_keys() -> dict[str, list[str]]:
    return {
        platform: sorted(str(one.translation_key) for one in found)
        for platform, found in DESCRIPTIONS.items()
    }


def test_every_entity_has_a_name_and_none_is_named_that_is_not_there() -> None:
    keys = {
        platform: sorted(str(one.translation_key) for one in found)
        for platform, found in DESCRIPTIONS.items()
    }
    assert {platform: sorted(written) for platform, written in texts("en")["entity"].items()} == keys
    unnamed = [
        one.translation_key
        for platform, found in DESCRIPTIONS.items()
        for one in found
        if one is not sensor.MAIN and "name" not in texts("en")["entity"][platform][one.translation_key]
    ]
    assert unnamed == []


def test_every_entity_has_an_icon() -> None:
    keys = {
        platform: sorted(str(one.translation_key) for one in found)
        for platform, found in DESCRIPTIONS.items()
    }
    assert {platform: sorted(icons) for platform, icons in ICONS["entity"].items()} == keys


@pytest.mark.parametrize("key", ["cerebro", "status"])
def test_every_status_has_its_text_and_its_icon(key: str) -> None:
    assert sorted(texts("en")["entity"]["sensor"][key]["state"]) == sorted(STATUSES)
    assert sorted(ICONS["entity"]["sensor"][key]["state"]) == sorted(STATUSES)


def test_every_happening_has_its_text() -> None:
    told = texts("en")["entity"]["event"]["happening"]["state_attributes"]["event_type"]["state"]
    assert sorted(told) == sorted(one.value for one in Happening)


def test_every_attribute_of_the_orchestrator_has_its_name() -> None:
    # Read from the code: an orchestrator without a routine shows none.
    function = next(
        node
        for one in modules()
        if one.name == "managers/view.py"
        for node in ast.walk(one.tree)
        if isinstance(node, ast.FunctionDef) and node.name == attributes_of.__name__
    )
    shown = {
        text
        for node in ast.walk(function)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if (text := constant(key)) is not None
    }
    assert sorted(texts("en")["entity"]["sensor"]["cerebro"]["state_attributes"]) == sorted(shown)


# The system page.


def test_every_figure_of_the_system_page_has_its_name() -> None:
    found = {
        text
        for one in modules()
        if one.name == "system_health.py"
        for node in ast.walk(one.tree)
        if isinstance(node, ast.Dict)
        for key in node.keys
        if (text := constant(key)) is not None
    }
    assert sorted(texts("en")["system_health"]["info"]) == sorted(found)
    assert found


# Forms.


def _steps(table: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Return every step of every form, by its path."""
    for section in ("config", "options"):
        for name, step in table.get(section, {}).get("step", {}).items():
            yield f"{section}.{name}", step
    for kind, flow in table.get("config_subentries", {}).items():
        for name, step in flow.get("step", {}).items():
            yield f"{kind}.{name}", step


def test_every_field_of_every_form_says_what_it_is_for() -> None:
    steps = dict(_steps(texts("en")))
    assert steps
    undescribed = {
        f"{path}.{field}"
        for path, step in steps.items()
        for one in (step, *step.get("sections", {}).values())
        for field in one.get("data", {}).keys() ^ one.get("data_description", {}).keys()
    }
    assert undescribed == set()


def test_every_form_has_a_title() -> None:
    assert [
        path for path, step in _steps(texts("en")) if not step.get("title") and "menu_options" not in step
    ] == []
