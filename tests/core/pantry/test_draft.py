"""What was read waits for a confirmation, and nothing in it is believed beyond its type and its bounds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.draft import (
    FURTHEST,
    MOST_LINES,
    Draft,
    DraftId,
    DraftLine,
    Source,
    Wish,
    from_data,
    read_answer,
    read_sentence,
    to_data,
    waiting,
)
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.pantry.quantity import Amount

from .exchange.homes import Household, refusal
from .exchange.test_open_food_facts import JSON
from .lots import MILK, TODAY

NOW = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
RECEIPT = {
    "items": [
        {
            "name": "Milk",
            "amount": 2,
            "unit": "L",
            "best_before": "2026-12-01",
            "price": 2.38,
            "place": "fridge",
        },
        {"name": "Ham", "amount": "150", "unit": "grams", "wish": "use"},
        {"name": "Eggs", "amount": 6, "unit": None},
    ]
}


def draft(*lines: DraftLine, made_at: datetime = NOW, draft_id: str = "d") -> Draft:
    return Draft(draft_id=DraftId(draft_id), made_at=made_at, source=Source.RECEIPT, lines=lines)


def the_line(**facts: Any) -> DraftLine:
    (line,) = read_answer({"items": [{"name": "Milk"} | facts]}, today=TODAY)
    return line


def test_each_thing_on_a_receipt_is_a_line() -> None:
    assert read_answer(RECEIPT, today=TODAY) == (
        DraftLine(
            name="Milk",
            amount=Amount(value=2.0, unit="L"),
            best_before=date(2026, 12, 1),
            price=2_380,
            place=Place.FRIDGE,
        ),
        DraftLine(name="Ham", amount=Amount(value=150.0, unit="g"), wish=Wish.USE),
        DraftLine(name="Eggs", amount=Amount(value=6.0)),
    )


def test_a_sentence_is_read_without_anybodys_help() -> None:
    assert read_sentence("two litres of milk, eggs and the rest of the ham") == (
        DraftLine(name="milk", amount=Amount(value=2.0, unit="L")),
        DraftLine(name="eggs"),
        DraftLine(name="ham"),
    )


def test_a_line_of_a_receipt_has_its_price() -> None:
    assert read_sentence("Lait 1L 1,29") == (
        DraftLine(name="Lait", amount=Amount(value=1.0, unit="L"), price=1_290),
    )


@pytest.mark.parametrize(
    ("text", "key"), [("", "nothing_read"), ("…", "nothing_read"), ("x" * 10**5, "text_too_long")]
)
def test_a_sentence_without_a_thing_is_refused(text: str, key: str) -> None:
    assert refusal(lambda: read_sentence(text)) == key


def test_a_list_of_mere_names_is_understood() -> None:
    assert read_answer(["Milk", " Ham "], today=TODAY) == (DraftLine(name="Milk"), DraftLine(name="Ham"))


@pytest.mark.parametrize(
    "answer", [None, "Milk", 5, {}, [], {"items": {}}, {"items": [{}, {"name": " "}, 5]}]
)
def test_an_answer_without_a_line_is_none(answer: Any) -> None:
    with pytest.raises(PantryError) as refused:
        read_answer(answer, today=TODAY)
    assert refused.value.key == "nothing_read"


@pytest.mark.parametrize("amount", [0, -1, 10**30, float("nan"), float("inf"), True, "many", [], "1e5"])
def test_an_amount_that_makes_no_sense_is_left_out(amount: Any) -> None:
    assert the_line(amount=amount, unit="g").amount is None


def test_an_amount_in_no_unit_that_is_known_keeps_its_number() -> None:
    assert the_line(amount=3, unit="bunches").amount == Amount(value=3.0)


@pytest.mark.parametrize("price", [-1, 10**9, "free", None, float("nan")])
def test_a_price_that_makes_no_sense_is_left_out(price: Any) -> None:
    assert the_line(price=price).price is None


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "1926-01-01", "9999-12-31", 20261201, ""])
def test_a_date_that_makes_no_sense_is_left_out(day: Any) -> None:
    assert the_line(best_before=day).best_before is None


def test_a_place_or_a_wish_that_there_is_not_is_left_out() -> None:
    line = the_line(place="garage", wish="burn")
    assert (line.place, line.wish) == (None, Wish.BUY)


def test_an_endless_answer_is_cut() -> None:
    lines = read_answer([{"name": "x" * 10**6}] * 10_000, today=TODAY)
    assert len(lines) == MOST_LINES
    assert len(lines[0].name) < 200


@given(JSON)
def test_no_answer_whatever_brings_it_down(answer: Any) -> None:
    assert refusal(lambda: read_answer(answer, today=TODAY)) in {None, "nothing_read"}


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["name", "amount", "unit", "best_before", "price", "place", "wish"]),
            JSON
            | st.floats(0, 100)
            | st.dates().map(date.isoformat)
            | st.sampled_from(["L", "fridge", "use"]),
        ),
        max_size=4,
    )
)
def test_whatever_is_read_is_bounded_and_kept_as_it_is(items: list[Any]) -> None:
    try:
        lines = read_answer({"items": items}, today=TODAY)
    except PantryError:
        return
    for line in lines:
        assert 0 < len(line.name) < 200
        assert line.amount is None or 0 < line.amount.value <= 10**9
        assert line.best_before is None or abs(line.best_before - TODAY) <= FURTHEST
    one = draft(*lines)
    assert from_data(json.loads(json.dumps(to_data(one)))) == one


def test_a_line_finds_the_product_that_it_is() -> None:
    home = Household()
    home.buys(MILK, 1_000_000)
    known = draft(DraftLine(name="MILK"), DraftLine(name="Caviar")).known(home.stock)
    assert [line.product_id for line in known.lines] == [MILK.product_id, None]


def test_only_the_newest_drafts_wait_and_none_for_ever() -> None:
    drafts = [draft(made_at=NOW - timedelta(days=age), draft_id=str(age)) for age in (1, 9, 3, 2, 7)]
    kept = waiting(drafts, now=NOW, most=3, longest=timedelta(days=7))
    assert [one.draft_id for one in kept] == ["3", "2", "1"]
