"""Diagnostics: what a report needs, and nothing that tells who lives here."""

from __future__ import annotations

import json
from typing import Any

from homeassistant.components.diagnostics import REDACTED
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.helpers import device_registry as dr
from syrupy.assertion import SnapshotAssertion

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.diagnostics import (
    async_get_config_entry_diagnostics,
    async_get_device_diagnostics,
)

from .home import ROUTINE, Home
from .kitchen import FRIDGE, PANTRIES, Kitchen

SECRETS = (
    "Ada",
    "person.ada",
    "sensor.phone",
    "calendar.",
    "http://radio",
    "Good morning",
    "input_boolean",
    "private",
)


async def with_secrets(home: Home) -> Home:
    home.occupant = {
        "next_alarm": "sensor.phone_next_alarm",
        "calendar": ["calendar.private"],
        "away": "input_boolean.away",
    }
    home.steps = (
        *home.steps[:3],
        {
            "id": "news",
            "kind": "news",
            "media_content_id": "http://radio/?token=1",
            "media_metadata": {"title": "private", "thumbnail": "http://radio/?token=2"},
            "name": "Ada’s radio",
        },
        {"id": "hello", "kind": "action", "actions": [{"event": "Good morning"}], "message": "Good morning"},
    )
    return await home.async_move_in()


async def test_it_tells_how_it_is_set_up_and_how_it_runs_without_telling_of_whom(new_home: Home) -> None:
    home = await with_secrets(new_home)
    await home.async_until("07:01")
    told = await async_get_config_entry_diagnostics(home.hass, home.entry)
    text = json.dumps(told)
    assert not [secret for secret in SECRETS if secret in text]
    assert told["roles"]["speaker"] == 2
    assert {one["type"] for one in told["subentries"]} == {"occupant", "routine"}
    (routine,) = told["routines"]
    assert routine["status"] == "waking"
    assert routine["run"]["phase"] == "waking"
    assert routine["plan"][0]["step"] == "alarm"
    assert routine["unavailable"]["coffee_machine"] is False
    await home.async_act("stop")
    await home.async_pass(0.5)
    later: dict[str, Any] = await async_get_config_entry_diagnostics(home.hass, home.entry)
    assert later["routines"][0]["run"] is None
    assert later["routines"][0]["last_run"]["ending"] == "stopped"


async def test_it_tells_how_it_is_set_up_though_it_is_not_loaded(new_home: Home) -> None:
    home = await with_secrets(new_home)
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    told = await async_get_config_entry_diagnostics(home.hass, home.entry)
    assert {one["type"] for one in told["subentries"]} == {"occupant", "routine"}
    assert told["routines"] == []


async def test_a_device_tells_of_its_own_routine_and_cerebro_s_of_all(home: Home) -> None:
    devices = dr.async_get(home.hass)
    routine = devices.async_get_device_by_identifier((DOMAIN, ROUTINE), home.entry.entry_id)
    own = devices.async_get_device_by_identifier((DOMAIN, home.entry.entry_id), home.entry.entry_id)
    assert routine is not None
    assert own is not None
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.adas_morning_armed"}, blocking=True
    )
    told = await async_get_device_diagnostics(home.hass, home.entry, routine)
    assert [one["status"] for one in told["routines"]] == ["idle"]
    assert told["routines"][0]["plan"] is None
    everything = await async_get_device_diagnostics(home.hass, home.entry, own)
    assert everything["routines"] == told["routines"]
    assert "pantry" in everything.keys() - told.keys()


PRIVATE = (
    "Fridge",
    "Freezer",
    "Grandma’s jam",
    "Market",
    "fridge_temperature",
    "fridge_door",
    "event.scanner",
    "ai_task.reader",
    "secret",
    "oat milk",
    "3.45",
    "3450",
)
"""Names, sensors, addresses and prices of the kitchen in these tests."""
SHOP = ConfigSubentryDataWithId(
    subentry_id="01MARKET",
    subentry_type="shop",
    title="Market",
    unique_id=None,
    data={"destination": "webhook", "target": "http://192.0.2.1/secret"},
)


async def test_it_counts_what_is_in_the_pantries_and_names_nothing_of_it(
    new_kitchen: Kitchen, snapshot: SnapshotAssertion
) -> None:
    new_kitchen.subentries = (*PANTRIES, SHOP)
    new_kitchen.options = {"scanners": ["event.scanner"], "ai_task": "ai_task.reader"}
    kitchen = await new_kitchen.async_move_in()
    await kitchen.async_act(
        "add_stock",
        product="Grandma’s jam",
        amount=2,
        price=3.45,
        category="condiments",
        best_before="2026-11-25",
        pantry="Fridge",
    )
    await kitchen.async_act("set_product", product="Grandma’s jam", minimum=3)
    await kitchen.async_act("read_in", text="oat milk")
    kitchen.pantry.errands.shopping.add("oat milk")
    told = await async_get_config_entry_diagnostics(kitchen.hass, kitchen.entry)
    text = json.dumps(told, ensure_ascii=False)
    assert not [secret for secret in PRIVATE if secret in text]
    assert json.loads(text)["pantry"] == snapshot(name="pantry")
    assert told["options"] == {"scanners": REDACTED, "ai_task": REDACTED}
    devices = dr.async_get(kitchen.hass)
    for identifier in (FRIDGE, "01MARKET", kitchen.entry.entry_id):
        device = devices.async_get_device_by_identifier((DOMAIN, identifier), kitchen.entry.entry_id)
        assert device is not None, identifier
        own = await async_get_device_diagnostics(kitchen.hass, kitchen.entry, device)
        assert own["pantry"] == told["pantry"]


async def test_a_step_does_not_tell_what_it_needs_from_the_pantry(new_home: Home) -> None:
    new_home.steps = (*new_home.steps, {"id": "tea", "kind": "action", "needs": ["secret tea"]})
    home = await new_home.async_move_in()
    assert "secret tea" not in json.dumps(await async_get_config_entry_diagnostics(home.hass, home.entry))
