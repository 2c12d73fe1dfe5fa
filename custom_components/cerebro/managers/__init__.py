"""The managers: Cerebro's hands in Home Assistant, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
import logging

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.storage import UnsupportedStorageVersionError

from ..const import DOMAIN, SUBENTRY_ROUTINE
from ..core.routine.model import OccupantId
from .decisions import DecisionLog
from .memory import Memory
from .routine import RoutineManager
from .schedule import Schedule
from .settings import routine_from
from .texts import Texts
from .view import ACTIVE, URGENCY

_LOGGER = logging.getLogger(__name__)

type CerebroConfigEntry = ConfigEntry[Cerebro]
type RoutineAdder = Callable[[RoutineManager], None]


class Cerebro:
    """All that runs for the entry."""

    def __init__(self, hass: HomeAssistant, entry: CerebroConfigEntry, texts: Texts) -> None:
        """Take the entry and the texts of the home's language."""
        self.hass = hass
        self.entry = entry
        self.entry_id = entry.entry_id
        self.texts = texts
        self.schedule = Schedule(hass)
        self.memory = Memory(hass)
        self.decisions = DecisionLog(hass)
        self.routines: dict[str, RoutineManager] = {}
        self._adders: list[RoutineAdder] = []
        self._listeners: set[Callable[[], None]] = set()
        self._known: dict[str, ConfigSubentry] = {}

    # What doors call.

    @property
    def foremost(self) -> RoutineManager | None:
        """The most urgent routine; among equals the one that wakes first."""

        def rank(manager: RoutineManager) -> tuple[int, float]:
            wake = manager.next_wake
            return (-URGENCY[manager.status], float("inf") if wake is None else wake.timestamp())

        return min(self.routines.values(), key=rank, default=None)

    @callback
    def each_routine(self, adder: RoutineAdder) -> None:
        """Call an adder for each routine there is and each that comes."""
        self._adders.append(adder)
        for manager in self.routines.values():
            adder(manager)

    @callback
    def subscribe(self, listener: Callable[[], None]) -> CALLBACK_TYPE:
        """Call a listener after each change of any routine; return what ends it."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    @callback
    def changed(self) -> None:
        """Tell the listeners that something changed."""
        for listener in list(self._listeners):
            listener()

    # What managers call.

    def busy_resources(self, asking: RoutineManager) -> dict[str, datetime | None]:
        """Return what the other routines' runs have, and no end that is known."""
        busy: dict[str, datetime | None] = {}
        for manager in self.routines.values():
            if manager is asking or manager.run is None:
                continue
            for step in manager.routine.steps:
                progress = manager.run.steps.get(step.step_id)
                if step.resource is not None and progress is not None and progress.phase in ACTIVE:
                    busy[step.resource] = None
        return busy

    @callback
    def report(self, key: str, **placeholders: str) -> None:
        """Raise a repair issue about something that only the user can mend."""
        ir.async_create_issue(
            self.hass,
            DOMAIN,
            "_".join((key, *placeholders.values())).lower().replace(" ", "_"),
            is_fixable=False,
            is_persistent=False,
            severity=ir.IssueSeverity.WARNING,
            translation_key=key,
            translation_placeholders=placeholders,
        )

    # Coming and going.

    async def async_setup(self) -> None:
        """Read what is kept, and bring up the routines.

        Raises:
            ConfigEntryError: when what is kept was written by a newer Cerebro.
        """
        try:
            await self.schedule.async_load()
            await self.memory.async_load()
            await self.decisions.async_load()
        except UnsupportedStorageVersionError as error:
            self.report("storage_newer")
            raise ConfigEntryError(translation_domain=DOMAIN, translation_key="storage_newer") from error
        self._known = dict(self.entry.subentries)
        for subentry in self._known.values():
            if subentry.subentry_type == SUBENTRY_ROUTINE:
                await self._async_add(subentry)

    async def async_unload(self) -> None:
        """Bring everything to a safe end."""
        for manager in list(self.routines.values()):
            await manager.async_unload()
        self.routines.clear()
        await self.async_flush()

    async def async_halt(self) -> None:
        """Put every hazardous output off because Home Assistant stops."""
        for manager in self.routines.values():
            await manager.async_halt()

    async def async_flush(self) -> None:
        """Write what is kept now."""
        await self.schedule.async_flush()
        await self.memory.async_flush()
        await self.decisions.async_flush()

    async def async_follow_entry(self) -> None:
        """Bring the routines in line with the entry's subentries, touching only what changed."""
        now = dict(self.entry.subentries)
        gone = self._known.keys() - now.keys()
        edited = {key for key in now.keys() & self._known.keys() if now[key] != self._known[key]}
        occupants_edited = {key for key in edited | gone if key in self._known and key not in self.routines}
        stale = {
            key
            for key, manager in self.routines.items()
            if key in gone | edited or occupants_edited & set(manager.routine.occupants)
        }
        for key in stale:
            manager = self.routines.pop(key)
            await manager.async_unload()
            if key in gone:
                await manager.async_forget()
                self._remove_device(key)
        for key in gone - stale:
            self.memory.forget(OccupantId(key))
        self._known = now
        for key, subentry in now.items():
            if subentry.subentry_type == SUBENTRY_ROUTINE and key not in self.routines:
                await self._async_add(subentry)
        self.changed()

    async def _async_add(self, subentry: ConfigSubentry) -> None:
        manager = RoutineManager(self.hass, self.entry, routine_from(self.entry, subentry), self)
        self.routines[subentry.subentry_id] = manager
        await manager.async_setup()
        for adder in self._adders:
            adder(manager)

    def _remove_device(self, routine_id: str) -> None:
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier((DOMAIN, routine_id), self.entry_id)
        if device is not None:
            registry.async_remove_device(device.id)
