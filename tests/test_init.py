"""Coming and going: set up, unload, edit, remove; each touches only what it is about."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState, ConfigSubentry
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.core.routine.model import Knowledge, OccupantId
from custom_components.cerebro.managers.bindings import Bindings
from custom_components.cerebro.managers.wakeups import Wakeups

from .home import OCCUPANT, ROUTINE, SECOND_OCCUPANT, SECOND_ROUTINE, Home, alans_morning
from .kitchen import Kitchen


def stored(home: Home) -> set[str]:
    """Return the names of Cerebro’s files."""
    return {path.name for path in Path(home.hass.config.path(".storage")).glob(f"{DOMAIN}*")}


def subentry(data: Any) -> ConfigSubentry:
    return ConfigSubentry(**(dict(data) | {"data": dict(data["data"])}))


async def let_go_on(home: Home, seconds: int) -> None:
    """Let time pass without waiting for what waits for an appliance."""
    for _ in range(seconds):
        home.freezer.tick(timedelta(seconds=1))
        async_fire_time_changed(home.hass, dt_util.utcnow())
        for _ in range(20):
            await asyncio.sleep(0)
        await home.hass.async_add_executor_job(lambda: None)


async def test_it_unloads_and_loads_again_with_what_it_knew(home: Home) -> None:
    await home.async_act("set_wake_time", time="08:15:00")
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    await home.async_settle()
    assert home.state("sensor.adas_morning_next_wake_up").state == "2026-11-24T07:15:00+00:00"
    assert home.entry.state is ConfigEntryState.LOADED
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    assert home.state("sensor.cerebro").state == "unavailable"
    assert home.hass._shutdown_jobs == []


async def test_removing_it_leaves_nothing_behind(hass_storage: dict[str, Any], home: Home) -> None:
    await home.async_until("07:01")
    await home.async_act("stop")
    await home.async_pass(1)
    home.cerebro.issues.report("output_still_on", ROUTINE, "shower", placeholders={"routine": "", "step": ""})
    journal = home.journal
    journal.with_name(f"{journal.name}.aside").write_text("")
    assert {name for name in hass_storage if name.startswith(DOMAIN)} != set()
    await home.hass.config_entries.async_remove(home.entry.entry_id)
    await home.async_pass(5)
    assert stored(home) == set()
    assert {name for name in hass_storage if name.startswith(DOMAIN)} == set()
    assert home.issues() == set()
    entities = er.async_entries_for_config_entry(er.async_get(home.hass), home.entry.entry_id)
    assert entities == []
    assert home.hass.states.get("sensor.cerebro") is None
    assert dr.async_entries_for_config_entry(dr.async_get(home.hass), home.entry.entry_id) == []


async def test_a_routine_that_is_added_comes_with_its_device_and_disturbs_nobody(home: Home) -> None:
    before = home.routine
    for data in alans_morning("08:00:00"):
        home.hass.config_entries.async_add_subentry(home.entry, subentry(data))
    await home.async_settle()
    assert home.routine is before
    assert home.state("sensor.alans_morning_next_wake_up").state == "2026-11-24T07:00:00+00:00"
    device = dr.async_get(home.hass).async_get_device_by_identifier(
        (DOMAIN, SECOND_ROUTINE), home.entry.entry_id
    )
    assert device is not None
    assert device.entry_type is dr.DeviceEntryType.SERVICE


async def test_a_routine_that_is_edited_keeps_its_entities_and_disturbs_nobody(new_home: Home) -> None:
    new_home.others = alans_morning("08:00:00")
    home = await new_home.async_move_in()
    ada, alan = home.routine, home.cerebro.routines[SECOND_ROUTINE]
    entities = er.async_entries_for_config_entry(er.async_get(home.hass), home.entry.entry_id)
    edited = home.entry.subentries[SECOND_ROUTINE]
    wake = {"sources": ["times"], "times": {"tue": "09:00:00"}}
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "wake": wake}, title="Alan’s day"
    )
    await home.async_settle()
    assert home.routine is ada
    assert home.cerebro.routines[SECOND_ROUTINE] is not alan
    assert home.state("sensor.alans_morning_next_wake_up").state == "2026-11-24T08:00:00+00:00"
    assert er.async_entries_for_config_entry(er.async_get(home.hass), home.entry.entry_id) == entities
    device = dr.async_get(home.hass).async_get_device_by_identifier(
        (DOMAIN, SECOND_ROUTINE), home.entry.entry_id
    )
    assert device is not None
    assert device.name == "Alan’s day"
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.alans_morning_armed"}, blocking=True
    )
    assert not home.cerebro.routines[SECOND_ROUTINE].armed


async def test_a_routine_that_is_edited_in_its_run_goes_on(home: Home) -> None:
    await home.async_until("07:01")
    edited = home.entry.subentries[ROUTINE]
    home.hass.config_entries.async_update_subentry(home.entry, edited, title="Ada wakes")
    await home.async_settle()
    await home.async_pass(0.2)
    assert home.state("sensor.cerebro").state == "waking"
    assert home.state("media_player.bedroom_speaker").state == "playing"


async def test_a_routine_whose_steps_are_edited_in_its_run_ends_it(home: Home) -> None:
    await home.async_until("07:01")
    edited = home.entry.subentries[ROUTINE]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "steps": edited.data["steps"][:2]}
    )
    await home.async_settle()
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "armed"
    assert home.state("media_player.bedroom_speaker").state == "idle"
    assert home.state("media_player.bedroom_speaker").attributes["volume_level"] == 0.3


async def test_a_routine_that_is_edited_just_before_it_rings_still_rings(home: Home) -> None:
    await home.async_until("06:55")
    edited = home.entry.subentries[ROUTINE]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "steps": edited.data["steps"][:2]}
    )
    await home.async_settle()
    await home.async_until("07:01")
    assert home.state("media_player.bedroom_speaker").state == "playing"


async def test_a_routine_that_is_removed_takes_its_own_and_nothing_else(
    hass_storage: dict[str, Any], new_home: Home
) -> None:
    new_home.others = alans_morning("06:50:00")
    home = await new_home.async_move_in()
    ada = home.routine
    await home.async_until("06:51")
    home.cerebro.issues.report("journal_damaged", SECOND_ROUTINE, placeholders={"routine": "Alan"})
    assert f"cerebro.journal.{SECOND_ROUTINE}" in stored(home)
    home.hass.config_entries.async_remove_subentry(home.entry, SECOND_ROUTINE)
    await home.async_pass(2)
    assert home.routine is ada
    assert SECOND_ROUTINE not in home.cerebro.routines
    assert f"cerebro.journal.{SECOND_ROUTINE}" not in stored(home)
    assert home.issues() == set()
    assert list(home.cerebro.decisions.of(SECOND_ROUTINE)) == []
    assert home.hass.states.get("sensor.alans_morning_status") is None
    assert home.state("sensor.adas_morning_status").state != "unavailable"
    await home.cerebro.async_flush()
    assert set(hass_storage["cerebro.schedule"]["data"]["routines"]) == {ROUTINE}


async def test_an_occupant_that_is_edited_or_removed_touches_only_their_routine(new_home: Home) -> None:
    new_home.others = alans_morning("08:00:00")
    home = await new_home.async_move_in()
    ada, alan = home.routine, home.cerebro.routines[SECOND_ROUTINE]
    edited = home.entry.subentries[SECOND_OCCUPANT]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "person": "person.alan"}
    )
    await home.async_settle()
    assert home.routine is ada
    assert home.cerebro.routines[SECOND_ROUTINE] is not alan
    assert home.cerebro.routines[SECOND_ROUTINE].setup.occupants[0].person == "person.alan"
    home.cerebro.memory.learn(OccupantId(SECOND_OCCUPANT), Knowledge())
    home.hass.config_entries.async_remove_subentry(home.entry, SECOND_OCCUPANT)
    await home.async_settle()
    assert home.routine is ada
    assert home.cerebro.routines[SECOND_ROUTINE].setup.occupants == ()
    assert SECOND_OCCUPANT not in home.cerebro.memory._knowledge


async def test_a_role_whose_entity_is_gone_is_told_until_it_has_another(home: Home) -> None:
    registry = er.async_get(home.hass)
    registry.async_remove("switch.coffee_machine")
    await home.async_settle()
    assert home.issues() == {"role_missing_coffee_machine"}
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, "role_missing_coffee_machine")
    assert issue is not None
    assert issue.is_fixable
    assert issue.data == {"role": "coffee_machine"}
    assert issue.translation_placeholders == {"role": "Coffee machine"}
    await home.hass.config_entries.async_reload(home.entry.entry_id)
    assert home.issues() == {"role_missing_coffee_machine"}
    kettle = registry.async_get("switch.kettle")
    assert kettle is not None
    before = home.routine
    roles = {**home.entry.data["roles"], "coffee_machine": [kettle.id]}
    home.hass.config_entries.async_update_entry(home.entry, data={"roles": roles})
    await home.async_settle()
    assert home.issues() == set()
    assert home.routine is not before
    assert home.routine.home.entities("coffee_machine") == ("switch.kettle",)


async def test_a_renamed_entity_keeps_its_role(home: Home) -> None:
    er.async_get(home.hass).async_update_entity("switch.coffee_machine", new_entity_id="switch.brewer")
    await home.async_settle()
    assert home.issues() == set()
    assert home.routine.home.entities("coffee_machine") == ("switch.brewer",)


async def test_a_phone_that_is_gone_is_told_until_it_is_there_again(new_home: Home) -> None:
    devices = dr.async_get(new_home.hass)
    new_home.phone = "gone"
    home = await new_home.async_move_in()
    assert home.issues() == {f"phone_missing_{OCCUPANT}"}
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, f"phone_missing_{OCCUPANT}")
    assert issue is not None
    assert not issue.is_fixable
    assert issue.data == {"subentry_id": OCCUPANT}
    phone = devices.async_get_or_create(config_entry_id=home.demo.entry_id, identifiers={("test", "phone")})
    edited = home.entry.subentries[OCCUPANT]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "phone": phone.id}
    )
    await home.async_settle()
    assert home.issues() == set()
    devices.async_remove_device(phone.id)
    await home.async_settle()
    assert home.issues() == {f"phone_missing_{OCCUPANT}"}


async def test_what_tells_of_an_occupant_is_told_when_it_is_gone_until_it_is_chosen_anew(
    home: Home,
) -> None:
    registry = er.async_get(home.hass)
    registry.async_remove("binary_sensor.bedroom_bed_occupancy")
    await home.async_settle()
    assert home.issues() == {f"source_missing_{OCCUPANT}_bed"}
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, f"source_missing_{OCCUPANT}_bed")
    assert issue is not None
    assert not issue.is_fixable
    assert issue.translation_placeholders == {"occupant": "Ada", "source": "Bed sensors"}
    edited = home.entry.subentries[OCCUPANT]
    home.hass.config_entries.async_update_subentry(home.entry, edited, data={**edited.data, "bed": []})
    await home.async_settle()
    assert home.issues() == set()


@pytest.mark.parametrize("field", ["person", "next_alarm", "calendar", "workday", "away"])
async def test_each_thing_that_tells_of_an_occupant_is_missed(new_home: Home, field: str) -> None:
    several = field in {"calendar", "away"}
    new_home.occupant = {field: ["gone"] if several else "gone"}
    home = await new_home.async_move_in()
    assert home.issues() == {f"source_missing_{OCCUPANT}_{field}"}
    home.hass.config_entries.async_remove_subentry(home.entry, OCCUPANT)
    await home.async_settle()
    assert home.issues() == set()


async def test_a_routine_that_cannot_be_read_is_told_and_takes_no_other_along(new_home: Home) -> None:
    new_home.others = alans_morning("08:00:00", steps=[{"id": "x", "kind": "teleport"}])
    home = await new_home.async_move_in()
    assert home.issues() == {f"routine_unusable_{SECOND_ROUTINE}"}
    assert home.state("sensor.adas_morning_status").state == "armed"
    broken = home.entry.subentries[SECOND_ROUTINE]
    home.hass.config_entries.async_update_subentry(
        home.entry, broken, data={**broken.data, "steps": [{"id": "alarm", "kind": "alarm"}]}
    )
    await home.async_settle()
    assert home.issues() == set()
    assert home.state("sensor.alans_morning_status").state == "armed"
    mended = home.entry.subentries[SECOND_ROUTINE]
    home.hass.config_entries.async_update_subentry(
        home.entry, mended, data={**mended.data, "steps": [{"id": "x", "kind": "teleport"}]}
    )
    await home.async_settle()
    assert home.state("button.alans_morning_im_up").state == "unavailable"
    await home.async_until("07:01")
    assert home.state("media_player.bedroom_speaker").state == "playing"


async def test_a_routine_that_fails_half_way_leaves_nothing_ringing_behind(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_kill()
    with patch.object(Wakeups, "async_start", side_effect=ValueError("odd row")):
        await home.async_boot()
    assert home.cerebro.routines == {}
    assert home.issues() == {f"routine_unusable_{ROUTINE}"}
    await home.async_pass(2)
    assert home.state("media_player.bedroom_speaker").state == "idle"
    assert home.state("media_player.bedroom_speaker").attributes["volume_level"] == 0.3


async def test_a_routine_edited_into_what_cannot_be_read_is_unavailable_until_it_is_mended(
    home: Home, hass_client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    edited = home.entry.subentries[ROUTINE]
    steps = edited.data["steps"]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "steps": [{"id": "x", "kind": "teleport"}]}
    )
    await home.async_settle()
    entities = er.async_entries_for_config_entry(er.async_get(home.hass), home.entry.entry_id)
    shown = {home.state(one.entity_id).state for one in entities if one.config_subentry_id == ROUTINE}
    assert shown == {"unavailable"}
    answer = await (await hass_client()).get(
        "/api/calendars/calendar.adas_morning_plan?start=2026-11-24T00:00:00Z&end=2026-11-25T00:00:00Z"
    )
    assert await answer.json() == []
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "steps": steps}, title="Ada wakes"
    )
    await home.async_settle()
    assert home.issues() == set()
    assert home.state("switch.adas_morning_armed").state == "on"
    assert "unique" not in caplog.text


async def test_a_routine_that_could_never_be_read_takes_all_of_its_own_when_it_is_removed(
    new_home: Home,
) -> None:
    new_home.others = alans_morning("08:00:00", steps=[{"id": "x", "kind": "teleport"}])
    home = await new_home.async_move_in()
    home.journal.parent.mkdir(exist_ok=True)
    home.journal.with_name(f"cerebro.journal.{SECOND_ROUTINE}").write_text("")
    home.hass.config_entries.async_remove_subentry(home.entry, SECOND_ROUTINE)
    await home.async_settle()
    assert home.issues() == set()
    assert f"cerebro.journal.{SECOND_ROUTINE}" not in stored(home)


async def test_when_its_entities_cannot_be_set_up_nothing_goes_on_behind_them(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_kill()
    with patch.object(
        home.hass.config_entries, "async_forward_entry_setups", side_effect=HomeAssistantError("odd platform")
    ):
        assert not await home.async_meanwhile(home.hass.config_entries.async_setup(home.entry.entry_id))
    assert home.entry.state is ConfigEntryState.SETUP_ERROR
    await home.async_pass(2)
    assert home.state("media_player.bedroom_speaker").state == "idle"


async def test_what_is_edited_while_it_is_unloaded_comes_up_only_with_the_next_set_up(home: Home) -> None:
    await shower_that_does_not_close(home)
    cerebro = home.cerebro
    unloading = asyncio.create_task(home.hass.config_entries.async_unload(home.entry.entry_id))
    await let_go_on(home, 3)
    assert not unloading.done()
    home.hass.config_entries.async_update_subentry(
        home.entry, home.entry.subentries[ROUTINE], title="Ada wakes"
    )
    await let_go_on(home, 60)
    assert await unloading
    assert cerebro.routines == {}


async def shower_that_does_not_close(home: Home) -> None:
    """Have the water run, from a valve that is stuck."""
    await home.async_until("07:01")
    await home.async_press_up()
    await home.async_place("bathroom")
    await home.async_pass(1.5)
    assert home.water_runs
    await home.async_fault("valve_stuck")


async def test_water_that_runs_when_its_routine_is_removed_is_told_until_it_is_off(home: Home) -> None:
    await shower_that_does_not_close(home)
    home.hass.config_entries.async_remove_subentry(home.entry, ROUTINE)
    await let_go_on(home, 90)
    assert home.water_runs
    assert home.issues() == {f"output_still_on_{ROUTINE}_shower"}
    await home.async_fault("valve_stuck", active=False)
    await let_go_on(home, 90)
    assert not home.water_runs
    assert home.issues() == set()


async def test_water_that_runs_when_cerebro_is_removed_stays_told(home: Home) -> None:
    await shower_that_does_not_close(home)
    await home.async_meanwhile(home.hass.config_entries.async_remove(home.entry.entry_id))
    assert home.water_runs
    (issue_id,) = home.issues()
    assert issue_id == f"output_still_on_{ROUTINE}_shower"
    issue = ir.async_get(home.hass).async_get_issue(DOMAIN, issue_id)
    assert issue is not None
    assert issue.is_persistent


async def test_water_that_runs_when_its_step_is_taken_out_is_put_off(home: Home) -> None:
    await shower_that_does_not_close(home)
    edited = home.entry.subentries[ROUTINE]
    home.hass.config_entries.async_update_subentry(
        home.entry, edited, data={**edited.data, "steps": edited.data["steps"][:2]}
    )
    await let_go_on(home, 60)
    assert home.water_runs
    assert home.issues() == {f"output_still_on_{ROUTINE}_shower"}
    await home.async_fault("valve_stuck", active=False)
    await let_go_on(home, 90)
    assert not home.water_runs
    assert home.issues() == set()


@pytest.mark.parametrize("kept", ["schedule", "memory", "decisions"])
async def test_what_a_newer_cerebro_kept_is_left_untouched_and_told(
    hass_storage: dict[str, Any], home: Home, kept: str
) -> None:
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    newer = hass_storage[f"cerebro.{kept}"] | {"version": 99}
    hass_storage[f"cerebro.{kept}"] = dict(newer)
    assert not await home.hass.config_entries.async_setup(home.entry.entry_id)
    assert home.entry.state is ConfigEntryState.SETUP_ERROR
    assert home.issues() == {"storage_newer"}
    assert hass_storage[f"cerebro.{kept}"] == newer
    hass_storage[f"cerebro.{kept}"] = newer | {"version": 1}
    assert await home.hass.config_entries.async_reload(home.entry.entry_id)
    assert home.issues() == set()


async def test_speakers_can_fetch_the_alarm_s_own_sound(home: Home, hass_client_no_auth: Any) -> None:
    client = await hass_client_no_auth()
    answer = await client.get("/cerebro_static/alarm.wav")
    assert "Cache-Control" not in answer.headers
    assert answer.status == 200
    assert (await answer.read()).startswith(b"RIFF")


async def test_what_cannot_be_brought_up_half_way_leaves_nothing_going(new_kitchen: Kitchen) -> None:
    kitchen = await new_kitchen.async_move_in()
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    hass, entry = kitchen.hass, kitchen.entry
    await hass.config_entries.async_unload(entry.entry_id)
    listening = hass.bus.async_listeners()
    timers = len(get_scheduled_timer_handles(hass.loop))
    with patch.object(Bindings, "start", side_effect=asyncio.CancelledError):
        assert not await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    assert hass.bus.async_listeners() == listening
    waiting = [handle for handle in get_scheduled_timer_handles(hass.loop) if not handle.cancelled()]
    assert len(waiting) <= timers
    assert await hass.config_entries.async_reload(entry.entry_id)
    assert kitchen.pantry.in_stock("Eggs")
