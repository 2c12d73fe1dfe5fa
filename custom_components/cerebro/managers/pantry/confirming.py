"""Confirming drafts: only then does what was read count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial

from homeassistant.exceptions import ServiceValidationError

from ...core.pantry.draft import Draft, DraftId, DraftLine, Wish
from ...core.pantry.model import Change, ChangeId, PantryId, What
from ...core.pantry.quantity import WHOLE
from ...core.pantry.telling import Bought, bought, opened, taken
from .books import Books
from .drafts import Drafts
from .keeper import Asked, Keeper, Tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What came of a draft."""

    changes: tuple[Change, ...]
    left: Draft | None = None
    """A draft of the lines that could not be booked."""
    refusals: tuple[ServiceValidationError, ...] = ()
    """Why not, line by line."""


def booked_as(draft_id: DraftId, line: int) -> ChangeId:
    """Return the change by which a line of a draft is booked, so that it is booked once."""
    return ChangeId(f"{draft_id}_{line}")


class Confirming:
    """Has the lines of drafts booked, each for itself: one that cannot be takes no other along."""

    def __init__(self, books: Books, keeper: Keeper, drafts: Drafts) -> None:
        """Take the drafts, and who books."""
        self._books = books
        self._keeper = keeper
        self._drafts = drafts

    async def async_confirm(
        self,
        draft_id: str,
        asked: Asked,
        *,
        pantry_id: PantryId | None = None,
        best_before: date | None = None,
    ) -> Confirmed:
        """Book a draft, into one pantry and with one date where they are named.

        What was booked before a kill is not booked again.

        Raises:
            ServiceValidationError: when there is no such draft any more, or none of its lines can be booked.
            HomeAssistantError: when it cannot be written.
        """
        draft = self._drafts.find(draft_id).known(self._books.stock)
        changes: list[Change] = []
        refusals: list[tuple[DraftLine, ServiceValidationError]] = []
        already = 0
        for number, line in enumerate(draft.lines):
            change_id = booked_as(draft.draft_id, number)
            if self._books.stock.seen(change_id):
                already += 1
                continue
            try:
                changes.append(
                    await self._keeper.async_tell(_tell(line, pantry_id, best_before), asked, change_id)
                )
            except ServiceValidationError as error:
                refusals.append((line, error))
        if refusals and not changes and not already:
            raise refusals[0][1]
        self._drafts.discard(draft_id)
        lines = tuple(line for line, _ in refusals)
        return Confirmed(
            changes=tuple(changes),
            left=self._drafts.add(draft.source, lines) if lines else None,
            refusals=tuple(error for _, error in refusals),
        )


def _tell(line: DraftLine, pantry_id: PantryId | None, best_before: date | None) -> Tell:
    name = line.product_id or line.name
    match line.wish:
        case Wish.BUY:
            told = Bought(
                product=name,
                amount=line.amount,
                pantry_id=pantry_id,
                place=line.place,
                best_before=best_before or line.best_before,
                price=None if line.price is None else line.price / WHOLE,
            )
            return partial(bought, told=told)
        case Wish.OPEN:
            return partial(opened, name=name, pantry_id=pantry_id)
    what = What.WASTED if line.wish is Wish.WASTE else What.USED
    return partial(taken, what=what, name=name, amount=line.amount, pantry_id=pantry_id)
