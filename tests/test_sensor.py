"""All entities, as Home Assistant registers and shows them; and what the orchestrator says of itself."""

from __future__ import annotations

from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations
import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.cerebro import PLATFORMS
from custom_components.cerebro.const import DOMAIN

from .home import Home, alans_morning

PANTRY_ONLY = {Platform.BINARY_SENSOR, Platform.TODO}
"""A home without a pantry has no such entities."""


@pytest.mark.usefixtures("stable_ids")
@pytest.mark.parametrize("platform", [one for one in PLATFORMS if one not in PANTRY_ONLY])
async def test_the_entities_are_registered_and_shown(
    new_home: Home, snapshot: SnapshotAssertion, platform: Platform
) -> None:
    home = await new_home.async_move_in()
    registry = er.async_get(home.hass)
    for entry in er.async_entries_for_config_entry(registry, home.entry.entry_id):
        if entry.domain != platform:
            registry.async_remove(entry.entity_id)
    await home.async_settle()
    await snapshot_platform(home.hass, registry, snapshot, home.entry.entry_id)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_entity_and_every_state_has_its_name_in_the_home_s_language(
    home: Home, language: str
) -> None:
    hass = home.hass
    texts = await async_get_translations(hass, language, "entity", {DOMAIN})
    for entry in er.async_entries_for_config_entry(er.async_get(hass), home.entry.entry_id):
        key = f"component.{DOMAIN}.entity.{entry.domain}.{entry.translation_key}"
        if entry.entity_id != "sensor.cerebro":
            assert texts[f"{key}.name"]
        for state in (entry.capabilities or {}).get("options") or ():
            assert texts[f"{key}.state.{state}"]
        for kind in (entry.capabilities or {}).get("event_types") or ():
            assert texts[f"{key}.state_attributes.event_type.state.{kind}"]


async def test_in_french_the_reasons_are_french(home: Home) -> None:
    home.hass.config.language = "fr"
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.async_until("07:00")
    reason = home.state("sensor.cerebro").attributes["reason"]
    assert "07:00" in reason
    assert "sonne" in reason


async def test_the_orchestrator_shows_the_most_urgent_routine(new_home: Home) -> None:
    new_home.others = alans_morning("06:50:00")
    home = await new_home.async_move_in()
    attributes = home.state("sensor.cerebro").attributes
    assert attributes["routine"] == "Alan’s morning"
    await home.async_until("06:50")
    await home.async_pass(0.1)
    assert home.state("sensor.cerebro").state == "waking"
    assert home.state("sensor.cerebro").attributes["routine"] == "Alan’s morning"
    assert home.state("sensor.adas_morning_status").state == "waking"
    await home.async_act("stop", entity_id="sensor.alans_morning_status")
    await home.async_pass(0.3)
    assert home.state("sensor.cerebro").attributes["routine"] == "Ada’s morning"


async def test_without_routines_the_orchestrator_is_idle(new_home: Home) -> None:
    home = await new_home.async_move_in()
    for key in list(home.entry.subentries):
        home.hass.config_entries.async_remove_subentry(home.entry, key)
    await home.async_settle()
    assert home.state("sensor.cerebro").state == "idle"
    assert "routine" not in home.state("sensor.cerebro").attributes


async def test_the_orchestrator_says_what_comes_next_and_what_it_waits_for(home: Home) -> None:
    attributes = home.state("sensor.cerebro").attributes
    assert attributes["next_cue"] == "Alarm"
    assert attributes["next_cue_time"] == attributes["wake_time"] == "2026-11-24T07:00:00+01:00"
    assert attributes["step"] is None
    await home.async_until("07:01")
    attributes = home.state("sensor.cerebro").attributes
    assert attributes["step"] == "Alarm"
    assert "Shower" in attributes["waits_for"]
    await home.async_act("pause")
    assert home.state("sensor.cerebro").state == "paused"
    await home.async_act("resume")
    assert home.state("sensor.cerebro").state == "waking"


async def test_the_status_tells_of_every_step_of_the_run_that_is_or_was(home: Home) -> None:
    status = "sensor.adas_morning_status"
    assert home.state(status).attributes["steps"] == {}
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(0.2)
    await home.async_act("stop")
    await home.async_pass(0.5)
    attributes = home.state(status).attributes
    assert attributes["ending"] == "stopped"
    assert set(attributes["anchors"]) == {"up", "kitchen"}
    assert attributes["steps"]["alarm"]["phase"] == "done"
    assert attributes["steps"]["shower"]["reason"]
