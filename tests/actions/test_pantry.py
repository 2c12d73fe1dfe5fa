"""The actions on the stock."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from homeassistant.core import Context
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import device_registry as dr
import pytest
from pytest_homeassistant_custom_component.common import MockUser

from custom_components.cerebro.const import DOMAIN

from ..kitchen import FREEZER, Kitchen


async def test_what_is_bought_is_there_where_it_belongs_and_for_as_long_as_its_kind_lasts(
    kitchen: Kitchen,
) -> None:
    answer = await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", price=1.2)
    (milk,) = answer["products"]
    assert (milk["product"], milk["amount"], milk["unit"], milk["category"]) == ("Milk", 1, "L", "milk")
    (lot,) = milk["lots"]
    assert lot["pantry"] == "Fridge"
    assert lot["best_before"] > "2026-11-24"
    assert not lot["printed"]
    assert lot["value"] == 1.2


async def test_amounts_in_other_units_add_up(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    answer = await kitchen.async_act("add_stock", product="milk", amount=500, unit="ml")
    assert (answer["products"][0]["amount"], answer["products"][0]["unit"]) == (1.5, "L")


async def test_what_goes_off_first_is_used_first(kitchen: Kitchen) -> None:
    for day in ("2026-12-05", "2026-11-28"):
        await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before=day)
    answer = await kitchen.async_act("use_stock", product="Milk", amount=0.4)
    assert [(lot["best_before"], lot["amount"]) for lot in answer["products"][0]["lots"]] == [
        ("2026-11-28", 0.6),
        ("2026-12-05", 1),
    ]


async def test_a_use_without_an_amount_is_the_pack_that_is_begun(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L")
    await kitchen.async_act("add_stock", product="Eggs", amount=6)
    assert (await kitchen.async_act("use_stock", product="milk"))["products"][0]["amount"] == 0
    assert (await kitchen.async_act("use_stock", product="egg"))["products"][0]["amount"] == 5


async def test_what_is_opened_does_not_last_as_long(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", best_before="2027-02-01")
    answer = await kitchen.async_act("open_stock", product="Milk")
    (lot,) = answer["products"][0]["lots"]
    assert lot["opened_on"] == "2026-11-24"
    assert lot["best_before"] < "2026-12-10"


async def test_in_the_freezer_it_lasts_longer(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Chicken", amount=800, unit="g")
    answer = await kitchen.async_act(
        "move_stock", product="Chicken", amount=300, unit="g", to_pantry="freezer"
    )
    lots = {lot["pantry"]: lot for lot in answer["products"][0]["lots"]}
    assert {name: lot["amount"] for name, lot in lots.items()} == {"Fridge": 500, "Freezer": 300}
    assert lots["Freezer"]["best_before"] > lots["Fridge"]["best_before"]


async def test_a_pantry_is_meant_by_its_device_or_its_id_as_well(kitchen: Kitchen) -> None:
    devices = dr.async_get(kitchen.hass)
    device = devices.async_get_device_by_identifier(("cerebro", FREEZER), kitchen.entry.entry_id)
    assert device is not None
    for meant in (device.id, FREEZER, "FREEZER"):
        answer = await kitchen.async_act("add_stock", product="Peas", amount=1, pantry=meant)
        assert {lot["pantry"] for lot in answer["products"][0]["lots"]} == {"Freezer"}


async def test_what_was_thrown_away_counts_as_waste_of_the_month_until_it_is_undone(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Ham", amount=200, unit="g", price=4)
    await kitchen.async_act("waste_stock", product="Ham", amount=50, unit="g")
    assert kitchen.state("sensor.cerebro_waste_this_month").state == "1.0"
    assert kitchen.state("sensor.cerebro_mass_wasted_this_month").state == "0.05"
    assert kitchen.state("sensor.cerebro_value_of_the_stock").state == "3.0"
    answer = await kitchen.async_act("undo_stock")
    assert answer["products"][0]["amount"] == 200
    assert kitchen.state("sensor.cerebro_waste_this_month").state == "0.0"


async def test_what_was_counted_is_what_there_is(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Eggs", amount=10)
    assert (await kitchen.async_act("correct_stock", product="Eggs", amount=7))["products"][0]["amount"] == 7
    assert (await kitchen.async_act("correct_stock", product="Eggs", amount=12))["products"][0][
        "amount"
    ] == 12


async def test_a_product_is_low_below_its_minimum(kitchen: Kitchen) -> None:
    told = kitchen.follow("event.cerebro_pantry")
    await kitchen.async_act("add_stock", product="Coffee", amount=500, unit="g")
    await kitchen.async_act("set_product", product="Coffee", minimum=250, aliases=["café"])
    assert kitchen.state("sensor.cerebro_running_low").state == "0"
    await kitchen.async_act("use_stock", product="café", amount=300)
    assert kitchen.state("sensor.cerebro_running_low").attributes["products"] == ["Coffee"]
    assert [(one["event_type"], one["product"]) for one in told] == [("product_low", "Coffee")]


async def test_what_goes_off_soon_is_told_once_and_comes_first(kitchen: Kitchen) -> None:
    told = kitchen.follow("event.cerebro_pantry")
    await kitchen.async_act("add_stock", product="Yogurt", amount=4, best_before="2026-11-30")
    await kitchen.async_act("add_stock", product="Rice", amount=1, unit="kg", best_before="2028-01-01")
    assert told == []
    await kitchen.async_pass(timedelta(days=4), step=timedelta(hours=1))
    assert [(one["event_type"], one["product"]) for one in told] == [("product_soon_off", "Yogurt")]
    answer = await kitchen.async_act("use_first", count=1)
    (first,) = answer["products"]
    assert (first["product"], first["good_until"]) == ("Yogurt", "2026-11-30")
    assert first["reason"] == "Good for 2 days more"


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("add_stock", {"product": "Milk", "amount": 1, "unit": "parsec"}, "unknown_unit"),
        ("add_stock", {"product": "Milk", "amount": 1, "best_before": "2020-01-01"}, "date_in_past"),
        ("add_stock", {"product": "Milk", "amount": 1, "bought_on": "2026-12-24"}, "date_in_future"),
        ("add_stock", {"product": "Milk", "amount": 1, "best_before": "2126-01-01"}, "date_too_far"),
        ("add_stock", {"product": "Milk", "amount": 1, "pantry": "cellar"}, "unknown_pantry"),
        ("add_stock", {"product": "\u200b", "amount": 1}, "name_missing"),
        ("add_stock", {"product": "Gadget", "amount": 1}, "which_pantry"),
        ("add_stock", {"product": "Ham", "amount": 1, "unit": "L"}, "measure_differs"),
        ("use_stock", {"product": "Caviar"}, "unknown_product"),
        ("use_stock", {"product": "Ham", "amount": 1, "unit": "kg"}, "not_enough"),
        ("use_stock", {"product": "Ham", "at": "2026-12-24T00:00:00+01:00"}, "moment_in_future"),
        ("move_stock", {"product": "Ham", "to_pantry": "Fridge"}, "nothing_there"),
        ("scan", {"code": "4006381333932"}, "wrong_check_digit"),
        ("scan", {"code": "hello"}, "bad_barcode"),
        ("scan", {"code": "4006381333931"}, "name_needed"),
        ("scan", {"code": "4006381333931", "mode": "use"}, "unknown_product"),
        ("set_product", {"product": "Ham", "barcodes": ["123"]}, "bad_barcode"),
        ("set_product", {"product": "Ham", "shop": "Nowhere"}, "unknown_shop"),
        ("undo_stock", {"change": "nothing"}, "nothing_to_undo"),
        ("confirm_draft", {"draft": "nothing"}, "draft_unknown"),
        ("read_in", {}, "nothing_to_read"),
        ("read_in", {"image": {"media_content_id": "x"}}, "reader_no_provider"),
        ("import_pantry", {"format": "json"}, "import_field_missing"),
    ],
)
async def test_what_makes_no_sense_is_said_and_changes_nothing(
    kitchen: Kitchen, action: str, data: dict[str, object], key: str
) -> None:
    await kitchen.async_act("add_stock", product="Ham", amount=200, unit="g")
    before = (await kitchen.async_act("export_pantry", format="json"))["data"]
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act(action, **data)
    assert refused.value.translation_key == key
    assert (await kitchen.async_act("export_pantry", format="json"))["data"] == before


async def test_a_sentence_is_read_into_a_draft_that_counts_once_it_is_confirmed(kitchen: Kitchen) -> None:
    await kitchen.async_act("add_stock", product="Ham", amount=200, unit="g")
    draft = await kitchen.async_act("read_in", text="two litres of milk, a dozen eggs and ham")
    assert [(line["name"], line["amount"], line["unit"], line["known"]) for line in draft["lines"]] == [
        ("milk", 2, "L", False),
        ("eggs", 12, "piece", False),
        ("ham", None, None, True),
    ]
    assert (draft["by_provider"], draft["fell_back"]) == (False, False)
    assert not kitchen.pantry.in_stock("milk")
    answer = await kitchen.async_act("confirm_draft", draft=draft["draft"])
    assert (len(answer["changes"]), answer["left"], answer["refused"]) == (3, None, [])
    assert kitchen.state("sensor.cerebro_products_in_stock").state == "3"
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("confirm_draft", draft=draft["draft"])
    assert refused.value.translation_key == "draft_unknown"


async def test_a_draft_is_let_go_of(kitchen: Kitchen) -> None:
    draft = await kitchen.async_act("read_in", text="du lait")
    await kitchen.async_act("discard_draft", draft=draft["draft"])
    assert kitchen.pantry.drafts.waiting == ()


async def test_what_will_be_needed_is_on_the_list_with_its_reason(kitchen: Kitchen) -> None:
    for days in range(36, 0, -6):
        bought = kitchen.pantry.today - timedelta(days=days)
        await kitchen.async_act("add_stock", product="Milk", amount=1, unit="L", bought_on=bought.isoformat())
    for _ in range(5):
        await kitchen.async_act("use_stock", product="Milk", amount=1, unit="L")
    answer = await kitchen.async_act("propose_list")
    (milk,) = answer["products"]
    assert milk["product"] == "Milk"
    assert 0.5 <= milk["probability"] <= 1
    assert milk["reason"]
    (item,) = kitchen.pantry.errands.shopping.items
    assert item.summary == "Milk"
    assert kitchen.state("todo.cerebro_shopping_list").state == "1"


async def test_only_who_may_change_the_home_imports(
    kitchen: Kitchen, hass_read_only_user: MockUser, hass_admin_user: MockUser
) -> None:
    data = {"format": "csv", "data": "product,amount,unit,pantry\nRice,1,kg,Cupboard\n"}
    for user, able in ((hass_read_only_user, False), (hass_admin_user, True)):
        call = partial(
            kitchen.hass.services.async_call,
            *(DOMAIN, "import_pantry", data),
            blocking=True,
            context=Context(user_id=user.id),
        )
        if able:
            await call()
        else:
            with pytest.raises(Unauthorized):
                await call()
        assert kitchen.pantry.in_stock("Rice") is able
