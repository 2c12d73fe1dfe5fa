"""Where a shop's list goes: to one of several kinds of things, each with a field of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from homeassistant.components.mobile_app.const import DOMAIN as MOBILE_APP
from homeassistant.components.todo import TodoListEntityFeature
from homeassistant.const import ATTR_SUPPORTED_FEATURES
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    DeviceSelector,
    DeviceSelectorConfig,
    EntitySelector,
    EntitySelectorConfig,
    EntityWithDeviceFilterSelectorConfig,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
import voluptuous as vol
from yarl import URL

from ..const import DOMAIN
from ..managers.pantry.settings import Destination
from .occupant import can_be_notified
from .references import kept_one, missing, shown_one

LONGEST_ADDRESS: Final = 2000
SCHEMES: Final = frozenset({"http", "https"})
ENTITIES: Final = frozenset({Destination.TODO, Destination.NOTIFY})


def destination_schema() -> vol.Schema:
    """Return the fields of the form's section."""
    lists = EntityWithDeviceFilterSelectorConfig(
        domain="todo", supported_features=["todo.TodoListEntityFeature.CREATE_TODO_ITEM"]
    )
    return vol.Schema(
        {
            vol.Optional(Destination.TODO.value): EntitySelector(EntitySelectorConfig(filter=[lists])),
            vol.Optional(Destination.NOTIFY.value): EntitySelector(
                EntitySelectorConfig(filter=[EntityWithDeviceFilterSelectorConfig(domain="notify")])
            ),
            vol.Optional(Destination.PHONE.value): DeviceSelector(
                DeviceSelectorConfig(integration=MOBILE_APP)
            ),
            vol.Optional(Destination.WEBHOOK.value): TextSelector(
                TextSelectorConfig(type=TextSelectorType.URL)
            ),
        }
    )


@callback
def shown_destination(hass: HomeAssistant, destination: str, target: str) -> dict[str, str]:
    """Return what the section shows of where a list goes; nothing where that is gone."""
    shown = shown_one(hass, target) if destination in ENTITIES else target
    return {} if shown is None else {destination: shown}


@callback
def kept_destination(hass: HomeAssistant, given: Mapping[str, str]) -> tuple[Destination, str]:
    """Return what takes a list, and the reference, device or address of it."""
    (destination,) = _chosen(given)
    target = given[destination].strip()
    if destination in ENTITIES:
        return destination, kept_one(hass, target) or target
    return destination, target


@callback
def destination_error(hass: HomeAssistant, given: Mapping[str, str]) -> str | None:
    """Return the key of what is wrong with where a list goes."""
    chosen = _chosen(given)
    if not chosen:
        return "no_destination"
    if len(chosen) > 1:
        return "several_destinations"
    target = given[chosen[0]].strip()
    match chosen[0]:
        case Destination.TODO:
            return _list_error(hass, target)
        case Destination.NOTIFY:
            return "entity_missing" if missing(hass, target) else None
        case Destination.PHONE:
            return None if can_be_notified(hass, target) else "phone_unreachable"
    return _address_error(target)


def _chosen(given: Mapping[str, str]) -> list[Destination]:
    return [one for one in Destination if given.get(one, "").strip()]


def _list_error(hass: HomeAssistant, entity_id: str) -> str | None:
    """Return what is wrong with a list; into our own, what is sent would come back as a wish."""
    if missing(hass, entity_id):
        return "entity_missing"
    entry = er.async_get(hass).async_get(entity_id)
    if entry is not None and entry.platform == DOMAIN:
        return "own_list"
    state = hass.states.get(entity_id)
    features = None if state is None else state.attributes.get(ATTR_SUPPORTED_FEATURES)
    if features is None and entry is not None:
        features = entry.supported_features
    return None if (features or 0) & TodoListEntityFeature.CREATE_TODO_ITEM else "list_read_only"


def _address_error(address: str) -> str | None:
    """Return what is wrong with an address: a name and a password in it would be shown to everybody."""
    if len(address) > LONGEST_ADDRESS or any(char.isspace() or not char.isprintable() for char in address):
        return "address_invalid"
    try:
        url = URL(address)
    except ValueError:
        return "address_invalid"
    if url.scheme not in SCHEMES or not url.host:
        return "address_invalid"
    return None if url.user is None and url.password is None else "address_with_password"
