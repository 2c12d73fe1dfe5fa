"""What kind of thing a name tells of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import Place
from custom_components.cerebro.core.pantry.shelf_life import lasts
from custom_components.cerebro.core.pantry.word_table import WORDS
from custom_components.cerebro.core.pantry.words import category_of, told


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
        ("butter chicken", Category.POULTRY),
        ("Chocolat au lait", Category.CHOCOLATE),
        ("cat food", Category.PET_FOOD),
        ("Œufs", Category.EGGS),
        ("orange juice", Category.JUICE),
        ("Jus d’orange", Category.JUICE),
        ("Yaourt fraise", Category.YOGURT),
        ("strawberry yogurts", Category.YOGURT),
        ("soupe de tomates", Category.SOUP),
        ("chicken noodle soup", Category.SOUP),
        ("lentil soup", Category.SOUP),
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


@pytest.mark.parametrize(
    "name",
    [
        "pâté", "pâtés", "Pate", "PATE DE CAMPAGNE", "pâté de foie", "liver pâté", "foie gras",
        "fresh pasta", "pâtes fraîches", "tagliatelles fraîches", "fresh ravioli", "raviolis frais",
        "ravioli ricotta épinards", "gnocchi", "tortellini jambon cru", "cheese ravioli",
        "chicken pasta", "salmon pasta", "pâtes au saumon", "pâtes carbonara", "spaghetti bolognese",
        "lasagnes bolognaise", "mac and cheese", "cooked pasta", "pâtes cuites", "riz cuit",
        "cooked rice", "egg fried rice", "riz cantonais", "couscous royal", "curry de poulet",
        "chicken curry", "butter chicken", "lemon chicken", "honey chicken", "pepper steak",
        "steak au poivre", "poulet sauce curry", "salmon in white wine", "saumon sauce à l’oseille",
        "salt cod", "salt and pepper squid", "noix de veau", "cheese burger", "cheese sandwich",
        "egg sandwich", "egg salad", "potato salad", "pasta salad", "salade de pâtes", "rice salad",
        "salade de riz", "salade de lentilles", "tuna salad", "fruit salad", "boiled eggs", "œufs durs",
        "mousse au chocolat", "chocolate mousse", "chocolate pudding", "crème dessert chocolat",
        "semoule au lait", "vanilla custard", "tiramisu", "flan caramel", "grated cheese", "gorgonzola",
        "blue cheese", "fromage râpé", "chicken soup", "noodle soup", "lentil soup",
        "velouté de potiron", "sauce béchamel", "fresh pesto", "fresh sardines", "cooked beetroot",
        "pommes de terre cuites", "mashed potato", "bean sprouts", "sugar snap peas", "corn on the cob",
        "eau de coco", "croquettes de poulet", "pain de viande", "tortilla de patatas", "chicken wrap",
        "fruits de mer", "sponge cake", "cookie dough", "pâte sablée", "tarama",
        "garlic in oil", "herbs in oil", "lentil curry", "dhal de lentilles", "petit salé aux lentilles",
        "boiled potatoes", "sardine pâté", "œufs de saumon", "egg whites", "egg rolls", "oat yogurt",
        "cheese dip", "fresh fries", "cannelloni", "harengs à l’huile",
    ],
)  # fmt: skip
def test_what_goes_off_soon_is_not_taken_for_what_keeps(name: str) -> None:
    kind = category_of(name)
    assert kind is not None
    days = lasts(kind, Place.FRIDGE)
    assert days is not None
    assert days <= 7


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("pâtes", Category.PASTA),
        ("PATES", Category.PASTA),
        ("pâtes aux œufs", Category.PASTA),
        ("pâtes à tartiner", Category.SPREADS),
        ("PATES DE FRUITS", Category.SWEETS),
        ("egg noodles", Category.PASTA),
        ("sauce bolognaise", Category.SAUCES),
        ("sauce pizza", Category.SAUCES),
        ("pasta sauce", Category.SAUCES),
        ("rice vinegar", Category.VINEGAR),
        ("salad dressing", Category.CONDIMENTS),
        ("farine à pizza", Category.FLOUR),
        ("kidney beans", Category.PULSES),
        ("pois chiches", Category.PULSES),
        ("white wine vinegar", Category.VINEGAR),
        ("wine gums", Category.SWEETS),
        ("cheese crackers", Category.SNACKS),
        ("cream crackers", Category.SNACKS),
        ("chicken crisps", Category.SNACKS),
        ("cookies", Category.SNACKS),
        ("œufs en chocolat", Category.CHOCOLATE),
        ("thon à l’huile", Category.CANNED),
        ("artichauts à l’huile", Category.CANNED),
        ("baked beans", Category.CANNED),
        ("huile d’olive", Category.OIL),
        ("tomato purée", Category.CANNED),
        ("burger buns", Category.BREAD),
        ("ginger", Category.ROOT_VEGETABLES),
        ("fresh ginger", Category.ROOT_VEGETABLES),
        ("tomate cœur de bœuf", Category.VEGETABLES),
        ("fraises surgelées", Category.FROZEN_VEGETABLES),
        ("frozen pizza", Category.FROZEN_MEALS),
        ("eau de javel", Category.HOUSEHOLD),
        ("lait corporel", Category.HYGIENE),
        ("shaving cream", Category.HYGIENE),
    ],
)
def test_what_keeps_is_not_taken_for_what_it_tastes_of(name: str, kind: Category) -> None:
    assert category_of(name) is kind


@pytest.mark.parametrize(
    "name", ["cheesecake", "éclair au café", "chou à la crème", "crème brûlée", "fresh soup", "soupe fraîche"]
)
def test_what_is_to_be_cooled_is_good_for_the_same_day_where_it_is_not(name: str) -> None:
    kind = category_of(name)
    assert kind is not None
    assert lasts(kind, Place.CUPBOARD) == 0


def test_every_kind_but_the_rest_has_words() -> None:
    assert set(Category) - set(WORDS) == {Category.OTHER}


def test_no_word_tells_of_two_kinds() -> None:
    kinds: dict[str, set[Category]] = {}
    for kind, words in WORDS.items():
        for word in words:
            kinds.setdefault(told(word), set()).add(kind)
    assert {word: of for word, of in kinds.items() if len(of) > 1} == {}


@given(st.text(max_size=60))
def test_any_text_has_one_answer(text: str) -> None:
    assert category_of(text) is category_of(text.upper().lower())
