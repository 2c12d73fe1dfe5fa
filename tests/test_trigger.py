"""The triggers of the automation editor, run by Home Assistant’s own engine."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Event, HomeAssistant
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.translation import async_get_translations
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.core.routine.state import Happening
from custom_components.cerebro.trigger import TRIGGERS

from .automations import AutomatedHome, async_automate
from .home import ROUTINE, Home

EVENT_ENTITY = "event.adas_morning_happening"
ENTITY = {"entity_id": EVENT_ENTITY}
TOLD = ("event_type", "step", "kind", "name", "outcome")

RINGS = {"event_type": "alarm_ringing", "step": "alarm", "kind": "alarm", "name": "Alarm", "outcome": None}

type Heard = list[Event[Mapping[str, Any]]]


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Home]:
    """Give the home at two minutes to seven, Ada in bed, and leave it with nothing running."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T06:58:00+01:00")
    home = await AutomatedHome(hass=hass, freezer=freezer).async_move_in()
    yield home
    assert await home.async_meanwhile(hass.config_entries.async_unload(home.entry.entry_id))


async def async_listen(
    hass: HomeAssistant, key: str, target: Mapping[str, Any] = ENTITY, **options: Any
) -> Heard:
    """Load an automation with a trigger, and return what will start it."""
    told = {name: f"{{{{ trigger.{name} }}}}" for name in (*TOLD, "entity_id", "reason", "run_id")}
    await async_automate(
        hass,
        listener={
            "triggers": [{"trigger": f"{DOMAIN}.{key}", "target": dict(target), "options": options}],
            "actions": [{"event": "heard", "event_data": told}],
            "mode": "queued",
        },
    )
    return async_capture_events(hass, "heard")


def told(heard: Heard) -> list[dict[str, Any]]:
    """Return what each start was told."""
    return [{name: event.data[name] for name in TOLD} for event in heard]


async def test_the_alarm_tells_when_it_starts_ringing_and_rings_again_after_a_snooze(home: Home) -> None:
    heard = await async_listen(home.hass, "alarm_started_ringing")
    await home.async_until("07:01")
    assert told(heard) == [RINGS]
    await home.async_act("snooze")
    await home.async_pass(9.5)
    assert told(heard) == [RINGS, RINGS]


async def test_getting_up_tells_once_whatever_saw_it(home: Home) -> None:
    heard = await async_listen(home.hass, "occupant_got_up")
    await home.async_until("07:01")
    assert not heard
    await home.async_place("bathroom")
    await home.async_place("kitchen")
    assert [one["event_type"] for one in told(heard)] == ["occupant_up"]


async def test_a_step_tells_when_it_is_due_with_its_id_its_kind_its_name_and_why(home: Home) -> None:
    heard = await async_listen(home.hass, "step_became_due")
    await home.async_until("07:01")
    await home.async_place("bathroom")
    await home.async_pass(1)
    assert told(heard)[0] == RINGS
    assert [one["step"] for one in told(heard)] == ["alarm", "shower"]
    shower = heard[1].data
    assert (shower["kind"], shower["name"], shower["entity_id"]) == ("shower", "Shower", EVENT_ENTITY)
    assert shower["reason"]
    assert shower["run_id"] == home.routine.run.run_id if home.routine.run else None


async def test_a_step_tells_how_it_ended(home: Home) -> None:
    heard = await async_listen(home.hass, "step_ended")
    await home.async_until("07:01")
    await home.async_act("skip_step", step="coffee")
    await home.async_act("complete_step", step="news")
    assert [(one["step"], one["outcome"]) for one in told(heard)] == [("coffee", "skipped"), ("news", "done")]


async def test_a_failed_step_tells_that_it_failed(home: Home) -> None:
    heard = await async_listen(home.hass, "step_ended", outcome="failed")
    await home.async_fault("shower_unreachable")
    await home.async_until("07:01")
    await home.async_place("bathroom")
    await home.async_pass(17, step_s=20)
    assert [(one["step"], one["outcome"]) for one in told(heard)] == [("shower", "failed")]


async def test_the_end_of_the_routine_tells_however_it_ended(home: Home) -> None:
    heard = await async_listen(home.hass, "routine_ended")
    await home.async_until("07:01")
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert [one["event_type"] for one in told(heard)] == ["run_ended"]


async def test_a_machine_without_water_tells_that_the_person_is_needed(home: Home) -> None:
    heard = await async_listen(home.hass, "attention_needed")
    await home.async_until("07:01")
    await home.async_place("kitchen")
    await home.async_pass(0.5)
    await home.async_fault("water_empty")
    await home.async_pass(1)
    assert [one["event_type"] for one in told(heard)] == ["needs_attention"]


@pytest.mark.parametrize(
    ("options", "steps"),
    [
        ({}, ["coffee", "news"]),
        ({"kind": [], "step": "", "outcome": []}, ["coffee", "news"]),
        ({"kind": "coffee"}, ["coffee"]),
        ({"kind": ["coffee", "news"], "outcome": ["done"]}, ["news"]),
        ({"step": "news"}, ["news"]),
        ({"step": "news", "kind": "coffee"}, []),
        ({"outcome": "failed"}, []),
    ],
)
async def test_options_let_only_the_wanted_steps_pass(
    home: Home, options: dict[str, Any], steps: list[str]
) -> None:
    heard = await async_listen(home.hass, "step_ended", **options)
    await home.async_until("07:01")
    await home.async_act("skip_step", step="coffee")
    await home.async_act("complete_step", step="news")
    assert [one["step"] for one in told(heard)] == steps


