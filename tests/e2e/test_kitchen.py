"""A kitchen keeps its books: set up by clicks, filled by scans; its list is sent, bought and put away."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from playwright.async_api import Browser, expect
import pytest

from demo.account import Account
from demo.api import Json
from demo.cerebro import set_up
from demo.household import Household
from demo.kitchen import BATCH, Kitchen
from demo.pantry import LIST_NAMES, Stocked, add_list, let, look_back_on, needs, stock, there

from .frontend import DIALOG_HEIGHT, PATIENCE_SECONDS, Frontend
from .homes import eventually, lived_in
from .shelves import Settler, tick_off, todo_item

PACE = 2.0
DOOR_SECONDS = 3
SEED = 16
MARKET = "Market"
DAILY = (("Ham", 15, "g"), ("Pasta", 60, "g"))
"""What is eaten every day of a week."""
PANTRIES = {"Fridge": "fridge", "Freezer": "freezer", "Cupboard": "cupboard"}


@pytest.fixture(scope="module")
async def household(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Household]:
    """Return a home in which nobody moves by themselves."""
    async with lived_in(tmp_path_factory.mktemp("kitchen"), pace=PACE, resident=False) as household:
        yield household


@pytest.fixture(scope="module")
async def stocked(household: Household) -> Stocked:
    """Set Cerebro up, with a to-do list but neither a pantry nor a shop."""
    entry_id = await set_up(household, pace=PACE, needs=needs(household))
    return Stocked(entry_id=entry_id, groceries=await add_list(household))


@pytest.fixture(scope="module")
async def frontend(household: Household, browser: Browser) -> AsyncIterator[Frontend]:
    """Return a page of that home."""
    token = household.api.token
    assert token is not None
    frontend = await Frontend.logged_in(browser, household.hass.url, token)
    yield frontend
    await frontend.close()


@pytest.fixture(scope="module")
def kitchen(household: Household, stocked: Stocked) -> Kitchen:
    """Return whoever cooks there."""
    return Kitchen(household, stocked, pace=PACE)


@pytest.fixture(scope="module")
def account(kitchen: Kitchen) -> Account:
    """Return what is told of the kitchen."""
    return kitchen.account


@pytest.mark.usefixtures("stocked")
async def test_pantries_are_added_by_clicks(household: Household, frontend: Frontend) -> None:
    settler = Settler(frontend)
    for name in PANTRIES:
        await settler.begin("pantry")
        await expect(frontend.field(settler.label("pantry", "name"))).to_have_value(name)
        if name == "Fridge":
            await settler.limit_door(DOOR_SECONDS)
            await frontend.picture("kitchen-1-fridge", height=DIALOG_HEIGHT)
        await settler.finish()
    kept = await eventually(lambda: _kept(household, "pantry", 3), within=PATIENCE_SECONDS)
    assert {title: data["place"] for title, data in kept.items()} == PANTRIES
    assert kept["Fridge"]["door_limit"] == DOOR_SECONDS
    assert [bool(kept[name]["temperature"]) for name in PANTRIES] == [True, True, False]
    assert [bool(kept[name]["door"]) for name in PANTRIES] == [True, False, False]


async def test_a_shop_is_added_by_clicks(household: Household, frontend: Frontend, stocked: Stocked) -> None:
    settler = Settler(frontend)
    await settler.begin("shop")
    await settler.name("shop", MARKET)
    await settler.send_to(LIST_NAMES["en"])
    await frontend.picture("kitchen-2-shop", height=DIALOG_HEIGHT)
    await settler.finish()
    kept = await eventually(lambda: _kept(household, "shop", 1), within=PATIENCE_SECONDS)
    assert kept[MARKET]["destination"] == "todo"
    assert stocked.groceries == "todo.groceries"


async def test_a_trip_is_scanned_in(
    household: Household, kitchen: Kitchen, account: Account, stocked: Stocked
) -> None:
    await let(household, stocked.entry_id, autonomy="observe")
    await look_back_on(household, seed=SEED)
    await kitchen.shop()
    assert account.scanned == list(account.trip)
    ham = _lots(await stock(household), "Ham")
    assert any(lot.get("printed") and lot.get("batch") == BATCH for lot in ham)


async def test_a_week_of_use_is_taken_from_what_goes_off_first(household: Household) -> None:
    before = await stock(household)
    now = datetime.now(UTC)
    for ago in range(6, -1, -1):
        at = (now - timedelta(days=ago)).isoformat()
        for name, amount, unit in DAILY:
            data = {"product": name, "amount": amount, "unit": unit, "at": at}
            await household.api.act("cerebro.use_stock", data)
    after = await stock(household)
    for name, amount, _ in DAILY:
        assert there(before, name) - there(after, name) == 7 * amount * 1000
        first, *others = (one["lot_id"] for one in _lots(before, name))
        assert [one["lot_id"] for one in _lots(after, name)] == others, first


async def test_the_fridge_that_was_left_open_is_told(
    kitchen: Kitchen, account: Account, household: Household
) -> None:
    await kitchen.leave_the_door_open()
    assert account.door_told
    assert account.door_shut
    assert account.warmest_c > 8
    warm = [one for one in await household.api.get("/api/states") if one["entity_id"].endswith("warm_hours")]
    assert len(warm) == 2
    assert all(float(one["state"]) >= 0 for one in warm)


async def test_the_list_is_proposed_and_sent_from_the_phone(kitchen: Kitchen, account: Account) -> None:
    await kitchen.have_the_list_sent()
    proposed = {one["product"]: one["reason"] for one in account.proposals}
    assert {"Milk", "Sugar"} <= proposed.keys()
    assert all(proposed.values())
    assert account.pushed
    assert {"Milk", "Sugar"} <= set(account.listed)


async def test_what_is_ticked_off_in_the_browser_is_back_in_stock(
    kitchen: Kitchen, account: Account, frontend: Frontend, stocked: Stocked
) -> None:
    assert account.listed
    await frontend.visit(f"/todo?entity_id={stocked.groceries}")
    for name in account.listed:
        await expect(todo_item(frontend, name)).to_be_visible()
    await frontend.picture("kitchen-3-list")
    for name in account.listed:
        await tick_off(frontend, name)
    await kitchen.see_it_back()
    assert sorted(account.back) == sorted(account.listed)


async def test_what_is_used_first_and_the_shopping_list_are_seen_in_the_browser(
    frontend: Frontend, household: Household
) -> None:
    entities = await household.api.call("config/entity_registry/list")
    device = next(one["device_id"] for one in entities if one["unique_id"].endswith("_shopping_list"))
    await frontend.visit(f"/config/devices/device/{device}")
    await frontend.reads(frontend.words("entity.sensor.products_in_stock.name"))
    await frontend.picture("kitchen-4-device", height=DIALOG_HEIGHT)


async def test_nothing_of_ours_complains(household: Household) -> None:
    assert household.hass.complaints() == []


def _lots(document: Json, name: str) -> list[Json]:
    """Return what is there of a product, what goes off first in front."""
    product = next(one["product_id"] for one in document["products"] if one["name"] == name)
    lots = (one for one in document["lots"] if one["product_id"] == product)
    return sorted(lots, key=lambda lot: lot.get("best_before", "9999"))


def _kept(household: Household, kind: str, count: int) -> dict[str, Json] | None:
    """Return the subentries of a kind as they are on the disk, once there are so many."""
    entries = household.hass.read_store("core.config_entries")["entries"]
    found = {
        one["title"]: one["data"]
        for entry in entries
        if entry["domain"] == "cerebro"
        for one in entry["subentries"]
        if one["subentry_type"] == kind
    }
    return found if len(found) == count else None
