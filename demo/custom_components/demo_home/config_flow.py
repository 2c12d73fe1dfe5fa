"""Setting the demo home up."""

from __future__ import annotations

from typing import Any, Final, override

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult, OptionsFlowWithReload
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
)
import voluptuous as vol

from .const import CONF_PACE, CONF_RESIDENT, CONF_SEED, DEFAULT_PACE, DEFAULT_SEED, DOMAIN, REAL_PACE
from .simulation import DemoHomeConfigEntry

SCHEMA: Final = vol.Schema(
    {
        vol.Required(CONF_SEED, default=DEFAULT_SEED): NumberSelector(
            NumberSelectorConfig(min=0, max=9999, step=1, mode=NumberSelectorMode.BOX)
        ),
        vol.Required(CONF_PACE, default=DEFAULT_PACE): NumberSelector(
            NumberSelectorConfig(
                min=0.5, max=REAL_PACE, step=0.1, mode=NumberSelectorMode.BOX, unit_of_measurement="s"
            )
        ),
        vol.Required(CONF_RESIDENT, default=True): BooleanSelector(),
    }
)


class DemoHomeConfigFlow(ConfigFlow, domain=DOMAIN):
    """Asks who lives there and how fast their time runs."""

    VERSION = 1

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: DemoHomeConfigEntry) -> DemoHomeOptionsFlow:
        """Return the flow that changes it later."""
        return DemoHomeOptionsFlow()

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask, then build the home."""
        if user_input is None:
            return self.async_show_form(step_id="user", data_schema=SCHEMA)
        return self.async_create_entry(title="Demo home", data={}, options=user_input)


class DemoHomeOptionsFlow(OptionsFlowWithReload):
    """Asks the same again."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask, then build the home anew."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        schema = self.add_suggested_values_to_schema(SCHEMA, self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=schema)
