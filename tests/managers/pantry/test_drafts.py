"""What was read waits until somebody confirms it, over a restart too, but not for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.draft import DraftLine, Source
from custom_components.cerebro.managers.pantry.drafts import LONGEST, MOST, SAVE_DELAY, Drafts

LINES = (DraftLine(name="Milk"), DraftLine(name="Ham"))


def gone(drafts: Drafts, draft_id: str) -> bool:
    with pytest.raises(ServiceValidationError) as error:
        drafts.find(draft_id)
    return error.value.translation_key == "draft_unknown"


async def test_a_draft_is_found_by_its_id(hass: HomeAssistant) -> None:
    drafts = Drafts(hass)
    draft = drafts.add(Source.RECEIPT, LINES)
    assert drafts.find(draft.draft_id) == draft
    assert drafts.waiting == (draft,)


async def test_it_is_still_there_after_a_restart(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, hass_storage: dict[str, Any]
) -> None:
    draft = Drafts(hass).add(Source.SENTENCE, LINES)
    freezer.tick(timedelta(seconds=SAVE_DELAY + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()
    assert "cerebro.drafts" in hass_storage
    later = Drafts(hass)
    await later.async_load()
    assert later.waiting == (draft,)


async def test_what_is_let_go_of_is_gone_once(hass: HomeAssistant) -> None:
    drafts = Drafts(hass)
    draft = drafts.add(Source.RECEIPT, LINES)
    assert drafts.discard(draft.draft_id) == draft
    assert gone(drafts, draft.draft_id)
    with pytest.raises(ServiceValidationError):
        drafts.discard(draft.draft_id)


async def test_the_oldest_makes_room_for_the_newest(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    drafts = Drafts(hass)
    added = []
    for _ in range(MOST + 1):
        freezer.tick(1)
        added.append(drafts.add(Source.RECEIPT, LINES))
    assert drafts.waiting == tuple(added[1:])
    assert gone(drafts, added[0].draft_id)


async def test_after_a_week_it_is_gone(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> None:
    drafts = Drafts(hass)
    draft = drafts.add(Source.RECEIPT, LINES)
    await drafts.async_flush()
    freezer.tick(LONGEST)
    assert drafts.waiting == (draft,)
    freezer.tick(1)
    assert gone(drafts, draft.draft_id)
    later = Drafts(hass)
    await later.async_load()
    assert later.waiting == ()


async def test_drafts_go_with_cerebro(hass: HomeAssistant, hass_storage: dict[str, Any]) -> None:
    drafts = Drafts(hass)
    drafts.add(Source.RECEIPT, LINES)
    await drafts.async_flush()
    assert "cerebro.drafts" in hass_storage
    await drafts.async_remove()
    assert "cerebro.drafts" not in hass_storage
