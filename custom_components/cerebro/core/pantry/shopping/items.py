"""The shopping list: what persons wrote on it and what was proposed, each known apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NewType

from ...reason import Reason
from ..clean import cleaned, fold
from ..errors import PantryError
from ..model import Product, ProductId, ShopId
from ..quantity import Measure
from ..restock import Proposal
from .wanted import Wanted

ItemUid = NewType("ItemUid", str)

LONGEST_NOTE: Final = 500
"""Characters of a description."""
MOST: Final = 500
"""Items on the list."""
KEPT: Final = timedelta(days=7)
"""For how long what was bought is still shown."""


class Status(StrEnum):
    """Whether a thing is still to be bought."""

    NEEDED = "needed"
    BOUGHT = "bought"


class Origin(StrEnum):
    """Who put a thing on the list."""

    PERSON = "person"
    PROPOSAL = "proposal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """A line of a shop's list as it was when we last saw or wrote it."""

    uid: str | None
    """Its id there; nothing until it was seen there."""
    summary: str
    """Its text, to the letter."""
    description: str | None
    wanted: Wanted
    """What both sides agreed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the list."""

    uid: ItemUid
    summary: str
    product_id: ProductId | None = None
    amount: int | None = None
    """In thousandths of its measure; nothing: as much as is usual."""
    measure: Measure | None = None
    status: Status = Status.NEEDED
    due: date | None = None
    description: str | None = None
    shop_id: ShopId | None = None
    """Where a person wants it bought; nothing: where it usually is."""
    origin: Origin = Origin.PERSON
    touched: bool = False
    """Whether a person changed what was proposed: it is theirs since."""
    reason: Reason | None = None
    bought_on: date | None = None
    unticked: int = 0
    """How often its tick was taken back: ticked after that, it is bought once more."""
    pushed: Mapping[ShopId, Pushed] = field(default_factory=dict)

    @property
    def wanted(self) -> Wanted:
        """What it asks for."""
        return Wanted(
            name=self.summary,
            product_id=self.product_id,
            amount=self.amount,
            measure=None if self.amount is None else self.measure,
            bought=self.status is Status.BOUGHT,
        )

    def wanting(self, wanted: Wanted, today: date) -> Item:
        """Return it as somebody changed it somewhere."""
        if wanted == self.wanted:
            return self
        bought_on = (self.bought_on or today) if wanted.bought else None
        return replace(
            self,
            summary=wanted.name,
            product_id=wanted.product_id,
            amount=wanted.amount,
            measure=wanted.measure,
            status=Status.BOUGHT if wanted.bought else Status.NEEDED,
            bought_on=bought_on,
            unticked=self.unticked + (self.status is Status.BOUGHT and not wanted.bought),
            touched=True,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShoppingList:
    """The whole list; each change returns another one."""

    items: tuple[Item, ...] = ()
    gone: tuple[Item, ...] = ()
    """What was taken off and still stands on a shop's list."""
    declined: Mapping[ProductId, date] = field(default_factory=dict)
    """The day before which a product is not proposed again, because a person took it off."""

    def find(self, uid: str) -> Item:
        """Return an item.

        Raises:
            PantryError: ``item_unknown``.
        """
        for item in self.items:
            if item.uid == uid:
                return item
        raise PantryError("item_unknown")

    def add(
        self,
        uid: str,
        wanted: Wanted,
        *,
        due: date | None = None,
        description: str | None = None,
        shop_id: ShopId | None = None,
    ) -> ShoppingList:
        """Put something on the list that a person wants; what is on it already is wanted all the more.

        Raises:
            PantryError: ``name_missing``; ``list_full``.
        """
        if cleaned(wanted.name) is None:
            raise PantryError("name_missing")
        same = next((one for one in self._needed() if one.wanted.key == wanted.key), None)
        if same is not None:
            more = replace(same, due=due or same.due, description=_note(description) or same.description)
            more = replace(more, shop_id=shop_id or same.shop_id, touched=True)
            if _is_untouched(same) and wanted.amount is not None:
                more = replace(more, amount=None)
            return self.with_item(more if wanted.amount is None else _more(more, wanted))
        if len(self.items) >= MOST:
            raise PantryError("list_full", most=str(MOST))
        item = Item(
            uid=ItemUid(uid),
            summary=wanted.name,
            product_id=wanted.product_id,
            amount=wanted.amount,
            measure=wanted.measure,
            due=due,
            description=_note(description),
            shop_id=shop_id,
        )
        return replace(self, items=(*self.items, item))

    def tick(self, uid: str, today: date) -> ShoppingList:
        """Mark an item as bought; raises ``item_unknown``."""
        item = self.find(uid)
        return self.with_item(replace(item, status=Status.BOUGHT, bought_on=item.bought_on or today))

    def untick(self, uid: str) -> ShoppingList:
        """Mark an item as still to be bought; raises ``item_unknown``."""
        item = self.find(uid)
        unticked = item.unticked + 1
        return self.with_item(replace(item, status=Status.NEEDED, bought_on=None, unticked=unticked))

    def rename(self, uid: str, wanted: Wanted) -> ShoppingList:
        """Have an item ask for something else, or for another amount.

        Raises:
            PantryError: ``name_missing``; ``item_unknown``.
        """
        if cleaned(wanted.name) is None:
            raise PantryError("name_missing")
        item = self.find(uid)
        return self.with_item(
            replace(
                item,
                summary=wanted.name,
                product_id=wanted.product_id,
                amount=wanted.amount,
                measure=wanted.measure,
                touched=True,
            )
        )

    def set_due(self, uid: str, due: date | None) -> ShoppingList:
        """Say by when it is wanted; raises ``item_unknown``."""
        return self.with_item(replace(self.find(uid), due=due, touched=True))

    def set_description(self, uid: str, description: str | None) -> ShoppingList:
        """Write a note to an item; raises ``item_unknown``."""
        return self.with_item(replace(self.find(uid), description=_note(description), touched=True))

    def move(self, uid: str, previous_uid: str | None) -> ShoppingList:
        """Put an item behind another one, or in front of all; raises ``item_unknown``."""
        item = self.find(uid)
        if uid == previous_uid:
            return self
        rest = [one for one in self.items if one.uid != uid]
        place = 0 if previous_uid is None else rest.index(self.find(previous_uid)) + 1
        return replace(self, items=(*rest[:place], item, *rest[place:]))

    def remove(self, uid: str, until: date) -> ShoppingList:
        """Take an item off; what it is about is not proposed again before a day. Raises ``item_unknown``."""
        item = self.find(uid)
        left = self.without(item)
        if item.product_id is None or item.status is Status.BOUGHT:
            return left
        return replace(left, declined={**self.declined, item.product_id: until})

    def propose(
        self,
        proposals: Iterable[Proposal],
        products: Mapping[ProductId, Product],
        today: date,
        new_uid: Callable[[], str],
    ) -> ShoppingList:
        """Return the list with what should be bought, and without what was proposed and no longer should.

        What a person wrote is never overwritten, what one took off is left off, and what was bought today is
        not proposed today.
        """
        wanted = _by_product(proposals, products)
        kept = {product: day for product, day in self.declined.items() if today < day}
        names = _names(wanted, products)
        after = replace(self, declined=kept, items=tuple(_known(item, names) for item in self.items))
        for item in after.items:
            if _is_over(item, today) or (_is_untouched(item) and item.product_id not in wanted):
                after = after.without(item)
        there: dict[ProductId, Item] = {}
        for item in after.items:
            if item.product_id is not None and (item.status is Status.NEEDED or item.bought_on == today):
                there.setdefault(item.product_id, item)
        for product_id, proposal in wanted.items():
            held = there.get(product_id)
            if held is not None:
                after = after.with_item(_proposed(held, proposal))
            elif product_id not in kept and len(after.items) < MOST:
                item = _new(ItemUid(new_uid()), products[product_id], proposal)
                after = replace(after, items=(*after.items, item))
        return after

    def _needed(self) -> Iterable[Item]:
        return (item for item in self.items if item.status is Status.NEEDED)

    def sent(self, shop_id: ShopId, uids: frozenset[ItemUid]) -> ShoppingList:
        """Return the list once items were sent to a shop of whose list nothing comes back."""
        told = {
            item.uid: replace(item, pushed={**item.pushed, shop_id: _sent(item)})
            for item in self.items
            if item.uid in uids
        }
        kept = self.without_shop(shop_id)
        items = tuple(told.get(item.uid, item) for item in self.items)
        return replace(self, items=items, gone=kept.gone)

    def without_shop(self, shop_id: ShopId) -> ShoppingList:
        """Return the list without anything that was sent to a shop, which is gone."""
        return replace(
            self,
            items=tuple(_unsent(item, shop_id) for item in self.items),
            gone=tuple(left for item in self.gone if (left := _unsent(item, shop_id)).pushed),
        )

    def with_item(self, item: Item) -> ShoppingList:
        """Return the list with an item as it is now."""
        return replace(self, items=tuple(item if one.uid == item.uid else one for one in self.items))

    def without(self, item: Item) -> ShoppingList:
        """Return the list without an item; where it stands on a shop's list, it is still to be taken off."""
        items = tuple(one for one in self.items if one.uid != item.uid)
        waits = bool(item.pushed) and item.status is Status.NEEDED
        return replace(self, items=items, gone=(*self.gone, item) if waits else self.gone)


def _note(description: str | None) -> str | None:
    return None if description is None else cleaned(description, LONGEST_NOTE)


def _more(item: Item, wanted: Wanted) -> Item:
    """Return an item of which more is wanted; what was proposed is but a guess, and gives way."""
    if item.amount is None or item.measure is not wanted.measure or wanted.amount is None:
        return replace(item, amount=wanted.amount, measure=wanted.measure)
    return replace(item, amount=item.amount + wanted.amount)


def _sent(item: Item) -> Pushed:
    return Pushed(uid=None, summary=item.summary, description=item.description, wanted=item.wanted)


def _unsent(item: Item, shop_id: ShopId) -> Item:
    return replace(item, pushed={key: one for key, one in item.pushed.items() if key != shop_id})


def _is_untouched(item: Item) -> bool:
    return item.origin is Origin.PROPOSAL and not item.touched and item.status is Status.NEEDED


def _is_over(item: Item, today: date) -> bool:
    return item.bought_on is not None and item.bought_on + KEPT < today


def _by_product(
    proposals: Iterable[Proposal], products: Mapping[ProductId, Product]
) -> dict[ProductId, Proposal]:
    """Return the proposals for products that are known, one for each: amounts of two add up."""
    found: dict[ProductId, Proposal] = {}
    for proposal in proposals:
        if proposal.product_id not in products:
            continue
        same = found.get(proposal.product_id)
        found[proposal.product_id] = (
            proposal if same is None else replace(same, amount=same.amount + proposal.amount)
        )
    return found


def _names(wanted: Iterable[ProductId], products: Mapping[ProductId, Product]) -> dict[str, ProductId]:
    """Return the products that are proposed by what they are called."""
    found = ((products[product_id], product_id) for product_id in wanted)
    return {fold(name): key for product, key in found for name in (*product.aliases, product.name)}


def _known(item: Item, names: Mapping[str, ProductId]) -> Item:
    """Return an item as the product it is: it may be known only since it was bought."""
    product_id = names.get(fold(item.summary)) if item.product_id is None else None
    return item if product_id is None else replace(item, product_id=product_id)


def _proposed(item: Item, proposal: Proposal) -> Item:
    if item.status is Status.BOUGHT:
        return item
    if not _is_untouched(item):
        return replace(item, reason=proposal.reason)
    return replace(item, amount=proposal.amount, due=proposal.runs_out_on, reason=proposal.reason)


def _new(uid: ItemUid, product: Product, proposal: Proposal) -> Item:
    return Item(
        uid=uid,
        summary=product.name,
        product_id=product.product_id,
        amount=proposal.amount,
        measure=product.measure,
        due=proposal.runs_out_on,
        origin=Origin.PROPOSAL,
        reason=proposal.reason,
    )
