"""The button *I’m up*: there while there is a run to tell, and as good as the bed."""

from __future__ import annotations

from .home import Home

BUTTON = "button.adas_morning_im_up"


async def test_it_is_there_while_there_is_a_run(home: Home) -> None:
    assert home.state(BUTTON).state == "unavailable"
    await home.async_until("06:55")
    assert home.state(BUTTON).state == "unknown"
    await home.async_act("stop")
    await home.async_pass(0.2)
    assert home.state(BUTTON).state == "unavailable"


async def test_pressing_it_ends_the_alarm_on_evidence(home: Home) -> None:
    await home.async_until("07:01")
    await home.async_press_up()
    assert home.state("sensor.cerebro").state == "running"
    assert home.step("alarm")["by_evidence"]
