"""Repairs: giving a role an entity again after the one it had is gone, and answering the pantry."""

from __future__ import annotations

from typing import Any

from homeassistant.components.repairs import ConfirmRepairFlow, RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
import voluptuous as vol

from .const import CONF_ROLES, DOMAIN
from .core.roles import ROLES, Role, likely
from .flows.questions import WhatFlow, WhereFlow
from .flows.references import kept, missing, shown
from .flows.roles import role_selector
from .managers import CerebroConfigEntry
from .managers.candidates import guess_roles
from .managers.texts import Texts

CONF_ENTITY = "entity"


async def async_create_fix_flow(
    hass: HomeAssistant,
    issue_id: str,  # noqa: ARG001
    data: dict[str, str | int | float | None] | None,
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    about = {name: str(value) for name, value in (data or {}).items()}
    entries: list[CerebroConfigEntry] = hass.config_entries.async_entries(DOMAIN)
    if about.get("role") in ROLES and entries:
        return RoleRepairFlow(entries[0], Role(about["role"]))
    if entries and entries[0].state is ConfigEntryState.LOADED:
        if "draft" in about:
            return WhereFlow(entries[0], about["draft"], about["product"])
        if "code" in about:
            return WhatFlow(entries[0], about["code"])
    # The issue outlived what it was about: all that is left is to let it go.
    return ConfirmRepairFlow()


class RoleRepairFlow(RepairsFlow):
    """Asks for the entity that takes a role over."""

    def __init__(self, entry: CerebroConfigEntry, role: Role) -> None:
        """Take the entry and the role that lost its entity."""
        self._entry = entry
        self._role = role

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:  # noqa: ARG002
        """Begin: what comes in here is which issue it is about, not what the user entered."""
        return await self.async_step_replace()

    async def async_step_replace(self, user_input: dict[str, Any] | None = None) -> RepairsFlowResult:
        """Propose what is likely now, and take what the user chooses; nothing gives the role up."""
        errors: dict[str, str] = {}
        proposed = self._proposed()
        if user_input is not None:
            chosen = proposed = user_input.get(CONF_ENTITY)
            if not missing(self.hass, chosen):
                self._bind(chosen)
                return self.async_create_entry(data={})
            errors[CONF_ENTITY] = "entity_missing"
        field = vol.Optional(CONF_ENTITY, description={"suggested_value": proposed})
        texts = await Texts.load(self.hass)
        return self.async_show_form(
            step_id="replace",
            data_schema=vol.Schema({field: role_selector(self._role)}),
            errors=errors,
            description_placeholders={"role": texts.text(f"role_{self._role.value}")},
        )

    def _bind(self, chosen: str | list[str] | None) -> None:
        roles = dict(self._entry.data.get(CONF_ROLES, {}))
        if references := kept(self.hass, chosen):
            roles[self._role.value] = references
        else:
            roles.pop(self._role.value, None)
        self.hass.config_entries.async_update_entry(self._entry, data={**self._entry.data, CONF_ROLES: roles})

    def _proposed(self) -> str | list[str] | None:
        """Return what is left of the role's entities, else what is likely to be for it."""
        left = shown(self.hass, self._entry.data.get(CONF_ROLES, {}).get(self._role.value))
        found = left or [one.entity_id for one in likely(self._role, guess_roles(self.hass)[self._role])]
        if ROLES[self._role].many:
            return found
        return found[0] if found else None
