"""The benchmark of the ledger measures what it says."""

from __future__ import annotations

import json

import pytest

from benchmarks import ledger
from benchmarks.ledger import GOAL_S, Household, Loading, Timing, five_years, load, measure_changes
from demo.thought.pantry.model import What


def test_a_ledger_is_five_years_of_purchases_and_of_what_became_of_them() -> None:
    lines = five_years(300)
    stock, tally = load(lines)
    what = [json.loads(line)["what"] for line in lines]
    assert {What.BOUGHT, What.USED, What.WASTED, What.MOVED} == set(what)
    assert what.count(What.BOUGHT) >= 300
    assert len(stock.lots) >= 300
    assert (max(tally.months) - min(tally.months)).days > 4.9 * 365
    assert tally.value > 0


def test_the_same_household_is_measured_every_time() -> None:
    assert five_years(50) == five_years(50)


def test_every_change_is_one_that_can_be_made() -> None:
    home = Household(products=3)
    for _ in range(10):
        home.stock.apply(home.buy())
    for _ in range(30):
        assert home.stock.apply(home.change())


def test_a_measurement_counts_wish_and_change_together() -> None:
    found = measure_changes(50, products=5, changes=4)
    assert (found.lots, found.products, len(found.wishes), len(found.changes)) == (50, 5, 4, 4)
    timing = Timing(lots=1000, products=1, wishes=(1.0, 2.0, 9.0), changes=(4.0, 3.0, 1.0))
    assert timing.middle == 5
    assert timing.cells == ["1,000", "1", "2.0", "3.0", "5.0", "10"]


def test_the_goal_is_told_with_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def loading() -> Loading:
        return Loading(lines=3, lots=1, size=1 << 20, seconds=(GOAL_S,), memory=2 << 20)

    def timing(lots: int, products: int) -> Timing:
        return Timing(lots=lots, products=products, wishes=(1.0,), changes=(lots / 1000,))

    monkeypatch.setattr(ledger, "measure_loading", loading)
    monkeypatch.setattr(ledger, "measure_changes", timing)
    ledger.main()
    out = capsys.readouterr().out
    assert "10,000 purchases in less than 1 s: missed" in out
    assert "10 times the lots of 1: 5.50 times the time" in out
