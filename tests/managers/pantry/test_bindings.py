"""What a pantry or a shop names and is gone from the home."""

from __future__ import annotations

from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
import pytest

from ...kitchen import FRIDGE, PANTRIES, Kitchen, pantry


def _shop(destination: str, target: str) -> ConfigSubentryDataWithId:
    return ConfigSubentryDataWithId(
        subentry_id="01SHOP",
        subentry_type="shop",
        title="Market",
        unique_id=None,
        data={"destination": destination, "target": target},
    )


async def test_a_thermometer_that_is_removed_is_said_until_the_pantry_does_without(
    new_kitchen: Kitchen, entity_registry: er.EntityRegistry, issue_registry: ir.IssueRegistry
) -> None:
    thermometer = entity_registry.async_get_or_create("sensor", "demo", "t1")
    new_kitchen.subentries = (pantry(FRIDGE, "Fridge", "fridge", temperature=thermometer.id),)
    kitchen = await new_kitchen.async_move_in()
    assert not issue_registry.issues
    entity_registry.async_remove(thermometer.entity_id)
    await kitchen.hass.async_block_till_done()
    (issue,) = issue_registry.issues.values()
    assert issue.translation_key == "place_source_missing"
    assert issue.translation_placeholders == {"place": "Fridge", "source": "temperature sensor"}
    subentry = kitchen.entry.subentries[FRIDGE]
    kitchen.hass.config_entries.async_update_subentry(kitchen.entry, subentry, data={"place": "fridge"})
    await kitchen.hass.async_block_till_done()
    assert not issue_registry.issues


@pytest.mark.parametrize(
    ("destination", "key"), [("todo", "place_source_missing"), ("phone", "shop_phone_missing")]
)
async def test_what_takes_a_shops_list_and_is_gone_is_said_until_the_shop_is_removed(
    new_kitchen: Kitchen, issue_registry: ir.IssueRegistry, destination: str, key: str
) -> None:
    new_kitchen.subentries = (*PANTRIES, _shop(destination, "0123456789abcdef"))
    kitchen = await new_kitchen.async_move_in()
    assert [issue.translation_key for issue in issue_registry.issues.values()] == [key]
    kitchen.hass.config_entries.async_remove_subentry(kitchen.entry, "01SHOP")
    await kitchen.hass.async_block_till_done()
    assert not issue_registry.issues
