"""What pages ask of Cerebro over Home Assistant's websocket: scanning, and following the stock."""

from __future__ import annotations

from typing import Any

from homeassistant.components import websocket_api
from homeassistant.components.websocket_api import ActiveConnection
from homeassistant.components.websocket_api.messages import event_message
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import voluptuous as vol

from .actions.loaded import loaded
from .actions.pantry import SCAN, scan_of
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

    @callback
    def send() -> None:
        connection.send_message(event_message(message["id"], _stock(pantry)))

    connection.subscriptions[message["id"]] = pantry.crier.household.subscribe(send)
    connection.send_result(message["id"])
    send()


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
