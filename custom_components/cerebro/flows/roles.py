"""The form of the home: what each entity is for, guessed with a reason, corrected by the user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
)
import voluptuous as vol

from ..core.roles import HOME_ROLES, ROLES, SURE, Guess, Role, likely
from ..managers.texts import Texts
from .references import called, kept, missing, shown

FOREMOST: Final = (Role.COFFEE_MACHINE, Role.SHOWER, Role.SPEAKER, Role.NEWS_SPEAKER, Role.TTS)
"""What is asked first: the appliances of the morning."""
SECTIONS: Final[Mapping[str, tuple[Role, ...]]] = {
    "evidence": (
        Role.COFFEE_POWER,
        Role.COFFEE_FAULT,
        Role.SHOWER_TEMPERATURE,
        Role.BATHROOM_HUMIDITY,
        Role.BEDROOM_MOTION,
        Role.BATHROOM_MOTION,
        Role.KITCHEN_MOTION,
        Role.HALL_MOTION,
        Role.FRONT_DOOR,
    ),
    "comfort": (Role.BEDROOM_LIGHT, Role.KITCHEN_LIGHT, Role.THERMOSTAT),
    "safety": (Role.LEAK, Role.SMOKE),
}
"""The roles that are shown folded away, by section."""

type Guesses = Mapping[Role, list[Guess]]


def role_selector(role: Role) -> EntitySelector:
    """Return the selector of the entities that may have a role."""
    spec = ROLES[role]
    allowed = EntityWithDeviceFilterSelectorConfig(domain=list(spec.domains))
    # A switch may be of any class or none; a sensor is nothing without its own.
    if spec.classes and set(spec.domains) <= {"sensor", "binary_sensor"}:
        allowed["device_class"] = list(spec.classes)
    return EntitySelector(EntitySelectorConfig(filter=[allowed], multiple=spec.many, reorder=spec.many))


def roles_schema() -> vol.Schema:
    """Return the form's fields."""
    fields: dict[Any, Any] = {vol.Optional(role.value): role_selector(role) for role in FOREMOST}
    for name, roles in SECTIONS.items():
        inside = vol.Schema({vol.Optional(role.value): role_selector(role) for role in roles})
        fields[vol.Required(name)] = section(inside, {"collapsed": True})
    return vol.Schema(fields)


@callback
def guessed_values(guesses: Guesses) -> dict[str, Any]:
    """Return what the form proposes: the likely entities of each role."""
    found: dict[Role, list[str]] = {
        role: [one.entity_id for one in likely(role, guesses.get(role, ()))]
        for role in HOME_ROLES
        if guesses.get(role)
    }
    return _placed(found)


@callback
def kept_values(hass: HomeAssistant, roles: Mapping[str, list[str]]) -> dict[str, Any]:
    """Return what the form shows of the roles as they were kept."""
    return _placed({Role(role): shown(hass, refs) for role, refs in roles.items() if role in HOME_ROLES})


@callback
def reasons(hass: HomeAssistant, texts: Texts, guesses: Guesses, values: Mapping[str, Any]) -> dict[str, str]:
    """Return for each role why its entity is proposed, as a placeholder of the form's texts."""
    chosen = dict(_flat(values))
    return {
        f"{role.value}_reason": _reason(hass, texts, guesses.get(role, []), chosen.get(role))
        for role in HOME_ROLES
    }


@callback
def read_roles(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the references of each role that was given an entity."""
    given = {role.value: kept(hass, chosen) for role, chosen in _flat(user_input)}
    return {role: refs for role, refs in given.items() if refs}


@callback
def role_errors(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields, or the sections they are in, that name an entity which does not exist."""
    errors: dict[str, str] = {}
    for role, chosen in _flat(user_input):
        if missing(hass, chosen):
            field = next((name for name, roles in SECTIONS.items() if role in roles), role.value)
            errors[field] = "entity_missing"
    return errors


def _reason(hass: HomeAssistant, texts: Texts, guesses: list[Guess], chosen: str | list[str] | None) -> str:
    """Return why what was chosen is likely; where nothing was, what could be."""
    if chosen is not None:
        ids = [chosen] if isinstance(chosen, str) else chosen
        found = next((one for one in guesses if one.entity_id in ids and one.confidence >= SURE), None)
        if found is None:
            return texts.text("role_chosen")
        percent = round(100 * found.confidence)
        return texts.text("role_guessed", reason=texts.render(found.reason), percent=percent)
    if not guesses:
        return texts.text("role_nothing_found")
    best = guesses[0]
    if best.confidence < SURE:
        return texts.text("role_nothing_likely")
    return texts.text("role_left", name=called(hass, best.entity_id), reason=texts.render(best.reason))


def _placed(found: Mapping[Role, list[str]]) -> dict[str, Any]:
    """Return entities by role in the form's own shape: in their sections, one where only one can be."""

    def one_or_many(role: Role) -> Any:
        return found[role] if ROLES[role].many else found[role][0]

    values = {role.value: one_or_many(role) for role in FOREMOST if found.get(role)}
    for name, roles in SECTIONS.items():
        values[name] = {role.value: one_or_many(role) for role in roles if found.get(role)}
    return values


def _flat(values: Mapping[str, Any]) -> Iterator[tuple[Role, str | list[str]]]:
    """Yield each role of a form with what was chosen for it."""
    sections = (cast("Mapping[str, Any]", values.get(name, {})) for name in SECTIONS)
    for part in (values, *sections):
        for name, chosen in part.items():
            if name in ROLES and chosen:
                yield Role(name), chosen
