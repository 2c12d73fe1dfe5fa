"""What a routine shows of itself: its status and the attributes that explain it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from homeassistant.util import dt as dt_util

from ..core.routine.model import Cue, Plan
from ..core.routine.state import RunPhase, RunState, StepPhase

if TYPE_CHECKING:
    from .routine import RoutineManager

STATUSES: Final = ("idle", "armed", "waking", "running", "paused", "attention")
"""Where a routine can be, least urgent first but for the last two."""
URGENCY: Final[Mapping[str, int]] = {
    status: rank for rank, status in enumerate(("idle", "armed", "paused", "running", "waking", "attention"))
}
"""Which of several routines is shown first: the higher."""
ACTIVE: Final = frozenset({StepPhase.STARTING, StepPhase.RUNNING, StepPhase.READY})


def status_of(run: RunState | None, *, armed: bool) -> str:
    """Return the status of a routine."""
    if run is None or run.phase is RunPhase.ENDED:
        return "armed" if armed else "idle"
    return run.phase.value


def next_cue(plan: Plan | None, run: RunState | None) -> Cue | None:
    """Return the first cue whose step has not started."""
    if plan is None:
        return None
    return next(
        (cue for cue in plan.cues if run is None or run.steps[cue.step_id].phase is StepPhase.PENDING), None
    )


def attributes_of(manager: RoutineManager | None) -> dict[str, Any]:
    """Return the attributes of the orchestrator, about its most urgent routine."""
    if manager is None:
        return {}
    run, plan = manager.run, manager.plan
    cue = next_cue(plan, run)
    wake = manager.next_wake if run is None else run.wake_at
    return {
        "routine": manager.routine.name,
        "step": _active_step(manager),
        "next_cue": None if cue is None else manager.step_name(cue.step_id),
        "next_cue_time": None if cue is None else dt_util.as_local(cue.start).isoformat(),
        "wake_time": None if wake is None else dt_util.as_local(wake).isoformat(),
        "waits_for": _waits_for(manager),
        "reason": manager.reason,
    }


def step_states(manager: RoutineManager) -> dict[str, Any]:
    """Return where each step of the present or last run is."""
    run = manager.run or manager.last_run
    if run is None:
        return {"run_id": None, "steps": {}}
    return {
        "run_id": run.run_id,
        "ending": None if run.ending is None else run.ending.value,
        "anchors": {anchor.value: at.isoformat() for anchor, at in run.anchors.items()},
        "steps": {
            step_id: {
                "phase": progress.phase.value,
                "attempts": progress.attempts,
                "asked_at": None if progress.asked_at is None else progress.asked_at.isoformat(),
                "ready_at": None if progress.ready_at is None else progress.ready_at.isoformat(),
                "by_evidence": progress.by_evidence,
                "reason": None if progress.reason is None else manager.sentence(progress.reason),
            }
            for step_id, progress in run.steps.items()
        },
    }


def _active_step(manager: RoutineManager) -> str | None:
    run = manager.run
    if run is None:
        return None
    active = [step_id for step_id, progress in run.steps.items() if progress.phase in ACTIVE]
    return manager.step_name(active[-1]) if active else None


def _waits_for(manager: RoutineManager) -> str | None:
    plan = manager.plan
    if manager.run is None or plan is None or not plan.held:
        return None
    return manager.sentence(next(iter(plan.held.values())))
