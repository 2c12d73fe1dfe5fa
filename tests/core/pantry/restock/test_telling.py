"""Why something is proposed is said as it is."""

from __future__ import annotations

from ..lots import TODAY
from .shopper import Shopper


def test_a_last_drop_runs_out_today_and_is_not_said_to_be_gone() -> None:
    shopper = Shopper().bought_ago(36, 30, 24, 18, 12, 6, whole=1202).used_daily(200, since=36)
    (milk,) = shopper.proposals(within=4)
    assert milk.left == 12_000
    assert milk.runs_out_on == TODAY
    assert milk.reason.key == "restock_runs_out"
    assert milk.reason.values["weekday"] == f"weekday_{TODAY.weekday()}"


def test_what_is_gone_is_said_to_be_gone() -> None:
    shopper = Shopper().bought_ago(36, 30, 24, 18, 12, 6, whole=1200).used_daily(200, since=36)
    (milk,) = shopper.proposals(within=4)
    assert milk.left == 0
    assert milk.reason.key == "restock_used_up"
