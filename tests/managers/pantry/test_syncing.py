"""What is done on a shop's own list is done to the stock, until nobody looks any more."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.shopping.items import Status
from custom_components.cerebro.managers.pantry import syncing
from custom_components.cerebro.managers.pantry.syncing import SETTLING
from custom_components.cerebro.managers.pantry.todo_list import TodoList
from custom_components.cerebro.managers.texts import Texts

from .errands import MARKET, Errands, local_list, shop, there, there_do


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Errands]:
    freezer.move_to("2026-11-24T12:00:00+00:00")
    errands = Errands(hass, await Texts.load(hass))
    yield errands
    await errands.async_stop()


async def _settle(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await hass.async_block_till_done()
    freezer.tick(timedelta(seconds=SETTLING + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_tick_that_is_taken_back_in_the_shop_takes_back_what_was_put_away(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    for times in (1, 2):
        await there_do(hass, entity_id, "update_item", item="milk", status="completed")
        await _settle(hass, freezer)
        assert home.put_away == ["milk"] * times
        await there_do(hass, entity_id, "update_item", item="milk", status="needs_action")
        await _settle(hass, freezer)
        assert home.taken_back == ["milk"] * times
        (item,) = home.shopping.items
        assert (item.status, item.unticked) == (Status.NEEDED, times)


async def test_a_tick_that_is_taken_back_at_home_is_taken_back_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    await home.async_start(shop(await local_list(hass)))
    home.shopping.add("milk")
    (item,) = home.shopping.items
    await home.sending.async_send(MARKET)
    await home.shopping.async_tick(item.uid)
    await _settle(hass, freezer)
    for _ in range(2):
        await home.shopping.async_tick(item.uid, done=False)
        await _settle(hass, freezer)
    assert home.taken_back == ["milk"]


class _Slow:
    """A list whose answers take until they are let through."""

    def __init__(self, name: str) -> None:
        self.asked, self.let_through = asyncio.Event(), asyncio.Event()
        self._real = getattr(TodoList, name)
        self.patch = patch.object(TodoList, name, self._answer(self))

    @staticmethod
    def _answer(slow: _Slow) -> Any:
        async def answer(todo: TodoList, *given: Any) -> Any:
            slow.asked.set()
            await slow.let_through.wait()
            return await slow._real(todo, *given)

        return answer


async def test_a_list_that_is_read_when_everything_ends_is_not_written(
    hass: HomeAssistant, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    slow = _Slow("async_read")
    with slow.patch:
        sending = hass.async_create_task(home.syncing.async_sync(home.shops[MARKET], adding=True))
        await slow.asked.wait()
        home.syncing.stop()
        slow.let_through.set()
        await sending
    assert await there(hass, entity_id) == {}
    assert not home.shopping.items[0].pushed


async def test_a_list_that_is_being_written_when_everything_ends_is_written_to_its_end(
    hass: HomeAssistant, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    for name in ("milk", "ham"):
        home.shopping.add(name)
    slow = _Slow("async_add")
    with slow.patch:
        sending = hass.async_create_task(home.syncing.async_sync(home.shops[MARKET], adding=True))
        await slow.asked.wait()
        home.syncing.stop()
        end = hass.async_create_task(home.syncing.async_settle())
        await asyncio.sleep(0)
        assert not end.done()
        slow.let_through.set()
        await end
        assert set(await there(hass, entity_id)) == {"milk", "ham"}
        await sending


async def test_a_list_that_never_answers_keeps_nobody_from_ending(
    hass: HomeAssistant, home: Errands, caplog: pytest.LogCaptureFixture
) -> None:
    await home.async_start(shop(await local_list(hass)))
    slow = _Slow("async_read")
    with slow.patch, patch.object(syncing, "PATIENCE", 0):
        sending = hass.async_create_task(home.syncing.async_sync(home.shops[MARKET], adding=True))
        await slow.asked.wait()
        home.syncing.stop()
        await home.syncing.async_settle()
        assert "took too long" in caplog.text
        slow.let_through.set()
        await sending
