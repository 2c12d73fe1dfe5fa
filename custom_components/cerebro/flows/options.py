"""What Cerebro may do besides its routines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
)
import voluptuous as vol

from ..const import (
    CONF_AI_TASK,
    CONF_INSTALL_BLUEPRINTS,
    CONF_OPEN_FOOD_FACTS,
    CONF_PANTRY_AUTONOMY,
    CONF_SCANNERS,
)
from ..core.autonomy import Autonomy
from ..core.egress import OPEN_FOOD_FACTS
from .references import kept, kept_one, missing, shown, shown_one

SCANNER_DOMAINS: Final = ("event", "sensor", "text", "input_text")
"""What a barcode scanner can be in Home Assistant."""
SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_INSTALL_BLUEPRINTS, default=False): BooleanSelector(),
        vol.Required(CONF_PANTRY_AUTONOMY, default=Autonomy.SUGGEST.value): SelectSelector(
            SelectSelectorConfig(
                options=[one.value for one in Autonomy],
                translation_key="autonomy",
                mode=SelectSelectorMode.LIST,
            )
        ),
        vol.Required(CONF_OPEN_FOOD_FACTS, default=False): BooleanSelector(),
        vol.Optional(CONF_SCANNERS): EntitySelector(
            EntitySelectorConfig(
                filter=[EntityWithDeviceFilterSelectorConfig(domain=list(SCANNER_DOMAINS))], multiple=True
            )
        ),
        vol.Optional(CONF_AI_TASK): EntitySelector(
            EntitySelectorConfig(filter=[EntityWithDeviceFilterSelectorConfig(domain="ai_task")])
        ),
    }
)


@callback
def option_values(hass: HomeAssistant, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of the options."""
    found = {
        **options,
        CONF_AI_TASK: shown_one(hass, options.get(CONF_AI_TASK)),
        CONF_SCANNERS: shown(hass, options.get(CONF_SCANNERS)),
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


@callback
def option_data(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as they are kept."""
    found = {
        **user_input,
        CONF_AI_TASK: kept_one(hass, user_input.get(CONF_AI_TASK)),
        CONF_SCANNERS: kept(hass, user_input.get(CONF_SCANNERS)),
    }
    return {name: value for name, value in found.items() if value not in (None, [])}


class CerebroOptionsFlow(OptionsFlow):
    """Asks what Cerebro may do."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask."""
        errors: dict[str, str] = {}
        values = option_values(self.hass, self.config_entry.options)
        if user_input is not None:
            errors = {
                field: "entity_missing"
                for field in (CONF_SCANNERS, CONF_AI_TASK)
                if missing(self.hass, user_input.get(field))
            }
            if not errors:
                return self.async_create_entry(data=option_data(self.hass, user_input))
            values = user_input
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(SCHEMA, values),
            errors=errors,
            description_placeholders={"host": OPEN_FOOD_FACTS},
        )
