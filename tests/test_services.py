"""The actions: on the routine that is meant, with answers and with errors that say what is wrong."""

from __future__ import annotations

from typing import Any

from homeassistant.core import SupportsResponse
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import area_registry as ar
from homeassistant.helpers import device_registry as dr
import pytest
import voluptuous as vol

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.services import ACTIONS

from .home import ROUTINE, SECOND_ROUTINE, Home, alans_morning

ADA, ALAN = "Ada’s morning", "Alan’s morning"


async def refused(home: Home, action: str, **data: Any) -> str | None:
    """Return the key of the error with which an action is refused."""
    with pytest.raises(ServiceValidationError) as raised:
        await home.async_act(action, **data)
    assert raised.value.translation_domain == DOMAIN
    return raised.value.translation_key


async def two(home: Home) -> Home:
    home.others = alans_morning("08:00:00")
    return await home.async_move_in()


async def test_the_whole_course_can_be_commanded(home: Home) -> None:
    await home.async_act("start_routine")
    assert home.state("sensor.cerebro").state == "waking"
    assert await refused(home, "start_routine") == "already_running"
    await home.async_act("snooze")
    assert await refused(home, "snooze") == "not_ringing"
    await home.async_act("pause")
    assert await refused(home, "pause") == "already_paused"
    await home.async_act("resume")
    assert await refused(home, "resume") == "not_paused"
    await home.async_act("dismiss_alarm")
    assert await refused(home, "dismiss_alarm") == "not_ringing"
    await home.async_act("skip_step", step="shower")
    assert home.step("shower")["phase"] == "skipped"
    assert await refused(home, "skip_step", step="shower") == "step_is_over"
    await home.async_act("complete_step", step="coffee")
    assert home.step("coffee")["phase"] == "done"
    assert await refused(home, "complete_step", step="tea") == "unknown_step"
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "armed"


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("stop", {}),
        ("pause", {}),
        ("resume", {}),
        ("skip_step", {"step": "coffee"}),
        ("complete_step", {"step": "coffee"}),
        ("snooze", {}),
        ("dismiss_alarm", {}),
    ],
)
async def test_without_a_run_there_is_nothing_to_command(
    home: Home, action: str, data: dict[str, Any]
) -> None:
    assert await refused(home, action, **data) == "not_running"


async def test_a_step_whose_kind_stands_twice_must_be_named(new_home: Home) -> None:
    new_home.steps = (*new_home.steps, {"id": "light1", "kind": "light"}, {"id": "light2", "kind": "light"})
    home = await new_home.async_move_in()
    await home.async_act("start_routine")
    assert await refused(home, "skip_step", step="light") == "unknown_step"
    await home.async_act("skip_step", step="light2")
    assert home.step("light2")["phase"] == "skipped"


async def test_without_a_wake_up_none_can_be_skipped(new_home: Home) -> None:
    new_home.wake = {"sources": ["times"], "times": {}}
    home = await new_home.async_move_in()
    assert await refused(home, "skip_next") == "no_wake_up"


async def test_of_several_routines_one_must_be_meant(new_home: Home) -> None:
    home = await two(new_home)
    assert await refused(home, "start_routine") == "which_routine"
    assert await refused(home, "start_routine", entity_id="sensor.cerebro") == "no_routine_targeted"
    assert await refused(home, "start_routine", entity_id="light.bedroom_light") == "no_routine_targeted"


@pytest.mark.parametrize("by", ["entity", "device", "area"])
async def test_a_routine_is_meant_by_its_entity_its_device_or_its_area(new_home: Home, by: str) -> None:
    home = await two(new_home)
    devices = dr.async_get(home.hass)
    device = devices.async_get_device_by_identifier((DOMAIN, SECOND_ROUTINE), home.entry.entry_id)
    assert device is not None
    area = ar.async_get(home.hass).async_create("Alan’s room")
    devices.async_update_device(device.id, area_id=area.id)
    target = {
        "entity": {"entity_id": "event.alans_morning_happening"},
        "device": {"device_id": device.id},
        "area": {"area_id": area.id},
    }[by]
    await home.async_act("start_routine", **target)
    assert home.state("sensor.alans_morning_status").state == "waking"
    assert home.state("sensor.adas_morning_status").state == "armed"


async def test_several_can_be_meant_at_once(new_home: Home) -> None:
    home = await two(new_home)
    answer = await home.async_act(
        "plan", entity_id=["sensor.adas_morning_status", "sensor.alans_morning_status"]
    )
    assert set(answer["routines"]) == {ADA, ALAN}


async def test_one_that_refuses_does_not_keep_another_from_being_stopped(new_home: Home) -> None:
    home = await two(new_home)
    both = ["event.adas_morning_happening", "event.alans_morning_happening"]
    await home.async_act("start_routine", entity_id=both[1])
    await home.async_act("stop", entity_id=both)
    await home.async_pass(0.5)
    assert home.state("sensor.alans_morning_status").state == "armed"
    assert await refused(home, "stop", entity_id=both) == "not_running"


