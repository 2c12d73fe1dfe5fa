"""What is foreseen is counted right, and nothing that is scored can be looked at before."""

from __future__ import annotations

import gzip
import json
from math import log2
from pathlib import Path
from typing import Any

import pytest

from benchmarks.recordings import UnreadableError
from benchmarks.restock.__main__ import main
from benchmarks.restock.baskets import Baskets, Fold, Household, Lesson
from benchmarks.restock.methods import METHODS, ranked
from benchmarks.restock.next_basket import measure
from benchmarks.restock.score import Reliability, ndcg, recall, score

FILES = ("history.json.gz", "future.json.gz", *(f"keyset_{number}.json.gz" for number in range(5)))


def lesson(user: str, *baskets: tuple[int, ...], then: set[int]) -> Lesson:
    """Return a household with what it bought next."""
    return Lesson(household=Household(user=user, baskets=baskets), following=frozenset(then))


def small_fold() -> Fold:
    """Return a fold in which everybody buys 1 all the time, and 2 now and then."""
    train = [lesson(f"t{n}", (1, 2), (1, 3), (1, 2), then={1, 2}) for n in range(6)]
    val = [lesson(f"v{n}", (1, 4), (1, 2), (1, n % 9), then={1, n % 5}) for n in range(40)]
    test = [lesson("a", (1, 2, 5), (1,), (1, 5), then={1, 9}), lesson("b", (6, 7), (6,), then={6, 2})]
    return Fold(train, val, test)


def write(folder: Path, name: str, what: Any) -> None:
    """Write a file of the baskets."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(gzip.compress(json.dumps(what).encode()))


def tiny(folder: Path) -> Path:
    """Write baskets of twelve users, of which the last two are tested."""
    users = [str(number) for number in range(12)]
    write(folder, "history.json.gz", {user: [[-1], [1, 2], [1, 3], [-1]] for user in users})
    write(folder, "future.json.gz", {user: [[-1], [1, 4], [-1]] for user in users})
    for number in range(5):
        keys = {"train": users[:8], "val": users[8:10], "test": users[10:], "item_num": 5}
        write(folder, f"keyset_{number}.json.gz", keys)
    return folder


def test_recall_is_the_share_of_the_basket() -> None:
    assert recall([1, 2, 3, 4], frozenset({2, 4, 9}), 2) == pytest.approx(1 / 3)
    assert recall([1, 2, 3, 4], frozenset({2, 4, 9}), 4) == pytest.approx(2 / 3)


def test_gain_is_measured_by_the_whole_basket_in_front() -> None:
    assert ndcg([1, 2], frozenset({1, 2}), 10) == pytest.approx(1)
    ideal = 1 + 1 / log2(3) + 1 / log2(4)
    assert ndcg([1, 7, 2], frozenset({1, 2, 3}), 2) == pytest.approx(1 / ideal)


def test_repeats_and_news_are_counted_apart() -> None:
    households = [
        Household(user="a", baskets=((1, 2),)),
        Household(user="b", baskets=((5,),)),
    ]
    found = score(
        households,
        {"a": [1, 8], "b": [6]},
        {"a": frozenset({1, 2, 8, 9}), "b": frozenset({7})},
    )
    assert found.recall[10] == pytest.approx((2 / 4 + 0) / 2)
    assert found.hit[10] == 0.5
    assert found.repeat[10] == pytest.approx(1 / 2), "only one of them bought anything again"
    assert found.explore[10] == pytest.approx((1 / 2 + 0) / 2)


def test_reliability_compares_what_was_stated_with_what_came() -> None:
    seen = Reliability()
    for came in (True, False, False, False):
        seen.add(0.25, came)
    seen.add(1.0, True)
    assert seen.error == pytest.approx(0)
    assert seen.rows == [["0.20", "4", "0.250", "0.250"], ["0.90", "1", "1.000", "1.000"]]


def test_what_test_users_bought_next_is_told_only_for_all_answers() -> None:
    fold = small_fold()
    with pytest.raises(ValueError, match="not all"):
        fold.reveal({"a": {}})
    assert fold.reveal({"a": {}, "b": {}})["b"] == {2, 6}
    assert not [
        name for name in vars(fold) if not name.startswith("_") and name not in {"train", "val", "test"}
    ]
    assert all(isinstance(one, Household) for one in fold.test)


@pytest.mark.parametrize("method", METHODS, ids=lambda one: one.title)
def test_every_method_answers_every_household(method: Any) -> None:
    fold = small_fold()
    result = measure(method, [fold])
    assert 0 < result.scores.recall[10] <= 1
    assert len(result.cells) == 12


@pytest.mark.parametrize("method", [one for one in METHODS if one.states_chances], ids=lambda one: one.title)
def test_what_is_bought_each_time_comes_first(method: Any) -> None:
    fold = small_fold()
    answer = method.learn(fold)(fold.test[0])
    assert ranked(answer)[0] == 1
    assert all(0 <= chance <= 1 for chance in answer.values())


def test_the_padding_is_no_basket(tmp_path: Path) -> None:
    fold = Baskets(tiny(tmp_path)).fold(0)
    assert fold.test[0].baskets == ((1, 2), (1, 3))
    assert fold.train[0].following == {1, 4}


def test_the_tuning_part_has_nobody_who_is_tested(tmp_path: Path) -> None:
    baskets = Baskets(tiny(tmp_path))
    tuning = baskets.tuning
    seen = {one.household.user for one in (*tuning.train, *tuning.val)} | {one.user for one in tuning.test}
    assert seen == {str(number) for number in range(10)}


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny(tmp_path) / name).unlink()
    with pytest.raises(UnreadableError, match=f"missing.*{name}"):
        Baskets(tmp_path)


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tiny(tmp_path) / "future.json.gz").write_bytes(b"no")
    with pytest.raises(UnreadableError, match=r"damaged.*future"):
        Baskets(tmp_path)


def test_without_baskets_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CEREBRO_DATA", str(tmp_path))
    monkeypatch.setattr("benchmarks.restock.run_outs.SEEDS", (1,))
    monkeypatch.setattr("benchmarks.restock.run_outs.DAYS", 90)
    main([])
    seen = capsys.readouterr()
    assert "!!! missing" in seen.err
    assert "purchases only" in seen.out
