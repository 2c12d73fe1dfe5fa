"""What the code can say: every key it may ask the texts for, and the values it gives along.

Keys are followed from where they are used back to the literals they are made of. What cannot be followed
stands in :data:`KNOWN`; an expression that is neither fails the tests, so that no key goes unseen.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry

from custom_components.cerebro.core.roles import HOME_ROLES, ROLES
from custom_components.cerebro.core.roles.guess import MEASURING
from custom_components.cerebro.core.routine.card import Verb
from custom_components.cerebro.core.routine.kinds import KINDS
from custom_components.cerebro.core.routine.model import Anchor, OccupantId, StepKind
from custom_components.cerebro.core.routine.run import OVER
from custom_components.cerebro.core.routine.state import Happening, RunPhase
from custom_components.cerebro.core.routine.wake import WakeSource
from custom_components.cerebro.managers.bindings import sources_of, sources_of_pantry, sources_of_shop
from custom_components.cerebro.managers.pantry.fetching import Trouble
from custom_components.cerebro.managers.pantry.settings import pantry_from, shop_from
from custom_components.cerebro.managers.senses import DANGERS
from custom_components.cerebro.managers.settings import Occupant

from .followed import Known, Place, UnknownExpressionError, functions, names, places, strings
from .tree import constant, keyword, module, modules

type Said = dict[str, set[str]]
"""Keys with the names of the values that come along whenever they are used."""

MAKERS = frozenset({"key", "what", "why"})
"""The parameters by which a function is given a key, or what becomes one."""
FAMILIES = ("reason_", "decision_", "phone_", "phone_action_", "selector.")
"""The beginnings of keys that are collected elsewhere, such as where their second half is made."""
NOBODY = Occupant(occupant_id=OccupantId(""), name="")
FIXES = frozenset({"flows/questions.py", "repairs.py"})
"""The modules of the flows that fix an issue."""
TEXTS = "managers/texts.py"
"""The module that renders what the others say."""


@cache
def reasons() -> Mapping[str, set[str]]:
    """Return the reasons of decisions."""
    said: Said = {}
    for call, place in _calls("Reason"):
        key = keyword(call, "key")
        assert key is not None, ast.unparse(call)
        _add(said, strings(key, place), names(keyword(call, "values"), place))
    _add(said, acts_refused(), {"step"})
    return said


@cache
def decisions() -> Mapping[str, set[str]]:
    """Return the decisions that have a sentence of their own."""
    said: Said = {}
    for call, place in _calls("decide"):
        values = {"routine"} | names(keyword(call, "values"), place)
        _add(said, strings(call.args[0], place), values)
    return said


@cache
def phone_lines() -> Mapping[str, set[str]]:
    """Return the lines on a phone."""
    said: Said = {}
    for call, place in _calls("Line"):
        key = keyword(call, "key")
        assert key is not None, ast.unparse(call)
        _add(said, strings(key, place), names(keyword(call, "values"), place))
    return said


@cache
def common() -> Mapping[str, set[str]]:
    """Return every key below ``common``."""
    said: Said = {f"reason_{key}": values for key, values in reasons().items()}
    said |= {f"decision_{key}": values for key, values in decisions().items()}
    said |= {f"phone_{key}": values for key, values in phone_lines().items()}
    said |= {f"phone_action_{verb.value}": {"step"} if verb is Verb.SKIP else set() for verb in Verb}
    said |= {f"word_{word}": set() for word in words()}
    for call, place in _calls("text"):
        key = call.args[0]
        begins = constant(key.values[0]) if isinstance(key, ast.JoinedStr) else None
        # An amount's own text is made by a function, which is given the texts and no key.
        asks = isinstance(call.func, ast.Attribute) and place.module.name != TEXTS
        if asks and begins not in FAMILIES:
            _add(said, strings(key, place), {one.arg for one in call.keywords if one.arg is not None})
    return said


def words() -> set[str]:
    """Return the values that are shown as words."""
    measured = {
        measure
        for spec in ROLES.values()
        if MEASURING & set(spec.domains) or spec.by_kind
        for measure in (spec.classes or spec.domains)
    }
    resources = {spec.resource for spec in KINDS.values() if spec.resource is not None}
    return (
        {f"place_{anchor.value}" for anchor in Anchor}
        | {f"resource_{resource}" for resource in resources}
        | {f"measured_{measure}" for measure in measured}
        | {f"weekday_{number}" for number in range(7)}
    )


@cache
def acts_refused() -> frozenset[str]:
    """Return the reasons for which the home could not do what was asked."""
    return frozenset().union(*(strings(call.args[0], place) for call, place in _calls("CannotActError")))


@cache
def commands_refused() -> frozenset[str]:
    """Return the reasons for which a run refuses a command."""
    return frozenset().union(*(strings(call.args[0], place) for call, place in _calls("CannotDo")))


@cache
def exceptions() -> Mapping[str, set[str]]:
    """Return the errors that a user may see."""
    said: Said = {}
    for one in modules():
        place = Place(module=one, function=None, known=KNOWN)
        for node in ast.walk(one.tree):
            if isinstance(node, ast.Call) and keyword(node, "translation_domain") is not None:
                key = keyword(node, "translation_key")
                assert key is not None, f"{one.name}:{node.lineno}"
                _add(said, strings(key, place), names(keyword(node, "translation_placeholders"), place))
    for call, place in _calls("PantryError"):
        _add(said, strings(call.args[0], place), {one.arg for one in call.keywords if one.arg is not None})
    return said


@cache
def issues() -> Mapping[str, set[str]]:
    """Return the repair issues."""
    said: Said = {}
    for call, place in _calls("report"):
        if place.function is not None and place.function.name == "report":
            continue  # It passes on what it was called with, and those calls are looked at.
        if ast.unparse(call.func).endswith("issues.report"):
            values = names(keyword(call, "placeholders"), place)
        else:
            values = {"routine", "step"} if len(call.args) > 1 else {"routine"}
        _add(said, strings(call.args[0], place), values)
    return said


@cache
def asked() -> Mapping[str, set[str]]:
    """Return the values that come with each step of the flows that fix an issue."""
    said: Said = {}
    for call, place in _calls("async_show_form"):
        if place.module.name in FIXES:
            values = names(keyword(call, "description_placeholders"), place)
            step = keyword(call, "step_id")
            assert step is not None, f"{place.module.name}:{call.lineno}"
            _add(said, strings(step, place), values)
    return said


def _calls(name: str) -> Iterator[tuple[ast.Call, Place]]:
    return places(name, KNOWN, makers=MAKERS)


def _add(said: Said, keys: Iterable[str], values: set[str]) -> None:
    for key in keys:
        said[key] = said[key] & values if key in said else set(values)


# What cannot be read from the code around it.


def _observers() -> set[str]:
    """Return what can tell that an occupant reached an anchor."""
    found: set[str] = set()
    for call, place in _calls("AnchorReached"):
        if (source := keyword(call, "source")) is not None:
            found |= strings(source, place)
    for call in module("core/routine/turn.py").calls("reach"):
        if (text := constant(call.args[2])) is not None:
            found.add(text)
    return found


def _effects_failed() -> set[str]:
    """Return the errors with which an effect can fail."""
    found: set[str] = set()
    for call, place in _calls("EffectFailed"):
        if (error := keyword(call, "error")) is not None:
            found |= strings(error, place)
    return found


def _sources() -> set[str]:
    """Return what tells of an occupant, a pantry or a shop, and may be gone."""
    pantry = ConfigSubentry(data=_facts(place="fridge"), subentry_type="pantry", title="", unique_id=None)
    shop = ConfigSubentry(
        data=_facts(destination="todo", target=""), subentry_type="shop", title="", unique_id=None
    )
    return {
        *sources_of(NOBODY),
        *sources_of_pantry(pantry_from(pantry)),
        *sources_of_shop(shop_from(shop)),
    }


def _facts(**facts: str) -> MappingProxyType[str, Any]:
    return MappingProxyType(facts)


def _unavailable() -> set[str]:
    """Return why a step cannot be done now."""
    one = module("managers/routine.py")
    function = next(found for found in functions(one.tree) if found.name == "_unavailable")
    place = Place(module=one, function=function, known=KNOWN)
    found: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            found |= strings(node.value, place)
    return found


KNOWN: Known = {
    "f'up_by_{source}'": lambda: {f"up_by_{one}" for one in _observers()},
    "f'danger_{source}'": lambda: {f"danger_{one}" for one in DANGERS},
    "f'held_by_{danger}'": lambda: {f"held_by_{one}" for one in DANGERS},
    "f'role_{role}'": lambda: {f"role_{one.value}" for one in HOME_ROLES},
    "f'role_{self._role.value}'": lambda: {f"role_{one.value}" for one in HOME_ROLES},
    "f'source_{source}'": lambda: {f"source_{one}" for one in _sources()},
    # Being awake is the alarm's to tell, and being up has its own reasons.
    "f'reached_{anchor.value}'": lambda: {
        f"reached_{one.value}" for one in Anchor if one not in {Anchor.WAKE, Anchor.UP}
    },
    "f'step_{progress.phase.value}'": lambda: {f"step_{one.value}" for one in OVER},
    "f'wake_{source.value}'": lambda: {f"wake_{one.value}" for one in WakeSource},
    "setup.step.kind.value": lambda: {one.value for one in StepKind},
    "row['kind']": lambda: {one.value for one in StepKind},
    "kind.value": lambda: {one.value for one in StepKind},
    "run.phase.value": lambda: {RunPhase.PAUSED.value, RunPhase.ATTENTION.value},
    "keys[progress.phase]": lambda: {"step_starting", "step_running", "step_ready"},
    "effect.event.value": lambda: {one.value for one in Happening},
    "event.error": _effects_failed,
    "error.reason": acts_refused,
    "error.reason_key": commands_refused,
    "situation.unavailable.get(step.step_id)": _unavailable,
    "outlook.situation.unavailable.get(step.step_id)": _unavailable,
    "f'grocy_{trouble.value}'": lambda: {f"grocy_{one.value}" for one in Trouble},
    # Passed on with its values; where it is made is looked at.
    "error.key": set,
    "error.translation_key": set,
    # Passed on with its steps by their names.
    "reason.key": set,
    # Read back as it was written.
    "row['key']": set,
}
"""What an expression can be, as it is written."""

__all__ = ["UnknownExpressionError"]
