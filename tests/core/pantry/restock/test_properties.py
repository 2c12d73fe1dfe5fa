"""What holds of the model for any household."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from custom_components.cerebro.core.pantry.model import Lot, Product, ProductId, Taste
from custom_components.cerebro.core.pantry.restock import Outlook
from custom_components.cerebro.core.pantry.restock.diary import KEPT

from ..lots import HAM, MILK, TODAY, lot
from .shopper import PLAIN, Shopper, noon

type Act = tuple[int, str, int]
"""How many days later, what, and how much of it in whole units."""

ACTS = st.lists(
    st.tuples(
        st.integers(0, 40),
        st.sampled_from(("buy", "buy", "buy", "use", "use", "waste", "count", "buy ham")),
        st.integers(1, 3000),
    ),
    min_size=1,
    max_size=25,
)
PRODUCTS = st.builds(
    lambda minimum, taste, pack: replace(MILK, minimum=minimum * 1000, taste=taste, pack=pack),
    st.sampled_from((0, 0, 500, 4000)),
    st.sampled_from((Taste.NEUTRAL, Taste.KEEP)),
    st.sampled_from((None, 750_000)),
)
properties = settings(max_examples=60, deadline=None)


def act(shopper: Shopper, act: Act, ago: int) -> None:
    """Do something so many days before today, as far as there is anything to do it with."""
    _, what, whole = act
    shopper.on(ago)
    there = shopper.stock.total(MILK.product_id) // 1000
    if what == "buy":
        shopper.bought(whole=whole, on=TODAY - timedelta(days=ago), good_for=whole % 60 or None)
    elif what == "buy ham":
        shopper.bought(whole=whole, of=HAM, on=TODAY - timedelta(days=ago))
    elif there and what == "use":
        shopper.used(min(whole, there))
    elif there and what == "waste":
        shopper.wasted(min(whole, there))
    elif there:
        shopper.counted(whole)


def household(acts: list[Act]) -> Shopper:
    """Return a household in which some things happened, the last of them today."""
    shopper, ago = Shopper(), sum(days for days, _, _ in acts)
    for one in acts:
        ago -= one[0]
        act(shopper, one, ago)
    shopper.on(0)
    return shopper


class Shelf:
    """A stock of which only what is there is known."""

    def __init__(self, product: Product, *lots: Lot) -> None:
        """Take what is there."""
        self.products = {product.product_id: product}
        self._lots = lots

    def there(self, _: ProductId) -> tuple[Lot, ...]:
        """Return what is there."""
        return self._lots

    def total(self, _: ProductId) -> int:
        """Return how much that is."""
        return sum(one.amount for one in self._lots)


@given(acts=ACTS, within=st.integers(0, 400))
@properties
def test_a_probability_is_one(acts: list[Act], within: int) -> None:
    shopper = household(acts)
    for one in shopper.proposals(within=within):
        assert 0 <= one.probability <= 1
        assert one.amount > 0
        assert one.left >= 0


@given(acts=ACTS, minimum=st.integers(0, 10_000_000))
@properties
def test_never_again_is_never_proposed(acts: list[Act], minimum: int) -> None:
    shopper = household(acts)
    shopper.described(replace(MILK, taste=Taste.NEVER, minimum=minimum))
    assert MILK.product_id not in {one.product_id for one in shopper.proposals(within=365)}


@given(acts=ACTS, product=PRODUCTS, less=st.integers(0, 5_000_000), more=st.integers(0, 5_000_000))
@properties
def test_more_stock_never_raises_the_probability(
    acts: list[Act], product: Product, less: int, more: int
) -> None:
    model = household(acts).model
    chances = []
    for amount in (less, less + more):
        shelf = Shelf(product, *([lot("there", amount=amount, bought=amount)] if amount else ()))
        seen = model.forecast(product, shelf, noon(TODAY), PLAIN)
        chances.append(0.0 if seen is None else seen.probability)
    assert chances[1] <= chances[0] + 1e-9


@given(acts=ACTS, product=PRODUCTS, soon=st.integers(0, 60), later=st.integers(0, 60))
@properties
def test_a_later_day_never_lowers_the_probability(
    acts: list[Act], product: Product, soon: int, later: int
) -> None:
    shopper = household(acts)
    chances = []
    for days in (soon, soon + later):
        seen = shopper.model.forecast(
            product, shopper.stock, noon(TODAY), PLAIN, TODAY + timedelta(days=days)
        )
        chances.append(0.0 if seen is None else seen.probability)
    assert chances[0] <= chances[1] + 1e-9


@given(acts=ACTS, more=ACTS.map(lambda acts: [(0, what, whole) for _, what, whole in acts]))
@properties
def test_what_is_taken_back_was_never_learned(acts: list[Act], more: list[Act]) -> None:
    shopper = household(acts)
    before = learned(shopper), shopper.proposals()
    known = len(shopper.changes)
    for one in more:
        act(shopper, one, 0)
    for change in reversed(shopper.changes[known:]):
        shopper.undone(change)
    after = learned(shopper), shopper.proposals()
    # A product that became known stays so only in the ledger, and ham may be all that there was.
    assert after == before


@given(acts=ACTS)
@properties
def test_looking_changes_nothing(acts: list[Act]) -> None:
    shopper = household(acts)
    before = deepcopy(learned(shopper))
    first = shopper.proposals()
    assert shopper.proposals() == first
    assert learned(shopper) == before


@given(acts=ACTS, guests=st.floats(1, 5))
@properties
def test_guests_never_lower_the_probability(acts: list[Act], guests: float) -> None:
    shopper = household(acts)
    usual = shopper.model.forecast(MILK, shopper.stock, noon(TODAY), PLAIN)
    if usual is None or any(one.best_before is not None for one in shopper.stock.there(MILK.product_id)):
        return
    busy = shopper.model.forecast(MILK, shopper.stock, noon(TODAY), Outlook(demand=always(guests)))
    assert busy is not None
    assert busy.probability >= usual.probability - 1e-9


def test_a_product_takes_no_more_room_after_ten_years() -> None:
    shopper = Shopper()
    for ago in range(3650, -1, -10):
        shopper.bought_ago(ago)
    days = shopper.model.diaries.products[MILK.product_id].days
    assert len(days) <= KEPT / 10 + 1
    assert (max(days) - min(days)).days <= KEPT
    assert len(shopper.model.diaries.trips(TODAY)) <= KEPT / 10 + 1


def always(factor: float) -> Callable[[date], float]:
    """Return a demand that is the same every day."""
    return lambda _: factor


def learned(shopper: Shopper) -> dict[ProductId, object]:
    """Return all that was learned of products of which anything is known."""
    diaries = shopper.model.diaries
    return {one: dict(diary.days) for one, diary in diaries.products.items() if diary.days}
