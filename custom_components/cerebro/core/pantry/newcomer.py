"""A product that the household has not had before."""

from __future__ import annotations

from dataclasses import replace

from .categories import Category
from .model import Product, ProductId
from .quantity import PACK, PIECE, Amount, Quantity
from .words import category_of


def newcomer(
    product_id: ProductId,
    name: str,
    *,
    amount: Amount | None = None,
    quantity: Quantity | None = None,
    pack: Quantity | None = None,
    category: Category | None = None,
    barcode: str | None = None,
    aliases: tuple[str, ...] = (),
) -> Product:
    """Return a product of which only a cleaned name need be known.

    It is measured as it is bought the first time (``quantity``, said as ``amount``), else as its ``pack`` is,
    else counted. Its kind is guessed from its name.
    """
    known = pack or quantity
    said = None if amount is None or amount.unit in {None, PACK} else amount.unit
    product = Product(
        product_id=product_id,
        name=name,
        category=category or category_of(name) or Category.OTHER,
        barcodes=() if barcode is None else (barcode,),
        aliases=tuple(alias for alias in aliases if alias != name),
    )
    if known is None:
        return product
    size = None if pack is None else pack.thousandths
    return replace(product, measure=known.measure, unit=said or PIECE, pack=size)
