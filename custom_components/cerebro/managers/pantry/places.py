"""The pantries and shops there are, and the entities that come and go with them."""

from __future__ import annotations

from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er

from ...const import DOMAIN
from ...core.pantry.model import PantryId, ShopId
from ..arrivals import Arrivals
from .settings import PantrySetup, ShopSetup, pantries_from, shops_from

HOUSEHOLD: Final = "household"
"""What comes with the first pantry or shop, and goes with the last."""


class Places:
    """Follows the entry's pantries and shops."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Take the entry, and know of none yet."""
        self._hass = hass
        self._entry = entry
        self.pantries: dict[PantryId, PantrySetup] = {}
        self.shops: dict[ShopId, ShopSetup] = {}
        self.household = Arrivals[str]()
        self.each_pantry = Arrivals[PantrySetup]()
        self.each_thermometer = Arrivals[PantrySetup]()
        self.each_door = Arrivals[PantrySetup]()
        self.each_shop = Arrivals[ShopSetup]()

    @callback
    def follow_entry(self) -> tuple[list[PantrySetup], set[PantryId], set[ShopId]]:
        """Bring the entities in line with the entry.

        Return the pantries that are new or changed, and the pantries and the shops that are gone.
        """
        pantries, shops = pantries_from(self._entry), shops_from(self._entry)
        changed = [setup for key, setup in pantries.items() if self.pantries.get(key) != setup]
        gone, gone_shops = self.pantries.keys() - pantries.keys(), self.shops.keys() - shops.keys()
        self.pantries, self.shops = pantries, shops
        for pantry_id in gone:
            for arrivals in (self.each_pantry, self.each_thermometer, self.each_door):
                arrivals.go(pantry_id)
        for shop_id in gone_shops:
            self.each_shop.go(shop_id)
        for setup in changed:
            self._show(setup)
        for shop_id, shop in shops.items():
            self._rename(shop_id, shop.name)
            self.each_shop.come(shop_id, shop)
        if pantries or shops:
            self.household.come(HOUSEHOLD, HOUSEHOLD)
        elif self.household.go(HOUSEHOLD):
            self._remove_household()
        return changed, gone, gone_shops

    def _show(self, setup: PantrySetup) -> None:
        """Have the entities of a pantry made, and those removed of which nothing tells any more."""
        key = setup.pantry.pantry_id
        self._rename(key, setup.pantry.name)
        self.each_pantry.come(key, setup)
        for there, arrivals, name in (
            (setup.temperature, self.each_thermometer, "warm_hours"),
            (setup.door, self.each_door, "door_open_too_long"),
        ):
            if there is not None:
                arrivals.come(key, setup)
            elif arrivals.go(key):
                self._remove(f"{key}_{name}")

    def _rename(self, subentry_id: str, name: str) -> None:
        registry = dr.async_get(self._hass)
        device = registry.async_get_device_by_identifier((DOMAIN, subentry_id), self._entry.entry_id)
        if device is not None and device.name != name:
            registry.async_update_device(device.id, name=name)

    def _remove(self, unique_id: str) -> None:
        registry = er.async_get(self._hass)
        for entry in er.async_entries_for_config_entry(registry, self._entry.entry_id):
            if entry.unique_id == unique_id:
                registry.async_remove(entry.entity_id)

    def _remove_household(self) -> None:
        """Remove the entities of the household: those of Cerebro's own device, but for what it is itself."""
        registry, own = er.async_get(self._hass), f"{self._entry.entry_id}_cerebro"
        for entry in er.async_entries_for_config_entry(registry, self._entry.entry_id):
            if entry.config_subentry_id is None and entry.unique_id != own:
                registry.async_remove(entry.entity_id)
