"""An error of ours in the middle of a morning: the home stays watched, and the alarm can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError
import pytest

from custom_components.cerebro.managers import routine as routine_module
from custom_components.cerebro.managers import runner as runner_module
from custom_components.cerebro.managers.memory import Memory

from ..home import ROUTINE, Home
from .test_hazards import COFFEE, SPEAKER, everything_on, showering

FAILED = f"turn_failed_{ROUTINE}"


@contextmanager
def wrong_turns(most: int | None = None) -> Iterator[list[Any]]:
    """Have so many turns go wrong, or all; yield what they were told."""
    real, told = runner_module.turn, list[Any]()

    def turn(*args: Any, **kwargs: Any) -> Any:
        if most is not None and len(told) >= most:
            return real(*args, **kwargs)
        told.append(args[4])
        raise RuntimeError("an error of ours")

    with patch.object(runner_module, "turn", turn):
        yield told


async def test_water_is_shut_in_time_though_a_turn_went_wrong(home: Home) -> None:
    await showering(home)
    home.routine.runner.senses.stop()
    with wrong_turns(1) as told:
        await home.async_pass(1)
        assert len(told) == 1
        assert home.water_runs
        await home.async_pass(20)
    assert not home.water_runs
    assert home.issues() == set()


async def test_after_two_wrong_turns_in_a_row_all_is_put_off_and_told(home: Home) -> None:
    await everything_on(home)
    with wrong_turns() as told:
        while len(told) < 2:
            await home.async_pass(1)
        await home.async_pass(0.5)
        assert not home.water_runs
        assert home.state(COFFEE).state == "off"
        assert home.issues() == {FAILED}
    await home.async_pass(1.5)
    assert home.routine.run is not None
    await home.async_act("stop")
    await home.async_pass(0.5)
    assert home.routine.run is None


async def test_the_issue_of_wrong_turns_is_gone_with_the_next_morning(home: Home) -> None:
    await showering(home)
    with wrong_turns():
        await home.async_pass(2)
        await home.async_act("stop")
    assert home.issues() == {FAILED}
    await home.async_until("07:01")
    assert home.state(SPEAKER).state == "playing"
    assert home.issues() == set()


async def test_an_alarm_can_be_stopped_though_every_turn_goes_wrong(home: Home) -> None:
    await home.async_until("07:01")
    with wrong_turns():
        await home.async_act("stop")
        await home.async_pass(0.5)
    assert home.state(SPEAKER).state == "idle"
    assert home.routine.last_run is not None
    assert home.routine.last_run.ending == "abandoned"


@pytest.mark.parametrize("snoozed", [False, True])
async def test_an_alarm_rings_though_every_turn_goes_wrong(home: Home, snoozed: bool) -> None:
    await home.async_until("07:01" if snoozed else "06:55")
    if snoozed:
        await home.async_act("snooze")
        await home.async_pass(0.5)
    assert home.state(SPEAKER).state == "idle"
    with wrong_turns() as told:
        await home.async_pass(3)
        assert home.state(SPEAKER).state == "idle"
        await home.async_pass(12)
        assert home.state(SPEAKER).state == "playing"
        assert home.state(SPEAKER).attributes["volume_level"] == home.routine.routine.alarm.limit_volume
        assert len(told) < 40
        await home.async_act("stop")
        await home.async_pass(0.5)
    assert home.state(SPEAKER).state == "idle"
    assert home.state(SPEAKER).attributes["volume_level"] == 0.3


async def test_a_command_that_goes_wrong_is_told_to_who_gave_it(home: Home) -> None:
    await home.async_until("07:01")
    with wrong_turns(1), pytest.raises(RuntimeError, match="of ours"):
        await home.async_act("snooze")
    assert home.state(SPEAKER).state == "playing"


async def test_a_morning_in_which_every_turn_goes_wrong_is_over_before_the_next_one(home: Home) -> None:
    await home.async_until("07:01")
    with wrong_turns():
        await home.async_pass(7 * 60, step_s=60)
    assert home.routine.run is None
    assert home.state("sensor.cerebro").state == "armed"


async def test_an_alarm_rings_though_its_plans_could_not_be_looked_up_ahead(home: Home) -> None:
    with patch.object(routine_module, "prepare", side_effect=RuntimeError("an odd memory")):
        await home.async_until("07:01")
    assert home.state(SPEAKER).state == "playing"


@pytest.mark.parametrize("error", [RuntimeError("an odd memory"), HomeAssistantError("full")])
async def test_the_next_alarm_is_planned_though_nothing_could_be_learnt(home: Home, error: Exception) -> None:
    await home.async_until("07:01")
    with patch.object(Memory, "learn", side_effect=error):
        await home.async_act("stop")
        await home.async_pass(0.5)
    assert home.state("sensor.cerebro").state == "armed"
