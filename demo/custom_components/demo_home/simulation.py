"""The simulated home as it runs inside Home Assistant: its clock, its listeners, its memory."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util

from demo.home import Home
from demo.resident import Resident, live

from .const import CONF_PACE, CONF_RESIDENT, CONF_SEED, DEFAULT_PACE, DEFAULT_SEED, DOMAIN, EVENT_HAPPENED

VERSION: Final = 1
TICKS_PER_MINUTE: Final = 20
SHORTEST_TICK: Final = timedelta(seconds=0.1)
LONGEST_TICK: Final = timedelta(seconds=1)
CAUGHT_UP: Final = 240.0
"""At most this many home minutes are lived through at once: a home that was away longer is settled anyway."""

type DemoHomeConfigEntry = ConfigEntry[Simulation]


class Simulation:
    """A home and its resident, living at their pace.

    The home goes on while Home Assistant is away, as a real one does: what it is like is written down
    whenever somebody or something in it changed, and caught up with at the next start.
    """

    def __init__(self, hass: HomeAssistant, entry: DemoHomeConfigEntry) -> None:
        """Prepare the home that the entry describes."""
        self._hass = hass
        self._entry = entry
        self._store: Store[dict[str, Any]] = Store(hass, VERSION, f"{DOMAIN}.{entry.entry_id}")
        self.pace: float = entry.options.get(CONF_PACE, DEFAULT_PACE)
        """Real seconds that a home minute lasts."""
        self.home = Home()
        self.resident = Resident(seed=int(entry.options.get(CONF_SEED, DEFAULT_SEED)))
        self._lived_until = dt_util.utcnow()
        # In the order in which they came: a bed tells that it is empty before the room sees somebody.
        self._listeners: dict[Callable[[], None], None] = {}
        self._scanners: dict[Callable[[str], None], None] = {}
        self._unsubscribe: CALLBACK_TYPE | None = None
        self._written: object = None

    @property
    def inhabited(self) -> bool:
        """Whether the resident lives by themselves."""
        return bool(self._entry.options.get(CONF_RESIDENT, True))

    async def async_load(self) -> None:
        """Take the home up where it was left, or begin it in the night."""
        stored = await self._store.async_load()
        if stored is None:
            if self.inhabited:
                self.resident.begin(self.home)
            return
        self.home = Home.from_dict(stored["home"])
        self.resident = Resident.from_dict(stored["resident"])
        self._lived_until = datetime.fromisoformat(stored["at"])
        self._live(dt_util.utcnow())

    @callback
    def start(self) -> None:
        """Let time run."""
        tick = timedelta(seconds=self.pace / TICKS_PER_MINUTE)
        self._unsubscribe = async_track_time_interval(
            self._hass,
            self._tick,
            min(max(tick, SHORTEST_TICK), LONGEST_TICK),
            name="demo home",
            cancel_on_shutdown=True,
        )
        self.changed()

    @callback
    def stop(self) -> None:
        """Let time stand still."""
        if self._unsubscribe is not None:
            self._unsubscribe()
            self._unsubscribe = None

    async def async_forget(self) -> None:
        """Remove what was written down."""
        await self._store.async_remove()

    @callback
    def listen(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener whenever the home may have changed."""
        self._listeners[listener] = None
        return lambda: self._listeners.pop(listener)

    @callback
    def listen_to_scanner(self, listener: Callable[[str], None]) -> CALLBACK_TYPE:
        """Call a listener with each code that is held before the scanner."""
        self._scanners[listener] = None
        return lambda: self._scanners.pop(listener)

    @callback
    def scan(self, code: str) -> None:
        """Hold a code before the scanner."""
        for listener in list(self._scanners):
            listener(code)

    @callback
    def begin_morning(self, day: int) -> None:
        """Put the resident to bed in the night before one of their mornings."""
        self.resident = Resident(seed=self.resident.seed, day=day)
        self.resident.begin(self.home)
        self.changed()

    @callback
    def changed(self) -> None:
        """Tell everybody what the home is like now, and what happened in it."""
        for happened in self.home.take_happened():
            self._hass.bus.async_fire(
                EVENT_HAPPENED,
                {"what": happened.what, "minute": round(happened.at, 3), "who": self.resident.name},
            )
        for listener in list(self._listeners):
            listener()
        if (essence := self._essence()) != self._written:
            self._written = essence
            self._entry.async_create_task(self._hass, self._async_write(), "demo home: write")

    @callback
    def _tick(self, now: datetime) -> None:
        self._live(now)
        self.changed()

    def _live(self, now: datetime) -> None:
        seconds = (now - self._lived_until).total_seconds()
        if seconds <= 0:
            return
        self._lived_until = now
        minutes = min(seconds / self.pace, CAUGHT_UP)
        if self.inhabited:
            live(self.home, self.resident, minutes)
        else:
            live(self.home, Resident(seed=self.resident.seed), minutes)

    def _essence(self) -> object:
        """Return what must not be lost when Home Assistant is killed: all but what merely drifts."""
        home, resident = self.home, self.resident
        return (
            home.coffee.on,
            home.coffee.brews,
            home.shower.wanted_open,
            home.kettle,
            home.garden_valve,
            home.fridge.left_open,
            frozenset(home.faults),
            tuple(home.places.items()),
            tuple((speaker.playing, speaker.volume) for speaker in home.speakers),
            tuple((light.on, light.brightness) for light in (home.bedroom_light, home.kitchen_light)),
            home.thermostat.target_c,
            resident.day,
            resident.stage,
            resident.awake,
            resident.snoozed,
            resident.ringing_since,
        )

    async def _async_write(self) -> None:
        await self._store.async_save(
            {
                "at": self._lived_until.isoformat(),
                "home": self.home.to_dict(),
                "resident": self.resident.to_dict(),
            }
        )
