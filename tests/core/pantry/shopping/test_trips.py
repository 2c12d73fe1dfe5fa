"""The household’s rhythm is that of its purchases, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from custom_components.cerebro.core.pantry import book
from custom_components.cerebro.core.pantry.exchange.brought import CONTEXT as IMPORT
from custom_components.cerebro.core.pantry.model import ChangeId
from custom_components.cerebro.core.pantry.shopping.slots import Part
from custom_components.cerebro.core.pantry.shopping.trips import MOST, Trips

from ..kitchen import Kitchen


def test_what_was_bought_tells_when_the_household_shops() -> None:
    kitchen, trips = Kitchen(), Trips()
    trips.learn(kitchen.bought(), kitchen.stock)
    trips.learn(kitchen.used(1), kitchen.stock)
    assert trips.rhythm(UTC) == {(1, Part.AFTERNOON): 1}


def test_what_is_taken_back_or_imported_was_no_trip() -> None:
    kitchen, trips = Kitchen(), Trips()
    bought = kitchen.bought()
    trips.learn(bought, kitchen.stock)
    trips.learn(book.undo(kitchen.stock, kitchen.origin(), bought), kitchen.stock)
    trips.learn(replace(bought, context=IMPORT), kitchen.stock)
    assert trips.rhythm(UTC) == {}


def test_only_the_last_purchases_count() -> None:
    kitchen, trips = Kitchen(), Trips()
    bought = kitchen.bought()
    for number in range(MOST + 1):
        at = bought.at + timedelta(days=number)
        trips.learn(replace(bought, change_id=ChangeId(f"{number}"), at=at), kitchen.stock)
    assert sum(trips.rhythm(UTC).values()) == MOST
