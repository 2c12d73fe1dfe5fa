"""What is done on a shop's own list is done to the stock, until nobody looks any more."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.shopping.items import Status
from custom_components.cerebro.managers.pantry.syncing import SETTLING
from custom_components.cerebro.managers.texts import Texts

from .errands import MARKET, Errands, local_list, shop, there_do


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
