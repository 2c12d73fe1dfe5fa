"""A list, its products and a shop's own list in a few words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from itertools import count

from custom_components.cerebro.core.pantry.clean import fold
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.model import Product, ShopId
from custom_components.cerebro.core.pantry.quantity import Amount, Measure, Quantity
from custom_components.cerebro.core.pantry.restock import Proposal
from custom_components.cerebro.core.pantry.shopping.items import Item, ItemUid, ShoppingList
from custom_components.cerebro.core.pantry.shopping.merge import Merged, Theirs, merge
from custom_components.cerebro.core.pantry.shopping.wanted import Wanted, read
from custom_components.cerebro.core.reason import Reason

from ..lots import HAM, MILK, PRODUCTS

TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
NEXT = date(2026, 11, 28)
SHOP = ShopId("shop")
_UNITS = {
    "g": (Measure.MASS, 1000),
    "kg": (Measure.MASS, 1_000_000),
    "mL": (Measure.VOLUME, 1000),
    "L": (Measure.VOLUME, 1_000_000),
    "piece": (Measure.COUNT, 1000),
    None: (Measure.COUNT, 1000),
}


def find(text: str) -> Product | None:
    """Return a product by its name."""
    return next((one for one in PRODUCTS.values() if fold(one.name) == fold(text)), None)


def measured(amount: Amount, product: Product | None) -> Quantity:
    """Return an amount in thousandths, or refuse packs."""
    if amount.unit not in _UNITS:
        raise PantryError("pack_unknown", product="" if product is None else product.name)
    measure, factor = _UNITS[amount.unit]
    return Quantity(thousandths=round(amount.value * factor), measure=measure)


def wanted(text: str) -> Wanted:
    """Return what a text asks for."""
    found = read(text, find, measured)
    assert found is not None
    return found


def listed(*texts: str) -> ShoppingList:
    """Return a list that a person wrote; the uid of an item is its place, from 0."""
    made = ShoppingList()
    for number, text in enumerate(texts):
        made = made.add(str(number), wanted(text))
    return made


def proposal(product: Product = MILK, amount: int = 1_000_000, out: date | None = NEXT) -> Proposal:
    """Return that a product should be bought."""
    return Proposal(
        product_id=product.product_id,
        amount=amount,
        probability=0.8,
        reason=Reason(key="restock_used_up", values={"days": 6, "since": 7}),
        runs_out_on=out,
        left=0,
    )


def proposed(
    shopping: ShoppingList, *proposals: Proposal, today: date = TODAY, ids: Callable[[], str] | None = None
) -> ShoppingList:
    """Return a list with what is proposed."""
    numbers = count()
    return shopping.propose(proposals, PRODUCTS, today, ids or (lambda: f"p{next(numbers)}-{today}"))


def text_of(item: Item) -> tuple[str, str | None]:
    """Return how an item is written on a shop's list."""
    if item.amount is None:
        return item.summary, None
    unit = {Measure.MASS: "g", Measure.VOLUME: "ml", Measure.COUNT: "x"}
    assert item.measure is not None
    return f"{item.summary} ({item.amount / 1000:g} {unit[item.measure]})", None


@dataclass
class Their:
    """A shop's own list."""

    lines: dict[str, tuple[str, bool]] = field(default_factory=dict)
    made: count[int] = field(default_factory=count)

    def write(self, text: str) -> str:
        """Add a line; return its id."""
        uid = f"their{next(self.made)}"
        self.lines[uid] = (text, False)
        return uid

    def tick(self, uid: str, *, bought: bool = True) -> None:
        """Tick a line."""
        self.lines[uid] = (self.lines[uid][0], bought)

    @property
    def texts(self) -> dict[str, bool]:
        """What stands there, and whether it is ticked."""
        return dict(self.lines.values())

    def read(self) -> list[Theirs]:
        """Return what stands there."""
        return [
            Theirs(uid=uid, summary=text, description=None, wanted=replace(wanted(text), bought=bought))
            for uid, (text, bought) in self.lines.items()
        ]

    def synced(
        self,
        shopping: ShoppingList,
        *,
        assigned: frozenset[ItemUid] | None = None,
        adding: bool = True,
    ) -> Merged:
        """Merge once, and do to this list what has to be done."""
        here = frozenset(one.uid for one in shopping.items) if assigned is None else assigned
        merged = merge(
            shopping,
            SHOP,
            self.read(),
            assigned=here,
            written=text_of,
            today=TODAY,
            declined_until=NEXT,
            adding=adding,
        )
        for item in merged.add:
            self.write(text_of(item)[0])
        for uid, item in merged.update.items():
            self.lines[uid] = (text_of(item)[0], item.wanted.bought)
        for uid in merged.remove:
            del self.lines[uid]
        return merged


__all__ = ["HAM", "MILK", "PRODUCTS"]
