"""Ways to foresee the next basket: each is given what may be looked at, and answers for one household."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from demo.thought.pantry.restock.trips import next_trip

from .baskets import Basket, Fold, Household, Item
from .others import WithOthers
from .score import LONGEST

type Foresee = Callable[[Household], Mapping[Item, float]]
"""How strongly each thing is proposed: with a probability, or with any number that ranks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A way to foresee."""

    title: str
    learn: Callable[[Fold], Foresee]
    """What makes it from the parts of a fold that may be looked at."""
    states_chances: bool = False


def ranked(found: Mapping[Item, float]) -> list[Item]:
    """Return what is proposed most strongly; what is equal stays in its order."""
    return list(islice(sorted(found, key=lambda item: -found[item]), LONGEST))


def _popular(fold: Fold) -> list[Item]:
    counts: Counter[Item] = Counter()
    for lesson in fold.train:
        counts.update(item for basket in lesson.household.baskets for item in basket)
    return [item for item, _ in counts.most_common(4 * LONGEST)]


def _below(found: Mapping[Item, float], popular: Sequence[Item]) -> dict[Item, float]:
    """Return what was found, and what is popular with everybody below it."""
    least = min(found.values(), default=0.0)
    below = {item: least - 1 - place for place, item in enumerate(popular) if item not in found}
    return dict(found) | below


def _often(baskets: Sequence[Basket]) -> dict[Item, float]:
    return dict(Counter(item for basket in baskets for item in basket).items())


def _popular_alone(fold: Fold) -> Foresee:
    popular = _below({}, _popular(fold))
    return lambda _: popular


def _bought_often(_: Fold) -> Foresee:
    return lambda household: _often(household.baskets)


def _often_then_popular(fold: Fold) -> Foresee:
    popular = _popular(fold)
    return lambda household: _below(_often(household.baskets), popular)


def _own(_: Fold) -> Foresee:
    return lambda household: next_trip(household.baskets)


def _own_then_popular(fold: Fold) -> Foresee:
    popular = _popular(fold)
    return lambda household: _below(next_trip(household.baskets), popular)


def _with_others(fold: Fold) -> Foresee:
    return WithOthers(fold.train, fold.val).chances


METHODS = (
    Method(title="popular (G-TopFreq)", learn=_popular_alone),
    Method(title="bought often (P-TopFreq)", learn=_bought_often),
    Method(title="often, then popular (GP-TopFreq)", learn=_often_then_popular),
    Method(title="Cerebro, own trips", learn=_own, states_chances=True),
    Method(title="Cerebro, own trips, then popular", learn=_own_then_popular),
    Method(title="Cerebro, with others' baskets", learn=_with_others, states_chances=True),
)
