"""Triggers for the automation editor: what routines and pantries tell by their event entities."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, ClassVar, Final, override

from homeassistant.components.event import DOMAIN as EVENT_DOMAIN
from homeassistant.const import CONF_OPTIONS
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.automation import DomainSpec
from homeassistant.helpers.trigger import (
    ENTITY_STATE_TRIGGER_SCHEMA,
    NotTriggeredReasonReporter,
    StatelessEntityTriggerBase,
    Trigger,
    TriggerActionRunner,
    TriggerNotTriggeredReporter,
)
import voluptuous as vol

from .const import DOMAIN
from .core.pantry.notices import Notice, Occurrence
from .core.routine.model import StepKind
from .core.routine.state import Happening

CONF_KIND: Final = "kind"
CONF_STEP: Final = "step"
CONF_OUTCOME: Final = "outcome"
CONF_PRODUCT: Final = "product"
OUTCOMES: Final[Mapping[str, str]] = {
    Happening.STEP_DONE: "done",
    Happening.STEP_SKIPPED: "skipped",
    Happening.STEP_FAILED: "failed",
}
"""How a step can end, by the event that tells it."""
TOLD: Final = ("event_type", "step", "kind", "name", "reason", "run_id")
"""The attributes of a routine's event entity that tell one event from another."""
PANTRY_TOLD: Final = ("event_type", "product", "best_before", "reason", "shop", "since")
"""The same, of the event entities of pantries."""

_STEP_FIELDS: Final = {
    vol.Optional(CONF_KIND): vol.All(cv.ensure_list, [vol.In([kind.value for kind in StepKind])]),
    vol.Optional(CONF_STEP): cv.string,
}
_OUTCOME_FIELDS: Final = {
    vol.Optional(CONF_OUTCOME): vol.All(cv.ensure_list, [vol.In(list(OUTCOMES.values()))])
}
_PRODUCT_FIELDS: Final = {vol.Optional(CONF_PRODUCT): cv.string}


def _schema(fields: dict[Any, Any]) -> vol.Schema:
    return ENTITY_STATE_TRIGGER_SCHEMA.extend({vol.Required(CONF_OPTIONS, default={}): fields})


class HappeningTrigger(StatelessEntityTriggerBase):
    """Fires when an event entity of Cerebro tells one of some happenings."""

    _domain_specs = {EVENT_DOMAIN: DomainSpec()}  # noqa: RUF012 - as Home Assistant declares it
    _happenings: ClassVar[frozenset[str]]
    _told: ClassVar[tuple[str, ...]]
    """The attributes that tell one event from another, and go along as the trigger's variables."""

    @override
    def entity_filter(self, entities: set[str]) -> set[str]:
        """Keep the event entities of Cerebro."""
        registry = er.async_get(self._hass)
        return {
            entity_id
            for entity_id in super().entity_filter(entities)
            if (entry := registry.async_get(entity_id)) is not None and entry.platform == DOMAIN
        }

    @override
    def is_valid_transition(self, from_state: State, to_state: State) -> bool:
        """Take each event for itself: two things may happen within the same millisecond."""
        return from_state.state != to_state.state or any(
            from_state.attributes.get(name) != to_state.attributes.get(name) for name in self._told
        )

    @override
    def is_valid_state(self, state: State, report_not_triggered: NotTriggeredReasonReporter) -> bool:
        """Return whether this is what the trigger waits for, about something it is for."""
        return state.attributes.get("event_type") in self._happenings and self._is_wanted(state.attributes)

    @override
    async def async_attach_runner(
        self, run_action: TriggerActionRunner, did_not_trigger: TriggerNotTriggeredReporter | None = None
    ) -> CALLBACK_TYPE:
        """Run the action with what happened in the trigger's variables."""

        @callback
        def run(
            extra_trigger_payload: dict[str, Any], description: str, context: Context | None = None
        ) -> asyncio.Task[Any]:
            told = extra_trigger_payload["to_state"].attributes
            return run_action(extra_trigger_payload | self._variables(told), description, context)

        return await super().async_attach_runner(run, did_not_trigger)

    def _variables(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """Return what the action may use of what was told."""
        return {name: told.get(name) for name in self._told}

    def _is_wanted(self, told: Mapping[str, Any]) -> bool:
        """Return whether the options let this pass; an option that is empty or missing lets all pass."""
        having = self._variables(told)
        return all(
            having[name] in (wanted if isinstance(wanted, list) else [wanted])
            for name, wanted in self._options.items()
            if wanted
        )


class RoutineTrigger(HappeningTrigger):
    """Fires when a routine tells one of some happenings."""

    _told = TOLD

    @override
    def _variables(self, told: Mapping[str, Any]) -> dict[str, Any]:
        return super()._variables(told) | {CONF_OUTCOME: OUTCOMES.get(told.get("event_type", ""))}


class PantryTrigger(HappeningTrigger):
    """Fires when the pantries tell one of some happenings."""

    _told = PANTRY_TOLD


class StepBecameDue(RoutineTrigger):
    """Fires when a step is to be performed, now; the alarm's is whenever it begins to ring."""

    _schema = _schema(_STEP_FIELDS)
    _happenings = frozenset({Happening.STEP_DUE, Happening.ALARM_RINGING})


class StepEnded(RoutineTrigger):
    """Fires when a step is done, skipped or failed."""

    _schema = _schema(_STEP_FIELDS | _OUTCOME_FIELDS)
    _happenings = frozenset(OUTCOMES)


class AlarmStartedRinging(RoutineTrigger):
    """Fires when the alarm begins to ring, after a snooze too."""

    _happenings = frozenset({Happening.ALARM_RINGING})


class OccupantGotUp(RoutineTrigger):
    """Fires when there is evidence that an occupant is up."""

    _happenings = frozenset({Happening.OCCUPANT_UP})


class RoutineEnded(RoutineTrigger):
    """Fires when a run is over."""

    _happenings = frozenset({Happening.RUN_ENDED})


class AttentionNeeded(RoutineTrigger):
    """Fires when a run needs the person."""

    _happenings = frozenset({Happening.NEEDS_ATTENTION})


class ProductBecameLow(PantryTrigger):
    """Fires when less of a product is there than should be."""

    _schema = _schema(_PRODUCT_FIELDS)
    _happenings = frozenset({Notice.PRODUCT_LOW})


class ProductGoesOffSoon(PantryTrigger):
    """Fires when something in stock is good for a few days only."""

    _schema = _schema(_PRODUCT_FIELDS)
    _happenings = frozenset({Notice.PRODUCT_SOON_OFF})


class ShoppingListReady(PantryTrigger):
    """Fires when the list for the next shopping day is ready."""

    _happenings = frozenset({Notice.LIST_READY})


class PantryDoorLeftOpen(PantryTrigger):
    """Fires when the door of a pantry was open for too long."""

    _happenings = frozenset({Occurrence.DOOR_LEFT_OPEN})


TRIGGERS: Final[dict[str, type[Trigger]]] = {
    "alarm_started_ringing": AlarmStartedRinging,
    "attention_needed": AttentionNeeded,
    "occupant_got_up": OccupantGotUp,
    "pantry_door_left_open": PantryDoorLeftOpen,
    "product_became_low": ProductBecameLow,
    "product_goes_off_soon": ProductGoesOffSoon,
    "routine_ended": RoutineEnded,
    "shopping_list_ready": ShoppingListReady,
    "step_became_due": StepBecameDue,
    "step_ended": StepEnded,
}


async def async_get_triggers(hass: HomeAssistant) -> dict[str, type[Trigger]]:  # noqa: ARG001
    """Return the triggers."""
    return TRIGGERS
