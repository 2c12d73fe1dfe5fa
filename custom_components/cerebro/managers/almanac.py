"""What the coming days hold for a routine: the phone's alarm, first appointments, kinds of day."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
import logging
from typing import Final

from homeassistant.const import ATTR_ENTITY_ID, STATE_ON
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..core.routine.model import DayKind
from .appointments import Appointment, async_appointments, async_ask, covers, is_timed, moment
from .home import is_known, resolve
from .settings import RoutineSetup

_LOGGER = logging.getLogger(__name__)

DAYS_AHEAD: Final = 9
"""How many days are looked up: a week and the day on either side."""
LOOK_SECONDS: Final = 20.0
"""How long everything that is asked may take to answer."""
WEEKEND: Final = 5
"""The weekday from which a day is off where no workday sensor tells (Monday is 0)."""


class Almanac:
    """Looks the coming days up in the entities of a routine's occupants."""

    def __init__(self, hass: HomeAssistant, setup: RoutineSetup) -> None:
        """Take the routine whose occupants are looked up."""
        self._hass = hass
        self._setup = setup
        self.first_events: dict[date, datetime] = {}
        """The first timed appointment of each day (UTC)."""
        self.day_kinds: dict[date, DayKind] = {}
        self._usual: dict[date, DayKind] = {}
        """What sort of day each is for those who are not away."""

    @property
    def watched(self) -> tuple[str, ...]:
        """The entities whose change makes it worth looking again."""
        occupants = self._setup.occupants
        refs = [one.next_alarm for one in occupants if one.next_alarm]
        refs += [one.workday for one in occupants if one.workday]
        refs += [ref for one in occupants for ref in (*one.calendar, *one.away)]
        return self._resolved(refs)

    @property
    def phone_alarm(self) -> datetime | None:
        """The earliest next alarm of the occupants' phones, or nothing when none is set."""
        refs = [one.next_alarm for one in self._setup.occupants if one.next_alarm]
        states = [self._hass.states.get(entity_id) for entity_id in self._resolved(refs)]
        times = [dt_util.parse_datetime(state.state) for state in states if state and is_known(state)]
        aware = [dt_util.as_utc(at) for at in times if at is not None]
        return min(aware, default=None)

    async def async_look(self) -> None:
        """Look up the appointments and the kinds of the coming days.

        What does not answer in time leaves what was known before: a calendar that is out of reach moves no
        wake-up.
        """
        today = dt_util.now().date()
        days = [today + timedelta(days=offset) for offset in range(-1, DAYS_AHEAD)]
        try:
            async with asyncio.timeout(LOOK_SECONDS):
                first_events = await self._async_first_events(today)
                if first_events is not None:
                    self.first_events = first_events
                away = await self._async_away(days)
                for day in days:
                    self._usual[day] = await self._async_kind(day)
                    self.day_kinds[day] = DayKind.AWAY if day in away else self._usual[day]
        except TimeoutError:
            _LOGGER.info("The coming days of %s could not be looked up in time", self._setup.routine.name)
        for kinds in (self.day_kinds, self._usual):
            for day in [day for day in kinds if day < days[0]]:
                del kinds[day]

    def kind_of(self, day: date) -> DayKind:
        """Return what sort of day it is."""
        return self.day_kinds.get(day, _by_weekday(day))

    async def _async_first_events(self, today: date) -> dict[date, datetime] | None:
        """Return the first appointment of each day, or nothing when the calendars did not answer."""
        calendars = self._resolved([ref for one in self._setup.occupants for ref in one.calendar])
        events = await self._async_events(calendars, today)
        if events is None:
            return None
        first: dict[date, datetime] = {}
        for event in events:
            # One of whole days is no appointment to be up for.
            if is_timed(event):
                at = moment(event["start"])
                day = dt_util.as_local(at).date()
                first[day] = min(dt_util.as_utc(at), first.get(day, dt_util.as_utc(at)))
        return first

    async def _async_away(self, days: Sequence[date]) -> set[date]:
        """Return the days on which every occupant is away."""
        away = set(days)
        for occupant in self._setup.occupants:
            away &= await self._async_away_of(self._resolved(occupant.away), days)
        return away if self._setup.occupants else set()

    async def _async_away_of(self, entities: Sequence[str], days: Sequence[date]) -> set[date]:
        calendars = [one for one in entities if one.startswith("calendar.")]
        events = await self._async_events(calendars, days[0]) or []
        found = {day for day in days if any(covers(event, day) for event in events)}
        for entity_id in set(entities) - set(calendars):
            state = self._hass.states.get(entity_id)
            if state is not None and state.state == STATE_ON:
                found |= {day for day in days if day >= dt_util.now().date()}
        return found

    async def _async_events(self, calendars: Sequence[str], first: date) -> list[Appointment] | None:
        """Return the events of calendars in the coming days, or nothing when they did not answer."""
        return await async_appointments(self._hass, calendars, first, DAYS_AHEAD, asking=self._asking)

    @property
    def _asking(self) -> str:
        return self._setup.routine.name

    async def _async_kind(self, day: date) -> DayKind:
        sensors = self._resolved([one.workday for one in self._setup.occupants if one.workday])
        usual = _by_weekday(day)
        for entity_id in sensors:
            data = {ATTR_ENTITY_ID: entity_id, "check_date": day.isoformat()}
            found = await async_ask(self._hass, "workday", "check_date", data, asking=self._asking)
            works = None if found is None else found.get(entity_id, {}).get("workday")
            if works is None and day in self._usual:
                return self._usual[day]
            if works is True:
                return DayKind.WORKDAY
            if works is False:
                return DayKind.HOLIDAY if usual is DayKind.WORKDAY else DayKind.DAY_OFF
        return usual

    def _resolved(self, refs: Iterable[str]) -> tuple[str, ...]:
        return resolve(er.async_get(self._hass), list(refs))


def _by_weekday(day: date) -> DayKind:
    return DayKind.WORKDAY if day.weekday() < WEEKEND else DayKind.DAY_OFF
