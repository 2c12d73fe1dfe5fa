"""What comes in by itself: scanned codes, ticked items, and the questions when it cannot be known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from ...kitchen import CUPBOARD, PANTRIES, Kitchen
from ..phones import FakePhone, PushServer

pytestmark = pytest.mark.usefixtures("socket_enabled")

CODE = "4006381333931"
SCANNER = "event.scanner"


@pytest.fixture
async def push() -> AsyncIterator[PushServer]:
    """Return the push service of Ada’s phone."""
    server = await PushServer().async_start()
    yield server
    await server.server.close()


@pytest.fixture
async def phone(new_kitchen: Kitchen, hass_client: ClientSessionGenerator, push: PushServer) -> FakePhone:
    """Return Ada’s phone."""
    assert await async_setup_component(new_kitchen.hass, "mobile_app", {})
    assert await async_setup_component(new_kitchen.hass, "repairs", {})
    assert await async_setup_component(new_kitchen.hass, "cerebro", {})
    await new_kitchen.hass.async_block_till_done()
    app = {"push_url": push.url, "push_token": "token"}
    client = await hass_client()
    return await FakePhone(hass=new_kitchen.hass, client=client, name="Ada", app_data=app).async_register()


@pytest.fixture
async def kitchen(new_kitchen: Kitchen, phone: FakePhone) -> Kitchen:
    """Return the kitchen of Ada, with her phone and a scanner."""
    ada = ConfigSubentryDataWithId(
        subentry_id="01ADA",
        subentry_type="occupant",
        title="Ada",
        unique_id="person.ada",
        data={"person": "person.ada", "phone": phone.device_id},
    )
    new_kitchen.subentries = (*PANTRIES, ada)
    new_kitchen.options = {"scanners": [SCANNER]}
    new_kitchen.hass.states.async_set(SCANNER, "unknown")
    return await new_kitchen.async_move_in()


async def _scan(kitchen: Kitchen, code: str, at: str = "2026-11-24T08:00:00.000+00:00") -> None:
    kitchen.hass.states.async_set(SCANNER, at, {"event_type": "scanned", "code": code})
    await kitchen.hass.async_block_till_done()


def _asked(push: PushServer) -> dict[str, Any]:
    """Return the last message on the phone."""
    return push.got[-1]


def _total(kitchen: Kitchen, name: str) -> int:
    product = kitchen.pantry.books.stock.find(name)
    return 0 if product is None else kitchen.pantry.books.stock.total(product.product_id)


async def test_what_a_scanner_reads_is_bought(kitchen: Kitchen) -> None:
    await kitchen.async_act("scan", code=CODE, name="Milk", amount=1, unit="L")
    await _scan(kitchen, CODE)
    assert _total(kitchen, "milk") == 2_000_000


async def test_the_same_thing_scanned_twice_is_two_and_coming_back_is_none(kitchen: Kitchen) -> None:
    await kitchen.async_act("scan", code=CODE, name="Milk", amount=1, unit="L")
    await _scan(kitchen, CODE)
    await _scan(kitchen, CODE, at="2026-11-24T08:00:02.000+00:00")
    kitchen.hass.states.async_set(SCANNER, "unavailable")
    await _scan(kitchen, CODE, at="2026-11-24T08:00:02.000+00:00")
    assert _total(kitchen, "milk") == 3_000_000


async def test_a_tag_with_a_products_code_counts_and_any_other_does_not(kitchen: Kitchen) -> None:
    await kitchen.async_act("scan", code=CODE, name="Milk", amount=1, unit="L")
    for tag in (CODE, "front door", "12345"):
        kitchen.hass.bus.async_fire("tag_scanned", {"tag_id": tag, "device_id": "phone"})
        await kitchen.hass.async_block_till_done()
    assert _total(kitchen, "milk") == 2_000_000
    assert [product.name for product in kitchen.pantry.books.stock.products.values()] == ["Milk"]


async def test_a_code_that_nobody_knows_is_asked_about_and_known_from_then_on(
    kitchen: Kitchen, phone: FakePhone, push: PushServer, issue_registry: ir.IssueRegistry
) -> None:
    await _scan(kitchen, CODE)
    asked = _asked(push)
    assert asked["message"] == f"What is the product with the code {CODE}?"
    assert [issue.translation_key for issue in issue_registry.issues.values()] == ["what_is_it"]
    await phone.async_answer("REPLY", tag=asked["data"]["tag"], reply_text="Oat milk")
    assert _total(kitchen, "oat milk") == 1000
    assert not issue_registry.issues
    assert _asked(push)["message"] == "clear_notification"
    await _scan(kitchen, CODE, at="2026-11-24T09:00:00.000+00:00")
    assert _total(kitchen, "oat milk") == 2000


async def test_an_iphone_answers_by_what_it_was_given_along(
    kitchen: Kitchen, phone: FakePhone, push: PushServer
) -> None:
    await _scan(kitchen, CODE)
    told = _asked(push)["data"]["action_data"]
    await phone.async_answer("REPLY", action_data=told, reply_text="Oat milk")
    assert _total(kitchen, "oat milk") == 1000


async def test_a_reply_to_something_else_is_left_alone(kitchen: Kitchen, phone: FakePhone) -> None:
    await _scan(kitchen, CODE)
    await phone.async_answer("REPLY", tag="somebody_elses", reply_text="Hello")
    await phone.async_answer("REPLY", tag="cerebro_ask_what_is_it-0", reply_text="Hello")
    assert not kitchen.pantry.books.stock.products


async def test_where_a_thing_goes_is_answered_by_a_tap_and_remembered(
    kitchen: Kitchen, phone: FakePhone, push: PushServer, issue_registry: ir.IssueRegistry
) -> None:
    shopping = kitchen.pantry.errands.shopping
    shopping.add("Gadget")
    await shopping.async_tick(shopping.items[0].uid)
    await kitchen.hass.async_block_till_done()
    asked = _asked(push)
    assert asked["message"] == "Where does Gadget go?"
    titles = {one["title"]: one["action"] for one in asked["data"]["actions"]}
    assert list(titles) == ["Fridge", "Freezer", "Cupboard"]
    await phone.async_answer(titles["Cupboard"])
    (lot,) = kitchen.pantry.books.stock.all_there()
    assert lot.pantry_id == CUPBOARD
    assert not issue_registry.issues
    assert not kitchen.pantry.drafts.waiting
    await phone.async_answer(titles["Cupboard"])
    assert len(kitchen.pantry.books.stock.all_there()) == 1
    await kitchen.async_act("add_stock", product="gadget", amount=1)
    assert {lot.pantry_id for lot in kitchen.pantry.books.stock.all_there()} == {CUPBOARD}


async def test_where_it_goes_and_until_when_it_is_good_is_answered_on_the_repairs_page(
    kitchen: Kitchen, phone: FakePhone, issue_registry: ir.IssueRegistry, hass_admin_user: MockUser
) -> None:
    shopping = kitchen.pantry.errands.shopping
    shopping.add("Gadget")
    await shopping.async_tick(shopping.items[0].uid)
    (issue,) = issue_registry.issues.values()
    flow = await _open(phone, issue.issue_id)
    assert flow["description_placeholders"]["product"] == "Gadget"
    flow = await _enter(phone, flow, {"pantry": CUPBOARD, "best_before": "2020-01-01"})
    assert flow["errors"] == {"base": "refused"}
    assert flow["description_placeholders"]["error"]
    flow = await _enter(phone, flow, {"pantry": CUPBOARD, "best_before": "2027-01-01"})
    assert flow["type"] == "create_entry"
    (lot,) = kitchen.pantry.books.stock.all_there()
    assert (lot.pantry_id, str(lot.best_before), lot.printed) == (CUPBOARD, "2027-01-01", True)
    assert next(kitchen.pantry.books.latest).by == hass_admin_user.id
    assert not issue_registry.issues


async def test_what_is_not_kept_here_is_let_go_of(
    kitchen: Kitchen, phone: FakePhone, issue_registry: ir.IssueRegistry
) -> None:
    shopping = kitchen.pantry.errands.shopping
    shopping.add("Gift for Alan")
    await shopping.async_tick(shopping.items[0].uid)
    (issue,) = issue_registry.issues.values()
    flow = await _enter(phone, await _open(phone, issue.issue_id), {"pantry": "nowhere"})
    assert flow["type"] == "create_entry"
    assert not kitchen.pantry.books.stock.products
    assert not issue_registry.issues


async def test_a_code_is_named_on_the_repairs_page(
    kitchen: Kitchen, phone: FakePhone, issue_registry: ir.IssueRegistry, hass_admin_user: MockUser
) -> None:
    await _scan(kitchen, CODE)
    (issue,) = issue_registry.issues.values()
    flow = await _open(phone, issue.issue_id)
    assert flow["description_placeholders"]["code"] == CODE
    flow = await _enter(phone, flow, {"name": "Gadget"})
    assert flow["errors"] == {"base": "refused"}
    flow = await _enter(phone, flow, {"name": "Oat milk"})
    assert flow["type"] == "create_entry"
    assert _total(kitchen, "oat milk") == 1000
    assert next(kitchen.pantry.books.latest).by == hass_admin_user.id


async def test_a_code_that_cannot_be_read_is_said(kitchen: Kitchen) -> None:
    told = kitchen.follow("event.cerebro_pantry")
    await _scan(kitchen, "hello")
    (one,) = told
    assert one["event_type"] == "question"
    assert "hello" in one["question"]


async def _open(phone: FakePhone, issue_id: str) -> dict[str, Any]:
    answer = await phone.client.post(
        "/api/repairs/issues/fix", json={"handler": "cerebro", "issue_id": issue_id}
    )
    assert answer.status == HTTPStatus.OK, await answer.text()
    step: dict[str, Any] = await answer.json()
    return step


async def _enter(phone: FakePhone, flow: dict[str, Any], user_input: dict[str, Any]) -> dict[str, Any]:
    answer = await phone.client.post(f"/api/repairs/issues/fix/{flow['flow_id']}", json=user_input)
    assert answer.status == HTTPStatus.OK, await answer.text()
    step: dict[str, Any] = await answer.json()
    await phone.hass.async_block_till_done()
    return step
