"""The list is kept, put away when ticked, and says what is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import UnsupportedStorageVersionError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.shopping.items import Status
from custom_components.cerebro.managers.pantry.shopping import SAVE_DELAY
from custom_components.cerebro.managers.texts import Texts

from .errands import Errands, proposal, tomorrow


@pytest.fixture
async def home(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> AsyncIterator[Errands]:
    freezer.move_to("2026-11-24T12:00:00+00:00")
    errands = await Errands(hass, await Texts.load(hass)).async_start()
    yield errands
    await errands.async_stop()


async def test_what_is_written_is_read_as_a_product_and_an_amount(home: Errands) -> None:
    home.shopping.add("2 l milk", due=tomorrow(), description=" the fresh one ")
    (item,) = home.shopping.items
    assert (item.product_id, item.amount, item.due) == ("milk", 2_000_000, tomorrow())
    assert item.description == "the fresh one"


async def test_what_is_ticked_is_put_away_once(home: Errands) -> None:
    home.shopping.add("milk")
    (item,) = home.shopping.items
    await home.shopping.async_change(item.uid, summary="milk", done=True)
    await home.shopping.async_change(item.uid, summary="milk", done=True)
    assert home.put_away == ["milk"]
    assert home.shopping.needed == ()
    await home.shopping.async_change(item.uid, done=False)
    assert [one.uid for one in home.shopping.needed] == [item.uid]


async def test_what_cannot_be_put_away_is_not_ticked(home: Errands) -> None:
    home.shopping.add("milk")
    (item,) = home.shopping.items
    home.refuse = ServiceValidationError(translation_domain="cerebro", translation_key="which_pantry")
    with pytest.raises(ServiceValidationError):
        await home.shopping.async_tick(item.uid)
    assert home.shopping.items[0].status is Status.NEEDED


async def test_an_item_is_changed_moved_and_taken_off(home: Errands) -> None:
    for name in ("milk", "bread", "ham"):
        home.shopping.add(name)
    milk, bread, ham = (item.uid for item in home.shopping.items)
    home.shopping.move(ham, None)
    home.shopping.remove(bread)
    await home.shopping.async_change(milk, summary="3 l milk", due=tomorrow(), description="fresh")
    assert home.listed == ["ham", "milk"]
    changed = home.shopping.list.find(milk)
    assert (changed.amount, changed.due, changed.description) == (3_000_000, tomorrow(), "fresh")


async def test_a_wish_that_makes_no_sense_is_refused_and_changes_nothing(home: Errands) -> None:
    home.shopping.add("milk")
    before = home.shopping.list
    with pytest.raises(ServiceValidationError) as unknown:
        home.shopping.remove("nothing")
    with pytest.raises(ServiceValidationError) as nameless:
        home.shopping.add("  ")
    with pytest.raises(ServiceValidationError):
        await home.shopping.async_change("nothing", done=True)
    assert [one.value.translation_key for one in (unknown, nameless)] == ["item_unknown", "name_missing"]
    assert home.shopping.list == before


async def test_a_proposal_that_was_taken_off_stays_off_until_the_next_shopping_day(
    home: Errands, freezer: FrozenDateTimeFactory
) -> None:
    home.shopping.propose([proposal()])
    home.shopping.remove(home.shopping.items[0].uid)
    home.shopping.propose([proposal()])
    assert home.listed == []
    freezer.move_to("2026-11-25T09:00:00+00:00")
    home.shopping.propose([proposal()])
    assert home.listed == ["Milk"]


async def test_the_list_is_the_same_after_a_restart(home: Errands) -> None:
    home.shopping.add("2 l milk")
    home.shopping.propose([proposal()])
    again = await home.async_again()
    assert again.shopping.list == home.shopping.list
    await again.async_stop()


async def test_a_change_is_on_the_disk_soon(
    home: Errands, hass: HomeAssistant, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> None:
    home.shopping.add("milk")
    freezer.tick(SAVE_DELAY + 1)
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert hass_storage["cerebro.shopping"]["data"]["list"]["items"][0]["summary"] == "milk"


@pytest.mark.parametrize(
    "data", [{"list": {"items": [{}]}}, {"list": {"version": 99}}, {"shops": {"market": {}}}, {"shops": [1]}]
)
async def test_a_list_that_makes_no_sense_is_put_aside_and_said(
    hass: HomeAssistant, hass_storage: dict[str, Any], data: dict[str, Any]
) -> None:
    hass_storage["cerebro.shopping"] = {"version": 1, "key": "cerebro.shopping", "data": data}
    errands = await Errands(hass, await Texts.load(hass)).async_start()
    assert errands.listed == []
    assert hass_storage["cerebro.shopping_damaged"]["data"] == data
    assert ir.async_get(hass).async_get_issue("cerebro", "store_damaged_cerebro.shopping") is not None
    await errands.async_stop()


async def test_a_list_of_a_newer_cerebro_is_left_alone(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    kept = {"version": 2, "key": "cerebro.shopping", "data": {"list": {}}}
    hass_storage["cerebro.shopping"] = kept
    errands = Errands(hass, await Texts.load(hass))
    with pytest.raises(UnsupportedStorageVersionError):
        await errands.shopping.async_load()
    assert hass_storage["cerebro.shopping"] == kept


async def test_who_listens_is_told_of_each_change_until_they_leave(home: Errands) -> None:
    heard: list[int] = []
    leave = home.shopping.subscribe(lambda: heard.append(len(home.shopping.items)))
    home.shopping.add("milk")
    home.shopping.propose([])
    leave()
    home.shopping.add("bread")
    assert heard == [1]
