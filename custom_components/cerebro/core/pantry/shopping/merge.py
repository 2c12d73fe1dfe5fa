"""A shop's own list and ours, brought together: no doubles, amounts added, ticks kept both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from ..clean import fold
from ..model import ShopId
from .items import Item, ItemUid, Pushed, ShoppingList, Status
from .wanted import Wanted, together

type Written = Callable[[Item], tuple[str, str | None]]
"""Returns the text and the note by which an item stands on a shop's list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """A line of a shop's list."""

    uid: str
    summary: str
    description: str | None
    wanted: Wanted
    """What it asks for, as far as it can be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Our list since, and what has to be done to theirs."""

    shopping: ShoppingList
    add: tuple[Item, ...] = ()
    update: Mapping[str, Item] = field(default_factory=dict)
    """By the id of the line there."""
    remove: tuple[str, ...] = ()
    bought: tuple[Item, ...] = ()
    """What was ticked there."""
    unticked: tuple[Item, ...] = ()
    """What was bought and whose tick was taken back there, as it was."""


def merge(
    shopping: ShoppingList,
    shop_id: ShopId,
    theirs: Iterable[Theirs],
    *,
    assigned: frozenset[ItemUid],
    written: Written,
    today: date,
    declined_until: date,
    adding: bool,
) -> Merged:
    """Bring a shop's list and ours together.

    ``assigned`` are the items that are bought in this shop. Unless ``adding``, nothing new is put on its
    list, and nothing that stands on it is claimed. What others wrote there is left alone.
    """
    merging = _Merging(shopping, shop_id, theirs, written, today)
    for item in shopping.gone:
        merging.take_off(item)
    for item in shopping.items:
        if shop_id in item.pushed:
            merging.follow(item, declined_until, here=item.uid in assigned or item.status is Status.BOUGHT)
    if adding:
        for item in merging.merged.shopping.items:
            if shop_id not in item.pushed and item.uid in assigned and item.status is Status.NEEDED:
                merging.bring(item)
    return merging.merged


class _Merging:
    def __init__(
        self,
        shopping: ShoppingList,
        shop_id: ShopId,
        theirs: Iterable[Theirs],
        written: Written,
        today: date,
    ) -> None:
        self._shop = shop_id
        self._written = written
        self._today = today
        self._there = {one.uid: one for one in theirs}
        pushed = (item.pushed.get(shop_id) for item in (*shopping.items, *shopping.gone))
        self._known = {one.uid for one in pushed if one is not None}
        """The ids of the lines that are ours."""
        self.merged = Merged(shopping=shopping)

    def take_off(self, item: Item) -> None:
        """Take what is off our list off theirs; what was bought there meanwhile comes back as bought."""
        base = item.pushed.get(self._shop)
        if base is None:
            return
        line = self._line_of(base)
        wanted = None if line is None else together(base.wanted, None, _read(line, base))
        left = replace(item, pushed={k: one for k, one in item.pushed.items() if k != self._shop})
        gone = [one for one in self.merged.shopping.gone if one.uid != item.uid]
        if left.pushed:
            gone.append(left)
        shopping = replace(self.merged.shopping, gone=tuple(gone))
        if line is not None and wanted is not None and wanted.bought:
            back = left.wanting(wanted, self._today)
            shopping = replace(shopping, gone=tuple(one for one in gone if one.uid != item.uid))
            shopping = replace(shopping, items=(*shopping.items, back))
            self.merged = replace(self.merged, bought=(*self.merged.bought, back))
        elif line is not None:
            self.merged = replace(self.merged, remove=(*self.merged.remove, line.uid))
        self.merged = replace(self.merged, shopping=shopping)

    def follow(self, item: Item, declined_until: date, *, here: bool) -> None:
        """Bring an item that stands on their list in line with it."""
        base = item.pushed[self._shop]
        line = self._line_of(base)
        if line is None:
            self._missing(item, base, declined_until)
            return
        wanted = together(base.wanted, item.wanted if here else None, _read(line, base))
        if wanted is None:  # It is bought elsewhere now.
            self._forget(item)
            self.merged = replace(self.merged, remove=(*self.merged.remove, line.uid))
            return
        after = item.wanting(wanted, self._today)
        if wanted.bought and item.status is not Status.BOUGHT:
            self.merged = replace(self.merged, bought=(*self.merged.bought, after))
        elif item.status is Status.BOUGHT and not wanted.bought:
            self.merged = replace(self.merged, unticked=(*self.merged.unticked, item))
        self._agree(after, line, differs=_read(line, base) != after.wanted)

    def bring(self, item: Item) -> None:
        """Put an item on their list, or join it with what asks for the same thing there."""
        same = (one for one in self._there.values() if _is_same(one, item))
        line = next(same, None)
        if line is None:
            self._keep(item, None)
            self.merged = replace(self.merged, add=(*self.merged.add, self.merged.shopping.find(item.uid)))
            return
        del self._there[line.uid]
        wanted = together(None, item.wanted, line.wanted)
        assert wanted is not None  # noqa: S101 - both want it
        # Our own name for it stays: theirs may be but another spelling.
        wanted = replace(wanted, name=item.summary, product_id=item.product_id)
        after = item.wanting(wanted, self._today)
        differs = (line.wanted.amount, line.wanted.measure) != (after.amount, after.wanted.measure)
        self._agree(after, line, differs=differs)

    def _agree(self, item: Item, line: Theirs, *, differs: bool) -> None:
        """Keep what both have since, and have theirs changed where it differs."""
        if differs:
            self._keep(item, line.uid)
            self.merged = replace(self.merged, update={**self.merged.update, line.uid: item})
            return
        pushed = Pushed(uid=line.uid, summary=line.summary, description=line.description, wanted=item.wanted)
        kept = replace(item, pushed={**item.pushed, self._shop: pushed})
        self.merged = replace(self.merged, shopping=self.merged.shopping.with_item(kept))

    def _keep(self, item: Item, uid: str | None) -> None:
        summary, description = self._written(item)
        pushed = Pushed(uid=uid, summary=summary, description=description, wanted=item.wanted)
        kept = replace(item, pushed={**item.pushed, self._shop: pushed})
        self.merged = replace(self.merged, shopping=self.merged.shopping.with_item(kept))

    def _missing(self, item: Item, base: Pushed, declined_until: date) -> None:
        """Take off what somebody took off there; what never arrived there is to be sent again."""
        if base.uid is None or item.status is Status.BOUGHT:
            self._forget(item)
            return
        shopping = self.merged.shopping.remove(item.uid, declined_until)
        self.merged = replace(self.merged, shopping=shopping)
        others = [one for one in shopping.gone if one.uid != item.uid]
        left = replace(item, pushed={k: one for k, one in item.pushed.items() if k != self._shop})
        gone = (*others, left) if left.pushed else tuple(others)
        self.merged = replace(self.merged, shopping=replace(shopping, gone=gone))

    def _forget(self, item: Item) -> None:
        left = {key: one for key, one in item.pushed.items() if key != self._shop}
        shopping = self.merged.shopping.with_item(replace(item, pushed=left))
        self.merged = replace(self.merged, shopping=shopping)

    def _line_of(self, base: Pushed) -> Theirs | None:
        """Return the line that ours became, each once: by its id, or by its text while no id is known.

        A list may number its lines anew: where the id is gone but the very text stands, it is still there.
        """
        if base.uid in self._there:
            return self._there.pop(base.uid)
        for line in self._there.values():
            same = _means(line, base) if base.uid is None else fold(line.summary) == fold(base.summary)
            if same and not line.wanted.bought and line.uid not in self._known:
                return self._there.pop(line.uid)
        return None


def _read(line: Theirs, base: Pushed) -> Wanted:
    """Return what a line asks for: what it did, to the last gram, unless it was given another meaning."""
    wanted, before = line.wanted, replace(base.wanted, bought=line.wanted.bought)
    if (line.summary, line.description or None) == (base.summary, base.description):
        return before
    same = (wanted.key, wanted.amount, wanted.measure) == (before.key, before.amount, before.measure)
    return before if same else wanted


def _means(line: Theirs, base: Pushed) -> bool:
    """Tell whether a line is what we wrote, though its list may write it in its own way."""
    if fold(line.summary) == fold(base.summary):
        return True
    there, ours = line.wanted, base.wanted
    return (there.key, there.amount, there.measure) == (ours.key, ours.amount, ours.measure)


def _is_same(line: Theirs, item: Item) -> bool:
    if line.wanted.bought:  # What was bought long ago is not bought again by that.
        return False
    if line.wanted.product_id is not None and item.product_id is not None:
        return line.wanted.product_id == item.product_id
    return fold(line.wanted.name) == fold(item.summary)
