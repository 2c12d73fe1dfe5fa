"""Pantries and shops as they were configured."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from homeassistant.config_entries import ConfigSubentryData
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.pantry.shopping.times import OpeningTime
from custom_components.cerebro.managers.pantry.settings import (
    DOOR_LIMIT,
    Destination,
    pantries_from,
    shops_from,
)


def _entry(*subentries: tuple[str, str, dict[str, Any]]) -> MockConfigEntry:
    """Return an entry with subentries, each of a kind, with a title and with its data."""
    data = [
        ConfigSubentryData(subentry_type=kind, title=title, unique_id=None, data=data)
        for kind, title, data in subentries
    ]
    return MockConfigEntry(domain="cerebro", subentries_data=data)


def test_a_pantry_is_read_with_what_tells_of_it() -> None:
    entry = _entry(
        (
            "pantry",
            "Fridge",
            {
                "place": "fridge",
                "temperature": "temperature_id",
                "door": "door_id",
                "door_limit": 90,
                "shelf_life": 5,
            },
        )
    )
    ((key, setup),) = pantries_from(entry).items()
    assert key == setup.pantry.pantry_id == next(iter(entry.subentries))
    assert setup.pantry.name == "Fridge"
    assert setup.pantry.place is Place.FRIDGE
    assert setup.pantry.shelf_life_days == 5
    assert (setup.temperature, setup.door) == ("temperature_id", "door_id")
    assert setup.door_limit == timedelta(seconds=90)


def test_a_pantry_of_which_nothing_tells_keeps_the_defaults() -> None:
    (setup,) = pantries_from(_entry(("pantry", "Larder", {"place": "cupboard"}))).values()
    assert setup.pantry.shelf_life_days is None
    assert (setup.temperature, setup.door, setup.door_limit) == (None, None, DOOR_LIMIT)


def test_a_shop_is_read_with_its_times_in_their_order_within_a_week() -> None:
    entry = _entry(
        (
            "shop",
            "Dairy",
            {
                "destination": "todo",
                "target": "list_id",
                "carries": ["milk", "butter"],
                "times": [
                    {"days": ["sat", "mon"], "from": "09:00:00", "to": "12:00:00"},
                    {"days": ["mon"], "from": "07:30:00", "to": "08:30:00"},
                ],
                "delivery": True,
                "zone": "zone_id",
            },
        )
    )
    ((key, setup),) = shops_from(entry).items()
    assert key == setup.shop_id == next(iter(entry.subentries))
    assert (setup.name, setup.destination, setup.target) == ("Dairy", Destination.TODO, "list_id")
    assert setup.carries == (Category.MILK, Category.BUTTER)
    assert setup.times == (
        OpeningTime(weekday=0, begins=time(7, 30), ends=time(8, 30)),
        OpeningTime(weekday=0, begins=time(9), ends=time(12)),
        OpeningTime(weekday=5, begins=time(9), ends=time(12)),
    )
    assert setup.delivery
    assert setup.zone == "zone_id"


def test_a_shop_that_says_nothing_more_has_everything_at_all_times() -> None:
    entry = _entry(("shop", "Corner", {"destination": "phone", "target": "device_id"}))
    (setup,) = shops_from(entry).values()
    assert (setup.carries, setup.times, setup.delivery, setup.zone) == ((), (), False, None)


def test_pantries_and_shops_are_told_apart_from_each_other_and_from_the_rest() -> None:
    entry = _entry(
        ("occupant", "Ada", {"person": "person.ada"}),
        ("pantry", "Fridge", {"place": "fridge"}),
        ("shop", "Corner", {"destination": "notify", "target": "notify_id"}),
        ("pantry", "Freezer", {"place": "freezer"}),
    )
    assert [setup.pantry.name for setup in pantries_from(entry).values()] == ["Fridge", "Freezer"]
    assert [setup.name for setup in shops_from(entry).values()] == ["Corner"]
