"""What a lot is worth: the part of its price that is left, to the thousandth of the currency."""

from __future__ import annotations

from .model import Lot


def value(lot: Lot) -> int:
    """Return what is left of a lot's price, rounded down; nothing when its price is not known.

    All of it is worth its whole price and none of it nothing, so that what is taken bit by bit adds up to
    the price: what a taking costs is the difference of the values before and after.
    """
    return part_of_price(lot.price, lot.amount, lot.bought)


def part_of_price(price: int | None, amount: int, bought: int) -> int:
    """Return the price of an amount out of what was bought at a price, rounded down."""
    return price * amount // bought if price and bought else 0


def price_of_part(lot: Lot, part: int) -> int | None:
    """Return which share of a lot's price goes with a part that is split off it.

    The part is ``0 < part < amount``. Both prices add up to the lot's, and both values to its value. The fair
    share ``price * part / bought``, rounded down, can leave the sum of the values a thousandth short; then
    the part takes that thousandth.
    """
    if lot.price is None:
        return None
    fair = part_of_price(lot.price, part, lot.bought)
    used = lot.bought - lot.amount
    if not used:
        return fair
    # Solved for the share: (price - share) * (amount - part) // (bought - part) + share >= value. The left
    # side grows by at most one with each thousandth, and reaches the value at the fair share rounded up.
    short = value(lot) * (lot.bought - part) - lot.price * (lot.amount - part)
    return max(fair, -(-short // used))
