"""Every form asks what its texts name, and names what it asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
import re
from typing import Any

from homeassistant.data_entry_flow import section
import pytest
import voluptuous as vol

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.roles import HOME_ROLES
from custom_components.cerebro.core.routine.model import DoneBy, StepKind
from custom_components.cerebro.core.routine.wake import HolidayRule, WakeSource
from custom_components.cerebro.flows import occupant, options, pantry, roles, routine, shop, steps
from custom_components.cerebro.managers.settings import WEEKDAYS
from custom_components.cerebro.managers.texts import Texts

from .tree import constant, flat, keyword, modules, placeholders, texts

AROUND = routine.Surroundings(texts=Texts({}), roles=frozenset(), occupants={}, names={})
FORMS: Mapping[str, vol.Schema] = {
    "config.step.user": roles.roles_schema(),
    "config.step.reconfigure": roles.roles_schema(),
    "config.step.occupant": occupant.SCHEMA,
    "config.step.routine": routine.routine_schema(AROUND, ask_whom=False),
    "config_subentries.occupant.step.user": occupant.SCHEMA,
    "config_subentries.occupant.step.reconfigure": occupant.SCHEMA,
    "config_subentries.routine.step.user": routine.routine_schema(AROUND, ask_whom=True),
    "config_subentries.routine.step.reconfigure": routine.routine_schema(AROUND, ask_whom=True),
    "config_subentries.pantry.step.user": pantry.SCHEMA,
    "config_subentries.pantry.step.reconfigure": pantry.SCHEMA,
    "config_subentries.shop.step.user": shop.shop_schema(AROUND.texts),
    "config_subentries.shop.step.reconfigure": shop.shop_schema(AROUND.texts),
    "options.step.init": options.SCHEMA,
}
"""The forms by the path of their texts."""
CHOICES: Mapping[str, Iterable[str]] = {
    "autonomy": Autonomy,
    "category": Category,
    "done_by": DoneBy,
    "holidays": HolidayRule,
    "place": Place,
    "step_kind": StepKind,
    "wake_source": WakeSource,
    "weekday": WEEKDAYS,
}
"""What the forms let choose from, by the key of its texts."""


def written(path: str) -> Mapping[str, Any]:
    """Return the texts at a dotted path."""
    found: Mapping[str, Any] = texts("en")
    for name in path.split("."):
        found = found[name]
    return found


def asked(schema: vol.Schema) -> tuple[set[str], dict[str, set[str]]]:
    """Return the fields of a form, and of each of its sections."""
    fields = {str(marker): asks for marker, asks in schema.schema.items()}
    inside = {
        name: {str(marker) for marker in asks.schema.schema}
        for name, asks in fields.items()
        if isinstance(asks, section)
    }
    return fields.keys() - inside.keys(), inside


@pytest.mark.parametrize("path", FORMS)
def test_a_form_names_just_what_it_asks(path: str) -> None:
    fields, sections = asked(FORMS[path])
    step = written(path)
    assert step.get("data", {}).keys() == fields
    named = {name: one.get("data", {}).keys() for name, one in step.get("sections", {}).items()}
    assert named == sections
    assert fields


def test_every_form_was_looked_at() -> None:
    table = texts("en")
    paths = {f"{part}.step.{name}" for part in ("config", "options") for name in table[part]["step"]}
    for kind, flow in table["config_subentries"].items():
        paths |= {f"config_subentries.{kind}.step.{name}" for name in flow["step"]}
    assert paths == FORMS.keys()


def test_the_rows_of_steps_name_just_what_they_ask() -> None:
    assert texts("en")["selector"]["steps"]["fields"].keys() == steps.FIELDS.keys()


@pytest.mark.parametrize("key", CHOICES)
def test_every_choice_of_a_form_has_its_text(key: str) -> None:
    assert sorted(texts("en")["selector"][key]["options"]) == sorted(CHOICES[key])


def _errors() -> Iterator[tuple[str, str]]:
    """Return the errors and reasons to abort that the texts have: the part they stand in, and their key."""
    table = texts("en")
    flows = {"config": table["config"], "options": table["options"], **table["config_subentries"]}
    for name, flow in flows.items():
        for part in ("error", "abort"):
            yield from ((f"{name}.{part}", key) for key in flow.get(part, {}))


def _literals() -> set[str]:
    """Return every text in the flows' code."""
    return {
        match
        for one in modules()
        if one.name.startswith("flows/") or one.name in {"config_flow.py", "repairs.py"}
        for match in re.findall(r"[\"'](\w+)[\"']", one.path.read_text(encoding="utf-8"))
    }


HOME_ASSISTANTS_OWN = frozenset({"reconfigure_successful", "already_configured", "single_instance_allowed"})
"""The reasons to abort that Home Assistant gives by itself."""


def test_no_form_has_an_error_that_cannot_happen() -> None:
    found = list(_errors())
    assert found
    unused = [one for one in found if one[1] not in _literals() | HOME_ASSISTANTS_OWN]
    assert unused == []


def test_every_reason_that_a_form_gives_has_its_role() -> None:
    used = {
        name
        for path in ("config.step.user", "config.step.reconfigure")
        for text in flat(written(path)).values()
        for name in placeholders(text)
    }
    assert used == {f"{role.value}_reason" for role in HOME_ROLES}


def test_a_form_says_why_it_cannot_go_on() -> None:
    reasons = {
        text
        for one in modules()
        for call in one.calls("async_abort")
        if (text := constant(keyword(call, "reason"))) is not None
    }
    assert reasons
    aborts = {key for part, key in _errors() if part.endswith(".abort")}
    assert sorted(reasons - aborts) == []
