"""By which names and barcodes a product is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .clean import fold
from .model import Product, ProductId

BARCODE_LENGTHS: Final = (8, 12, 13, 14)
"""The digits of a GTIN-8, -12, -13 and -14; all are kept as 14 with noughts in front."""
GTIN_DIGITS: Final = 14


class Names:
    """Finds products by what people call them, and by barcode."""

    def __init__(self) -> None:
        """Begin with no name."""
        self._by_name: dict[str, set[ProductId]] = {}
        self._by_alias: dict[str, set[ProductId]] = {}
        self._by_barcode: dict[str, set[ProductId]] = {}

    def add(self, product: Product) -> None:
        """Make a product known by its names."""
        for index, key in self._keys(product):
            index.setdefault(key, set()).add(product.product_id)

    def remove(self, product: Product) -> None:
        """Forget the names of a product that was added."""
        for index, key in self._keys(product):
            known = index[key]
            known.discard(product.product_id)
            if not known:
                del index[key]

    def find(self, text: str) -> ProductId | None:
        """Return the product with a barcode, a name or an alias, whatever the accents and capitals.

        Where several are called the same, it is the one with the lowest id: always the same one.
        """
        code = text.strip()
        if code.isdecimal() and len(code) in BARCODE_LENGTHS and (found := self.by_barcode(code)) is not None:
            return found
        name = fold(text)
        return _one_of(self._by_name.get(name)) or _one_of(self._by_alias.get(name))

    def by_barcode(self, code: str) -> ProductId | None:
        """Return the product with a barcode of 8, 12, 13 or 14 digits."""
        return _one_of(self._by_barcode.get(code.zfill(GTIN_DIGITS)))

    def _keys(self, product: Product) -> Iterator[tuple[dict[str, set[ProductId]], str]]:
        yield self._by_name, fold(product.name)
        # Two aliases that differ by an accent are one key: it can be taken out but once.
        yield from ((self._by_alias, alias) for alias in {fold(one) for one in product.aliases})
        yield from ((self._by_barcode, code.zfill(GTIN_DIGITS)) for code in set(product.barcodes))


def _one_of(known: set[ProductId] | None) -> ProductId | None:
    return min(known) if known else None
