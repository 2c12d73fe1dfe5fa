"""The demo household's eight weeks of shopping and eating."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from custom_components.cerebro.core.pantry.barcode import read
from custom_components.cerebro.core.pantry.exchange import archive
from custom_components.cerebro.core.pantry.model import Place, ProductId, What
from demo.goods import GOODS, SHELVES
from demo.larder import DAYS, LEFT, eight_weeks

TODAY = date(2026, 11, 25)
PARIS = ZoneInfo("Europe/Paris")


def exported(language: str = "en", *, today: date = TODAY, seed: int = 16) -> archive.Archive:
    return archive.read(eight_weeks(language=language, today=today, zone=PARIS, seed=seed))


def left(found: archive.Archive, key: str) -> int:
    product = found.stock.find(f"demo_{key}")
    assert product is not None
    return found.stock.total(product.product_id) // 1000


def test_what_is_exported_can_be_brought_in() -> None:
    found = exported()
    assert len(found.changes) > 300
    assert {change.what for change in found.changes} == {What.BOUGHT, What.USED}
    assert {one.place for one in found.locations} == set(Place)
    assert {lot.pantry_id for lot in found.stock.all_there()} <= set(SHELVES.values())


def test_it_is_always_the_same_household() -> None:
    document = eight_weeks(language="en", today=TODAY, zone=PARIS, seed=16)
    assert document == eight_weeks(language="en", today=TODAY, zone=PARIS, seed=16)
    assert document != eight_weeks(language="en", today=TODAY, zone=PARIS, seed=17)


def test_it_lives_before_today_and_in_order() -> None:
    changes = exported().changes
    assert all(one.at < two.at and one.change_id < two.change_id for one, two in pairwise(changes))
    assert changes[-1].at < datetime.combine(TODAY, datetime.min.time(), tzinfo=PARIS).astimezone(UTC)
    assert changes[0].at.date() == TODAY - timedelta(days=DAYS)


@pytest.mark.parametrize("weekday", range(7))
@pytest.mark.parametrize("seed", [7, 16])
def test_this_morning_there_is_a_little_milk_and_coffee_and_no_sugar(weekday: int, seed: int) -> None:
    found = exported(today=TODAY + timedelta(days=weekday), seed=seed)
    assert {key: left(found, key) for key in LEFT} == LEFT
    assert LEFT["sugar"] == 0
    assert left(found, "pasta") > 0


def test_everything_was_bought_several_times() -> None:
    found = exported()
    bought = Counter(one.entries[0].product_id for one in found.changes if one.what is What.BOUGHT)
    assert min(bought[ProductId(f"demo_{key}")] for key in GOODS) >= 3


def test_a_french_household_calls_things_in_french_and_knows_them_in_english() -> None:
    stock = exported("fr").stock
    milk = stock.find("lait")
    assert milk is not None
    assert (milk.name, milk.aliases) == ("Lait", ("Milk",))
    assert stock.find("milk") == milk


def test_every_good_has_a_code_that_scanners_read() -> None:
    for good in GOODS.values():
        assert read(good.gtin, TODAY).gtin == good.gtin.zfill(14)
