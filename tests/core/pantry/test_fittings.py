"""Which sensors a fridge and a freezer are proposed with."""

from __future__ import annotations

from typing import Any

import pytest

from custom_components.cerebro.core.pantry.fittings import Fittings, fittings
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.roles import EntityFacts


def _thermometer(entity_id: str, **facts: Any) -> EntityFacts:
    known: dict[str, Any] = {"name": "", "device_class": "temperature", "unit": "°C", **facts}
    return EntityFacts(ref=entity_id, entity_id=entity_id, domain="sensor", **known)


def _door(entity_id: str, **facts: Any) -> EntityFacts:
    known: dict[str, Any] = {"device_class": "door", **facts}
    return EntityFacts(ref=entity_id, entity_id=entity_id, domain="binary_sensor", **known)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Kitchen fridge", Place.FRIDGE),
        ("Température du réfrigérateur", Place.FRIDGE),
        ("FRIGO", Place.FRIDGE),
        ("Garage freezer", Place.FREEZER),
        ("Congélateur", Place.FREEZER),
    ],
)
def test_a_thermometer_belongs_to_the_place_it_is_called_after(name: str, place: Place) -> None:
    facts = [_thermometer("sensor.a", name=name)]
    for one in Place:
        assert fittings(facts, one).temperature == ("sensor.a" if one is place else None)


def test_a_place_has_its_thermometer_and_its_door() -> None:
    facts = [
        _thermometer("sensor.a", name="Temperature", device_name="Fridge"),
        _door("binary_sensor.b", name="Door", device_name="Fridge", device_class="opening"),
        _thermometer("sensor.c", name="Temperature", device_name="Kitchen"),
        _door("binary_sensor.d", name="Front door"),
    ]
    assert fittings(facts, Place.FRIDGE) == Fittings(temperature="sensor.a", door="binary_sensor.b")
    assert fittings(facts, Place.FREEZER) == Fittings()


def test_what_an_entity_is_called_goes_before_what_its_device_is() -> None:
    facts = [
        _thermometer("sensor.a", name="Freezer temperature", device_name="Fridge"),
        _thermometer("sensor.b", name="Temperature", device_name="Fridge"),
    ]
    assert fittings(facts, Place.FRIDGE).temperature == "sensor.b"
    assert fittings(facts, Place.FREEZER).temperature == "sensor.a"


def test_the_nearest_name_wins() -> None:
    facts = [
        _thermometer("sensor.a", device_name="Fridge"),
        _thermometer("sensor.fridge_temperature"),
        _thermometer("sensor.z", aliases=("frigo",)),
    ]
    assert fittings(facts, Place.FRIDGE).temperature == "sensor.z"
    assert fittings(facts[:2], Place.FRIDGE).temperature == "sensor.a"
    assert fittings(facts[1:2], Place.FRIDGE).temperature == "sensor.fridge_temperature"


def test_what_another_pantry_has_is_not_proposed_again() -> None:
    facts = [_thermometer("sensor.a", name="Fridge"), _thermometer("sensor.b", name="Fridge")]
    assert fittings(facts, Place.FRIDGE, taken={"sensor.a"}).temperature == "sensor.b"


@pytest.mark.parametrize(
    "facts",
    [
        _thermometer("sensor.a", name="Fridge", disabled=True),
        _thermometer("sensor.a", name="Fridge", hidden=True),
        _thermometer("sensor.a", name="Fridge board", category="diagnostic"),
        _thermometer("sensor.a", name="Fridge", device_class="humidity"),
        _thermometer("sensor.a", name="Fridge", device_class=None, unit="%"),
        _door("binary_sensor.a", name="Fridge", device_class="problem"),
        EntityFacts(ref="a", entity_id="light.a", domain="light", name="Fridge", device_class="door"),
    ],
    ids=["disabled", "hidden", "diagnostic", "humidity", "unitless", "a problem", "a light"],
)
def test_what_tells_nothing_of_a_fridge_is_not_proposed(facts: EntityFacts) -> None:
    assert fittings([facts], Place.FRIDGE) == Fittings()


def test_degrees_are_enough_to_be_a_thermometer() -> None:
    facts = [_thermometer("sensor.a", name="Fridge", device_class=None, unit="°F")]
    assert fittings(facts, Place.FRIDGE).temperature == "sensor.a"
