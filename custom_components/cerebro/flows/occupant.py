"""The form of an occupant: a person, their phone, and what tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.components.mobile_app.const import DOMAIN as MOBILE_APP
from homeassistant.components.mobile_app.util import get_notify_service, webhook_id_from_device_id
from homeassistant.config_entries import SOURCE_USER, ConfigSubentryFlow, SubentryFlowResult
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    DeviceSelector,
    DeviceSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
)
import voluptuous as vol

from ..const import (
    CONF_AWAY,
    CONF_BED,
    CONF_CALENDAR,
    CONF_NEXT_ALARM,
    CONF_PERSON,
    CONF_PHONE,
    CONF_WORKDAY,
    SUBENTRY_OCCUPANT,
)
from ..core.roles import Role, likely
from ..core.roles.words import folded
from ..managers import CerebroConfigEntry
from ..managers.candidates import guess_roles, next_alarm_of, persons, phone_of
from .references import called, kept, kept_one, missing, shown, shown_one
from .roles import role_selector

DAYS: Final = "days"
"""The section about the days to come."""


def _entity(
    *domains: str, device_class: str | None = None, integration: str | None = None, multiple: bool = False
) -> EntitySelector:
    allowed = EntityWithDeviceFilterSelectorConfig(domain=list(domains))
    if device_class is not None:
        allowed["device_class"] = device_class
    if integration is not None:
        allowed["integration"] = integration
    return EntitySelector(EntitySelectorConfig(filter=[allowed], multiple=multiple))


SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_PERSON): _entity("person"),
        vol.Optional(CONF_PHONE): DeviceSelector(DeviceSelectorConfig(integration=MOBILE_APP)),
        vol.Optional(CONF_BED): role_selector(Role.BED),
        vol.Required(DAYS): section(
            vol.Schema(
                {
                    vol.Optional(CONF_NEXT_ALARM): _entity("sensor", device_class="timestamp"),
                    vol.Optional(CONF_CALENDAR): _entity("calendar", multiple=True),
                    vol.Optional(CONF_WORKDAY): _entity("binary_sensor", integration="workday"),
                    vol.Optional(CONF_AWAY): _entity(
                        "binary_sensor", "calendar", "input_boolean", "schedule"
                    ),
                }
            ),
            {"collapsed": True},
        ),
    }
)


@callback
def proposed_occupant(hass: HomeAssistant, taken: set[str]) -> dict[str, Any]:
    """Return what the form proposes: the first person who is no occupant yet, with what is theirs.

    ``taken`` are the persons and the beds of the other occupants.
    """
    person = next((one for one in persons(hass) if one not in taken), None)
    if person is None:
        return {}
    phone = phone_of(hass, person)
    guesses = guess_roles(hass)
    workday = likely(Role.WORKDAY, guesses[Role.WORKDAY])
    days = {
        CONF_NEXT_ALARM: None if phone is None else next_alarm_of(hass, phone),
        CONF_WORKDAY: workday[0].entity_id if workday else None,
    }
    found = {
        CONF_PERSON: person,
        CONF_PHONE: phone if phone is not None and can_be_notified(hass, phone) else None,
        CONF_BED: _beds_of(
            hass, person, {one.entity_id for one in likely(Role.BED, guesses[Role.BED])} - taken
        ),
    }
    return {key: value for key, value in found.items() if value} | {
        DAYS: {key: value for key, value in days.items() if value}
    }


def _beds_of(hass: HomeAssistant, person: str, beds: set[str]) -> list[str]:
    """Return the beds that are called after a person, else all that are left: who lies where is not known."""
    name = folded(called(hass, person))
    return sorted(bed for bed in beds if name in folded(called(hass, bed))) or sorted(beds)


@callback
def occupant_values(hass: HomeAssistant, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of an occupant."""
    days = {
        CONF_NEXT_ALARM: shown_one(hass, data.get(CONF_NEXT_ALARM)),
        CONF_CALENDAR: shown(hass, data.get(CONF_CALENDAR)),
        CONF_WORKDAY: shown_one(hass, data.get(CONF_WORKDAY)),
        CONF_AWAY: shown_one(hass, data.get(CONF_AWAY)),
    }
    found = {
        CONF_PERSON: shown_one(hass, data.get(CONF_PERSON)),
        CONF_PHONE: data.get(CONF_PHONE),
        CONF_BED: shown(hass, data.get(CONF_BED)),
    }
    return {key: value for key, value in found.items() if value} | {
        DAYS: {key: value for key, value in days.items() if value}
    }


