"""What the registries tell of each entity, and what is a person's own."""

from __future__ import annotations

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import EntityCategory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import label_registry as lr
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.core.roles import EntityFacts, Role
from custom_components.cerebro.managers.candidates import (
    facts_of,
    guess_roles,
    next_alarm_of,
    persons,
    phone_of,
)

from ..flows.forms import async_furnish, async_set_up


@pytest.fixture
async def furnished(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return a home with its appliances and two persons, and without Cerebro."""
    return await async_furnish(hass, freezer)


def _of(hass: HomeAssistant, entity_id: str) -> EntityFacts:
    (found,) = (facts for facts in facts_of(hass) if facts.entity_id == entity_id)
    return found


def _phone(hass: HomeAssistant, tracker: str | None, **unique_ids: str) -> str:
    """Register a phone by its tracker and its sensors, by the unique ids of these."""
    entry = MockConfigEntry(domain="mobile_app", title="Phone", data={"webhook_id": "hook"})
    entry.add_to_hass(hass)
    device = dr.async_get(hass).async_get_or_create(
        config_entry_id=entry.entry_id, identifiers={("mobile_app", "phone")}
    )
    registry = er.async_get(hass)
    if tracker is not None:
        registry.async_get_or_create(
            "device_tracker", "mobile_app", "tracker", suggested_object_id=tracker, device_id=device.id
        )
    for object_id, unique_id in unique_ids.items():
        registry.async_get_or_create(
            "sensor", "mobile_app", unique_id, suggested_object_id=object_id, device_id=device.id
        )
    return device.id


async def test_an_entity_is_known_by_its_device_and_its_room(furnished: HomeAssistant) -> None:
    facts = _of(furnished, "sensor.coffee_machine_power")
    entry = er.async_get(furnished).async_get("sensor.coffee_machine_power")
    assert entry is not None
    assert facts.ref == entry.id
    assert (facts.domain, facts.platform, facts.name) == ("sensor", "demo_home", "Power")
    assert (facts.device_class, facts.unit) == ("power", "W")
    assert (facts.device_name, facts.area_name) == ("Coffee machine", "Kitchen")
    assert not facts.hidden
    assert not facts.disabled


async def test_what_the_user_called_it_goes_before_what_its_maker_did(furnished: HomeAssistant) -> None:
    registry, devices = er.async_get(furnished), dr.async_get(furnished)
    entry = registry.async_get("sensor.coffee_machine_power")
    assert entry is not None
    assert entry.device_id is not None
    devices.async_update_device(entry.device_id, name_by_user="Moka")
    office = ar.async_get(furnished).async_create("Office")
    registry.async_update_entity(
        "sensor.coffee_machine_power", name="Watts", area_id=office.id, aliases=["Kettle power"]
    )
    facts = _of(furnished, "sensor.coffee_machine_power")
    assert (facts.name, facts.device_name, facts.area_name) == ("Watts", "Moka", "Office")
    assert facts.aliases == ("Kettle power",)


async def test_a_label_on_an_entity_or_its_device_says_what_it_is_for(furnished: HomeAssistant) -> None:
    registry, devices, labels = er.async_get(furnished), dr.async_get(furnished), lr.async_get(furnished)
    label = labels.async_create("Cerebro coffee machine")
    kettle = registry.async_get("switch.kettle")
    assert kettle is not None
    assert kettle.device_id is not None
    registry.async_update_entity("switch.kettle", labels={label.label_id, "label_that_is_gone"})
    assert _of(furnished, "switch.kettle").labels == ("Cerebro coffee machine",)
    best = guess_roles(furnished)[Role.COFFEE_MACHINE][0]
    assert (best.entity_id, best.confidence) == ("switch.kettle", 1.0)
    registry.async_update_entity("switch.kettle", labels=set())
    devices.async_update_device(kettle.device_id, labels={label.label_id})
    assert guess_roles(furnished)[Role.COFFEE_MACHINE][0].entity_id == "switch.kettle"


async def test_what_is_hidden_disabled_or_a_setting_is_known_as_such(furnished: HomeAssistant) -> None:
    registry = er.async_get(furnished)
    registry.async_update_entity("switch.kettle", hidden_by=er.RegistryEntryHider.USER)
    registry.async_update_entity("light.hall_light", disabled_by=er.RegistryEntryDisabler.USER)
    registry.async_update_entity("switch.coffee_machine", entity_category=EntityCategory.CONFIG)
    assert _of(furnished, "switch.kettle").hidden
    assert _of(furnished, "light.hall_light").disabled
    assert _of(furnished, "switch.coffee_machine").category == "config"
    assert guess_roles(furnished)[Role.COFFEE_MACHINE] == []


async def test_an_entity_without_a_registry_entry_is_known_by_its_state(hass: HomeAssistant) -> None:
    attributes = {"friendly_name": "Shower", "device_class": "temperature", "unit_of_measurement": "°C"}
    hass.states.async_set("sensor.water", "21", attributes)
    hass.states.async_set("media_player.old", "idle", {"supported_features": 512})
    assert _of(hass, "sensor.water") == EntityFacts(
        ref="sensor.water",
        entity_id="sensor.water",
        domain="sensor",
        name="Shower",
        device_class="temperature",
        unit="°C",
    )
    guesses = guess_roles(hass)
    assert [one.ref for one in guesses[Role.SHOWER_TEMPERATURE]] == ["sensor.water"]
    assert [one.ref for one in guesses[Role.SPEAKER]] == ["media_player.old"]


async def test_an_entity_without_a_device_or_a_room_has_no_names_of_theirs(hass: HomeAssistant) -> None:
    er.async_get(hass).async_get_or_create(
        "switch", "demo", "1", suggested_object_id="coffee", original_name="Coffee"
    )
    facts = _of(hass, "switch.coffee")
    assert (facts.name, facts.device_name, facts.area_name, facts.labels) == ("Coffee", "", "", ())


async def test_cerebro_guesses_nothing_of_its_own(furnished: HomeAssistant) -> None:
    await async_set_up(furnished)
    assert er.async_get(furnished).async_get("switch.adas_morning_armed") is not None
    assert not [facts for facts in facts_of(furnished) if facts.platform == DOMAIN]


async def test_those_at_home_come_first(furnished: HomeAssistant) -> None:
    assert persons(furnished) == ["person.ada", "person.grace"]
    furnished.states.async_set("person.grace", "home")
    assert persons(furnished) == ["person.grace", "person.ada"]


async def test_the_phone_of_a_person_is_the_one_that_tracks_them(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    trackers = {"Ada": ["device_tracker.router", "device_tracker.unknown", "device_tracker.phone"]}
    await async_furnish(hass, freezer, trackers=trackers)
    er.async_get(hass).async_get_or_create("device_tracker", "router", "1", suggested_object_id="router")
    assert phone_of(hass, "person.ada") is None
    device_id = _phone(hass, "phone")
    assert phone_of(hass, "person.ada") == device_id
    assert phone_of(hass, "person.grace") is None
    assert phone_of(hass, "person.nobody") is None


async def test_the_alarm_clock_of_a_phone_is_found_by_what_the_app_calls_it(hass: HomeAssistant) -> None:
    device_id = _phone(hass, None, phone_battery="hook_battery_level", phone_alarm="hook_next_alarm")
    assert next_alarm_of(hass, device_id) == "sensor.phone_alarm"
    assert next_alarm_of(hass, "device-that-is-gone") is None
