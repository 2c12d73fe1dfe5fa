"""What the baskets of other households tell: what a prior that ships with the model would be worth.

Three things are counted over the train users: how often something is bought at all, how often it is bought
again, and what is bought together with it or on the next trip. Two logistic regressions, fitted on the val
users, turn that and the score of the core's own model into one probability, for what the household bought
before and for what it did not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from demo.thought.pantry.restock.trips import RECENT, scores

from .baskets import Basket, Household, Item, Lesson

POPULAR: Final = 400
"""So many popular things may be proposed to those who never bought them."""
NEIGHBOURS: Final = 200
"""So many things that go with what was bought may be proposed."""
FEWEST: Final = 3
"""What followed less often than that is chance."""
DOUBT: Final = 20
"""As many purchases without the other one are added to each pair."""
AGAIN_DOUBT: Final = 8
FADING: Final = 0.8
LEAST: Final = 1e-3
MOST_LOGIT: Final = 30.0
RIDGE: Final = 1.0
STEPS: Final = 30

type Floats = NDArray[np.float64]
type Pairs = Mapping[Item, Sequence[tuple[Item, float]]]


class Others:
    """What was counted over many households."""

    def __init__(self, lessons: Iterable[Lesson]) -> None:
        """Count."""
        self._users = 0
        self._bought: Counter[Item] = Counter()
        known: Counter[Item] = Counter()
        kept: Counter[Item] = Counter()
        trips: Counter[Item] = Counter()
        again: Counter[Item] = Counter()
        all_trips: Counter[Item] = Counter()
        before: Counter[Item] = Counter()
        together: Counter[tuple[Item, Item]] = Counter()
        follows: Counter[tuple[Item, Item]] = Counter()
        for lesson in lessons:
            self._users += 1
            baskets = lesson.household.baskets
            self._bought.update(lesson.following)
            seen: set[Item] = set()
            for number, basket in enumerate([*map(frozenset, baskets), lesson.following]):
                trips.update(seen)
                again.update(seen & basket)
                if number:
                    earlier = frozenset(baskets[number - 1])
                    before.update(earlier)
                    follows.update((one, other) for one in earlier for other in basket)
                if number < len(baskets):
                    all_trips.update(basket)
                    seen |= basket
                together.update((one, other) for one in basket for other in basket if one != other)
            known.update(seen)
            kept.update(seen & lesson.following)
        self._kept = _ratios(kept, known)
        self._again = _ratios(again, trips)
        self._together = _pairs(together, all_trips)
        self._follows = _pairs(follows, before)
        self.popular = [item for item, _ in self._bought.most_common(POPULAR)]

    def popularity(self, item: Item) -> float:
        """Return the logarithm of the share of users who bought something on their last trip."""
        return log((self._bought[item] + 0.5) / self._users)

    def features(self, household: Household) -> Iterator[tuple[Item, bool, list[float]]]:
        """Return each thing that may be proposed, whether it was bought before, and what speaks for it."""
        baskets = household.baskets
        own = scores(baskets)
        highest = max(own.values())
        all_own = highest + log(sum(exp(one - highest) for one in own.values()))
        size = log(sum(map(len, baskets)) / len(baskets))
        together = _spread(self._together, baskets)
        follows = _spread(self._follows, baskets)
        near = sorted(follows, key=lambda item: -follows[item])[:NEIGHBOURS]
        for item in dict.fromkeys([*own, *self.popular, *near]):
            what = [
                self.popularity(item),
                self._kept.get(item, 0.0),
                self._again.get(item, 0.0),
                log(together.get(item, 0.0) + LEAST),
                log(follows.get(item, 0.0) + LEAST),
                size,
            ]
            if item in own:
                what += [own[item], all_own, log(min(RECENT, len(baskets)))]
            yield item, item in own, what


class WithOthers:
    """The core's model with what other households do."""

    def __init__(self, train: Iterable[Lesson], val: Iterable[Lesson]) -> None:
        """Count on the train users, and weigh on the val users."""
        self._others = Others(train)
        rows: dict[bool, list[list[float]]] = {True: [], False: []}
        came: dict[bool, list[bool]] = {True: [], False: []}
        for lesson in val:
            for item, known, what in self._others.features(lesson.household):
                rows[known].append(what)
                came[known].append(item in lesson.following)
        self._weights = {known: _fitted(np.array(rows[known]), np.array(came[known])) for known in rows}

    @property
    def popular(self) -> Sequence[Item]:
        """The most popular things, the most popular first."""
        return self._others.popular

    def chances(self, household: Household) -> dict[Item, float]:
        """Return the chance that each thing is bought next."""
        found: dict[Item, float] = {}
        parts: dict[bool, tuple[list[Item], list[list[float]]]] = {True: ([], []), False: ([], [])}
        for item, known, what in self._others.features(household):
            parts[known][0].append(item)
            parts[known][1].append(what)
        for known, (items, rows) in parts.items():
            if items:
                weights = self._weights[known]
                logits = np.clip(np.array(rows) @ weights[1:] + weights[0], -MOST_LOGIT, MOST_LOGIT)
                found.update(zip(items, (1 / (1 + np.exp(-logits))).tolist(), strict=True))
        return found


def _ratios(part: Counter[Item], whole: Counter[Item]) -> dict[Item, float]:
    """Return for each item the logarithm of its ratio over that of all, shrunk to it."""
    usual = part.total() / whole.total()
    return {
        item: log((part[item] + AGAIN_DOUBT * usual) / (count + AGAIN_DOUBT) / usual)
        for item, count in whole.items()
    }


def _pairs(pairs: Counter[tuple[Item, Item]], ones: Counter[Item]) -> Pairs:
    """Return for each item how often others come with it."""
    found: defaultdict[Item, list[tuple[Item, float]]] = defaultdict(list)
    for (one, other), count in pairs.items():
        if count >= FEWEST:
            found[one].append((other, count / (ones[one] + DOUBT)))
    return found


def _spread(pairs: Pairs, baskets: Sequence[Basket]) -> dict[Item, float]:
    """Return how strongly what was bought calls for other things; what is longer ago counts less."""
    found: defaultdict[Item, float] = defaultdict(float)
    for ago, basket in enumerate(reversed(baskets)):
        weight = FADING**ago
        for item in basket:
            for other, share in pairs.get(item, ()):
                found[other] += weight * share
    return found


def _fitted(rows: Floats, came: NDArray[np.bool_]) -> Floats:
    """Return the constant and the weights of a logistic regression, by Newton's method."""
    mean, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    matrix = np.column_stack([np.ones(len(rows)), (rows - mean) / scale])
    weights = np.zeros(matrix.shape[1])
    ridge = RIDGE * np.eye(matrix.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        slope = matrix.T @ (came - chance) - ridge @ weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + ridge
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-7:
            break
    slopes = weights[1:] / scale
    return np.concatenate([[weights[0] - slopes @ mean], slopes])
