"""Adding, changing and removing whom Cerebro serves."""

from __future__ import annotations

from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ..managers.phones import FakePhone
from .forms import (
    async_add,
    async_edit,
    async_furnish,
    async_reach,
    called,
    changed,
    only,
    texts,
)


def _ref(hass: HomeAssistant, entity_id: str) -> str:
    entry = er.async_get(hass).async_get(entity_id)
    assert entry is not None
    return entry.id


def _bed(hass: HomeAssistant, name: str) -> str:
    """Put another bed into the home."""
    entity = er.async_get(hass).async_get_or_create(
        "binary_sensor", "demo", name, original_name=name, original_device_class="occupancy"
    )
    hass.states.async_set(entity.entity_id, "off", {"friendly_name": name})
    return entity.entity_id


async def _grace(hass: HomeAssistant, entry: ConfigEntry) -> Any:
    await (await async_add(hass, entry, "occupant")).async_enter()
    return called(entry, "Grace")


# Whom the form proposes.


async def test_the_next_person_is_proposed_and_added_as_an_occupant(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    form = await async_add(hass, entry, "occupant")
    assert form.values == {"person": "person.grace", "days": {}}
    await form.async_enter()
    grace = called(entry, "Grace")
    assert grace.subentry_type == "occupant"
    assert grace.unique_id == grace.data["person"] == _ref(hass, "person.grace")


async def test_nobody_is_proposed_where_everybody_is_an_occupant(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    await _grace(hass, entry)
    assert (await async_add(hass, entry, "occupant")).values == {"days": {}}


async def test_a_bed_with_a_name_on_it_is_proposed_to_nobody_else(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await async_furnish(hass, freezer)
    adas, graces = _bed(hass, "Ada bed"), _bed(hass, "Grace bed")
    form = await async_reach(hass, "occupant")
    assert form.values["bed"] == [adas]
    entry = (await (await form.async_enter()).async_enter()).entry()
    form = await async_add(hass, entry, "occupant")
    assert form.values["bed"] == [graces]


async def test_a_bed_that_somebody_has_is_not_proposed_to_the_next(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    assert only(entry, "occupant").data["bed"] == [_ref(hass, "binary_sensor.bedroom_bed_occupancy")]
    other = _bed(hass, "Other bed")
    form = await async_add(hass, entry, "occupant")
    assert form.values["bed"] == [other]


# Phones.


@pytest.fixture
async def mute_phone(visited: HomeAssistant, hass_client: ClientSessionGenerator) -> FakePhone:
    """Return Ada's phone, which has not allowed notifications."""
    found = FakePhone(hass=visited, client=await hass_client(), name="Pocket", app_data={})
    return await found.async_register()


async def _tell_next_alarm(hass: HomeAssistant, phone: FakePhone) -> str:
    """Let the phone tell of its alarm clock, as the companion app does."""
    answer = await phone.client.post(
        f"/api/webhook/{phone.webhook_id}",
        json={
            "type": "register_sensor",
            "data": {
                "unique_id": "next_alarm",
                "name": "Next alarm",
                "type": "sensor",
                "device_class": "timestamp",
                "state": "2026-11-25T06:40:00+00:00",
            },
        },
    )
    assert answer.status == 201
    await hass.async_block_till_done()
    return "sensor.pocket_next_alarm"


async def test_the_phone_that_tracks_a_person_is_proposed_with_its_alarm_clock(
    hass: HomeAssistant, phone: FakePhone
) -> None:
    alarm = await _tell_next_alarm(hass, phone)
    form = await async_reach(hass, "occupant")
    assert form.values["phone"] == phone.device_id
    assert form.values["days"] == {"next_alarm": alarm}
    await form.async_enter()
    entry = (await form.async_enter(sources=["phone_alarm"])).entry()
    ada = only(entry, "occupant")
    assert ada.data["phone"] == phone.device_id
    assert ada.data["next_alarm"] == _ref(hass, alarm)
    state = hass.states.get("sensor.adas_morning_next_wake_up")
    assert state is not None
    assert state.state == "2026-11-25T06:40:00+00:00"


async def test_a_phone_without_notifications_is_not_proposed_and_refused(
    hass: HomeAssistant, mute_phone: FakePhone
) -> None:
    form = await async_reach(hass, "occupant")
    right = form.values
    assert "phone" not in right
    await form.async_enter(phone=mute_phone.device_id)
    assert form.errors == {"phone": "phone_unreachable"}
    assert form.values == changed(right, {"phone": mute_phone.device_id})
    assert (await form.async_send(right)).step == "routine"


async def test_a_phone_that_is_gone_is_refused_until_it_is_taken_out(
    hass: HomeAssistant, phone: FakePhone
) -> None:
    entry = (await (await (await async_reach(hass, "occupant")).async_enter()).async_enter()).entry()
    (registration,) = hass.config_entries.async_entries("mobile_app")
    await hass.config_entries.async_remove(registration.entry_id)
    form = await async_edit(hass, entry, only(entry, "occupant"))
    await form.async_enter()
    assert form.errors == {"phone": "phone_unreachable"}
    await form.async_enter(phone=None)
    assert form.end() == "reconfigure_successful"
    assert only(entry, "occupant").data["phone"] is None


# What is wrong, and what changes.


async def test_a_person_is_an_occupant_once(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_add(hass, entry, "occupant")
    await form.async_enter(person="person.ada")
    assert form.errors == {"person": "already_occupant"}
    assert form.values["person"] == "person.ada"
    await form.async_enter(person="person.grace")
    assert called(entry, "Grace").subentry_type == "occupant"


async def test_what_does_not_exist_is_named_where_it_stands(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_add(hass, entry, "occupant")
    right = form.values
    gone = {"person": "person.gone", "bed": ["binary_sensor.gone"], "days": {"away": "input_boolean.gone"}}
    await form.async_enter(**gone)
    assert form.errors == dict.fromkeys(("person", "bed", "days"), "entity_missing")
    assert form.values == changed(right, gone)
    await form.async_send(right)
    assert called(entry, "Grace").subentry_type == "occupant"


def test_no_error_is_written_that_no_test_shows() -> None:
    shown = {"entity_missing", "already_occupant", "phone_unreachable"}
    assert set(texts("en")["config_subentries"]["occupant"]["error"]) == shown


async def test_what_is_kept_of_an_occupant_stands_in_the_form_again(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    assert await async_setup_component(hass, "input_boolean", {"input_boolean": {"holidays": None}})
    workday = MockConfigEntry(
        domain="workday",
        title="Workday",
        options={
            "add_holidays": [],
            "country": None,
            "days_offset": 0,
            "excludes": ["sat", "sun", "holiday"],
            "name": "Workday",
            "province": None,
            "remove_holidays": [],
            "workdays": ["mon", "tue", "wed", "thu", "fri"],
        },
    )
    workday.add_to_hass(hass)
    assert await hass.config_entries.async_setup(workday.entry_id)
    await hass.async_block_till_done()
    form = await async_add(hass, entry, "occupant")
    assert form.values["days"] == {"workday": "binary_sensor.workday"}
    await form.async_enter(
        bed=["binary_sensor.bedroom_motion"],
        days={"away": "input_boolean.holidays", "calendar": ["calendar.adas_morning_plan"]},
    )
    grace = called(entry, "Grace")
    form = await async_edit(hass, entry, grace)
    assert form.step == "reconfigure"
    assert form.values == {
        "person": "person.grace",
        "bed": ["binary_sensor.bedroom_motion"],
        "days": {
            "away": "input_boolean.holidays",
            "calendar": ["calendar.adas_morning_plan"],
            "workday": "binary_sensor.workday",
        },
    }
    before = dict(grace.data)
    assert (await form.async_enter()).end() == "reconfigure_successful"
    assert called(entry, "Grace").data == before


async def test_another_person_gives_the_occupant_their_name(entry: ConfigEntry, hass: HomeAssistant) -> None:
    ada = only(entry, "occupant")
    form = await async_edit(hass, entry, ada)
    assert form.values["person"] == "person.ada"
    await form.async_enter(person="person.grace")
    changed_to = entry.subentries[ada.subentry_id]
    assert changed_to.title == "Grace"
    assert changed_to.unique_id == _ref(hass, "person.grace")
    assert (await async_add(hass, entry, "occupant")).values["person"] == "person.ada"


async def test_a_person_who_is_not_there_yet_lends_its_id_as_a_name(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    er.async_get(hass).async_get_or_create("person", "demo", "iris", suggested_object_id="iris")
    form = await async_add(hass, entry, "occupant")
    await form.async_enter(person="person.iris")
    assert called(entry, "iris").subentry_type == "occupant"


async def test_an_occupant_that_is_removed_leaves_the_routines_of_others_alone(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    grace = await _grace(hass, entry)
    hass.config_entries.async_remove_subentry(entry, grace.subentry_id)
    await hass.async_block_till_done()
    assert [one.title for one in entry.subentries.values()] == ["Ada", "Ada’s morning"]
    state = hass.states.get("sensor.adas_morning_status")
    assert state is not None
    assert state.state == "armed"


async def test_what_no_form_shows_of_an_occupant_is_kept(entry: ConfigEntry, hass: HomeAssistant) -> None:
    ada = only(entry, "occupant")
    hass.config_entries.async_update_subentry(entry, ada, data={**ada.data, "autonomy": "ask"})
    await (await async_edit(hass, entry, only(entry, "occupant"))).async_enter(bed=None)
    assert only(entry, "occupant").data["autonomy"] == "ask"
    assert only(entry, "occupant").data["bed"] == []


async def test_a_device_that_is_no_phone_takes_no_notifications(
    entry: ConfigEntry, hass: HomeAssistant
) -> None:
    machine = er.async_get(hass).async_get("switch.coffee_machine")
    assert machine is not None
    form = await async_add(hass, entry, "occupant")
    await form.async_enter(phone=machine.device_id)
    assert form.errors == {"phone": "phone_unreachable"}
