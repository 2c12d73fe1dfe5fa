"""A morning in the demo home, on Home Assistant's test core."""

from __future__ import annotations

from .home import Home


async def test_it_waits_armed_with_a_plan(home: Home) -> None:
    assert home.state("sensor.cerebro").state == "armed"
    assert home.state("sensor.adas_morning_next_wake_up").state == "2026-11-24T06:00:00+00:00"
    plan = await home.async_act("plan")
    steps = plan["routines"]["Ada’s morning"]["steps"]
    assert steps[0]["step"] == "alarm"


async def test_the_whole_morning_is_done_on_evidence(home: Home) -> None:
    await home.async_until("07:00")
    assert home.state("sensor.cerebro").state == "waking"
    await home.async_pass(1)
    assert home.state("media_player.bedroom_speaker").state == "playing"
    await home.async_place("bedroom")
    await home.async_pass(2)
    assert home.state("media_player.bedroom_speaker").state != "playing"
    assert home.state("sensor.cerebro").state == "running"
    await home.async_place("bathroom")
    await home.async_pass(3)
    assert home.state("valve.shower_valve").state == "open"
    await home.async_place("shower")
    await home.async_pass(6)
    await home.async_place("bathroom")
    await home.async_pass(6)
    assert home.state("valve.shower_valve").state == "closed"
    await home.async_place("kitchen")
    await home.async_pass(25)
    for step in ("alarm", "coffee", "shower", "news"):
        assert home.step(step)["phase"] == "done"
        assert home.step(step)["by_evidence"]
    assert home.state("switch.coffee_machine").state == "off"
    assert home.state("sensor.cerebro").state == "armed"
