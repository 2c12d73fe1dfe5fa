"""How good a ranking of items is, by the protocol; and whether stated probabilities come true."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from statistics import fmean
from typing import Final

from .baskets import Household, Item, User

CUTS: Final = (10, 20)
LONGEST: Final = max(CUTS)
type Ranking = Sequence[Item]


def recall(ranking: Ranking, following: frozenset[Item], cut: int) -> float:
    """Return the share of a basket that is among the first of a ranking."""
    return len(following.intersection(ranking[:cut])) / len(following)


def ndcg(ranking: Ranking, following: frozenset[Item], cut: int) -> float:
    """Return the discounted gain over that of the best ranking, which has the whole basket in front."""
    gain = sum(1 / log2(place + 2) for place, item in enumerate(ranking[:cut]) if item in following)
    return gain / sum(1 / log2(place + 2) for place in range(len(following)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """The means over the users of a fold, by the number of items that are looked at."""

    recall: Mapping[int, float]
    ndcg: Mapping[int, float]
    hit: Mapping[int, float]
    """The share of users with at least one hit."""
    repeat: Mapping[int, float]
    """Recall of what they had bought before, over those who bought any of it."""
    explore: Mapping[int, float]
    """Recall of what was new, over those who bought anything new."""


def score(
    households: Iterable[Household],
    rankings: Mapping[User, Ranking],
    following: Mapping[User, frozenset[Item]],
) -> Scores:
    """Score the rankings of all test users."""
    all_of, again, new = [], [], []
    for household in households:
        ranking, bought = rankings[household.user], following[household.user]
        before = bought.intersection(item for basket in household.baskets for item in basket)
        all_of.append((ranking, bought))
        if before:
            again.append((ranking, before))
        if bought - before:
            new.append((ranking, bought - before))
    return Scores(
        recall={cut: _mean(recall(*one, cut) for one in all_of) for cut in CUTS},
        ndcg={cut: _mean(ndcg(*one, cut) for one in all_of) for cut in CUTS},
        hit={cut: _mean(recall(*one, cut) > 0 for one in all_of) for cut in CUTS},
        repeat={cut: _mean(recall(*one, cut) for one in again) for cut in CUTS},
        explore={cut: _mean(recall(*one, cut) for one in new) for cut in CUTS},
    )


def mean_of(folds: Sequence[Scores]) -> Scores:
    """Return the mean of several folds."""

    def mean(name: str) -> dict[int, float]:
        return {cut: fmean(getattr(one, name)[cut] for one in folds) for cut in CUTS}

    return Scores(
        recall=mean("recall"),
        ndcg=mean("ndcg"),
        hit=mean("hit"),
        repeat=mean("repeat"),
        explore=mean("explore"),
    )


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return fmean(found) if found else 0.0


BINS: Final = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
"""Where the bins of stated probabilities begin."""


class Reliability:
    """Stated probabilities beside how often they came true."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts = [0] * len(BINS)
        self._stated = [0.0] * len(BINS)
        self._true = [0] * len(BINS)

    def add(self, stated: float, came_true: bool) -> None:
        """Take in one."""
        place = max(number for number, least in enumerate(BINS) if stated >= least)
        self._counts[place] += 1
        self._stated[place] += stated
        self._true[place] += came_true

    @property
    def error(self) -> float:
        """The expected calibration error."""
        gaps = (abs(stated - true) for stated, true in zip(self._stated, self._true, strict=True))
        return sum(gaps) / max(1, sum(self._counts))

    @property
    def rows(self) -> list[list[str]]:
        """The lines of the table: from, how many, stated, came true."""
        return [
            [f"{least:.2f}", f"{count:,}", f"{stated / count:.3f}", f"{true / count:.3f}"]
            for least, count, stated, true in zip(BINS, self._counts, self._stated, self._true, strict=True)
            if count
        ]
