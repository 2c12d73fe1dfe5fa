"""The demo home is a home to Home Assistant."""

from __future__ import annotations

from datetime import timedelta
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import floor_registry as fr
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
    async_fire_time_changed,
)

from .living import async_move_in

EXPECTED = {
    "binary_sensor.bathroom_leak",
    "binary_sensor.bathroom_motion",
    "binary_sensor.bedroom_bed_occupancy",
    "binary_sensor.bedroom_motion",
    "binary_sensor.coffee_machine_water_empty",
    "binary_sensor.fridge_door",
    "binary_sensor.front_door",
    "binary_sensor.hall_motion",
    "binary_sensor.hall_smoke",
    "binary_sensor.kitchen_motion",
    "climate.thermostat",
    "event.kitchen_scanner",
    "light.bedroom_light",
    "light.hall_light",
    "light.kitchen_light",
    "media_player.bedroom_speaker",
    "media_player.kitchen_speaker",
    "sensor.bathroom_humidity",
    "sensor.bathroom_temperature",
    "sensor.coffee_machine_brews",
    "sensor.coffee_machine_power",
    "sensor.freezer_power",
    "sensor.freezer_temperature",
    "sensor.fridge_power",
    "sensor.fridge_temperature",
    "sensor.kettle_power",
    "sensor.outside_temperature",
    "sensor.shower_water_temperature",
    "sensor.shower_water_used",
    "switch.coffee_machine",
    "switch.kettle",
    "tts.demo_voice",
    "valve.garden_valve",
    "valve.shower_valve",
}


async def pass_seconds(hass: HomeAssistant, freezer: FrozenDateTimeFactory, seconds: float) -> None:
    freezer.tick(timedelta(seconds=seconds))
    async_fire_time_changed(hass, dt_util.utcnow())
    await hass.async_block_till_done()


async def act(hass: HomeAssistant, action: str, entity_id: str, **data: Any) -> None:
    domain, service = action.split(".")
    await hass.services.async_call(domain, service, {"entity_id": entity_id, **data}, blocking=True)


async def test_a_user_moves_in_through_the_flow(hass: HomeAssistant) -> None:
    form = await hass.config_entries.flow.async_init("demo_home", context={"source": SOURCE_USER})
    assert form["type"] is FlowResultType.FORM
    done = await hass.config_entries.flow.async_configure(
        form["flow_id"], {"seed": 3, "pace": 30, "resident": False}
    )
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert done["result"].options == {"seed": 3, "pace": 30, "resident": False}


async def test_the_options_change_the_pace(hass: HomeAssistant) -> None:
    entry = await async_move_in(hass)
    form = await hass.config_entries.options.async_init(entry.entry_id)
    await hass.config_entries.options.async_configure(
        form["flow_id"], {"seed": 7, "pace": 5, "resident": False}
    )
    await hass.async_block_till_done()
    assert entry.runtime_data.pace == 5


async def test_the_entities_are_named_as_people_name_things(hass: HomeAssistant) -> None:
    await async_move_in(hass)
    assert {state.entity_id for state in hass.states.async_all()} >= EXPECTED
    registry = er.async_get(hass)
    assert {one.entity_id for one in registry.entities.values()} == EXPECTED


async def test_every_device_stands_in_an_area(hass: HomeAssistant) -> None:
    entry = await async_move_in(hass)
    devices = dr.async_entries_for_config_entry(dr.async_get(hass), entry.entry_id)
    areas = ar.async_get(hass)
    names = {device.name: areas.async_get_area(device.area_id or "").name for device in devices}
    assert names["Coffee machine"] == "Kitchen"
    assert names["Bedroom bed"] == "Bedroom"
    kitchen = areas.async_get_area_by_name("Kitchen")
    assert fr.async_get(hass).async_get_floor(kitchen.floor_id).name == "Ground floor"


async def test_a_french_family_names_its_rooms_in_french(hass: HomeAssistant) -> None:
    hass.config.language = "fr"
    await async_move_in(hass)
    assert ar.async_get(hass).async_get_area_by_name("Salle de bains")
    assert hass.states.get("switch.machine_a_cafe").name == "Machine à café"


