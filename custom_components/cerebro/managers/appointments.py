"""What calendars hold in the days to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
import logging
from typing import Any, Final

from homeassistant.const import ATTR_ENTITY_ID
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

_LOGGER = logging.getLogger(__name__)

MORNING: Final = (time(4), time(12))
"""An event that covers this part of a day makes it one of being away: the evening of the journey does not."""

type Appointment = Mapping[str, Any]
"""An event of a calendar, with ``start``, ``end`` and ``summary``, as its action returns it."""


async def async_appointments(
    hass: HomeAssistant, calendars: Sequence[str], first: date, days: int, *, asking: str
) -> list[Appointment] | None:
    """Return the events of calendars from a day on, or nothing when they did not answer.

    ``asking`` is on whose behalf, for the log.
    """
    if not calendars:
        return []
    start = dt_util.start_of_local_day(first)
    data = {
        ATTR_ENTITY_ID: list(calendars),
        "start_date_time": start.isoformat(),
        "end_date_time": (start + timedelta(days=days)).isoformat(),
    }
    found = await async_ask(hass, "calendar", "get_events", data, asking=asking)
    return None if found is None else [event for one in found.values() for event in one.get("events", ())]


async def async_ask(
    hass: HomeAssistant, domain: str, service: str, data: dict[str, Any], *, asking: str
) -> dict[str, Any] | None:
    """Ask an action for its response; nothing when none comes, and the log says so."""
    if not hass.services.has_service(domain, service):
        return None
    try:
        answer = await hass.services.async_call(domain, service, data, blocking=True, return_response=True)
    # A calendar may raise anything, and none of it is a reason to oversleep.
    except Exception as error:  # noqa: BLE001
        _LOGGER.info("%s.%s did not answer for %s: %s", domain, service, asking, error)
        return None
    return dict(answer or {})


def is_timed(event: Appointment) -> bool:
    """Tell whether an event has a time of day; one of whole days has dates only."""
    return "T" in event["start"]


def covers(event: Appointment, day: date) -> bool:
    """Return whether an event covers the morning of a day."""
    begin, end = (datetime.combine(day, at, tzinfo=dt_util.get_default_time_zone()) for at in MORNING)
    return moment(event["start"]) <= begin and moment(event["end"]) >= end


def moment(text: str) -> datetime:
    """Return the moment of an event's start or end; a date alone is the beginning of that day."""
    at = dt_util.parse_datetime(text) if "T" in text else None
    return dt_util.start_of_local_day(date.fromisoformat(text[:10])) if at is None else at
