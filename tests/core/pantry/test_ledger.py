"""The ledger: what is written is what is read, in every version, and nothing else is taken for a change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta, timezone
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
import pytest

from custom_components.cerebro.core.pantry import ledger
from custom_components.cerebro.core.pantry.categories import Category
from custom_components.cerebro.core.pantry.entries import changed, made, undone
from custom_components.cerebro.core.pantry.errors import PantryError
from custom_components.cerebro.core.pantry.ledger import (
    LedgerDamagedError,
    LedgerNewerError,
    from_json,
    migrate,
    replay,
    to_json,
)
from custom_components.cerebro.core.pantry.model import (
    Change,
    ChangeId,
    Lot,
    LotId,
    PantryId,
    Product,
    ProductId,
    ShopId,
    Taste,
    What,
)
from custom_components.cerebro.core.pantry.quantity import Measure
from custom_components.cerebro.core.pantry.stock import FACTS, Stock

from .kitchen import Kitchen, state
from .lots import HAM, MILK, TODAY, lot

texts = st.text(max_size=12)
amounts = st.integers(0, 10**12)
moments = st.datetimes(timezones=st.just(UTC))
products = st.builds(
    Product,
    product_id=texts.map(ProductId),
    name=texts,
    measure=st.sampled_from(Measure),
    unit=texts,
    pack=st.none() | amounts,
    category=st.sampled_from(Category),
    barcodes=st.lists(texts, max_size=2).map(tuple),
    aliases=st.lists(texts, max_size=2).map(tuple),
    minimum=amounts,
    shop=st.none() | texts.map(ShopId),
    taste=st.sampled_from(Taste),
)
lots = st.builds(
    Lot,
    lot_id=texts.map(LotId),
    product_id=texts.map(ProductId),
    pantry_id=texts.map(PantryId),
    amount=amounts,
    bought=amounts,
    bought_on=st.dates(),
    best_before=st.none() | st.dates(),
    printed=st.booleans(),
    opened_on=st.none() | st.dates(),
    placed_at=st.none() | moments,
    price=st.none() | amounts,
    batch=st.none() | texts,
)
entries = st.one_of(
    lots.map(made),
    lots.map(made).map(undone),
    st.builds(
        lambda before, after, delta: changed(before, delta, **{name: getattr(after, name) for name in FACTS}),
        lots,
        lots,
        st.integers(-(10**12), 10**12),
    ),
)
changes = st.builds(
    Change,
    change_id=texts.map(ChangeId),
    at=moments,
    what=st.sampled_from(What),
    entries=st.lists(entries, max_size=3).map(tuple),
    product=st.none() | products,
    product_was=st.none() | products,
    undoes=st.none() | texts.map(ChangeId),
    by=st.none() | texts,
    context=st.none() | texts,
)


@given(change=changes)
def test_a_change_that_was_written_is_read_as_it_was(change: Change) -> None:
    assert from_json(json.loads(json.dumps(to_json(change)))) == change


def test_each_fact_of_a_lot_and_of_a_product_has_its_way_of_being_read() -> None:
    assert ledger.LOT.keys() == FACTS
    assert ledger.PRODUCT.keys() == {one.name for one in fields(Product)}


def test_a_line_says_only_what_is_not_usual() -> None:
    kitchen = Kitchen()
    kitchen.bought("one", good_for=3)
    assert to_json(kitchen.changes[0]) == {
        "v": 1,
        "id": "change00001",
        "at": "2026-11-24T12:01:00+00:00",
        "what": "bought",
        "lots": [
            {
                "lot": "one",
                "of": "milk",
                "add": 1_000_000,
                "now": {
                    "pantry_id": "fridge",
                    "bought": 1_000_000,
                    "bought_on": "2026-11-24",
                    "best_before": "2026-11-27",
                    "placed_at": "2026-11-24T12:01:00+00:00",
                },
            }
        ],
        "product": {
            "product_id": "milk",
            "name": "Milk",
            "measure": "volume",
            "unit": "L",
            "category": "milk",
        },
        "by": "ada",
        "context": "action",
    }
    used = kitchen.used(250)
    assert to_json(used)["lots"] == [{"lot": "one", "of": "milk", "add": -250_000}]


def test_a_moment_of_another_zone_is_read_in_utc() -> None:
    line = to_json(Change(change_id=ChangeId("a"), at=datetime(2026, 1, 1, 12, tzinfo=UTC), what=What.USED))
    there = timezone(timedelta(hours=2))
    read = from_json(line | {"at": datetime(2026, 1, 1, 14, tzinfo=there).isoformat()})
    assert (read.at, read.at.tzinfo) == (datetime(2026, 1, 1, 12, tzinfo=UTC), UTC)


def _with(path: str, value: Any) -> Callable[[dict[str, Any]], None]:
    *outer, last = path.split(".")

    def spoil(line: dict[str, Any]) -> None:
        part: Any = line
        for key in outer:
            part = part[int(key)] if key.isdecimal() else part[key]
        part[last] = value

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        _with("v", 0),
        _with("v", "1"),
        _with("v", None),
        _with("v", True),
        _with("id", 7),
        _with("at", "2026-11-24T12:00:00"),
        _with("at", "yesterday"),
        _with("at", None),
        _with("at", "0001-01-01T00:00:00+14:00"),
        _with("what", "sold"),
        _with("what", []),
        _with("lots", 7),
        _with("lots", ["milk"]),
        _with("lots.0.lot", None),
        _with("lots.0.of", 1),
        _with("lots.0.add", 1.5),
        _with("lots.0.add", True),
        _with("lots.0.now", []),
        _with("lots.0.now.best_before", "2026-13-01"),
        _with("lots.0.now.best_before", 20261101),
        _with("lots.0.now.printed", 1),
        _with("lots.0.now.price", "2"),
        _with("lots.0.now.colour", "red"),
        _with("product", "Milk"),
        _with("product.measure", "length"),
        _with("product.aliases", "lait"),
        _with("product.aliases", [1]),
        _with("product.colour", "red"),
        _with("product.name", None),
        _with("product_was", {"name": "Milk"}),
        _with("undoes", 3),
        _with("by", []),
        lambda line: line.pop("id"),
        lambda line: line["lots"][0].pop("add"),
    ],
)
def test_what_is_no_change_is_not_taken_for_one(spoil: Callable[[dict[str, Any]], object]) -> None:
    kitchen = Kitchen()
    line = json.loads(json.dumps(to_json(kitchen.bought("one", good_for=3))))
    assert from_json(line) == kitchen.changes[0]
    spoil(line)
    with pytest.raises(LedgerDamagedError):
        from_json(line)


def test_a_line_of_a_newer_version_is_refused() -> None:
    with pytest.raises(LedgerNewerError):
        from_json(to_json(Kitchen().bought()) | {"v": ledger.VERSION + 1})


def test_a_line_of_an_old_version_goes_through_every_version_since() -> None:
    def second(line: Mapping[str, Any]) -> dict[str, Any]:
        return {"what": line["kind"], "v": line["v"]}

    def third(line: Mapping[str, Any]) -> dict[str, Any]:
        return {**line, "what": line["what"].lower()}

    steps = {1: second, 2: third}
    assert migrate({"v": 1, "kind": "USED"}, steps, 3) == {"v": 3, "what": "used"}
    assert migrate({"v": 2, "what": "USED"}, steps, 3) == {"v": 3, "what": "used"}
    assert migrate({"v": 3, "what": "used"}, steps, 3) == {"v": 3, "what": "used"}
    with pytest.raises(LedgerNewerError):
        migrate({"v": 4}, steps, 3)


def test_there_is_a_step_from_every_version_that_ever_was() -> None:
    assert sorted(ledger.MIGRATIONS) == list(range(1, ledger.VERSION))


def test_the_stock_is_made_from_the_ledger_again_and_each_new_change_is_shown() -> None:
    kitchen = Kitchen()
    kitchen.bought("milk", good_for=3)
    kitchen.bought("ham", of=HAM, good_for=3)
    kitchen.undone(kitchen.used(300))
    kitchen.counted(700, best_before=TODAY)
    shown: list[tuple[Change, int]] = []

    def learn(change: Change, stock: Stock) -> None:
        shown.append((change, stock.total(MILK.product_id)))

    lines = [to_json(one) for one in kitchen.changes]
    stock = replay((from_json(line) for line in [*lines, lines[0]]), learn)
    assert state(stock) == state(kitchen.stock)
    assert [change for change, _ in shown] == kitchen.changes
    assert [total for _, total in shown] == [1_000_000, 1_000_000, 700_000, 1_000_000, 700_000]


def test_a_ledger_that_does_not_add_up_is_refused() -> None:
    kitchen = Kitchen()
    kitchen.bought("milk")
    kitchen.used(300)
    with pytest.raises(PantryError):
        replay(kitchen.changes[1:])


def test_facts_that_are_dates_of_one_day_are_not_confused() -> None:
    before = lot("one", good_for=1)
    entry = changed(before, best_before=None, opened_on=date(2026, 1, 1))
    change = Change(
        change_id=ChangeId("a"), at=datetime(2026, 1, 1, tzinfo=UTC), what=What.OPENED, entries=(entry,)
    )
    assert to_json(change)["lots"][0]["now"] == {"best_before": None, "opened_on": "2026-01-01"}
    assert from_json(to_json(change)) == change
    assert replace(before, **from_json(to_json(change)).entries[0].now).best_before is None
