"""The actions on routines."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, cast

from homeassistant.core import HomeAssistant, ServiceCall, ServiceResponse, SupportsResponse, callback
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.target import TargetSelection, async_extract_referenced_entity_ids
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..const import DOMAIN
from ..core.routine.model import StepId
from ..core.routine.state import Command
from ..managers.routine import RoutineManager
from .loaded import loaded

ATTR_STEP: Final = "step"
ATTR_TIME: Final = "time"
ATTR_COUNT: Final = "count"
DEFAULT_COUNT: Final = 10
MOST_COUNT: Final = 100

STEP: Final = {vol.Required(ATTR_STEP): vol.All(cv.string, vol.Length(min=1, max=64))}

type Handler = Callable[[RoutineManager, ServiceCall], Coroutine[Any, Any, ServiceResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutineAction:
    """One action on the routines that a call targets."""

    name: str
    handle: Handler
    fields: dict[Any, Any] = field(default_factory=dict)
    response: SupportsResponse = SupportsResponse.NONE

    @callback
    def register(self, hass: HomeAssistant) -> None:
        """Offer the action."""

        async def handle(call: ServiceCall) -> ServiceResponse:
            managers = _targets(hass, call)
            answers = await _async_each(self, managers, call)
            if not call.return_response:
                return None
            return cast("ServiceResponse", {"routines": answers})

        hass.services.async_register(
            DOMAIN,
            self.name,
            handle,
            schema=vol.Schema({**cv.ENTITY_SERVICE_FIELDS, **self.fields}),
            supports_response=self.response,
        )


def _command(command: Command) -> Handler:
    async def handle(manager: RoutineManager, call: ServiceCall) -> None:
        step = call.data.get(ATTR_STEP)
        await manager.async_command(command, None if step is None else _step_of(manager, step))

    return handle


async def _start(manager: RoutineManager, _: ServiceCall) -> None:
    await manager.async_start()


async def _skip_next(manager: RoutineManager, _: ServiceCall) -> None:
    await manager.async_skip_next()


async def _set_wake_time(manager: RoutineManager, call: ServiceCall) -> None:
    await manager.async_set_wake_time(call.data[ATTR_TIME])


async def _plan(manager: RoutineManager, _: ServiceCall) -> ServiceResponse:
    plan = manager.plan
    if plan is None:
        return {"wake_time": None, "steps": [], "left_out": []}
    return {
        "wake_time": dt_util.as_local(plan.wake_at).isoformat(),
        "steps": [
            {
                "step": cue.step_id,
                "name": manager.step_name(cue.step_id),
                "start": dt_util.as_local(cue.start).isoformat(),
                "ready": dt_util.as_local(cue.ready).isoformat(),
                "arrival": dt_util.as_local(cue.arrival).isoformat(),
                "reason": manager.sentence(cue.reason),
                "missing": list(manager.missing.get(cue.step_id, ())),
            }
            for cue in plan.cues
        ],
        "left_out": [
            {"step": step_id, "name": manager.step_name(step_id), "reason": manager.sentence(reason)}
            for step_id, reason in (*plan.dropped.items(), *plan.held.items())
        ],
    }


async def _explain(manager: RoutineManager, call: ServiceCall) -> ServiceResponse:
    decisions = islice(manager.cerebro.decisions.of(manager.routine.routine_id), call.data[ATTR_COUNT])
    return {
        "status": manager.status,
        "reason": manager.reason,
        "decisions": [
            {
                "at": dt_util.as_local(one.when).isoformat(),
                "what": one.what,
                "step": one.step,
                "reason": one.reason,
                "can_undo": manager.wishes.can_undo(one),
                "undone": one.undone,
            }
            for one in decisions
        ],
    }


async def _undo(manager: RoutineManager, _: ServiceCall) -> ServiceResponse:
    decision = await manager.async_undo()
    return {"what": decision.what, "reason": decision.reason}


ROUTINE_ACTIONS: Final = (
    RoutineAction(name="start_routine", handle=_start),
    RoutineAction(name="stop", handle=_command(Command.STOP)),
    RoutineAction(name="pause", handle=_command(Command.PAUSE)),
    RoutineAction(name="resume", handle=_command(Command.RESUME)),
    RoutineAction(name="skip_step", handle=_command(Command.SKIP_STEP), fields=STEP),
    RoutineAction(name="complete_step", handle=_command(Command.COMPLETE_STEP), fields=STEP),
    RoutineAction(name="snooze", handle=_command(Command.SNOOZE)),
    RoutineAction(name="dismiss_alarm", handle=_command(Command.DISMISS)),
    RoutineAction(name="skip_next", handle=_skip_next),
    RoutineAction(name="set_wake_time", handle=_set_wake_time, fields={vol.Required(ATTR_TIME): cv.time}),
    RoutineAction(name="plan", handle=_plan, response=SupportsResponse.ONLY),
    RoutineAction(
        name="explain",
        handle=_explain,
        fields={
            vol.Optional(ATTR_COUNT, default=DEFAULT_COUNT): vol.All(
                vol.Coerce(int), vol.Range(min=1, max=MOST_COUNT)
            )
        },
        response=SupportsResponse.ONLY,
    ),
    RoutineAction(name="undo", handle=_undo, response=SupportsResponse.OPTIONAL),
)
"""Every one, by its name in ``services.yaml``."""


async def _async_each(
    action: RoutineAction, managers: list[RoutineManager], call: ServiceCall
) -> dict[str, ServiceResponse]:
    """Return what each routine answers; one that refuses keeps no other from doing what it is asked.

    Raises:
        ServiceValidationError: when every one refuses.
    """
    answers: dict[str, ServiceResponse] = {}
    refusals: list[ServiceValidationError] = []
    for manager in managers:
        try:
            answers[manager.routine.name] = await action.handle(manager, call)
        except ServiceValidationError as error:
            refusals.append(error)
    if refusals and not answers:
        raise refusals[0]
    return answers


def _targets(hass: HomeAssistant, call: ServiceCall) -> list[RoutineManager]:
    """Return the routines that a call is meant for: without a target, the only one there is.

    Raises:
        ServiceValidationError: when there is none, it names none, or none and there are several.
    """
    cerebro = loaded(hass)
    if not cerebro.routines:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_routine")
    selection = TargetSelection(call.data)
    if not selection.has_any_target:
        if len(cerebro.routines) != 1:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="which_routine")
        return list(cerebro.routines.values())
    referenced = async_extract_referenced_entity_ids(hass, selection)
    entities = er.async_get(hass)
    subentries = {
        entry.config_subentry_id
        for entity_id in referenced.referenced | referenced.indirectly_referenced
        if (entry := entities.async_get(entity_id)) is not None and entry.platform == DOMAIN
    }
    managers = [manager for key, manager in cerebro.routines.items() if key in subentries]
    if not managers:
        raise ServiceValidationError(translation_domain=DOMAIN, translation_key="no_routine_targeted")
    return managers


def _step_of(manager: RoutineManager, given: str) -> StepId:
    """Return the step meant by its id, or by its kind where that names just one.

    Raises:
        ServiceValidationError: when there is no such step.
    """
    steps = manager.routine.steps
    if any(step.step_id == given for step in steps):
        return StepId(given)
    of_kind = [step.step_id for step in steps if step.kind.value == given]
    if len(of_kind) != 1:
        raise ServiceValidationError(
            translation_domain=DOMAIN,
            translation_key="unknown_step",
            translation_placeholders={"step": given},
        )
    return of_kind[0]
