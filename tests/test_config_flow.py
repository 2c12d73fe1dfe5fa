"""Setting Cerebro up through its forms."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
import re
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.cerebro.core.roles import HOME_ROLES
from custom_components.cerebro.flows.roles import FOREMOST, SECTIONS

from .flows.forms import (
    async_change,
    async_furnish,
    async_open,
    async_reach,
    async_set_up,
    changed,
    only,
    texts,
)
from .flows.wrong import WRONG, Wrong

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
ROOMS = ("Bedroom", "Bathroom", "Kitchen", "Hall", "Living room")
FRENCH_ROOMS = ("Chambre", "Salle de bains", "Cuisine", "Couloir", "Salon")
NOTHING_LIKELY = "Nothing likely was found: choose it if there is one."
NO_LIGHT = {"comfort": {"kitchen_light": None}}
FLOW = "/api/config/config_entries/flow"
SUBENTRY_FLOW = "/api/config/config_entries/subentries/flow"


@pytest.fixture
async def furnished(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> HomeAssistant:
    """Return a home with its appliances and two persons, and without Cerebro."""
    return await async_furnish(hass, freezer)


@pytest.fixture
async def entry(furnished: HomeAssistant) -> ConfigEntry:
    """Return Cerebro as it is set up by accepting what it proposes."""
    return await async_set_up(furnished)


def _names(text: Any) -> set[str]:
    """Return the placeholders of all texts below one."""
    if isinstance(text, Mapping):
        return set().union(*map(_names, text.values()))
    return set(re.findall(r"{(\w+)}", text))


# The whole journey.


async def test_accepting_what_is_proposed_sets_up_a_whole_morning(furnished: HomeAssistant) -> None:
    form = await async_open(furnished)
    assert form.step == "user"
    assert (await form.async_enter()).step == "occupant"
    assert form.values["person"] == "person.ada"
    assert form.values["bed"] == ["binary_sensor.bedroom_bed_occupancy"]
    assert (await form.async_enter()).step == "routine"
    assert form.placeholders == {"name": "Ada"}
    entry = (await form.async_enter()).entry()
    assert entry.title == "Cerebro"
    assert set(entry.data["roles"]) == set(HOME_ROLES)
    routine = only(entry, "routine")
    assert routine.title == "Ada’s morning"
    assert routine.data["occupants"] == [only(entry, "occupant").subentry_id]
    assert routine.data["wake"]["times"] == dict.fromkeys(WORKDAYS, "07:00:00")
    assert [step["id"] for step in routine.data["steps"]] == ["alarm", "coffee", "shower", "news"]
    state = furnished.states.get("sensor.cerebro")
    assert state is not None
    assert state.state == "armed"
    assert state.attributes["routine"] == "Ada’s morning"
    assert state.attributes["wake_time"] == "2026-11-24T07:00:00+01:00"


async def test_what_is_kept_survives_a_rename(entry: ConfigEntry, hass: HomeAssistant) -> None:
    er.async_get(hass).async_update_entity("switch.coffee_machine", new_entity_id="switch.moka")
    form = await async_change(hass, entry)
    assert form.values["coffee_machine"] == "switch.moka"


async def test_the_form_of_the_home_can_be_left_empty(furnished: HomeAssistant) -> None:
    form = await async_open(furnished)
    empty: dict[str, Any] = {"evidence": {}, "comfort": {}, "safety": {}}
    await form.async_send(empty)
    await form.async_enter()
    assert [step["kind"] for step in form.values["steps"]] == ["alarm"]
    entry = (await form.async_enter()).entry()
    assert entry.data["roles"] == {}


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_every_text_of_the_forms_is_filled_in(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, language: str
) -> None:
    await async_furnish(hass, freezer, language=language)
    form = await async_open(hass)
    for _ in range(3):
        assert _names(texts(language)["config"]["step"][form.step]) <= form.placeholders.keys()
        await form.async_enter()
    form = await async_change(hass, form.entry())
    assert _names(texts(language)["config"]["step"]["reconfigure"]) <= form.placeholders.keys()


@pytest.mark.parametrize(
    ("language", "says", "rooms"),
    [
        (
            "en",
            r"Guessed, \d\d% sure\. (It|Its) .+\.",
            ("Bedroom", "Bathroom", "Kitchen", "Hall", "Living room"),
        ),
        ("fr", r"Supposé, sûr à \d\d %\. .+\.", ("Chambre", "Salle de bains", "Cuisine", "Couloir", "Salon")),
    ],
)
async def test_every_guess_comes_with_its_reason(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, language: str, says: str, rooms: tuple[str, ...]
) -> None:
    await async_furnish(hass, freezer, language=language)
    form = await async_open(hass)
    reasons = form.placeholders
    assert reasons.keys() == {f"{role}_reason" for role in HOME_ROLES}
    assert [reason for reason in reasons.values() if not re.fullmatch(says, reason)] == []
    for room in rooms:
        assert any(f"“{room}”" in one or f"« {room} »" in one for one in reasons.values()), room
    entry = (await (await (await form.async_enter()).async_enter()).async_enter()).entry()
    assert set(entry.data["roles"]) == set(HOME_ROLES)


async def test_a_reason_says_what_was_not_found(furnished: HomeAssistant) -> None:
    er.async_get(furnished).async_update_entity("climate.thermostat", hidden_by=er.RegistryEntryHider.USER)
    form = await async_open(furnished)
    assert "thermostat" not in form.values["comfort"]
    assert form.placeholders["thermostat_reason"] == "Nothing of this kind was found."


async def test_a_reason_says_when_nothing_is_likely(furnished: HomeAssistant) -> None:
    registry = er.async_get(furnished)
    for speaker in ("media_player.bedroom_speaker", "media_player.kitchen_speaker"):
        registry.async_update_entity(speaker, hidden_by=er.RegistryEntryHider.USER)
    for thing in ("media_player.kitchen_thing", "media_player.other_thing"):
        furnished.states.async_set(thing, "idle", {"friendly_name": "Thing", "supported_features": 512})
    form = await async_open(furnished)
    assert "speaker" not in form.values
    assert form.placeholders["speaker_reason"] == NOTHING_LIKELY


async def test_a_reason_says_what_the_user_chose_and_what_was_left_out(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_change(hass, entry)
    await form.async_enter(coffee_machine="switch.kettle", shower=None)
    form = await async_change(hass, entry)
    assert form.values["coffee_machine"] == "switch.kettle"
    assert form.placeholders["coffee_machine_reason"] == "You chose it yourself."
    assert form.placeholders["shower_reason"] == "It could be “Shower Valve”: Its name says “shower”."


async def test_cerebro_is_set_up_once(entry: ConfigEntry, hass: HomeAssistant) -> None:
    assert (await async_open(hass)).end() == "single_instance_allowed"


# What is wrong.


async def test_an_entity_that_does_not_exist_is_named_where_it_stands(furnished: HomeAssistant) -> None:
    form = await async_open(furnished)
    right = form.values
    wrong = changed(
        right, {"coffee_machine": "switch.gone", "evidence": {"hall_motion": ["binary_sensor.gone"]}}
    )
    await form.async_send(wrong)
    assert form.step == "user"
    assert form.errors == {"coffee_machine": "entity_missing", "evidence": "entity_missing"}
    assert form.values == wrong
    assert (await form.async_send(right)).step == "occupant"


async def test_the_first_occupant_must_exist_as_well(furnished: HomeAssistant) -> None:
    form = await async_reach(furnished, "occupant")
    right = form.values
    gone = {"person": "person.gone", "bed": ["binary_sensor.gone"], "days": {"calendar": ["calendar.gone"]}}
    await form.async_enter(**gone)
    assert form.step == "occupant"
    assert form.errors == dict.fromkeys(("person", "bed", "days"), "entity_missing")
    assert form.values == changed(right, gone)
    assert (await form.async_send(right)).step == "routine"


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
async def test_a_wrong_routine_is_shown_again_as_it_was_entered(
    furnished: HomeAssistant, wrong: Wrong
) -> None:
    form = await async_open(furnished)
    await form.async_enter(**NO_LIGHT)
    await form.async_enter()
    right = form.values
    entered = changed(right, wrong.entered)
    await form.async_send(entered)
    assert form.step == "routine"
    assert form.errors == {wrong.field: wrong.key}
    assert form.values == entered
    for language in ("en", "fr"):
        sentence = texts(language)["config"]["error"][wrong.key].format(**form.placeholders)
        assert wrong.says in sentence
    entry = (await form.async_send(right)).entry()
    assert only(entry, "routine").title == right["name"]


async def test_everything_that_is_wrong_is_said_at_once(furnished: HomeAssistant) -> None:
    form = await async_reach(furnished, "routine")
    await form.async_enter(name=" ", days=[], steps=[], alarm={"step_every": {"minutes": 0}})
    assert form.errors == {
        "name": "name_empty",
        "days": "no_days",
        "steps": "no_steps",
        "alarm": "duration_zero",
    }


async def test_coffee_that_cerebro_could_not_put_off_is_refused(furnished: HomeAssistant) -> None:
    form = await async_open(furnished)
    await form.async_enter(coffee_machine=None)
    await form.async_enter()
    tea = {"kind": "coffee", "name": "Tea", "actions": [{"action": "script.make_tea"}]}
    await form.async_enter(steps=[{"kind": "alarm"}, tea])
    assert form.errors == {"steps": "off_unbound"}
    for language in ("en", "fr"):
        assert "Tea" in texts(language)["config"]["error"]["off_unbound"].format(**form.placeholders)
    await form.async_enter(steps=[{"kind": "alarm"}, {"kind": "coffee", "done_by": "automation"}])
    assert only(form.entry(), "routine").data["steps"][1]["done_by"] == "automation"


def test_no_error_is_written_that_no_test_shows() -> None:
    shown = {wrong.key for wrong in WRONG.values()}
    shown |= {"entity_missing", "off_unbound", "phone_unreachable"}
    assert set(texts("en")["config"]["error"]) == shown


WRONG_TYPES: Mapping[str, Mapping[str, Any]] = {
    "a light brighter than full": {"steps": [{"kind": "light", "brightness": 200}]},
    "a kind that there is none of": {"steps": [{"kind": "tea"}]},
    "an empty row": {"steps": [{}]},
    "a row that is none": {"steps": [None]},
    "a row that is text": {"steps": ["coffee"]},
    "a field that there is none of": {"steps": [{"kind": "coffee", "sugar": 2}]},
    "one row instead of several": {"steps": {"kind": "coffee"}},
    "a time of no day": {"time": "25:00:00"},
    "a day of no week": {"days": ["mon", "someday"]},
    "another time that is none": {"wake": {"other_times": [{"time": "soon", "days": ["sat"]}]}},
    "a negative duration": {"alarm": {"snooze_length": {"minutes": -5}}},
    "a duration that is text": {"steps": [{"kind": "coffee", "ready": "5 min"}]},
    "an alarm louder than loud": {"alarm": {"limit_volume": 101}},
    "a name that is a number": {"name": 5},
}


@pytest.mark.parametrize("entered", WRONG_TYPES.values(), ids=WRONG_TYPES)
async def test_what_no_form_would_send_is_refused_and_the_form_waits_on(
    furnished: HomeAssistant, entered: Mapping[str, Any]
) -> None:
    form = await async_reach(furnished, "routine")
    right = form.values
    with pytest.raises(InvalidData) as refused:
        await form.async_send(changed(right, entered))
    assert refused.value.schema_errors
    assert (await form.async_send(right)).entry().title == "Cerebro"


async def test_numbers_that_come_as_text_are_kept_as_numbers(furnished: HomeAssistant) -> None:
    form = await async_reach(furnished, "routine")
    rows = [{"kind": "light", "brightness": "40", "ready": {"minutes": "1", "milliseconds": 500}}]
    entry = (await form.async_enter(steps=rows, time="6:45")).entry()
    (step,) = only(entry, "routine").data["steps"]
    assert step["brightness"] == 40.0
    assert step["ready"] == 60.5
    assert set(only(entry, "routine").data["wake"]["times"].values()) == {"06:45:00"}


# Changing what each thing is for.


async def test_changed_roles_are_taken_up_by_the_routines_at_once(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    routine_id = only(entry, "routine").subentry_id
    form = await async_change(hass, entry)
    assert form.step == "reconfigure"
    swapped = ["media_player.kitchen_speaker", "media_player.bedroom_speaker"]
    await form.async_enter(speaker=swapped, coffee_machine="switch.kettle")
    assert form.end() == "reconfigure_successful"
    home = entry.runtime_data.routines[routine_id].home
    assert home.entities("speaker") == tuple(swapped)
    assert home.entities("coffee_machine") == ("switch.kettle",)
    state = hass.states.get("sensor.cerebro")
    assert state is not None
    assert state.state == "armed"


async def test_a_role_can_be_given_up(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_change(hass, entry)
    await form.async_enter(shower=None)
    assert "shower" not in entry.data["roles"]
    form = await async_change(hass, entry)
    assert "shower" not in form.values


async def test_a_wrong_role_changes_nothing(entry: ConfigEntry, hass: HomeAssistant) -> None:
    before = dict(entry.data)
    form = await async_change(hass, entry)
    right = form.values
    wrong = changed(right, {"tts": "tts.gone", "safety": {"leak": ["binary_sensor.gone"]}})
    await form.async_send(wrong)
    assert form.errors == {"tts": "entity_missing", "safety": "entity_missing"}
    assert form.values == wrong
    assert entry.data == before
    assert (await form.async_send(right)).end() == "reconfigure_successful"
    assert entry.data == before


# Through the browser's own door.


@pytest.fixture
async def browser(hass: HomeAssistant, hass_client: ClientSessionGenerator) -> TestClient[Any, Any]:
    """Return what talks to Home Assistant as its frontend does."""
    # Under test no address can be added once the first visitor is there.
    for component in ("config", "cerebro"):
        assert await async_setup_component(hass, component, {})
    return await hass_client()


def _form_values(fields: list[dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in fields:
        if field.get("type") == "expandable":
            values[field["name"]] = _form_values(field["schema"])
        elif "suggested_value" in (field.get("description") or {}):
            values[field["name"]] = field["description"]["suggested_value"]
    return values


def _fields(step: Mapping[str, Any]) -> list[str]:
    return [field["name"] for field in step["data_schema"]]


async def test_the_forms_reach_the_browser(furnished: HomeAssistant, browser: TestClient[Any, Any]) -> None:
    answer = await browser.post(FLOW, json={"handler": "cerebro"})
    assert answer.status == HTTPStatus.OK, await answer.text()
    step = await answer.json()
    assert _fields(step) == [*FOREMOST, *SECTIONS]
    assert step["last_step"] is False
    for expected in (
        ["person", "phone", "bed", "days"],
        ["name", "sources", "time", "days", "steps", "wake", "alarm"],
    ):
        answer = await browser.post(f"{FLOW}/{step['flow_id']}", json=_form_values(step["data_schema"]))
        step = await answer.json()
        assert answer.status == HTTPStatus.OK, step
        assert _fields(step) == expected
    steps = next(field for field in step["data_schema"] if field["name"] == "steps")
    assert steps["selector"]["object"]["multiple"] is True
    assert steps["selector"]["object"]["fields"]["kind"]["required"] is True
    wrong = await browser.post(f"{FLOW}/{step['flow_id']}", json={"name": 5})
    assert wrong.status == HTTPStatus.BAD_REQUEST
    assert "name" in (await wrong.json())["errors"]
    answer = await browser.post(f"{FLOW}/{step['flow_id']}", json=_form_values(step["data_schema"]))
    created = await answer.json()
    assert created["type"] == "create_entry"
    assert created["result"]["state"] == "loaded"


async def test_the_forms_of_what_there_are_several_of_reach_the_browser(
    entry: ConfigEntry, browser: TestClient[Any, Any]
) -> None:
    fields = {
        "occupant": ["person", "phone", "bed", "days"],
        "routine": ["name", "occupants", "sources", "time", "days", "steps", "wake", "alarm"],
    }
    for kind, expected in fields.items():
        for more in ({}, {"subentry_id": only(entry, kind).subentry_id}):
            answer = await browser.post(SUBENTRY_FLOW, json={"handler": [entry.entry_id, kind], **more})
            step = await answer.json()
            assert answer.status == HTTPStatus.OK, step
            assert step["step_id"] == ("reconfigure" if more else "user")
            assert _fields(step) == expected


async def test_a_change_through_the_browser_is_kept(
    entry: ConfigEntry, browser: TestClient[Any, Any]
) -> None:
    routine = only(entry, "routine")
    handler = {"handler": [entry.entry_id, "routine"], "subentry_id": routine.subentry_id}
    step = await (await browser.post(SUBENTRY_FLOW, json=handler)).json()
    values = _form_values(step["data_schema"]) | {"time": "06:15:00"}
    answer = await (await browser.post(f"{SUBENTRY_FLOW}/{step['flow_id']}", json=values)).json()
    assert answer["reason"] == "reconfigure_successful"
    times = only(entry, "routine").data["wake"]["times"]
    assert times == dict.fromkeys(WORKDAYS, "06:15:00")
