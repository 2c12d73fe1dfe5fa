"""What is taken out of one home is brought into another, once."""

from __future__ import annotations

from homeassistant.exceptions import ServiceValidationError
import pytest

from ...kitchen import Kitchen


async def async_shop(kitchen: Kitchen) -> None:
    """Buy, open, use and throw away some things."""
    await kitchen.async_act(
        "add_stock", product="Milk", amount=2, unit="L", price=2.4, best_before="2026-12-05"
    )
    await kitchen.async_act("add_stock", product="Eggs, large; “free”", amount=6, pantry="Fridge")
    await kitchen.async_act("add_stock", product="Rice", amount=1, unit="kg", best_before="2028-01-01")
    await kitchen.async_act("use_stock", product="Milk", amount=0.5, unit="L")
    await kitchen.async_act("waste_stock", product="Rice", amount=100, unit="g")


def there(kitchen: Kitchen) -> list[tuple[str, int, str, str | None]]:
    """Return what is there: the product, the thousandths, the pantry, the date."""
    stock = kitchen.pantry.books.stock
    return sorted(
        (stock.products[lot.product_id].name, lot.amount, lot.pantry_id, str(lot.best_before))
        for lot in stock.all_there()
    )


async def async_emptied(kitchen: Kitchen) -> None:
    """Let somebody else move in, with the same pantries."""
    assert await kitchen.hass.config_entries.async_remove(kitchen.entry.entry_id)
    await kitchen.hass.async_block_till_done()
    await kitchen.async_move_in()
    assert there(kitchen) == []


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_what_was_exported_is_the_same_stock_in_another_home(kitchen: Kitchen, form: str) -> None:
    await async_shop(kitchen)
    before = there(kitchen)
    data = (await kitchen.async_act("export_pantry", format=form))["data"]
    await async_emptied(kitchen)
    assert (await kitchen.async_act("import_pantry", format=form, data=data))["changes"] > 0
    assert there(kitchen) == before
    await kitchen.async_reboot()
    assert there(kitchen) == before


@pytest.mark.parametrize("form", ["csv", "json"])
async def test_what_is_here_already_is_not_brought_again(kitchen: Kitchen, form: str) -> None:
    await async_shop(kitchen)
    before = there(kitchen)
    data = (await kitchen.async_act("export_pantry", format=form))["data"]
    assert (await kitchen.async_act("import_pantry", format=form, data=data))["changes"] == 0
    assert there(kitchen) == before


async def test_an_archive_brings_what_was_wasted_and_its_value_along(kitchen: Kitchen) -> None:
    await async_shop(kitchen)
    data = (await kitchen.async_act("export_pantry", format="json"))["data"]
    await async_emptied(kitchen)
    await kitchen.async_act("import_pantry", format="json", data=data)
    assert kitchen.state("sensor.cerebro_mass_wasted_this_month").state == "0.1"
    assert kitchen.state("sensor.cerebro_value_of_the_stock").state == "1.8"


async def test_what_is_imported_is_no_news_of_a_pantry(kitchen: Kitchen) -> None:
    await async_shop(kitchen)
    data = (await kitchen.async_act("export_pantry", format="json"))["data"]
    await async_emptied(kitchen)
    told = kitchen.follow("event.fridge_change")
    await kitchen.async_act("import_pantry", format="json", data=data)
    assert told == []


@pytest.mark.parametrize(
    ("form", "data"), [("csv", "a,b\n1,2\n"), ("json", "[]"), ("json", "{"), ("csv", "")]
)
async def test_what_cannot_be_read_changes_nothing(kitchen: Kitchen, form: str, data: str) -> None:
    await async_shop(kitchen)
    before = there(kitchen)
    with pytest.raises(ServiceValidationError):
        await kitchen.async_act("import_pantry", format=form, data=data)
    assert there(kitchen) == before