@pytest.mark.parametrize("options", [{"kind": "tea"}, {"outcome": "forgotten"}, {"behavior": "each"}])
async def test_an_option_that_does_not_exist_is_refused(home: Home, options: dict[str, Any]) -> None:
    await async_listen(home.hass, "step_ended", **options)
    assert home.state("automation.listener").state == "unavailable"


async def _async_device(home: Home) -> dict[str, Any]:
    device = dr.async_get(home.hass).async_get_device_by_identifier((DOMAIN, ROUTINE), home.entry.entry_id)
    assert device is not None
    return {"device_id": device.id}


async def _async_area(home: Home) -> dict[str, Any]:
    area = ar.async_get(home.hass).async_create("Attic")
    device = (await _async_device(home))["device_id"]
    dr.async_get(home.hass).async_update_device(device, area_id=area.id)
    return {"area_id": area.id}


async def _async_label(home: Home) -> dict[str, Any]:
    er.async_get(home.hass).async_update_entity(EVENT_ENTITY, labels={"mornings"})
    return {"label_id": "mornings"}


@pytest.mark.parametrize("pick", [_async_device, _async_area, _async_label])
async def test_a_routine_is_targeted_by_its_device_its_area_or_its_label(
    home: Home, pick: Callable[[Home], Any]
) -> None:
    heard = await async_listen(home.hass, "alarm_started_ringing", await pick(home))
    await home.async_until("07:01")
    assert told(heard) == [RINGS]


async def test_an_event_entity_of_another_integration_is_not_listened_to(home: Home) -> None:
    assert await async_setup_component(home.hass, "event", {})
    home.hass.states.async_set("event.doorbell", "unknown", {"event_type": None})
    heard = await async_listen(home.hass, "alarm_started_ringing", {"entity_id": "event.doorbell"})
    home.hass.states.async_set("event.doorbell", "2026-11-24", {"event_type": Happening.ALARM_RINGING})
    await home.async_settle()
    assert not heard


async def test_an_automation_outlives_a_reload_of_cerebro_which_tells_nothing_anew(home: Home) -> None:
    heard = await async_listen(home.hass, "alarm_started_ringing")
    await home.async_until("07:01")
    assert len(heard) == 1
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    await home.async_settle()
    assert await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.async_settle()
    assert len(heard) == 1
    await home.async_act("snooze")
    await home.async_pass(9.5)
    assert len(heard) == 2


async def test_an_automation_that_is_loaded_while_cerebro_is_not_starts_once_it_is(home: Home) -> None:
    assert await home.hass.config_entries.async_unload(home.entry.entry_id)
    heard = await async_listen(home.hass, "alarm_started_ringing")
    assert home.state("automation.listener").state == "on"
    assert await home.hass.config_entries.async_setup(home.entry.entry_id)
    await home.async_settle()
    await home.async_until("07:01")
    assert told(heard) == [RINGS]


async def test_two_things_within_one_moment_are_told_one_by_one(home: Home) -> None:
    heard = await async_listen(home.hass, "step_ended")
    await home.async_until("07:01")
    await home.async_act("stop")
    assert [one["step"] for one in told(heard)] == ["alarm", "coffee", "shower", "news"]


async def test_an_automation_is_started_by_what_follows_from_its_own_action(home: Home) -> None:
    await async_automate(
        home.hass,
        next_please={
            "triggers": [
                {"trigger": "cerebro.step_ended", "target": ENTITY, "options": {"step": step}, "id": step}
                for step in ("coffee", "news")
            ],
            "actions": [
                {
                    "if": [{"condition": "trigger", "id": "coffee"}],
                    "then": [{"action": "cerebro.skip_step", "target": ENTITY, "data": {"step": "news"}}],
                },
                {"event": "heard", "event_data": {"step": "{{ trigger.step }}"}},
                {"delay": 1},
            ],
            "mode": "restart",
        },
    )
    heard = async_capture_events(home.hass, "heard")
    await home.async_until("07:01")
    await home.async_act("skip_step", step="coffee")
    assert [event.data["step"] for event in heard][-1] == "news"
    await home.async_pass(0.1)


async def test_the_editor_lists_every_trigger_with_fields_names_and_icons(
    home: Home, hass_ws_client: WebSocketGenerator
) -> None:
    assert await async_setup_component(home.hass, "frontend", {})
    client = await hass_ws_client(home.hass)
    await client.send_json_auto_id({"type": "trigger_platforms/subscribe"})
    assert (await client.receive_json())["success"]
    listed = (await client.receive_json())["event"]
    ours = {
        key.removeprefix(f"{DOMAIN}."): row for key, row in listed.items() if key.startswith(f"{DOMAIN}.")
    }
    assert ours.keys() == TRIGGERS.keys()
    await client.send_json_auto_id({"type": "frontend/get_icons", "category": "triggers"})
    icons = (await client.receive_json())["result"]["resources"][DOMAIN]
    for language in ("en", "fr"):
        texts = await async_get_translations(home.hass, language, "triggers", {DOMAIN})
        for key, row in ours.items():
            assert icons[key]["trigger"].startswith("mdi:")
            for text in ("name", "description", *(f"fields.{name}.name" for name in row.get("fields", {}))):
                assert texts[f"component.{DOMAIN}.triggers.{key}.{text}"]
