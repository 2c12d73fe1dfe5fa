"""The books: a change counts once it is on the disk, and never twice."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
import threading
from typing import Any
from unittest.mock import patch

from homeassistant.config_entries import ConfigEntryState
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers import issue_registry as ir
import pytest

from custom_components.cerebro.const import DOMAIN
from custom_components.cerebro.managers import lines
from custom_components.cerebro.managers.pantry.books import AT_ONCE

from ...kitchen import Kitchen


def ledger(kitchen: Kitchen) -> Path:
    """Return where the ledger lies."""
    return Path(kitchen.hass.config.path(".storage", f"{DOMAIN}.ledger"))


def total(kitchen: Kitchen, name: str) -> float:
    """Return how many pieces, grams or millilitres there are of a product."""
    stock = kitchen.pantry.books.stock
    product = stock.find(name)
    return 0 if product is None else stock.total(product.product_id) / 1000


async def test_what_cannot_be_written_is_said_and_has_not_happened(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    told = kitchen.follow("event.fridge_change")
    before = await kitchen.hass.async_add_executor_job(ledger(kitchen).read_bytes)
    with (
        patch.object(lines, "extend", side_effect=OSError(28, "No space left on device")),
        pytest.raises(HomeAssistantError) as refused,
    ):
        await kitchen.async_act("use_stock", product="Eggs", amount=2)
    assert refused.value.translation_key == "ledger_unwritable"
    assert total(kitchen, "Eggs") == 6
    assert told == []
    assert await kitchen.hass.async_add_executor_job(ledger(kitchen).read_bytes) == before


async def test_once_the_disk_has_room_again_it_goes_on(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    with patch.object(lines, "extend", side_effect=OSError(28, "full")), pytest.raises(HomeAssistantError):
        await kitchen.async_act("use_stock", product="Eggs", amount=2)
    await kitchen.async_act("use_stock", product="Eggs", amount=1)
    await kitchen.async_reboot()
    assert total(kitchen, "Eggs") == 5


async def test_of_two_who_take_the_last_one_at_once_one_is_refused(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    outcomes = await asyncio.gather(
        *(kitchen.async_act("use_stock", product="Eggs", amount=4) for _ in range(2)), return_exceptions=True
    )
    refused = [one for one in outcomes if isinstance(one, ServiceValidationError)]
    assert [one.translation_key for one in refused] == ["not_enough"]
    assert total(kitchen, "Eggs") == 2


async def test_many_bookings_at_once_are_all_kept_over_a_restart(kitchen: Kitchen) -> None:
    await asyncio.gather(*(kitchen.async_act("add_stock", product="Eggs", amount=1) for _ in range(12)))
    assert total(kitchen, "Eggs") == 12
    await kitchen.async_reboot()
    assert total(kitchen, "Eggs") == 12


async def test_a_booking_whose_caller_is_gone_is_seen_through(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    begun, go_on = threading.Event(), threading.Event()
    extend = lines.extend

    def slowly(*args: Any) -> None:
        begun.set()
        assert go_on.wait(10)
        extend(*args)

    with patch.object(lines, "extend", side_effect=slowly):
        caller = asyncio.ensure_future(kitchen.async_act("use_stock", product="Eggs", amount=2))
        assert await kitchen.hass.async_add_executor_job(begun.wait, 10)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        assert total(kitchen, "Eggs") == 6
        go_on.set()
        await kitchen.hass.async_block_till_done()
    assert total(kitchen, "Eggs") == 4
    await kitchen.async_reboot()
    assert total(kitchen, "Eggs") == 4


async def test_damaged_lines_are_kept_aside_and_reported_and_the_rest_is_there(kitchen: Kitchen) -> None:
    hass = kitchen.hass
    for name in ("Eggs", "Milk", "Rice"):
        await kitchen.async_act("add_stock", product=name, amount=2)
    path = ledger(kitchen)

    def damage() -> bytes:
        first, second, third = path.read_bytes().splitlines(keepends=True)
        path.write_bytes(first + b"\x00" * (len(second) - 1) + b"\n" + third)
        return path.read_bytes()

    assert await hass.config_entries.async_unload(kitchen.entry.entry_id)
    found = await hass.async_add_executor_job(damage)
    assert await hass.config_entries.async_setup(kitchen.entry.entry_id)
    await hass.async_block_till_done()
    assert (total(kitchen, "Eggs"), total(kitchen, "Milk"), total(kitchen, "Rice")) == (2, 0, 2)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, "ledger_damaged")
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["count"] == "1"
    aside = path.parent / issue.translation_placeholders["aside"]
    assert await hass.async_add_executor_job(aside.read_bytes) == found
    await kitchen.async_act("use_stock", product="Eggs", amount=1)
    await kitchen.async_reboot()
    assert total(kitchen, "Eggs") == 1


async def test_a_ledger_of_a_newer_cerebro_stops_the_start_and_stays_as_it_is(kitchen: Kitchen) -> None:
    hass = kitchen.hass
    await kitchen.async_act("add_stock", product="Eggs", amount=2)
    path = ledger(kitchen)

    def newer() -> bytes:
        rows = [json.loads(row) for row in path.read_bytes().splitlines()]
        (version,) = {key for row in rows for key in row if key in {"v", "version"}}
        path.write_text("".join(json.dumps(row | {version: 999}) + "\n" for row in rows))
        return path.read_bytes()

    assert await hass.config_entries.async_unload(kitchen.entry.entry_id)
    found = await hass.async_add_executor_job(newer)
    assert not await hass.config_entries.async_setup(kitchen.entry.entry_id)
    await hass.async_block_till_done()
    assert kitchen.entry.state is ConfigEntryState.SETUP_ERROR
    assert kitchen.entry.error_reason_translation_key == "storage_newer"
    assert await hass.async_add_executor_job(path.read_bytes) == found


async def test_the_last_change_can_be_taken_back_after_a_restart(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    await kitchen.async_act("waste_stock", product="Eggs", amount=4)
    await kitchen.async_reboot()
    await kitchen.async_act("undo_stock")
    assert total(kitchen, "Eggs") == 6
    assert kitchen.state("sensor.cerebro_mass_wasted_this_month").state in {"0", "0.0"}


async def test_taken_back_again_and_again_it_goes_further_back_until_nothing_is_left(
    kitchen: Kitchen,
) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    await kitchen.async_act("use_stock", product="Eggs", amount=1)
    await kitchen.async_act("undo_stock")
    await kitchen.async_act("undo_stock")
    assert total(kitchen, "Eggs") == 0
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("undo_stock")
    assert refused.value.translation_key == "nothing_to_undo"


async def test_a_change_is_taken_back_only_once(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    await kitchen.async_act("use_stock", product="Eggs", amount=1)
    used = next(kitchen.pantry.books.latest).change_id
    await kitchen.async_act("undo_stock", change=used)
    with pytest.raises(ServiceValidationError):
        await kitchen.async_act("undo_stock", change=used)
    assert total(kitchen, "Eggs") == 6


async def test_an_import_of_much_lets_others_have_their_turns_meanwhile(kitchen: Kitchen) -> None:
    rows = "".join(f"Thing {number},1,piece,Cupboard\n" for number in range(2 * AT_ONCE))
    seen: set[int] = set()

    async def look() -> None:
        while len(kitchen.pantry.books.stock.lots) < 2 * AT_ONCE:
            seen.add(kitchen.pantry.books.stock.changes)
            await asyncio.sleep(0)

    looking = kitchen.hass.async_create_background_task(look(), "looks")
    await kitchen.async_act("import_pantry", format="csv", data=f"product,amount,unit,pantry\n{rows}")
    await looking
    assert AT_ONCE in seen


async def test_books_that_are_closed_take_nothing_that_their_successor_would_not_know(
    kitchen: Kitchen,
) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    closed = kitchen.pantry.books
    await kitchen.async_reboot()
    with pytest.raises(HomeAssistantError) as refused:
        await closed.async_undo()
    assert refused.value.translation_key == "pantry_unusable"
    await kitchen.async_reboot()
    assert total(kitchen, "Eggs") == 6
