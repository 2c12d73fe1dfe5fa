"""The shops' destinations of which nothing comes back: a phone, a notifier, an address of the user's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from homeassistant.components.notify.const import ATTR_DATA, ATTR_MESSAGE, ATTR_TITLE
from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN
from ..companion import NOTIFY, notify_action
from ..home import resolve
from .settings import Destination, ShopSetup
from .webhook import async_tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A shop's list as it is sent."""

    title: str
    lines: tuple[str, ...]
    items: tuple[Mapping[str, Any], ...]
    """The same for programs."""


class Taker(Protocol):
    """Takes a list to where it goes."""

    async def __call__(self, hass: HomeAssistant, shop: ShopSetup, parcel: Parcel) -> None:
        """Take it there, once.

        Raises:
            HomeAssistantError: when it cannot be.
        """
        ...


async def _async_notify(hass: HomeAssistant, shop: ShopSetup, parcel: Parcel) -> None:
    """Tell a notify entity, such as one that writes an e-mail."""
    found = resolve(er.async_get(hass), (shop.target,))
    if not found or hass.states.get(found[0]) is None:
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="shop_list_missing",
            translation_placeholders={"shop": shop.name},
        )
    fields = {ATTR_MESSAGE: "\n".join(parcel.lines), ATTR_TITLE: parcel.title}
    await hass.services.async_call(
        NOTIFY,
        "send_message",
        fields,
        blocking=True,
        target={ATTR_ENTITY_ID: found[0]},
        context=Context(),
    )


async def _async_phone(hass: HomeAssistant, shop: ShopSetup, parcel: Parcel) -> None:
    """Tell a phone, in place of what it was told for that shop before."""
    data = {"tag": f"cerebro_list_{shop.shop_id}", "group": "cerebro"}
    fields = {ATTR_MESSAGE: "\n".join(parcel.lines), ATTR_TITLE: parcel.title, ATTR_DATA: data}
    action = notify_action(hass, shop.target)
    await hass.services.async_call(NOTIFY, action, fields, blocking=True, context=Context())


async def _async_webhook(hass: HomeAssistant, shop: ShopSetup, parcel: Parcel) -> None:
    """Tell an address of the user's."""
    told = {"shop": shop.name, "title": parcel.title, "items": [dict(item) for item in parcel.items]}
    await async_tell(hass, shop.target, shop.name, told)


TAKERS: Final[Mapping[Destination, Taker]] = {
    Destination.NOTIFY: _async_notify,
    Destination.PHONE: _async_phone,
    Destination.WEBHOOK: _async_webhook,
}
"""Who takes a list where; a todo entity is read as well as written, see :mod:`.syncing`."""


async def async_take(hass: HomeAssistant, shop: ShopSetup, parcel: Parcel) -> None:
    """Take a list to where it goes, whatever it is that takes it.

    Raises:
        HomeAssistantError: when it cannot be taken there.
    """
    try:
        await TAKERS[shop.destination](hass, shop, parcel)
    except HomeAssistantError:
        raise
    except Exception as error:  # A notifier is another's code: whatever it raises ends with its shop.
        raise HomeAssistantError(
            translation_domain=DOMAIN,
            translation_key="shop_list_failed",
            translation_placeholders={"shop": shop.name},
        ) from error
