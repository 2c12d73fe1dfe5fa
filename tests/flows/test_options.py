"""What Cerebro may do besides its routines."""

from __future__ import annotations

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.egress import OPEN_FOOD_FACTS
from custom_components.cerebro.managers.pantry.settings import PantryOptions, options_from

from .forms import Form, texts

UNTOUCHED = {"install_blueprints": False, "pantry_autonomy": "suggest", "open_food_facts": False}


async def _open(hass: HomeAssistant, entry: ConfigEntry) -> Form:
    manager = hass.config_entries.options
    return Form(hass=hass, manager=manager, result=await manager.async_init(entry.entry_id))


def _reader(hass: HomeAssistant) -> er.RegistryEntry:
    """Put an AI that does tasks into the home."""
    return er.async_get(hass).async_get_or_create("ai_task", "demo", "ai", suggested_object_id="reader")


async def test_blueprints_are_put_in_place_only_when_the_user_says_so(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await _open(hass, entry)
    assert form.step == "init"
    assert form.values == UNTOUCHED
    await form.async_enter(install_blueprints=True)
    assert entry.options == {**UNTOUCHED, "install_blueprints": True}
    assert (await _open(hass, entry)).values == {**UNTOUCHED, "install_blueprints": True}
    state = hass.states.get("sensor.cerebro")
    assert state is not None
    assert state.state == "armed"


async def test_the_pantry_suggests_and_asks_nobody_outside_unless_the_user_says_so(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    assert options_from(entry) == PantryOptions(autonomy=Autonomy.SUGGEST, open_food_facts=False)
    form = await _open(hass, entry)
    await form.async_enter(pantry_autonomy="act", open_food_facts=True)
    assert options_from(entry) == PantryOptions(autonomy=Autonomy.ACT, open_food_facts=True)


async def test_the_form_says_where_a_barcode_would_go(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await _open(hass, entry)
    said: Any = texts("en")["options"]["step"]["init"]["data_description"]["open_food_facts"]
    assert OPEN_FOOD_FACTS in said.format(**form.placeholders)


async def test_what_reads_receipts_is_kept_through_a_rename_and_can_be_taken_out(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    reader = _reader(hass)
    await (await _open(hass, entry)).async_enter(ai_task=reader.entity_id)
    assert options_from(entry).ai_task == reader.id
    er.async_get(hass).async_update_entity(reader.entity_id, new_entity_id="ai_task.other")
    form = await _open(hass, entry)
    assert form.values == {**UNTOUCHED, "ai_task": "ai_task.other"}
    await form.async_enter(ai_task=None)
    assert options_from(entry).ai_task is None


async def test_what_does_not_exist_reads_no_receipts(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await _open(hass, entry)
    await form.async_enter(ai_task="ai_task.gone", open_food_facts=True)
    assert form.errors == {"ai_task": "entity_missing"}
    assert form.values == {**UNTOUCHED, "ai_task": "ai_task.gone", "open_food_facts": True}
    await form.async_enter(ai_task=_reader(hass).entity_id)
    assert options_from(entry).open_food_facts
    assert set(texts("en")["options"]["error"]) == {"entity_missing"}
