"""Sentences about things, in English and in French."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.clean import cleaned
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.quantity import Amount
from custom_components.cerebro.core.pantry.sentence import LONGEST, Spoken, parse


def _said(name: str, value: float | None = None, unit: str | None = None) -> Spoken:
    return Spoken(name=name, amount=None if value is None else Amount(value=value, unit=unit))


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("milk", [_said("milk")]),
        ("500g butter", [_said("butter", 500, "g")]),
        ("1,5 kg de pommes", [_said("pommes", 1.5, "kg")]),
        ("1/2 l cream", [_said("cream", 0.5, "L")]),
        ("1 1/2 l juice", [_said("juice", 1.5, "L")]),
        ("1 ½ kg flour", [_said("flour", 1.5, "kg")]),
        ("un demi-litre de crème", [_said("crème", 0.5, "L")]),
        ("75 cl de vin", [_said("vin", 750, "mL")]),
        ("a dozen eggs", [_said("eggs", 12, "piece")]),
        ("une demi-douzaine d’œufs", [_said("œufs", 6, "piece")]),
        ("half a cucumber", [_said("cucumber", 0.5, "piece")]),
        ("une demi-baguette", [_said("baguette", 0.5, "piece")]),
        ("quatre tranches de jambon", [_said("jambon", 4, "piece")]),
        ("2 bottles of milk", [_said("milk", 2, "pack")]),
        ("6-pack beer", [_said("beer", 6, "pack")]),
        ("3x yaourt nature 125 g", [_said("yaourt nature", 375, "g")]),
        ("3 x 125 g yogurt", [_said("yogurt", 375, "g")]),
        ("trois fois 1 l de lait", [_said("lait", 3, "L")]),
        ("eggs x12", [_said("eggs", 12, "piece")]),
        ("butter (250 g)", [_said("butter", 250, "g")]),
        ("a 500 g pack of pasta", [_said("pasta", 500, "g")]),
        ("un pot de moutarde", [_said("moutarde")]),
        ("une bouteille d’huile d’olive", [_said("huile d’olive")]),
        ("de l’eau", [_said("eau")]),
        ("7up", [_said("7up")]),
        ("Omega 3 oil", [_said("Omega 3 oil")]),
        ("coffee 250g, 2 packs of pasta", [_said("coffee", 250, "g"), _said("pasta", 2, "pack")]),
        ("milk; eggs\nham", [_said("milk"), _said("eggs"), _said("ham")]),
        ("du pain et des pommes", [_said("pain"), _said("pommes")]),
        (" , ; … and ", []),
        ("", []),
    ],
)
def test_it_is_told_how_much_of_what(text: str, things: list[Spoken]) -> None:
    assert parse(text) == tuple(things)


def test_the_rest_of_a_thing_is_all_that_is_there() -> None:
    *_, ham = parse("two litres of milk, eggs and the rest of the ham")
    *_, jambon = parse("deux litres de lait, des œufs et le reste du jambon")
    assert (ham, jambon) == (Spoken(name="ham", rest=True), Spoken(name="jambon", rest=True))


@pytest.mark.parametrize(
    ("line", "name", "price"),
    [
        ("LAIT DEMI ECR 1L 1,09 €", "LAIT DEMI ECR", 1090),
        ("MILK 2L $1.99", "MILK", 1990),
        ("BANANAS 0.89 A", "BANANAS", 890),
        ("pain 2 eur", "pain 2 eur", None),
    ],
)
def test_a_line_of_a_receipt_has_its_price_at_its_end(line: str, name: str, price: int | None) -> None:
    assert [(one.name, one.price) for one in parse(line)] == [(name, price)]


def test_a_name_that_is_known_is_one_thing_with_its_and() -> None:
    names = [one.name for one in parse("mac and cheese, salt and pepper", {"mac and cheese"}.__contains__)]
    assert names == ["mac and cheese", "salt", "pepper"]


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(PantryError, match="text_too_long"):
        parse("milk, " * LONGEST)


@given(st.text(max_size=300) | st.text(alphabet="0123456789 x,.½/gkl€and-etmilk'’()", max_size=300))
def test_of_any_text_each_thing_has_a_clean_name_and_a_positive_amount(text: str) -> None:
    for one in parse(text):
        assert cleaned(one.name) == one.name
        assert one.amount is None or one.amount.value > 0
        assert one.price is None or one.price >= 0


@pytest.mark.parametrize("piece", ["1 ", "x1 ", "half a ", ", and", "d’", "("])
def test_a_text_that_repeats_itself_to_the_end_is_taken_apart_as_well(piece: str) -> None:
    assert len(parse((piece * LONGEST)[:LONGEST])) < LONGEST
