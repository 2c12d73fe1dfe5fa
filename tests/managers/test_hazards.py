"""What heats or runs water: off on every way out, however slow, broken or gone the appliance is."""

from __future__ import annotations

import asyncio
from datetime import timedelta
import itertools
from typing import Any

from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import ServiceCall
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.routine.model import Anchor
from custom_components.cerebro.core.routine.state import AnchorReached

from ..home import ROUTINE, SECOND_ROUTINE, STEPS, Home, alans_morning

SPEAKER = "media_player.bedroom_speaker"
COFFEE = "switch.coffee_machine"
VALVE = "valve.shower_valve"
STILL_ON = f"output_still_on_{ROUTINE}_shower"


async def up(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_place("bedroom")
    await home.async_press_up()


async def showering(home: Home) -> None:
    await up(home)
    await home.async_place("bathroom")
    await home.async_pass(1.5)
    assert home.water_runs


async def everything_on(home: Home) -> None:
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(0.5)
    await home.async_place("bathroom")
    await home.async_pass(0.5)
    assert home.water_runs
    assert home.state(COFFEE).state == "on"


def take_over(home: Home, domain: str, service: str, handler: Any) -> Any:
    """Put another handler in the place of an action and return the real one."""
    services = home.hass.services
    real = services.async_services_for_domain(domain)[service]
    services.async_register(domain, service, handler, schema=real.schema)
    return real


async def take_a_while(home: Home, seconds: float) -> None:
    """Wait until the home’s clock has gone on."""
    until = home.hass.loop.time() + seconds
    while home.hass.loop.time() < until:  # noqa: ASYNC110 - the clock is frozen between the test’s steps
        await asyncio.sleep(0.2)


async def test_a_stop_while_everything_is_on_puts_everything_off_and_volumes_back(home: Home) -> None:
    await everything_on(home)
    await home.async_place("bed")
    await home.async_pass(1)
    assert home.state(SPEAKER).attributes["volume_level"] != 0.3
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    assert home.state(SPEAKER).state == "idle"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3
    assert home.state("sensor.cerebro").state == "armed"


async def test_a_leak_stops_everything(home: Home) -> None:
    await everything_on(home)
    await home.async_fault("leak")
    await home.async_pass(0.5)
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    assert home.routine.last_run is not None
    assert home.routine.last_run.ending == "danger"


@pytest.mark.parametrize("danger", ["leak", "smoke"])
async def test_while_danger_is_reported_the_alarm_rings_and_nothing_dangerous_starts(
    home: Home, danger: str
) -> None:
    await home.async_fault(danger)
    await home.async_until("07:01")
    assert home.state(SPEAKER).state == "playing"
    await home.async_place("bedroom")
    await home.async_press_up()
    await home.async_place("bathroom")
    await home.async_place("kitchen")
    await home.async_pass(2)
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    await home.async_fault(danger, active=False)
    await home.async_pass(1.5)
    assert home.state(COFFEE).state == "on"


async def test_a_leak_in_the_lead_does_not_let_anybody_oversleep(home: Home) -> None:
    await home.async_until("06:53")
    await home.async_fault("leak")
    await home.async_until("07:01")
    assert home.state(SPEAKER).state == "playing"


async def test_a_valve_that_is_stuck_asks_for_the_person_until_it_moves(home: Home) -> None:
    await showering(home)
    await home.async_fault("valve_stuck")
    await home.async_act("skip_step", step="shower")
    await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "attention"
    assert home.issues() == {STILL_ON}
    await home.async_fault("valve_stuck", active=False)
    await home.async_pass(2)
    assert not home.water_runs
    assert home.issues() == set()
    assert home.state("sensor.cerebro").state == "running"


async def test_a_shower_whose_entity_was_deleted_is_not_taken_for_off(home: Home) -> None:
    await showering(home)
    er.async_get(home.hass).async_remove(VALVE)
    await home.async_settle()
    await home.async_act("skip_step", step="shower")
    await home.async_pass(0.5)
    assert home.issues() == {STILL_ON, "role_missing_shower"}
    assert home.state("sensor.cerebro").state == "attention"


async def test_a_machine_out_of_water_asks_for_the_person_and_brews_once_it_has_some(home: Home) -> None:
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(0.5)
    await home.async_fault("water_empty")
    assert home.state("sensor.cerebro").state == "attention"
    assert home.state(COFFEE).state == "off"
    await home.async_pass(1)
    await home.async_fault("water_empty", active=False)
    assert home.state("sensor.cerebro").state == "running"
    await home.async_pass(8)
    assert home.brews == 1
    assert home.step("coffee")["phase"] == "ready"


async def test_a_machine_that_is_away_is_waited_for_and_then_given_up(home: Home) -> None:
    await home.async_fault("coffee_unreachable")
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(5)
    assert home.step("coffee")["phase"] == "pending"
    await home.async_pass(12, step_s=20)
    assert home.step("coffee")["phase"] == "failed"


async def test_an_action_that_raises_is_tried_again_with_pauses_and_told(home: Home) -> None:
    calls: list[Any] = []

    async def broken(call: ServiceCall) -> None:
        calls.append(home.hass.loop.time())
        raise ValueError("broken")

    real = take_over(home, "switch", "turn_on", broken)
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(3)
    assert home.step("coffee")["phase"] == "failed"
    assert home.step("coffee")["attempts"] == 3
    pauses = [after - before for before, after in itertools.pairwise(calls)]
    assert pauses == pytest.approx([20, 40], abs=6)
    assert real is not None
    assert home.brews == 0


async def test_a_valve_that_answers_late_is_shut_after_it_opened(home: Home) -> None:
    """The appliance takes the call, answers after half a minute, and only then opens."""

    async def slow(call: ServiceCall) -> None:
        async def open_later() -> None:
            await take_a_while(home, 25)
            await real.job.target(call)

        # As a thread of another integration would: it goes on though nobody waits for it any more.
        task = home.hass.async_create_background_task(open_later(), "a slow valve")
        await asyncio.shield(task)

    real = take_over(home, "valve", "open_valve", slow)
    await up(home)
    await home.async_place("bathroom")
    await home.async_pass(0.1)
    await home.async_act("skip_step", step="shower")
    await home.async_pass(0.25, step_s=1)
    assert home.step("shower")["phase"] == "skipped"
    seen: list[str] = []
    async_track_state_change_event(home.hass, VALVE, lambda event: seen.append(event.data["new_state"].state))
    await home.async_pass(0.6, step_s=1)
    assert "opening" in seen
    assert not home.water_runs
    assert home.demo.runtime_data.home.shower.litres < 1


async def test_a_start_that_is_under_way_does_not_come_after_the_stop(home: Home) -> None:
    async def slow(call: ServiceCall) -> None:
        await take_a_while(home, 8)
        await real.job.target(call)

    real = take_over(home, "valve", "open_valve", slow)
    await up(home)
    await home.async_place("bathroom")
    await home.async_pass(0.05, step_s=1)
    await home.async_act("stop")
    await home.async_pass(1, step_s=1)
    assert home.demo.runtime_data.home.shower.litres == 0
    assert home.state("sensor.cerebro").state == "armed"


async def test_unloading_puts_everything_off_and_volumes_back(home: Home) -> None:
    await everything_on(home)
    await home.async_place("bed")
    await home.async_pass(1)
    await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id))
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3


