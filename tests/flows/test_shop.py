"""Adding and changing where things are bought."""

from __future__ import annotations

from datetime import time
from typing import Any

from homeassistant.components.todo import TodoListEntityFeature
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.shopping.times import OpeningTime
from custom_components.cerebro.flows.destination import LONGEST_ADDRESS
from custom_components.cerebro.flows.hours import MOST_HOURS
from custom_components.cerebro.managers.pantry.settings import Destination, ShopSetup, shops_from

from ..managers.phones import FakePhone
from .forms import Form, async_add, async_edit, async_set_up, called, changed, only, texts

ADDRESS = "https://shop.example/list?key=1"
NEW = {"delivery": False, "destination": {}}
"""What an empty form holds."""


def _to(address: str) -> dict[str, Any]:
    return {"destination": {"webhook": address}}


def _hours(*rows: tuple[list[str], str, str]) -> dict[str, Any]:
    return {"times": [{"days": days, "from": begins, "to": ends} for days, begins, ends in rows]}


WRONG = {
    "a name of spaces": ("name_empty", "name", {"name": " "}),
    "a long name": ("name_too_long", "name", {"name": "m" * 61}),
    "nowhere to send it": ("no_destination", "destination", _to(" ")),
    "two places to send it": (
        "several_destinations",
        "destination",
        {"destination": {"webhook": ADDRESS, "notify": "notify.mail"}},
    ),
    "a list that is gone": (
        "entity_missing",
        "destination",
        {"destination": {"webhook": None, "todo": "todo.gone"}},
    ),
    "a notifier that is gone": (
        "entity_missing",
        "destination",
        {"destination": {"webhook": None, "notify": "notify.gone"}},
    ),
    "a phone that is none": (
        "phone_unreachable",
        "destination",
        {"destination": {"webhook": None, "phone": "no_device"}},
    ),
    "an address of a file": ("address_invalid", "destination", _to("file:///etc/passwd")),
    "an address without a scheme": ("address_invalid", "destination", _to("shop.example/list")),
    "an address without a host": ("address_invalid", "destination", _to("https:///list")),
    "an address with an open bracket": ("address_invalid", "destination", _to("http://[::1/list")),
    "an address with an impossible port": ("address_invalid", "destination", _to("http://a:99999999/")),
    "an address with a space": ("address_invalid", "destination", _to("https://shop.example/a list")),
    "an address with a bell": ("address_invalid", "destination", _to("https://shop.example/\a")),
    "an endless address": (
        "address_invalid",
        "destination",
        _to("https://shop.example/".ljust(LONGEST_ADDRESS + 1, "x")),
    ),
    "an address with a password": (
        "address_with_password",
        "destination",
        _to("https://ada:secret@shop.example/"),
    ),
    "an address with a user": ("address_with_password", "destination", _to("https://ada@shop.example/")),
    "times on no day": ("no_days", "times", _hours(([], "09:00:00", "10:00:00"))),
    "times that end before they begin": (
        "times_crossed",
        "times",
        _hours((["mon"], "20:00:00", "02:00:00")),
    ),
    "times that end as they begin": ("times_crossed", "times", _hours((["mon"], "09:00:00", "09:00"))),
    "times that overlap": (
        "times_overlap",
        "times",
        _hours((["mon", "tue"], "09:00:00", "12:00:00"), (["tue"], "11:59:59", "13:00:00")),
    ),
    "too many times": (
        "too_many_times",
        "times",
        _hours(*[(["mon"], "09:00:00", "10:00:00")] * (MOST_HOURS + 1)),
    ),
    "a zone that is gone": ("entity_missing", "zone", {"zone": "zone.gone"}),
}
"""What is wrong in any shop's form: the error, the field it stands at, and what was entered."""


def _setup(entry: ConfigEntry) -> ShopSetup:
    """Return the only shop, as the managers read it."""
    (setup,) = shops_from(entry).values()
    return setup


def _list(hass: HomeAssistant, name: str, *, platform: str = "demo", features: int) -> str:
    """Put a to-do list into the home and return its entity id."""
    entry = er.async_get(hass).async_get_or_create(
        "todo", platform, name, suggested_object_id=name, supported_features=features
    )
    return entry.entity_id


