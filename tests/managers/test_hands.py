"""Performing steps: the built-in ones, the user’s own actions, and those left to an automation."""

from __future__ import annotations

from typing import Any

from homeassistant.core import ServiceCall
import pytest
from pytest_homeassistant_custom_component.common import async_capture_events, async_mock_service

from custom_components.cerebro.core.reason import Reason
from custom_components.cerebro.core.routine.model import StepId

from ..home import STEPS, Home
from .test_hazards import take_a_while, take_over

ALARM, COFFEE, SHOWER, NEWS = STEPS


async def in_the_kitchen(home: Home) -> None:
    await home.async_act("start_routine")
    await home.async_press_up()
    await home.async_place("kitchen")
    await home.async_pass(0.5)


async def with_steps(home: Home, *steps: dict[str, Any]) -> Home:
    home.steps = (ALARM, *steps)
    return await home.async_move_in()


async def test_the_user_s_own_actions_are_run_with_the_step_s_name(new_home: Home) -> None:
    actions = [{"event": "brewed", "event_data": {"step": "{{ step }}", "kind": "{{ kind }}"}}]
    home = await with_steps(new_home, {"id": "tea", "kind": "action", "actions": actions})
    told = async_capture_events(home.hass, "brewed")
    await in_the_kitchen(home)
    assert [event.data for event in told] == [{"step": "tea", "kind": "action"}]
    assert told[0].context.id == home.routine.runner.context.id
    assert home.step("tea")["phase"] == "done"


async def test_actions_that_fail_are_tried_again_where_the_home_tells_of_them(new_home: Home) -> None:
    actions = [{"action": "nothing.there"}]
    home = await with_steps(
        new_home, {"id": "light", "kind": "light", "actions": actions, "backoff": 1}, dict(NEWS)
    )
    await in_the_kitchen(home)
    assert home.step("light")["attempts"] == 3
    assert home.step("light")["phase"] == "failed"
    assert home.step("news")["phase"] == "ready"


@pytest.mark.parametrize("kind", ["action", "coffee"])
async def test_actions_of_which_nobody_knows_how_far_they_came_are_not_run_again(
    new_home: Home, kind: str
) -> None:
    actions = [{"event": "brewed"}, {"action": "nothing.there"}]
    home = await with_steps(
        new_home,
        {"id": "tea", "kind": kind, "done_by": "sequence", "actions": actions, "backoff": 1},
        dict(NEWS),
    )
    told = async_capture_events(home.hass, "brewed")
    await in_the_kitchen(home)
    assert len(told) == 1
    assert home.step("tea")["phase"] == "failed"
    assert home.step("news")["phase"] == "ready"


async def test_coffee_made_by_actions_without_a_sign_of_it_is_made_once(new_home: Home) -> None:
    home = await with_steps(
        new_home,
        {
            "id": "coffee",
            "kind": "coffee",
            "done_by": "sequence",
            "actions": [{"event": "brewed"}],
            "evidence_timeout": 10,
            "backoff": 1,
        },
    )
    told = async_capture_events(home.hass, "brewed")
    await in_the_kitchen(home)
    await home.async_pass(1)
    assert len(told) == 1
    assert home.step("coffee")["phase"] == "failed"


async def test_actions_of_which_nothing_tells_are_done_once_they_were_run(new_home: Home) -> None:
    new_home.roles = {role: ids for role, ids in new_home.roles.items() if role != "kitchen_light"}
    home = await with_steps(
        new_home,
        {"id": "light", "kind": "light", "done_by": "sequence", "actions": [{"event": "lit"}]},
        dict(NEWS),
    )
    told = async_capture_events(home.hass, "lit")
    await in_the_kitchen(home)
    assert len(told) == 1
    assert home.step("light")["phase"] == "done"


@pytest.mark.parametrize("kind", ["coffee", "shower"])
async def test_what_could_not_be_put_off_is_not_put_on_by_actions_either(new_home: Home, kind: str) -> None:
    new_home.roles = {
        role: ids for role, ids in new_home.roles.items() if not role.startswith(("coffee", "shower"))
    }
    home = await with_steps(
        new_home,
        {"id": kind, "kind": kind, "done_by": "sequence", "actions": [{"event": "on"}], "ready_timeout": 60},
    )
    told = async_capture_events(home.hass, "on")
    await in_the_kitchen(home)
    await home.async_place("bathroom")
    await home.async_pass(2)
    assert told == []
    assert home.step(kind)["phase"] == "failed"
    assert home.issues() == set()


async def test_actions_are_stopped_where_they_are_when_the_step_is_skipped(new_home: Home) -> None:
    actions = [{"event": "begun"}, {"delay": 600}, {"event": "ended"}]
    home = await with_steps(new_home, {"id": "tea", "kind": "action", "actions": actions})
    begun, ended = (async_capture_events(home.hass, name) for name in ("begun", "ended"))
    await in_the_kitchen(home)
    await home.async_act("skip_step", step="tea")
    await home.async_pass(11, step_s=30)
    assert (len(begun), len(ended)) == (1, 0)


