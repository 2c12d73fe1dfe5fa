"""The blueprints about pantries and shops, run by Home Assistant’s own engine in the demo home."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigSubentry, ConfigSubentryDataWithId
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, async_capture_events
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from .automations import AutomatedHome, async_automate, async_import_blueprints, using
from .home import Home, a_fridge
from .managers.phones import FakePhone, PushServer

PANTRIES = {"entity_id": "event.cerebro_pantry"}
FRIDGE = {"entity_id": "event.fridge_change"}
DOOR = "binary_sensor.fridge_door"
ERRANDS = "todo.errands"
LIST = "todo.cerebro_shopping_list"
MARKET = ConfigSubentryDataWithId(
    subentry_id="01MARKET0000000000000SHOP",
    subentry_type="shop",
    title="Market",
    unique_id=None,
    data={"destination": "todo", "target": ERRANDS},
)
"""A shop whose list is that of errands."""
SAY = [{"event": "said", "event_data": {"message": "{{ message }}"}}]


@pytest.fixture
async def push() -> AsyncIterator[PushServer]:
    server = await PushServer().async_start()
    yield server
    await server.server.close()


@pytest.fixture
async def bare(new_home: Home) -> AutomatedHome:
    """Return the home at noon, with a fridge and a list of errands."""
    hass = new_home.hass
    await async_import_blueprints(hass)
    assert await async_setup_component(hass, "mobile_app", {})
    new_home.freezer.move_to("2026-11-24T12:00:00+01:00")
    home = AutomatedHome(hass=hass, freezer=new_home.freezer)
    home.others = (a_fridge(door=DOOR, door_limit=60), MARKET)
    await home.async_move_in()
    errands = MockConfigEntry(
        domain="local_todo", title="Errands", data={"todo_list_name": "Errands", "storage_key": "errands"}
    )
    errands.add_to_hass(hass)
    await hass.async_add_executor_job(lambda: Path(hass.config.path(".storage")).mkdir(exist_ok=True))
    assert await hass.config_entries.async_setup(errands.entry_id)
    await hass.async_block_till_done()
    return home


@pytest.fixture
async def phone(
    bare: AutomatedHome, hass_client: ClientSessionGenerator, socket_enabled: None, push: PushServer
) -> FakePhone:
    """Return Ada’s phone, which takes notifications."""
    app_data = {"push_url": push.url, "push_token": "token"}
    found = FakePhone(hass=bare.hass, client=await hass_client(), name="Pocket", app_data=app_data)
    return await found.async_register()


@pytest.fixture
async def home(bare: AutomatedHome, phone: FakePhone) -> AsyncIterator[AutomatedHome]:
    """Give the home with the phone, and leave it with nothing running."""
    yield bare
    await bare.hass.services.async_call("automation", "turn_off", {"entity_id": "all"}, blocking=True)
    assert await bare.async_meanwhile(bare.hass.config_entries.async_unload(bare.entry.entry_id))


async def _async_second_shop(home: AutomatedHome) -> None:
    """Let there be a baker, to whom alone bread is left."""
    entry, market = home.entry, home.entry.subentries[MARKET["subentry_id"]]
    home.hass.config_entries.async_update_subentry(entry, market, data={**market.data, "carries": ["milk"]})
    baker = ConfigSubentry(
        subentry_type="shop",
        title="Baker",
        unique_id=None,
        data=MappingProxyType({"destination": "todo", "target": ERRANDS, "carries": ["bread"]}),
    )
    home.hass.config_entries.async_add_subentry(entry, baker)
    await home.async_settle()
    for product in ("Milk", "Bread"):
        data = {"product": product, "category": product.lower()}
        await home.hass.services.async_call("cerebro", "set_product", data, blocking=True)


def _messages(push: PushServer) -> list[str]:
    return [one["message"] for one in push.got]


async def _async_live(home: AutomatedHome, name: str, **inputs: Any) -> None:
    """Load an automation made from a blueprint."""
    await async_automate(home.hass, link=using(name, **inputs))
    assert home.state("automation.link").state == "on"


async def _async_buy(home: AutomatedHome, product: str, *, days: int) -> None:
    """Put something into the fridge that is good for some more days."""
    good_until = (dt_util.now().date() + timedelta(days=days)).isoformat()
    await home.hass.services.async_call(
        "cerebro", "add_stock", {"product": product, "best_before": good_until}, blocking=True
    )
    await home.async_settle()


async def _async_write(home: AutomatedHome, *items: str, on: str = LIST) -> None:
    """Write things on a list."""
    for item in items:
        await home.hass.services.async_call(
            "todo", "add_item", {"entity_id": on, "item": item}, blocking=True
        )


async def _async_items(home: AutomatedHome) -> list[str]:
    """Return what stands on the list of errands, to which the shop's goes."""
    found: Any = await home.hass.services.async_call(
        "todo", "get_items", {"entity_id": ERRANDS}, blocking=True, return_response=True
    )
    return [one["summary"] for one in found[ERRANDS]["items"]]


