"""Each thing is bought in the shop that suits it best."""

from __future__ import annotations

from dataclasses import replace

from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.model import ShopId
from custom_components.cerebro.core.pantry.shopping.split import Shop, assigned, shop_for, split

from .shelves import MILK, PRODUCTS, listed

BUTCHER = Shop(shop_id=ShopId("butcher"), carries=(Category.COLD_CUTS, Category.MEAT))
MARKET = Shop(shop_id=ShopId("market"))
DAIRY = Shop(shop_id=ShopId("dairy"), carries=(Category.MILK,))
SHOPS = (BUTCHER, MARKET, DAIRY)


def test_each_thing_is_in_the_shop_that_is_known_to_sell_it() -> None:
    shopping = listed("milk", "ham", "beef", "light bulb")
    found = split(shopping.items, SHOPS, PRODUCTS)
    assert {shop: [item.summary for item in items] for shop, items in found.items()} == {
        "butcher": ["ham", "beef"],
        "market": ["light bulb"],
        "dairy": ["milk"],
    }
    assert assigned(found[MARKET.shop_id]) == {"3"}


def test_the_favourite_shop_of_a_product_goes_first() -> None:
    (item,) = listed("milk").items
    assert shop_for(item, replace(MILK, shop=MARKET.shop_id), SHOPS) == "market"


def test_a_favourite_that_is_gone_is_none() -> None:
    (item,) = listed("milk").items
    assert shop_for(item, replace(MILK, shop=ShopId("gone")), SHOPS) == "dairy"


def test_what_a_person_says_goes_before_all() -> None:
    (item,) = listed("milk").items
    asked = replace(item, shop_id=BUTCHER.shop_id)
    assert shop_for(asked, replace(MILK, shop=MARKET.shop_id), SHOPS) == "butcher"


def test_what_nobody_is_known_to_sell_is_bought_in_the_first() -> None:
    (item,) = listed("light bulb").items
    assert shop_for(item, None, (BUTCHER, DAIRY)) == "butcher"


def test_without_a_shop_there_is_none() -> None:
    shopping = listed("milk")
    assert shop_for(shopping.items[0], MILK, ()) is None
    assert split(shopping.items, (), PRODUCTS) == {}
