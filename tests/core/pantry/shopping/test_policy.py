"""A list is told once for each shopping day, by day, and as far as the user lets it be."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from custom_components.cerebro.core.autonomy import Autonomy
from custom_components.cerebro.core.pantry.shopping.policy import (
    BY_AUTONOMY,
    LATER,
    Push,
    Standing,
    is_stale,
    postponed,
    push_of,
)
from custom_components.cerebro.core.pantry.shopping.slots import Slot
from custom_components.cerebro.core.reason import Reason

from .shelves import SHOP

PARIS = ZoneInfo("Europe/Paris")
SATURDAY = date(2026, 11, 28)
SLOT = Slot(
    shop_id=SHOP,
    start=datetime(2026, 11, 28, 8, tzinfo=UTC),
    end=datetime(2026, 11, 28, 9, tzinfo=UTC),
    reason=Reason(key="slot_soonest"),
)
FRIDAY_EVENING = datetime(2026, 11, 27, 17, tzinfo=UTC)


def pushed(
    now: datetime = FRIDAY_EVENING,
    *,
    autonomy: Autonomy = Autonomy.ASK,
    standing: Standing | None = None,
    items: int = 3,
) -> Push:
    return push_of(autonomy, SLOT, standing, now, PARIS, items=items)


@pytest.mark.parametrize("autonomy", Autonomy)
def test_it_is_done_as_far_as_the_user_lets_it(autonomy: Autonomy) -> None:
    assert pushed(autonomy=autonomy) is BY_AUTONOMY[autonomy]


def test_only_what_observes_says_nothing() -> None:
    assert [one for one, push in BY_AUTONOMY.items() if push is Push.NOTHING] == [Autonomy.OBSERVE]


def test_it_is_told_the_evening_before_and_not_earlier() -> None:
    assert pushed(FRIDAY_EVENING - timedelta(seconds=1)) is Push.NOTHING
    assert pushed(FRIDAY_EVENING) is Push.ASK


def test_nobody_is_told_at_night() -> None:
    assert pushed(datetime(2026, 11, 27, 21, tzinfo=UTC)) is Push.NOTHING
    assert pushed(datetime(2026, 11, 28, 6, tzinfo=UTC)) is Push.ASK


def test_it_is_not_told_once_it_is_over() -> None:
    assert pushed(SLOT.end) is Push.NOTHING


def test_an_empty_list_is_not_told() -> None:
    assert pushed(items=0) is Push.NOTHING


def test_a_shop_that_is_closed_is_not_told_of() -> None:
    assert push_of(Autonomy.ACT, None, None, FRIDAY_EVENING, PARIS, items=1) is Push.NOTHING


@pytest.mark.parametrize("standing", [Standing(day=SATURDAY, done=True), Standing(day=SATURDAY, asked=True)])
def test_it_is_told_once_for_each_shopping_day(standing: Standing) -> None:
    assert pushed(standing=standing) is Push.NOTHING


def test_what_was_told_for_another_day_is_no_hindrance() -> None:
    assert pushed(standing=Standing(day=SATURDAY - timedelta(days=3), done=True)) is Push.ASK


def test_later_is_two_hours_later() -> None:
    morning = datetime(2026, 11, 28, 6, tzinfo=UTC)
    standing = postponed(Standing(day=SATURDAY, asked=True), morning)
    assert pushed(morning + LATER - timedelta(seconds=1), standing=standing) is Push.NOTHING
    assert pushed(morning + LATER, standing=standing) is Push.ASK


def test_a_question_waits_until_its_shopping_day_is_over_or_nothing_is_left_to_buy() -> None:
    asked = Standing(day=SATURDAY, asked=True)
    midnight = datetime(2026, 11, 28, 23, tzinfo=UTC)
    assert not is_stale(asked, midnight - timedelta(seconds=1), PARIS, items=1)
    assert is_stale(asked, midnight, PARIS, items=1)
    assert is_stale(asked, FRIDAY_EVENING, PARIS, items=0)


def test_what_is_not_asked_is_no_question_in_vain() -> None:
    assert not is_stale(Standing(day=SATURDAY), FRIDAY_EVENING + timedelta(days=9), PARIS, items=0)
