"""Setting Cerebro up: the home, who lives there, and their first routine, in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryDataWithId,
    ConfigSubentryFlow,
)
from homeassistant.const import CONF_NAME
from homeassistant.core import callback
from homeassistant.util.ulid import ulid_now

from .const import (
    CONF_PERSON,
    CONF_ROLES,
    DOMAIN,
    SUBENTRY_OCCUPANT,
    SUBENTRY_PANTRY,
    SUBENTRY_ROUTINE,
    SUBENTRY_SHOP,
)
from .flows.occupant import (
    SCHEMA as OCCUPANT_SCHEMA,
)
from .flows.occupant import (
    OccupantFlow,
    occupant_data,
    occupant_errors,
    proposed_occupant,
)
from .flows.options import CerebroOptionsFlow
from .flows.pantry import PantryFlow
from .flows.references import called
from .flows.roles import guessed_values, kept_values, read_roles, reasons, role_errors, roles_schema
from .flows.routine import (
    RoutineFlow,
    Surroundings,
    async_routine_errors,
    proposed_routine,
    routine_data,
    routine_schema,
)
from .flows.shop import ShopFlow
from .managers import CerebroConfigEntry
from .managers.candidates import guess_roles
from .managers.texts import Texts


class CerebroConfigFlow(ConfigFlow, domain=DOMAIN):
    """Sets Cerebro up."""

    VERSION = 1

    def __init__(self) -> None:
        """Know nothing yet."""
        self._roles: dict[str, list[str]] = {}
        self._occupant: dict[str, Any] = {}
        self._name = ""
        self._occupant_id = ulid_now()

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what there can be several of."""
        return {
            SUBENTRY_OCCUPANT: OccupantFlow,
            SUBENTRY_ROUTINE: RoutineFlow,
            SUBENTRY_PANTRY: PantryFlow,
            SUBENTRY_SHOP: ShopFlow,
        }

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: CerebroConfigEntry) -> CerebroOptionsFlow:
        """Return the flow that changes the options."""
        return CerebroOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show what each entity seems to be for, and take what the user makes of it."""
        if user_input is not None and not role_errors(self.hass, user_input):
            self._roles = read_roles(self.hass, user_input)
            return await self.async_step_occupant()
        return await self._async_ask_roles("user", user_input, guessed_values(guess_roles(self.hass)))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Change what each entity is for."""
        entry = self._get_reconfigure_entry()
        if user_input is not None and not role_errors(self.hass, user_input):
            roles = read_roles(self.hass, user_input)
            return self.async_update_and_abort(entry, data_updates={CONF_ROLES: roles})
        values = kept_values(self.hass, entry.data.get(CONF_ROLES, {}))
        return await self._async_ask_roles("reconfigure", user_input, values)

    async def async_step_occupant(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask who is served."""
        errors: dict[str, str] = {}
        values = proposed_occupant(self.hass, set())
        if user_input is not None:
            errors = occupant_errors(self.hass, user_input, set())
            if not errors:
                self._occupant = occupant_data(self.hass, user_input)
                self._name = called(self.hass, user_input[CONF_PERSON])
                return await self.async_step_routine()
            values = user_input
        return self.async_show_form(
            step_id="occupant",
            data_schema=self.add_suggested_values_to_schema(OCCUPANT_SCHEMA, values),
            errors=errors,
            last_step=False,
        )

    async def async_step_routine(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask when they wake and what is done then."""
        around = Surroundings(
            texts=await Texts.load(self.hass),
            roles=frozenset(self._roles),
            occupants={self._occupant_id: self._occupant},
            names={self._occupant_id: self._name},
        )
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        values = proposed_routine(around)
        if user_input is not None:
            errors, placeholders = await async_routine_errors(self.hass, around, user_input)
            if not errors:
                return self._create(around, user_input)
            values = user_input
        return self.async_show_form(
            step_id="routine",
            data_schema=self.add_suggested_values_to_schema(routine_schema(around, ask_whom=False), values),
            errors=errors,
            description_placeholders=placeholders | {"name": self._name},
            last_step=True,
        )

    async def _async_ask_roles(
        self, step_id: str, user_input: dict[str, Any] | None, proposed: Mapping[str, Any]
    ) -> ConfigFlowResult:
        values = proposed if user_input is None else user_input
        guesses = guess_roles(self.hass)
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(roles_schema(), values),
            errors={} if user_input is None else role_errors(self.hass, user_input),
            description_placeholders=reasons(self.hass, await Texts.load(self.hass), guesses, values),
            last_step=step_id == "reconfigure",
        )

    def _create(self, around: Surroundings, user_input: Mapping[str, Any]) -> ConfigFlowResult:
        """Create the entry with its first occupant, whom the first routine names, and that routine."""
        occupant = ConfigSubentryDataWithId(
            subentry_id=self._occupant_id,
            subentry_type=SUBENTRY_OCCUPANT,
            title=self._name,
            unique_id=self._occupant[CONF_PERSON],
            data=self._occupant,
        )
        routine = ConfigSubentryData(
            subentry_type=SUBENTRY_ROUTINE,
            title=user_input[CONF_NAME].strip(),
            unique_id=None,
            data=routine_data(around, user_input),
        )
        return self.async_create_entry(
            title="Cerebro", data={CONF_ROLES: self._roles}, subentries=[occupant, routine]
        )
