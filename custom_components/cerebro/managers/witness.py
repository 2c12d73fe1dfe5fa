"""What in the home can tell of a step, and what follows for one of which nothing tells."""

from __future__ import annotations

from dataclasses import replace

from ..core.routine.steps import ONCE_ONLY
from .home import Home, is_stateless
from .settings import RoutineSetup, StepSetup


def with_witnesses(setup: RoutineSetup, home: Home) -> RoutineSetup:
    """Return a routine whose steps know whether the home can tell of them, and whether a start can be undone.

    A button shows nothing and cannot be released: a step that only presses one is done once it was pressed,
    and one whose press brought no evidence is not pressed again, or there would be two brews. The user's own
    actions are no other: nobody knows how far they came.
    """
    steps = {step_id: _with_witness(one, home) for step_id, one in setup.steps.items()}
    routine = replace(setup.routine, steps=tuple(steps[step.step_id].step for step in setup.routine.steps))
    return replace(setup, routine=routine, steps=steps)


def _with_witness(setup: StepSetup, home: Home) -> StepSetup:
    watched = [entity_id for role in setup.spec.watches for entity_id in home.entities(role)]
    told = not all(map(is_stateless, watched))
    if setup.actions:
        again = told and setup.step.kind not in ONCE_ONLY
    else:
        started = [entity_id for demand in setup.spec.start for entity_id in home.entities(demand.role)]
        if not started or not all(map(is_stateless, started)):
            return setup
        again = False
    retries = setup.step.retries if again else 0
    return replace(setup, step=replace(setup.step, retries=retries, evidence=setup.step.evidence and told))
