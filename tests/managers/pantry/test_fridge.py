"""A fridge is followed by its thermometer and its door."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed

from custom_components.cerebro.core.pantry.episode import Episode
from custom_components.cerebro.core.pantry.model import Lot, Pantry, PantryId, Place, Product
from custom_components.cerebro.core.pantry.warmth import Warmth
from custom_components.cerebro.managers.pantry.fridge import Fridge
from custom_components.cerebro.managers.pantry.settings import PantrySetup

from ...core.pantry.lots import HAM, MILK, PRODUCTS, lot

THERMOMETER = "sensor.fridge_temperature"
DOOR = "binary_sensor.fridge_door"
FRIDGE = PantryId("fridge")


@dataclass
class Kitchen:
    """A kitchen with a fridge, and what it told."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    setup: PantrySetup
    changes: int = 0
    left_open: list[tuple[PantryId, datetime]] = field(default_factory=list)
    episodes: list[tuple[PantryId, Episode]] = field(default_factory=list)
    unit: str = "°C"

    def follow(self, warmth: Warmth | None = None) -> Fridge:
        """Return the fridge, watched."""
        fridge = Fridge(
            self.hass,
            self.setup,
            warmth or Warmth(self.setup.pantry.place),
            on_changed=self._changed,
            on_door_left_open=lambda *told: self.left_open.append(told),
            on_episode=lambda *told: self.episodes.append(told),
        )
        fridge.start()
        self.fridge = fridge
        return fridge

    def _changed(self) -> None:
        self.changes += 1

    async def show(self, temperature: float | str) -> None:
        """Have the thermometer show a temperature."""
        self.hass.states.async_set(THERMOMETER, str(temperature), {"unit_of_measurement": self.unit})
        await self.hass.async_block_till_done()

    async def door(self, state: str) -> None:
        self.hass.states.async_set(DOOR, state)
        await self.hass.async_block_till_done()

    async def wait(self, span: timedelta) -> None:
        """Let time go by."""
        self.freezer.tick(span)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done()

    async def show_for(self, span: timedelta, temperature: float) -> None:
        """Have the thermometer show a temperature, a little up and down, every five minutes."""
        for number in range(span // timedelta(minutes=5)):
            await self.show(temperature + (0.1 if number % 2 else 0))
            await self.wait(timedelta(minutes=5))


@pytest.fixture(name="kitchen")
def furnished_kitchen(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> Iterator[Kitchen]:
    """Return a kitchen at midday, the fridge shut and cold."""
    freezer.move_to("2026-11-24T12:00:00+00:00")
    registry = er.async_get(hass)
    thermometer = registry.async_get_or_create(
        "sensor", "demo", "t", suggested_object_id="fridge_temperature"
    )
    door = registry.async_get_or_create("binary_sensor", "demo", "d", suggested_object_id="fridge_door")
    setup = PantrySetup(
        pantry=Pantry(pantry_id=FRIDGE, name="Fridge", place=Place.FRIDGE),
        temperature=thermometer.id,
        door=door.id,
        door_limit=timedelta(minutes=3),
    )
    hass.states.async_set(THERMOMETER, "4.0", {"unit_of_measurement": "°C"})
    hass.states.async_set(DOOR, "off")
    kitchen = Kitchen(hass, freezer, setup)
    kitchen.follow()
    yield kitchen
    kitchen.fridge.stop()


def milk(*, placed_at: datetime, product: Product = MILK) -> Lot:
    return lot("milk", of=product, good_for=6, placed_at=placed_at)


async def test_a_door_that_is_shut_in_time_is_nothing_to_tell(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    await kitchen.wait(timedelta(minutes=2, seconds=50))
    await kitchen.door("off")
    await kitchen.wait(timedelta(minutes=5))
    assert kitchen.left_open == []
    assert kitchen.fridge.door_open_too_long is False


async def test_a_door_that_is_left_open_is_told_once_until_it_is_shut(kitchen: Kitchen) -> None:
    opened = dt_util.utcnow()
    await kitchen.door("on")
    assert kitchen.fridge.door_open_too_long is False
    assert kitchen.fridge.door_open_since == opened
    await kitchen.wait(timedelta(minutes=3, seconds=1))
    assert kitchen.left_open == [(FRIDGE, opened)]
    assert kitchen.fridge.door_open_too_long is True
    await kitchen.wait(timedelta(minutes=30))
    assert len(kitchen.left_open) == 1
    await kitchen.door("off")
    assert kitchen.fridge.door_open_too_long is False
    assert kitchen.fridge.door_open_since is None


async def test_of_a_door_that_tells_nothing_nobody_knows(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    await kitchen.door("unavailable")
    assert kitchen.fridge.door_open_too_long is None
    await kitchen.wait(timedelta(minutes=10))
    assert kitchen.left_open == []
    await kitchen.door("on")
    assert kitchen.fridge.door_open_too_long is False
    await kitchen.wait(timedelta(minutes=3, seconds=1))
    assert kitchen.fridge.door_open_too_long is True


async def test_what_a_door_reports_besides_does_not_start_its_time_anew(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    await kitchen.wait(timedelta(minutes=2))
    kitchen.hass.states.async_set(DOOR, "on", {"linkquality": 80})
    await kitchen.wait(timedelta(minutes=1, seconds=1))
    assert kitchen.fridge.door_open_too_long is True
    kitchen.hass.states.async_set(DOOR, "on", {"linkquality": 90})
    await kitchen.wait(timedelta(seconds=1))
    assert kitchen.fridge.door_open_too_long is True
    assert len(kitchen.left_open) == 1


async def test_a_door_that_was_open_before_a_reload_is_not_told_again(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    await kitchen.wait(timedelta(minutes=4))
    kitchen.fridge.stop()
    kitchen.follow(kitchen.fridge.warmth)
    assert kitchen.fridge.door_open_too_long is True
    await kitchen.wait(timedelta(minutes=10))
    assert len(kitchen.left_open) == 1


async def test_a_door_that_is_open_at_the_start_is_told_when_it_is_time(kitchen: Kitchen) -> None:
    kitchen.fridge.stop()
    opened = dt_util.utcnow()
    await kitchen.door("on")
    await kitchen.wait(timedelta(minutes=1))
    kitchen.follow()
    await kitchen.wait(timedelta(minutes=2, seconds=1))
    assert kitchen.left_open == [(FRIDGE, opened)]


async def test_a_fridge_that_stays_cold_has_no_warm_hours(kitchen: Kitchen) -> None:
    await kitchen.show_for(timedelta(hours=3), 4)
    assert kitchen.fridge.warm_hours == 0
    assert kitchen.episodes == []
    assert kitchen.changes >= 30


async def test_two_warm_hours_are_told_at_once_and_the_end_of_them_too(kitchen: Kitchen) -> None:
    placed = dt_util.utcnow()
    await kitchen.show_for(timedelta(hours=2), 9)
    assert kitchen.episodes == []
    await kitchen.show_for(timedelta(hours=1), 9)
    ((pantry_id, told),) = kitchen.episodes
    assert (pantry_id, told.ended) == (FRIDGE, None)
    assert kitchen.fridge.unsafe(milk(placed_at=placed), MILK) is not None
    await kitchen.show_for(timedelta(hours=4), 3)
    assert [episode.ended is None for _, episode in kitchen.episodes] == [True, False]
    assert kitchen.fridge.warm_hours == pytest.approx(4, abs=0.7)


async def test_a_warm_thermometer_that_says_no_more_is_followed_by_the_clock(kitchen: Kitchen) -> None:
    await kitchen.show(12)
    for _ in range(14):
        await kitchen.wait(timedelta(minutes=15, seconds=1))
    assert [episode.ended for _, episode in kitchen.episodes] == [None]
    assert kitchen.fridge.warm_hours == pytest.approx(3.3, abs=0.2)


async def test_warm_hours_are_forgotten_after_a_day(kitchen: Kitchen) -> None:
    await kitchen.show_for(timedelta(hours=2), 12)
    await kitchen.show_for(timedelta(hours=4), 3)
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 1
    changes = kitchen.changes
    for _ in range(26):
        await kitchen.wait(timedelta(hours=1))
    assert kitchen.fridge.warm_hours == 0
    assert kitchen.changes > changes
    changes = kitchen.changes
    await kitchen.wait(timedelta(hours=5))
    assert kitchen.changes == changes


async def test_degrees_fahrenheit_are_understood(kitchen: Kitchen) -> None:
    kitchen.unit = "°F"
    await kitchen.show_for(timedelta(hours=2), 39.2)
    assert kitchen.fridge.warm_hours == 0
    await kitchen.show_for(timedelta(hours=3), 55)
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 2


async def test_a_power_cut_that_ends_warm_counts_as_warm(kitchen: Kitchen) -> None:
    placed = dt_util.utcnow()
    await kitchen.show_for(timedelta(minutes=30), 4)
    await kitchen.show("unavailable")
    await kitchen.wait(timedelta(hours=8))
    assert kitchen.fridge.warm_hours == 0
    await kitchen.show(15)
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 5
    assert kitchen.fridge.unsafe(milk(placed_at=placed), MILK) is not None
    elsewhere = lot("ham", of=HAM, pantry_id=PantryId("cellar"), placed_at=placed)
    (harmed,) = kitchen.fridge.affected([milk(placed_at=placed), elsewhere], PRODUCTS)
    assert (harmed.lot_id, harmed.unsafe) == ("milk", True)


async def test_a_thermometer_that_is_away_for_a_while_condemns_nothing(kitchen: Kitchen) -> None:
    await kitchen.show_for(timedelta(minutes=30), 4)
    await kitchen.show("unavailable")
    await kitchen.wait(timedelta(hours=8))
    await kitchen.show(4.2)
    assert kitchen.fridge.warm_hours == 0


async def test_an_unchanged_reading_that_is_reported_again_is_a_reading(kitchen: Kitchen) -> None:
    for _ in range(24):
        await kitchen.wait(timedelta(minutes=5))
        await kitchen.show("4.0")
    await kitchen.wait(timedelta(minutes=5))
    await kitchen.show(13)
    await kitchen.wait(timedelta(minutes=1))
    await kitchen.show(4)
    assert kitchen.fridge.warmth.episodes == ()


async def test_after_a_restart_the_time_between_is_a_gap(
    kitchen: Kitchen,
) -> None:
    placed = dt_util.utcnow()
    await kitchen.show_for(timedelta(hours=1), 4)
    stored = kitchen.fridge.stored()
    kitchen.fridge.stop()
    await kitchen.wait(timedelta(hours=30))
    await kitchen.show(16)
    kitchen.follow(Warmth.from_json(stored, Place.FRIDGE))
    assert kitchen.fridge.warm_hours == 24
    kept = milk(placed_at=placed)
    assert kept.best_before is not None
    assert kitchen.fridge.good_until(kept) == kept.best_before - timedelta(days=1)
    assert [episode.ended for _, episode in kitchen.episodes] == [None]


async def test_a_thermometer_that_is_away_at_the_start_leaves_a_gap(kitchen: Kitchen) -> None:
    await kitchen.show_for(timedelta(hours=1), 4)
    kitchen.fridge.stop()
    await kitchen.show("unknown")
    kitchen.follow(kitchen.fridge.warmth)
    await kitchen.wait(timedelta(hours=8))
    await kitchen.show(16)
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 5


async def test_what_was_told_before_a_restart_is_not_told_again(kitchen: Kitchen) -> None:
    await kitchen.show_for(timedelta(hours=4), 12)
    assert len(kitchen.episodes) == 1
    kitchen.fridge.stop()
    kitchen.follow(Warmth.from_json(kitchen.fridge.stored(), Place.FRIDGE))
    await kitchen.show_for(timedelta(hours=1), 12)
    assert len(kitchen.episodes) == 1


async def test_what_a_wrong_clock_noted_years_ahead_does_not_blind_it(kitchen: Kitchen) -> None:
    ahead = Warmth(Place.FRIDGE)
    ahead.observe(dt_util.utcnow() + timedelta(days=4000), 4)
    kitchen.fridge.stop()
    kitchen.follow(ahead)
    await kitchen.show_for(timedelta(hours=3), 12)
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 1


async def test_sensors_are_followed_through_a_change_of_their_names(kitchen: Kitchen) -> None:
    registry = er.async_get(kitchen.hass)
    for entity_id in (THERMOMETER, DOOR):
        registry.async_update_entity(entity_id, new_entity_id=f"{entity_id}_of_the_kitchen")
        kitchen.hass.states.async_remove(entity_id)
    await kitchen.hass.async_block_till_done()
    assert kitchen.fridge.door_open_too_long is None
    kitchen.hass.states.async_set(f"{DOOR}_of_the_kitchen", "on")
    kitchen.hass.states.async_set(f"{THERMOMETER}_of_the_kitchen", "14")
    await kitchen.wait(timedelta(minutes=4))
    assert kitchen.fridge.door_open_too_long is True
    for _ in range(16):
        await kitchen.wait(timedelta(minutes=15))
    assert kitchen.fridge.warm_hours is not None
    assert kitchen.fridge.warm_hours > 3


async def test_another_change_in_the_registry_leaves_an_open_door_as_it_is(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    changes = kitchen.changes
    er.async_get(kitchen.hass).async_update_entity(DOOR, name="Door of the fridge")
    await kitchen.wait(timedelta(minutes=2))
    assert kitchen.changes == changes
    await kitchen.wait(timedelta(minutes=2))
    assert len(kitchen.left_open) == 1


async def test_a_pantry_without_sensors_tells_nothing(kitchen: Kitchen) -> None:
    kitchen.fridge.stop()
    kitchen.setup = PantrySetup(pantry=Pantry(pantry_id=FRIDGE, name="Larder", place=Place.CUPBOARD))
    fridge = kitchen.follow()
    await kitchen.show(20)
    assert fridge.warm_hours is None
    assert fridge.door_open_too_long is None
    assert fridge.good_until(lot("a", of=HAM, good_for=3)) == lot("a", of=HAM, good_for=3).best_before
    assert kitchen.changes == 0


async def test_a_fridge_that_is_stopped_looks_no_more(kitchen: Kitchen) -> None:
    await kitchen.door("on")
    await kitchen.show(15)
    kitchen.fridge.stop()
    changes = kitchen.changes
    await kitchen.wait(timedelta(hours=1))
    await kitchen.show(16)
    await kitchen.door("off")
    assert kitchen.changes == changes
    assert kitchen.left_open == []