async def test_without_a_routine_every_action_says_so(home: Home) -> None:
    home.hass.config_entries.async_remove_subentry(home.entry, ROUTINE)
    await home.async_settle()
    assert await refused(home, "stop") == "no_routine"
    assert await refused(home, "stop", entity_id="sensor.cerebro") == "no_routine"


GIVEN = {"time": "07:00", "amount": 1, "format": "json"}
"""What is given where a word would not do."""


async def test_without_cerebro_every_action_says_so(home: Home) -> None:
    await home.hass.config_entries.async_unload(home.entry.entry_id)
    for action in ACTIONS:
        needed = [str(key) for key in action.fields if isinstance(key, vol.Required)]
        data = {key: GIVEN.get(key, "coffee") for key in needed}
        with pytest.raises(ServiceValidationError) as raised:
            await home.hass.services.async_call(
                DOMAIN,
                action.name,
                data,
                blocking=True,
                return_response=action.response is not SupportsResponse.NONE,
            )
        assert raised.value.translation_key == "not_loaded"


async def test_the_plan_says_what_starts_when_and_what_is_left_out(new_home: Home) -> None:
    new_home.leave_by = "07:12:00"
    home = await new_home.async_move_in()
    plan = (await home.async_act("plan"))["routines"][ADA]
    assert plan["wake_time"] == "2026-11-24T07:00:00+01:00"
    for step in plan["steps"]:
        assert step["start"] <= step["ready"]
        assert step["reason"]
        assert step["name"]
    assert plan["left_out"]
    assert all(step["reason"] for step in plan["left_out"])
    assert home.routine.run is None


async def test_without_a_wake_up_the_plan_is_empty(new_home: Home) -> None:
    new_home.wake = {"sources": ["times"], "times": {}}
    home = await new_home.async_move_in()
    assert (await home.async_act("plan"))["routines"][ADA] == {
        "wake_time": None,
        "steps": [],
        "left_out": [],
    }


async def test_it_explains_its_last_decisions(home: Home) -> None:
    await home.async_act("set_wake_time", time="07:30:00")
    await home.async_act("skip_next")
    told = (await home.async_act("explain", count=1))["routines"][ADA]
    assert told["status"] == "armed"
    (last,) = told["decisions"]
    assert last["what"] == "wake_up_skipped"
    assert last["can_undo"]
    assert told["reason"] == last["reason"] == "The wake-up at 07:30 was skipped on request."
    assert len((await home.async_act("explain"))["routines"][ADA]["decisions"]) == 2


async def test_each_kind_of_decision_can_be_taken_back(home: Home) -> None:
    next_wake = "sensor.adas_morning_next_wake_up"
    await home.async_act("skip_next")
    await home.async_act("set_wake_time", time="07:30:00")
    await home.async_act("set_wake_time", time="07:40:00")
    await home.hass.services.async_call(
        "switch", "turn_off", {"entity_id": "switch.adas_morning_armed"}, blocking=True
    )
    assert home.state(next_wake).state == "unknown"
    assert (await home.async_act("undo"))["routines"][ADA]["what"] == "disarmed"
    assert home.state(next_wake).state == "2026-11-24T06:40:00+00:00"
    assert (await home.async_act("undo"))["routines"][ADA]["what"] == "wake_time_set"
    assert home.state(next_wake).state == "2026-11-24T06:30:00+00:00"
    await home.async_act("undo")
    assert home.state(next_wake).state == "2026-11-25T06:00:00+00:00"
    assert (await home.async_act("undo"))["routines"][ADA]["what"] == "wake_up_skipped"
    assert home.state(next_wake).state == "2026-11-24T06:00:00+00:00"
    assert await refused(home, "undo") == "nothing_to_undo"
    told = (await home.async_act("explain"))["routines"][ADA]["decisions"]
    assert all(one["undone"] and not one["can_undo"] for one in told)


async def test_a_step_that_was_started_can_be_taken_back_while_it_runs(home: Home) -> None:
    await home.async_act("start_routine")
    await home.async_press_up()
    await home.async_place("bathroom")
    await home.async_pass(0.5)
    assert home.water_runs
    await home.async_act("undo")
    await home.async_pass(0.3)
    assert not home.water_runs
    assert home.step("shower")["phase"] == "skipped"
    assert await refused(home, "undo") == "nothing_to_undo"


async def test_what_a_run_did_that_is_over_does_not_stand_in_the_way_of_an_earlier_undo(home: Home) -> None:
    await home.async_act("set_wake_time", time="07:30:00")
    await home.async_act("start_routine")
    await home.async_press_up()
    await home.async_place("kitchen")
    await home.async_pass(0.2)
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert (await home.async_act("undo"))["routines"][ADA]["what"] == "wake_time_set"
    assert home.routine.routine.routine_id == ROUTINE