@callback
def occupant_data(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of an occupant."""
    days = user_input[DAYS]
    return {
        CONF_PERSON: kept_one(hass, user_input[CONF_PERSON]),
        CONF_PHONE: user_input.get(CONF_PHONE),
        CONF_BED: kept(hass, user_input.get(CONF_BED)),
        CONF_NEXT_ALARM: kept_one(hass, days.get(CONF_NEXT_ALARM)),
        CONF_CALENDAR: kept(hass, days.get(CONF_CALENDAR)),
        CONF_WORKDAY: kept_one(hass, days.get(CONF_WORKDAY)),
        CONF_AWAY: kept_one(hass, days.get(CONF_AWAY)),
    }


@callback
def occupant_errors(hass: HomeAssistant, user_input: Mapping[str, Any], taken: set[str]) -> dict[str, str]:
    """Return what is wrong with an occupant, by field; ``taken`` are the persons of the other occupants."""
    errors: dict[str, str] = {}
    person = user_input[CONF_PERSON]
    if missing(hass, person):
        errors[CONF_PERSON] = "entity_missing"
    elif person in taken:
        errors[CONF_PERSON] = "already_occupant"
    phone = user_input.get(CONF_PHONE)
    if phone is not None and not can_be_notified(hass, phone):
        errors[CONF_PHONE] = "phone_unreachable"
    if missing(hass, user_input.get(CONF_BED)):
        errors[CONF_BED] = "entity_missing"
    if any(missing(hass, chosen) for chosen in user_input[DAYS].values()):
        errors[DAYS] = "entity_missing"
    return errors


@callback
def can_be_notified(hass: HomeAssistant, device_id: str) -> bool:
    """Return whether a phone takes notifications."""
    webhook_id = webhook_id_from_device_id(hass, device_id)
    return webhook_id is not None and get_notify_service(hass, webhook_id) is not None


class OccupantFlow(ConfigSubentryFlow):
    """Adds and changes occupants."""

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add an occupant."""
        return self._show_or_take(user_input, proposed_occupant(self.hass, self._taken()))

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change an occupant."""
        subentry = self._get_reconfigure_subentry()
        return self._show_or_take(
            user_input, occupant_values(self.hass, subentry.data), except_for=subentry.subentry_id
        )

    def _show_or_take(
        self, user_input: dict[str, Any] | None, values: Mapping[str, Any], except_for: str | None = None
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = occupant_errors(self.hass, user_input, self._taken(except_for))
            if not errors:
                return self._keep(user_input)
            values = user_input
        return self.async_show_form(
            step_id="user" if except_for is None else "reconfigure",
            data_schema=self.add_suggested_values_to_schema(SCHEMA, values),
            errors=errors,
        )

    def _keep(self, user_input: Mapping[str, Any]) -> SubentryFlowResult:
        data = occupant_data(self.hass, user_input)
        title = called(self.hass, user_input[CONF_PERSON])
        if self.source == SOURCE_USER:
            return self.async_create_entry(title=title, data=data, unique_id=data[CONF_PERSON])
        return self.async_update_and_abort(
            self._get_entry(),
            self._get_reconfigure_subentry(),
            title=title,
            data_updates=data,
            unique_id=data[CONF_PERSON],
        )

    def _taken(self, except_for: str | None = None) -> set[str]:
        """Return the persons and the beds of the other occupants, by entity id."""
        entry: CerebroConfigEntry = self._get_entry()
        return {
            entity_id
            for subentry in entry.subentries.values()
            if subentry.subentry_type == SUBENTRY_OCCUPANT and subentry.subentry_id != except_for
            for field in (CONF_PERSON, CONF_BED)
            for entity_id in shown(self.hass, subentry.data.get(field))
        }
