"""What the coming days hold for a routine: the phone's alarm, first appointments, kinds of day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
import logging
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util

from ..core.routine.model import DayKind
from .home import is_known, resolve
from .settings import RoutineSetup

_LOGGER = logging.getLogger(__name__)

DAYS_AHEAD: Final = 9
"""How many days are looked up: a week and the day on either side."""
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

    @property
    def watched(self) -> tuple[str, ...]:
        """The entities whose change makes it worth looking again."""
        occupants = self._setup.occupants
        refs = [one.next_alarm for one in occupants if one.next_alarm]
        refs += [one.workday for one in occupants if one.workday]
        refs += [ref for one in occupants for ref in one.calendar]
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
        """Look up the appointments and the kinds of the coming days."""
        today = dt_util.now().date()
        days = [today + timedelta(days=offset) for offset in range(-1, DAYS_AHEAD)]
        self.first_events = await self._async_first_events(days[1])
        self.day_kinds = {day: await self._async_kind(day) for day in days}

    def kind_of(self, day: date) -> DayKind:
        """Return what sort of day it is."""
        return self.day_kinds.get(day, _by_weekday(day))

    async def _async_first_events(self, today: date) -> dict[date, datetime]:
        calendars = self._resolved([ref for one in self._setup.occupants for ref in one.calendar])
        if not calendars:
            return {}
        start = dt_util.start_of_local_day(today)
        data = {
            ATTR_ENTITY_ID: list(calendars),
            "start_date_time": start.isoformat(),
            "end_date_time": (start + timedelta(days=DAYS_AHEAD)).isoformat(),
        }
        found = await self._async_ask("calendar", "get_events", data)
        first: dict[date, datetime] = {}
        for calendar in found.values():
            for event in calendar.get("events", ()):
                # An event of whole days has dates only: it is no appointment to be up for.
                at = dt_util.parse_datetime(event["start"]) if "T" in event["start"] else None
                if at is not None:
                    day = dt_util.as_local(at).date()
                    first[day] = min(dt_util.as_utc(at), first.get(day, dt_util.as_utc(at)))
        return first

    async def _async_kind(self, day: date) -> DayKind:
        sensors = self._resolved([one.workday for one in self._setup.occupants if one.workday])
        usual = _by_weekday(day)
        for entity_id in sensors:
            found = await self._async_ask(
                "workday", "check_date", {ATTR_ENTITY_ID: entity_id, "check_date": day.isoformat()}
            )
            works = found.get(entity_id, {}).get("workday")
            if works is True:
                return DayKind.WORKDAY
            if works is False:
                return DayKind.HOLIDAY if usual is DayKind.WORKDAY else DayKind.DAY_OFF
        return usual

    async def _async_ask(self, domain: str, service: str, data: dict[str, Any]) -> dict[str, Any]:
        """Ask for a response; what does not answer is left out of the plan, and the log says so."""
        if not self._hass.services.has_service(domain, service):
            return {}
        try:
            answer = await self._hass.services.async_call(
                domain, service, data, blocking=True, return_response=True
            )
        except HomeAssistantError as error:
            _LOGGER.info("%s.%s did not answer for %s: %s", domain, service, self._setup.routine.name, error)
            return {}
        return dict(answer or {})

    def _resolved(self, refs: Iterable[str]) -> tuple[str, ...]:
        return resolve(er.async_get(self._hass), list(refs))


def _by_weekday(day: date) -> DayKind:
    return DayKind.WORKDAY if day.weekday() < WEEKEND else DayKind.DAY_OFF