async def test_unloading_after_the_home_is_gone_does_not_hang(home: Home) -> None:
    await everything_on(home)
    await home.hass.config_entries.async_unload(home.demo.entry_id)
    await home.async_meanwhile(home.hass.config_entries.async_unload(home.entry.entry_id), within_s=40)
    assert home.issues() == {STILL_ON, f"output_still_on_{ROUTINE}_coffee"}


async def test_a_shutdown_puts_everything_off_while_the_home_still_answers(home: Home) -> None:
    await everything_on(home)
    calls: list[str] = []

    def called(event: Any) -> None:
        calls.append(f"{event.data['domain']}.{event.data['service']} {home.hass.state.value}")

    home.hass.bus.async_listen("call_service", called)
    jobs = [job.job.target for job in home.hass._shutdown_jobs if "halt" in job.job.target.__qualname__]
    assert len(jobs) == 1
    await home.async_meanwhile(jobs[0]())
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"
    assert {"valve.close_valve RUNNING", "switch.turn_off RUNNING"} <= set(calls)
    await home.async_place("kitchen")
    await home.async_pass(3)
    assert home.state(COFFEE).state == "off"


async def test_what_is_still_on_at_the_stop_is_put_off_by_direct_calls(home: Home) -> None:
    await everything_on(home)
    home.hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    for _ in range(20):  # Home Assistant itself waits for this: nothing else may be waited for.
        home.freezer.tick(timedelta(seconds=1))
        async_fire_time_changed(home.hass, dt_util.utcnow())
        for _ in range(20):
            await asyncio.sleep(0)
    assert not home.water_runs
    assert home.state(COFFEE).state == "off"


