"""What all entities of Cerebro share."""

from __future__ import annotations

from time import time
from typing import override

from homeassistant.helpers.device_registry import DeviceEntryType, DeviceInfo
from homeassistant.helpers.entity import CONTEXT_RECENT_TIME_SECONDS, Entity, EntityDescription

from .const import DOMAIN
from .core.pantry.model import PantryId, ShopId
from .managers import Cerebro
from .managers.pantry.fridge import Fridge
from .managers.pantry.manager import PantryManager
from .managers.routine import RoutineManager


class CerebroEntity(Entity):
    """An entity of Cerebro itself."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, cerebro: Cerebro, description: EntityDescription) -> None:
        """Belong to the entry's own device."""
        self.entity_description = description
        self.cerebro = cerebro
        self._attr_unique_id = f"{cerebro.entry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, cerebro.entry_id)},
            entry_type=DeviceEntryType.SERVICE,
            name="Cerebro",
        )

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what happens."""
        self.async_on_remove(self.cerebro.subscribe(self.async_write_ha_state))


class RoutineEntity(Entity):
    """An entity of a routine, which stays while the routine is edited."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, manager: RoutineManager, description: EntityDescription) -> None:
        """Belong to the routine's device."""
        self.entity_description = description
        self.audience = manager.audience
        self._cerebro = manager.cerebro
        self._routine_id = manager.routine.routine_id
        self._attr_unique_id = f"{self._routine_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, self._routine_id)},
            entry_type=DeviceEntryType.SERVICE,
            name=manager.routine.name,
        )

    @property
    def manager(self) -> RoutineManager:
        """The manager that keeps the routine going as it is set up now."""
        return self._cerebro.routines[self._routine_id]

    @property
    @override
    def available(self) -> bool:
        """Whether the routine could be set up."""
        return self._routine_id in self._cerebro.routines

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what happens to the routine."""
        self.async_on_remove(self.audience.subscribe(self.async_write_ha_state))


class HouseholdEntity(CerebroEntity):
    """An entity of all pantries together."""

    @property
    def pantry(self) -> PantryManager:
        """What keeps the pantries."""
        return self.cerebro.pantry

    @property
    def asked_by(self) -> str | None:
        """The user who has just asked for something; an older context may be that of somebody else."""
        if self._context is None or self._context_set is None:
            return None
        recent = time() - self._context_set <= CONTEXT_RECENT_TIME_SECONDS
        return self._context.user_id if recent else None

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what changes in the pantries."""
        self.async_on_remove(self.pantry.crier.household.subscribe(self.async_write_ha_state))


class SubentryEntity(Entity):
    """An entity of one pantry or one shop, which stays while it is edited."""

    _attr_has_entity_name = True
    _attr_should_poll = False

    def __init__(self, cerebro: Cerebro, subentry_id: str, name: str, description: EntityDescription) -> None:
        """Belong to the subentry's device."""
        self.entity_description = description
        self.pantry = cerebro.pantry
        self.subentry_id = subentry_id
        self._attr_unique_id = f"{subentry_id}_{description.key}"
        self._attr_device_info = DeviceInfo(
            identifiers={(DOMAIN, subentry_id)}, entry_type=DeviceEntryType.SERVICE, name=name
        )


class PantryEntity(SubentryEntity):
    """An entity of one pantry."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what its sensors tell."""
        own = self.pantry.crier.of(PantryId(self.subentry_id))
        self.async_on_remove(own.subscribe(self.async_write_ha_state))

    @property
    def fridge(self) -> Fridge | None:
        """What its sensors tell of it; nothing when it has none any more."""
        return self.pantry.fridges[PantryId(self.subentry_id)]


class ShopEntity(SubentryEntity):
    """An entity of one shop."""

    @override
    async def async_added_to_hass(self) -> None:
        """Follow what changes in the pantries."""
        self.async_on_remove(self.pantry.crier.household.subscribe(self.async_write_ha_state))

    @property
    def shop_id(self) -> ShopId:
        """Which shop it is."""
        return ShopId(self.subentry_id)
