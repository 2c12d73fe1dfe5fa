"""All entities of a kitchen, as Home Assistant registers and shows them."""

from __future__ import annotations

from itertools import count
from typing import Any

from homeassistant.const import Platform
from homeassistant.helpers import entity_registry as er
import pytest
from pytest_homeassistant_custom_component.common import snapshot_platform
from syrupy.assertion import SnapshotAssertion

from custom_components.cerebro.managers.pantry import books

from .kitchen import Kitchen

SHOWN = (
    Platform.BINARY_SENSOR,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.SENSOR,
    Platform.TODO,
)


@pytest.mark.parametrize("platform", SHOWN)
async def test_the_entities_of_a_kitchen_are_registered_and_shown(
    kitchen: Kitchen, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch, platform: Platform
) -> None:
    ids = count()
    monkeypatch.setattr(books, "ulid_now", lambda: f"change{next(ids)}")
    await kitchen.async_act(
        "add_stock", product="Milk", amount=1, unit="L", price=1.2, best_before="2026-11-26"
    )
    await kitchen.async_act("add_stock", product="Coffee", amount=500, unit="g", best_before="2027-11-01")
    await kitchen.async_act("set_product", product="Coffee", minimum=250)
    await kitchen.async_act("use_stock", product="Coffee", amount=300)
    await kitchen.async_act("waste_stock", product="Milk", amount=250, unit="ml")
    registry = er.async_get(kitchen.hass)
    entries = er.async_entries_for_config_entry(registry, kitchen.entry.entry_id)
    assert {entry.domain for entry in entries} >= set(SHOWN)
    for entry in entries:
        if entry.domain != platform:
            registry.async_remove(entry.entity_id)
    await kitchen.hass.async_block_till_done()
    await snapshot_platform(kitchen.hass, registry, snapshot, kitchen.entry.entry_id)


async def test_what_is_ticked_to_be_used_first_is_used_up(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before="2026-11-26")
    await kitchen.async_act("add_stock", product="Milk", amount=2, unit="L", best_before="2026-11-27")
    target = {"entity_id": "todo.cerebro_use_first"}

    async def async_items() -> list[dict[str, str]]:
        answer = await kitchen.hass.services.async_call(
            "todo", "get_items", {}, target=target, blocking=True, return_response=True
        )
        return answer["todo.cerebro_use_first"]["items"]  # type: ignore[index,return-value,call-overload]

    first, second = await async_items()
    assert [first["due"], second["due"]] == ["2026-11-26", "2026-11-27"]
    await kitchen.hass.services.async_call(
        "todo", "update_item", {"item": first["uid"], "status": "completed"}, target=target, blocking=True
    )
    await kitchen.hass.async_block_till_done()
    assert [one["due"] for one in await async_items()] == ["2026-11-27"]
    assert [lot.amount for lot in kitchen.pantry.books.stock.all_there()] == [2_000_000]


async def test_the_calendar_shows_what_goes_off_on_which_day(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before="2026-11-26")
    await kitchen.async_act("add_stock", product="Rice", amount=1, unit="kg", best_before="2028-01-01")
    answer = await kitchen.hass.services.async_call(
        "calendar",
        "get_events",
        {"start_date_time": "2026-11-24T00:00:00+01:00", "duration": {"days": 30}},
        target={"entity_id": "calendar.cerebro_best_before"},
        blocking=True,
        return_response=True,
    )
    (event,) = answer["calendar.cerebro_best_before"]["events"]  # type: ignore[index,call-overload,misc]
    assert (event["start"], event["end"]) == ("2026-11-26", "2026-11-27")
    assert "Milk" in event["summary"]


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-11-25", []), ("2026-11-26", ["2026-11-26"]), ("2026-11-27", [])]
)
async def test_what_goes_off_on_a_day_is_on_the_calendar_on_that_day_alone(
    kitchen: Kitchen, day: str, shown: list[str]
) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before="2026-11-26")
    answer = await kitchen.hass.services.async_call(
        "calendar",
        "get_events",
        {"start_date_time": f"{day}T00:00:00+01:00", "duration": {"days": 1}},
        target={"entity_id": "calendar.cerebro_best_before"},
        blocking=True,
        return_response=True,
    )
    events: list[Any] = answer["calendar.cerebro_best_before"]["events"]  # type: ignore[index,call-overload,assignment]
    assert [event["start"] for event in events] == shown
