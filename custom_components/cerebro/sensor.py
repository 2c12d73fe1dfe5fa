"""Sensors: where Cerebro and each routine is, what the pantry holds, and what each shop is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, override

from homeassistant.components.sensor import (
    SensorDeviceClass,
    SensorEntity,
    SensorEntityDescription,
    SensorStateClass,
)
from homeassistant.const import UnitOfMass, UnitOfTime
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback

from .core.pantry.model import ShopId
from .core.pantry.quantity import WHOLE
from .entity import CerebroEntity, HouseholdEntity, PantryEntity, RoutineEntity, ShopEntity
from .managers import Cerebro, CerebroConfigEntry
from .managers.pantry.fridge import Fridge
from .managers.pantry.manager import PantryManager
from .managers.pantry.settings import PantrySetup, ShopSetup
from .managers.routine import RoutineManager
from .managers.view import STATUSES, attributes_of, step_states

PARALLEL_UPDATES = 0


@dataclass(frozen=True, kw_only=True)
class RoutineSensorDescription(SensorEntityDescription):
    """A sensor of a routine, with where its value comes from."""

    value: Callable[[RoutineManager], str | datetime | None]
    attributes: Callable[[RoutineManager], Mapping[str, Any] | None] = lambda _: None


@dataclass(frozen=True, kw_only=True)
class HouseholdSensorDescription(SensorEntityDescription):
    """A sensor of all pantries together, with where its value comes from."""

    value: Callable[[PantryManager], float | datetime | None]
    names: Callable[[PantryManager], list[str]] | None = None
    """Which products it counts."""
    in_currency: bool = False
    monthly: bool = False
    """Whether it begins anew with each month."""


@dataclass(frozen=True, kw_only=True)
class PantrySensorDescription(SensorEntityDescription):
    """A sensor of one pantry, with where its value comes from."""

    value: Callable[[Fridge], float | None]


@dataclass(frozen=True, kw_only=True)
class ShopSensorDescription(SensorEntityDescription):
    """A sensor of one shop, with where its value comes from."""

    value: Callable[[PantryManager, ShopId], int | datetime | None]


MAIN = SensorEntityDescription(
    key="cerebro",
    name=None,
    translation_key="cerebro",
    device_class=SensorDeviceClass.ENUM,
    options=list(STATUSES),
)

ROUTINE_SENSORS: tuple[RoutineSensorDescription, ...] = (
    RoutineSensorDescription(
        key="status",
        translation_key="status",
        device_class=SensorDeviceClass.ENUM,
        options=list(STATUSES),
        value=lambda manager: manager.status,
        attributes=step_states,
    ),
    RoutineSensorDescription(
        key="next_wake",
        translation_key="next_wake",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda manager: manager.next_wake,
    ),
)


HOUSEHOLD_SENSORS: tuple[HouseholdSensorDescription, ...] = (
    HouseholdSensorDescription(
        key="products_in_stock",
        translation_key="products_in_stock",
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda pantry: pantry.glance.products,
    ),
    HouseholdSensorDescription(
        key="soon_off",
        translation_key="soon_off",
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda pantry: len(pantry.glance.soon_off),
        names=lambda pantry: pantry.names(pantry.glance.soon_off),
    ),
    HouseholdSensorDescription(
        key="past_date",
        translation_key="past_date",
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda pantry: len(pantry.glance.past_date),
        names=lambda pantry: pantry.names(pantry.glance.past_date),
    ),
    HouseholdSensorDescription(
        key="low",
        translation_key="low",
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda pantry: len(pantry.glance.low),
        names=lambda pantry: [product.name for product in pantry.glance.low],
    ),
    HouseholdSensorDescription(
        key="stock_value",
        translation_key="stock_value",
        device_class=SensorDeviceClass.MONETARY,
        suggested_display_precision=2,
        in_currency=True,
        value=lambda pantry: pantry.tally.value / WHOLE,
    ),
    HouseholdSensorDescription(
        key="waste_money",
        translation_key="waste_money",
        device_class=SensorDeviceClass.MONETARY,
        state_class=SensorStateClass.TOTAL,
        suggested_display_precision=2,
        in_currency=True,
        monthly=True,
        value=lambda pantry: pantry.this_month.wasted / WHOLE,
    ),
    HouseholdSensorDescription(
        key="waste_mass",
        translation_key="waste_mass",
        device_class=SensorDeviceClass.WEIGHT,
        state_class=SensorStateClass.TOTAL,
        native_unit_of_measurement=UnitOfMass.GRAMS,
        suggested_unit_of_measurement=UnitOfMass.KILOGRAMS,
        suggested_display_precision=2,
        monthly=True,
        value=lambda pantry: pantry.this_month.wasted_mass / WHOLE,
    ),
    HouseholdSensorDescription(
        key="next_shop_day",
        translation_key="next_shop_day",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda pantry: pantry.errands.next_start,
    ),
)

PANTRY_SENSORS: tuple[PantrySensorDescription, ...] = (
    PantrySensorDescription(
        key="warm_hours",
        translation_key="warm_hours",
        device_class=SensorDeviceClass.DURATION,
        state_class=SensorStateClass.MEASUREMENT,
        native_unit_of_measurement=UnitOfTime.HOURS,
        suggested_display_precision=1,
        value=lambda fridge: fridge.warm_hours,
    ),
)

SHOP_SENSORS: tuple[ShopSensorDescription, ...] = (
    ShopSensorDescription(
        key="items_to_buy",
        translation_key="items_to_buy",
        state_class=SensorStateClass.MEASUREMENT,
        value=lambda pantry, shop_id: len(pantry.errands.items_of(shop_id)),
    ),
    ShopSensorDescription(
        key="next_slot",
        translation_key="next_slot",
        device_class=SensorDeviceClass.TIMESTAMP,
        value=lambda pantry, shop_id: pantry.errands.start_at(shop_id),
    ),
)


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the sensors of the entry and, as they come, of its routines."""
    cerebro = entry.runtime_data
    async_add_entities([CerebroSensor(cerebro, MAIN)])
    _follow_pantries(cerebro, async_add_entities)
    cerebro.each_routine(
        lambda manager: async_add_entities(
            [RoutineSensor(manager, description) for description in ROUTINE_SENSORS],
            config_subentry_id=manager.routine.routine_id,
        )
    )


