"""What a line of a list asks for, and how two who change the same line at once are brought together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..clean import cleaned, fold
from ..errors import PantryError
from ..model import Product, ProductId
from ..quantity import Amount, Measure, Quantity
from ..sentence import Spoken, parse

type Find = Callable[[str], Product | None]
"""Returns the product that somebody calls so."""
type Measured = Callable[[Amount, Product | None], Quantity]
"""Turns an amount of a product, or of something unknown, into a quantity; raises ``PantryError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A thing to buy, and whether it is bought already."""

    name: str
    product_id: ProductId | None = None
    amount: int | None = None
    """In thousandths of its measure; nothing: as much as is usual."""
    measure: Measure | None = None
    bought: bool = False

    @property
    def key(self) -> str:
        """What makes two lines the same thing: their product, or else their name, however it is written."""
        return f"product {self.product_id}" if self.product_id is not None else f"name {fold(self.name)}"


def read(text: str, find: Find, measured: Measured) -> Wanted | None:
    """Return what a line such as "Milk (2 L)" asks for; nothing when it says nothing."""
    name = cleaned(text)
    if name is None:
        return None
    if (whole := find(name)) is not None:
        return Wanted(name=name, product_id=whole.product_id)
    spoken = parse(name, lambda said: find(said) is not None)
    if len(spoken) != 1:  # "Bread and butter" is one line, and shall stay one.
        return Wanted(name=name)
    return _measured(spoken[0], name, find, measured)


def read_amount(text: str, wanted: Wanted, find: Find, measured: Measured) -> Wanted:
    """Return a thing with the amount that a note beside it tells, if it tells one."""
    note = cleaned(text.splitlines()[0]) if text.strip() else None
    if note is None or wanted.amount is not None:
        return wanted
    found = read(f"{note} {wanted.name}", find, measured)
    if found is None or found.amount is None or found.key != wanted.key:
        return wanted
    return replace(wanted, amount=found.amount, measure=found.measure)


def _measured(spoken: Spoken, text: str, find: Find, measured: Measured) -> Wanted:
    product = find(spoken.name)
    if spoken.amount is None:
        name = text if product is None else spoken.name
        return Wanted(name=name, product_id=None if product is None else product.product_id)
    try:
        quantity = measured(spoken.amount, product)
    except PantryError:  # "Two packs" of what comes in no known pack: it is kept as it is written.
        return Wanted(name=text, product_id=None if product is None else product.product_id)
    return Wanted(
        name=spoken.name,
        product_id=None if product is None else product.product_id,
        amount=quantity.thousandths,
        measure=quantity.measure,
    )


def together(base: Wanted | None, one: Wanted | None, other: Wanted | None) -> Wanted | None:
    """Return what two made of a line that both had as ``base``; whose is whose makes no difference.

    Who changed nothing gives way. Where both did: what one took off is off unless the other bought it,
    amounts grow by what each added, and of two new names the first in the alphabet is kept. Without a base
    both wished for it on their own: their amounts add up.
    """
    if one is None or other is None:
        left = other if one is None else one
        # It was on both, and one took it off; what was bought meanwhile remains.
        return left if left is not None and (base is None or (left.bought and not base.bought)) else None
    if base is None:
        base = Wanted(name="", bought=False)
    amount, measure = _amount(base, one, other)
    name, product_id = _chosen(_name(base), _name(one), _name(other))
    return Wanted(
        name=name,
        product_id=ProductId(product_id) if product_id else None,
        amount=amount,
        measure=measure,
        bought=other.bought if one.bought == base.bought else one.bought,
    )


def _name(wanted: Wanted) -> tuple[str, str]:
    return (wanted.name, wanted.product_id or "")


def _chosen(base: tuple[str, str], one: tuple[str, str], other: tuple[str, str]) -> tuple[str, str]:
    """Return the one of two names that is new; of two new ones the first."""
    if one == base:
        return other
    return one if other == base else min(one, other)


def _amount(base: Wanted, one: Wanted, other: Wanted) -> tuple[int | None, Measure | None]:
    """Return how much two want together; of two measures the one that comes first stands."""
    before, here, there = _quantity(base), _quantity(one), _quantity(other)
    if base.name:
        if here in {there, before}:
            return there
        if there == before:
            return here
    if here[0] is None or there[0] is None:
        return here if there[0] is None else there
    if here[1] is not there[1]:
        return min(here, there, key=lambda found: (str(found[1]), found[0] or 0))
    begun = before[0] if before[0] is not None and before[1] is here[1] else 0
    grown = here[0] + there[0] - begun
    return (grown if grown > 0 else min(here[0], there[0])), here[1]


def _quantity(wanted: Wanted) -> tuple[int | None, Measure | None]:
    return (wanted.amount, None if wanted.amount is None else wanted.measure)
