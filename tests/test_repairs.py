"""Giving a role an entity again through a repair."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.cerebro.const import DOMAIN

from .flows.forms import async_change, async_furnish, async_set_up, texts

FIX = "/api/repairs/issues/fix"
MACHINE = "switch.coffee_machine"
BEDROOM, KITCHEN = "media_player.bedroom_speaker", "media_player.kitchen_speaker"


@pytest.fixture
async def entry(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> ConfigEntry:
    """Return Cerebro as it is set up by accepting what it proposes."""
    return await async_set_up(await async_furnish(hass, freezer))


@pytest.fixture
async def browser(
    hass: HomeAssistant, entry: ConfigEntry, hass_client: ClientSessionGenerator
) -> TestClient[Any, Any]:
    """Return what talks to Home Assistant as its frontend does."""
    assert await async_setup_component(hass, "repairs", {})
    return await hass_client()


async def _remove(hass: HomeAssistant, *entity_ids: str) -> None:
    for entity_id in entity_ids:
        er.async_get(hass).async_remove(entity_id)
    await hass.async_block_till_done()


def _issue(hass: HomeAssistant, role: str) -> ir.IssueEntry | None:
    return ir.async_get(hass).async_get_issue(DOMAIN, f"role_missing_{role}")


async def _open(browser: TestClient[Any, Any], issue_id: str) -> dict[str, Any]:
    answer = await browser.post(FIX, json={"handler": DOMAIN, "issue_id": issue_id})
    assert answer.status == HTTPStatus.OK, await answer.text()
    step: dict[str, Any] = await answer.json()
    return step


async def _enter(
    browser: TestClient[Any, Any], step: Mapping[str, Any], values: Mapping[str, Any]
) -> dict[str, Any]:
    answer = await browser.post(f"{FIX}/{step['flow_id']}", json=dict(values))
    assert answer.status == HTTPStatus.OK, await answer.text()
    step = await answer.json()
    return dict(step)


def _proposed(step: Mapping[str, Any]) -> Any:
    (field,) = step["data_schema"]
    assert field["name"] == "entity"
    return field["description"]["suggested_value"]


def _bound(hass: HomeAssistant, entry: ConfigEntry, role: str) -> list[str]:
    registry = er.async_get(hass)
    found = (er.async_resolve_entity_id(registry, ref) for ref in entry.data["roles"].get(role, ()))
    return [entity_id for entity_id in found if entity_id is not None]


async def test_a_machine_that_is_gone_is_replaced(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, MACHINE)
    issue = _issue(hass, "coffee_machine")
    assert issue is not None
    assert issue.is_fixable
    assert issue.translation_placeholders == {"role": "Coffee machine"}
    step = await _open(browser, issue.issue_id)
    assert step["step_id"] == "replace"
    assert step["description_placeholders"] == {"role": "Coffee machine"}
    assert _proposed(step) is None
    step = await _enter(browser, step, {"entity": "switch.kettle"})
    await hass.async_block_till_done()
    assert step["type"] == "create_entry"
    assert _issue(hass, "coffee_machine") is None
    assert _bound(hass, entry, "coffee_machine") == ["switch.kettle"]
    manager = next(iter(entry.runtime_data.routines.values()))
    assert manager.home.entities("coffee_machine") == ("switch.kettle",)


async def test_another_machine_is_proposed_where_there_is_one(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    espresso = er.async_get(hass).async_get_or_create("switch", "demo", "1", original_name="Espresso")
    hass.states.async_set(espresso.entity_id, "off")
    await _remove(hass, MACHINE)
    assert _proposed(await _open(browser, "role_missing_coffee_machine")) == espresso.entity_id


async def test_what_is_left_of_several_stays(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, BEDROOM)
    step = await _open(browser, "role_missing_speaker")
    assert _proposed(step) == [KITCHEN]
    await _enter(browser, step, {"entity": [KITCHEN]})
    await hass.async_block_till_done()
    assert _issue(hass, "speaker") is None
    assert _bound(hass, entry, "speaker") == [KITCHEN]


async def test_several_that_are_all_gone_leave_nothing_to_propose(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, BEDROOM, KITCHEN)
    assert _proposed(await _open(browser, "role_missing_speaker")) == []


async def test_an_entity_that_does_not_exist_is_refused(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, MACHINE)
    step = await _open(browser, "role_missing_coffee_machine")
    step = await _enter(browser, step, {"entity": "switch.gone"})
    assert step["errors"] == {"entity": "entity_missing"}
    assert _proposed(step) == "switch.gone"
    assert step["errors"]["entity"] in texts("en")["issues"]["role_missing"]["fix_flow"]["error"]
    assert _issue(hass, "coffee_machine") is not None
    step = await _enter(browser, step, {"entity": "switch.kettle"})
    assert step["type"] == "create_entry"
    await hass.async_block_till_done()


async def test_a_role_can_be_given_up(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, MACHINE)
    await _enter(browser, await _open(browser, "role_missing_coffee_machine"), {})
    await hass.async_block_till_done()
    assert _issue(hass, "coffee_machine") is None
    assert "coffee_machine" not in entry.data["roles"]


async def test_reconfiguring_settles_the_issue_as_well(entry: ConfigEntry, hass: HomeAssistant) -> None:
    await _remove(hass, MACHINE)
    form = await async_change(hass, entry)
    assert "coffee_machine" not in form.values
    await form.async_enter()
    assert _issue(hass, "coffee_machine") is None


async def test_an_issue_that_outlived_its_subject_is_let_go(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        "role_missing_kitchen_sink",
        data={"role": "kitchen_sink"},
        is_fixable=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="role_missing",
        translation_placeholders={"role": "Kitchen sink"},
    )
    step = await _open(browser, "role_missing_kitchen_sink")
    assert step["step_id"] in texts("en")["issues"]["role_missing"]["fix_flow"]["step"]
    assert (await _enter(browser, step, {}))["type"] == "create_entry"


async def test_the_form_asks_on_though_its_issue_is_gone(
    entry: ConfigEntry, hass: HomeAssistant, browser: TestClient[Any, Any]
) -> None:
    await _remove(hass, MACHINE)
    step = await _open(browser, "role_missing_coffee_machine")
    ir.async_delete_issue(hass, DOMAIN, "role_missing_coffee_machine")
    step = await _enter(browser, step, {"entity": "switch.gone"})
    assert step["errors"] == {"entity": "entity_missing"}
    assert step["description_placeholders"] == {"role": "Coffee machine"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_repair_is_written_in_each_language(language: str) -> None:
    written = texts(language)["issues"]["role_missing"]
    assert "{role}" in written["title"]
    assert written["fix_flow"]["step"].keys() == {"replace", "confirm"}
    assert written["fix_flow"]["step"]["replace"]["data"].keys() == {"entity"}
