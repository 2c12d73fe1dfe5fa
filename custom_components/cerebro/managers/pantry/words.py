"""How the things on a list are written in the home's language."""

from __future__ import annotations

from collections.abc import Mapping

from ...core.pantry.model import Product, ProductId
from ...core.pantry.quantity import Measure
from ...core.pantry.shopping.items import Item
from ..texts import Texts
from .measures import BASES, text


def amount_of(texts: Texts, item: Item, products: Mapping[ProductId, Product]) -> str | None:
    """Return how much of an item is wanted, such as ``1.5 L``; nothing when it is as much as is usual."""
    if item.amount is None:
        return None
    measure = item.measure or Measure.COUNT
    product = None if item.product_id is None else products.get(item.product_id)
    if product is None or product.measure is not measure:
        product = Product(product_id=ProductId(""), name=item.summary, measure=measure, unit=BASES[measure])
    return text(texts, item.amount, product)


def line_of(texts: Texts, item: Item, products: Mapping[ProductId, Product]) -> str:
    """Return an item as a line that somebody reads."""
    amount = amount_of(texts, item, products)
    return item.summary if amount is None else texts.text("list_line", name=item.summary, amount=amount)
