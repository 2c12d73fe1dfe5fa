"""What Cerebro may do besides its routines."""

from __future__ import annotations

from typing import Any, Final

from homeassistant.config_entries import ConfigFlowResult, OptionsFlow
from homeassistant.helpers.selector import BooleanSelector
import voluptuous as vol

from ..const import CONF_INSTALL_BLUEPRINTS

SCHEMA: Final = vol.Schema({vol.Required(CONF_INSTALL_BLUEPRINTS, default=False): BooleanSelector()})


class CerebroOptionsFlow(OptionsFlow):
    """Asks what Cerebro may do."""

    async def async_step_init(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        schema = self.add_suggested_values_to_schema(SCHEMA, self.config_entry.options)
        return self.async_show_form(step_id="init", data_schema=schema)
