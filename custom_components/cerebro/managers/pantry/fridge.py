"""Follows the thermometer and the door of a pantry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import (
    CALLBACK_TYPE,
    Event,
    EventStateChangedData,
    HassJob,
    HomeAssistant,
    State,
    callback,
)
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import (
    async_call_later,
    async_track_entity_registry_updated_event,
    async_track_point_in_utc_time,
    async_track_state_change_event,
)
from homeassistant.util import dt as dt_util

from ...core.pantry.episode import Episode
from ...core.pantry.model import Lot, PantryId, Product, ProductId
from ...core.pantry.perishables import WARM_FOR
from ...core.pantry.warmth import Affected, Warmth, affected, effective_best_before
from ...core.reason import Reason
from ..home import is_known, reading, resolve
from .settings import PantrySetup

TICK: Final = timedelta(minutes=15)
"""So often the clock is looked at while food is too warm: a thermometer that stays as it is tells nothing."""
COUNTED_FOR: Final = timedelta(hours=24)
"""The warm hours are those of the last day."""
CLOCK_ERROR: Final = timedelta(days=1)
"""What was noted so far ahead of now was noted by a clock that was wrong."""

type Changed = Callable[[], None]
type DoorLeftOpen = Callable[[PantryId, datetime], None]
type EpisodeTold = Callable[[PantryId, Episode], None]


class Fridge:
    """What a pantry's sensors tell: how warm it was, and whether its door was left open.

    ``on_changed`` is called after every reading and every change of the door. ``on_door_left_open`` is called
    once each time the door has been open for longer than its limit, with the moment since when it is.
    ``on_episode`` is called once when food has been too warm for two hours, the episode having no end yet,
    and once when an episode is over.
    """

    def __init__(
        self,
        hass: HomeAssistant,
        setup: PantrySetup,
        warmth: Warmth,
        *,
        on_changed: Changed,
        on_door_left_open: DoorLeftOpen,
        on_episode: EpisodeTold,
    ) -> None:
        """Take what to watch, what is known of it already (:meth:`.Warmth.from_json`), and whom to tell."""
        self._hass = hass
        self._setup = setup
        self.warmth = warmth
        self._on_changed = on_changed
        self._on_door_left_open = on_door_left_open
        self._on_episode = on_episode
        self._ends: list[CALLBACK_TYPE] = []
        self._door_timer: CALLBACK_TYPE | None = None
        self._tick_timer: CALLBACK_TYPE | None = None
        self._open: bool | None = None
        self._open_since: datetime | None = None
        self._left_open = False
        self._told: datetime | None = None

    @callback
    def start(self) -> None:
        """Begin to watch: the sensors as they are called now. What was since the last reading is a gap."""
        self.stop()
        now = dt_util.utcnow()
        known = self.warmth.known_until
        if known is not None and known - now > CLOCK_ERROR:
            self.warmth = Warmth(self._setup.pantry.place)
        running = self.warmth.running
        if running is not None and running.warm > WARM_FOR:
            self._told = running.started
        for entity_id in self._resolved(self._setup.temperature):
            self._watch(entity_id, self._warmth_changed)
            self._read_at_start(self._hass.states.get(entity_id), now)
        for entity_id in self._resolved(self._setup.door):
            self._watch(entity_id, self._door_changed)
            self._look_at_door(self._hass.states.get(entity_id))
            # Who left it open before this was told then.
            self._left_open = self._is_overdue(now)
            self._wait_for_door()

    @callback
    def stop(self) -> None:
        """Stop watching."""
        while self._ends:
            self._ends.pop()()
        self._end_door_timer()
        self._end_tick()
        self._open = self._open_since = None
        self._left_open = False

    @property
    def door_open_too_long(self) -> bool | None:
        """Whether the door has been open for longer than its limit; nothing while no sensor tells."""
        return None if self._open is None else self._left_open

    @property
    def door_open_since(self) -> datetime | None:
        """Since when the door is open (UTC)."""
        return self._open_since

    @property
    def warm_hours(self) -> float | None:
        """For how many of the last 24 hours food was too warm; nothing while no thermometer has told yet."""
        if self.warmth.known_until is None:
            return None
        now = dt_util.utcnow()
        return self.warmth.warm_in(now - COUNTED_FOR, now) / timedelta(hours=1)

    def good_until(self, lot: Lot) -> date | None:
        """Return until when a lot is good, with what it lost in the warm."""
        return effective_best_before(lot, self.warmth)

    def unsafe(self, lot: Lot, product: Product) -> Reason | None:
        """Return why a lot is no longer safe to eat; nothing when it is."""
        return self.warmth.unsafe(lot, product.category)

    def affected(self, lots: Iterable[Lot], products: Mapping[ProductId, Product]) -> tuple[Affected, ...]:
        """Return which of the lots here the warm harmed, and how."""
        pantry_id = self._setup.pantry.pantry_id
        return affected((lot for lot in lots if lot.pantry_id == pantry_id), products, self.warmth)

    def stored(self) -> dict[str, Any]:
        """Return what to keep over a restart."""
        return self.warmth.to_json()

    def _watch(self, entity_id: str, changed: Callable[[Event[EventStateChangedData]], None]) -> None:
        """Follow a sensor, through a change of its name too."""
        self._ends += [
            async_track_state_change_event(self._hass, entity_id, changed),
            async_track_entity_registry_updated_event(self._hass, entity_id, self._registered),
        ]

    @callback
    def _registered(self, event: Event[er.EventEntityRegistryUpdatedData]) -> None:
        if event.data["action"] == "update" and "old_entity_id" in event.data:
            self.start()
            self._on_changed()

    def _resolved(self, reference: str | None) -> tuple[str, ...]:
        return () if reference is None else resolve(er.async_get(self._hass), (reference,))

    def _temperature_c(self, state: State | None) -> float | None:
        """Return what a thermometer shows, in °C."""
        if state is None or not is_known(state):
            return None
        unit = self._hass.config.units.temperature_unit
        return reading("temperature", state, temperature_unit=unit).number

    def _read_at_start(self, state: State | None, now: datetime) -> None:
        temperature = self._temperature_c(state)
        if temperature is not None:
            self._tell(self.warmth.observe(now, temperature))
        elif (known := self.warmth.known_until) is not None:
            self.warmth.lose_sight(known)

    @callback
    def _warmth_changed(self, event: Event[EventStateChangedData]) -> None:
        old, new = event.data["old_state"], event.data["new_state"]
        ended: tuple[Episode, ...] = ()
        before, after = self._temperature_c(old), self._temperature_c(new)
        if old is not None and before is not None:
            # It has been so until it was last reported, whatever came of it since.
            ended = self.warmth.observe(old.last_reported, before)
            if after is None:
                self.warmth.lose_sight(old.last_reported)
        if new is not None and after is not None:
            ended += self.warmth.observe(new.last_updated, after)
        self._tell(ended)
        self._on_changed()

    def _tell(self, ended: Iterable[Episode]) -> None:
        """Tell of what is over and of what has gone on for too long, and go on looking while it does."""
        pantry_id = self._setup.pantry.pantry_id
        for episode in ended:
            self._on_episode(pantry_id, episode)
        running = self.warmth.running
        if running is not None and running.warm > WARM_FOR and self._told != running.started:
            self._told = running.started
            self._on_episode(pantry_id, running)
        if self._tick_timer is None and (self.warmth.is_warming or self.warm_hours):
            job = HassJob(self._tick, cancel_on_shutdown=True)
            self._tick_timer = async_call_later(self._hass, TICK, job)

    @callback
    def _tick(self, now: datetime) -> None:
        self._tick_timer = None
        self._tell(self.warmth.pass_time(now))
        self._on_changed()

    def _end_tick(self) -> None:
        if self._tick_timer is not None:
            self._tick_timer()
            self._tick_timer = None

    @callback
    def _door_changed(self, event: Event[EventStateChangedData]) -> None:
        was = self._open
        self._look_at_door(event.data["new_state"])
        if self._open is was:
            return
        self._left_open = False
        self._wait_for_door()
        self._on_changed()

    def _look_at_door(self, state: State | None) -> None:
        """Note whether the door is open; of one that tells nothing, nobody knows."""
        self._open = {STATE_ON: True, STATE_OFF: False}.get(state.state) if state is not None else None
        if not self._open or state is None:
            self._open_since = None
        elif self._open_since is None:
            self._open_since = state.last_changed

    def _wait_for_door(self) -> None:
        """Wait until the door has been open for too long, if it is open."""
        self._end_door_timer()
        if self._open_since is not None and not self._left_open:
            job = HassJob(self._door_left_open, cancel_on_shutdown=True)
            at = self._open_since + self._setup.door_limit
            self._door_timer = async_track_point_in_utc_time(self._hass, job, at)

    def _is_overdue(self, now: datetime) -> bool:
        return self._open_since is not None and now - self._open_since >= self._setup.door_limit

    @callback
    def _door_left_open(self, _: datetime) -> None:
        self._door_timer = None
        self._left_open = True
        if self._open_since is not None:
            self._on_door_left_open(self._setup.pantry.pantry_id, self._open_since)
        self._on_changed()

    def _end_door_timer(self) -> None:
        if self._door_timer is not None:
            self._door_timer()
            self._door_timer = None
