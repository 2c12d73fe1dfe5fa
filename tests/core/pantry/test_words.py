"""What kind of thing a name tells of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.clean import fold
from custom_components.cerebro.core.pantry.words import WORDS, category_of


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Milk", Category.MILK),
        ("Lait demi-écrémé", Category.MILK),
        ("Coconut milk", Category.PLANT_MILK),
        ("lait de coco", Category.PLANT_MILK),
        ("Peanut butter", Category.SPREADS),
        ("iced tea", Category.SOFT_DRINKS),
        ("Pommes de terre", Category.ROOT_VEGETABLES),
        ("pommes", Category.FRUIT),
        ("butter chicken", Category.BUTTER),
        ("Chocolat au lait", Category.CHOCOLATE),
        ("cat food", Category.PET_FOOD),
        ("Œufs", Category.EGGS),
        ("orange juice", Category.JUICE),
        ("Jus d’orange", Category.JUICE),
        ("Yaourt fraise", Category.YOGURT),
        ("strawberry yogurts", Category.YOGURT),
        ("soupe de tomates", Category.SOUP),
        ("chicken sandwich", Category.READY_MEALS),
        ("Pâtes", Category.PASTA),
        ("eaux", Category.WATER),
        ("Papier toilette", Category.HYGIENE),
        ("Crème glacée", Category.ICE_CREAM),
        ("vanilla ice cream", Category.ICE_CREAM),
        ("pain au chocolat", Category.PASTRY),
        ("a thing", None),
        ("", None),
    ],
)
def test_a_name_tells_the_kind(name: str, kind: Category | None) -> None:
    assert category_of(name) is kind


def test_every_kind_but_the_rest_has_words() -> None:
    assert set(Category) - set(WORDS) == {Category.OTHER}


def test_no_word_tells_of_two_kinds() -> None:
    told: dict[str, set[Category]] = {}
    for kind, words in WORDS.items():
        for word in words:
            told.setdefault(fold(word), set()).add(kind)
    assert {word: kinds for word, kinds in told.items() if len(kinds) > 1} == {}


@given(st.text(max_size=60))
def test_any_text_has_one_answer(text: str) -> None:
    assert category_of(text) is category_of(text.upper().lower())
