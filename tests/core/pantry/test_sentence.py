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
        ("lait 2L x 3", [_said("lait", 6, "L")]),
        ("eau 1,5 L x 6", [_said("eau", 9, "L")]),
        ("Omega 3 oil x2", [_said("Omega 3 oil", 2, "piece")]),
        ("a gallon of milk", [_said("milk", 1, "gal")]),
        ("Omega 3 oil", [_said("Omega 3 oil")]),
        ("coffee 250g, 2 packs of pasta", [_said("coffee", 250, "g"), _said("pasta", 2, "pack")]),
        ("milk; eggs\nham", [_said("milk"), _said("eggs"), _said("ham")]),
        ("du pain et des pommes", [_said("pain"), _said("pommes")]),
        ("0.5 l milk", [_said("milk", 0.5, "L")]),
        (".5 l milk", [_said("milk", 0.5, "L")]),
        ("2x500g pasta", [_said("pasta", 1000, "g")]),
        ("coca zero 6x33cl", [_said("coca zero", 1980, "mL")]),
        ("deux cents grammes de jambon", [_said("jambon", 200, "g")]),
        ("cent vingt grammes de comté", [_said("comté", 120, "g")]),
        ("a hundred grams of cheese", [_said("cheese", 100, "g")]),
        ("twenty five eggs", [_said("eggs", 25, "piece")]),
        ("vingt-cinq œufs", [_said("œufs", 25, "piece")]),
        ("soixante-quinze centilitres de vin", [_said("vin", 750, "mL")]),
        ("une dizaine d’œufs", [_said("œufs", 10, "piece")]),
        ("un kilo et demi de pommes", [_said("pommes", 1.5, "kg")]),
        ("deux litres et demi de lait et du pain", [_said("lait", 2.5, "L"), _said("pain")]),
        ("two and a half kilos of potatoes", [_said("potatoes", 2.5, "kg")]),
        ("une baguette et demie", [_said("baguette", 1.5, "piece")]),
        ("trois quarts de litre de lait", [_said("lait", 0.75, "L")]),
        ("three quarters of a litre of milk", [_said("milk", 0.75, "L")]),
        ("a quarter of a pound of ham", [_said("ham", 0.25, "lb")]),
        ("1 000 g de farine", [_said("farine", 1000, "g")]),
        ("1.000 g farine", [_said("farine", 1000, "g")]),
        ("3 paquets de 500g de pâtes", [_said("pâtes", 1500, "g")]),
        ("un sachet de 200 g de gruyère", [_said("gruyère", 200, "g")]),
        ("two 400 g tins of tomatoes", [_said("tomatoes", 800, "g")]),
        ("6 bouteilles d’eau de 1,5 L", [_said("eau", 9, "L")]),
        ("les deux litres de lait", [_said("lait", 2, "L")]),
        ("we need bread and two eggs", [_said("bread"), _said("eggs", 2, "piece")]),
        ("j’ai acheté deux litres de lait", [_said("lait", 2, "L")]),
        ("il faut du beurre", [_said("beurre")]),
        ("bought", [_said("bought")]),
        ("milk and half a melon", [_said("milk"), _said("melon", 0.5, "piece")]),
        ("pain et demi-baguette", [_said("pain"), _said("baguette", 0.5, "piece")]),
        ("one hundred and twenty grams of cheese", [_said("cheese", 120, "g")]),
        ("fifty and milk", [_said("milk")]),
        ("vingt et un œufs", [_said("œufs", 21, "piece")]),
        ("quatre-vingt-dix grammes de beurre", [_said("beurre", 90, "g")]),
        ("quatre-vingts grammes de beurre", [_said("beurre", 80, "g")]),
        ("100 % pur jus", [_said("100 % pur jus")]),
        ("a hundred percent juice", [_said("a hundred percent juice")]),
        ("cent pour cent jus", [_said("cent pour cent jus")]),
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
        ("TOTAL 0% YOGURT 2,49", "TOTAL 0% YOGURT", 2490),
    ],
)
def test_a_line_of_a_receipt_has_its_price_at_its_end(line: str, name: str, price: int | None) -> None:
    assert [(one.name, one.price) for one in parse(line)] == [(name, price)]


@pytest.mark.parametrize(
    ("line", "name", "value", "unit", "price"),
    [
        ("BANANES 1,234 kg x 1,99 €/kg 2,46", "BANANES", 1.234, "kg", 2460),
        ("2 x 1,09 LAIT 2,18", "LAIT", 2, "piece", 2180),
        ("2 x 1,50 L EAU 0,80", "EAU", 3, "L", 800),
        ("LAIT 1/2 ECR 6X1L 5,94 €", "LAIT 1/2 ECR", 6, "L", 5940),
    ],
)
def test_what_a_unit_costs_is_no_amount(line: str, name: str, value: float, unit: str, price: int) -> None:
    assert parse(line) == (Spoken(name=name, amount=Amount(value=value, unit=unit), price=price),)


@pytest.mark.parametrize(
    "line",
    ["TOTAL 45,67 €", "SOUS-TOTAL 45,67", "TVA 5,5% 2,10", "CB 45,67 €", "CARD PAYMENT 12.30", "CHANGE 0.70"],
)
def test_the_sums_of_a_receipt_are_no_things(line: str) -> None:
    assert parse(line) == ()


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


@pytest.mark.parametrize(
    "text", ["500 g de beurre à 3,50 €", "500 g de beurre pour 3,50 euros", "500 g beurre at €3.50"]
)
def test_what_leads_to_a_price_is_no_part_of_the_name(text: str) -> None:
    (butter,) = parse(text)
    assert (butter.name, butter.amount, butter.price) == ("beurre", Amount(value=500, unit="g"), 3500)
