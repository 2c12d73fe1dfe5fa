"""When nobody of a household can go shopping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

type Span = tuple[datetime, datetime]
"""From when until when (UTC)."""


def busy_at_once(each: Sequence[Sequence[Span]]) -> tuple[Span, ...]:
    """Return when everybody is busy, from when each one is: while one is not, that one can go."""
    if not each:
        return ()
    together = list(each[0])
    for spans in each[1:]:
        together = [
            (max(begins, starts), min(ends, stops))
            for begins, ends in together
            for starts, stops in spans
            if begins < stops and starts < ends
        ]
    return tuple(together)