async def _open(hass: HomeAssistant, entry: ConfigEntry, **entered: Any) -> Form:
    """Open the form of a new shop and send it filled in: right, but for what is entered besides."""
    form = await async_add(hass, entry, "shop")
    right = changed(form.values, {"name": "Corner shop", **_to(ADDRESS)})
    return await form.async_send(changed(right, entered))


@pytest.fixture
async def errands(entry: ConfigEntry, hass: HomeAssistant) -> str:
    """Give the home a real to-do list."""
    local = MockConfigEntry(
        domain="local_todo", title="Errands", data={"todo_list_name": "Errands", "storage_key": "errands"}
    )
    local.add_to_hass(hass)
    assert await hass.config_entries.async_setup(local.entry_id)
    await hass.async_block_till_done()
    return "todo.errands"


# Where the list goes.


async def test_the_form_of_a_new_shop_proposes_nothing(entry: ConfigEntry, hass: HomeAssistant) -> None:
    form = await async_add(hass, entry, "shop")
    assert form.step == "user"
    assert form.values == NEW


async def test_a_list_goes_to_any_list_of_things_to_do(
    entry: ConfigEntry, hass: HomeAssistant, errands: str
) -> None:
    await _open(hass, entry, destination={"webhook": None, "todo": errands})
    registered = er.async_get(hass).async_get(errands)
    assert registered is not None
    shop = called(entry, "Corner shop")
    assert shop.subentry_type == "shop"
    assert shop.data == {
        "destination": "todo",
        "target": registered.id,
        "carries": [],
        "times": [],
        "delivery": False,
        "zone": None,
    }
    assert _setup(entry).destination is Destination.TODO


async def test_a_list_goes_to_an_entity_that_takes_messages(entry: ConfigEntry, hass: HomeAssistant) -> None:
    hass.states.async_set("notify.mail", "unknown")
    await _open(hass, entry, destination={"webhook": None, "notify": "notify.mail"})
    assert (_setup(entry).destination, _setup(entry).target) == (Destination.NOTIFY, "notify.mail")


async def test_a_list_goes_to_a_phone(hass: HomeAssistant, phone: FakePhone) -> None:
    entry = await async_set_up(hass)
    await _open(hass, entry, destination={"webhook": None, "phone": phone.device_id})
    assert (_setup(entry).destination, _setup(entry).target) == (Destination.PHONE, phone.device_id)


