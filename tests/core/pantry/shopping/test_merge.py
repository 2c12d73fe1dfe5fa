"""Two lists are brought together without doubles, and nothing done on either is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.shopping.items import ShoppingList, Status
from custom_components.cerebro.core.pantry.shopping.wanted import Wanted, read_amount, together

from .shelves import MILK, NEXT, TODAY, Their, find, listed, measured, proposal, proposed, wanted

lines = st.builds(
    lambda name, amount, measure, bought: Wanted(
        name=name, amount=amount, measure=measure if amount else None, bought=bought
    ),
    st.sampled_from(["milk", "oat milk", "bread"]),
    st.none() | st.integers(1, 5),
    st.sampled_from(Measure),
    st.booleans(),
)
maybe = st.none() | lines


@given(maybe, maybe, maybe)
def test_it_makes_no_difference_who_is_who(
    base: Wanted | None, one: Wanted | None, other: Wanted | None
) -> None:
    assert together(base, one, other) == together(base, other, one)


@given(lines, maybe)
def test_who_changed_nothing_gives_way(base: Wanted, one: Wanted | None) -> None:
    assert together(base, one, base) == one


@given(maybe, maybe, maybe)
def test_what_was_merged_is_not_merged_again(
    base: Wanted | None, one: Wanted | None, other: Wanted | None
) -> None:
    merged = together(base, one, other)
    if merged is not None:
        assert together(merged, merged, merged) == merged


def test_two_who_wish_for_the_same_get_both_amounts() -> None:
    assert together(None, wanted("2 l milk"), wanted("1 l milk")) == wanted("3 l milk")


def test_what_was_taken_off_here_and_bought_there_was_bought() -> None:
    there = Wanted(name="milk", bought=True)
    assert together(Wanted(name="milk"), None, there) == there


texts = st.sampled_from(["milk", "2 l milk", "ham", "100 g ham", "bread", "6 eggs"])


def changed_there(data: st.DataObject, their: Their) -> None:
    for uid in list(their.lines):
        match data.draw(st.sampled_from(["keep", "tick", "delete", "rename"])):
            case "tick":
                their.tick(uid)
            case "delete":
                del their.lines[uid]
            case "rename":
                their.lines[uid] = (data.draw(texts), their.lines[uid][1])


def changed_here(data: st.DataObject, shopping: ShoppingList, new: str) -> ShoppingList:
    for item in shopping.items:
        match data.draw(st.sampled_from(["keep", "tick", "remove", "rename"])):
            case "tick":
                shopping = shopping.tick(item.uid, TODAY)
            case "remove":
                shopping = shopping.remove(item.uid, NEXT)
            case "rename":
                shopping = shopping.rename(item.uid, wanted(data.draw(texts)))
    return shopping.add(new, wanted(data.draw(texts))) if data.draw(st.booleans()) else shopping


@given(st.data())
def test_after_any_changes_on_both_sides_a_second_merge_has_nothing_to_do(data: st.DataObject) -> None:
    shopping = listed(*data.draw(st.lists(texts, max_size=4)))
    their = Their()
    for text in data.draw(st.lists(texts, max_size=3)):
        their.write(text)
    for number in range(3):
        shopping = their.synced(shopping).shopping
        changed_there(data, their)
        shopping = changed_here(data, shopping, f"new{number}")
    settled = their.synced(their.synced(shopping).shopping)
    assert (settled.add, settled.update, settled.remove, settled.bought) == ((), {}, (), ())
    assert their.synced(settled.shopping).shopping == settled.shopping
    assert not settled.shopping.gone


def test_what_is_on_their_list_is_not_doubled_but_grows() -> None:
    their = Their()
    their.write("2 l milk")
    their.write("Batteries")
    shopping = their.synced(listed("Milk (500 ml)", "bread")).shopping
    assert their.texts == {"Milk (2500 ml)": False, "Batteries": False, "bread": False}
    assert [item.amount for item in shopping.items] == [2_500_000, None]


def test_what_is_spelled_otherwise_there_is_left_as_it_is_spelled() -> None:
    their = Their()
    their.write("MILK")
    merged = their.synced(listed("milk"))
    assert (merged.add, merged.update) == ((), {})


def test_what_is_ticked_there_is_bought_here_and_the_other_way_round() -> None:
    their = Their()
    shopping = their.synced(listed("milk", "ham")).shopping
    shopping = their.synced(shopping).shopping
    their.tick("their0")
    merged = their.synced(shopping.tick("1", TODAY))
    assert [item.summary for item in merged.bought] == ["milk"]
    assert {item.status for item in merged.shopping.items} == {Status.BOUGHT}
    assert their.texts == {"milk": True, "ham": True}


def test_what_was_bought_there_long_ago_is_not_bought_by_that() -> None:
    their = Their()
    their.tick(their.write("milk"))
    merged = their.synced(listed("milk"))
    assert merged.bought == ()
    assert len(their.lines) == 2


def test_what_is_taken_off_there_is_off_here_and_not_proposed_again_soon() -> None:
    their = Their()
    shopping = their.synced(proposed(ShoppingList(), proposal())).shopping
    shopping = their.synced(shopping).shopping
    their.lines.clear()
    shopping = their.synced(shopping).shopping
    assert shopping.items == ()
    assert proposed(shopping, proposal()).items == ()


def test_a_list_that_numbers_its_lines_anew_has_taken_nothing_off() -> None:
    their = Their()
    shopping = their.synced(their.synced(listed("milk", "bread")).shopping).shopping
    their.lines = {f"new {uid}": line for uid, line in their.lines.items()}
    shopping = their.synced(shopping).shopping
    assert [item.summary for item in shopping.items] == ["milk", "bread"]
    assert len(their.lines) == 2
    their.tick("new their0")
    assert [item.summary for item in their.synced(shopping).bought] == ["milk"]


def test_a_line_that_was_given_the_text_of_one_that_was_taken_off_stays_its_own() -> None:
    their = Their()
    shopping = their.synced(their.synced(listed("milk", "bread")).shopping).shopping
    del their.lines["their0"]
    their.lines["their1"] = ("milk", False)
    assert len(their.synced(shopping).shopping.items) == 1
    assert their.texts == {"milk": False}


def test_what_never_arrived_is_sent_again_and_not_taken_for_taken_off() -> None:
    their = Their()
    shopping = their.synced(listed("milk")).shopping
    their.lines.clear()
    shopping = their.synced(shopping).shopping
    assert [item.summary for item in shopping.items] == ["milk"]
    assert their.texts == {"milk": False}


def test_what_is_taken_off_here_is_taken_off_there() -> None:
    their = Their()
    their.write("Batteries")
    shopping = their.synced(their.synced(listed("milk")).shopping).shopping
    shopping = their.synced(shopping.remove("0", NEXT), adding=False).shopping
    assert their.texts == {"Batteries": False}
    assert shopping.gone == ()


def test_what_was_taken_off_here_but_bought_there_comes_back_as_bought() -> None:
    their = Their()
    shopping = their.synced(their.synced(listed("milk")).shopping).shopping
    their.tick("their0")
    merged = their.synced(shopping.remove("0", NEXT))
    assert [item.status for item in merged.shopping.items] == [Status.BOUGHT]
    assert len(merged.bought) == 1


def test_what_is_bought_in_another_shop_now_leaves_the_first() -> None:
    their = Their()
    shopping = their.synced(their.synced(listed("milk")).shopping).shopping
    shopping = their.synced(shopping, assigned=frozenset()).shopping
    assert their.texts == {}
    assert [item.summary for item in shopping.items] == ["milk"]
    assert their.synced(shopping, assigned=frozenset()).remove == ()


def test_nothing_new_is_written_when_only_the_ticks_are_read() -> None:
    their = Their()
    their.write("milk")
    merged = their.synced(listed("2 l milk", "bread"), adding=False)
    assert (merged.add, merged.update, their.texts) == ((), {}, {"milk": False})


def test_an_amount_that_was_raised_on_both_sides_grows_by_both() -> None:
    their = Their()
    shopping = their.synced(their.synced(listed("1 l milk")).shopping).shopping
    their.lines["their0"] = ("milk (3 l)", False)
    shopping = their.synced(shopping.rename("0", wanted("2 l milk"))).shopping
    assert shopping.items[0].amount == 4_000_000


def test_a_line_that_is_only_written_in_another_case_leaves_a_proposal_untouched() -> None:
    their = Their()
    shopping = their.synced(proposed(ShoppingList(), proposal())).shopping
    their.lines["their0"] = ("MILK (1 L)", False)
    shopping = their.synced(shopping).shopping
    assert not shopping.items[0].touched
    assert proposed(shopping).items == ()


def test_an_amount_in_a_note_is_read() -> None:
    assert read_amount("2 l\norganic", wanted("Milk"), find, measured).amount == 2_000_000
    assert read_amount("organic", wanted("Milk"), find, measured) == wanted("Milk")
    assert read_amount("", wanted("Milk"), find, measured).product_id == MILK.product_id


def test_two_things_on_one_line_stay_one_line() -> None:
    assert wanted("bread and butter").name == "bread and butter"


def test_packs_that_are_not_known_stay_in_the_text() -> None:
    assert wanted("2 packs milk") == Wanted(name="2 packs milk", product_id=MILK.product_id)
