"""Adding and changing the places where things are kept."""

from __future__ import annotations

from typing import Any

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.cerebro.managers.pantry.settings import pantries_from

from .forms import async_add, async_edit, called, changed, only, texts

FRIDGE = {"temperature": "sensor.fridge_temperature", "door": "binary_sensor.fridge_door"}
"""The sensors of the fridge in the demo home."""
WRONG = {
    "a name of spaces": ("name_empty", "name", {"name": "  "}),
    "a long name": ("name_too_long", "name", {"name": "m" * 61}),
    "a thermometer that is gone": ("entity_missing", "temperature", {"temperature": "sensor.gone"}),
    "a door that is gone": ("entity_missing", "door", {"door": "binary_sensor.gone"}),
    "a door that may never be open": (
        "door_limit_zero",
        "limits",
        {"limits": {"door_limit": {"minutes": 0}}},
    ),
    "a door that is open for days": (
        "door_limit_too_long",
        "limits",
        {"limits": {"door_limit": {"hours": 12, "seconds": 1}}},
    ),
}
"""What is wrong in any pantry's form: the error, the field it stands at, and what was entered."""


def _ref(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


async def _add(hass: HomeAssistant, entry: ConfigEntry, **entered: Any) -> None:
    await (await async_add(hass, entry, "pantry")).async_enter(**entered)


# What the form proposes.


async def test_a_fridge_is_proposed_with_the_sensors_that_are_called_after_it(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_add(hass, entry, "pantry")
    assert form.step == "user"
    assert form.values == {
        "name": "Fridge",
        "place": "fridge",
        "limits": {"door_limit": {"hours": 0, "minutes": 2, "seconds": 0}},
        **FRIDGE,
    }
    await form.async_enter()
    pantry = called(entry, "Fridge")
    assert pantry.subentry_type == "pantry"
    assert pantry.data == {
        "place": "fridge",
        "temperature": _ref(hass, FRIDGE["temperature"]),
        "door": _ref(hass, FRIDGE["door"]),
        "door_limit": 120,
        "shelf_life": None,
    }
    (setup,) = pantries_from(entry).values()
    assert setup.pantry.name == "Fridge"


async def test_what_is_no_pantry_yet_is_proposed_next(entry: ConfigEntry, hass: HomeAssistant) -> None:
    proposed = []
    for _ in range(4):
        form = await async_add(hass, entry, "pantry")
        proposed.append((form.values["name"], form.values["place"], form.values.get("temperature")))
        await form.async_enter()
    assert proposed == [
        ("Fridge", "fridge", FRIDGE["temperature"]),
        ("Freezer", "freezer", "sensor.freezer_temperature"),
        ("Cupboard", "cupboard", None),
        ("Fridge 2", "fridge", None),
    ]


async def test_a_pantry_is_called_in_the_language_of_the_home(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    hass.config.language = "fr"
    assert (await async_add(hass, entry, "pantry")).values["name"] == "Réfrigérateur"


# What is wrong.


@pytest.mark.parametrize("wrong", WRONG)
async def test_what_is_wrong_is_named_where_it_stands_and_can_be_put_right(
    entry: ConfigEntry, hass: HomeAssistant, wrong: str
) -> None:
    key, field, entered = WRONG[wrong]
    form = await async_add(hass, entry, "pantry")
    right = form.values
    await form.async_enter(**entered)
    assert form.errors == {field: key}
    assert form.values == changed(right, entered)
    await form.async_send(right)
    assert called(entry, "Fridge").subentry_type == "pantry"


async def test_no_two_pantries_have_one_name(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _add(hass, entry)
    form = await async_add(hass, entry, "pantry")
    await form.async_enter(name=" FRIDGE ")
    assert form.errors == {"name": "name_taken"}
    await form.async_enter(name="Other fridge")
    assert called(entry, "Other fridge").data["place"] == "freezer"


def test_no_error_is_written_that_no_test_shows() -> None:
    shown = {key for key, _, _ in WRONG.values()} | {"name_taken"}
    assert set(texts("en")["config_subentries"]["pantry"]["error"]) == shown


# What changes.


async def test_what_is_kept_of_a_pantry_stands_in_the_form_again(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await _add(hass, entry, limits={"door_limit": {"minutes": 1, "seconds": 30}, "shelf_life": 5})
    before = dict(only(entry, "pantry").data)
    assert before["shelf_life"] == 5
    form = await async_edit(hass, entry, only(entry, "pantry"))
    assert form.step == "reconfigure"
    assert form.values == {
        "name": "Fridge",
        "place": "fridge",
        "limits": {"door_limit": {"hours": 0, "minutes": 1, "seconds": 30}, "shelf_life": 5},
        **FRIDGE,
    }
    assert (await form.async_enter()).end() == "reconfigure_successful"
    assert only(entry, "pantry").data == before


async def test_a_pantry_can_be_renamed_moved_and_emptied_of_its_sensors(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await _add(hass, entry)
    assert only(entry, "pantry").data["door"] == _ref(hass, FRIDGE["door"])
    form = await async_edit(hass, entry, only(entry, "pantry"))
    await form.async_enter(
        name="Cellar", place="cupboard", temperature=None, door=None, limits={"door_limit": None}
    )
    pantry = only(entry, "pantry")
    assert pantry.title == "Cellar"
    assert pantry.data == {
        "place": "cupboard",
        "temperature": None,
        "door": None,
        "door_limit": None,
        "shelf_life": None,
    }


async def test_a_sensor_keeps_its_place_through_a_rename_and_leaves_the_form_when_it_is_gone(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await _add(hass, entry)
    registry = er.async_get(hass)
    registry.async_update_entity(FRIDGE["temperature"], new_entity_id="sensor.cold")
    registry.async_remove(FRIDGE["door"])
    form = await async_edit(hass, entry, only(entry, "pantry"))
    assert form.values["temperature"] == "sensor.cold"
    assert "door" not in form.values


async def test_what_no_form_shows_of_a_pantry_is_kept(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _add(hass, entry)
    pantry = only(entry, "pantry")
    hass.config_entries.async_update_subentry(entry, pantry, data={**pantry.data, "shelves": 4})
    await (await async_edit(hass, entry, only(entry, "pantry"))).async_enter(name="Cold")
    assert only(entry, "pantry").data["shelves"] == 4


async def test_the_routines_go_on_while_pantries_come_and_go(entry: ConfigEntry, hass: HomeAssistant) -> None:
    async def status() -> str:
        state = hass.states.get("sensor.adas_morning_status")
        assert state is not None
        return state.state

    manager = next(iter(entry.runtime_data.routines.values()))
    await _add(hass, entry)
    assert await status() == "armed"
    hass.config_entries.async_remove_subentry(entry, only(entry, "pantry").subentry_id)
    await hass.async_block_till_done()
    assert await status() == "armed"
    assert list(entry.runtime_data.routines.values()) == [manager]
