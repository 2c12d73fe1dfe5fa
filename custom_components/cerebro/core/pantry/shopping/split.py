"""Which shop a thing is bought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..categories import Category
from ..model import Product, ProductId, ShopId
from ..words import category_of
from .items import Item, ItemUid
from .times import OpeningTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """A shop, as far as it matters for what is bought there, and when."""

    shop_id: ShopId
    carries: tuple[Category, ...] = ()
    """What it sells; nothing: everything."""
    times: tuple[OpeningTime, ...] = ()
    """When it is open or delivers; nothing: always."""
    delivery: bool = False


def split(
    items: Sequence[Item], shops: Sequence[Shop], products: Mapping[ProductId, Product]
) -> dict[ShopId, tuple[Item, ...]]:
    """Return the items of each shop, in their order; each item is in one shop, where there is any."""
    found: dict[ShopId, tuple[Item, ...]] = {shop.shop_id: () for shop in shops}
    for item in items:
        product = None if item.product_id is None else products.get(item.product_id)
        shop_id = shop_for(item, product, shops)
        if shop_id is not None:
            found[shop_id] = (*found[shop_id], item)
    return found


def assigned(items: Sequence[Item]) -> frozenset[ItemUid]:
    """Return the ids of items."""
    return frozenset(item.uid for item in items)


def shop_for(item: Item | None, product: Product | None, shops: Sequence[Shop]) -> ShopId | None:
    """Return the shop for an item, or for a product that is on no list; nothing when there is none at all.

    It is the one a person named, else the product's favourite, else the first that is known to sell such
    things, else the first that sells everything, else the first.
    """
    known = {shop.shop_id for shop in shops}
    for favourite in (None if item is None else item.shop_id, None if product is None else product.shop):
        if favourite is not None and favourite in known:
            return favourite
    name = "" if item is None else item.summary
    category = category_of(name) if product is None else product.category
    selling = [shop for shop in shops if category in shop.carries]
    general = [shop for shop in shops if not shop.carries]
    return next((shop.shop_id for shop in (*selling, *general, *shops)), None)
