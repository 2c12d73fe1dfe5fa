"""Calendars: the day's plan of a routine, and until when things are good."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import override

from homeassistant.components.calendar import CalendarEntity, CalendarEntityDescription, CalendarEvent
from homeassistant.core import HomeAssistant
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .core.pantry.use_first import Advice
from .core.routine.model import Cue
from .entity import HouseholdEntity, RoutineEntity
from .managers import CerebroConfigEntry
from .managers.pantry.manager import PantryManager

PARALLEL_UPDATES = 0

PLAN = CalendarEntityDescription(key="plan", translation_key="plan")
BEST_BEFORE = CalendarEntityDescription(key="best_before", translation_key="best_before")


async def async_setup_entry(
    hass: HomeAssistant,  # noqa: ARG001
    entry: CerebroConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add a calendar for each routine, as they come, and one for the pantries once there is any."""
    cerebro = entry.runtime_data
    cerebro.pantry.places.household.each(
        lambda _: async_add_entities([BestBeforeCalendar(cerebro, BEST_BEFORE)])
    )
    cerebro.each_routine(
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


class BestBeforeCalendar(HouseholdEntity, CalendarEntity):
    """Each lot that goes off, on the last day on which it is good."""

    @property
    @override
    def event(self) -> CalendarEvent | None:
        """What goes off next, today included."""
        today = self.pantry.today
        coming = (one for one in self.pantry.use_first() if one.off_on >= today)
        return next((_lot_event(self.pantry, one) for one in coming), None)

    @override
    async def async_get_events(
        self, hass: HomeAssistant, start_date: datetime, end_date: datetime
    ) -> list[CalendarEvent]:
        """Return what goes off within a span; a day that only begins as it ends is not within it."""
        first, end = dt_util.as_local(start_date).date(), dt_util.as_local(end_date)
        return [
            _lot_event(self.pantry, one)
            for one in self.pantry.use_first()
            if first <= one.off_on and dt_util.start_of_local_day(one.off_on) < end
        ]


def _lot_event(pantry: PantryManager, advice: Advice) -> CalendarEvent:
    return CalendarEvent(
        start=advice.off_on,
        end=advice.off_on + timedelta(days=1),
        summary=pantry.view.label(advice),
        description=pantry.texts.render(advice.reason),
        location=pantry.view.pantry(advice.lot.pantry_id),
        uid=advice.lot.lot_id,
    )
