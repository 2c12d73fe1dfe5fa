"""The managers: Cerebro's hands in Home Assistant, and what they share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
import logging

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.storage import UnsupportedStorageVersionError

from ..const import DOMAIN, SUBENTRY_ROUTINE
from ..core.routine.model import OccupantId
from ..core.routine.state import Happening
from .audience import Audience
from .bindings import Bindings
from .decisions import DecisionLog
from .issues import Issues
from .journal import Journal
from .memory import Memory
from .pantry.manager import PantryManager
from .routine import RoutineManager
from .schedule import Schedule
from .settings import roles_from, routine_from
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
        self.issues = Issues(hass)
        self.routines: dict[str, RoutineManager] = {}
        self.pantry = PantryManager(hass, entry, texts, self)
        self._bindings = Bindings(hass, entry, self.issues, texts)
        self._audiences: dict[str, Audience[Happening]] = {}
        self._adders: list[RoutineAdder] = []
        self._listeners: set[Callable[[], None]] = set()
        self._known: dict[str, ConfigSubentry] = {}
        self._known_roles: dict[str, tuple[str, ...]] = {}
        self._following = asyncio.Lock()
        self._closed = False
        self._shown: set[str] = set()
        """The routines that have their entities, which stay when the routine can no longer be set up."""

    # What doors call.

    @property
    def foremost(self) -> RoutineManager | None:
        """The most urgent routine; among equals the one that wakes first."""

        def rank(manager: RoutineManager) -> tuple[int, float]:
            wake = manager.next_wake if manager.run is None else manager.run.wake_at
            return (-URGENCY[manager.status], float("inf") if wake is None else wake.timestamp())

        return min(self.routines.values(), key=rank, default=None)

    @callback
    def each_routine(self, adder: RoutineAdder) -> None:
        """Call an adder for each routine there is and each that comes."""
        self._adders.append(adder)
        self._shown |= self.routines.keys()
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

    def audience(self, routine_id: str) -> Audience[Happening]:
        """Return who listens to a routine, whichever manager keeps it going."""
        return self._audiences.setdefault(routine_id, Audience())

    def busy_resources(self, asking: RoutineManager) -> dict[str, datetime | None]:
        """Return what the other routines' runs have, and no end that is known."""
        busy: dict[str, datetime | None] = {}
        for manager in self.routines.values():
            run = manager.runner.coming or manager.run
            if manager is asking or run is None:
                continue
            for step in manager.routine.steps:
                progress = run.steps.get(step.step_id)
                if step.resource is None or progress is None:
                    continue
                if progress.phase in ACTIVE or progress.on_since is not None:
                    busy[step.resource] = None
        return busy

    def others_have_on(self, asking: RoutineManager) -> set[str]:
        """Return the entities that other routines' runs have on, but for what they put off now."""
        return {
            entity_id
            for manager in self.routines.values()
            if manager is not asking and (run := manager.runner.coming or manager.run) is not None
            for step_id, progress in run.steps.items()
            if progress.phase in ACTIVE and progress.on_since is not None and not progress.releasing
            for entity_id in manager.runner.effects.outputs(step_id)
        }

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
            self.issues.report("storage_newer")
            raise ConfigEntryError(translation_domain=DOMAIN, translation_key="storage_newer") from error
        try:
            await self._async_bring_up()
        except BaseException:
            # Home Assistant unloads nothing that could not be set up: what was begun would go on for ever.
            await self.async_unload()
            raise

    async def _async_bring_up(self) -> None:
        await self._async_open_pantry()
        self.issues.cure("storage_newer")
        self._known, self._known_roles = _subentries(self.entry), roles_from(self.entry)
        self._bindings.start()
        for subentry in self._known.values():
            if subentry.subentry_type == SUBENTRY_ROUTINE:
                await self._async_add(subentry)

    async def _async_open_pantry(self) -> None:
        """Bring the pantry up; when it cannot be, the mornings go on without it.

        Raises:
            ConfigEntryError: when what is kept of it was written by a newer Cerebro.
        """
        try:
            await self.pantry.async_setup()
        except UnsupportedStorageVersionError as error:
            self.issues.report("storage_newer")
            raise ConfigEntryError(translation_domain=DOMAIN, translation_key="storage_newer") from error
        except ConfigEntryError:
            raise
        except Exception:
            _LOGGER.exception("The pantry cannot be set up")
            self.pantry.stop()
            self.issues.report("pantry_unusable")
        else:
            self.issues.cure("pantry_unusable")

    async def async_unload(self) -> None:
        """Bring everything to a safe end."""
        self._closed = True
        async with self._following:
            self._bindings.stop()
            await asyncio.gather(*(manager.async_unload() for manager in self.routines.values()))
            self.routines.clear()
            await self.pantry.async_unload()
            await self.async_flush()

    async def async_halt(self) -> None:
        """Put every hazardous output off because Home Assistant stops."""
        await asyncio.gather(*(manager.async_halt() for manager in self.routines.values()))

    async def async_flush(self) -> None:
        """Write what is kept now."""
        await self.schedule.async_flush()
        await self.memory.async_flush()
        await self.decisions.async_flush()
        await self.pantry.async_flush()

    async def async_follow_entry(self) -> None:
        """Bring the routines in line with the entry, touching only what changed.

        What is edited while everything comes to its end must not bring a routine up again after it.
        """
        async with self._following:
            if self._closed:
                return
            now, roles = _subentries(self.entry), roles_from(self.entry)
            stale = self._stale(now, roles)
            gone = self._known.keys() - now.keys()
            self._known, self._known_roles = now, roles
            for key in stale:
                await self._async_drop(key, forget=key in gone)
            for key in gone - stale:
                self.memory.forget(OccupantId(key))
                await self._async_forget(key)
            for key, subentry in now.items():
                if subentry.subentry_type == SUBENTRY_ROUTINE and (key in stale or key not in self.routines):
                    await self._async_add(subentry)
            self.pantry.follow_entry()
            self._bindings.check()
        self.changed()

    def _stale(self, now: Mapping[str, ConfigSubentry], roles: Mapping[str, tuple[str, ...]]) -> set[str]:
        """Return the routines that are gone or no longer as they were set up."""
        touched = {key for key, subentry in self._known.items() if now.get(key) != subentry}
        return {
            key
            for key, manager in self.routines.items()
            if roles != self._known_roles or touched & {key, *manager.routine.occupants}
        }

    async def _async_drop(self, key: str, *, forget: bool) -> None:
        """Let go of a routine; one that was edited is shown as it was until its new manager is there."""
        manager = self.routines[key]
        await manager.async_unload()
        if forget:
            del self.routines[key]
            await self._async_forget(key)
            self._see_off(manager)

    async def _async_forget(self, key: str) -> None:
        """Remove what was kept of a subentry that was removed."""
        await Journal(self.hass, key).async_remove()
        self.schedule.forget(key)
        self.decisions.forget(key)
        self.issues.forget(key)
        self._audiences.pop(key, None)
        self._shown.discard(key)

    async def _async_add(self, subentry: ConfigSubentry) -> None:
        """Bring a routine up; one that cannot be must not take the others along."""
        key, manager = subentry.subentry_id, None
        replaced = self.routines.pop(key, None)
        try:
            manager = RoutineManager(self.hass, self.entry, routine_from(self.entry, subentry), self)
            self.routines[key] = manager
            await manager.async_setup()
        except Exception:
            _LOGGER.exception("The routine %s cannot be set up", subentry.title)
            self.issues.report("routine_unusable", key, placeholders={"routine": subentry.title})
            await self._async_give_up(key, manager)
            self._see_off(manager or replaced)
            return
        self.issues.cure("routine_unusable", key)
        self._see_off(replaced, but=manager)
        if key in self._shown:
            self._rename_device(manager)
            manager.changed()
            return
        if self._adders:
            self._shown.add(key)
        for adder in self._adders:
            adder(manager)

    async def _async_give_up(self, key: str, manager: RoutineManager | None) -> None:
        """Let go of a routine that was set up half-way: nobody could stop what it had begun."""
        self.routines.pop(key, None)
        try:
            if manager is not None:
                await manager.async_unload()
        except Exception:
            _LOGGER.exception("The routine %s cannot be unloaded", key)
        self.audience(key).changed()

    def _see_off(self, left: RoutineManager | None, *, but: RoutineManager | None = None) -> None:
        """Go on putting off what a routine left on, but for what its new manager sees to."""
        if left is None:
            return
        cared_for = () if but is None else but.setup.steps
        for step_id in left.runner.effects.still_on.difference(cared_for):
            left.create_task(left.runner.effects.async_see_off(step_id), f"sees {step_id} off")

    def _rename_device(self, manager: RoutineManager) -> None:
        registry = dr.async_get(self.hass)
        device = registry.async_get_device_by_identifier((DOMAIN, manager.routine.routine_id), self.entry_id)
        if device is not None:
            registry.async_update_device(device.id, name=manager.routine.name)


def _subentries(entry: ConfigEntry) -> dict[str, ConfigSubentry]:
    """Return the subentries as they are now: Home Assistant edits them in place."""
    return {key: replace(subentry) for key, subentry in entry.subentries.items()}
