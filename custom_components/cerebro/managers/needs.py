"""What the steps of a routine need from the pantry, and nothing is left of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from ..core.routine.model import StepId
from .settings import RoutineSetup


class Larder(Protocol):
    """Whoever knows what is there."""

    @property
    def pantries(self) -> Mapping[Any, Any]:
        """The pantries there are: without any, nobody knows."""
        ...

    def in_stock(self, name: str) -> bool:
        """Return whether anything is left of the product that is called so."""
        ...


def missing(setup: RoutineSetup, larder: Larder) -> dict[StepId, tuple[str, ...]]:
    """Return the products that each step will have to do without: none where nobody knows."""
    if not larder.pantries:
        return {}
    found = {
        step_id: tuple(product for product in step.products if not larder.in_stock(product))
        for step_id, step in setup.steps.items()
    }
    return {step_id: products for step_id, products in found.items() if products}