async def test_a_list_goes_to_an_address(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _open(hass, entry, **_to(f" {ADDRESS} "))
    assert (_setup(entry).destination, _setup(entry).target) == (Destination.WEBHOOK, ADDRESS)


@pytest.mark.parametrize("known", [False, True], ids=["not loaded", "loaded"])
async def test_cerebro_s_own_list_is_no_shop(entry: ConfigEntry, hass: HomeAssistant, *, known: bool) -> None:
    own = _list(hass, "cerebro_list", platform="cerebro", features=TodoListEntityFeature.CREATE_TODO_ITEM)
    if known:
        hass.states.async_set(own, "0", {"supported_features": 1})
    form = await _open(hass, entry, destination={"webhook": None, "todo": own})
    assert form.errors == {"destination": "own_list"}


async def test_a_list_to_which_nothing_can_be_added_is_refused(
    entry: ConfigEntry, hass: HomeAssistant, errands: str
) -> None:
    features = TodoListEntityFeature.DELETE_TODO_ITEM
    form = await _open(
        hass, entry, destination={"webhook": None, "todo": _list(hass, "fixed", features=features)}
    )
    assert form.errors == {"destination": "list_read_only"}
    hass.states.async_set("todo.shown", "0", {"supported_features": int(features)})
    await form.async_enter(destination={"todo": "todo.shown"})
    assert form.errors == {"destination": "list_read_only"}
    await form.async_enter(destination={"todo": errands})
    assert called(entry, "Corner shop").data["destination"] == "todo"


# What is wrong.


@pytest.mark.parametrize("wrong", WRONG)
async def test_what_is_wrong_is_named_where_it_stands_and_can_be_put_right(
    entry: ConfigEntry, hass: HomeAssistant, wrong: str
) -> None:
    key, field, entered = WRONG[wrong]
    right = changed(NEW, {"name": "Corner shop", **_to(ADDRESS)})
    form = await _open(hass, entry, **entered)
    assert form.errors == {field: key}
    assert form.values == changed(right, entered)
    await form.async_send(right)
    assert called(entry, "Corner shop").data["target"] == ADDRESS


async def test_no_two_shops_have_one_name(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _open(hass, entry)
    form = await _open(hass, entry, name="CORNER SHOP")
    assert form.errors == {"name": "name_taken"}
    await form.async_enter(name="Market")
    assert called(entry, "Market").subentry_type == "shop"


def test_no_error_is_written_that_no_test_shows() -> None:
    shown = {key for key, _, _ in WRONG.values()} | {"name_taken", "own_list", "list_read_only"}
    assert set(texts("en")["config_subentries"]["shop"]["error"]) == shown


# What changes.


async def test_what_is_kept_of_a_shop_stands_in_the_form_again(
    entry: ConfigEntry, hass: HomeAssistant, errands: str
) -> None:
    entered = {
        "destination": {"webhook": None, "todo": errands},
        "carries": ["bread", "milk"],
        "delivery": True,
        "zone": "zone.home",
        **_hours((["sat", "mon"], "9:00", "12:00:00"), (["mon"], "12:00:00", "19:30:00")),
    }
    await _open(hass, entry, **entered)
    before = dict(only(entry, "shop").data)
    assert _setup(entry).carries == (Category.MILK, Category.BREAD)
    assert _setup(entry).times == (
        OpeningTime(weekday=0, begins=time(9), ends=time(12)),
        OpeningTime(weekday=0, begins=time(12), ends=time(19, 30)),
        OpeningTime(weekday=5, begins=time(9), ends=time(12)),
    )
    form = await async_edit(hass, entry, only(entry, "shop"))
    assert form.step == "reconfigure"
    assert form.values == {
        "name": "Corner shop",
        "destination": {"todo": errands},
        "carries": ["milk", "bread"],
        "delivery": True,
        "zone": "zone.home",
        **_hours((["mon", "sat"], "09:00:00", "12:00:00"), (["mon"], "12:00:00", "19:30:00")),
    }
    assert (await form.async_enter()).end() == "reconfigure_successful"
    assert only(entry, "shop").data == before


async def test_a_shop_can_be_renamed_and_sent_to_elsewhere(
    entry: ConfigEntry, hass: HomeAssistant, errands: str
) -> None:
    await _open(hass, entry, carries=["milk"], **_hours((["mon"], "09:00:00", "12:00:00")))
    form = await async_edit(hass, entry, only(entry, "shop"))
    await form.async_enter(
        name="Market", destination={"webhook": None, "todo": errands}, carries=None, times=None
    )
    assert only(entry, "shop").title == "Market"
    assert _setup(entry).destination is Destination.TODO
    assert (_setup(entry).carries, _setup(entry).times) == ((), ())


async def test_a_shop_whose_list_is_gone_asks_where_it_goes_now(
    entry: ConfigEntry, hass: HomeAssistant, errands: str
) -> None:
    await _open(hass, entry, destination={"webhook": None, "todo": errands})
    er.async_get(hass).async_remove(errands)
    form = await async_edit(hass, entry, only(entry, "shop"))
    assert form.values["destination"] == {}
    await form.async_enter()
    assert form.errors == {"destination": "no_destination"}
    await form.async_enter(**_to(ADDRESS))
    assert _setup(entry).target == ADDRESS


async def test_what_no_form_shows_of_a_shop_is_kept(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _open(hass, entry)
    shop = only(entry, "shop")
    hass.config_entries.async_update_subentry(entry, shop, data={**shop.data, "card": "4711"})
    await (await async_edit(hass, entry, only(entry, "shop"))).async_enter(name="Market")
    assert only(entry, "shop").data["card"] == "4711"