async def test_a_device_keeps_the_area_its_owner_gave_it(hass: HomeAssistant) -> None:
    entry = await async_move_in(hass)
    registry = dr.async_get(hass)
    devices = dr.async_entries_for_config_entry(registry, entry.entry_id)
    device = next(one for one in devices if one.name == "Kettle")
    garden = ar.async_get(hass).async_get_area_by_name("Garden")
    registry.async_update_device(device.id, area_id=garden.id)
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert registry.async_get(device.id).area_id == garden.id


async def test_coffee_is_brewed(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_move_in(hass)
    await act(hass, "switch.turn_on", "switch.coffee_machine")
    await pass_seconds(hass, freezer, 60)
    assert float(hass.states.get("sensor.coffee_machine_power").state) > 1000
    await pass_seconds(hass, freezer, 300)
    assert float(hass.states.get("sensor.coffee_machine_power").state) < 5
    assert hass.states.get("sensor.coffee_machine_brews").state == "1"
    await act(hass, "switch.turn_off", "switch.coffee_machine")
    assert hass.states.get("switch.coffee_machine").state == "off"


async def test_the_valve_moves_and_the_water_warms(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_move_in(hass)
    await act(hass, "valve.open_valve", "valve.shower_valve")
    assert hass.states.get("valve.shower_valve").state == "opening"
    await pass_seconds(hass, freezer, 90)
    assert hass.states.get("valve.shower_valve").state == "open"
    assert float(hass.states.get("sensor.shower_water_temperature").state) > 36
    await act(hass, "valve.close_valve", "valve.shower_valve")
    await pass_seconds(hass, freezer, 10)
    assert hass.states.get("valve.shower_valve").state == "closed"


async def test_the_voice_speaks_on_a_speaker(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await async_move_in(hass)
    await act(
        hass,
        "tts.speak",
        "tts.demo_voice",
        media_player_entity_id="media_player.kitchen_speaker",
        message="Good morning",
    )
    await hass.async_block_till_done()
    assert hass.states.get("media_player.kitchen_speaker").state == "playing"
    await pass_seconds(hass, freezer, 200)
    assert hass.states.get("media_player.kitchen_speaker").state == "idle"


async def test_lights_heating_and_volume_do_as_they_are_told(hass: HomeAssistant) -> None:
    await async_move_in(hass)
    await act(hass, "light.turn_on", "light.bedroom_light", brightness=100)
    await act(hass, "climate.set_temperature", "climate.thermostat", temperature=21)
    await act(hass, "media_player.volume_set", "media_player.bedroom_speaker", volume_level=0.8)
    assert hass.states.get("light.bedroom_light").attributes["brightness"] == 100
    assert hass.states.get("climate.thermostat").attributes["temperature"] == 21
    assert hass.states.get("media_player.bedroom_speaker").attributes["volume_level"] == 0.8


@pytest.mark.parametrize(
    ("fault", "entity_id", "state"),
    [
        ("water_empty", "binary_sensor.coffee_machine_water_empty", "on"),
        ("leak", "binary_sensor.bathroom_leak", "on"),
        ("fuse_out", "sensor.fridge_power", "0.0"),
        ("smoke", "binary_sensor.hall_smoke", "on"),
        ("coffee_unreachable", "switch.coffee_machine", "unavailable"),
        ("bedroom_speaker_unreachable", "media_player.bedroom_speaker", "unavailable"),
    ],
)
async def test_faults_show(hass: HomeAssistant, fault: str, entity_id: str, state: str) -> None:
    await async_move_in(hass)
    before = hass.states.get(entity_id).state
    await hass.services.async_call("demo_home", "set_fault", {"fault": fault}, blocking=True)
    assert hass.states.get(entity_id).state == state
    await hass.services.async_call("demo_home", "set_fault", {"fault": fault, "active": False}, blocking=True)
    assert hass.states.get(entity_id).state == before


async def test_the_scanner_tells_each_code_though_it_is_the_same_again(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_move_in(hass)
    moments = set()
    for code in ("3017620422003", "3017620422003"):
        await pass_seconds(hass, freezer, 1)
        await hass.services.async_call("demo_home", "scan", {"code": code}, blocking=True)
        scanned = hass.states.get("event.kitchen_scanner")
        assert (scanned.attributes["event_type"], scanned.attributes["code"]) == ("scanned", code)
        moments.add(scanned.state)
    assert len(moments) == 2


async def test_a_fridge_that_is_left_open_warms_up(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_move_in(hass)
    await hass.services.async_call("demo_home", "open_fridge", {}, blocking=True)
    assert hass.states.get("binary_sensor.fridge_door").state == "on"
    await pass_seconds(hass, freezer, 600)
    assert float(hass.states.get("sensor.fridge_temperature").state) > 8
    await hass.services.async_call("demo_home", "close_fridge", {}, blocking=True)
    assert hass.states.get("binary_sensor.fridge_door").state == "off"


async def test_somebody_can_be_placed(hass: HomeAssistant) -> None:
    await async_move_in(hass)
    assert hass.states.get("binary_sensor.bedroom_bed_occupancy").state == "on"
    await hass.services.async_call("demo_home", "place", {"place": "kitchen"}, blocking=True)
    assert hass.states.get("binary_sensor.bedroom_bed_occupancy").state == "off"
    assert hass.states.get("binary_sensor.kitchen_motion").state == "on"


async def test_an_alarm_gets_the_resident_up(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    happened = async_capture_events(hass, "demo_home_happened")
    await async_move_in(hass, resident=True)
    await act(
        hass,
        "media_player.play_media",
        "media_player.bedroom_speaker",
        media_content_id="alarm.wav",
        media_content_type="music",
    )
    for _ in range(30):
        await pass_seconds(hass, freezer, 60)
    assert "rising" in [event.data["what"] for event in happened]


async def test_a_morning_needs_a_resident(hass: HomeAssistant) -> None:
    await async_move_in(hass)
    with pytest.raises(ServiceValidationError):
        await hass.services.async_call("demo_home", "start_morning", {}, blocking=True)


async def test_each_morning_is_another_one(hass: HomeAssistant) -> None:
    entry = await async_move_in(hass, resident=True)
    await hass.services.async_call("demo_home", "start_morning", {}, blocking=True)
    assert entry.runtime_data.resident.day == 1
    await hass.services.async_call("demo_home", "start_morning", {"day": 20}, blocking=True)
    assert entry.runtime_data.resident.day == 20
    assert hass.states.get("binary_sensor.bedroom_bed_occupancy").state == "on"


async def test_the_home_goes_on_while_home_assistant_is_away(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    entry = await async_move_in(hass)
    await act(hass, "switch.turn_on", "switch.coffee_machine")
    await act(hass, "valve.open_valve", "valve.shower_valve")
    await hass.async_block_till_done()
    assert await hass.config_entries.async_unload(entry.entry_id)
    freezer.tick(timedelta(minutes=6))
    assert await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.states.get("switch.coffee_machine").state == "on"
    assert hass.states.get("sensor.coffee_machine_brews").state == "1"
    assert float(hass.states.get("sensor.shower_water_used").state) > 40


async def test_a_home_that_is_torn_down_is_built_anew(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    entry = await async_move_in(hass)
    assert f"demo_home.{entry.entry_id}" in hass_storage
    await hass.config_entries.async_remove(entry.entry_id)
    assert f"demo_home.{entry.entry_id}" not in hass_storage


async def test_the_log_stays_clean(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, caplog: pytest.LogCaptureFixture
) -> None:
    entry: MockConfigEntry = await async_move_in(hass, resident=True)
    await pass_seconds(hass, freezer, 120)
    assert await hass.config_entries.async_unload(entry.entry_id)
    loud = [record for record in caplog.records if record.levelno >= logging.WARNING]
    ours = [one.message for one in loud if "demo_home" in one.name or "demo_home" in one.message]
    assert [message for message in ours if "has not been tested by Home Assistant" not in message] == []
