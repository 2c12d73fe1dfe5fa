"""The order in which the steps of a routine are looked at: each after those it comes after."""

from __future__ import annotations

from collections.abc import Iterable
from graphlib import CycleError, TopologicalSorter

from .model import Step


def in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Return steps with prerequisites first, else in the order they are listed; a circle stays as listed."""
    place = {step.step_id: number for number, step in enumerate(steps)}
    sorter: TopologicalSorter[int] = TopologicalSorter()
    for number, step in enumerate(steps):
        sorter.add(number, *sorted(place[other] for other in step.after if other in place))
    try:
        sorter.prepare()
    except CycleError:
        return steps
    found: list[Step] = []
    while sorter.is_active():
        ready: Iterable[int] = sorted(sorter.get_ready())
        found.extend(steps[number] for number in ready)
        sorter.done(*ready)
    return tuple(found)
