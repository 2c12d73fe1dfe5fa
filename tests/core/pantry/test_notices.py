"""What is told, once."""

from __future__ import annotations

from custom_components.cerebro.core.pantry.model import LotId, ProductId
from custom_components.cerebro.core.pantry.notices import News, Standing, news

LOW = Standing(low=frozenset({ProductId("milk")}))
SOON = Standing(soon_off=frozenset({LotId("b"), LotId("a")}))
PAST = Standing(past_date=frozenset({LotId("a")}))


def test_what_is_new_is_told_in_a_steady_order() -> None:
    assert news(Standing(), SOON) == News(soon_off=(LotId("a"), LotId("b")))


def test_what_was_told_is_not_told_again() -> None:
    assert news(LOW, LOW) == News()


def test_what_was_bought_and_ran_out_again_is_told_again() -> None:
    bought = Standing()
    assert news(LOW, bought) == News()
    assert news(bought, LOW) == News(low=(ProductId("milk"),))


def test_a_lot_past_its_date_is_told_apart_from_one_that_goes_off_soon() -> None:
    assert news(SOON, PAST) == News(past_date=(LotId("a"),))
