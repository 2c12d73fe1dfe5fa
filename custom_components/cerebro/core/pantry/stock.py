"""The stock: what there is now, the sum of all changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import date
from types import MappingProxyType
from typing import Final

from .errors import PantryError
from .fefo import NEVER, Fefo
from .model import Change, ChangeId, Entry, Lot, LotId, Product, ProductId
from .names import Names
from .trail import Trail

FACTS: Final = frozenset(
    one.name for one in fields(Lot) if one.name not in {"lot_id", "product_id", "amount"}
)
"""The fields of a lot that an entry may replace."""


class Stock:
    """What the household has, folded from changes; each costs O(log n)."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._products: dict[ProductId, Product] = {}
        self._lots: dict[LotId, Lot] = {}
        self._lots_of: dict[ProductId, dict[LotId, None]] = {}
        self._totals: dict[ProductId, int] = {}
        self._fefo = Fefo()
        self._names = Names()
        self._seen: set[ChangeId] = set()
        self._lot_trails: dict[LotId, Trail] = {}
        self._product_trails: dict[ProductId, Trail] = {}

    @property
    def products(self) -> Mapping[ProductId, Product]:
        """All products that are known."""
        return MappingProxyType(self._products)

    @property
    def lots(self) -> Mapping[LotId, Lot]:
        """All lots that ever were, the used-up ones too."""
        return MappingProxyType(self._lots)

    def lots_of(self, product_id: ProductId) -> tuple[Lot, ...]:
        """Return all lots that ever were of a product, the used-up ones too."""
        return tuple(self._lots[lot_id] for lot_id in self._lots_of.get(product_id, ()))

    def in_order(self, product_id: ProductId) -> Iterator[Lot]:
        """Return the lots of a product with something left one by one, first what is to be used first."""
        return (self._lots[lot_id] for lot_id in self._fefo.of(product_id))

    def there(self, product_id: ProductId) -> tuple[Lot, ...]:
        """Return the lots of a product with something left, first what is to be used first."""
        return tuple(self.in_order(product_id))

    def all_there(self) -> tuple[Lot, ...]:
        """Return all lots with something left, first what goes off first; what never does is last."""
        return tuple(self.off_until(NEVER))

    def off_until(self, day: date) -> Iterator[Lot]:
        """Return the lots with something left that go off on a day or before, first what goes off first."""
        return (self._lots[lot_id] for lot_id in self._fefo.until(day))

    def products_there(self) -> Iterator[ProductId]:
        """Return the products of which something is left, in no order."""
        return self._fefo.products()

    def total(self, product_id: ProductId) -> int:
        """Return how much is left of a product, in thousandths of its measure."""
        return self._totals.get(product_id, 0)

    def find(self, text: str) -> Product | None:
        """Return the product with an id, a barcode, a name or an alias, whatever the accents and capitals."""
        product = self._products.get(ProductId(text))
        if product is None and (found := self._names.find(text)) is not None:
            product = self._products[found]
        return product

    def by_barcode(self, code: str) -> Product | None:
        """Return the product with a barcode of 8, 12, 13 or 14 digits."""
        found = self._names.by_barcode(code)
        return None if found is None else self._products[found]

    @property
    def changes(self) -> int:
        """How many changes were applied."""
        return len(self._seen)

    def seen(self, change_id: ChangeId) -> bool:
        """Tell whether a change was applied."""
        return change_id in self._seen

    def check(self, change: Change) -> None:
        """See that a change could be applied.

        Raises:
            PantryError: ``changed_since`` when it does not fit what there is now.
        """
        self._checked(change)

    def apply(self, change: Change) -> bool:
        """Take a change in, whole or not at all; tell whether it was new. The same one counts once.

        Raises:
            PantryError: ``changed_since`` when it does not fit what there is now. Nothing was changed.
        """
        if change.change_id in self._seen:
            return False
        moves = self._checked(change)
        if change.product is not None:
            self._know(change.product)
        for before, after in moves:
            self._place(before, after)
        if change.product is None and change.product_was is not None:
            self._forget(change.product_was)
        self._follow(change)
        return True

    def _checked(self, change: Change) -> list[tuple[Lot | None, Lot | None]]:
        """Return each lot as it is and as it will be.

        Raises:
            PantryError: when the change does not fit.
        """
        if change.undoes is not None and not self._undoable(change, change.undoes):
            raise PantryError("changed_since")
        if len({entry.lot_id for entry in change.entries}) < len(change.entries):
            raise PantryError("changed_since")
        moves = [self._move(entry) for entry in change.entries]
        self._check_product(change, moves)
        for entry, (_, after) in zip(change.entries, moves, strict=True):
            fresh = change.product is not None and change.product.product_id == entry.product_id
            if after is not None and not (fresh or entry.product_id in self._products):
                raise PantryError("changed_since")
        return moves

    def _move(self, entry: Entry) -> tuple[Lot | None, Lot | None]:
        """Return the lot of an entry as it is and as it will be."""
        lot = self._lots.get(entry.lot_id)
        if lot is None:
            fits = not entry.was and entry.now.keys() == FACTS
            before, after = None, _made(entry) if fits else None
        else:
            fits = lot.product_id == entry.product_id and all(
                name in FACTS and getattr(lot, name) == value for name, value in entry.was.items()
            )
            if entry.was and not entry.now:
                fits = fits and entry.was.keys() == FACTS and lot.amount + entry.delta == 0
                before, after = lot, None
            else:
                fits = fits and entry.now.keys() == entry.was.keys()
                before, after = lot, _changed(lot, entry) if fits else None
        if not fits or not (after is None or 0 <= after.amount <= after.bought):
            raise PantryError("changed_since")
        return before, after

    def _check_product(self, change: Change, moves: Iterable[tuple[Lot | None, Lot | None]]) -> None:
        """See that the description of a product can be replaced."""
        product, was = change.product, change.product_was
        described = product or was
        if described is None:
            return
        product_id = described.product_id
        fits = self._products.get(product_id) == was and (was is None or was.product_id == product_id)
        if product is None:
            # It is forgotten: only together with the last of its lots.
            gone = {before.lot_id for before, after in moves if before is not None and after is None}
            left = self._lots_of.get(product_id, {}).keys() - gone
            kept = any(after is not None and after.product_id == product_id for _, after in moves)
            fits = fits and not left and not kept
        elif was is not None and was.measure is not product.measure:
            fits = fits and not self._lots_of.get(product_id)
        if not fits:
            raise PantryError("changed_since")

    def _place(self, before: Lot | None, after: Lot | None) -> None:
        """Replace a lot."""
        if before is not None:
            self._totals[before.product_id] -= before.amount
            if before.amount:
                self._fefo.remove(before)
            if after is None:
                del self._lots[before.lot_id]
                del self._lots_of[before.product_id][before.lot_id]
        if after is not None:
            self._lots[after.lot_id] = after
            self._lots_of.setdefault(after.product_id, {})[after.lot_id] = None
            self._totals[after.product_id] = self._totals.get(after.product_id, 0) + after.amount
            if after.amount:
                self._fefo.add(after)

    def _know(self, product: Product) -> None:
        if (was := self._products.get(product.product_id)) is not None:
            self._names.remove(was)
        self._products[product.product_id] = product
        self._names.add(product)

    def _forget(self, product: Product) -> None:
        self._names.remove(self._products.pop(product.product_id))

    def _undoable(self, change: Change, undoes: ChangeId) -> bool:
        """Tell whether nothing that a change touches was touched since another one, which happened."""
        trails = [
            *(self._lot_trails.get(entry.lot_id) for entry in change.entries),
            *(self._product_trails.get(product_id) for product_id in _described(change)),
        ]
        return undoes in self._seen and all(trail is not None and trail.allows(undoes) for trail in trails)

    def _follow(self, change: Change) -> None:
        """Note a change with all that it touched."""
        self._seen.add(change.change_id)
        for entry in change.entries:
            self._lot_trails.setdefault(entry.lot_id, Trail()).follow(change.change_id, change.undoes)
        for product_id in _described(change):
            self._product_trails.setdefault(product_id, Trail()).follow(change.change_id, change.undoes)


def _described(change: Change) -> tuple[ProductId, ...]:
    """Return the product whose description a change replaced, where it did."""
    described = change.product or change.product_was
    return () if described is None else (described.product_id,)


def _made(entry: Entry) -> Lot:
    return Lot(lot_id=entry.lot_id, product_id=entry.product_id, amount=entry.delta, **entry.now)


def _changed(lot: Lot, entry: Entry) -> Lot:
    return replace(lot, amount=lot.amount + entry.delta, **entry.now)