# What goes off soon.


async def test_what_goes_off_by_then_is_said_at_its_time_with_its_reason(
    home: AutomatedHome, push: PushServer
) -> None:
    said = async_capture_events(home.hass, "said")
    await _async_live(
        home, "expiry_alert", at="17:00:00", days=2, notify=["notify.pocket"], title="Soon", also=SAY
    )
    await _async_buy(home, "Milk", days=2)
    await _async_buy(home, "Butter", days=3)
    await home.async_until("16:59")
    assert push.got == []
    await home.async_until("17:01")
    (got,) = push.got
    assert got["title"] == "Soon"
    assert got["message"].startswith("Milk: ")
    assert "Butter" not in got["message"]
    assert [one.data["message"] for one in said] == [got["message"]]


async def test_nothing_is_said_on_a_day_on_which_nothing_goes_off(
    home: AutomatedHome, push: PushServer
) -> None:
    said = async_capture_events(home.hass, "said")
    await _async_live(home, "expiry_alert", at="17:00:00", days=1, notify=["notify.pocket"], also=SAY)
    await _async_buy(home, "Butter", days=3)
    await home.async_until("17:01")
    assert home.state("automation.link").attributes["last_triggered"] is not None
    assert (push.got, said) == ([], [])


async def test_what_goes_off_soon_is_said_at_once_where_it_is_wanted(
    home: AutomatedHome, push: PushServer
) -> None:
    await _async_buy(home, "Butter", days=0)
    await _async_live(home, "expiry_alert", pantries=PANTRIES, notify=["notify.pocket"])
    await _async_buy(home, "Milk", days=1)
    await home.async_pass(2)
    (message,) = _messages(push)
    assert message.startswith("Milk: ")


# The door of the fridge.


async def _async_open(home: AutomatedHome) -> None:
    await home.hass.services.async_call("demo_home", "open_fridge", blocking=True)


async def test_a_door_left_open_is_said_again_until_it_is_shut(home: AutomatedHome, push: PushServer) -> None:
    said = async_capture_events(home.hass, "said")
    await _async_live(
        home, "fridge_door", pantry=FRIDGE, door=DOOR, notify=["notify.pocket"], announce=SAY, message="Open!"
    )
    await _async_open(home)
    await home.async_pass(0.8)
    assert (push.got, said) == ([], [])
    await home.async_pass(0.5)
    assert (_messages(push), len(said)) == (["Open!"], 1)
    await home.async_pass(4)
    assert (_messages(push), len(said)) == (["Open!"], 3)
    await home.hass.services.async_call("demo_home", "close_fridge", blocking=True)
    await home.async_pass(5)
    assert len(said) == 3
    assert home.state("automation.link").attributes["current"] == 0


async def test_a_door_that_nobody_shuts_is_said_as_often_as_is_bearable(home: AutomatedHome) -> None:
    said = async_capture_events(home.hass, "said")
    await _async_live(
        home, "fridge_door", pantry=FRIDGE, door=DOOR, announce=SAY, every={"minutes": 1}, times=2
    )
    await _async_open(home)
    await home.async_pass(10)
    assert [one.data["message"] for one in said] == ["The door of the fridge is open."] * 2
    assert home.state("automation.link").attributes["current"] == 0


# The list, ready to be sent.


def _buttons(push: PushServer) -> dict[str, str]:
    """Return the buttons of the last notification: the action of each by its title."""
    return {one["title"]: one["action"] for one in push.got[-1]["data"]["actions"]}


async def _async_tap(home: AutomatedHome, phone: FakePhone, push: PushServer, title: str) -> None:
    """Tap a button of the last notification; the automation may wait on for hours."""
    event = {"event_type": "mobile_app_notification_action", "event_data": {"action": _buttons(push)[title]}}
    answer = await phone.client.post(
        f"/api/webhook/{phone.webhook_id}", json={"type": "fire_event", "data": event}
    )
    assert answer.status == HTTPStatus.OK
    await home.async_pass(0.2)


async def _async_ask(home: AutomatedHome, phone: FakePhone, *items: str, **inputs: Any) -> None:
    """Let there be things to buy, until their list is ready and shown."""
    await _async_live(
        home, "shopping_list_push", pantries=PANTRIES, list=LIST, phone=phone.device_id, **inputs
    )
    await _async_write(home, *items)
    await home.async_pass(5.2)
    assert home.state("automation.link").attributes["last_triggered"] is not None


