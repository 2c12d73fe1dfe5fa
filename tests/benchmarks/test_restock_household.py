"""The simulated household: the same from one seed, and what is foreseen of it is counted right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from benchmarks.restock.household import Diligence, Household, lasts
from benchmarks.restock.run_outs import FixedMinimum, TotalOverSpan, foreseen, live
from demo.thought.pantry.model import Change, What


def lived(diligence: Diligence, days: int = 40, seed: int = 5) -> tuple[Household, list[Change]]:
    """Return a household after some days."""
    home = Household(seed, diligence)
    return home, [change for day in range(days) for change in home.changes(day)]


def test_a_seed_is_always_the_same_household() -> None:
    assert lived(Diligence.ALL)[1] == lived(Diligence.ALL)[1]


def test_who_writes_everything_down_has_what_the_ledger_says() -> None:
    home, _ = lived(Diligence.ALL)
    for thing in home.things:
        total = sum(home.stock.total(one.product_id) for one in (thing.product, thing.second) if one)
        assert total / 1000 == pytest.approx(thing.left, abs=0.01)


def test_who_writes_purchases_down_uses_as_much_and_tells_none_of_it() -> None:
    home, changes = lived(Diligence.PURCHASES)
    assert {change.what for change in changes} == {What.BOUGHT}
    diligent, _ = lived(Diligence.ALL)
    assert [one.left for one in home.things] == [one.left for one in diligent.things]


@pytest.mark.parametrize(
    ("parts", "needs", "days"),
    [
        ([(99, 3.0)], [1.0, 1.0, 1.0, 1.0], 3),
        ([(99, 3.5)], [1.0, 1.0, 1.0, 1.0], 4),
        ([(99, 9.0)], [1.0, 1.0], None),
        ([(12, 9.0)], [1.0] * 9, 4),
        ([(11, 9.0), (99, 2.0)], [1.0] * 9, 4),
    ],
)
def test_what_is_there_lasts_until_it_is_used_or_off(
    parts: list[tuple[int, float]], needs: list[float], days: int | None
) -> None:
    assert lasts(parts, needs, first=10) == days


def test_total_over_span_is_what_was_used_by_day() -> None:
    home, changes = lived(Diligence.ALL)
    way = TotalOverSpan()
    for change in changes:
        way.learn(change)
    product_id = next(entry.product_id for change in changes for entry in change.entries)
    first = next(one.at for one in changes if one.entries[0].product_id == product_id)
    used = -sum(
        entry.delta
        for change in changes
        if change.what is What.USED
        for entry in change.entries
        if entry.product_id == product_id
    )
    now = first + timedelta(days=40)
    expected = home.stock.total(product_id) / (used / 40)
    assert way.guess(product_id, home.stock, now).days == pytest.approx(expected)


def test_a_minimum_tells_no_day() -> None:
    home, changes = lived(Diligence.ALL)
    way = FixedMinimum()
    for change in changes:
        way.learn(change)
    guess = way.guess(changes[0].entries[0].product_id, home.stock, datetime(2025, 3, 1, tzinfo=UTC))
    assert guess.days is None
    assert guess.alarm <= 0


def test_what_is_foreseen_at_a_share_of_false_alarms_by_hand() -> None:
    alarms = [(0.9, True), (0.8, True), (0.7, False), (0.6, True), (0.5, True), (0.1, True), (0.0, False)]
    assert foreseen(alarms, 0.2) == pytest.approx(1.0)
    assert foreseen(alarms, 0.0) == pytest.approx(2 / 5)
    assert foreseen([(0.5, True), (0.5, False)], 0.2) == 0, "equal alarms are raised together"


def test_cerebro_is_better_than_total_over_span_on_a_household() -> None:
    year = live((7,), Diligence.ALL)
    _, span, cerebro, limit = year.looks
    mean = {one.title: sum(one.errors) / len(one.errors) for one in (span, cerebro, limit)}
    assert mean[cerebro.title] < mean[span.title]
    assert mean[limit.title] < mean[cerebro.title]
    assert cerebro.foreseen > span.foreseen
