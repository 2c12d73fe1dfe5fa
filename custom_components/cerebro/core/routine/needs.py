"""What a step needs and nothing is left of: told when that is known, and said once somebody is up to hear it.

The step is performed all the same: coffee without milk is coffee.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from ..reason import Reason
from .model import Situation, StepId
from .run import OVER, Draft
from .state import AlarmPhase, Happening, RunPhase, Say, StepPhase

BEFORE: Final = frozenset({StepPhase.PENDING, StepPhase.STARTING, StepPhase.RUNNING})
"""A step that is here has not been served yet."""
AT_HAND: Final = "speaker"
"""The role of the speakers that are heard by somebody who has just got up."""
THERE: Final = "news_speaker"
"""The role of the speakers that are heard by somebody who is where the step is used."""


def tell_missing(draft: Draft, situation: Situation) -> None:
    """Tell of each product that is missing once, and say it once, before the step that needs it."""
    if draft.closing:
        return
    for step_id, product in _missing(draft, situation, draft.run.missing_told):
        draft.set(missing_told=draft.run.missing_told | {_same(product)})
        reason = Reason(key="product_missing", values={"step": step_id, "product": product})
        draft.announce(Happening.PRODUCT_MISSING, step_id, reason)
    if _may_speak(draft, situation):
        _say_missing(draft, situation)


def _say_missing(draft: Draft, situation: Situation) -> None:
    """Say what was not said yet, all in one go, where it is heard."""
    found = [
        (step_id, product)
        for step_id, product in _missing(draft, situation, draft.run.missing_said)
        if draft.progress(step_id).phase in BEFORE
    ]
    if not found:
        return
    draft.set(missing_said=draft.run.missing_said | {_same(product) for _, product in found})
    there = any(draft.routine.step(step_id).anchor in draft.run.anchors for step_id, _ in found)
    draft.ask(Say(products=tuple(product for _, product in found), role=THERE if there else AT_HAND))


def _missing(draft: Draft, situation: Situation, but: Collection[str]) -> Iterator[tuple[StepId, str]]:
    """Yield each product that is missing, with the first step that needs it and is not over."""
    known = set(but)
    for step in draft.routine.steps:
        if draft.progress(step.step_id).phase in OVER:
            continue
        for product in situation.missing.get(step.step_id, ()):
            if _same(product) not in known:
                known.add(_same(product))
                yield step.step_id, product


def _may_speak(draft: Draft, situation: Situation) -> bool:
    """Return whether somebody is up to hear it, and nothing asks for silence."""
    alarm = draft.run.alarm
    if alarm is not None and alarm.phase is AlarmPhase.RINGING:
        return False
    quiet = situation.quiet_until is not None and draft.now < situation.quiet_until
    return draft.is_up and situation.home and not quiet and draft.run.phase is not RunPhase.PAUSED


def _same(product: str) -> str:
    """Return what two ways to write a product have in common."""
    return " ".join(product.casefold().split())