async def test_actions_may_say_themselves_that_their_step_is_done(new_home: Home) -> None:
    actions = [{"action": "cerebro.complete_step", "data": {"step": "coffee"}}]
    home = await with_steps(new_home, {**COFFEE, "actions": actions, "done_by": "sequence"})
    await in_the_kitchen(home)
    assert home.step("coffee")["phase"] == "done"
    assert home.step("coffee")["by_evidence"]


async def test_actions_may_have_cerebro_loaded_anew(new_home: Home) -> None:
    actions = [{"action": "test.reload"}]
    home = await with_steps(new_home, {"id": "tea", "kind": "action", "actions": actions})

    async def reload(_: ServiceCall) -> None:
        await home.hass.config_entries.async_reload(home.entry.entry_id)

    home.hass.services.async_register("test", "reload", reload)
    await in_the_kitchen(home)
    await home.async_pass(1)
    assert home.state("sensor.cerebro").state == "running"
    assert home.step("tea")["phase"] == "failed"


async def test_a_step_left_to_an_automation_waits_for_its_report(new_home: Home) -> None:
    home = await with_steps(new_home, {**COFFEE, "done_by": "automation"})
    await in_the_kitchen(home)
    assert home.step("coffee")["phase"] == "starting"
    assert home.state("switch.coffee_machine").state == "off"
    await home.async_act("complete_step", step="coffee")
    assert home.step("coffee")["phase"] == "done"


async def test_lights_and_heating_are_set_as_the_user_wants_them(new_home: Home) -> None:
    home = await with_steps(
        new_home,
        {"id": "light", "kind": "light", "brightness": 40},
        {"id": "warm", "kind": "climate", "temperature": 21},
    )
    await home.async_act("start_routine")
    await home.async_press_up()
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert home.state("light.kitchen_light").attributes["brightness"] == 102
    assert home.state("climate.thermostat").attributes["temperature"] == 21


async def test_the_news_are_spoken_where_there_is_a_voice(new_home: Home) -> None:
    home = await with_steps(new_home, {**NEWS, "message": "Good morning"})
    spoken = async_mock_service(home.hass, "tts", "speak")
    await in_the_kitchen(home)
    assert spoken[0].data["message"] == "Good morning"
    assert spoken[0].data["media_player_entity_id"] == "media_player.bedroom_speaker"


async def test_the_news_are_played_where_a_station_is_chosen(new_home: Home) -> None:
    home = await with_steps(new_home, {**NEWS, "media_content_id": "http://radio.local/stream"})
    played = async_mock_service(home.hass, "media_player", "play_media")
    await in_the_kitchen(home)
    assert played[-1].data["media_content_id"] == "http://radio.local/stream"


async def test_without_a_voice_or_a_station_there_are_no_news_and_it_says_so(new_home: Home) -> None:
    new_home.roles = {role: refs for role, refs in new_home.roles.items() if role != "tts"}
    home = await with_steps(new_home, {**NEWS, "backoff": 1})
    await in_the_kitchen(home)
    assert home.step("news")["phase"] == "failed"
    last = home.routine.run or home.routine.last_run
    assert last is not None
    assert last.steps[StepId("news")].reason == Reason(key="nothing_to_play", values={"step": "news"})


async def test_an_entity_that_cannot_do_what_a_step_needs_fails_it(new_home: Home) -> None:
    new_home.hass.states.async_set("sensor.no_machine", "on")
    new_home.roles = {**new_home.roles, "coffee_machine": ("sensor.no_machine",)}
    home = await with_steps(new_home, {**COFFEE, "backoff": 1})
    await in_the_kitchen(home)
    assert home.step("coffee")["phase"] == "failed"


async def test_a_step_is_called_as_the_user_calls_it(new_home: Home) -> None:
    home = await with_steps(new_home, {**COFFEE, "name": "Flat white"})
    plan = await home.async_act("plan")
    assert {step["name"] for step in plan["routines"]["Ada’s morning"]["steps"]} == {"Alarm", "Flat white"}


@pytest.mark.parametrize("seconds", [9, 30])
async def test_an_appliance_may_take_its_time_and_no_longer(new_home: Home, seconds: float) -> None:
    home = await with_steps(new_home, dict(COFFEE))

    async def slow(call: ServiceCall) -> None:
        await take_a_while(home, seconds)
        await real.job.target(call)

    real = take_over(home, "switch", "turn_on", slow)
    await in_the_kitchen(home)
    await home.async_pass(1, step_s=1)
    await home.async_pass(2)
    assert (home.step("coffee")["phase"] in {"running", "ready"}) is (seconds < 10)
    assert home.brews <= 1
