"""The conditions of the automation editor, checked by Home Assistant’s own engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import condition as conditions
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator
import voluptuous as vol

from custom_components.cerebro.condition import CONDITIONS
from custom_components.cerebro.const import DOMAIN

from .home import ROUTINE, SECOND_ROUTINE, Home, alans_morning

ADA = "event.adas_morning_happening"
ALAN = "event.alans_morning_happening"


@pytest.fixture
async def home(new_home: Home) -> AsyncIterator[Home]:
    """Give the home in which Ada wakes at seven and Alan at nine, and leave it with nothing running."""
    new_home.freezer.move_to("2026-11-24T06:30:00+01:00")
    new_home.others = alans_morning("09:00:00")
    new_home.steps = (
        {"id": "alarm", "kind": "alarm"},
        {"id": "pot", "kind": "coffee"},
        {"id": "news", "kind": "news"},
    )
    yield await new_home.async_move_in()
    if new_home.entry.state is ConfigEntryState.LOADED:
        assert await new_home.async_meanwhile(
            new_home.hass.config_entries.async_unload(new_home.entry.entry_id)
        )


async def async_holds(
    hass: HomeAssistant, key: str, target: dict[str, Any] | list[str] | str = ADA, **options: Any
) -> bool:
    """Return whether a condition holds, as an automation would find."""
    config = {
        "condition": f"{DOMAIN}.{key}",
        "target": {"entity_id": target} if not isinstance(target, dict) else target,
        "options": options,
    }
    validated = await conditions.async_validate_condition_config(hass, config)
    checker = await conditions.async_from_config(hass, validated)
    try:
        return bool(checker.async_check())
    finally:
        checker.async_unload()


async def test_a_routine_is_running_from_its_beginning_to_its_end_be_it_paused(home: Home) -> None:
    assert not await async_holds(home.hass, "routine_is_running")
    await home.async_until("07:01")
    assert await async_holds(home.hass, "routine_is_running")
    await home.async_act("pause", entity_id=ADA)
    assert await async_holds(home.hass, "routine_is_running")
    await home.async_act("stop", entity_id=ADA)
    await home.async_pass(1)
    assert not await async_holds(home.hass, "routine_is_running")


@pytest.mark.parametrize("step", ["coffee", "pot"])
async def test_a_step_was_done_by_its_kind_or_its_id(home: Home, step: str) -> None:
    await home.async_until("07:01")
    assert not await async_holds(home.hass, "step_was_done", step=step)
    await home.async_act("complete_step", entity_id=ADA, step="pot")
    assert await async_holds(home.hass, "step_was_done", step=step)
    assert not await async_holds(home.hass, "step_was_done", step="alarm")


async def test_a_step_that_was_skipped_was_not_done(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_act("skip_step", entity_id=ADA, step="coffee")
    assert not await async_holds(home.hass, "step_was_done", step="coffee")


async def test_what_was_done_today_stays_done_until_midnight_through_a_reload(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_act("complete_step", entity_id=ADA, step="coffee")
    await home.async_act("stop", entity_id=ADA)
    await home.async_pass(1)
    assert await async_holds(home.hass, "step_was_done", step="coffee")
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.async_settle()
    assert await async_holds(home.hass, "step_was_done", step="coffee")
    home.freezer.move_to("2026-11-25T00:01:00+01:00")
    assert not await async_holds(home.hass, "step_was_done", step="coffee")


async def test_an_occupant_is_up_until_they_go_back_to_bed(home: Home) -> None:
    await home.async_until("07:01")
    assert not await async_holds(home.hass, "occupant_is_up")
    await home.async_place("bathroom")
    assert await async_holds(home.hass, "occupant_is_up")
    await home.async_place("bed")
    await home.async_pass(1)
    assert not await async_holds(home.hass, "occupant_is_up")


async def test_of_two_routines_any_or_all_must_hold(home: Home) -> None:
    await home.async_until("07:01")
    both = [ADA, ALAN]
    assert await async_holds(home.hass, "routine_is_running", both)
    assert await async_holds(home.hass, "routine_is_running", both, behavior="any")
    assert not await async_holds(home.hass, "routine_is_running", both, behavior="all")
    await home.async_act("start_routine", entity_id=ALAN)
    assert await async_holds(home.hass, "routine_is_running", both, behavior="all")
    await home.async_act("stop", entity_id=both)
    await home.async_pass(1)
    assert not await async_holds(home.hass, "routine_is_running", both, behavior="any")


async def test_a_routine_is_targeted_by_its_device_too(home: Home) -> None:
    await home.async_until("07:01")
    registry = dr.async_get(home.hass)
    devices = {
        key: device.id
        for key in (ROUTINE, SECOND_ROUTINE)
        if (device := registry.async_get_device_by_identifier((DOMAIN, key), home.entry.entry_id))
    }
    assert await async_holds(home.hass, "routine_is_running", {"device_id": devices[ROUTINE]})
    assert not await async_holds(home.hass, "routine_is_running", {"device_id": devices[SECOND_ROUTINE]})


@pytest.mark.parametrize("behavior", ["any", "all"])
@pytest.mark.parametrize("key", [key for key in CONDITIONS if key != "product_in_stock"])
async def test_nothing_holds_while_cerebro_is_not_loaded(home: Home, key: str, behavior: str) -> None:
    options = {"behavior": behavior} | ({"step": "alarm"} if key == "step_was_done" else {})
    await home.async_until("07:01")
    await home.async_place("bathroom")
    assert await async_holds(home.hass, key, **options)
    assert await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id))
    assert not await async_holds(home.hass, key, **options)


@pytest.mark.parametrize("behavior", ["any", "all"])
async def test_nothing_holds_for_an_entity_that_is_no_routine(home: Home, behavior: str) -> None:
    await home.async_until("07:01")
    assert not await async_holds(home.hass, "routine_is_running", "switch.kettle", behavior=behavior)


@pytest.mark.parametrize(
    "options", [{}, {"step": 3.5, "behavior": "most"}, {"step": "alarm", "kind": "alarm"}]
)
async def test_a_condition_that_does_not_fit_its_schema_is_refused(
    home: Home, options: dict[str, Any]
) -> None:
    with pytest.raises(vol.Invalid):
        await async_holds(home.hass, "step_was_done", **options)


async def test_the_editor_lists_every_condition_with_fields_names_and_icons(
    home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(home.hass, "frontend", {})
    client = await hass_ws_client(home.hass)
    await client.send_json_auto_id({"type": "condition_platforms/subscribe"})
    assert (await client.receive_json())["success"]
    listed = (await client.receive_json())["event"]
    ours = {
        key.removeprefix(f"{DOMAIN}."): row for key, row in listed.items() if key.startswith(f"{DOMAIN}.")
    }
    assert ours.keys() == CONDITIONS.keys()
    await client.send_json_auto_id({"type": "frontend/get_icons", "category": "conditions"})
    icons = (await client.receive_json())["result"]["resources"][DOMAIN]
    for language in ("en", "fr"):
        texts = await async_get_translations(home.hass, language, "conditions", {DOMAIN})
        for key, row in ours.items():
            assert icons[key]["condition"].startswith("mdi:")
            for text in ("name", "description", *(f"fields.{name}.name" for name in row["fields"])):
                assert texts[f"component.{DOMAIN}.conditions.{key}.{text}"]
