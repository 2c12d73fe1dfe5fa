"""What goes on around the pantry: who is away, when guests come, who can shop when, who is home."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta
import logging
from typing import Final

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import STATE_HOME, STATE_ON
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.event import async_track_time_change
from homeassistant.util import dt as dt_util

from ...const import SUBENTRY_OCCUPANT
from ...core.pantry.demand import brings_guests, demand
from ...core.pantry.shopping.busy import Span, busy_at_once
from ...core.pantry.shopping.presence import Presence
from ...core.pantry.shopping.slots import HORIZON
from ..appointments import Appointment, async_appointments, covers, is_timed, moment
from ..home import resolve
from ..settings import Occupant, occupant_from
from .notebook import Notebook

_LOGGER = logging.getLogger(__name__)

LOOK_SECONDS: Final = 20.0
"""How long the calendars may take to answer."""
ASKING: Final = "the pantry"


class Surroundings:
    """Looks at the household's calendars, and at who is home."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry, notebook: Notebook) -> None:
        """Take whose calendars and persons they are, and where presence is noted."""
        self._hass = hass
        self._entry = entry
        self._notebook = notebook
        self._away: Counter[date] = Counter()
        self._guests: frozenset[date] = frozenset()
        self.busy: tuple[Span, ...] = ()
        """When every occupant is busy (UTC)."""
        self._presence = Presence()

    @property
    def occupants(self) -> tuple[Occupant, ...]:
        """The people who live here."""
        found = (one for one in self._entry.subentries.values() if one.subentry_type == SUBENTRY_OCCUPANT)
        return tuple(occupant_from(subentry) for subentry in found)

    @property
    def phones(self) -> tuple[str, ...]:
        """The device ids of their phones."""
        return tuple(one.phone for one in self.occupants if one.phone)

    @property
    def demand(self) -> Callable[[date], float]:
        """How much is used on a day, as a share of a usual one."""
        return demand(len(self.occupants), self._away, self._guests)

    def home_at(self, weekday: int, hour: int) -> float:
        """Return the chance that somebody is home in an hour of a weekday (0 is Monday)."""
        return self._presence(weekday, hour)

    @callback
    def start(self) -> CALLBACK_TYPE:
        """Begin to look, once an hour; return what ends it."""
        self._presence = Presence(self._notebook.presence)
        # In the middle of the hour: at its ends people come and go.
        return async_track_time_change(self._hass, self._look_who_is_home, minute=30, second=0)

    async def async_look(self) -> None:
        """Look the coming days up. What does not answer in time leaves what was known before."""
        today, occupants = dt_util.now().date(), self.occupants
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                events = [await self._async_events(one.calendar, today) for one in occupants]
                away = [await self._async_away(one, today) for one in occupants]
        except TimeoutError:
            _LOGGER.info("The household’s calendars did not answer in time")
            return
        if None in events:
            return
        known = [list(one or ()) for one in events]
        self._away = Counter(day for days in away for day in days)
        self._guests = frozenset(
            dt_util.as_local(moment(event["start"])).date()
            for one in known
            for event in one
            if brings_guests(str(event.get("summary", "")))
        )
        self.busy = busy_at_once([_spans(one) for one in known])

    async def _async_events(self, calendars: Sequence[str], today: date) -> list[Appointment] | None:
        resolved = resolve(er.async_get(self._hass), calendars)
        return await async_appointments(self._hass, resolved, today, HORIZON, asking=ASKING)

    async def _async_away(self, occupant: Occupant, today: date) -> set[date]:
        """Return the days to come on which an occupant is away."""
        days = [today + timedelta(days=ahead) for ahead in range(HORIZON)]
        entities = resolve(er.async_get(self._hass), occupant.away)
        calendars = [one for one in entities if one.startswith("calendar.")]
        events = await async_appointments(self._hass, calendars, today, HORIZON, asking=ASKING)
        away = {day for day in days if any(covers(event, day) for event in events or ())}
        states = (self._hass.states.get(one) for one in entities if one not in calendars)
        # How long it will stay on nobody knows: it is true of today.
        return away | {today} if any(one is not None and one.state == STATE_ON for one in states) else away

    @callback
    def _look_who_is_home(self, now: datetime) -> None:
        persons = resolve(er.async_get(self._hass), [one.person for one in self.occupants if one.person])
        states = [state for one in persons if (state := self._hass.states.get(one)) is not None]
        if states:
            home = any(state.state == STATE_HOME for state in states)
            self._notebook.presence = self._presence.look(dt_util.as_local(now), home=home).shares
            self._notebook.changed()


def _spans(events: Iterable[Appointment]) -> list[Span]:
    """Return when timed appointments are (UTC)."""
    timed = (event for event in events if is_timed(event))
    return sorted((dt_util.as_utc(moment(one["start"])), dt_util.as_utc(moment(one["end"]))) for one in timed)
