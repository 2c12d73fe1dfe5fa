"""Outputs that may be on though nobody wants them: appliances that answer late, or are away for a while."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from homeassistant.core import CALLBACK_TYPE, Event, EventStateChangedData, HomeAssistant, State, callback
from homeassistant.helpers.event import async_track_point_in_utc_time, async_track_state_change_event
from homeassistant.util import dt as dt_util

from ..core.routine.kinds import Ask
from ..core.routine.kinds.switched import ON_STATES
from ..core.routine.model import StepId
from .home import Home, is_known
from .settings import StepSetup

GUARDED_FOR: Final = timedelta(minutes=2)
"""A call that was not answered may still be on its way for this long."""


class Guard:
    """Watches outputs that were put off, or could not be."""

    def __init__(self, hass: HomeAssistant, home: Home, on_again: Callable[[StepId], None]) -> None:
        """Take the home and whom to tell of an output that is on again, or there again."""
        self._hass = hass
        self._home = home
        self._on_again = on_again
        self._ends: dict[StepId, list[CALLBACK_TYPE]] = {}

    @callback
    def watch(self, setup: StepSetup) -> None:
        """Watch the outputs of a step that were put off, for a while: a late appliance may still come on."""
        step_id = setup.step.step_id
        self._follow(setup, lambda state: state.state in ON_STATES)

        @callback
        def over(_: datetime) -> None:
            self.end(step_id)

        self._ends[step_id].append(
            async_track_point_in_utc_time(self._hass, over, dt_util.utcnow() + GUARDED_FOR)
        )

    @callback
    def await_return(self, setup: StepSetup) -> None:
        """Watch the outputs of a step that could not be put off, until one of them is there again."""
        self._follow(setup, is_known)

    def _follow(self, setup: StepSetup, is_meant: Callable[[State], bool]) -> None:
        step_id = setup.step.step_id
        self.end(step_id)
        entities = [
            entity_id
            for demand in setup.spec.release
            if demand.ask is Ask.OFF
            for entity_id in self._home.entities(demand.role)
        ]

        @callback
        def changed(event: Event[EventStateChangedData]) -> None:
            state = event.data["new_state"]
            if state is not None and is_meant(state):
                self.end(step_id)
                self._on_again(step_id)

        self._ends[step_id] = [async_track_state_change_event(self._hass, entities, changed)]

    @callback
    def end(self, step_id: StepId) -> None:
        """Stop watching the outputs of a step."""
        for end in self._ends.pop(step_id, ()):
            end()

    @callback
    def stop(self) -> None:
        """Stop watching."""
        for step_id in list(self._ends):
            self.end(step_id)