async def test_the_list_is_shown_and_sent_when_the_phone_says_so(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_ask(home, phone, "Milk", "Eggs")
    assert _messages(push) == ["Milk\nEggs"]
    assert push.got[0]["title"] == "Shopping list: Market"
    assert await _async_items(home) == []
    await _async_tap(home, phone, push, "Send")
    assert await _async_items(home) == ["Milk", "Eggs"]
    assert home.state("automation.link").attributes["current"] == 0


async def test_the_list_is_shown_again_later_without_what_was_bought_meanwhile(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_ask(home, phone, "Milk", "Eggs", later="Plus tard", pause={"minutes": 10})
    await _async_tap(home, phone, push, "Plus tard")
    await home.hass.services.async_call(
        "todo", "remove_item", {"entity_id": LIST, "item": "Milk"}, blocking=True
    )
    await home.async_pass(9)
    assert _messages(push) == ["Milk\nEggs"]
    await home.async_pass(2)
    assert _messages(push) == ["Milk\nEggs", "Eggs"]
    assert len({one["data"]["tag"] for one in push.got}) == 1
    await _async_tap(home, phone, push, "Send")
    assert await _async_items(home) == ["Eggs"]


async def test_nothing_more_is_asked_once_everything_was_bought_meanwhile(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_ask(home, phone, "Milk", pause={"minutes": 10})
    await _async_tap(home, phone, push, "Later")
    await home.hass.services.async_call(
        "todo", "remove_item", {"entity_id": LIST, "item": "Milk"}, blocking=True
    )
    await home.async_pass(11)
    assert len(push.got) == 1
    assert home.state("automation.link").attributes["current"] == 0
    assert await _async_items(home) == []


async def test_the_list_is_shown_no_more_often_than_is_bearable(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_ask(home, phone, "Milk", pause={"minutes": 1}, times=2)
    for _ in range(3):
        await _async_tap(home, phone, push, "Later")
        await home.async_pass(1.5)
    assert len(push.got) == 2
    assert await _async_items(home) == []


async def test_each_shop_is_asked_about_by_itself(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_second_shop(home)
    await _async_ask(home, phone, "Milk", "Bread")
    shown = {one["title"]: one["message"] for one in push.got}
    assert shown == {"Shopping list: Market": "Milk", "Shopping list: Baker": "Bread"}
    assert len({one["data"]["tag"] for one in push.got}) == 2
    last = push.got[-1]["message"]
    await _async_tap(home, phone, push, "Send")
    assert await _async_items(home) == [last]
    assert home.state("automation.link").attributes["current"] == 1


async def test_nothing_is_sent_without_an_answer(
    home: AutomatedHome, phone: FakePhone, push: PushServer
) -> None:
    await _async_ask(home, phone, "Milk", most={"minutes": 5})
    await home.async_pass(6)
    await _async_tap(home, phone, push, "Send")
    assert len(push.got) == 1
    assert await _async_items(home) == []


# The shop on the way.


async def _async_walk(home: AutomatedHome, *zones: str, minutes: float = 0.1) -> None:
    """Let Ada be in some zones for a while."""
    home.hass.states.async_set("person.ada", "not_home", {"in_zones": list(zones)})
    await home.async_pass(minutes)


async def _async_go_shopping(home: AutomatedHome) -> None:
    home.hass.states.async_set(
        "zone.market", "0", {"latitude": 48.8, "longitude": 2.3, "radius": 50, "friendly_name": "Market"}
    )
    await _async_walk(home)
    await _async_live(
        home,
        "shop_nearby",
        person={"entity_id": "person.ada"},
        zone="zone.market",
        list=ERRANDS,
        notify=["notify.pocket"],
    )


async def test_the_list_is_shown_to_who_stays_at_the_shop(home: AutomatedHome, push: PushServer) -> None:
    await _async_write(home, "Milk", "Eggs", on=ERRANDS)
    await home.hass.services.async_call(
        "todo", "update_item", {"entity_id": ERRANDS, "item": "Eggs", "status": "completed"}, blocking=True
    )
    await _async_go_shopping(home)
    await _async_walk(home, "zone.market", minutes=0.8)
    assert push.got == []
    await home.async_pass(0.5)
    assert _messages(push) == ["Milk"]
    assert push.got[0]["title"] == "Shopping list"
    await home.async_pass(10)
    assert len(push.got) == 1


async def test_who_only_passes_the_shop_is_shown_nothing(home: AutomatedHome, push: PushServer) -> None:
    await _async_write(home, "Milk", on=ERRANDS)
    await _async_go_shopping(home)
    await _async_walk(home, "zone.market", minutes=0.5)
    await _async_walk(home, minutes=2)
    await _async_walk(home, "zone.home", minutes=2)
    assert push.got == []


async def test_at_the_shop_with_nothing_to_buy_nothing_is_shown(
    home: AutomatedHome, push: PushServer
) -> None:
    await _async_go_shopping(home)
    await _async_walk(home, "zone.market", minutes=2)
    assert home.state("automation.link").attributes["last_triggered"] is not None
    assert push.got == []
