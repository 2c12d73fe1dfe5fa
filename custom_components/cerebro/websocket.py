"""What pages ask of Cerebro over Home Assistant's websocket: scanning, and following the stock."""

from __future__ import annotations

from typing import Any

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.components.websocket_api.messages import event_message
from homeassistant.config_entries import (
    SIGNAL_CONFIG_ENTRY_CHANGED,
    ConfigEntry,
    ConfigEntryChange,
    ConfigEntryState,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.dispatcher import async_dispatcher_connect
import voluptuous as vol

from .actions.loaded import loaded
from .actions.pantry import SCAN, scan_of
from .const import DOMAIN
from .managers.pantry.keeper import Asked
from .managers.pantry.manager import PantryManager


@callback
def async_setup_websocket(hass: HomeAssistant) -> None:
    """Offer the commands."""
    for command in (scan, subscribe):
        websocket_api.async_register_command(hass, command)


@websocket_api.websocket_command({vol.Required("type"): "cerebro/pantry/scan", **SCAN})
@websocket_api.async_response
async def scan(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Book what a scanned code is on, and answer what came of it."""
    try:
        pantry = loaded(hass).pantry
        asked = Asked(context="scan", by=connection.user.id)
        change = await pantry.scanner.async_scan(scan_of(pantry, message), asked)
    except ServiceValidationError as error:
        refuse(connection, message, websocket_api.ERR_SERVICE_VALIDATION_ERROR, error)
    except HomeAssistantError as error:
        refuse(connection, message, websocket_api.ERR_HOME_ASSISTANT_ERROR, error)
    else:
        connection.send_result(message["id"], pantry.said(change))


@websocket_api.websocket_command({vol.Required("type"): "cerebro/pantry/subscribe"})
@callback
def subscribe(hass: HomeAssistant, connection: ActiveConnection, message: dict[str, Any]) -> None:
    """Send the stock, now and whenever it changes."""
    try:
        pantry = loaded(hass).pantry
    except ServiceValidationError as error:
        refuse(connection, message, websocket_api.ERR_SERVICE_VALIDATION_ERROR, error)
        return

    following = _Following(hass, connection, message["id"], pantry)
    connection.subscriptions[message["id"]] = following.end
    connection.send_result(message["id"])
    following.send()


class _Following:
    """A page that follows the stock, whoever keeps it: Cerebro may be set up anew meanwhile."""

    def __init__(
        self, hass: HomeAssistant, connection: ActiveConnection, message_id: int, pantry: PantryManager
    ) -> None:
        """Begin to follow."""
        self._connection = connection
        self._message_id = message_id
        self._pantry = pantry
        self._leave = pantry.crier.household.subscribe(self.send)
        self._end = async_dispatcher_connect(hass, SIGNAL_CONFIG_ENTRY_CHANGED, self._entry_changed)

    @callback
    def send(self) -> None:
        """Send the stock."""
        self._connection.send_message(event_message(self._message_id, _stock(self._pantry)))

    @callback
    def end(self) -> None:
        """Follow it no more."""
        self._leave()
        self._end()

    @callback
    def _entry_changed(self, _: ConfigEntryChange, entry: ConfigEntry) -> None:
        if entry.domain != DOMAIN or entry.state is not ConfigEntryState.LOADED:
            return
        pantry: PantryManager = entry.runtime_data.pantry
        if pantry is not self._pantry:
            self._leave()
            self._pantry, self._leave = pantry, pantry.crier.household.subscribe(self.send)
            self.send()


def refuse(
    connection: ActiveConnection, message: dict[str, Any], code: str, error: HomeAssistantError
) -> None:
    """Answer that something was refused, so that the page can say why in the user's language."""
    connection.send_error(
        message["id"],
        code,
        str(error),
        translation_key=error.translation_key,
        translation_domain=error.translation_domain,
        translation_placeholders=error.translation_placeholders,
    )


def _stock(pantry: PantryManager) -> dict[str, Any]:
    stock = pantry.books.stock
    there = sorted(
        (stock.products[product_id] for product_id in stock.products_there()),
        key=lambda product: (product.name, product.product_id),
    )
    return {"products": [pantry.view.product(product, stock) for product in there]}
