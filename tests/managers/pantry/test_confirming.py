"""A draft counts once it is confirmed, and once only."""

from __future__ import annotations

from unittest.mock import patch

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.cerebro.managers import lines

from ...kitchen import FREEZER, Kitchen


async def async_draft(kitchen: Kitchen, text: str) -> str:
    """Read a sentence in, and return the draft's id."""
    return str((await kitchen.async_act("read_in", text=text))["draft"])


def amounts(kitchen: Kitchen) -> dict[str, float]:
    """Return how much there is of each product, in grams, millilitres or pieces."""
    stock = kitchen.pantry.books.stock
    return {one.name.casefold(): stock.total(key) / 1000 for key, one in stock.products.items()}


async def test_a_draft_counts_only_once_it_is_confirmed(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "2 L milk and 6 eggs")
    assert amounts(kitchen) == {}
    answer = await kitchen.async_act("confirm_draft", draft=draft)
    assert (len(answer["changes"]), answer["left"], answer["refused"]) == (2, None, [])
    assert amounts(kitchen) == {"milk": 2000, "eggs": 6}


async def test_a_draft_is_confirmed_once(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "6 eggs")
    await kitchen.async_act("confirm_draft", draft=draft)
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("confirm_draft", draft=draft)
    assert refused.value.translation_key == "draft_unknown"
    assert amounts(kitchen) == {"eggs": 6}


async def test_confirmed_again_after_the_disk_failed_half_way_nothing_is_booked_twice(
    kitchen: Kitchen,
) -> None:
    draft = await async_draft(kitchen, "2 L milk and 6 eggs")
    extend, written = lines.extend, []

    def once(*args: object) -> None:
        if written:
            raise OSError(28, "No space left on device")
        written.append(args)
        extend(*args)  # type: ignore[arg-type]

    with patch.object(lines, "extend", side_effect=once), pytest.raises(HomeAssistantError):
        await kitchen.async_act("confirm_draft", draft=draft)
    assert amounts(kitchen) == {"milk": 2000}
    await kitchen.async_reboot()
    answer = await kitchen.async_act("confirm_draft", draft=draft)
    assert len(answer["changes"]) == 1
    assert amounts(kitchen) == {"milk": 2000, "eggs": 6}


async def test_a_line_that_cannot_be_booked_is_left_with_its_reason(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "6 eggs and 1 gadget")
    answer = await kitchen.async_act("confirm_draft", draft=draft)
    assert amounts(kitchen) == {"eggs": 6}
    assert len(answer["refused"]) == 1
    assert "gadget" in answer["refused"][0].casefold()
    left = answer["left"]["draft"]
    await kitchen.async_act("confirm_draft", draft=left, pantry="Cupboard")
    assert amounts(kitchen) == {"eggs": 6, "gadget": 1}


async def test_a_draft_of_which_nothing_can_be_booked_waits_as_it_is(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "1 gadget")
    with pytest.raises(ServiceValidationError) as refused:
        await kitchen.async_act("confirm_draft", draft=draft)
    assert refused.value.translation_key == "which_pantry"
    assert [one.draft_id for one in kitchen.pantry.drafts.waiting] == [draft]


async def test_all_of_a_draft_goes_where_it_is_said_to_go(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "1 kg chicken and 2 pizzas")
    await kitchen.async_act("confirm_draft", draft=draft, pantry="Freezer")
    assert {lot.pantry_id for lot in kitchen.pantry.books.stock.all_there()} == {FREEZER}
    assert len(kitchen.pantry.books.stock.all_there()) == 2


async def test_a_draft_that_is_not_wanted_is_gone(kitchen: Kitchen) -> None:
    draft = await async_draft(kitchen, "6 eggs")
    await kitchen.async_act("discard_draft", draft=draft)
    with pytest.raises(ServiceValidationError):
        await kitchen.async_act("confirm_draft", draft=draft)
    assert amounts(kitchen) == {}
