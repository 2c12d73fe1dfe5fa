"""The shops’ own lists and ours are brought together, whatever they are and whatever goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.components.todo import TodoListEntity
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util.async_ import get_scheduled_timer_handles
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import ShopId
from custom_components.cerebro.core.pantry.shopping.items import Status
from custom_components.cerebro.core.pantry.shopping.merge import Theirs
from custom_components.cerebro.managers.companion import PhoneUnreachable
from custom_components.cerebro.managers.pantry.settings import Destination
from custom_components.cerebro.managers.pantry.syncing import SETTLING
from custom_components.cerebro.managers.pantry.todo_list import TodoList
from custom_components.cerebro.managers.texts import Texts

from .errands import MARKET, Errands, local_list, own_list, shop, there, there_do

BUTCHER = ShopId("butcher")


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Errands]:
    freezer.move_to("2026-11-24T12:00:00+00:00")
    errands = Errands(hass, await Texts.load(hass))
    yield errands
    await errands.async_stop()


async def settle(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    await hass.async_block_till_done()
    freezer.tick(timedelta(seconds=SETTLING + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_a_list_that_takes_notes_has_the_amounts_there(hass: HomeAssistant, home: Errands) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("2 l milk", description="fresh", due=home.shopping.today)
    home.shopping.add("bread")
    assert await home.sending.async_send(MARKET) == 2
    lines = await there(hass, entity_id)
    assert set(lines) == {"milk", "bread"}
    assert lines["milk"]["description"] == "2 L\nfresh"
    assert lines["milk"]["due"] == "2026-11-24"
    assert "description" not in lines["bread"]


async def test_a_list_that_takes_only_texts_has_the_amounts_in_them(
    hass: HomeAssistant, home: Errands
) -> None:
    entity_id = await own_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("2 l milk")
    await home.sending.async_send(MARKET)
    assert set(await there(hass, entity_id)) == {"milk (2 L)"}


@pytest.mark.parametrize("make", [local_list, own_list])
async def test_sending_again_writes_nothing_twice(hass: HomeAssistant, home: Errands, make: Any) -> None:
    entity_id = await make(hass)
    await home.async_start(shop(entity_id))
    await there_do(hass, entity_id, "add_item", item="1 l milk")
    await there_do(hass, entity_id, "add_item", item="Batteries")
    home.shopping.add("2 l milk")
    home.shopping.add("bread")
    await home.sending.async_send(MARKET)
    once = await there(hass, entity_id)
    await home.sending.async_send(MARKET)
    assert await there(hass, entity_id) == once
    assert len(once) == 3
    assert home.shopping.items[0].amount == 3_000_000


@pytest.mark.parametrize("make", [local_list, own_list])
async def test_a_tick_in_the_shop_puts_away_what_was_bought(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands, make: Any
) -> None:
    entity_id = await make(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    await there_do(hass, entity_id, "update_item", item="milk", status="completed")
    await settle(hass, freezer)
    assert home.put_away == ["milk"]
    assert home.shopping.items[0].status is Status.BOUGHT
    await settle(hass, freezer)
    assert home.put_away == ["milk"]


@pytest.mark.parametrize("make", [local_list, own_list])
async def test_a_tick_at_home_ticks_it_in_the_shop_too(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands, make: Any
) -> None:
    entity_id = await make(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    await home.shopping.async_tick(home.shopping.items[0].uid)
    await settle(hass, freezer)
    assert (await there(hass, entity_id))["milk"]["status"] == "completed"


async def test_what_is_taken_off_on_one_side_is_off_on_the_other(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    home.shopping.add("ham")
    await home.sending.async_send(MARKET)
    await there_do(hass, entity_id, "remove_item", item="milk")
    await settle(hass, freezer)
    assert home.listed == ["ham"]
    home.shopping.remove(home.shopping.items[0].uid)
    await settle(hass, freezer)
    assert await there(hass, entity_id) == {}


async def test_what_is_written_at_home_is_not_sent_before_its_time(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await settle(hass, freezer)
    assert await there(hass, entity_id) == {}


async def test_what_was_ticked_while_we_were_away_is_seen_after_a_restart(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    await home.async_stop()
    await there_do(hass, entity_id, "update_item", item="milk", status="completed")
    again = await home.async_again()
    await settle(hass, freezer)
    assert again.put_away == ["milk"]
    await again.async_stop()


async def test_a_list_that_is_not_there_is_said_and_the_items_wait(
    hass: HomeAssistant, home: Errands
) -> None:
    await home.async_start(shop("todo.gone"))
    home.shopping.add("milk")
    with pytest.raises(HomeAssistantError) as error:
        await home.sending.async_send(MARKET)
    assert error.value.translation_key == "shop_list_missing"
    assert len(home.syncing.waiting(MARKET)) == 1


async def test_a_list_that_raises_is_said_and_gets_its_rest_the_next_time(
    hass: HomeAssistant, home: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    home.shopping.add("bread")
    entity: TodoListEntity = hass.data["todo"].get_entity(entity_id)
    create = entity.async_create_todo_item

    async def but_no_milk(item: Any) -> None:
        if item.summary == "milk":
            raise RuntimeError(item.summary)
        await create(item)

    with monkeypatch.context() as patch:
        patch.setattr(entity, "async_create_todo_item", but_no_milk)
        with pytest.raises(HomeAssistantError) as error:
            await home.sending.async_send(MARKET)
    assert error.value.translation_key == "shop_list_failed"
    assert set(await there(hass, entity_id)) == {"bread"}
    await home.sending.async_send(MARKET)
    assert set(await there(hass, entity_id)) == {"milk", "bread"}
    assert sorted(home.listed) == ["bread", "milk"]


@pytest.mark.parametrize("act", ["tick", "remove"])
async def test_what_could_not_be_changed_there_is_changed_the_next_time(
    hass: HomeAssistant, home: Errands, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    uid = home.shopping.items[0].uid
    entity: TodoListEntity = hass.data["todo"].get_entity(entity_id)

    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(entity, "async_update_todo_item", fail)
        patch.setattr(entity, "async_delete_todo_items", fail)
        if act == "tick":
            await home.shopping.async_tick(uid)
        else:
            home.shopping.remove(uid)
        with pytest.raises(HomeAssistantError):
            await home.sending.async_send(MARKET)
    await home.sending.async_send(MARKET)
    left = await there(hass, entity_id)
    assert {key: row["status"] for key, row in left.items()} == (
        {"milk": "completed"} if act == "tick" else {}
    )


async def test_each_shop_gets_its_own_things(hass: HomeAssistant, home: Errands) -> None:
    market, butcher = await local_list(hass), await local_list(hass, "Butcher")
    await home.async_start(shop(market), shop(butcher, name="Butcher", carries=(Category.COLD_CUTS,)))
    home.shopping.add("milk")
    home.shopping.add("ham")
    for one in home.shops:
        await home.sending.async_send(one)
    assert set(await there(hass, market)) == {"milk"}
    assert set(await there(hass, butcher)) == {"ham"}


async def test_a_notifier_is_told_the_list(hass: HomeAssistant, home: Errands) -> None:
    calls: list[ServiceCall] = []

    async def take(call: ServiceCall) -> None:
        calls.append(call)

    hass.services.async_register("notify", "send_message", take)
    hass.states.async_set("notify.mail", "unknown")
    await home.async_start(shop("notify.mail", Destination.NOTIFY))
    home.shopping.add("2 l milk")
    home.shopping.add("bread")
    await home.sending.async_send(MARKET)
    assert [(call.data["title"], call.data["message"]) for call in calls] == [
        ("Market: 2 to buy", "milk (2 L)\nbread")
    ]
    assert home.syncing.waiting(MARKET) == ()


async def test_a_notifier_that_is_gone_is_said(hass: HomeAssistant, home: Errands) -> None:
    await home.async_start(shop("notify.mail", Destination.NOTIFY))
    home.shopping.add("milk")
    with pytest.raises(HomeAssistantError) as error:
        await home.sending.async_send(MARKET)
    assert error.value.translation_key == "shop_list_missing"


async def test_what_is_bought_elsewhere_now_leaves_a_list_though_that_fails_at_first(
    hass: HomeAssistant, home: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    market, butcher = await local_list(hass), await local_list(hass, "Butcher")
    await home.async_start(shop(market))
    home.shopping.add("ham")
    await home.sending.async_send(MARKET)
    home.shops[BUTCHER] = shop(butcher, name="Butcher", carries=(Category.COLD_CUTS,))
    entity: TodoListEntity = hass.data["todo"].get_entity(market)

    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(entity, "async_delete_todo_items", fail)
        with pytest.raises(HomeAssistantError):
            await home.sending.async_send(MARKET)
    await home.sending.async_send(MARKET)
    await home.sending.async_send(BUTCHER)
    assert (await there(hass, market), set(await there(hass, butcher))) == ({}, {"ham"})
    assert home.listed == ["ham"]


async def test_a_shop_whose_list_is_another_one_now_is_followed_there(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, home: Errands
) -> None:
    first, second = await local_list(hass), await local_list(hass, "Other")
    await home.async_start(shop(first))
    home.shopping.add("milk")
    home.shops[MARKET] = shop(second)
    home.syncing.follow_shops()
    await home.sending.async_send(MARKET)
    await there_do(hass, second, "update_item", item="milk", status="completed")
    await settle(hass, freezer)
    assert home.put_away == ["milk"]


async def test_what_was_sent_just_before_the_power_went_is_not_sent_twice(
    hass: HomeAssistant, home: Errands, monkeypatch: pytest.MonkeyPatch
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("2 l milk")
    entity: TodoListEntity = hass.data["todo"].get_entity(entity_id)
    create = entity.async_create_todo_item

    async def create_and_die(item: Any) -> None:
        await create(item)
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(entity, "async_create_todo_item", create_and_die)
        with pytest.raises(asyncio.CancelledError):
            await home.sending.async_send(MARKET)
    again = await Errands(hass, home.texts).async_start(*home.shops.values())
    await again.sending.async_send(MARKET)
    assert list(await there(hass, entity_id)) == ["milk"]
    assert [item.amount for item in again.shopping.items] == [2_000_000]
    await again.async_stop()


async def test_what_cannot_be_put_away_stays_ticked_there_and_here(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    home: Errands,
    caplog: pytest.LogCaptureFixture,
) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    home.refuse = HomeAssistantError(translation_domain="cerebro", translation_key="which_pantry")
    await there_do(hass, entity_id, "update_item", item="milk", status="completed")
    await settle(hass, freezer)
    assert home.shopping.items[0].status is Status.BOUGHT
    assert "milk was bought but cannot be put away" in caplog.text


async def test_what_ends_while_a_list_is_read_leaves_no_timer_behind(
    hass: HomeAssistant, home: Errands, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    await home.async_start(shop(await local_list(hass)))
    home.shopping.add("milk")
    await home.sending.async_send(MARKET)
    await settle(hass, freezer)
    reading, go_on, read = asyncio.Event(), asyncio.Event(), TodoList.async_read

    async def read_slowly(todo_list: TodoList) -> list[Theirs]:
        reading.set()
        await go_on.wait()
        return await read(todo_list)

    monkeypatch.setattr(TodoList, "async_read", read_slowly)
    freezer.tick(timedelta(seconds=SETTLING + 1))
    async_fire_time_changed(hass)
    home.shopping.add("bread")
    freezer.tick(timedelta(seconds=SETTLING + 1))
    async_fire_time_changed(hass)
    await reading.wait()
    await home.async_stop()
    go_on.set()
    await hass.async_block_till_done(wait_background_tasks=True)
    timers = [one for one in get_scheduled_timer_handles(hass.loop) if not one.cancelled()]
    assert [one for one in timers if "Debouncer" in str(one)] == []


async def test_a_removed_shop_leaves_nothing_behind_in_our_list(hass: HomeAssistant, home: Errands) -> None:
    entity_id = await local_list(hass)
    await home.async_start(shop(entity_id))
    home.shopping.add("milk")
    home.shopping.add("bread")
    await home.sending.async_send(MARKET)
    home.shopping.remove(home.shopping.items[0].uid)
    home.shopping.forget(MARKET)
    assert home.shopping.list.gone == ()
    assert [dict(item.pushed) for item in home.shopping.items] == [{}]
    assert home.shopping.standing(MARKET) is None
    assert set(await there(hass, entity_id)) == {"milk", "bread"}


async def test_a_phone_that_is_gone_is_said(hass: HomeAssistant, home: Errands) -> None:
    await home.async_start(shop("gone", Destination.PHONE))
    home.shopping.add("milk")
    with pytest.raises(PhoneUnreachable):
        await home.sending.async_send(MARKET)


async def test_a_notifier_that_raises_ends_with_its_shop(hass: HomeAssistant, home: Errands) -> None:
    async def fail(_: ServiceCall) -> None:
        raise RuntimeError

    hass.services.async_register("notify", "send_message", fail)
    hass.states.async_set("notify.mail", "unknown")
    await home.async_start(shop("notify.mail", Destination.NOTIFY))
    home.shopping.add("milk")
    with pytest.raises(HomeAssistantError) as error:
        await home.sending.async_send(MARKET)
    assert error.value.translation_key == "shop_list_failed"
