"""What a person wrote stays as it was written; what is proposed comes and goes."""

from __future__ import annotations

from datetime import timedelta
import json

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.shopping.items import (
    KEPT,
    MOST,
    Origin,
    ShoppingList,
    Status,
)
from custom_components.cerebro.core.pantry.shopping.wanted import Wanted
from custom_components.cerebro.core.pantry.shopping.written import from_json, to_json

from .shelves import HAM, MILK, NEXT, TODAY, listed, proposal, proposed, wanted

DAY = timedelta(days=1)


def summaries(shopping: ShoppingList) -> list[str]:
    return [item.summary for item in shopping.items]


def test_what_is_written_twice_is_wanted_once_and_more_of_it() -> None:
    (item,) = listed("2 l milk", "Milk (500 ml)").items
    assert (item.summary, item.amount, item.measure) == ("milk", 2_500_000, Measure.VOLUME)


def test_what_a_person_wants_stands_instead_of_what_was_but_proposed() -> None:
    shopping = proposed(ShoppingList(), proposal(amount=2_000_000)).add("mine", wanted("milk 500 ml"))
    (item,) = shopping.items
    assert (item.amount, item.touched) == (500_000, True)


def test_what_was_bought_can_be_wanted_again() -> None:
    shopping = listed("milk").tick("0", TODAY).add("again", wanted("milk"))
    assert [item.status for item in shopping.items] == [Status.BOUGHT, Status.NEEDED]


def test_a_tick_can_be_taken_back() -> None:
    ticked = listed("milk").tick("0", TODAY)
    assert ticked.items[0].bought_on == TODAY
    assert ticked.untick("0").items[0].bought_on is None


def test_an_item_is_put_behind_another_or_in_front_of_all() -> None:
    shopping = listed("bread", "milk", "ham")
    assert summaries(shopping.move("2", None)) == ["ham", "bread", "milk"]
    assert summaries(shopping.move("0", "2")) == ["milk", "ham", "bread"]
    assert summaries(shopping.move("1", "1")) == ["bread", "milk", "ham"]


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_an_item_needs_a_name(name: str) -> None:
    with pytest.raises(PantryError, match="name_missing"):
        ShoppingList().add("0", Wanted(name=name))
    with pytest.raises(PantryError, match="name_missing"):
        listed("milk").rename("0", Wanted(name=name))


def test_a_list_is_bounded() -> None:
    shopping = listed(*(f"thing number {number} of them" for number in range(MOST)))
    with pytest.raises(PantryError, match="list_full"):
        shopping.add("more", wanted("one too many"))


def test_an_item_that_is_not_there_is_said_to_be_unknown() -> None:
    for change in (
        lambda: ShoppingList().tick("x", TODAY),
        lambda: listed("milk").move("0", "x"),
        lambda: ShoppingList().remove("x", NEXT),
    ):
        with pytest.raises(PantryError, match="item_unknown"):
            change()


def test_what_is_proposed_is_added_with_its_reason() -> None:
    (item,) = proposed(ShoppingList(), proposal()).items
    assert (item.summary, item.amount, item.due, item.origin) == ("Milk", 1_000_000, NEXT, Origin.PROPOSAL)
    assert item.reason is not None


def test_what_is_no_longer_needed_vanishes_if_nobody_touched_it() -> None:
    shopping = proposed(ShoppingList(), proposal(), proposal(HAM))
    touched = shopping.set_description(shopping.items[1].uid, "the good one")
    assert summaries(proposed(touched)) == ["Ham"]


def test_what_is_proposed_twice_is_one_item_of_both_amounts() -> None:
    (item,) = proposed(ShoppingList(), proposal(), proposal(amount=500_000)).items
    assert item.amount == 1_500_000


def test_a_proposal_that_changes_changes_its_item() -> None:
    shopping = proposed(proposed(ShoppingList(), proposal()), proposal(amount=2_000_000))
    assert [item.amount for item in shopping.items] == [2_000_000]


def test_what_a_person_wrote_is_never_overwritten() -> None:
    (item,) = proposed(listed("milk 3 l"), proposal()).items
    assert (item.summary, item.amount, item.origin) == ("milk", 3_000_000, Origin.PERSON)
    assert item.reason is not None


def test_what_a_person_took_off_is_not_proposed_before_the_next_shopping_day() -> None:
    shopping = proposed(ShoppingList(), proposal())
    shopping = shopping.remove(shopping.items[0].uid, NEXT)
    assert proposed(shopping, proposal(), today=NEXT - DAY).items == ()
    assert len(proposed(shopping, proposal(), today=NEXT).items) == 1


def test_what_was_bought_today_is_not_proposed_today() -> None:
    shopping = listed("milk").tick("0", TODAY)
    assert len(proposed(shopping, proposal()).items) == 1
    assert len(proposed(shopping, proposal(), today=TODAY + DAY).items) == 2


def test_what_became_known_only_when_it_was_bought_is_not_proposed_today() -> None:
    unknown = ShoppingList().add("0", Wanted(name="Milks")).tick("0", TODAY)
    (item,) = proposed(unknown, proposal()).items
    assert (item.uid, item.product_id) == ("0", MILK.product_id)


def test_what_was_bought_is_shown_for_a_week() -> None:
    shopping = listed("bread").tick("0", TODAY)
    assert len(proposed(shopping, today=TODAY + KEPT).items) == 1
    assert proposed(shopping, today=TODAY + KEPT + DAY).items == ()


def test_a_proposal_of_something_unknown_is_left_aside() -> None:
    assert ShoppingList().propose([proposal()], {}, TODAY, lambda: "x").items == ()


@given(st.lists(st.sampled_from(["milk", "2 l milk", "ham", "bread and butter", "6 eggs"]), max_size=8))
def test_a_list_is_read_as_it_was_written(texts: list[str]) -> None:
    shopping = proposed(listed(*texts), proposal(HAM))
    if texts:
        shopping = shopping.remove("0", NEXT)
    assert from_json(json.loads(json.dumps(to_json(shopping)))) == shopping


@given(st.lists(st.sampled_from([proposal(), proposal(HAM), proposal(amount=5)]), max_size=5))
def test_proposing_the_same_again_changes_nothing(proposals: list) -> None:
    once = proposed(listed("bread"), *proposals)
    assert proposed(once, *proposals) == once


@pytest.mark.parametrize("data", [{"version": 2}, {"items": [{"uid": "x"}]}, {"items": 3}, {"declined": []}])
def test_what_is_no_list_is_refused(data: dict) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(data)
