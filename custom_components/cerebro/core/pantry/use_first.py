"""What to use first: what goes off next, with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from ..reason import Reason
from .model import Lot, Product, ProductId

SOON_DAYS: Final = 3
"""What goes off within so many days goes off soon: a weekend’s meals can still be planned round it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A lot that should be used, and why before others."""

    lot: Lot
    product: Product
    off_on: date
    """The last day on which it is good, with what warmth took from it."""
    reason: Reason


def to_use_first(
    lots: Iterable[Lot],
    products: Mapping[ProductId, Product],
    today: date,
    *,
    good_until: Callable[[Lot], date | None] = lambda lot: lot.best_before,
    unsafe: Callable[[Lot], Reason | None] = lambda _: None,
    within_days: int | None = None,
) -> tuple[Advice, ...]:
    """Return what to use first, the most urgent in front.

    ``good_until`` is the best-before date less what the lot lost in the warm; ``unsafe`` tells why a lot is
    not to be eaten at all. Of lots that are good until the same day, an opened one comes first. What never
    goes off is in no haste, and left out.
    """
    dated = [(until, lot) for lot in lots if (until := good_until(lot)) is not None]
    near = (one for one in dated if within_days is None or (one[0] - today).days <= within_days)
    ordered = sorted(near, key=lambda one: (one[0], one[1].opened_on is None, one[1].lot_id))
    return tuple(
        Advice(
            lot=lot,
            product=products[lot.product_id],
            off_on=until,
            reason=unsafe(lot) or _why(lot, until, today),
        )
        for until, lot in ordered
    )


def _why(lot: Lot, until: date, today: date) -> Reason:
    days = (until - today).days
    if days < -1:
        return Reason(key="off_past", values={"days": -days})
    if days < 0:
        return Reason(key="off_yesterday")
    if days <= 1:
        return Reason(key="off_tomorrow" if days else "off_today")
    if lot.best_before is not None and until < lot.best_before:
        return Reason(key="off_by_warmth", values={"days": days, "lost": (lot.best_before - until).days})
    if lot.opened_on is not None:
        return Reason(key="off_opened", values={"days": days, "since": (today - lot.opened_on).days})
    return Reason(key="off_in_days", values={"days": days})