async def test_a_shower_is_no_longer_on_than_it_may_be(new_home: Home) -> None:
    new_home.steps = (STEPS[0], {"id": "shower", "kind": "shower", "max_on": 120})
    home = await new_home.async_move_in()
    await up(home)
    await home.async_place("shower")
    await home.async_pass(2.6)
    assert not home.water_runs
    assert home.step("shower")["phase"] == "done"


async def test_water_that_nobody_comes_to_is_shut(home: Home) -> None:
    await showering(home)
    await home.async_act("skip_step", step="shower")
    await home.async_pass(0.3)
    assert not home.water_runs


@pytest.mark.parametrize("second_at", ["07:00:00", "07:03:00"])
async def test_of_two_who_want_the_bathroom_the_second_waits(new_home: Home, second_at: str) -> None:
    new_home.others = alans_morning(second_at)
    home = await new_home.async_move_in()
    await home.async_until("07:01")
    await home.async_press_up()
    await home.async_place("bathroom")
    await home.async_pass(4)
    alan = home.cerebro.routines[SECOND_ROUTINE]
    assert alan.run is not None
    # Ada's steps before his wake-up were no sign of his; he gets up by himself.
    await alan.async_observe(AnchorReached(anchor=Anchor.UP, source="button"))

    def busy() -> int:
        runs = (home.routine.run, alan.run)
        active = {"starting", "running", "ready"}
        return sum(run is not None and run.steps["shower"].phase in active for run in runs)

    for _ in range(10):
        assert busy() <= 1
        await home.async_pass(1, step_s=10)
    await home.async_place("kitchen")
    await home.async_pass(1, step_s=10)
    await home.async_place("bathroom")
    for _ in range(30):
        assert busy() <= 1
        await home.async_pass(1, step_s=10)
    assert home.routine.run is None or home.routine.run.steps["shower"].attempts == 1
    shown = alan.run or alan.last_run
    assert shown is not None
    assert shown.steps["shower"].attempts >= 1


async def test_unloading_one_routine_leaves_the_other_s_shower_on(new_home: Home) -> None:
    new_home.others = alans_morning("07:30:00")
    home = await new_home.async_move_in()
    await showering(home)
    alan = home.entry.subentries[SECOND_ROUTINE]
    home.hass.config_entries.async_update_subentry(home.entry, alan, title="Alan")
    await home.async_settle()
    await home.async_pass(0.2)
    assert home.water_runs


async def test_a_button_that_brews_is_pressed_once(new_home: Home) -> None:
    hass, presses = new_home.hass, []

    async def press(call: ServiceCall) -> None:
        presses.append(call.data["entity_id"])

    hass.states.async_set("input_button.brew", "unknown")
    hass.services.async_register("input_button", "press", press)
    new_home.roles = {
        role: refs for role, refs in new_home.roles.items() if not role.startswith("coffee")
    } | {"coffee_machine": ("input_button.brew",), "coffee_power": ("sensor.coffee_machine_power",)}
    home = await new_home.async_move_in()
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(15, step_s=10)
    assert presses == ["input_button.brew"]
    assert home.step("coffee")["phase"] == "failed"


async def test_a_button_of_which_nothing_tells_is_done_once_it_was_pressed(new_home: Home) -> None:
    hass, presses = new_home.hass, []

    async def press(call: ServiceCall) -> None:
        presses.append(call.data["entity_id"])

    hass.states.async_set("input_button.brew", "unknown")
    hass.services.async_register("input_button", "press", press)
    new_home.roles = {
        role: refs for role, refs in new_home.roles.items() if not role.startswith("coffee")
    } | {"coffee_machine": ("input_button.brew",)}
    home = await new_home.async_move_in()
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(1)
    assert presses == ["input_button.brew"]
    assert home.step("coffee")["phase"] == "done"
    assert not home.step("coffee")["by_evidence"]


async def test_a_power_sensor_that_is_silent_does_not_lead_to_a_second_brew(new_home: Home) -> None:
    new_home.hass.states.async_set("sensor.plug_power", "unavailable")
    new_home.roles = {**new_home.roles, "coffee_power": ("sensor.plug_power",)}
    home = await new_home.async_move_in()
    await up(home)
    await home.async_place("kitchen")
    await home.async_pass(7, step_s=10)
    assert home.step("coffee")["phase"] == "ready"
    assert home.step("coffee")["attempts"] == 1
    assert not home.step("coffee")["by_evidence"]
    assert home.brews == 1
