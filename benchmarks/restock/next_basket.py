"""The next basket of public households: each method on each fold, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
import time
import tracemalloc

from ..table import print_table
from .baskets import Fold
from .methods import METHODS, Method, ranked
from .score import Reliability, Scores, mean_of, score

TITLES = (
    "",
    "R@10",
    "nDCG@10",
    "PHR@10",
    "R@20",
    "nDCG@20",
    "PHR@20",
    "repeat R@10",
    "repeat R@20",
    "explore R@10",
    "ms a household",
    "kB a household",
)
SAMPLED = 200
"""The memory of so many households is measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How a method did."""

    method: Method
    scores: Scores
    reliability: Reliability
    milliseconds: float
    kilobytes: float
    """The most memory that an answer took while it was worked out."""

    @property
    def cells(self) -> list[str]:
        """The line as it is printed."""
        one = self.scores
        return [
            self.method.title,
            *(f"{part[cut]:.4f}" for cut in (10, 20) for part in (one.recall, one.ndcg, one.hit)),
            f"{one.repeat[10]:.4f}",
            f"{one.repeat[20]:.4f}",
            f"{one.explore[10]:.4f}",
            f"{self.milliseconds:.2f}",
            f"{self.kilobytes:.1f}",
        ]


def measure(method: Method, folds: Iterable[Fold]) -> Result:
    """Return how a method does on the test users of folds."""
    reliability, found, seconds, users, memory = Reliability(), [], 0.0, 0, 0
    for fold in folds:
        foresee = method.learn(fold)
        start = time.perf_counter()
        answers = {household.user: foresee(household) for household in fold.test}
        seconds += time.perf_counter() - start
        users += len(answers)
        following = fold.reveal(answers)
        rankings = {user: ranked(answer) for user, answer in answers.items()}
        found.append(score(fold.test, rankings, following))
        if method.states_chances:
            for user, answer in answers.items():
                for item, chance in answer.items():
                    reliability.add(chance, item in following[user])
        del answers
        tracemalloc.start()
        for household in fold.test[:SAMPLED]:
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            foresee(household)
            memory = max(memory, tracemalloc.get_traced_memory()[1] - before)
        tracemalloc.stop()
    return Result(
        method=method,
        scores=mean_of(found),
        reliability=reliability,
        milliseconds=1000 * seconds / users,
        kilobytes=memory / 1024,
    )


def show(folds: Iterable[Fold], methods: Sequence[Method] = METHODS) -> None:
    """Measure the methods and print them."""
    kept = list(folds)
    results = [measure(method, kept) for method in methods]
    users = sum(len(fold.test) for fold in kept)
    print(f"The next basket of {users:,} test users, mean of the folds ({len(kept)})\n")
    print_table(TITLES, [one.cells for one in results])
    for one in results:
        if one.method.states_chances:
            print(f"\n{one.method.title}: stated chances, off by {one.reliability.error:.4f} on average\n")
            print_table(("from", "things", "stated", "came true"), one.reliability.rows)