def _follow_pantries(cerebro: Cerebro, async_add_entities: AddConfigEntryEntitiesCallback) -> None:
    """Add the sensors of the household, of each pantry and of each shop, as they come."""

    def add_fridge(setup: PantrySetup) -> None:
        key, name = setup.pantry.pantry_id, setup.pantry.name
        sensors = [PantrySensor(cerebro, key, name, description) for description in PANTRY_SENSORS]
        async_add_entities(sensors, config_subentry_id=key)

    def add_shop(setup: ShopSetup) -> None:
        key, name = setup.shop_id, setup.name
        sensors = [ShopSensor(cerebro, key, name, description) for description in SHOP_SENSORS]
        async_add_entities(sensors, config_subentry_id=key)

    cerebro.pantry.places.household.each(
        lambda _: async_add_entities(
            [HouseholdSensor(cerebro, description) for description in HOUSEHOLD_SENSORS]
        )
    )
    cerebro.pantry.places.each_thermometer.each(add_fridge)
    cerebro.pantry.places.each_shop.each(add_shop)


class CerebroSensor(CerebroEntity, SensorEntity):
    """The orchestrator: where it is, what comes next, and why."""

    def __init__(self, cerebro: Cerebro, description: SensorEntityDescription) -> None:
        """Show the most urgent routine."""
        super().__init__(cerebro, description)
        self.entity_id = "sensor.cerebro"

    @property
    @override
    def native_value(self) -> str:
        """Where the most urgent routine is."""
        manager = self.cerebro.foremost
        return STATUSES[0] if manager is None else manager.status

    @property
    @override
    def extra_state_attributes(self) -> dict[str, Any]:
        """The routine, its step, its next cue, what it waits for, and the reason."""
        return attributes_of(self.cerebro.foremost)


class RoutineSensor(RoutineEntity, SensorEntity):
    """A sensor of a routine."""

    entity_description: RoutineSensorDescription

    @property
    @override
    def native_value(self) -> str | datetime | None:
        """The value, from the routine."""
        return self.entity_description.value(self.manager)

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """What goes along with the value."""
        return self.entity_description.attributes(self.manager)


class HouseholdSensor(HouseholdEntity, SensorEntity):
    """A sensor of all pantries together."""

    entity_description: HouseholdSensorDescription
    _unrecorded_attributes = frozenset({"products"})

    @property
    @override
    def native_value(self) -> float | datetime | None:
        """The value, from the pantries."""
        return self.entity_description.value(self.pantry)

    @property
    @override
    def native_unit_of_measurement(self) -> str | None:
        """The home's currency, where it is money."""
        if self.entity_description.in_currency:
            return self.hass.config.currency
        return super().native_unit_of_measurement

    @property
    @override
    def last_reset(self) -> datetime | None:
        """When the month began, where it counts months."""
        return self.pantry.month_began if self.entity_description.monthly else None

    @property
    @override
    def extra_state_attributes(self) -> Mapping[str, Any] | None:
        """Which products it counts."""
        names = self.entity_description.names
        return None if names is None else {"products": names(self.pantry)}


class PantrySensor(PantryEntity, SensorEntity):
    """A sensor of one pantry."""

    entity_description: PantrySensorDescription

    @property
    @override
    def native_value(self) -> float | None:
        """The value, from the fridge."""
        return None if self.fridge is None else self.entity_description.value(self.fridge)


class ShopSensor(ShopEntity, SensorEntity):
    """A sensor of one shop."""

    entity_description: ShopSensorDescription

    @property
    @override
    def native_value(self) -> int | datetime | None:
        """The value, from the shopping list and the shop's times."""
        return self.entity_description.value(self.pantry, self.shop_id)
