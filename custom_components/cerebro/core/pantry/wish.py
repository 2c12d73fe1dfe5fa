"""What is asked of the book."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from .model import Change, ChangeId, Entry, LotId, PantryId, What
from .quantity import Quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a change comes from: what all changes have."""

    change_id: ChangeId
    at: datetime
    """When it happened (UTC)."""
    by: str | None = None
    """The user who asked for it, where one did."""
    context: str | None = None
    """See :attr:`.model.Change.context`."""

    def change(self, what: What, entries: Iterable[Entry] = (), **rest: Any) -> Change:
        """Return the change of this origin."""
        return Change(
            change_id=self.change_id,
            at=self.at,
            what=what,
            entries=tuple(entries),
            by=self.by,
            context=self.context,
            **rest,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What was bought of a product."""

    lot_id: LotId
    """A new one."""
    pantry_id: PantryId
    amount: Quantity
    bought_on: date
    best_before: date | None = None
    printed: bool = False
    """Whether the date stands on the package."""
    price: int | None = None
    """Of all of it, in thousandths of the home's currency."""
    batch: str | None = None
    opened_on: date | None = None
