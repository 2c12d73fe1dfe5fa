"""Why something is proposed is said as it is."""

from __future__ import annotations

from datetime import timedelta

from ..lots import HAM, MILK, TODAY
from .shopper import Shopper


def test_a_last_drop_runs_out_today_and_is_not_said_to_be_gone() -> None:
    shopper = Shopper().bought_ago(36, 30, 24, 18, 12, 6, whole=1202).used_daily(200, since=36)
    (milk,) = shopper.proposals(within=4)
    assert milk.left == 12_000
    assert milk.runs_out_on == TODAY
    assert milk.reason.key == "restock_runs_out"
    assert milk.reason.values["weekday"] == f"weekday_{TODAY.weekday()}"


def test_what_is_past_its_date_is_not_said_to_be_used_up() -> None:
    shopper = Shopper().bought_ago(36, 30, 24, 18, 12, 6, whole=1200, good_for=8).used_daily(150, since=36)
    shopper.on(0).wasted(whole=shopper.stock.total(MILK.product_id) / 1000)
    shopper.on(3).bought(whole=900, on=TODAY - timedelta(days=3), good_for=2)
    (milk,) = shopper.proposals(within=2)
    assert milk.probability > 0.8
    assert milk.reason.key == "restock_past_date"


def test_what_lasts_for_years_is_said_to() -> None:
    shopper = Shopper().bought_ago(*range(0, 70, 7), whole=1, of=HAM)
    shopper.bought_ago(480, 470, 460, whole=100).on(450).used(100)
    shopper.on(0).bought(whole=2000, on=TODAY)
    seen = {one.product_id: one for one in shopper.proposals(within=400)}
    assert seen[MILK.product_id].runs_out_on is None
    assert seen[MILK.product_id].reason.key == "restock_lasts_long"


def test_what_is_gone_is_said_to_be_gone() -> None:
    shopper = Shopper().bought_ago(36, 30, 24, 18, 12, 6, whole=1200).used_daily(200, since=36)
    (milk,) = shopper.proposals(within=4)
    assert milk.left == 0
    assert milk.reason.key == "restock_used_up"
