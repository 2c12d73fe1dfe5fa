"""The form of a shop: where its list goes, what it sells, and when it can be reached."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import CONF_NAME
from homeassistant.core import HomeAssistant, callback
from homeassistant.data_entry_flow import section
from homeassistant.helpers.selector import (
    BooleanSelector,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..const import (
    CONF_CARRIES,
    CONF_DELIVERY,
    CONF_DESTINATION,
    CONF_TARGET,
    CONF_TIMES,
    CONF_ZONE,
    SUBENTRY_SHOP,
)
from ..core.pantry.categories import Category
from ..managers.texts import Texts
from .destination import destination_error, destination_schema, kept_destination, shown_destination
from .hours import hours_error, hours_selector, kept_hours, shown_hours
from .names import NamedFlow, name_error
from .references import kept_one, missing, shown_one


def shop_schema(texts: Texts) -> vol.Schema:
    """Return the form's fields."""
    return vol.Schema(
        {
            vol.Required(CONF_NAME): TextSelector(),
            vol.Required(CONF_DESTINATION): section(destination_schema()),
            vol.Optional(CONF_CARRIES): SelectSelector(
                SelectSelectorConfig(
                    options=[one.value for one in Category],
                    multiple=True,
                    sort=True,
                    translation_key="category",
                    mode=SelectSelectorMode.DROPDOWN,
                )
            ),
            vol.Optional(CONF_TIMES): hours_selector(texts),
            vol.Required(CONF_DELIVERY, default=False): BooleanSelector(),
            vol.Optional(CONF_ZONE): EntitySelector(
                EntitySelectorConfig(filter=[EntityWithDeviceFilterSelectorConfig(domain="zone")])
            ),
        }
    )


@callback
def shop_values(hass: HomeAssistant, title: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of a shop."""
    found = {
        CONF_NAME: title,
        CONF_DESTINATION: shown_destination(hass, data[CONF_DESTINATION], data[CONF_TARGET]),
        CONF_CARRIES: data.get(CONF_CARRIES),
        CONF_TIMES: shown_hours(data.get(CONF_TIMES) or ()),
        CONF_DELIVERY: data.get(CONF_DELIVERY),
        CONF_ZONE: shown_one(hass, data.get(CONF_ZONE)),
    }
    return {name: value for name, value in found.items() if value is not None}


@callback
def shop_data(hass: HomeAssistant, user_input: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is kept of a shop."""
    destination, target = kept_destination(hass, user_input[CONF_DESTINATION])
    chosen = set(user_input.get(CONF_CARRIES, ()))
    return {
        CONF_DESTINATION: destination.value,
        CONF_TARGET: target,
        CONF_CARRIES: [one.value for one in Category if one in chosen],
        CONF_TIMES: kept_hours(user_input.get(CONF_TIMES, ())),
        CONF_DELIVERY: user_input[CONF_DELIVERY],
        CONF_ZONE: kept_one(hass, user_input.get(CONF_ZONE)),
    }


@callback
def shop_errors(
    hass: HomeAssistant, user_input: Mapping[str, Any], others: Mapping[str, Any]
) -> dict[str, str]:
    """Return what is wrong with a shop, by field or section; ``others`` are the other shops by title."""
    found = {
        CONF_NAME: name_error(user_input[CONF_NAME].strip(), others),
        CONF_DESTINATION: destination_error(hass, user_input[CONF_DESTINATION]),
        CONF_TIMES: hours_error(user_input.get(CONF_TIMES, ())),
        CONF_ZONE: "entity_missing" if missing(hass, user_input.get(CONF_ZONE)) else None,
    }
    return {field: key for field, key in found.items() if key is not None}


class ShopFlow(NamedFlow):
    """Adds and changes shops."""

    kind = SUBENTRY_SHOP

    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Add a shop."""
        return await self._async_show_or_take("user", user_input, {})

    async def async_step_reconfigure(self, user_input: dict[str, Any] | None = None) -> SubentryFlowResult:
        """Change a shop."""
        subentry = self._get_reconfigure_subentry()
        values = shop_values(self.hass, subentry.title, subentry.data)
        return await self._async_show_or_take("reconfigure", user_input, values)

    async def _async_show_or_take(
        self, step_id: str, user_input: dict[str, Any] | None, values: Mapping[str, Any]
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = shop_errors(self.hass, user_input, self.others())
            if not errors:
                return self.keep(user_input[CONF_NAME].strip(), shop_data(self.hass, user_input))
            values = user_input
        schema = shop_schema(await Texts.load(self.hass))
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(schema, values),
            errors=errors,
        )
