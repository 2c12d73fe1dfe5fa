"""The form of a pantry: a place where things are kept, and what tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import CONF_NAME, UnitOfTime
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..const import (
    CONF_DOOR,
    CONF_DOOR_LIMIT,
    CONF_PLACE,
    CONF_SHELF_LIFE,
    CONF_TEMPERATURE,
    SUBENTRY_PANTRY,
)
from ..core.pantry.fittings import DOOR_CLASSES, fittings
from ..core.pantry.model import Place
from ..managers.candidates import facts_of
from ..managers.pantry.settings import DOOR_LIMIT
from ..managers.texts import Texts
from .durations import duration_selector, kept_seconds, shown_duration, too_long
from .names import NamedFlow, free_name, name_error
from .references import kept_one, missing, shown, shown_one

LIMITS: Final = "limits"
"""The section about what is usual there."""
PLACES: Final = "place"
"""The key of what the places are called."""
LONGEST_SHELF_LIFE: Final = 3650
"""Nothing that is eaten lasts for more days than these."""
SENSORS: Final = (CONF_TEMPERATURE, CONF_DOOR)

SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_PLACE): SelectSelector(
            SelectSelectorConfig(
                options=[place.value for place in Place],
                translation_key=PLACES,
                mode=SelectSelectorMode.LIST,
            )
        ),
        vol.Optional(CONF_TEMPERATURE): EntitySelector(
            EntitySelectorConfig(
                filter=[EntityWithDeviceFilterSelectorConfig(domain="sensor", device_class="temperature")]
            )
        ),
        vol.Optional(CONF_DOOR): EntitySelector(
            EntitySelectorConfig(
                filter=[
                    EntityWithDeviceFilterSelectorConfig(
                        domain="binary_sensor", device_class=list(DOOR_CLASSES)
                    )
                ]
            )
        ),
        vol.Required(LIMITS): section(
            vol.Schema(
                {
                    vol.Optional(CONF_DOOR_LIMIT): duration_selector(),
                    vol.Optional(CONF_SHELF_LIFE): NumberSelector(
                        NumberSelectorConfig(
                            min=1,
                            max=LONGEST_SHELF_LIFE,
                            step=1,
                            mode=NumberSelectorMode.BOX,
                            unit_of_measurement=UnitOfTime.DAYS,
                        )
                    ),
                }
            ),
            {"collapsed": True},
        ),
    }
)


@callback
def proposed_pantry(
    hass: HomeAssistant, texts: Texts, others: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return what the form proposes: a place that is no pantry yet, with the sensors called after it.

    ``others`` are the other pantries, as they are kept, by title.
    """
    places = {other[CONF_PLACE] for other in others.values()}
    place = next((one for one in Place if one not in places), Place.FRIDGE)
    taken = {
        entity_id
        for other in others.values()
        for field in SENSORS
        for entity_id in shown(hass, other.get(field))
    }
    found = fittings(facts_of(hass), place, taken=taken)
    sensors = {CONF_TEMPERATURE: found.temperature, CONF_DOOR: found.door}
    return {
        CONF_NAME: free_name(texts.option(PLACES, place), others),
        CONF_PLACE: place.value,
        LIMITS: {CONF_DOOR_LIMIT: shown_duration(DOOR_LIMIT)},
    } | {field: entity_id for field, entity_id in sensors.items() if entity_id is not None}


@callback
def pantry_values(hass: HomeAssistant, title: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a pantry."""
    limits = {
        CONF_DOOR_LIMIT: shown_duration(data.get(CONF_DOOR_LIMIT)),
        CONF_SHELF_LIFE: data.get(CONF_SHELF_LIFE),
    }
    found = {
        CONF_NAME: title,
        CONF_PLACE: data[CONF_PLACE],
        CONF_TEMPERATURE: shown_one(hass, data.get(CONF_TEMPERATURE)),
        CONF_DOOR: shown_one(hass, data.get(CONF_DOOR)),
        LIMITS: {name: value for name, value in limits.items() if value is not None},
    }
    return {name: value for name, value in found.items() if value is not None}


@callback
def pantry_data(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a pantry."""
    limits = user_input[LIMITS]
    days = limits.get(CONF_SHELF_LIFE)
    return {
        CONF_PLACE: user_input[CONF_PLACE],
        CONF_TEMPERATURE: kept_one(hass, user_input.get(CONF_TEMPERATURE)),
        CONF_DOOR: kept_one(hass, user_input.get(CONF_DOOR)),
        CONF_DOOR_LIMIT: kept_seconds(limits.get(CONF_DOOR_LIMIT)),
        CONF_SHELF_LIFE: None if days is None else round(days),
    }


@callback
def pantry_errors(
    hass: HomeAssistant, user_input: Mapping[str, Any], others: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with a pantry, by field or section; ``others`` are the other pantries by title."""
    errors: dict[str, str] = {}
    if (key := name_error(user_input[CONF_NAME].strip(), others)) is not None:
        errors[CONF_NAME] = key
    for field in SENSORS:
        if missing(hass, user_input.get(field)):
            errors[field] = "entity_missing"
    limit = kept_seconds(user_input[LIMITS].get(CONF_DOOR_LIMIT))
    if limit == 0:
        errors[LIMITS] = "door_limit_zero"
    elif too_long(limit):
        errors[LIMITS] = "door_limit_too_long"
    return errors


class PantryFlow(NamedFlow):
    """Adds and changes pantries."""

    kind = SUBENTRY_PANTRY

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a pantry."""
        values = proposed_pantry(self.hass, await Texts.load(self.hass), self.others())
        return self._show_or_take("user", user_input, values)

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change a pantry."""
        subentry = self._get_reconfigure_subentry()
        values = pantry_values(self.hass, subentry.title, subentry.data)
        return self._show_or_take("reconfigure", user_input, values)

    def _show_or_take(
        self, step_id: str, user_input: dict[str, Any] | None, values: Mapping[str, Any]
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = pantry_errors(self.hass, user_input, self.others())
            if not errors:
                return self.keep(user_input[CONF_NAME].strip(), pantry_data(self.hass, user_input))
            values = user_input
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(SCHEMA, values),
            errors=errors,
        )
