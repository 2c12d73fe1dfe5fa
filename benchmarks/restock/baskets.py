"""Shopping baskets of many households, in folds: what may be looked at, and what is asked afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
import gzip
import json
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from ..recordings import UnreadableError

type Item = int
type Basket = tuple[Item, ...]
type User = str

PADDING: Final = [-1]
FOLDS: Final = 5
TRAIN: Final = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """The baskets of a household that are known, oldest first."""

    user: User
    baskets: tuple[Basket, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A household with the basket that followed: to learn from."""

    household: Household
    following: frozenset[Item]


class Fold:
    """One fold: the lessons may be learned from; what the test users bought next can only be scored."""

    def __init__(self, train: Iterable[Lesson], val: Iterable[Lesson], test: Iterable[Lesson]) -> None:
        """Take the three parts."""
        self.train = tuple(train)
        self.val = tuple(val)
        tested = tuple(test)
        self.test = tuple(lesson.household for lesson in tested)
        self.__following = {lesson.household.user: lesson.following for lesson in tested}

    def reveal(self, answers: Mapping[User, Any]) -> Mapping[User, frozenset[Item]]:
        """Return what every test user bought next, once all of them were answered.

        Raises:
            ValueError: when an answer is missing.
        """
        if answers.keys() != self.__following.keys():
            raise ValueError("not all test users were answered")
        return self.__following


class Baskets:
    """A public set of baskets under the protocol of Li et al. (TOIS 2023)."""

    def __init__(self, folder: Path) -> None:
        """Read it.

        Raises:
            UnreadableError: when a file is missing or damaged.
        """
        history, future = _read(folder / "history.json.gz"), _read(folder / "future.json.gz")
        self._keys = [_read(folder / f"keyset_{number}.json.gz") for number in range(FOLDS)]
        try:
            self._lessons = {
                user: Lesson(
                    household=Household(user=user, baskets=tuple(_real(baskets))),
                    following=frozenset(next(iter(_real(future[user])))),
                )
                for user, baskets in history.items()
            }
            self._tested = frozenset().union(*(keys["test"] for keys in self._keys))
        except (KeyError, TypeError, AttributeError, StopIteration) as error:
            raise UnreadableError(f"damaged: {folder}: {error!r}") from error

    @property
    def never_tested(self) -> tuple[Lesson, ...]:
        """The households that are tested in no fold: what the core's weights may be chosen on."""
        return tuple(lesson for user, lesson in self._lessons.items() if user not in self._tested)

    @property
    def tuning(self) -> Fold:
        """Return a fold of those who are tested in none: 7 parts to train, 1 to weigh, 2 to look at."""
        parts: dict[str, list[Lesson]] = {"train": [], "val": [], "test": []}
        for lesson in self.never_tested:
            tenth = crc32(lesson.household.user.encode()) % 10
            parts["train" if tenth < TRAIN else "val" if tenth == TRAIN else "test"].append(lesson)
        return Fold(parts["train"], parts["val"], parts["test"])

    def fold(self, number: int) -> Fold:
        """Return a fold."""
        keys = self._keys[number]
        train, val, test = ((self._lessons[user] for user in keys[part]) for part in ("train", "val", "test"))
        return Fold(train, val, test)


def _real(baskets: Iterable[list[int]]) -> Iterable[Basket]:
    return (tuple(basket) for basket in baskets if basket != PADDING)


def _read(path: Path) -> Any:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return json.load(lines)
    except FileNotFoundError as error:
        raise UnreadableError(f"missing: {path}") from error
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableError(f"damaged: {path}: {error!r}") from error
