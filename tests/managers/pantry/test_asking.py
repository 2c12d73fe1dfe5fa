"""The answers to a list name their shop and shopping day, whatever the shop's id is."""

from __future__ import annotations

from datetime import date

import pytest

from custom_components.cerebro.core.pantry.model import ShopId
from custom_components.cerebro.managers.pantry.asking import Reply, action_id, reply_of

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "given",
    [None, 3, "", "CEREBRO_UP_run", "CEREBRO_LIST_SEND_someday_market", "CEREBRO_LIST_EAT_2026-11-28_market"],
)
def test_what_is_no_answer_to_a_list_is_none(given: object) -> None:
    assert reply_of(given) is None


def test_a_shop_may_have_any_id() -> None:
    odd = ShopId("a_b_01")
    assert reply_of(action_id(Reply.LATER, odd, SATURDAY)) == (odd, SATURDAY, Reply.LATER)
