"""What past mornings tell, worked out once for each set of them and then looked up."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from .identity import Same
from .model import Anchor, DayKind, Morning
from .spread import Spread
from .stopping import Committee, Event, Past, Task, assemble

RECENT: Final = 60
"""Only this many of the last mornings are asked."""
OTHER_KIND: Final = 0.5
"""What a morning of another kind of day counts."""
MOST_TASKS: Final = 512
"""Committees kept: each takes milliseconds to assemble, and a few kilobytes."""


type Mornings = Same[tuple[Morning, ...]]
"""The past mornings that are asked."""


@lru_cache(maxsize=MOST_TASKS)
def committee_for(known: Mornings, anchor: Anchor, day_kind: DayKind, task: Task) -> Committee:
    """Return the committee that decides when a task for an anchor starts on a kind of day."""
    return assemble(_pasts(known, anchor, day_kind), task)


@lru_cache(maxsize=64)
def _pasts(known: Mornings, anchor: Anchor, day_kind: DayKind) -> tuple[Past, ...]:
    """Return the last mornings that reached an anchor, as the rule sees them."""
    reached = [morning for morning in known.value if anchor in morning.anchors][-RECENT:]
    return tuple(
        Past(
            events=tuple(event for event in events_of(morning) if event[0] < arrival),
            arrival=arrival,
            weight=1.0 if morning.kind is day_kind else OTHER_KIND,
        )
        for morning in reached
        for arrival in (morning.anchors[anchor].total_seconds(),)
    )


def events_of(morning: Morning) -> tuple[Event, ...]:
    """Return what was seen in a morning, in order, with the anchors that were reached."""
    seen = {(one.at.total_seconds(), one.label) for one in morning.seen}
    seen |= {(at.total_seconds(), anchor.value) for anchor, at in morning.anchors.items()}
    return tuple(sorted(seen))


@lru_cache(maxsize=512)
def since_event(known: Mornings, anchor: Anchor, day_kind: DayKind, label: str) -> Spread | None:
    """Return how long after a thing was last seen an anchor was reached, in seconds."""
    times: list[float] = []
    weights: list[float] = []
    for past in _pasts(known, anchor, day_kind):
        at = max((at for at, seen in past.events if seen == label), default=None)
        if at is not None:
            times.append(past.arrival - at)
            weights.append(past.weight)
    return Spread.of(times, weights) if times else None


@lru_cache(maxsize=64)
def since_waking(known: Mornings, anchor: Anchor, day_kind: DayKind) -> Spread | None:
    """Return when an anchor was reached, in seconds since waking."""
    pasts = _pasts(known, anchor, day_kind)
    return Spread.of([past.arrival for past in pasts], [past.weight for past in pasts]) if pasts else None
