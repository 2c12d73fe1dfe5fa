"""The lists: what to buy, and what to use first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from homeassistant.components.todo import TodoItem, TodoItemStatus
from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import intent
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.cerebro.core.pantry.model import PantryId, What
from custom_components.cerebro.managers.pantry.drafts import MOST

from .kitchen import CUPBOARD, Kitchen

LIST = "todo.cerebro_shopping_list"
USE_FIRST = "todo.cerebro_use_first"


async def _act(kitchen: Kitchen, action: str, entity_id: str = LIST, **data: Any) -> None:
    await kitchen.hass.services.async_call("todo", action, {"entity_id": entity_id, **data}, blocking=True)
    await kitchen.hass.async_block_till_done()


async def _items(kitchen: Kitchen, entity_id: str = LIST) -> list[dict[str, Any]]:
    answer = await kitchen.hass.services.async_call(
        "todo",
        "get_items",
        {"entity_id": entity_id, "status": ["needs_action", "completed"]},
        blocking=True,
        return_response=True,
    )
    found: Any = answer
    return list(found[entity_id]["items"])


async def test_what_is_written_on_the_list_is_there_with_its_due_date_and_note(kitchen: Kitchen) -> None:
    await _act(kitchen, "add_item", item="2 l milk", due_date="2026-11-28", description="the blue one")
    (item,) = await _items(kitchen)
    assert item["summary"] == "milk (2 L)"
    assert (item["due"], item["description"], item["status"]) == (
        "2026-11-28",
        "the blue one",
        "needs_action",
    )
    assert kitchen.state(LIST).state == "1"


async def test_what_is_ticked_is_in_stock_where_it_belongs(kitchen: Kitchen) -> None:
    await _act(kitchen, "add_item", item="2 l milk")
    await _act(kitchen, "update_item", item="milk (2 L)", status="completed")
    (milk,) = kitchen.pantry.books.stock.products.values()
    assert milk.name == "milk"
    assert kitchen.pantry.books.stock.total(milk.product_id) == 2_000_000
    assert kitchen.state("event.fridge_change").attributes["event_type"] == "bought"
    (item,) = await _items(kitchen)
    assert item["status"] == "completed"


async def test_a_tick_twice_is_one_purchase(kitchen: Kitchen) -> None:
    await _act(kitchen, "add_item", item="6 eggs")
    for _ in range(2):
        await _act(kitchen, "update_item", item="eggs (6 pieces)", status="completed")
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "1"
    (eggs,) = kitchen.pantry.books.stock.products
    assert kitchen.pantry.books.stock.total(eggs) == 6000


async def test_a_tick_that_is_taken_back_takes_its_purchase_out_of_the_stock(kitchen: Kitchen) -> None:
    stock = kitchen.pantry.books.stock
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    (milk,) = stock.products
    await _act(kitchen, "add_item", item="2 l milk")
    for _ in range(2):
        await _act(kitchen, "update_item", item="milk (2 L)", status="completed")
        assert stock.total(milk) == 3_000_000
        await kitchen.async_reboot()
        stock = kitchen.pantry.books.stock
        await _act(kitchen, "update_item", item="milk (2 L)", status="needs_action")
        assert stock.total(milk) == 1_000_000


async def test_what_was_used_of_since_stays_bought_though_its_tick_is_taken_back(kitchen: Kitchen) -> None:
    stock = kitchen.pantry.books.stock
    await _act(kitchen, "add_item", item="2 l milk")
    await _act(kitchen, "update_item", item="milk (2 L)", status="completed")
    await kitchen.async_act("use_stock", product="milk", amount=1, unit="L")
    (milk,) = stock.products
    await _act(kitchen, "update_item", item="milk (2 L)", status="needs_action")
    assert stock.total(milk) == 1_000_000
    await _act(kitchen, "update_item", item="milk (2 L)", status="completed")
    assert stock.total(milk) == 3_000_000


async def test_where_a_thing_goes_is_asked_no_more_once_its_tick_is_taken_back(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    await _act(kitchen, "add_item", item="Gadget")
    for _ in range(2):
        await _act(kitchen, "update_item", item="Gadget", status="completed")
        assert len(issue_registry.issues) == len(kitchen.pantry.drafts.waiting) == 1
        await _act(kitchen, "update_item", item="Gadget", status="needs_action")
        assert not issue_registry.issues
        assert not kitchen.pantry.drafts.waiting


async def test_a_question_about_what_is_let_go_of_does_not_stay(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    await _act(kitchen, "add_item", item="Gadget")
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    (draft,) = kitchen.pantry.drafts.waiting
    await kitchen.async_act("discard_draft", draft=draft.draft_id)
    assert not issue_registry.issues
    with pytest.raises(ServiceValidationError):
        await kitchen.pantry.intake.async_place(draft.draft_id, None)


async def test_a_question_that_waited_for_a_week_is_gone_the_day_after(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    await _act(kitchen, "add_item", item="Gadget")
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    await kitchen.async_pass(timedelta(days=6), step=timedelta(days=1))
    assert len(issue_registry.issues) == 1
    await kitchen.async_pass(timedelta(days=2), step=timedelta(days=1))
    assert not issue_registry.issues


async def test_a_question_that_has_to_make_room_is_gone(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    await _act(kitchen, "add_item", item="Gadget")
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    for _ in range(MOST):
        assert len(issue_registry.issues) == 1
        await kitchen.async_pass(timedelta(seconds=1))
        await kitchen.async_act("read_in", text="2 l milk")
    assert not issue_registry.issues


async def test_where_a_thing_goes_is_asked_only_when_nobody_can_know(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    told = kitchen.follow("event.cerebro_pantry")
    await _act(kitchen, "add_item", item="Gadget")
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == "where_does_it_go"
    assert issue.is_fixable
    assert [(one["event_type"], one["question"]) for one in told] == [("question", "Where does Gadget go?")]
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "0"


async def test_items_are_renamed_reordered_and_taken_off(kitchen: Kitchen) -> None:
    for name in ("milk", "eggs", "ham"):
        await _act(kitchen, "add_item", item=name)
    await _act(kitchen, "update_item", item="eggs", rename="a dozen eggs")
    uids = {item["summary"]: item["uid"] for item in await _items(kitchen)}
    assert list(uids) == ["milk", "eggs (12 pieces)", "ham"]
    kitchen.pantry.errands.shopping.move(uids["ham"], None)
    await _act(kitchen, "remove_item", item=["milk"])
    assert [item["summary"] for item in await _items(kitchen)] == ["ham", "eggs (12 pieces)"]


async def test_what_is_written_twice_is_on_the_list_once(kitchen: Kitchen) -> None:
    await _act(kitchen, "add_item", item="500 g flour")
    await _act(kitchen, "add_item", item="1 kg Flour")
    assert [item["summary"] for item in await _items(kitchen)] == ["flour (1.5 kg)"]


async def test_an_empty_name_is_refused(kitchen: Kitchen) -> None:
    with pytest.raises(ServiceValidationError, match="name"):
        await _act(kitchen, "add_item", item="\u200b")
    assert await _items(kitchen) == []


async def test_the_list_is_kept_over_a_restart(kitchen: Kitchen) -> None:
    await _act(kitchen, "add_item", item="milk")
    await kitchen.async_reboot()
    assert [item["summary"] for item in await _items(kitchen)] == ["milk"]


async def test_what_goes_off_next_is_on_a_list_and_used_up_when_it_is_ticked(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Ham", amount=200, unit="g", best_before="2026-11-26")
    await kitchen.async_act("add_stock", product="Rice", amount=1, unit="kg", best_before="2028-11-26")
    (item,) = await _items(kitchen, USE_FIRST)
    assert (item["summary"], item["due"]) == ("Ham (200 g)", "2026-11-26")
    await _act(kitchen, "update_item", entity_id=USE_FIRST, item=item["uid"], status="completed")
    assert await _items(kitchen, USE_FIRST) == []
    assert not kitchen.pantry.in_stock("ham")


async def test_what_is_said_to_assist_is_written_on_the_list_and_ticked(kitchen: Kitchen) -> None:
    assert await async_setup_component(kitchen.hass, "homeassistant", {})
    assert await async_setup_component(kitchen.hass, "intent", {})
    slots = {"item": {"value": "2 litres of milk"}, "name": {"value": "Cerebro Shopping list"}}
    await intent.async_handle(kitchen.hass, "test", "HassListAddItem", slots)
    assert [item["summary"] for item in await _items(kitchen)] == ["milk (2 L)"]
    slots = {"item": {"value": "milk (2 L)"}, "name": {"value": "Cerebro Shopping list"}}
    await intent.async_handle(kitchen.hass, "test", "HassListCompleteItem", slots)
    assert kitchen.pantry.in_stock("milk")


async def test_a_tick_that_a_kill_forgot_counts_once_when_it_is_done_again(kitchen: Kitchen) -> None:
    shopping = kitchen.pantry.errands.shopping
    await _act(kitchen, "add_item", item="2 l milk")
    (item,) = shopping.items
    for summary in ("milk (2 L)", "milk (2 L)"):
        before = shopping.list
        await _act(kitchen, "update_item", item=summary, status="completed")
        shopping.replace(before)  # As the disk still has it.
        await _act(kitchen, "update_item", item=summary, status="completed")
        (milk,) = kitchen.pantry.books.stock.products
        assert kitchen.pantry.books.stock.total(milk) == 2_000_000
        await _act(kitchen, "update_item", item=summary, status="needs_action")
        assert kitchen.pantry.books.stock.total(milk) == 0
    assert shopping.find_item(item.uid).unticked == 2


async def test_a_tick_is_on_the_disk_as_soon_as_it_is_in_the_stock(
    kitchen: Kitchen, hass_storage: dict[str, Any]
) -> None:
    await _act(kitchen, "add_item", item="2 l milk")
    for status, kept in (("completed", "bought"), ("needs_action", "needed")):
        await _act(kitchen, "update_item", item="milk (2 L)", status=status)
        (row,) = hass_storage["cerebro.shopping"]["data"]["list"]["items"]
        assert row["status"] == kept


async def test_a_question_that_a_kill_forgot_is_asked_once_and_its_answer_is_taken_back(
    kitchen: Kitchen, issue_registry: ir.IssueRegistry
) -> None:
    shopping, pantry = kitchen.pantry.errands.shopping, kitchen.pantry
    await _act(kitchen, "add_item", item="Gadget")
    before = shopping.list
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    for _ in range(2):
        shopping.replace(before)
        await _act(kitchen, "update_item", item="Gadget", status="completed")
        assert len(issue_registry.issues) == len(pantry.drafts.waiting) == 1
    (draft,) = pantry.drafts.waiting
    await pantry.intake.async_place(draft.draft_id, PantryId(CUPBOARD))
    shopping.replace(before)
    await _act(kitchen, "update_item", item="Gadget", status="completed")
    assert not pantry.drafts.waiting
    assert pantry.in_stock("Gadget")
    await _act(kitchen, "update_item", item="Gadget", status="needs_action")
    assert not pantry.in_stock("Gadget")


async def test_who_ticks_is_in_the_books(kitchen: Kitchen, hass_admin_user: MockUser) -> None:
    ada = Context(user_id=hass_admin_user.id)

    async def update(entity_id: str, item: str, status: str) -> None:
        fields = {"entity_id": entity_id, "item": item, "status": status}
        await kitchen.hass.services.async_call("todo", "update_item", fields, blocking=True, context=ada)
        await kitchen.hass.async_block_till_done()

    await _act(kitchen, "add_item", item="200 g ham")
    await update(LIST, "ham (200 g)", "completed")
    await update(LIST, "ham (200 g)", "needs_action")
    await update(LIST, "ham (200 g)", "completed")
    await update(USE_FIRST, (await _items(kitchen, USE_FIRST))[0]["uid"], "completed")
    assert [(change.what, change.by) for change in kitchen.pantry.books.latest] == [
        (what, hass_admin_user.id) for what in (What.USED, What.BOUGHT, What.UNDONE, What.BOUGHT)
    ]


async def test_who_ticked_something_before_is_not_who_ticks_now(
    kitchen: Kitchen, hass_admin_user: MockUser
) -> None:
    fields = {"entity_id": LIST, "item": "200 g ham"}
    ada = Context(user_id=hass_admin_user.id)
    await kitchen.hass.services.async_call("todo", "add_item", fields, blocking=True, context=ada)
    (item,) = await _items(kitchen)
    kitchen.freezer.tick(timedelta(minutes=1))
    list_ = kitchen.hass.data["entity_components"]["todo"].get_entity(LIST)
    done = TodoItem(uid=item["uid"], summary=item["summary"], status=TodoItemStatus.COMPLETED)
    await list_.async_update_todo_item(done)  # As Assist does, who tells not for whom.
    assert [change.by for change in kitchen.pantry.books.latest] == [None]


async def test_an_item_that_was_proposed_says_how_much_is_left_as_people_do(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1.5, unit="L")
    await kitchen.async_act("set_product", product="Milk", minimum=3)
    (item,) = await _items(kitchen)
    assert item["description"] == "1.5 L left: less than should always be there"
