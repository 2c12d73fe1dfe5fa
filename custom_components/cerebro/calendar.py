"""Calendars: the day's plan of a routine."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEntityDescription, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .core.routine.model import Cue
from .entity import RoutineEntity
from .managers import CerebroConfigEntry

PARALLEL_UPDATES = 0

PLAN = CalendarEntityDescription(key="plan", translation_key="plan")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a calendar for each routine, as they come."""
    entry.runtime_data.each_routine(
        lambda manager: async_add_entities(
            [PlanCalendar(manager, PLAN)], config_subentry_id=manager.routine.routine_id
        )
    )


class PlanCalendar(RoutineEntity, CalendarEntity):
    """Each step of the plan as an event, with its reason as the description."""

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """The step that is on, or the next one."""
        now = dt_util.now()
        return next((event for event in self._events() if event.end > now), None)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return the steps within a span."""
        return [event for event in self._events() if event.end > start_date and event.start < end_date]

    def _events(self) -> list[CalendarEvent]:
        plan = self.manager.plan if self.available else None
        return [] if plan is None else [self._event(cue) for cue in plan.cues]

    def _event(self, cue: Cue) -> CalendarEvent:
        # A step that is ready at once still takes a moment: a calendar knows no event without length.
        end = max(cue.ready, cue.start + timedelta(minutes=1))
        return CalendarEvent(
            start=dt_util.as_local(cue.start),
            end=dt_util.as_local(end),
            summary=self.manager.step_name(cue.step_id),
            description=self.manager.sentence(cue.reason),
            uid=f"{self.manager.routine.routine_id}_{cue.step_id}",
        )
